"""Items as a list: table, CSV, JSON, Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ledger.format.csv import plain_csv, spreadsheet_csv
from ledger.format.document import Column, Document, Heading, Paint, Paragraph, Table
from ledger.format.phrase import deadline_text, items_text, light, share, unit_name
from ledger.model.item import Item
from ledger.model.number import percent
from ledger.model.setting import Settings
from ledger.model.state import SCHEDULES, STATES
from ledger.model.words import Words
from ledger.render.item_table import item_table
from ledger.state.board import Standing


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


def list_csv(standings: Sequence[Standing], settings: Settings, lang: str, *, spreadsheet: bool = False) -> str:
    """The plan's own fields as a CSV book would have them, with the derived ones behind under `now.`.

    `spreadsheet` makes it a file that Excel opens right.
    """
    table = item_table(standings, settings, lang)
    header = [column.name for column in table.columns]
    return spreadsheet_csv(header, table.rows) if spreadsheet else plain_csv(header, table.rows)
