"""Back-planning of a whole plan as a document and as JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.format.cell import day_cell, number_cell
from ledger.format.document import Column, Document, Heading, Paragraph, Table, Text
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.state.clock import step_name
from ledger.state.workload import Workload
from ledger.text.plural import some


def plan_document(found: Workload, settings: Settings, day: date) -> Document:
    """The steps month by month, the closings of each week, and the weeks in which an acceptor gets too much."""
    title = Words("{title}  倒排工期（{day}）", "{title}  planned backwards ({day})")
    document: Document = [Heading(title.fill(title=settings.title, day=day), 1)]
    if not found.steps:
        document.append(Paragraph(Words("没有可倒排的事项。", "No item can be planned backwards.")))
    months = dict.fromkeys(one.step.latest_start.isoformat()[:7] for one in found.steps)
    for month in months:
        rows: list[list[Text]] = [
            [day_cell(one.step.latest_start), day_cell(one.step.latest_end), step_name(one.step.step),
             one.standing.id, one.standing.item.title]
            for one in found.steps if one.step.latest_start.isoformat()[:7] == month
        ]  # fmt: skip
        columns = [Column(Words("最迟开始", "latest start")), Column(Words("最迟结束", "latest end")),
                   Column(Words("步骤", "step")), Column(Words("编号", "id")),
                   Column(Words("事项", "item"), flexible=True, least=12)]  # fmt: skip
        document += [Heading(f"{month} ({len(rows)})"), Table(columns, rows)]
    if found.closings:
        weeks = Table([Column(Words("周", "week")), Column(Words("应销号", "closings"), right=True)],
                      [[week, number_cell(n)] for week, n in found.closings.items()])  # fmt: skip
        document += [Heading(Words("每周应销号", "closings due each week")), weeks]
    return document + _loads(found) + _undated(found)


def _loads(found: Workload) -> Document:
    if not found.loads:
        return []
    columns = [
        Column(Words("周", "week")),
        Column(Words("验收单位", "acceptor"), flexible=True),
        Column(Words("应验收", "planned"), right=True),
        Column(Words("最多一周", "best week"), right=True),
    ]
    everybody = Words("（合计）", "(all)")
    rows = [
        [one.week, one.acceptor or everybody, number_cell(one.planned, "red"), number_cell(one.best)]
        for one in found.loads
    ]
    return [Heading(Words("验收忙不过来的周", "weeks with more acceptances than ever")), Table(columns, rows)]


def _undated(found: Workload) -> Document:
    if not found.undated:
        return []
    n = len(found.undated)
    words = Words("{n} 项没有时限或不销号，没有排：{ids}", "{items} without a date or never closed: {ids}")
    ids = " ".join(standing.id for standing in found.undated)
    return [Paragraph(words.fill(n=n, items=some(n, "item"), ids=ids))]


def plan_json(found: Workload, day: date) -> dict[str, Any]:
    """The same as other programs read it (schema `ledger/plan/1`)."""
    return {
        "schema": "ledger/plan/1",
        "as_of": day.isoformat(),
        "steps": [
            {"item": one.standing.id, "step": one.step.step, "latest_start": one.step.latest_start.isoformat(),
             "latest_end": one.step.latest_end.isoformat(), "provisional": one.step.is_provisional}
            for one in found.steps
        ],
        "closings": [{"week": week, "closings": n} for week, n in found.closings.items()],
        "overloads": [
            {"week": one.week, "acceptor": one.acceptor or None, "planned": one.planned, "best": one.best}
            for one in found.loads
        ],
        "undated": [standing.id for standing in found.undated],
    }  # fmt: skip
