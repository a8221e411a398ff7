"""CSV read with the line and cell of everything, or cut into the text of its rows without parsing them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from ledger.model.finding import Finding, Place
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex


class Table(NamedTuple):
    """A CSV file: its header, and the line on which each row starts with its cells."""

    path: str
    text: str
    header: list[str]
    rows: list[tuple[int, list[str]]]

    def place(self, line: int, cell: int) -> Place:
        """The place where cell number `cell` (from 1) of the row that starts on `line` begins."""
        starts = _line_starts(self.text)
        start = starts[min(line, len(starts)) - 1]
        column, quoted, number = 1, False, 1
        for at in range(start, len(self.text)):
            char = self.text[at]
            if number == cell:
                break
            if char == '"':
                quoted = not quoted
            elif char == "," and not quoted:
                number += 1
            elif char in "\r\n" and not quoted:
                break
            if char == "\n":
                line, column = line + 1, 0
            column += 1
        return Place(self.path, line, column)


@lru_cache(maxsize=16)
def _line_starts(text: str) -> list[int]:
    """Where each line starts in the text; lines end in LF, CRLF or CR, as for the csv module."""
    return list(accumulate((len(line) for line in io.StringIO(text, newline="")), initial=0))


def read_table(text: str, path: str) -> tuple[Table | None, list[Finding]]:
    """The table in a CSV text, and what is wrong with it; after an error the rows before it are kept."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    findings: list[Finding] = []
    end = 0
    try:
        if '"' not in text:
            # Without a quote every row is one line.
            rows = [(line, row) for line, row in enumerate(reader, 1) if row]
        else:
            for row in reader:
                if row:
                    rows.append((end + 1, row))
                end = reader.line_num
    except csv.Error as error:
        too_large = "field larger" in str(error)
        message = Words("不是 CSV：{why}；以下不再读取", "not CSV: {why}; the rest of the file is not read")
        hint = Words("检查引号是否成对", "check that every quote is closed")
        line = end + 1 if '"' in text else reader.line_num
        why = Words("一格太长" if too_large else "引号没有合上，或有读不懂的字符", str(error))
        findings.append(Finding(Place(path, line), 108 if too_large else 101, message.fill(why=why), hint))
    if not rows:
        return None, findings or [_empty(path)]
    header = [name.strip() for name in rows[0][1]]
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        message = Words("列之间要用逗号分隔", "columns must be separated by commas")
        hint = Words("在 Excel 里另存为“CSV UTF-8（逗号分隔）”", "save it as CSV UTF-8 (comma delimited)")
        return None, [*findings, Finding(Place(path), 101, message, hint)]
    rest = [row for row in rows[1:] if header[0] not in row[1][0] or not _is_header(row[1], header)]
    return Table(path, text, header, rest), findings + _repeated(path, text, header)


def _is_header(row: list[str], header: list[str]) -> bool:
    """Whether a row is the header once more, as a union merge leaves it where one side had other line ends or a BOM."""
    return bool(header[0]) and columns_of(row) == header


def columns_of(row: list[str]) -> list[str]:
    """The names in a row that may be a header."""
    return [name.strip() for name in (row[0].removeprefix("\ufeff"), *row[1:])]


def _empty(path: str) -> Finding:
    return Finding(Place(path), 107, Words("文件是空的", "the file is empty"),
                   Words("第一行要有列名", "the first line must name the columns"))  # fmt: skip


def _repeated(path: str, text: str, header: list[str]) -> list[Finding]:
    """A column that stands twice, as keys do in YAML."""
    message = Words("列 {name} 有两个", "column {name} stands twice")
    hint = Words("按第一列计", "the first one is taken")
    return [
        Finding(Table(path, text, header, []).place(1, number + 1), 102, message.fill(name=name), hint)
        for number, name in enumerate(header)
        if name and name in header[:number]
    ]


def header_of(text: str) -> list[str]:
    """The column names of a CSV text."""
    return list(_header(text))


@lru_cache(maxsize=16)
def _header(text: str) -> tuple[str, ...]:
    # Twenty thousand findings in one journal ask for it: copying the text for each took longer than all the rest.
    return tuple(name.strip() for name in next(csv.reader(io.StringIO(text, newline="")), []))


_CELL = rb"(?:\"(?:[^\"\n]|\"\")*+\"|[^\",\n]*+)"
_WHOLE_ROW = regex(_CELL + rb"(?:," + _CELL + rb")*+")
_BOM = b"\xef\xbb\xbf"


class Rows(NamedTuple):
    """A CSV file whose every line is one row: its header as text and as names, and the lines behind it."""

    header: bytes
    columns: tuple[str, ...]
    lines: list[bytes]
    has_quotes: bool

    @property
    def told(self) -> list[bytes]:
        """The lines without the empty cells at their ends, which say nothing."""
        return [line.rstrip(b",") for line in self.lines]

    def column(self, name: str) -> list[bytes]:
        """The cell of each line in a column; empty where the row is too short or there is no such column."""
        if name not in self.columns:
            return [b""] * len(self.lines)
        at = self.columns.index(name)
        if not self.has_quotes:
            try:
                return [line.split(b",", at + 1)[at] for line in self.lines]
            except IndexError:
                return [(line.split(b",", at + 1)[at:] or [b""])[0] for line in self.lines]
        return [_cell(line, at) for line in self.lines]


def _cell(line: bytes, at: int) -> bytes:
    cells: Sequence[bytes] = line.split(b",", at + 1)[: at + 1]
    if b'"' in b"".join(cells):
        cells = [cell.encode() for cell in next(csv.reader([line.decode("utf-8", "replace")]), [])]
    return cells[at] if at < len(cells) else b""


def rows(data: bytes) -> Rows | None:
    """The rows of a file; None if some row takes more than one line, or the last one is cut off."""
    data = data.removeprefix(_BOM)
    if not data.endswith(b"\n"):
        return None
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
        if b"\r" in data:
            return None
    header, *lines = data[:-1].split(b"\n")
    has_quotes = b'"' in data
    if has_quotes and not all(_WHOLE_ROW.fullmatch(line) for line in (header, *lines) if b'"' in line):
        return None
    try:
        names = next(csv.reader([header.decode("utf-8")]), [])
    except UnicodeDecodeError:
        return None
    return Rows(header, tuple(name.strip() for name in names), lines, has_quotes)
