"""What charts share: the head of a sheet, the axis of days with its time nodes, the signs of lights, stable pieces.

An axis goes from a day to a day; it tells where a day lies on it, and which days are written under it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import cos, pi, sin
from typing import TypeVar

from ledger.chart.drawing import (
    Box,
    Dot,
    Drawing,
    Label,
    Line,
    Look,
    Mark,
    Paper,
    Part,
    Point,
    Shape,
    fitted,
    lines_of,
    shown,
    span,
    told,
)
from ledger.format.document import Text
from ledger.model.period import days_after
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings, TimeNode
from ledger.model.words import COLON, Words

MARGIN = 24.0
TEXT = 12.0
GRID = Look(line="faint")
NODE = Look(line="quiet", width=1, dash=(4, 3))
TODAY = Look(line="ink", width=1.6)


class Frame(NamedTuple):
    """A rectangle to draw in, with an axis of days across it."""

    left: float
    top: float
    wide: float
    tall: float
    axis: Axis

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.wide

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.tall

    def x(self, day: date) -> float:
        """Where a day lies; one beyond the axis lies on its edge."""
        return self.left + self.axis.place(day) * self.wide


def head(title: Text, lines: Sequence[Text], wide: float) -> tuple[list[Mark], float]:
    """The title and what stands below it, in a sheet so wide; and where they end."""
    room = wide - 2 * MARGIN
    marks: list[Mark] = [Label(MARGIN, MARGIN + 14, fitted(title, room, 18, bold=True), 18, bold=True)]
    y = MARGIN + 34
    for line in lines_of(lines, room, TEXT):
        marks.append(Label(MARGIN, y, line, TEXT, "quiet"))
        y += 18
    return marks, y - 6


def day_axis(frame: Frame, size: float) -> list[Mark]:
    """Ticks with their days below the frame, and lines through it."""
    room = span("0000-00", size) * 1.5
    found = ticks(frame.axis, max(int(frame.wide / room), 2))
    marks: list[Mark] = []
    free = frame.left
    for tick in found:
        x, half = frame.x(tick.day), span(tick.text, size) / 2
        marks.append(Line(((x, frame.top), (x, frame.bottom)), GRID))
        if x - half >= free and x + half <= frame.right:
            marks.append(Label(x, frame.bottom + size * 1.25, tick.text, size, "quiet", "middle"))
            free = x + half + size * 0.6
    return marks


class Flag(NamedTuple):
    """A day that is named above a frame: by `text`, or by `short` where there are too many to name them all."""

    day: date
    text: Text
    short: Text
    is_today: bool

    def wide(self, size: float) -> float:
        """The width of its name."""
        return span(self.text, size, bold=self.is_today)


Rows = list[list[tuple[float, Flag]]]
"""Rows of named days from the upper to the lower, each day with where its name begins."""

_MOST_ROWS = 5


def flags(nodes: Iterable[TimeNode], day: date, axis: Axis) -> list[Flag]:
    """The day judged on and the time nodes on the axis, the more important first."""
    said = as_of(day)
    named = [
        Flag(node.date, shown(node.name if any(node.name) else node.id), shown(node.id), False)
        for node in nodes
        if axis.holds(node.date)
    ]
    return [Flag(day, said, said, True), *named]


def flag_rows(found: Sequence[Flag], frame: Frame, size: float) -> Rows:
    """The names of days in rows, so that none touches another nor is crossed by the line of another, if that can be;
    by their ids where their names are too long for it.

    What finds no room then is left out; the line of the day tells its name to whoever points at it.
    """

    def unclear(rows: Rows) -> tuple[int, int]:
        crossed = sum(_is_crossed(left, flag, n, rows, frame, size) for n, row in enumerate(rows) for left, flag in row)
        return len(found) - sum(map(len, rows)), crossed

    named = _rows(found, frame, size)
    if unclear(named) == (0, 0):
        return named
    return min(named, _rows([flag._replace(text=flag.short) for flag in found], frame, size), key=unclear)


def _rows(found: Sequence[Flag], frame: Frame, size: float) -> Rows:
    rows: Rows = []
    for flag in found:
        best = None
        for number in range(min(len(rows) + 1, _MOST_ROWS)):
            row = rows[number] if number < len(rows) else []
            free = [left for left in _places(flag, frame, size) if _is_free(left, flag, row, size)]
            clear = [left for left in free if not _is_crossed(left, flag, number, rows, frame, size)]
            if clear:
                best = number, clear[0]
                break
            if free and best is None:
                best = number, free[0]
        if best is not None:
            if best[0] == len(rows):
                rows.append([])
            rows[best[0]].append((best[1], flag))
    return rows


def _is_free(left: float, flag: Flag, row: Sequence[tuple[float, Flag]], size: float) -> bool:
    right = left + flag.wide(size)
    return all(right + size < start or left > start + other.wide(size) + size for start, other in row)


def _places(flag: Flag, frame: Frame, size: float) -> list[float]:
    """Where a name may begin: in the middle over its line, else to the right or to the left of it."""
    wide, x = min(flag.wide(size), frame.wide), frame.x(flag.day)
    middle = min(max(x - wide / 2, frame.left), frame.right - wide)
    beside = [left for left in (x + 4, x - 4 - wide) if frame.left <= left <= frame.right - wide]
    return [middle, *beside]


def _is_crossed(left: float, flag: Flag, number: int, rows: Rows, frame: Frame, size: float) -> bool:
    """Whether the line of a higher name would go through this one, or the line of this one through a lower."""
    x, right = frame.x(flag.day), left + flag.wide(size)
    return any(left - 2 < frame.x(other.day) < right + 2 for row in rows[:number] for _, other in row) or any(
        start - 2 < x < start + other.wide(size) + 2 for row in rows[number + 1 :] for start, other in row
    )


def flag_marks(found: Sequence[Flag], frame: Frame, size: float, top: float) -> list[Mark]:
    """The named days: from its name in a row below `top`, the line of each goes down through the frame."""
    lines: list[Mark] = []
    names: list[Mark] = []
    rows = flag_rows(found, frame, size)
    heights: dict[date, float] = {}
    for number, row in enumerate(rows):
        y = top + (number + 1) * size * 1.3 - size * 0.3
        for left, flag in row:
            x, wide = frame.x(flag.day), flag.wide(size)
            heights.setdefault(flag.day, y + size * 0.3 if left <= x <= left + wide else y - size * 0.8)
            if _is_crossed(left, flag, number, rows[: number + 1], frame, size):
                names.append(Box(left - 2, y - size * 0.9, min(wide, frame.wide) + 4, size * 1.2, Look("paper")))
            text = fitted(flag.text, frame.wide, size, bold=flag.is_today)
            names.append(Label(left, y, text, size, "ink" if flag.is_today else "quiet", bold=flag.is_today))
    for flag in reversed(found):
        x = frame.x(flag.day)
        points = ((x, min(heights.get(flag.day, frame.top), frame.top)), (x, frame.bottom))
        lines.append(Part(flag.text, (Line(points, TODAY if flag.is_today else NODE),)))
    return lines + names


def light_sign(light: str, x: float, y: float, size: float, *, is_short: bool = False) -> list[Mark]:
    """The sign of a light, centred: a square for red, a triangle for yellow, a ring for grey, a circle for green.

    A green one that is short of a target is only half full.
    """
    half, look = size / 2, Look(light, "ink", 0.6)
    if light == "red":
        return [Box(x - half, y - half, size, size, look)]
    if light == "yellow":
        return [Shape(((x - half, y + half), (x + half, y + half), (x, y - half)), look)]
    if light == "grey":
        return [Dot(x, y, half, Look("paper", "grey", 1.4))]
    if is_short:
        turns = [pi * (0.5 + number / 8) for number in range(9)]
        left = tuple((x + half * cos(turn), y - half * sin(turn)) for turn in turns)
        return [Dot(x, y, half, Look("paper", "green", 1.2)), Shape(left, Look("green"))]
    return [Dot(x, y, half, look)]


def diamond(x: float, y: float, size: float, look: Look) -> Shape:
    """A rhomb, centred."""
    half = size / 2
    return Shape(((x - half, y), (x, y - half), (x + half, y), (x, y + half)), look)


def stairs(points: Sequence[Point]) -> tuple[Point, ...]:
    """Steps: a number holds until the next one is known."""
    path = [points[0]]
    for before, after in pairwise(points):
        path += [(after[0], before[1]), after]
    return tuple(path)


def legend(keys: Iterable[tuple[float, Text]], left: float, right: float, size: float) -> list[tuple[float, int]]:
    """Where the entries of a legend begin, `x` and the number of the line; each is a sign so wide with a word."""
    places, x, line = [], left, 0
    for wide, text in keys:
        own = wide + 5 + span(text, size)
        if x + own > right and x > left:
            x, line = left, line + 1
        places.append((x, line))
        x += own + size * 1.4
    return places


def empty(words: Words, top: float) -> Label:
    """A sentence in the place of a picture."""
    return Label(MARGIN, top + 20, shown(words), 14)


def noted(drawing: Drawing, note: Words) -> Drawing:
    """The drawing with something that is to be said of all of it, in the margin below and in its description."""
    label = Label(MARGIN, drawing.tall - 8, note, TEXT, "red")
    return drawing._replace(desc=COLON.join((note, drawing.desc)), marks=(*drawing.marks, label))


def as_of(day: date) -> Words:
    """The day that a chart judges on."""
    return Words("截至 {day}", "as of {day}").fill(day=day)


def only(query: str) -> list[Words]:
    """The query that chose the items of a chart, if there is one."""
    return [Words("筛选：", "only: ") + query] if query else []


_Rows = TypeVar("_Rows")


class Sheets(NamedTuple):
    """The sheets of a chart, all with the same head, each saying which of how many it is.

    `lines` stand below the title. Unless `whole_sheet` is asked for, a single sheet ends where what is drawn does.
    """

    paper: Paper
    title: Text
    name: Words
    lines: Sequence[Text]
    whole_sheet: bool

    @property
    def below(self) -> float:
        """How far down the head goes."""
        return head(self.title, self.lines, self.paper.wide)[1]

    def without(self, why: Words) -> list[Drawing]:
        """One sheet on which nothing is drawn."""
        marks, y = head(self.title, self.lines, self.paper.wide)
        tall = self.paper.tall if self.whole_sheet else y + 60
        return [Drawing(self.paper.wide, tall, self.title, why, (*marks, empty(why, y)))]

    def drawn(
        self, sheets: Sequence[_Rows], keys: Sequence[Mark], draw: Callable[[_Rows], tuple[list[Mark], float]]
    ) -> list[Drawing]:
        """A drawing for the rows of each sheet; `draw` gives its marks, and how far down they go."""
        drawings = []
        for number, rows in enumerate(sheets, 1):
            said = [*self.lines, *_sheet_of(number, len(sheets))]
            marks, _ = head(self.title, said, self.paper.wide)
            drawn, end = draw(rows)
            tall = self.paper.tall if self.whole_sheet or len(sheets) > 1 else end + MARGIN
            called = titled(self.title, self.name)
            drawings.append(Drawing(self.paper.wide, tall, called, told(said), (*marks, *keys, *drawn)))
        return drawings


def _sheet_of(number: int, of: int) -> list[Words]:
    """Which sheet of how many, if there are several."""
    return [Words("第 {n} 张，共 {of} 张", "sheet {n} of {of}").fill(n=number, of=of)] if of > 1 else []


def titled(title: Text, name: Words) -> Text:
    """What a drawing is called: the ledger's title and what the drawing shows."""
    return COLON.join((title, name)) if title else name


