"""CSV read with the line and cell of everything, or cut into the text of its rows without parsing them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from ledger.model.finding import Finding, Place, Source
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex


class Table(NamedTuple):
    """A CSV file column by column: its header, the line on which each row starts, and the cells of each column.

    A row shorter than the header has empty cells; what a longer one has beyond it stands in `extra`, by its number.
    """

    path: str
    source: Source
    header: list[str]
    lines: list[int]
    columns: list[list[str]]
    extra: dict[int, list[str]]

    def row(self, number: int) -> list[str]:
        """The cells of a row, counted from 0."""
        return [*(column[number] for column in self.columns), *self.extra.get(number, ())]

    def place(self, line: int, cell: int) -> Place:
        """The place where cell number `cell` (from 1) of the row that starts on `line` begins."""
        return cell_place(self.path, self.source, line, cell)


def cell_place(path: str, source: Source, line: int, cell: int) -> Place:
    """The place in a CSV file where cell number `cell` (from 1) of the row that starts on `line` begins."""
    column, quoted, number = 1, False, 1
    for char in chain.from_iterable(source.lines(line)):
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
    return Place(path, line, column)


def read_table(text: str, path: str, source: Source | None = None) -> tuple[Table | None, list[Finding]]:
    """The table in a CSV text, and what is wrong with it; after an error the rows before it are kept."""
    source = source or Source.of(text)
    rows = Blocks()
    lines: list[int] = []
    columns: list[list[str]] = []
    findings: list[Finding] = []
    for block, numbers in read_rows(rows, text, path, findings):
        lines += numbers
        columns = columns or [[] for _ in block]
        for column, more in zip(columns, block, strict=True):
            column += more
    header = sound_header(rows, path, source, findings)
    if header is None:
        return None, findings
    table = Table(path, source, header, lines, columns or [[] for _ in header], rows.extra)
    return _without_headers(table), findings


def read_rows(
    rows: Blocks, text: str, path: str, findings: list[Finding]
) -> Iterator[tuple[Sequence[Sequence[Any]], Sequence[int]]]:
    """The rows of a text as `Blocks.of` gives them; where it is no CSV they end, with a finding."""
    try:
        yield from rows.of(text)
    except csv.Error as error:
        too_large = "field larger" in str(error)
        message = Words("不是 CSV：{why}；以下不再读取", "not CSV: {why}; the rest of the file is not read")
        hint = Words("检查引号是否成对", "check that every quote is closed")
        why = Words("一格太长" if too_large else "引号没有合上，或有读不懂的字符", str(error))
        place = Place(path, rows.end + 1)
        findings.append(Finding(place, 108 if too_large else 101, message.fill(why=why), hint))


def sound_header(rows: Blocks, path: str, source: Source, findings: list[Finding]) -> list[str] | None:
    """The names of the columns, once the rows were read; None with a finding where no table begins with them."""
    header = rows.header
    if not header:
        findings += [] if findings else [_empty(path)]
        return None
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        message = Words("列之间要用逗号分隔", "columns must be separated by commas")
        hint = Words("在 Excel 里另存为“CSV UTF-8（逗号分隔）”", "save it as CSV UTF-8 (comma delimited)")
        findings.append(Finding(Place(path), 101, message, hint))
        return None
    findings += _repeated(path, source, header)
    return header


_BLOCK = 1 << 13
"""Characters that are cut at once: so few that their cells are still near the processor when they are sorted into
columns."""
_FILLED = regex(r"[^\n]")
_NUMBERS: list[int] = []


def _numbers(start: int, stop: int) -> list[int]:
    """The numbers of lines from `start` up to `stop`, each time the same ones: every entry of a journal bears one, and
    numbers of its own would take a fifth of its memory."""
    if stop > len(_NUMBERS):
        _NUMBERS.extend(range(len(_NUMBERS), max(stop, 2 * len(_NUMBERS))))
    return _NUMBERS[start:stop]


class Blocks:
    """The rows of a text below its header, block by block, with the number of the line on which each begins.

    Where a block has neither quotes nor short or long rows, cutting it at its commas gives all its cells at once: a
    third of the time that a list for each line takes (`read_table` in `python bench/run.py --profile check`). The csv
    module reads any other block; what both say is the same.
    """

    def __init__(self, block: int = 0) -> None:
        self._block = block or _BLOCK
        self.header: list[str] = []
        self.extra: dict[int, list[str]] = {}
        """What rows have beyond the header, by their number."""
        self.count = 0
        self.end = 0
        """How many lines were read."""

    def of(self, text: str) -> Iterator[tuple[Sequence[Sequence[Any]], Sequence[int]]]:
        """The columns of some rows at a time, and their lines. Raises `csv.Error` at the first that cannot be read."""
        at = 0
        while at < len(text):
            if text[at] == "\n":
                # An excerpt has thousands of empty lines in a row in place of what it leaves out.
                filled = _FILLED.search(text, at)
                start, at = at, filled.start() if filled else len(text)
                self.end += at - start
                continue
            stop = text.find("\n", at + self._block if self.header else at) + 1 or len(text)
            block = text[at:stop]
            if self.header and (columns := self._cut(block)):
                self.count += len(columns[0])
                self.end += len(columns[0])
                yield columns, _numbers(self.end + 1 - len(columns[0]), self.end + 1)
            else:
                parsed = _parsed(block)
                if parsed.error and stop < len(text):
                    # It may be a quote that is closed behind the end of the block.
                    stop = len(text)
                    parsed = _parsed(text[at:])
                if parsed.rows and not self.header:
                    self.header = [name.strip() for name in parsed.rows.pop(0)]
                    del parsed.above[0]
                if parsed.rows:
                    numbers = _numbers(self.end + 1, self.end + 1 + parsed.end)
                    yield self._fitted(parsed.rows), [numbers[above] for above in parsed.above]
                    self.count += len(parsed.rows)
                self.end += parsed.end
                if parsed.error:
                    raise parsed.error
            at = stop

    def _cut(self, block: str) -> Sequence[Sequence[Any]] | None:
        """The columns of a block; None if some line is no row of as many cells as the header, or may be another one for
        the csv module."""
        lines = plain_lines(block)
        # An empty line is no row; it would pass for one in a table of a single column.
        width = len(self.header)
        if not lines or width < 2 or block.count(",") != len(lines) * (width - 1):
            return None
        cells = ",\n,".join(lines).split(",")
        if cells[width :: width + 1].count("\n") != len(lines) - 1:
            return None
        return [cells[number :: width + 1] for number in range(width)]

    def _fitted(self, rows: list[list[str]]) -> Sequence[Sequence[Any]]:
        """The columns of rows: short ones are filled up, of long ones the rest is kept beside them."""
        width = len(self.header)
        if set(map(len, rows)) != {width}:
            for number, row in enumerate(rows, self.count):
                if len(row) > width:
                    self.extra[number] = row[width:]
                    del row[width:]
                row += [""] * (width - len(row))
        return list(zip(*rows, strict=True))


def plain_lines(block: str) -> list[str]:
    """The lines of a block, if each is a row whose cells begin and end at its commas; else none."""
    if '"' in block or not block.endswith("\n") or len(block) > csv.field_size_limit():
        return []
    if "\r" in block:
        block = block.replace("\r\n", "\n")
        if "\r" in block:
            return []
    return block[:-1].split("\n")


class _Parsed(NamedTuple):
    """The rows of a block, how many lines stand above each, how many it has, and what is wrong behind them."""

    rows: list[list[str]]
    above: list[int]
    end: int
    error: csv.Error | None = None


def _parsed(block: str) -> _Parsed:
    """What the csv module reads in a block; an empty line is no row."""
    reader = csv.reader(io.StringIO(block, newline=""), strict=True)
    rows: list[list[str]] = []
    above: list[int] = []
    end = 0
    try:
        for row in reader:
            if row:
                rows.append(row)
                above.append(end)
            end = reader.line_num
    except csv.Error as error:
        return _Parsed(rows, above, end, error)
    return _Parsed(rows, above, end)


def _without_headers(table: Table) -> Table:
    """The table without rows that are the header once more, as a union merge leaves it where one side had other line
    ends or a BOM."""
    first = table.header[0]
    if (
        not first
        or table.source.data.count(first.encode("utf-8", "surrogatepass")) < 2
        or not any(first in cell for cell in set(table.columns[0]))
    ):
        return table
    kept = [
        number for number, cell in enumerate(table.columns[0])
        if first not in cell or columns_of(table.row(number)) != table.header
    ]  # fmt: skip
    return table._replace(
        lines=[table.lines[number] for number in kept],
        columns=[list(map(column.__getitem__, kept)) for column in table.columns],
        extra={place: table.extra[number] for place, number in enumerate(kept) if number in table.extra},
    )


def columns_of(row: list[str]) -> list[str]:
    """The names in a row that may be a header."""
    return [name.strip() for name in (row[0].removeprefix("\ufeff"), *row[1:])]


def _empty(path: str) -> Finding:
    return Finding(Place(path), 107, Words("文件是空的", "the file is empty"),
                   Words("第一行要有列名", "the first line must name the columns"))  # fmt: skip


def _repeated(path: str, source: Source, header: list[str]) -> list[Finding]:
    """A column that stands twice, as keys do in YAML."""
    message = Words("列 {name} 有两个", "column {name} stands twice")
    hint = Words("按第一列计", "the first one is taken")
    return [
        Finding(cell_place(path, source, 1, number + 1), 102, message.fill(name=name), hint)
        for number, name in enumerate(header)
        if name and name in header[:number]
    ]


def header_of(text: str | Source) -> list[str]:
    """The column names of a CSV text."""
    lines = text.lines(1) if isinstance(text, Source) else io.StringIO(text, newline="")
    return [name.strip() for name in next(csv.reader(lines), [])]


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
        return self.cells(name)[0]

    def cells(self, *names: str) -> list[list[bytes]]:
        """The same of several columns, for which each line is taken apart once."""
        places = [self.columns.index(name) if name in self.columns else -1 for name in names]
        if self.has_quotes:
            return [[_cell(line, at) for line in self.lines] if at >= 0 else [b""] * len(self.lines) for at in places]
        last = max(places) + 1
        rows = [line.split(b",", last) for line in self.lines]
        if rows and min(map(len, rows)) < last:
            rows = [row + [b""] * (last - len(row)) for row in rows]
        return [[row[at] for row in rows] if at >= 0 else [b""] * len(rows) for at in places]


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
