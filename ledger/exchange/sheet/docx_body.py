"""A Word document as sheets: each of its tables is one, its paragraphs are told beside them.

Read from the document's own XML under the same guard as workbooks. Text that was deleted under change tracking is gone;
a cell merged downwards has the value of its range in each row, one merged sideways has it in its first column.
"""

from __future__ import annotations

from ledger.exchange.sheet.guard import Package
from ledger.exchange.sheet.sheet import EMPTY, Cell, Limits, Note, RefusedSheet, Sheet
from ledger.model.record import NamedTuple
from ledger.model.words import Words

SAVE_AS_DOCX = Words("在文字处理程序里另存为 .docx", "save it as .docx in the word processor")
_STRUCK = Words("有删除线，照样读取", "struck out, and read all the same")


class Written(NamedTuple):
    """A paragraph outside tables: its number in the document, its text and the name of its style."""

    number: int
    text: str
    style: str
    tables: int = 0
    """How many tables stand before it."""


class Body(NamedTuple):
    """The tables of a document as sheets named 表1, 表2 …, and the paragraphs between them."""

    tables: list[Sheet]
    paragraphs: list[Written]


def docx_body(data: bytes, limits: Limits) -> Body:
    """The tables and paragraphs of a DOCX file. Raises `RefusedSheet`."""
    package = Package(data, limits)
    main = next((part for kind, part in package.relations().values() if kind == "officeDocument"), "word/document.xml")
    if main not in package or not main.startswith("word/"):
        raise RefusedSheet(Words("这不是 Word 文档", "this is no Word document"), SAVE_AS_DOCX)
    heard = _Heard(limits)
    package.parse(main, heard.start, heard.end, heard.characters)
    return Body([table.sheet() for table in heard.tables], heard.paragraphs)


