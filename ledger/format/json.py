"""Documents as JSON: what stands in them as values, under stable English keys."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from ledger.format.document import (
    Bar,
    Code,
    Document,
    NamedTable,
    Names,
    Percent,
    Piece,
    Samples,
    Section,
    Value,
    column_ids,
    head_of,
    sections,
    value_of,
)
from ledger.state.figure.count import Rate
from ledger.text.safe import json_text


def report_json(document: Document[str]) -> str:
    """Exactly one JSON document, ending in a line break."""
    return json_text(report_value(document)) + "\n"


def report_value(document: Document[str]) -> dict[str, Any]:
    """The document as other programs read it (schema `ledger/report/1`).

    `head` holds the facts by id. A section has `blocks` in order, each of a `kind`: a paragraph, code, or a table with
    its columns and its rows by column id. A rate is its part, its base (`of`) and its percentage; a percentage has one
    decimal; days are ISO dates; what nobody knows is null.
    """
    head = head_of(document)
    return {
        "schema": "ledger/report/1",
        "report": head.report or None,
        "language": head.lang,
        "title": head.title,
        "head": {fact.id: json_value(value_of(fact.text)) for fact in head.facts},
        "sections": [_section(section) for section in sections(document)],
    }


def _section(section: Section) -> dict[str, Any]:
    title = section.heading.text if section.heading else None
    level = section.heading.level if section.heading else None
    return {"id": section.id, "title": title, "level": level, "blocks": [_block(piece) for piece in section.pieces]}


def _block(piece: Piece) -> dict[str, Any]:
    if isinstance(piece, NamedTable):
        return _table(piece)
    return {"kind": "code" if isinstance(piece, Code) else "paragraph", "text": piece.text}


def _table(named: NamedTable) -> dict[str, Any]:
    ids = column_ids(named.table)
    return {
        "kind": "table",
        "id": named.id,
        "title": named.title,
        "columns": [{"id": id_, "title": column.title} for id_, column in zip(ids, named.table.columns, strict=True)],
        "rows": [
            {id_: json_value(value_of(cell)) for id_, cell in zip(ids, row, strict=True)} for row in named.table.rows
        ],
        "notes": list(named.table.notes),
    }


def json_value(value: Value) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """A value as JSON has it."""
    if isinstance(value, Rate):
        return {"part": value.part, "of": value.whole, "percent": value.percent}
    if isinstance(value, Percent):
        return value.value
    if isinstance(value, Bar):
        return {"full": value.full, "short": value.short, "of": value.whole}
    if isinstance(value, Samples):
        return [json_value(one) for one in value.values]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    if isinstance(value, Names):
        return list(value.values)
    return value
