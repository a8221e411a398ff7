"""Items as a table of plain cells: the columns of a CSV book, with what is derived behind under `now.`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.format.phrase import DASH, deadline_text
from ledger.model.field import DUE_WORDS, ITEM, Field, link_field
from ledger.model.number import percent
from ledger.model.setting import Settings
from ledger.model.state import LIGHTS, SCHEDULES, STATES
from ledger.model.words import Words
from ledger.state.board import Standing
from ledger.storage.csv.book import item_cells

_IGNORED = Words("由台账算出，导入时不看", "worked out by the ledger, ignored on import")
_NOW = (
    Field("state", "choice", Words("状态", "state"), _IGNORED, choices=STATES),
    Field("schedule", "choice", Words("序时", "schedule"), _IGNORED, choices=SCHEDULES),
    Field("light", "choice", Words("灯", "light"), _IGNORED, choices=LIGHTS),
    Field("due", "due", Words("现行时限", "deadline in force"), _IGNORED, choices=DUE_WORDS),
    Field("short", "texts", Words("欠的指标", "short of"), _IGNORED),
    Field("progress", "number", Words("进度 %", "progress in %"), _IGNORED),
)
_ALWAYS = [field.name for field in ITEM if field.required]
NOW = "now."
"""What the names of derived columns begin with; they are ignored when they come back."""


class ItemColumn(NamedTuple):
    """A column: its name, such as `targets.started.goal`, and what it holds."""

    name: str
    field: Field


class ItemTable(NamedTuple):
    """Rows of text by the name of the column; a column that is empty everywhere is left out."""

    columns: Sequence[ItemColumn]
    rows: Sequence[dict[str, str]]


def item_table(standings: Sequence[Standing], settings: Settings, lang: str) -> ItemTable:
    """The items as the plan has them, without extensions and amendments, and how they stand."""
    fields = item_fields(settings)
    rows = [{**item_cells(standing.plan, fields), **_now_cells(standing, lang)} for standing in standings]
    used = {name for row in rows for name, cell in row.items() if cell}
    wanted = [name for name in _ordered(fields, rows) if name in used or name in _ALWAYS] or _ALWAYS
    by_name = {field.name: field for field in fields}
    return ItemTable([ItemColumn(name, _field(name, by_name)) for name in wanted], rows)


def item_fields(settings: Settings) -> list[Field]:
    """All fields that an item of this ledger may have, the links to its books included."""
    return [*ITEM, *(link_field(book.id) for book in settings.books)]


def _ordered(fields: Sequence[Field], rows: Iterable[dict[str, str]]) -> list[str]:
    """All columns in the order of the field table; those of targets and milestones as they occur."""
    found = {name: place for place, name in enumerate(dict.fromkeys(name for row in rows for name in row))}
    order = {field.name: place for place, field in enumerate(fields)}
    return sorted(found, key=lambda name: (order.get(name.split(".")[0], len(order)), found[name]))


def _field(name: str, fields: dict[str, Field]) -> Field:
    """What a column holds: a field, a field of a target or milestone, or a derived one."""
    first, *rest = name.split(".")
    if f"{first}." == NOW:
        return next(field for field in _NOW if field.name == rest[0])
    field = fields[first]
    if field.kind != "records":
        return field
    return next(inner for inner in field.fields if inner.name == rest[1])


def _now_cells(standing: Standing, lang: str) -> dict[str, str]:
    progress = "" if standing.progress is None else str(percent(standing.progress, 1))
    values = (
        standing.state, standing.schedule, standing.light, deadline_text(standing, lang).replace(DASH, ""),
        ";".join(standing.short), progress,
    )  # fmt: skip
    return {f"{NOW}{field.name}": value for field, value in zip(_NOW, values, strict=True)}