class _Table:
    """One table while its rows go by."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.rows: list[list[tuple[int, Cell, bool]]] = []
        self.column = self.span = 1
        self.covered = self.struck = False
        self.pieces: list[str] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.notes: list[Note] = []

    def begin_row(self) -> None:
        """A row begins."""
        self.rows.append([])
        self.column = 1

    def begin_cell(self) -> None:
        """A cell begins."""
        self.span, self.covered, self.pieces, self.struck = 1, False, [], False

    def end_cell(self) -> None:
        """A cell ends; one that goes on with the cell above is covered."""
        if not self.rows:
            return
        text = "".join(self.pieces).strip()
        row = len(self.rows)
        self.rows[-1].append((self.column, Cell(text, "text") if text else EMPTY, self.covered))
        if self.span > 1:
            self.merged.append((row, self.column, row, self.column + self.span - 1))
        if self.struck and text:
            self.notes.append(Note(row, self.column, _STRUCK))
        self.column += self.span

    def sheet(self) -> Sheet:
        """The table as a sheet."""
        made: list[tuple[int, list[Cell]]] = []
        open_: dict[int, tuple[int, Cell]] = {}
        last: dict[int, int] = {}
        for number, cells in enumerate(self.rows, 1):
            row: list[Cell] = []
            for column, cell, covered in cells:
                row.extend([EMPTY] * (column - 1 - len(row)))
                if covered and column in open_:
                    cell = open_[column][1] if cell is EMPTY else cell
                    last[column] = number
                else:
                    self._close(open_, last, column)
                    open_[column] = (number, cell)
                row.append(cell)
            while row and row[-1] is EMPTY:
                row.pop()
            if row:
                made.append((number, row))
        for column in list(open_):
            self._close(open_, last, column)
        return Sheet(f"表{self.number}", made, self.notes, False, tuple(self.merged))

    def _close(self, open_: dict[int, tuple[int, Cell]], last: dict[int, int], column: int) -> None:
        """Ends the range that is open in a column."""
        begun, end = open_.pop(column, None), last.pop(column, 0)
        if begun and end > begun[0]:
            self.merged.append((begun[0], column, end, column))


class _Heard:
    """Hears the elements of the document."""

    def __init__(self, limits: Limits) -> None:
        self.tables: list[_Table] = []
        self.paragraphs: list[Written] = []
        self._limits = limits
        self._open: list[_Table] = []
        self._skipped = 0
        self._text = False
        self._pieces: list[str] = []
        self._style = ""
        self._list = ""
        self._counts: dict[str, int] = {}
        self._size = self._cells = self._number = 0

    def start(self, tag: str, values: dict[str, str]) -> None:
        """An element begins."""
        if tag in ("Fallback", "del", "moveFrom", "instrText"):
            self._skipped += 1
        elif self._skipped:
            return
        elif tag == "tbl":
            self._begin_table()
        elif tag == "tr" and self._open:
            self._open[-1].begin_row()
        elif tag == "tc" and self._open:
            self._open[-1].begin_cell()
        elif tag == "p":
            self._pieces, self._style, self._list = [], "", ""
        elif tag in ("t", "br", "tab", "cr"):
            self._text = tag == "t"
            if tag != "t":
                self._pieces.append("\n" if tag in ("br", "cr") else " ")
        else:
            self._property(tag, values)

    def _property(self, tag: str, values: dict[str, str]) -> None:
        """A property of a cell or a paragraph."""
        value = next((value for name, value in values.items() if name.rpartition(" ")[2] == "val"), "")
        if tag == "pStyle":
            self._style = value
        elif tag == "numId" and value not in ("", "0"):
            self._list = value
        elif not self._open:
            return
        elif tag == "gridSpan" and value.isdecimal():
            self._open[-1].span = min(max(int(value), 1), self._limits.columns)
        elif tag == "gridBefore" and value.isdecimal():
            self._open[-1].column += min(int(value), self._limits.columns)
        elif tag == "vMerge":
            self._open[-1].covered = value != "restart"
        elif tag in ("strike", "dstrike") and value not in ("0", "false"):
            self._open[-1].struck = True

    def characters(self, text: str) -> None:
        """Characters of a run."""
        if self._text and not self._skipped:
            self._pieces.append(text)
            self._size += len(text)
            if self._size > self._limits.text:
                raise RefusedSheet(Words("有一格文字太长", "a cell is too long"), SAVE_AS_DOCX)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("Fallback", "del", "moveFrom", "instrText"):
            self._skipped -= 1
        elif self._skipped:
            return
        elif tag == "t":
            self._text = False
        elif tag == "p":
            self._end_paragraph()
        elif tag == "tc" and self._open:
            self._end_cell()
        elif tag == "tbl" and self._open:
            self._end_table()

    def _begin_table(self) -> None:
        # A table in a cell is text of that cell.
        self._open.append(_Table(0) if self._open else _Table(len(self.tables) + 1))

    def _end_table(self) -> None:
        table = self._open.pop()
        if self._open:
            texts = [cell.value for row in table.rows for _, cell, _ in row if cell.value]
            self._open[-1].pieces.append("\n".join(texts) + "\n")
        else:
            self.tables.append(table)

    def _end_cell(self) -> None:
        table = self._open[-1]
        table.end_cell()
        self._size = 0
        self._cells += 1
        if self._cells > self._limits.cells or len(table.rows) > self._limits.rows:
            raise RefusedSheet(Words("表格太大", "the tables are too large"), SAVE_AS_DOCX)

    def _end_paragraph(self) -> None:
        text = "".join(self._pieces)
        if self._list and not text.strip() and self._open:
            # A number that the word processor counts by itself, as in a column of row numbers.
            self._counts[self._list] = self._counts.get(self._list, 0) + 1
            text = str(self._counts[self._list])
        if self._open:
            self._open[-1].pieces.append(text + "\n")
        else:
            self._number += 1
            if text.strip():
                self.paragraphs.append(Written(self._number, text.strip(), self._style, len(self.tables)))
            self._size = 0
        self._pieces = []
