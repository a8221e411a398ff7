"""Rows as CSV: for programs as plain text, for spreadsheets with what they need to read it right."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledger.text.formula import guarded
from ledger.text.safe import safe

_MARK = "\ufeff"
"""By this mark Excel knows UTF-8; without it, it takes the text for the code page of the machine."""


def plain_csv(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """The rows, lines ended by LF, without control characters; no cell is a formula to any program."""
    return _written(header, _harmless(rows), "\n")


def spreadsheet_csv(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as `plain_csv` has them, in a file that Excel opens right: marked as UTF-8, lines ended by CRLF."""
    return _MARK + _written(header, _harmless(rows), "\r\n")


def _harmless(rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    return ({name: guarded(safe(cell)) for name, cell in row.items()} for row in rows)


def _written(header: Sequence[str], rows: Iterable[Mapping[str, str]], line_end: str) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, header, extrasaction="ignore", lineterminator=line_end, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
