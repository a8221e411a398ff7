"""Cells of a CSV text set, and rows added; every other character stays, and the result is proven."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.storage.csv.table import read_table
from ledger.storage.refusal import CannotEdit, unproven
from ledger.text.pattern import regex

_NEEDS_QUOTES = regex('[",\r\n]|^\\s|\\s$')
_BREAK = regex(r"\r\n|\r|\n")
_LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


class _Cell(NamedTuple):
    """A cell: its characters from `start` up to `end`, quotes included, and what it says."""

    start: int
    end: int
    text: str


class _Row(NamedTuple):
    """A row and the line it starts on."""

    line: int
    says: list[str]


def with_cell(text: str, line: int, column: str, value: str) -> str:
    """The text with the cell under `column` set, in the row that starts on `line` (from 1).

    A row that is too short is filled up. A column that is not there is added at the end of the header, and to no other
    row: shorter rows have empty cells. A cell that says `value` already is left alone. Raises `CannotEdit`.
    """
    text = _with_column(text, column)
    rows = _rows(text)
    number = next((number for number, row in enumerate(rows) if number and row.line == line), 0)
    if not number:
        raise CannotEdit(Words("第 {n} 行没有记录", "no row starts on line {n}").fill(n=line), line=line)
    index, cells = _header(rows).index(column), _cells(text, rows[number])
    if index < len(cells):
        cell = cells[index]
        if cell.text == value:
            return text
        # An empty line would be no row at all.
        quoted = text[cell.start : cell.end].startswith('"') or (len(cells) == 1 and not value)
        new = text[: cell.start] + _written(value, quoted=quoted) + text[cell.end :]
    else:
        end, filling = cells[-1].end, "," * (index - len(cells) + 1)
        new = text[:end] + filling + _written(value) + text[end:]
    said = [*rows[number].says, *[""] * (index + 1 - len(cells))]
    said[index] = value
    return _proven(new, [*rows[:number], _Row(line, said), *rows[number + 1 :]], line)


def with_row(text: str, cells: Mapping[str, str]) -> str:
    """The text with a row behind the last one that says something; columns that are missing are added to the header."""
    for column in cells:
        text = _with_column(text, column)
    rows = _rows(text)
    header = _header(rows)
    says = [cells.get(name, "") if header.index(name) == index else "" for index, name in enumerate(header)]
    last = max(number for number, row in enumerate(rows) if number == 0 or any(row.says))
    at = _cells(text, rows[last])[-1].end
    new = text[:at] + _newline(text) + ",".join(map(_written, says)) + text[at:]
    return _proven(new, [*rows[: last + 1], _Row(0, says), *rows[last + 1 :]], rows[last].line)


def new_table(cells: Mapping[str, str]) -> str:
    """A CSV text with one row under its header."""
    return ",".join(map(_written, cells)) + "\n" + ",".join(map(_written, cells.values())) + "\n"


def _with_column(text: str, column: str) -> str:
    """The text with one more name in its header, if that name is missing."""
    rows = _rows(text)
    header = _header(rows)
    if column in header:
        return text
    wide = next((row for row in rows[1:] if len(row.says) > len(header)), None)
    if wide:
        message = Words("这一行的格子比表头多，不能加列 {name}", "more cells than columns: {name} cannot be added")
        hint = Words("含逗号的文字要加双引号", "text that holds a comma needs double quotes")
        raise CannotEdit(message.fill(name=column), hint, wide.line)
    end = _cells(text, rows[0])[-1].end
    new = text[:end] + "," + _written(column) + text[end:]
    return _proven(new, [_Row(rows[0].line, [*rows[0].says, column]), *rows[1:]], rows[0].line)


def _header(rows: list[_Row]) -> list[str]:
    return [name.strip() for name in rows[0].says]


def _written(value: str, *, quoted: bool = False) -> str:
    """A cell as it stands in the file, quoted only where it must be."""
    if not quoted and not _NEEDS_QUOTES.search(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def _newline(text: str) -> str:
    """The line end of the file, that of its first line."""
    match = _BREAK.search(text)
    return match[0] if match else "\n"


def _rows(text: str) -> list[_Row]:
    """The rows as every other part of the program reads them; empty lines are none. Raises `CannotEdit`."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, end = [], 0
    try:
        for says in reader:
            if says:
                rows.append(_Row(end + 1, says))
            end = reader.line_num
    except csv.Error as error:
        hint = Words("检查引号是否成对", "check that every quote is closed")
        raise CannotEdit(Words("不是 CSV：{why}", "not CSV: {why}").fill(why=error), hint, end + 1) from None
    if not rows:
        raise CannotEdit(Words("没有表头", "there is no header"), Words("第一行要有列名", "name the columns first"))
    return rows


_QUOTED = regex(r'"((?:[^"]|"")*)"(?=[,\r\n]|\Z)')
_UNQUOTED = regex(r"[^,\r\n]*")


def _cells(text: str, row: _Row) -> list[_Cell]:
    """The cells of a row with their places in the text."""
    at = 0
    for _ in range(row.line - 1):
        match = _BREAK.search(text, at)
        at = match.end() if match else len(text)
    cells = []
    while True:
        quoted = _QUOTED.match(text, at)
        match = quoted or _UNQUOTED.match(text, at)
        assert match is not None
        cells.append(_Cell(at, match.end(), quoted[1].replace('""', '"') if quoted else match[0]))
        at = match.end() + 1
        if text[match.end() : at] != ",":
            break
    if [cell.text for cell in cells] != row.says:
        raise unproven(text, cells[0].start)
    return cells


def _proven(new: str, said: list[_Row], line: int) -> str:
    """The new text, if its rows read as `said`."""
    if [row.says for row in _rows(new)] != [row.says for row in said]:
        message = Words("这里的写法不能安全地自动修改，没有写", "not written: cannot be edited safely as it stands")
        raise CannotEdit(message, Words("请用编辑器改这一处", "change this place in an editor"), line)
    return new


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
