"""The bar of one item on a wall chart, and the legend that explains it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.chart.drawing import Box, Dot, Label, Line, Look, Mark, Shape, moved
from ledger.chart.frame import MARGIN, NODE, TODAY, Frame, diamond, legend, light_sign
from ledger.chart.gantt import Bar, Gantt
from ledger.model.item import LIGHTS
from ledger.model.words import Words

_EXTENDED = Look("paper", "quiet", 0.7, (2, 1.5))
_ORIGINAL = Look(line="quiet", width=1.2, dash=(1.5, 1.5))
_DEADLINE = Look(line="ink", width=1.8)
_OPEN_END = Look(line="quiet", width=1.2, dash=(3, 2))
_STEP = Look(line="ink", width=1)
_DOT = Look("ink", "paper", 0.4)
_KEY_SIZE = 10.0
_WORSE = ("met", "coming", "short", "missed")
"""What is known of a milestone, the worst last."""


def bar_marks(bar: Bar, frame: Frame, y: float, row: float, day: date) -> list[Mark]:
    """The bar in the row that begins at `y`: all of it inside the frame, with arrows where it goes on beyond."""
    middle = y + row / 2
    tall = row * 0.46
    start = frame.left if bar.start is None else frame.x(bar.start)
    marks = _body(bar, frame, start, middle, tall, day)
    for shown in dict.fromkeys(map(frame.x, filter(frame.axis.holds, bar.readings))):
        marks.append(Dot(shown, middle + row * 0.34, row * 0.09, _DOT))
    marks += _steps(bar, frame, middle - row * 0.34)
    # Of several on one day the worst is drawn over the others.
    for stage in sorted(bar.stages, key=lambda stage: _WORSE.index(bar.kind_of(stage))):
        if frame.axis.holds(stage.due):
            marks += milestone(frame.x(stage.due), middle, row * 0.56, bar.kind_of(stage))
    if bar.done_on is not None:
        marks += _tick(frame.x(bar.done_on), middle, row)
    return marks + _beyond(bar, frame, middle, tall)


def _steps(bar: Bar, frame: Frame, y: float) -> list[Mark]:
    """A line over the bar for each step that is to come, from its latest start to its latest end, a gap between two."""
    marks: list[Mark] = []
    for step in bar.steps:
        if frame.axis.holds(step.latest_start) and frame.axis.holds(step.latest_end):
            left, right = frame.x(step.latest_start), frame.x(step.latest_end)
            marks.append(Line(((left, y), (max(right, left + 1), y)), _STEP))
    return marks


def _beyond(bar: Bar, frame: Frame, middle: float, tall: float) -> list[Mark]:
    """An arrow at every edge beyond which a day of the bar lies."""
    marks: list[Mark] = []
    if any(day < frame.axis.first for day in bar.days):
        marks.append(_arrow(frame.left, middle, -tall))
    if any(day > frame.axis.last for day in bar.days):
        marks.append(_arrow(frame.right, middle, tall))
    return marks


def milestone(x: float, middle: float, size: float, kind: str) -> list[Mark]:
    """A rhomb that stands out from any bar, by day and by night: a full one has a light edge, a hollow one a dark.

    One that was called met and is short is half full; one that was missed is crossed out.
    """
    if kind == "met":
        return [diamond(x, middle, size, Look("ink", "paper", 0.9))]
    half = size / 2
    marks: list[Mark] = [diamond(x, middle, size, Look("paper", "ink", 0.9))]
    if kind == "short":
        marks.append(Shape(((x - half, middle), (x, middle - half), (x, middle + half)), Look("ink")))
    if kind == "missed":
        arm = half * 0.45
        for up in (arm, -arm):
            marks.append(Line(((x - arm, middle - up), (x + arm, middle + up)), Look(line="ink", width=1.1)))
    return marks


def hatched(left: float, top: float, wide: float, tall: float, look: Look) -> list[Mark]:
    """A piece of a bar that is no whole one: a light ground with slanting lines."""
    marks: list[Mark] = [Box(left, top, wide, tall, Look("paper", look.line, 0.8))]
    step = max(tall * 0.55, 2.0)
    for number in range(int((wide + tall) / step) + 1):
        # From the lower edge, or the left one, up to the upper edge, or the right one.
        low, high = number * step, number * step - tall
        start = (left + min(low, wide), top + tall - max(low - wide, 0))
        end = (left + max(high, 0), top + max(-high, 0))
        if start[0] > end[0]:
            marks.append(Line((start, end), look))
    return marks


def _body(bar: Bar, frame: Frame, start: float, middle: float, tall: float, day: date) -> list[Mark]:
    top = middle - tall / 2
    if bar.deadline is None:
        end = frame.right if bar.done_on is None else frame.x(bar.done_on)
        marks: list[Mark] = [Line(((start, middle), (end, middle)), _OPEN_END)]
        return marks if bar.done_on is not None else [*marks, _arrow(frame.right, middle, tall)]
    due = frame.x(bar.deadline)
    light = bar.standing.light
    if bar.is_backwards:
        return [*_backwards(due, start, middle, tall), *_deadlines(bar, frame, middle, tall)]
    marks = [Box(start, top, due - start, tall, Look(f"pale-{light}", light, 0.7))]
    if bar.original is not None and bar.original < bar.deadline:
        first = max(frame.x(bar.original), start)
        marks.append(Box(first, top, due - first, tall, _EXTENDED))
    if bar.done_on is not None:
        done = frame.x(bar.done_on)
        marks.append(Box(start, top, max(min(done, due) - start, 0), tall, Look("green")))
        if bar.short:
            marks += _short_end(start, min(done, due), top, tall)
        if done > due:
            marks.append(Box(due, middle - tall * 0.2, done - due, tall * 0.4, Look("quiet")))
    elif bar.standing.schedule == "overdue":
        marks.append(Box(due, middle - tall * 0.3, frame.x(day) - due, tall * 0.6, Look("red")))
    elif bar.short:
        marks += _short_end(start, min(frame.x(day), due), top, tall)
    return marks + _deadlines(bar, frame, middle, tall)


def _short_end(start: float, end: float, top: float, tall: float) -> list[Mark]:
    """The end of a bar that is called done, or at its stage, and is short of a target."""
    wide = min(tall * 3, end - start)
    return hatched(end - wide, top, wide, tall, Look(line="ink", width=0.9)) if wide > 0 else []


def _backwards(due: float, start: float, middle: float, tall: float) -> list[Mark]:
    """From a deadline to a start after it."""
    return [Line(((due, middle), (start, middle)), _ORIGINAL), Dot(start, middle, tall / 3, Look("paper", "ink", 0.9))]


def _deadlines(bar: Bar, frame: Frame, middle: float, tall: float) -> list[Mark]:
    """The deadline in force, and the original one where it is another; none that lies beyond the axis."""
    marks: list[Mark] = []
    for day, look in ((bar.original, _ORIGINAL), (bar.deadline, _DEADLINE)):
        if day is None or (look is _ORIGINAL and day == bar.deadline) or not frame.axis.holds(day):
            continue
        x = frame.x(day)
        marks.append(Line(((x, middle - tall * 0.85), (x, middle + tall * 0.85)), look))
    return marks


def _arrow(x: float, middle: float, long: float) -> Shape:
    """An arrow with its point at `x`, pointing to the right, or to the left if `long` is negative."""
    half = abs(long) / 2
    return Shape(((x - long, middle - half), (x, middle), (x - long, middle + half)), Look("ink", "paper", 0.6))


def _tick(x: float, middle: float, row: float) -> list[Mark]:
    """A tick over the bar's end, on a strip of paper: dark on a light sheet, light on a dark one, on the bar too."""
    size = row * 0.26
    points = ((x - size, middle), (x - size * 0.3, middle + size * 0.7), (x + size, middle - size * 0.8))
    return [Line(points, Look(line="paper", width=3)), Line(points, Look(line="ink", width=1.3))]


