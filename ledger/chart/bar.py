"""The bar of one item on a wall chart, and the legend that explains it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ledger.chart.drawing import Box, Dot, Label, Line, Look, Mark, Shape
from ledger.chart.frame import MARGIN, NODE, TODAY, Frame, diamond, legend, light_sign
from ledger.chart.gantt import Bar, Gantt
from ledger.model.state import LIGHTS
from ledger.model.words import Words

_EXTENDED = Look("paper", "quiet", 0.7, (2, 1.5))
_ORIGINAL = Look(line="quiet", width=1.2, dash=(1.5, 1.5))
_DEADLINE = Look(line="ink", width=1.8)
_OPEN_END = Look(line="quiet", width=1.2, dash=(3, 2))
_STEP = Look(line="ink", width=1)
_DOT = Look("ink", "paper", 0.4)
_KEY_SIZE = 10.0


def bar_marks(bar: Bar, frame: Frame, y: float, row: float, day: date) -> list[Mark]:
    """The bar in the row that begins at `y`: all of it inside the frame, with arrows where it goes on beyond."""
    middle = y + row / 2
    tall = row * 0.46
    start = frame.left if bar.start is None else frame.x(bar.start)
    marks = _body(bar, frame, start, middle, tall, day)
    for shown in dict.fromkeys(map(frame.x, filter(frame.axis.holds, bar.readings))):
        marks.append(Dot(shown, middle + row * 0.34, row * 0.09, _DOT))
    marks += _steps(bar, frame, middle - row * 0.34)
    for stage in bar.stages:
        if frame.axis.holds(stage.due):
            marks.append(_milestone(frame.x(stage.due), middle, row * 0.56, is_met=stage.met_on is not None))
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


def _milestone(x: float, middle: float, size: float, *, is_met: bool) -> Shape:
    """A rhomb that stands out from any bar, by day and by night: a full one has a light edge, a hollow one a dark."""
    return diamond(x, middle, size, Look("ink", "paper", 0.9) if is_met else Look("paper", "ink", 0.9))


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
        if done > due:
            marks.append(Box(due, middle - tall * 0.2, done - due, tall * 0.4, Look("quiet")))
    elif bar.standing.schedule == "overdue":
        marks.append(Box(due, middle - tall * 0.3, frame.x(day) - due, tall * 0.6, Look("red")))
    return marks + _deadlines(bar, frame, middle, tall)


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
    names = [name for name in _KEYS if name not in _RARE or _RARE[name](found)]
    keys = [(_sign(name), _KEYS[name]) for name in names]
    places = legend([(wide_, text) for (wide_, _), text in keys], MARGIN, wide - MARGIN, _KEY_SIZE)
    marks: list[Mark] = []
    for ((own, signs), text), (x, line) in zip(keys, places, strict=True):
        base = y + 10 + line * 15
        marks += [_moved(sign, x, base - 3.5) for sign in signs]
        marks.append(Label(x + own + 5, base, text, _KEY_SIZE, "quiet"))
    return marks, y + 10 + (places[-1][1] + 1) * 15


_KEYS = {
    **LIGHTS,
    "done": Words("已完成", "done"),
    "open": Words("到时限为止", "until the deadline"),
    "extended": Words("延期部分，原时限", "extended; original deadline"),
    "late": Words("超过时限", "past the deadline"),
    "late_done": Words("迟于时限完成", "done after the deadline"),
    "met": Words("阶段目标已达到", "milestone met"),
    "missed": Words("阶段目标未达到", "milestone not met"),
    "reading": Words("读数", "reading"),
    "step": Words("销号步骤最迟的日子", "latest days of a closing step"),
    "undated": Words("无时限", "no deadline"),
    "beyond": Words("有日期在图外", "a day beyond the picture"),
    "backwards": Words("时限，晚于它的开始", "deadline, and a start after it"),
    "today": Words("截至日", "the day judged on"),
    "node": Words("时间节点", "time node"),
}

_RARE: dict[str, Callable[[Gantt], bool]] = {
    "grey": lambda found: any(bar.standing.light == "grey" for bar in found.bars),
    "step": lambda found: any(bar.steps for bar in found.bars),
    "late_done": lambda found: any(_is_late_done(bar) for bar in found.bars),
    "beyond": lambda found: any(not found.axis.holds(day) for bar in found.bars for day in bar.days),
    "backwards": lambda found: any(bar.is_backwards for bar in found.bars),
    "node": lambda found: any(found.axis.holds(node.date) for node in found.nodes),
}
"""Signs that are explained only on a chart that has them."""


def _is_late_done(bar: Bar) -> bool:
    return bar.done_on is not None and bar.deadline is not None and bar.deadline < bar.done_on and not bar.is_backwards


def _sign(name: str) -> tuple[float, list[Mark]]:
    """How wide a sign of the legend is, and its marks around a middle line at 0."""
    if name in LIGHTS:
        return 9, [light_sign(name, 4.5, 0, 8)]
    if name in ("met", "missed"):
        return 9, [_milestone(4.5, 0, 9, is_met=name == "met")]
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
        "open": [Box(0, -3, 22, 6, Look("pale-green", "green", 0.7)), Line(((22, -5), (22, 5)), _DEADLINE)],
        "extended": [Line(((1, -5), (1, 5)), _ORIGINAL), Box(1, -3, 21, 6, _EXTENDED),
                     Line(((22, -5), (22, 5)), _DEADLINE)],
        "late": [Line(((1, -5), (1, 5)), _DEADLINE), Box(1, -2, 21, 4, Look("red"))],
        "late_done": [Line(((1, -5), (1, 5)), _DEADLINE), Box(1, -1.5, 21, 3, Look("quiet"))],
        "backwards": [Line(((1, -5), (1, 5)), _DEADLINE), *_backwards(1, 20, 0, 6)],
    }  # fmt: skip
    return 25, signs[name]


def _moved(mark: Mark, x: float, y: float) -> Mark:
    if isinstance(mark, (Line, Shape)):
        return mark._replace(points=tuple((left + x, top + y) for left, top in mark.points))
    if isinstance(mark, (Box, Dot)):
        return mark._replace(x=mark.x + x, y=mark.y + y)
    return mark
