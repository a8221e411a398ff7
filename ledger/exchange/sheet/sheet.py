"""Tables that strangers send, as values: sheets of cells, what to know about them, and why a file is not read.

A table of ours that came back is found again by the titles of its columns, in either language and any order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from ledger.model.record import NamedTuple
from ledger.model.words import Refused, Words
from ledger.text.pattern import regex
from ledger.text.safe import one_line, unguarded


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


_MOST_LOOKED = 30
"""Rows at the top of a sheet among which its column titles must be."""


class SheetRow(NamedTuple):
    """A row of a sheet that came back: its cells by the names of the columns, which stand at the numbers `at`."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    at: Mapping[str, int]

    def cell(self, name: str) -> Cell:
        """The cell of a column; an empty one where the column is gone."""
        return self.cells.get(name, EMPTY)

    def text(self, name: str) -> str:
        """What stands in a cell, in one line."""
        return one_line(unguarded(self.cell(name).value))

    def place(self, name: str = "") -> str:
        """The place of a cell as a spreadsheet shows it, else of the row."""
        return cell_place(self.sheet, self.number, self.at.get(name, 0))

    def source(self, file: str) -> str:
        """Where the row stands, as the `source` of what is recorded from it: file, sheet if it has a name, row."""
        return f"{file}:{self.sheet}:{self.number}" if self.sheet else f"{file}:{self.number}"


class TitledColumns:
    """The columns of one kind of table, and which of them make a sheet one of that kind."""

    def __init__(self, labels: Iterable[tuple[str, Words]], is_table: Callable[[AbstractSet[str]], bool]) -> None:
        self._names = {_plain(title): name for name, words in labels for title in words}
        self._is_table = is_table

    def head(self, sheet: Sheet) -> tuple[int, dict[str, int]] | None:
        """The row of the titles and the number of each column; None if the sheet is no such table."""
        for number, cells in sheet.rows[:_MOST_LOOKED]:
            columns: dict[str, int] = {}
            for place, cell in enumerate(cells, 1):
                name = self._names.get(_plain(cell.value))
                if name:
                    columns.setdefault(name, place)
            if self._is_table(columns.keys()):
                return number, columns
        return None

    def are_in(self, sheets: Sheets) -> bool:
        """Whether any sheet of a file is such a table."""
        return any(self.head(sheet) is not None for sheet in sheets.sheets)

    def rows(self, sheets: Sheets) -> Iterator[SheetRow]:
        """Every row below the titles, of every such table of a file."""
        for sheet in named_sheets(sheets):
            head = self.head(sheet)
            if head is not None:
                for number, cells in sheet.rows:
                    if number > head[0]:
                        row = {name: at(cells, place) for name, place in head[1].items()}
                        yield SheetRow(sheet.name, number, row, head[1])


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def named_sheets(sheets: Sheets) -> Iterator[Sheet]:
    """The sheets of a file. The one table of a CSV file goes by the name of the file, which is said anyway."""
    for sheet in sheets.sheets:
        yield sheet if sheets.path.suffix.lower() == ".xlsx" else sheet._replace(name="")


def cell_place(sheet: str, row: int = 0, column: int = 0) -> str:
    """A place as a spreadsheet shows it: `指标!F5`, or `F5` where there is one sheet only."""
    return place_words(sheet, row, column).zh.removeprefix("!")