def key_marks(found: Gantt, y: float, wide: float) -> tuple[list[Mark], float]:
    """The legend of a sheet so wide, and where it ends."""
    drawn = _drawn(found)
    names = [name for name in _KEYS if name in drawn]
    keys = [(_sign(name), _KEYS[name]) for name in names]
    places = legend([(wide_, text) for (wide_, _), text in keys], MARGIN, wide - MARGIN, _KEY_SIZE)
    marks: list[Mark] = []
    for ((own, signs), text), (x, line) in zip(keys, places, strict=True):
        base = y + 10 + line * 15
        marks += [moved(sign, x, base - 3.5) for sign in signs]
        marks.append(Label(x + own + 5, base, text, _KEY_SIZE, "quiet"))
    return marks, y + 10 + (places[-1][1] + 1) * 15


_KEYS = {
    **LIGHTS,
    "half": Words("绿灯而欠指标", "green, yet short"),
    "done": Words("已完成", "done"),
    "short": Words("报完成或阶段完成而欠指标", "done or at its stage, yet short"),
    "open": Words("到时限为止", "until the deadline"),
    "extended": Words("延期部分，原时限", "extended; original deadline"),
    "late": Words("超过时限", "past the deadline"),
    "late_done": Words("迟于时限完成", "done after the deadline"),
    "met": Words("阶段目标已达到", "milestone met"),
    "half_met": Words("报达到而欠指标", "called met, yet short"),
    "missed": Words("阶段目标未达到", "milestone missed"),
    "coming": Words("阶段目标未到期", "milestone to come"),
    "reading": Words("读数", "reading"),
    "step": Words("销号步骤最迟的日子", "latest days of a closing step"),
    "undated": Words("无时限", "no deadline"),
    "beyond": Words("有日期在图外", "a day beyond the picture"),
    "backwards": Words("时限，晚于它的开始", "deadline, and a start after it"),
    "folded": Words("折叠的完成事项，一竖一个完成日", "folded: a line for each day on which some were done"),
    "today": Words("截至日", "the day judged on"),
    "node": Words("时间节点", "time node"),
}


