"""The rows of a CSV file as pieces of text, without parsing them."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import NamedTuple

_CELL = rb"(?:\"(?:[^\"\n]|\"\")*+\"|[^\",\n]*+)"
_WHOLE_ROW = re.compile(_CELL + rb"(?:," + _CELL + rb")*+")
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
            parts = [line.split(b",", at + 1) for line in self.lines]
            return [part[at] if len(part) > at else b"" for part in parts]
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
