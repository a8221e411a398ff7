"""Items as a list: table, CSV, JSON, Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.figure.board import Standing
from ledger.model.field import ITEM, MILESTONE, TARGET, Field, link_field
from ledger.model.item import Item
from ledger.model.number import percent, plain
from ledger.model.setting import Settings
from ledger.model.state import SCHEDULES, STATES
from ledger.model.value import joined
from ledger.model.words import Words
from ledger.render.document import Column, Document, Heading, Paint, Paragraph, Table
from ledger.render.phrase import DASH, deadline_text, items_text, light, share, unit_name
from ledger.text.safe import safe

NOW = ("now.state", "now.schedule", "now.light", "now.due", "now.short", "now.progress")
"""Derived columns of a CSV list; they are ignored when it comes back."""


def list_document(standings: Sequence[Standing], settings: Settings, day: date, query: str, lang: str) -> Document:
    """One line an item, with its light, state and deadline."""
    head = Words("{title}  截至 {day}", "{title}  as of {day}").fill(title=settings.title, day=day).pick(lang)
    found = items_text(len(standings)).pick(lang)
    columns = [
        Column(Words("编号", "id").pick(lang), flexible=True, least=10),
        Column(Words("事项", "item").pick(lang), flexible=True, least=12),
        Column(Words("牵头单位", "lead").pick(lang), flexible=True, least=6),
        Column(Words("时限", "deadline").pick(lang)),
        Column(Words("状态和序时", "state").pick(lang), flexible=True, least=9),
        Column(Words("灯", "light").pick(lang)),
        Column(Words("进度", "progress").pick(lang), right=True),
    ]
    rows = [_row(standing, lang) for standing in standings]
    return [Heading(head, 1), Table(columns, rows), Paragraph(found + (f"  {query}" if query else ""))]


def _row(standing: Standing, lang: str) -> list[str]:
    state = f"{STATES[standing.state].pick(lang)} {SCHEDULES[standing.schedule].pick(lang)}"
    if standing.short:
        state = Paint(state + Words(" 欠指标", ", short").pick(lang), "yellow")
    return [
        standing.id,
        standing.item.title.pick(lang),
        unit_name(standing.item.lead, lang),
        deadline_text(standing, lang),
        state,
        light(standing, lang),
        share(standing.progress, lang),
    ]


def item_json(standing: Standing, lang: str) -> dict[str, Any]:
    """One item of `ledger list --format json`."""
    return {
        "id": standing.id,
        "book": standing.item.book,
        "title": standing.item.title.pick(lang),
        "lead": standing.item.lead,
        "due": standing.deadline.isoformat() if standing.deadline else _word(standing.item),
        "original_due": standing.original.isoformat() if standing.original else _word(standing.item),
        "state": standing.state,
        "schedule": standing.schedule,
        "light": standing.light,
        "short": bool(standing.short),
        "progress": None if standing.progress is None else percent(standing.progress, 1),
    }


def _word(item: Item) -> str | None:
    return item.due if isinstance(item.due, str) else None


def list_json(standings: Iterable[Standing], day: date, lang: str) -> dict[str, Any]:
    """The list as other programs read it (schema `ledger/list/1`)."""
    items = [item_json(standing, lang) for standing in standings]
    return {"schema": "ledger/list/1", "as_of": day.isoformat(), "items": items}


def list_csv(standings: Sequence[Standing], settings: Settings, lang: str) -> str:
    """The plan's own fields as a CSV book would have them, with the derived ones behind under `now.`."""
    fields = [*ITEM, *(link_field(book.id) for book in settings.books)]
    rows = [{**_plan_cells(standing.plan, fields), **_now_cells(standing, lang)} for standing in standings]
    used = {name for row in rows for name, cell in row.items() if cell}
    header = [name for name in _header(fields, rows) if name in used or name in ("id", "title", "lead", "due")]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, header, extrasaction="ignore", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return safe(stream.getvalue())


def _header(fields: Sequence[Field], rows: Sequence[dict[str, str]]) -> list[str]:
    """All columns in the order of the field table; those of targets and milestones as they occur."""
    found = dict.fromkeys(name for row in rows for name in row)
    order = [field.name for field in fields]

    def place(name: str) -> tuple[int, int]:
        head = name.split(".")[0]
        return (order.index(head) if head in order else len(order), list(found).index(name))

    return sorted(found, key=place)


def _plan_cells(item: Item, fields: Sequence[Field]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for field in fields:
        if field.kind == "records":
            for record in getattr(item, field.slot):
                inner = TARGET if field.name == "targets" else MILESTONE
                for own in inner:
                    cells.update(_cells(f"{field.name}.{record.key}.{own.name}", getattr(record, own.slot)))
        elif hasattr(item, field.slot):
            cells.update(_cells(field.name, getattr(item, field.slot)))
        else:
            cells.update(_cells(field.name, item.linked(field.name)))
    if item.weight == 1:
        cells["weight"] = ""
    return cells


def _cells(name: str, value: object) -> dict[str, str]:
    """A value as the cell of its column; words in two languages as two columns."""
    if value is None:
        return {name: ""}
    if isinstance(value, Words):
        if value.zh == value.en or not (value.zh and value.en):
            return {name: value.zh or value.en}
        return {f"{name}.zh": value.zh, f"{name}.en": value.en}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        if any(isinstance(part, Words) and part.zh != part.en for part in value):
            return {f"{name}.{tongue}": joined(getattr(part, tongue) for part in value) for tongue in ("zh", "en")}
        return {name: joined(part.zh if isinstance(part, Words) else str(part) for part in value)}
    if isinstance(value, Fraction):
        return {name: plain(value)}
    return {name: value.isoformat() if isinstance(value, date) else str(value)}


def _now_cells(standing: Standing, lang: str) -> dict[str, str]:
    progress = "" if standing.progress is None else str(percent(standing.progress, 1))
    values = (
        standing.state, standing.schedule, standing.light, deadline_text(standing, lang).replace(DASH, ""),
        ";".join(standing.short), progress,
    )  # fmt: skip
    return dict(zip(NOW, values, strict=True))
