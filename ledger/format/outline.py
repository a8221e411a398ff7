"""The outline of a document: its head, its sections, its tables by name; and long lists cut for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from ledger.format.document import Block, Code, Document, Head, Heading, Paragraph, Table
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex

_NOT_ID = regex(r"[^a-z0-9_]+")


class NamedTable(NamedTuple):
    """A table with the id and title it goes by; ids are unique in a document."""

    id: str
    title: str
    table: Table[str]


Piece: TypeAlias = "Paragraph[str] | Code | NamedTable"


class Section(NamedTuple):
    """A heading with what follows it to the next one. What stands before the first heading has none."""

    id: str
    heading: Heading[str] | None
    pieces: Sequence[Piece]


def head_of(document: Document[str]) -> Head[str]:
    """The head of a document; if it has none, one with its title only."""
    for block in document:
        if isinstance(block, Head):
            return block
    title = next((block.text for block in document if isinstance(block, Heading) and block.level == 1), "")
    return Head(title)


def sections(document: Document[str]) -> list[Section]:
    """The document without its head and title, cut at the headings; ids are unique.

    A table without a title takes that of the heading over it, else that of the document.
    """
    found: list[tuple[Heading[str] | None, list[Block[str]]]] = [(None, [])]
    for block in document:
        if isinstance(block, Heading) and block.level > 1:
            found.append((block, []))
        elif not isinstance(block, (Head, Heading)):
            found[-1][1].append(block)
    used: set[str] = set()
    title, of_tables = head_of(document).title, set[str]()
    return [
        Section(
            unique_id((heading.id if heading else "") or "section", used),
            heading,
            [_piece(block, heading or Heading(title), of_tables) for block in blocks],
        )
        for heading, blocks in found
        if heading or blocks
    ]


def _piece(block: Block[str], over: Heading[str], used: set[str]) -> Piece:
    if isinstance(block, Table):
        return NamedTable(unique_id(block.id or over.id or "table", used), block.title or over.text, block)
    assert isinstance(block, (Paragraph, Code))
    return block


def named_tables(document: Document[str]) -> list[NamedTable]:
    """Every table of the document."""
    return [piece for section in sections(document) for piece in section.pieces if isinstance(piece, NamedTable)]


def unique_id(wanted: str, used: set[str]) -> str:
    """The id in plain lower-case letters, numbered if it is used already; it is added to the used ones."""
    plain = _NOT_ID.sub("_", wanted.lower()).strip("_") or "unnamed"
    found, number = plain, 1
    while found in used:
        number += 1
        found = f"{plain}_{number}"
    used.add(found)
    return found


def column_ids(table: Table[str]) -> list[str]:
    """The ids of the columns, `column` and a number where a report gave none."""
    used: set[str] = set()
    return [unique_id(column.id or f"column_{number}", used) for number, column in enumerate(table.columns, 1)]


def shown_rows(table: Table[str]) -> list[Sequence[str]]:
    """The rows as people see them: what a column says once is empty where it only repeats the row above."""
    spans = [repeats(table, number) if column.once else None for number, column in enumerate(table.columns)]
    if not any(spans):
        return list(table.rows)
    return [
        ["" if span and span[place] else cell for span, cell in zip(spans, row, strict=True)]
        for place, row in enumerate(table.rows)
    ]


def repeats(table: Table[str], number: int) -> list[bool]:
    """For each row, whether its cell in a column says the same as the row above, the columns `once` to its left too."""
    keys = [tuple(row[place] for place in range(number + 1) if place == number or table.columns[place].once)
            for row in table.rows]  # fmt: skip
    return [False, *(above == below for above, below in pairwise(keys))] if keys else []


_LISTS = frozenset({"item", "severity"})
"""The first columns of what may be cut: lists of items and of findings. Tables with a total stay whole."""

_MORE = Words("……另有 {n} 项；全部：接 | less，或用 -o 写入文件", "… and {n} more; for all of them: | less, or -o FILE")


def shortened(document: Document, most: int) -> Document:
    """The document with at most so many rows in each list, and below how many more there are."""
    return [_cut(block, most) for block in document]


def _cut(block: Block, most: int) -> Block:
    if (
        not isinstance(block, Table)
        or not block.columns
        or block.columns[0].id not in _LISTS
        or len(block.rows) <= most
    ):
        return block
    said = _MORE.fill(n=len(block.rows) - most)
    return block._replace(rows=block.rows[:most], notes=[said, *block.notes])