NOTHING = Words("没有事项可画", "no item to draw")


_FURTHER = 3 * 366
"""Days by which a chart goes beyond what it is about: one mistyped year must not press all others into a corner."""

_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)


class Axis(NamedTuple):
    """The days from `first` to `last`, at least one day apart. Those behind `bend` share what `main` leaves of it.

    `main` is the share of the days up to the bend, between 0 and 1.
    """

    first: date
    last: date
    bend: date | None = None
    main: float = 1.0

    def place(self, day: date) -> float:
        """Where a day lies: 0 at the first, 1 at the last; days outside lie at the end they are beyond."""
        inside = min(max(day, self.first), self.last)
        if self.bend is None:
            return (inside - self.first).days / (self.last - self.first).days
        if inside <= self.bend:
            return self.main * (inside - self.first).days / (self.bend - self.first).days
        return self.main + (1 - self.main) * (inside - self.bend).days / (self.last - self.bend).days

    def holds(self, day: date) -> bool:
        """Whether the day lies on the axis."""
        return self.first <= day <= self.last


class Tick(NamedTuple):
    """A day that is written under an axis, and how."""

    day: date
    text: str


def axis_over(days: Iterable[date], core: Iterable[date]) -> Axis:
    """The axis that holds all `days`, but none more than three years away from all days of the `core`.

    `core` are the days the chart is about, such as those of `core_days`. At least one must be given.
    """
    middle = list(core)
    near, far = _before(min(middle), _FURTHER), days_after(max(middle), _FURTHER)
    inside = [day for day in days if near <= day <= far] + middle
    first, last = min(inside), max(inside)
    if first == last:
        first, last = _before(first, 15), days_after(last, 15)
    return Axis(first, last)


