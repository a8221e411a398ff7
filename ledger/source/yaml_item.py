"""One item of a YAML book cut out of its text, so that editing it costs the same in a long book as in a short one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ledger.source.cannot_edit import CannotEdit, lines_before, unproven
from ledger.source.yaml_span import span_tree
from ledger.source.yaml_splice import line_start, next_line

_DASH = re.compile(r"( *)-( +)")


class Part(NamedTuple):
    """A piece of a text that is a list by itself, from `start` up to `end`; the item is its element `number`."""

    start: int
    end: int
    number: int = 0

    def of(self, text: str) -> str:
        """The piece."""
        return text[self.start : self.end]

    def edited(self, text: str, edit: Callable[[str], str]) -> str:
        """The text with the piece edited. A `CannotEdit` points at the place in the whole text."""
        try:
            return text[: self.start] + edit(self.of(text)) + text[self.end :]
        except CannotEdit as refused:
            refused.line += lines_before(text, self.start)
            raise


def item_part(text: str, id_: str, line: int, column: int) -> Part:
    """The piece of a book with the item `id_`, whose mapping begins at `line` and `column` (from 1).

    That is the item alone in a block list, else the whole text. Raises `CannotEdit` where the item is not found.
    """
    start = _offset(text, line)
    dash = _DASH.match(text, start)
    if dash and dash.end() - start == column - 1:
        following = re.compile(rf"[\r\n]{dash[1]}-(?=[ \t\r\n]|\Z)").search(text, dash.end())
        part = Part(start, following.start() + 1 if following else len(text))
        if _is_item(part.of(text), id_):
            return part
    root = span_tree(text)
    ids = [item.child("id") for item in (root.items or [])] if root else []
    index = next((number for number, span in enumerate(ids) if span is not None and span.text == id_), None)
    if index is None:
        raise unproven(text, start)
    return Part(0, len(text), index)


def last_part(text: str, line: int) -> Part:
    """The piece from the item on `line` to the end, to add another behind it; the whole text if it is no block list."""
    start = line_start(text, _offset(text, line))
    try:
        root = span_tree(text[start:]) if _DASH.match(text, start) else None
    except CannotEdit:
        root = None
    if root is None or root.items is None or root.flow:
        return Part(0, len(text))
    return Part(start, len(text))


def _offset(text: str, line: int) -> int:
    """Where a line begins."""
    at = 0
    for _ in range(line - 1):
        at = next_line(text, at)
    return at


def _is_item(piece: str, id_: str) -> bool:
    """Whether a piece is a list of nothing but the item."""
    try:
        root = span_tree(piece)
    except CannotEdit:
        return False
    items = root.items if root else None
    if items is None or len(items) != 1:
        return False
    span = items[0].child("id")
    return span is not None and span.text == id_
