"""A document with its long lists cut, for a terminal that would scroll them away."""

from __future__ import annotations

from ledger.model.words import NO_WORDS, Words
from ledger.render.document import Block, Document, Table

_LISTS = frozenset({"item", "severity"})
"""The first columns of what may be cut: lists of items and of findings. Tables with a total stay whole."""

_MORE = Words("……另有 {n} 项；全部：接 | less，或用 -o 写入文件", "… and {n} more; for all of them: | less, or -o FILE")


def shortened(document: Document, most: int, lang: str, more: Words = NO_WORDS) -> Document:
    """The document with at most so many rows in each list, and below how many more there are.

    `more` says that in other words (`{n}`).
    """
    return [_cut(block, most, lang, more if any(more) else _MORE) for block in document]


def _cut(block: Block, most: int, lang: str, more: Words) -> Block:
    if (
        not isinstance(block, Table)
        or not block.columns
        or block.columns[0].id not in _LISTS
        or len(block.rows) <= most
    ):
        return block
    said = more.fill(n=len(block.rows) - most).pick(lang)
    return block._replace(rows=block.rows[:most], notes=[said, *block.notes])