def _drawn(found: Gantt) -> set[str]:
    """The keys of what is to be seen on a chart; a sign that is nowhere is not explained."""
    keys = {"today"}
    if any(found.axis.holds(node.date) for node in found.nodes):
        keys.add("node")
    if any(group.folded for group in found.groups):
        keys.add("folded")
    kinds = {"met": "met", "short": "half_met", "missed": "missed", "coming": "coming"}
    for bar in found.bars:
        dated = bar.deadline is not None and not bar.is_backwards
        seen = {
            bar.standing.light: True,
            "half": bar.standing.light == "green" and bar.short > 0,
            "short": dated and bar.short > 0,
            "done": bar.done_on is not None,
            "open": dated and bar.done_on is None,
            "extended": dated and bar.original is not None and bar.original < (bar.deadline or bar.original),
            "late": dated and bar.standing.schedule == "overdue",
            "late_done": _is_late_done(bar),
            "reading": any(map(found.axis.holds, bar.readings)),
            "step": bool(bar.steps),
            "undated": bar.deadline is None,
            "beyond": not all(map(found.axis.holds, bar.days)),
            "backwards": bar.is_backwards,
        }
        keys.update(key for key, is_seen in seen.items() if is_seen)
        keys.update(kinds[bar.kind_of(stage)] for stage in bar.stages if found.axis.holds(stage.due))
    return keys


def _is_late_done(bar: Bar) -> bool:
    return bar.done_on is not None and bar.deadline is not None and bar.deadline < bar.done_on and not bar.is_backwards


def _sign(name: str) -> tuple[float, list[Mark]]:
    """How wide a sign of the legend is, and its marks around a middle line at 0."""
    if name in LIGHTS:
        return 9, light_sign(name, 4.5, 0, 8)
    if name == "half":
        return 9, light_sign("green", 4.5, 0, 8, is_short=True)
    if name in ("met", "half_met", "missed", "coming"):
        return 9, milestone(4.5, 0, 9, "short" if name == "half_met" else name)
    if name == "folded":
        return 22, done_days((2.0, 5.0, 13.0, 19.0), 0, 10)
    if name == "reading":
        return 6, [Dot(3, 0, 2, _DOT)]
    if name == "step":
        return 22, [Line(((0, 0), (8, 0)), _STEP), Line(((10, 0), (22, 0)), _STEP)]
    if name == "undated":
        return 26, [Line(((0, 0), (26, 0)), _OPEN_END), _arrow(26, 0, 6)]
    if name == "beyond":
        return 18, [_arrow(0, 0, -6), _arrow(18, 0, 6)]
    if name in ("today", "node"):
        return 5, [Line(((2.5, -6), (2.5, 6)), TODAY if name == "today" else NODE)]
    signs: dict[str, list[Mark]] = {
        "done": [Box(0, -3, 22, 6, Look("green")), *_tick(22, 0, 13)],
        "short": [Box(0, -3, 22, 6, Look("green")), *_short_end(0, 22, -3, 6)],
        "open": [Box(0, -3, 22, 6, Look("pale-green", "green", 0.7)), Line(((22, -5), (22, 5)), _DEADLINE)],
        "extended": [Line(((1, -5), (1, 5)), _ORIGINAL), Box(1, -3, 21, 6, _EXTENDED),
                     Line(((22, -5), (22, 5)), _DEADLINE)],
        "late": [Line(((1, -5), (1, 5)), _DEADLINE), Box(1, -2, 21, 4, Look("red"))],
        "late_done": [Line(((1, -5), (1, 5)), _DEADLINE), Box(1, -1.5, 21, 3, Look("quiet"))],
        "backwards": [Line(((1, -5), (1, 5)), _DEADLINE), *_backwards(1, 20, 0, 6)],
    }  # fmt: skip
    return 25, signs[name]


def done_days(places: Iterable[float], middle: float, row: float) -> list[Mark]:
    """A line at each of these places: the days on which folded items were done."""
    half = row * 0.3
    return [Line(((x, middle - half), (x, middle + half)), Look(line="green", width=1.4)) for x in places]
