"""Tables that strangers send: XLSX and CSV files as sheets of cells, or a refusal in one sentence.

Nothing in such a file is believed: what it may hold is counted while it is read, and nothing in it is ever run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.model.words import NO_WORDS, Words
from ledger.source.files import NotAFile, read_regular
from ledger.source.system_error import reason


class Cell(NamedTuple):
    """What one cell says. `value` is written as a ledger writes it: an ISO date, a plain number, else the text itself.

    `kind` is `text`, `number`, `date`, `percent` (the value is 87.5 for 87.5%), `flag` (`true` or `false`), `error`
    (`#REF!`, or a formula whose result is not stored: then the value is empty) or `empty`. In a CSV file all is text.
    """

    value: str
    kind: str
    formula: str = ""
    """The formula whose stored result the value is."""


EMPTY = Cell("", "empty")


class Note(NamedTuple):
    """Something a reader of the sheet should know; `row` and `column` count from 1, 0 where it is about all of them."""

    row: int
    column: int
    words: Words


class Sheet(NamedTuple):
    """One sheet. `rows` are those that hold anything, each with its number as people see it and its cells.

    A row ends with its last filled cell, so rows differ in length: `at` gives an empty cell beyond. Every cell of a
    merged range has the value of the range. `merged` are the ranges: first row, first column, last row, last column.
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


class RefusedSheet(Exception):
    """The file is not read at all, with the reason and what to do."""

    def __init__(self, message: Words, hint: Words = NO_WORDS) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint


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

_OTHER = {
    ".xls": Words("旧版 Excel 文件", "an old Excel file"),
    ".xlsm": Words("带宏的工作簿", "a workbook with macros"),
    ".xltm": Words("带宏的模板", "a template with macros"),
    ".xlam": Words("带宏的加载项", "an add-in with macros"),
    ".xlsb": Words("二进制工作簿", "a binary workbook"),
    ".xltx": Words("模板", "a template"),
    ".et": Words("WPS 表格文件", "a WPS spreadsheet"),
    ".ods": Words("LibreOffice 表格文件", "a LibreOffice spreadsheet"),
    ".numbers": Words("Numbers 表格文件", "a Numbers spreadsheet"),
}
SHEET_ENDINGS = (".xlsx", ".csv", ".txt", ".tsv")


def read_sheets(path: Path, limits: Limits = LIMITS) -> Sheets:
    """The sheets of an XLSX or CSV file. Raises `RefusedSheet` for everything else, and for what no sheet should hold.

    Macros, links to other files, embedded objects, data connections and XML with a document type are refused, as is
    whatever is larger than `limits`, whatever sizes the file itself declares.
    """
    ending = path.suffix.lower()
    if path.name.startswith(("~$", ".~lock.")):
        message = Words("这是打开文件时留下的锁文件", "this is the lock file of an open workbook")
        raise RefusedSheet(message, Words("关闭表格程序，用工作簿本身", "close the spreadsheet and use the workbook"))
    if ending in _OTHER:
        message = Words("{what}（{ending}）不读", "{what} ({ending}) is not read").fill(
            what=_OTHER[ending], ending=ending
        )
        raise RefusedSheet(message, SAVE_AS_XLSX)
    if ending not in SHEET_ENDINGS:
        message = Words("只读 .xlsx 和 .csv，不读 {ending}", "only .xlsx and .csv are read, not {ending}")
        raise RefusedSheet(message.fill(ending=ending or path.name), SAVE_AS_XLSX)
    data = _content(path, limits)
    if ending == ".xlsx":
        from ledger.source.sheet_xlsx import workbook_sheets  # noqa: PLC0415 - one of the two readers is needed

        return Sheets(path, *workbook_sheets(data, limits))
    from ledger.source.sheet_csv import csv_sheet  # noqa: PLC0415 - one of the two readers is needed

    return Sheets(path, [csv_sheet(data, path.stem, limits)], {})


SAVE_AS_XLSX = Words("在表格程序里另存为 .xlsx", "save it as .xlsx in the spreadsheet program")


def _content(path: Path, limits: Limits) -> bytes:
    """The bytes of the file, read once; never more than the limit."""
    try:
        data = read_regular(path, limits.file)
    except NotAFile as odd:
        raise RefusedSheet(odd.message, odd.hint) from None
    except OSError as error:
        message = Words("读不到这个文件：{why}", "cannot be read: {why}").fill(why=reason(error))
        raise RefusedSheet(message, Words("检查文件名和权限", "check its name and permissions")) from None
    except OverflowError:
        message = Words("文件超过 {size}", "the file is larger than {size}").fill(size=size_text(limits.file))
        raise RefusedSheet(message, Words("删去图片，或拆成几个文件", "remove pictures, or split it")) from None
    if not data.strip():
        raise RefusedSheet(
            Words("文件是空的", "the file is empty"), Words("请重新导出或发送", "export or send it again")
        )
    return data


def size_text(size: int) -> str:
    """A size for people, in MiB or KiB."""
    return f"{size >> 20} MiB" if size >= 1 << 20 else f"{max(size >> 10, 1)} KiB"


def at(cells: Sequence[Cell], column: int) -> Cell:
    """The cell in a column counted from 1, empty beyond the end of the row."""
    return cells[column - 1] if 0 < column <= len(cells) else EMPTY


def error_words(cell: Cell) -> tuple[Words, Words]:
    """What to say about a cell of kind `error`, and what to do."""
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
