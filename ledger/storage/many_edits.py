"""Many edits of one book at once: each record is cut out, edited by itself, and put back where it was.

Editing a whole file a thousand times would read it a thousand times. A record of a list means the same without the
others, so each is edited as a small text of its own, proven there, and everything between the records stays untouched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from ledger.model.words import Words
from ledger.storage.csv.set_cell import with_cell, with_row
from ledger.storage.csv.table import read_table
from ledger.storage.refusal import CannotEdit, unproven
from ledger.storage.yaml.edit import Keys, with_element
from ledger.storage.yaml.span import Span, span_tree
from ledger.storage.yaml.splice import Tree, element_lines
from ledger.text.pattern import regex

Edit = Callable[[str, Keys], str]
"""Edits the record at `keys` of a text."""

_BREAK = regex(r"\r\n|\r|\n")
_LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def with_elements_edited(text: str, edits: Mapping[str, Edit]) -> str:
    """The text of a YAML list with the elements of these ids edited. Raises `CannotEdit`, also where one is missing."""
    root = span_tree(text)
    if root is None or not root.items:
        raise CannotEdit(Words("这里没有列表", "there is no list here"))
    starts = _starts(text, root)
    left = dict(edits)
    pieces = [text[: starts[0]]]
    for index, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
        id_ = root.items[index].child("id")
        edit = left.pop(id_.text, None) if id_ is not None else None
        if edit is None:
            pieces.append(text[start:end])
        elif root.flow:
            span = root.items[index]
            pieces += [edit(text[span.start : span.end], []), text[span.end : end]]
        else:
            pieces.append(edit(text[start:end], [0]))
    if left:
        raise CannotEdit(Words("找不到 {ids}", "cannot find {ids}").fill(ids=" ".join(left)))
    return "".join(pieces)


def _starts(text: str, root: Span) -> list[int]:
    """Where each element begins: with the line of its dash, or inside brackets with its first character."""
    items = root.items or []
    if root.flow:
        return [item.start for item in items]
    margin = len(text[: root.start]) - _line_start(text, root.start)
    dash = re.compile(rf"(?:\A|(?<=[\r\n])) {{{margin}}}-(?=[ \t\r\n])")
    starts = []
    for before, item in zip([None, *items], items, strict=False):
        lowest = _line_start(text, root.start) if before is None else before.end
        found = dash.search(text, lowest, item.start + 1)
        if found is None:
            raise unproven(text, item.start)
        starts.append(found.start())
    return starts


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def with_elements(text: str, values: Sequence[Mapping[str, Tree]]) -> str:
    """The text of a YAML list with more elements at its end, in the manner of its neighbours. Raises `CannotEdit`."""
    first, *more = values
    text = with_element(text, [], first)
    if not more:
        return text
    root = span_tree(text)
    if root is None or root.flow or not root.items:
        for value in more:
            text = with_element(text, [], value)
        return text
    # The last two elements show how the list is written, and a text of two is quickly edited.
    tail = _starts(text, root)[-2:][0]
    small, end = text[tail:], root.items[-1].end - tail
    stop = _BREAK.search(small, end)
    at = stop.start() if stop else len(small)

    def piece(value: Mapping[str, Tree]) -> str:
        grown = with_element(small, [], value)
        if not (grown.startswith(small[:at]) and grown.endswith(small[at:])):
            raise unproven(text, tail)
        return grown[at : len(grown) - len(small) + at]

    return text[: tail + at] + "".join(_pieces(more, piece)) + text[tail + at :]


def _pieces(values: Sequence[Mapping[str, Tree]], piece: Callable[[Mapping[str, Tree]], str]) -> list[str]:
    """The pieces of all elements. Where the first and the last are as this program writes them, so are the others.

    A list of 3,000 items is then written in a tenth of the time; what is written is read again before it is saved.
    """
    made = {place: piece(values[place]) for place in {0, len(values) - 1}}
    gap = made[0][: made[0].find("-")] if "-" in made[0] else ""
    if len(values) > _FEW and not gap.strip() and all(made[place] == gap + _element(values[place]) for place in made):
        return [gap + _element(value) for value in values]
    return [made[place] if place in made else piece(value) for place, value in enumerate(values)]


_FEW = 20
"""Up to so many elements each is edited in by itself."""


def _element(value: Mapping[str, Tree]) -> str:
    """An element as this program writes it, without the line end behind it."""
    return "\n".join(element_lines(value))


def with_rows_edited(text: str, edits: Mapping[int, Mapping[str, str]]) -> str:
    """The text of a CSV book with cells changed by the line on which their row starts. Raises `CannotEdit`."""
    table, found = read_table(text, "")
    if table is None or found:
        raise CannotEdit(Words("不是规整的 CSV", "not sound CSV"))
    starts = [0, *accumulate(len(line) for line in _LINE.findall(text))]
    numbers = table.lines
    ends = [*numbers[1:], len(starts)] if numbers else []
    filled = [name for cells in edits.values() for name, cell in cells.items() if cell]
    header = text[: starts[numbers[0] - 1]] if numbers else text
    header = _with_columns(header, dict.fromkeys(name for name in filled if name not in table.header))
    below = len(_BREAK.findall(header)) + 1
    pieces = [header]
    for number, end in zip(numbers, ends, strict=True):
        row = text[starts[number - 1] : starts[end - 1]]
        for column, cell in edits.get(number, {}).items():
            if cell or column in table.header:
                row = with_cell(header + row, below, column, cell)[len(header) :]
        pieces.append(row)
    return "".join(pieces)


def _with_columns(header: str, columns: Iterable[str]) -> str:
    """The header, with what stands between it and the first row, and more columns at its end."""
    for column in columns:
        names = header.rstrip("\r\n")
        grown = with_row(names, {column: "x"})
        header = grown[: max(grown.rfind("\n"), grown.rfind("\r"))].rstrip("\r\n") + header[len(names) :]
    return header


def with_rows(text: str, rows: Sequence[Mapping[str, str]]) -> str:
    """The text of a CSV book with more rows at its end. Raises `CannotEdit`."""
    every = dict.fromkeys((name for row in rows for name in row), "")
    first, *more = rows
    text = with_row(text, {**every, **first})
    if not more:
        return text
    end = len(text.rstrip("\r\n"))
    header = text[: _BREAK.search(text).start()] + "\n"  # type: ignore[union-attr]
    newline = _BREAK.search(text)[0]  # type: ignore[index]
    made = [with_row(header, row)[len(header) :].rstrip("\n") for row in more]
    return text[:end] + "".join(newline + row for row in made) + text[end:]
