"""The tables of a document as one CSV file that a spreadsheet opens and a program can read.

It is UTF-8 with a byte order mark, lines end in CRLF. First the title and the facts of the head, a line each (id,
label, text). Then each table after an empty line: a line with its id, title and notes, the line of column titles, the
rows.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from fractions import Fraction

from ledger.model.number import plain
from ledger.render.document import Document, Names, Percent, Samples, value_of
from ledger.render.outline import NamedTable, head_of, named_tables
from ledger.render.spread import spread
from ledger.text.safe import guarded, one_line, xml_safe


def report_csv(document: Document) -> bytes:
    """The head and all tables. Text never becomes a formula; a rate takes three columns, so `3/12` is no date."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    head = head_of(document)
    writer.writerow(["title", _text(head.title)])
    writer.writerows([fact.id, _text(fact.label), _text(fact.text)] for fact in head.facts)
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
    return _text(";".join(value.values) if isinstance(value, Names) else cell)


def _text(text: str) -> str:
    return guarded(one_line(xml_safe(text)))
