"""Tables that strangers send, as values: sheets of cells, what to know about them, and why a file is not read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ledger.model.record import NamedTuple
from ledger.model.words import Refused, Words
from ledger.text.pattern import regex


class Cell(NamedTuple):
    """What one cell says. `value` is written as a ledger writes it: an ISO date, a plain number, else the text itself.

    `kind` is `text`, `number`, `date`, `percent` (the value is 87.5 for 87.5%), `flag` (`true` or `false`), `error`
    (`#REF!`, or a formula whose result is not stored: then the value is empty) or `empty`. In a CSV file all is text.
    """

    value: str
    kind: str
    formula: str = ""
    """The formula whose stored result the value is."""
    shown: str = ""
    """What people see, where the format of a whole number makes it more than its digits: `001`, `M01`."""


EMPTY = Cell("", "empty")


class Note(NamedTuple):
    """Something a reader of the sheet should know; `row` and `column` count from 1, 0 where it is about all of them."""

    row: int
    column: int
    words: Words


class Sheet(NamedTuple):
    """One sheet. `rows` are those that hold anything, each with its number as people see it and its cells.

    A row ends with its last filled cell, so rows differ in length: `at` gives an empty cell beyond. In every row of a
    merged range its first column has the value of the range, and its other columns nothing: a text merged over two
    columns counts once. `merged` are the ranges: first row, first column, last row, last column.
    """

    name: str
    rows: list[tuple[int, list[Cell]]]
    notes: list[Note]
    hidden: bool = False
    merged: Sequence[tuple[int, int, int, int]] = ()


class Sheets(NamedTuple):
    """All sheets of a file. `properties` are those of the document by name: title, creator, and a form's own ones."""

    path: Path
    sheets: list[Sheet]
    properties: Mapping[str, str]


class RefusedSheet(Refused):
    """The file is not read at all, with the reason and what to do."""


class Limits(NamedTuple):
    """How much a file may hold. Sizes are bytes; rows, columns and cells are those with something in them."""

    file: int = 32 << 20
    unzipped: int = 256 << 20
    ratio: int = 250
    """Unzipped over zipped of one part, looked at from `ratio_from` bytes on: real sheets stay below 50."""
    ratio_from: int = 4 << 20
    parts: int = 2_000
    sheets: int = 200
    rows: int = 100_000
    columns: int = 1_024
    cells: int = 2_000_000
    text: int = 32_767
    """Characters of one cell, as in Excel."""


LIMITS = Limits()

SAVE_AS_XLSX = Words("在表格程序里另存为 .xlsx", "save it as .xlsx in the spreadsheet program")


def size_text(size: int) -> str:
    """A size for people, in MiB or KiB."""
    return f"{size >> 20} MiB" if size >= 1 << 20 else f"{max(size >> 10, 1)} KiB"


def at(cells: Sequence[Cell], column: int) -> Cell:
    """The cell in a column counted from 1, empty beyond the end of the row."""
    return cells[column - 1] if 0 < column <= len(cells) else EMPTY


_PICTURE = regex(r"=\s*(?:_xl\w+\.)*(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
PICTURE = Cell("", "error", "=IMAGE()")
"""A picture in a cell, whose formula nobody stored."""


def is_picture(cell: Cell) -> bool:
    """Whether a picture stands in the cell: WPS and Excel store it as a formula, which is no text of anybody."""
    return cell.kind == "error" and _PICTURE.match(cell.formula) is not None


def without_picture(cell: Cell) -> Cell:
    """The cell; one that holds a picture, as its formula or as the text of it, is an error without a value."""
    formula = cell.formula or cell.value
    return Cell("", "error", formula) if _PICTURE.match(formula) else cell


def error_words(cell: Cell) -> tuple[Words, Words]:
    """What to say about a cell of kind `error`, and what to do."""
    if is_picture(cell):
        message = Words("单元格里是图片，不是文字", "the cell holds a picture, which is no text")
        return message, Words("把内容写成文字；图片另存为佐证", "write what it says; keep the picture as evidence")
    if cell.value:
        message = Words("单元格是错误值 {value}", "the cell holds the error {value}").fill(value=cell.value)
        return message, Words("改好公式，或填上值", "mend the formula, or type the value")
    message = Words("公式没有存结果：{formula}", "the formula has no stored result: {formula}")
    hint = Words("用表格程序打开并保存一次，或填上值", "open and save it in a spreadsheet program, or type the value")
    return message.fill(formula=cell.formula[:60]), hint


def column_letter(column: int) -> str:
    """The name of a column counted from 1, as spreadsheets show it: A, Z, AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_words(sheet: str, row: int = 0, column: int = 0) -> Words:
    """A place as people find it: `台账!F5` for a cell, `台账!5:5` for a row, `台账!F:F` for a column."""
    letter = column_letter(column)
    if row and column:
        return Words.same(f"{sheet}!{letter}{row}")
    return Words.same(f"{sheet}!{row}:{row}" if row else f"{sheet}!{letter}:{letter}" if column else sheet)
