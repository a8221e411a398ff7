"""Back-planning of an item and of a whole plan, for readers and programs; and the level and pace that an item bears."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from ledger.format.cell import day_cell, number_cell
from ledger.format.document import Block, Column, Document, Heading, Paragraph, Table, Text, painted
from ledger.format.phrase import DASH, pace_words
from ledger.model.number import rounded
from ledger.model.setting import Settings
from ledger.model.words import ITEMIZED, NO_WORDS, Words, some
from ledger.state.board import Standing
from ledger.state.clock import Clock, Workload, clock_of, step_name
from ledger.state.level import level_of, sent_levels
from ledger.state.promise import paces


def level_blocks(standing: Standing) -> list[Block]:
    """The level that it bears, and which of them went out by letter when."""
    level = level_of(standing)
    parts = [Words("预警级别：{level}", "level: {level}").fill(level=level)] if level else []
    for sent in sent_levels(standing):
        words = Words("{day} 已发预警函（{level}）{doc}", "letter of warning sent {day} ({level}) {doc}")
        parts.append(words.fill(day=sent.day, level=sent.level or DASH, doc=sent.entry.doc).each(str.rstrip))
    return [Paragraph(Words.same(" · ").join(parts), 2)] if parts else []


def pace_blocks(standing: Standing) -> list[Block]:
    """What each target needs a week, and what the last eight weeks brought."""
    told = [pace_words(pace) for pace in paces(standing) if (pace.done, pace.needed) != (None, None)]
    if not told or standing.is_done:
        return []
    words = Words("近八周每周进度：{paces}", "pace of the last eight weeks: {paces}")
    return [Paragraph(words.fill(paces=ITEMIZED.join(told)), 2)]


def clock_blocks(standing: Standing) -> list[Block]:
    """Back-planning: by when each step must begin and end, and when it can be closed at the earliest."""
    clock = clock_of(standing)
    if clock is None:
        return []
    day = standing.board.day
    rows: list[list[Text]] = []
    for step in clock.steps:
        guess = Words("（暂按周一至周五）", " (weekdays)") if step.is_provisional else NO_WORDS
        tone = "" if step.recorded else "red" if step.latest_end < day else "yellow" if step.latest_start < day else ""
        rows.append([step_name(step.step), painted(str(step.latest_start) + guess, tone),
                     str(step.latest_end) + guess, str(step.recorded) if step.recorded else DASH])  # fmt: skip
    columns = [Column(words, flexible=True, least=10) for words in (
        Words("步骤", "step"), Words("最迟开始", "latest start"), Words("最迟结束", "latest end"),
        Words("已记载", "recorded"))]  # fmt: skip
    late = clock.slack < 0
    words = Words(
        "最迟 {done} 完成，{limit} 前销号；从 {day} 算起最早 {close} 可销号，{slack}",
        "to be done by {done} and closed by {limit}; from {day} on it can be closed on {close}: {slack}",
    )
    n = abs(clock.slack)
    slack = Words("差 {n} 个工作日", "{days} short") if late else Words("余 {n} 个工作日", "{days} to spare")
    said = words.fill(done=clock.latest_done, limit=clock.limit, day=day, close=clock.earliest_close,
                      slack=slack.fill(n=n, days=some(n, "working day")))  # fmt: skip
    return [Heading(Words("倒排工期", "planned backwards")), Table(columns, rows),
            Paragraph(painted(said, "red" if late else ""))]  # fmt: skip


def clock_json(standing: Standing) -> dict[str, Any]:
    """What of an item depends on the clock, as other programs read it: no steps and null where it has none.

    A ledger without `closing.by` or `warning.levels` has none of their keys.
    """
    settings, found = standing.board.ledger.settings, dict[str, Any]()
    if settings.closing.by is not None:
        found |= _plan_json(clock_of(standing))
    if settings.warning.levels:
        found["sent"] = [{"level": one.level or None, "date": str(one.day)} for one in sent_levels(standing)]
    own = paces(standing)
    if own:
        found["pace"] = [
            {"key": pace.target.key, "needed": _float(pace.needed), "gained": _float(pace.done)} for pace in own
        ]
    return found


def _plan_json(clock: Clock | None) -> dict[str, Any]:
    if clock is None:
        names = ("latest_done", "latest_begin", "close_by", "earliest_close", "slack")
        return {"plan": [], **dict.fromkeys(names), "provisional": []}
    plan = [
        {"step": step.step, "latest_start": str(step.latest_start), "latest_end": str(step.latest_end),
         "recorded": str(step.recorded) if step.recorded else None}
        for step in clock.steps
    ]  # fmt: skip
    return {
        "plan": plan,
        "latest_done": str(clock.latest_done),
        "latest_begin": str(clock.latest_begin) if clock.latest_begin else None,
        "close_by": str(clock.limit),
        "earliest_close": str(clock.earliest_close),
        "slack": clock.slack,
        "provisional": [str(day) for day in clock.provisional],
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(rounded(value, 2))


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
