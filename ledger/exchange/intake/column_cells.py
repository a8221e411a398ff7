"""Which columns are which fields by what stands in their cells, where the headers say nothing that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ledger.exchange.intake.column_role import LIST_FIELDS
from ledger.exchange.intake.vocabulary import Column, Header
from ledger.exchange.phrase.deadline import read_deadline
from ledger.exchange.phrase.number import row_number
from ledger.exchange.phrase.state import read_state
from ledger.exchange.sheet.sheet import Sheet, at
from ledger.model.field import Field
from ledger.text.pattern import regex

_UNIT = regex(
    r"(?:局|委|办|府|区|县|市|厅|部|院|会|中心|公司|集团|队|街道|镇|乡|处|department|office)[)）]?$", re.IGNORECASE
)
_MOST = 0.7
"""The share of a column's filled cells that must read as something for the column to be that."""


def with_cells_asked(sheet: Sheet, header: Header, fields: dict[str, Field]) -> Header:
    """The header, those of its columns that are only tags being what their cells look like: a proposal to correct."""
    taken = {column.path[0] for column in header.columns}
    tags = [column for column in header.columns if column.path[0] == "tags"]
    texts = {
        column.number: [text for number, cells in sheet.rows
                        if number > header.last and (text := at(cells, column.number).value.strip())]
        for column in tags
    }  # fmt: skip
    roles: dict[int, str] = {}
    for column in tags:
        role = _role(texts[column.number])
        if role and role not in taken:
            roles[column.number] = role
            taken.add(role)
    rest = [column.number for column in tags if column.number not in roles and texts[column.number]]
    if "title" not in taken and rest:
        roles[max(rest, key=lambda number: _length(texts[number]))] = "title"
    known = {**fields, **LIST_FIELDS}
    return header._replace(columns=[_as(column, roles.get(column.number, ""), known) for column in header.columns])


def _as(column: Column, role: str, fields: dict[str, Field]) -> Column:
    return column._replace(path=(role,), field=fields[role]) if role else column


def _role(texts: Sequence[str]) -> str:
    """What most texts of a column are; empty where they are nothing in particular."""
    if not texts:
        return ""
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("number", lambda text: row_number(text) is not None),
        ("due", lambda text: read_deadline(text).due not in (None, "unstated", "long_term")),
        ("state", lambda text: read_state(text).reached not in ("", "?", "under_way")),
        ("responsible", lambda text: _UNIT.search(text) is not None and len(text) < _LONGEST_UNIT),
    )
    for role, fits in tests:
        if sum(1 for text in texts if fits(text)) >= _MOST * len(texts):
            return role
    return ""


_LONGEST_UNIT = 40
"""Longer cells are no names of units."""


def _length(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts)