_MAIN, _MOST_LATER = 0.82, 3


def bent(axis: Axis, day: date, nodes: Iterable[TimeNode]) -> Axis:
    """The axis with most of its length up to the next time node after a day, and what comes later compressed.

    It stays as it is where no node comes, where what comes later is short anyway, and where it holds so many nodes
    that their names would have no room.
    """
    nodes = list(nodes)
    bend = min((node.date for node in nodes if node.date > day and axis.holds(node.date)), default=axis.last)
    crowded = sum(bend < node.date <= axis.last for node in nodes) > _MOST_LATER
    if crowded or not axis.first < bend < axis.last or axis.place(bend) >= _MAIN:
        return axis
    return axis._replace(bend=bend, main=_MAIN)


def core_days(settings: Settings, day: date) -> list[date]:
    """The days that a chart is about: the one it judges on, the time nodes, and when the ledger began."""
    begun = [] if settings.start is None else [settings.start]
    return [day, *(node.date for node in settings.time_nodes), *begun]


def _before(day: date, days: int) -> date:
    return date.fromordinal(max(day.toordinal() - days, 1))


def ticks(axis: Axis, most: int) -> list[Tick]:
    """At most so many days to be written under the axis: first days of months, quarters or years; weeks on a short one.

    An axis of less than a few weeks has its first and last day.
    """
    for months in _MONTHS:
        days = list(_month_starts(axis, months))
        if months == 1 and len(days) < 3:
            return _short(axis, most)
        if len(days) <= most:
            return [Tick(day, f"{day.year:04}" if months >= 12 else f"{day.year:04}-{day.month:02}") for day in days]
    return []


def _short(axis: Axis, most: int) -> list[Tick]:
    days = (axis.last - axis.first).days
    step = next(step for step in (1, 7, 14, 28, 84) if days // step < max(most, 1) or step == 84)
    found = [axis.first + timedelta(days=n) for n in range(0, days + 1, step)]
    return [Tick(day, day.isoformat()) for day in found[: max(most, 1)]]


def _month_starts(axis: Axis, months: int) -> Iterator[date]:
    number = axis.first.year * 12 + axis.first.month - 1
    number += -number % months
    while number < 12 * (date.max.year + 1):
        day = date(number // 12, number % 12 + 1, 1)
        if day > axis.last:
            return
        if day >= axis.first:
            yield day
        number += months
