"""Rows and whole documents as CSV that a spreadsheet opens and a program can read: one value a cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from ledger.format.document import (
    Column,
    Document,
    NamedTable,
    Names,
    Paragraph,
    Percent,
    Samples,
    Table,
    Typed,
    head_of,
    named_tables,
    value_of,
)
from ledger.format.phrase import DASH, percent_text
from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.state.figure.count import Rate
from ledger.text.safe import guarded, one_line, safe, xml_safe

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


class SpreadColumn(NamedTuple):
    """A column with the cells under it, the typed ones with a number, date, percentage or text each."""

    column: Column[str]
    cells: Sequence[str]


def spread(table: Table[str]) -> list[SpreadColumn]:
    """The columns of a table, each rate in three: its n, its N and its percentage, which is empty for 0/0."""
    found = []
    for number, column in enumerate(table.columns):
        cells = [row[number] for row in table.rows]
        if any(isinstance(cell, Typed) and isinstance(cell.value, Rate) for cell in cells):
            found += _rate_columns(column, cells)
        else:
            found.append(SpreadColumn(column, cells))
    return found


def _rate_columns(column: Column[str], cells: Sequence[str]) -> list[SpreadColumn]:
    title = column.title.removesuffix("n/N").rstrip()
    parts: list[list[str]] = [[], [], []]
    for cell in cells:
        for part, one in zip(parts, _three(cell), strict=True):
            part.append(one)
    return [
        SpreadColumn(column._replace(title=f"{title} {sign}", right=True, flexible=False), part)
        for sign, part in zip(("n", "N", "%"), parts, strict=True)
    ]


def _three(cell: str) -> tuple[str, str, str]:
    """A rate as three cells; what is no rate stands in the first one."""
    if not isinstance(cell, Typed) or not isinstance(cell.value, Rate):
        return cell, "", ""
    part, whole, tone = cell.value.part, cell.value.whole, cell.tone
    percent = Typed(percent_text(cell.value.percent), Percent(cell.value.percent), tone) if whole else Typed(DASH, None)
    return Typed(str(part), part, tone), Typed(str(whole), whole, tone), percent


def report_csv(document: Document[str]) -> bytes:
    """The head and all tables. Text never becomes a formula; a rate takes three columns, so `3/12` is no date."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    head = head_of(document)
    writer.writerow(["title", _text(head.title)])
    writer.writerows([fact.id, _text(fact.label), _text(fact.text)] for fact in head.facts)
    writer.writerows([one.id, _text(one.text)] for one in document if isinstance(one, Paragraph) and one.id)
    for named in named_tables(document):
        stream.write("\r\n")
        writer.writerows(_lines(named))
    return stream.getvalue().encode("utf-8-sig")


def _lines(named: NamedTable) -> list[list[str]]:
    columns = spread(named.table)
    titles = [_text(column.title) for column, _ in columns]
    rows = [[_cell(cell) for cell in row] for row in zip(*(cells for _, cells in columns), strict=True)]
    notes = [_text(note) for note in named.table.notes]
    if not rows and named.table.empty:
        notes.insert(0, _text(named.table.empty))
    return [[named.id, _text(named.title), *notes], titles, *rows]


def _cell(cell: str) -> str:
    """Numbers, days and percentages as they are, lists whole and joined by `;`; every other text guarded."""
    value = value_of(cell)
    if isinstance(value, (int, Fraction)):
        return plain(Fraction(value))
    if isinstance(value, (date, Percent)):
        return cell
    if isinstance(value, Samples):
        return ";".join("" if one is None else plain(Fraction(one)) for one in value.values)
    return _text(";".join(map(str, value.values)) if isinstance(value, Names) else cell)


def _text(text: str) -> str:
    return guarded(one_line(xml_safe(text)))
