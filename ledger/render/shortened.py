"""A document with its long lists cut, for a terminal that would scroll them away."""

from __future__ import annotations

from ledger.model.words import NO_WORDS, Words
from ledger.render.document import Block, Document, Table

_MORE = Words("……另有 {n} 项；全部：接 | less，或用 -o 写入文件", "… and {n} more; for all of them: | less, or -o FILE")


def shortened(document: Document, most: int, lang: str, more: Words = NO_WORDS) -> Document:
    """The document with at most so many rows in each list of items, and below how many more there are.

    A list of items is a table whose first column is `item`: others, such as those with a total, stay whole. `more` says
    it in other words (`{n}`).
    """
    return [_cut(block, most, lang, more if any(more) else _MORE) for block in document]


def _cut(block: Block, most: int, lang: str, more: Words) -> Block:
    if not isinstance(block, Table) or not block.columns or block.columns[0].id != "item" or len(block.rows) <= most:
        return block
    said = more.fill(n=len(block.rows) - most).pick(lang)
    return block._replace(rows=block.rows[:most], notes=[said, *block.notes])
