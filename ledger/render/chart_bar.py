"""The bar of one item on a wall chart, and the legend that explains it."""

from __future__ import annotations

from datetime import date

from ledger.figure.chart_gantt import Bar
from ledger.model.state import LIGHTS
from ledger.model.words import Words
from ledger.render.chart_frame import MARGIN, TODAY, Frame, diamond, legend, light_sign
from ledger.render.drawing import Box, Dot, Label, Line, Look, Mark, Shape

_EXTENDED = Look("paper", "quiet", 0.7, (2, 1.5))
_ORIGINAL = Look(line="quiet", width=1.2, dash=(1.5, 1.5))
_DEADLINE = Look(line="ink", width=1.8)
_OPEN_END = Look(line="quiet", width=1.2, dash=(3, 2))
_DOT = Look("ink", "paper", 0.4)
_KEY_SIZE = 10.0


def bar_marks(bar: Bar, frame: Frame, y: float, row: float, day: date) -> list[Mark]:
    """The bar in the row that begins at `y`: all of it inside the frame."""
    middle = y + row / 2
    tall = row * 0.46
    start = frame.left if bar.start is None else frame.x(bar.start)
    marks = _body(bar, frame, start, middle, tall, day)
    for shown in dict.fromkeys(map(frame.x, bar.readings)):
        marks.append(Dot(shown, middle + row * 0.34, row * 0.09, _DOT))
    for stage in bar.stages:
        look = Look("ink" if stage.met_on else "paper", "ink", 0.9)
        marks.append(diamond(frame.x(stage.due), middle, row * 0.56, look))
    if bar.done_on is not None:
        marks.append(_tick(frame.x(bar.done_on), middle, row))
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
        return [
            Line(((due, middle), (start, middle)), _ORIGINAL),
            Dot(start, middle, tall / 3, Look("paper", "ink", 0.9)),
            *_deadlines(bar, frame, middle, tall),
        ]
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


def _deadlines(bar: Bar, frame: Frame, middle: float, tall: float) -> list[Mark]:
    """The deadline in force, and the original one where it is another; an arrow for one beyond the axis."""
    marks: list[Mark] = []
    for day, look in ((bar.original, _ORIGINAL), (bar.deadline, _DEADLINE)):
        if day is None or (look is _ORIGINAL and day == bar.deadline):
            continue
        x = frame.x(day)
        if day > frame.axis.last:
            marks.append(_arrow(x, middle, tall))
        else:
            marks.append(Line(((x, middle - tall * 0.85), (x, middle + tall * 0.85)), look))
    return marks


def _arrow(x: float, middle: float, tall: float) -> Shape:
    half = tall / 2
    return Shape(((x - tall, middle - half), (x, middle), (x - tall, middle + half)), Look("quiet"))


def _tick(x: float, middle: float, row: float) -> Line:
    """A tick in the bar's end, light on the full bar and dark beside it."""
    size = row * 0.26
    points = ((x - size, middle), (x - size * 0.3, middle + size * 0.7), (x + size, middle - size * 0.8))
    return Line(points, Look(line="ink", width=1.3))


def key_marks(y: float, wide: float, lang: str) -> tuple[list[Mark], float]:
    """The legend of a sheet so wide, and where it ends."""
    keys = [(_sign(name), words.pick(lang)) for name, words in _KEYS.items()]
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
    "met": Words("阶段目标已达到", "milestone met"),
    "missed": Words("阶段目标未达到", "milestone not met"),
    "reading": Words("读数", "reading"),
    "undated": Words("无时限", "no deadline"),
    "today": Words("截至日", "the day judged on"),
}


def _sign(name: str) -> tuple[float, list[Mark]]:
    """How wide a sign of the legend is, and its marks around a middle line at 0."""
    if name in LIGHTS:
        return 9, [light_sign(name, 4.5, 0, 8)]
    if name in ("met", "missed"):
        return 9, [diamond(4.5, 0, 9, Look("ink" if name == "met" else "paper", "ink", 0.9))]
    if name == "reading":
        return 6, [Dot(3, 0, 2, _DOT)]
    if name == "undated":
        return 26, [Line(((0, 0), (26, 0)), _OPEN_END), _arrow(26, 0, 6)]
    if name == "today":
        return 5, [Line(((2.5, -6), (2.5, 6)), TODAY)]
    if name == "late":
        return 22, [Line(((1, -5), (1, 5)), _DEADLINE), Box(1, -2, 21, 4, Look("red"))]
    signs: dict[str, list[Mark]] = {
        "done": [Box(0, -3, 22, 6, Look("green")), _tick(22, 0, 13)],
        "open": [Box(0, -3, 22, 6, Look("pale-green", "green", 0.7)), Line(((22, -5), (22, 5)), _DEADLINE)],
        "extended": [Line(((1, -5), (1, 5)), _ORIGINAL), Box(1, -3, 21, 6, _EXTENDED),
                     Line(((22, -5), (22, 5)), _DEADLINE)],
    }  # fmt: skip
    return 25, signs[name]


def _moved(mark: Mark, x: float, y: float) -> Mark:
    if isinstance(mark, (Line, Shape)):
        return mark._replace(points=tuple((left + x, top + y) for left, top in mark.points))
    if isinstance(mark, (Box, Dot)):
        return mark._replace(x=mark.x + x, y=mark.y + y)
    return mark
