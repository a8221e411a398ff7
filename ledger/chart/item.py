"""One item as a picture: its plan, how it moved, its milestones, its readings against the goal, its closing steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.chart.bar import bar_marks, milestone
from ledger.chart.drawing import Box, Dot, Drawing, Label, Line, Look, Mark, Part, Shape, fitted, shown, span
from ledger.chart.frame import (
    GRID,
    MARGIN,
    TEXT,
    Axis,
    Frame,
    as_of,
    axis_over,
    day_axis,
    flag_marks,
    flag_rows,
    flags,
    head,
    stairs,
)
from ledger.chart.gantt import Bar, item_bar
from ledger.format.document import Text
from ledger.format.phrase import deadline_text, lateness, reading_text, unit_name
from ledger.model.entry import CLOSING_STEPS, Entry
from ledger.model.item import LIGHTS, STATES, Target
from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.model.words import COMMA, Words, some
from ledger.state.board import Stage, Standing
from ledger.state.clock import WORK, clock_of, step_name
from ledger.state.reading import Reading

_WIDE = 960.0
_NAMES, _BESIDE, _GAP = 190.0, 170.0, 12.0
"""Room for the names before the days, and for what is said behind them."""
_PLAN, _ROW, _READINGS = 40.0, 20.0, 96.0
"""Heights of the lane of the plan, of a row, and of the readings of a target."""
_HEAD = 24.0
_TITLES = {
    "plan": Words("方案", "plan"),
    "moves": Words("时限的变动", "moves of the deadline"),
    "stages": Words("阶段目标", "milestones"),
    "targets": Words("读数与目标", "readings and goals"),
    "steps": Words("销号步骤", "closing steps"),
}
_KINDS = {
    "met": Words("已达到", "met"),
    "short": Words("报达到而欠指标", "called met, short"),
    "missed": Words("未达到", "missed"),
    "coming": Words("未到期", "to come"),
}
_NO_READING = Words("还没有读数", "no reading yet")
_NOT_RECORDED = Words("未记载", "not recorded")
_WINDOW = Look("pale-blue", "blue", 0.7)
_GOAL = Look(line="blue", width=1.4, dash=(7, 4))


class Lane(NamedTuple):
    """A row of the picture: what it is called, what is drawn so high, and what is said behind it."""

    name: Text
    tall: float
    beside: Text
    kind: str
    what: object


def item_drawing(standing: Standing) -> Drawing:
    """The picture of an item on the day of its board, 960 units wide."""
    bar = item_bar(standing)
    days, lanes = _axis(standing, bar), list(_lanes(standing, bar))
    title = shown(f"{standing.id} " + standing.item.title)
    lines = _told(standing)
    marks, y = head(title, lines, _WIDE)
    frame = Frame(MARGIN + _NAMES, y, _WIDE - 2 * MARGIN - _NAMES - _BESIDE, 1, days)
    named = flags(standing.board.ledger.settings.time_nodes, standing.board.day, days)
    top = y + 8
    frame = frame._replace(top=top + 15.6 * len(flag_rows(named, frame, TEXT)) + 4)
    frame = frame._replace(tall=_tall(lanes))
    marks += day_axis(frame, TEXT) + flag_marks(named, frame, TEXT, top)
    at, group = frame.top, ""
    for lane in lanes:
        if lane.kind != group:
            group = lane.kind
            marks += _heading(_TITLES[group], at, frame)
            at += _HEAD
        marks.append(_lane(lane, at, frame, standing, bar))
        at += lane.tall
    said = COMMA.join([*lines, *(Words("{name} {beside}", "{name} {beside}").fill(name=lane.name, beside=lane.beside)
                                 for lane in lanes)])  # fmt: skip
    return Drawing(_WIDE, frame.bottom + MARGIN + TEXT * 1.5, title, said, tuple(marks))


def item_json(standing: Standing, lang: str) -> dict[str, Any]:
    """What is drawn of an item, for a program: its bar, and the readings of each target."""
    targets = [
        {"key": target.key, "name": target.name.pick(lang), "unit": target.unit or None,
         "goal": str(target.goal) if target.goal else None, "due": target.due.isoformat() if target.due else None,
         "readings": [{"date": one.day.isoformat(), "value": float(one.value)} for one in
                      standing.history.get(target.key, ())]}
        for target in standing.item.targets
    ]  # fmt: skip
    return {"item": item_bar(standing).as_json(lang), "targets": targets}


def _told(standing: Standing) -> list[Text]:
    """What stands below the title: what matters about it on this day, then whose it is."""
    found: list[Text] = [
        _finding(standing),
        LIGHTS[standing.light],
        unit_name(standing.item.lead),
        as_of(standing.board.day),
    ]
    if standing.course.withdrawn is not None:
        found.insert(0, Words("{day} 并销", "withdrawn on {day}").fill(day=standing.course.withdrawn.date))
    return found


def _finding(standing: Standing) -> Words:
    day = standing.board.day
    parts: list[Words] = [STATES[standing.state]]
    if standing.schedule == "overdue":
        parts = [lateness(standing, day)]
    elif standing.is_done and standing.course.done_on is not None:
        parts = [Words("{day} 完成", "done on {day}").fill(day=standing.course.done_on)]
    elif standing.deadline is not None:
        left = (standing.deadline - day).days
        parts.append(Words("离时限 {n} 天", "{days} left").fill(n=left, days=some(left, "day")))
    if standing.short:
        parts.append(Words("欠 {n} 个指标", "short of {targets}").fill(
            n=len(standing.short), targets=some(len(standing.short), "target")))  # fmt: skip
    return COMMA.join(parts)


def _axis(standing: Standing, bar: Bar) -> Axis:
    steps = clock_of(standing)
    planned = [day for step in steps.steps for day in (step.latest_start, step.latest_end)] if steps else []
    moved = [day for move in standing.course.moves for day in (move.date, move.until_day) if day is not None]
    told = [entry.date for entry in standing.course.entries if entry.event == "step"]
    core = [standing.board.day, *(day for day in (bar.start, bar.deadline) if day is not None)]
    return axis_over([*bar.days, *bar.readings, *planned, *moved, *told], core)


def _lanes(standing: Standing, bar: Bar) -> Iterator[Lane]:
    yield Lane(
        deadline_text(standing), _PLAN, Words("时限 {due}", "due {due}").fill(due=deadline_text(standing)), "plan", bar
    )
    for move in standing.course.moves:
        name = (
            Words("{day} 延期", "extended {day}") if move.event == "extend" else Words("{day} 重开", "reopened {day}")
        )
        until = Words("到 {day}", "to {day}").fill(day=move.until_day)
        yield Lane(name.fill(day=move.date), _ROW, until, "moves", move)
    for stage in standing.stages:
        words = _KINDS[bar.kind_of(stage)]
        said = words if stage.met_on is None else words + f" {stage.met_on}"
        yield Lane(stage.name or stage.key, _ROW, said, "stages", stage)
    for target in standing.item.targets:
        yield Lane(
            target.name or target.key,
            _READINGS,
            reading_text(standing.reading(target.key), target) + target.unit,
            "targets",
            target,
        )
    for step, start, end, recorded in _steps(standing):
        said = Words.same(str(recorded)) if recorded else _NOT_RECORDED
        if end is not None and recorded is None:
            said = Words("最迟 {day}", "at the latest {day}").fill(day=end)
        name = step_name(step) if step == WORK else CLOSING_STEPS.get(step, Words.same(step))
        yield Lane(name, _ROW, said, "steps", (start, end, recorded))


def _steps(standing: Standing) -> Iterator[tuple[str, date | None, date | None, date | None]]:
    """The closing steps with their latest days, where there is a clock, and the days they are recorded."""
    settings, book = standing.board.ledger.settings, standing.item.book
    clock = clock_of(standing)
    if clock is not None:
        for step in clock.steps:
            yield step.step, step.latest_start, step.latest_end, step.recorded
        return
    if settings.closing.books and book not in settings.closing.books:
        return
    since = standing.course.reopened_on or date.min
    told = {entry.key: entry.date for entry in standing.course.entries if entry.event == "step" and entry.date >= since}
    for name in settings.closing.steps_of(standing.item.closing):
        yield name, None, None, told.get(name)


def _tall(lanes: Sequence[Lane]) -> float:
    return sum(lane.tall for lane in lanes) + _HEAD * len({lane.kind for lane in lanes})


def _heading(words: Words, y: float, frame: Frame) -> list[Mark]:
    return [
        Box(MARGIN, y + 2, _WIDE - 2 * MARGIN, _HEAD - 4, Look("faint")),
        Label(MARGIN + 6, y + 16, words, TEXT, bold=True),
    ]


def _lane(lane: Lane, y: float, frame: Frame, standing: Standing, bar: Bar) -> Mark:
    base = y + min(lane.tall, _ROW * 2) / 2 + TEXT * 0.36
    name = fitted(lane.name, _NAMES - _GAP, TEXT)
    marks: list[Mark] = [
        Label(MARGIN + 6, base, name, TEXT),
        Label(frame.right + _GAP, base, fitted(lane.beside, _BESIDE - _GAP, TEXT), TEXT, "quiet"),
    ]
    middle = y + lane.tall / 2
    what = lane.what
    if isinstance(what, Bar):
        marks += bar_marks(what, frame, y, lane.tall, standing.board.day)
    elif isinstance(what, Entry):
        marks += _move(what, standing, frame, middle)
    elif isinstance(what, Stage):
        if frame.axis.holds(what.due):
            marks += milestone(frame.x(what.due), middle, 12, bar.kind_of(what))
        if what.met_on is not None and frame.axis.holds(what.met_on):
            marks.append(Dot(frame.x(what.met_on), middle, 2.5, Look("green", "paper", 0.6)))
    elif isinstance(what, Target):
        marks += _readings(standing.history.get(what.key, []), what, frame, y, lane.tall)
    elif isinstance(what, tuple):
        marks += _step(*what, frame=frame, middle=middle)
    return Part(COMMA.join((name, lane.beside)), tuple(marks))


def _move(move: Entry, standing: Standing, frame: Frame, middle: float) -> list[Mark]:
    """From the deadline before to the new one, with a dot on the day it was decided."""
    before = next((m.until_day for m in reversed(standing.course.moves) if m.date < move.date), standing.original)
    marks: list[Mark] = []
    if before is not None and move.until_day is not None and before != move.until_day:
        start, end = frame.x(before), frame.x(move.until_day)
        point = 5.0 if end > start else -5.0
        marks.append(Line(((start, middle), (end, middle)), Look(line="ink", width=1.2)))
        marks.append(Shape(((end - point, middle - 3), (end, middle), (end - point, middle + 3)), Look("ink")))
        marks.append(Line(((start, middle - 5), (start, middle + 5)), Look(line="quiet", width=1.2, dash=(1.5, 1.5))))
    if frame.axis.holds(move.date):
        marks.append(Dot(frame.x(move.date), middle, 3, Look("blue", "paper", 0.6)))
    return marks


def _readings(found: Sequence[Reading], target: Target, frame: Frame, y: float, tall: float) -> list[Mark]:
    """The readings as steps from the first to the last, and the goal across; nothing is drawn before the first."""
    goal = None if target.goal is None else target.goal.value
    numbers = [reading.counted for reading in found] + ([] if goal is None else [goal])
    low, high = min([Fraction(0), *numbers]), max([Fraction(0), *numbers])
    high = high if high > low else low + 1
    bottom, room = y + tall - 10, tall - 26

    def at(value: Fraction) -> float:
        return bottom - room * float((value - low) / (high - low))

    marks: list[Mark] = [Line(((frame.left, at(Fraction(0))), (frame.right, at(Fraction(0)))), GRID)]
    if goal is not None:
        marks.append(Line(((frame.left, at(goal)), (frame.right, at(goal))), _GOAL))
        marks.append(Label(frame.right - 4, at(goal) - 4, plain(goal), TEXT, "blue", "end"))
    seen = [reading for reading in found if frame.axis.holds(reading.day)]
    if not seen:
        wide = span(_NO_READING, TEXT)
        middle = (frame.left + frame.right) / 2
        marks.append(Box(middle - wide / 2 - 4, y + tall / 2 - 4, wide + 8, 18, Look("paper")))
        marks.append(Label(middle, y + tall / 2 + 9, _NO_READING, TEXT, "quiet", "middle"))
        return marks
    points = [(frame.x(reading.day), at(reading.counted)) for reading in seen]
    if len(points) > 1:
        marks.append(Line(stairs(points), Look(line="green", width=2)))
    marks += [Dot(x, up, 3, Look("green", "paper", 0.8)) for x, up in dict.fromkeys(points)]
    return marks


def _step(start: date | None, end: date | None, recorded: date | None, *, frame: Frame, middle: float) -> list[Mark]:
    """The latest days of a step, and the day it is recorded."""
    marks: list[Mark] = []
    if start is not None and end is not None and frame.axis.holds(start) and frame.axis.holds(end):
        left = frame.x(start)
        marks.append(Box(left, middle - 4, max(frame.x(end) - left, 2), 8, _WINDOW))
    if recorded is not None and frame.axis.holds(recorded):
        marks.append(Dot(frame.x(recorded), middle, 3.5, Look("ink", "paper", 0.8)))
    return marks
