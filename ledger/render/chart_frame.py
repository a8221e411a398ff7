"""What charts share: the head of a sheet, the axis of days with its time nodes, the signs of lights, stable pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ledger.figure.chart_axis import Axis, ticks
from ledger.model.setting import TimeNode
from ledger.model.words import Words
from ledger.render.drawing import Box, Dot, Label, Line, Look, Mark, Part, Shape
from ledger.render.lettering import fitted, lines_of, shown, span

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


def head(title: str, lines: Sequence[str], wide: float) -> tuple[list[Mark], float]:
    """The title and what stands below it, in a sheet so wide; and where they end."""
    room = wide - 2 * MARGIN
    marks: list[Mark] = [Label(MARGIN, MARGIN + 14, fitted(title, room, 18, bold=True), 18, bold=True)]
    y = MARGIN + 34
    for line in lines_of(list(lines), room, TEXT):
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
    """A day that is named above a frame."""

    day: date
    text: str
    is_today: bool


def flags(nodes: Iterable[TimeNode], day: date, axis: Axis, lang: str) -> list[Flag]:
    """The day judged on and the time nodes on the axis, the more important first."""
    said = Words("截至 {day}", "as of {day}").fill(day=day).pick(lang)
    named = [Flag(node.date, shown(node.name.pick(lang) or node.id), False) for node in nodes if axis.holds(node.date)]
    return [Flag(day, said, True), *named]


def flag_rows(found: Sequence[Flag], frame: Frame, size: float, most: int = 3) -> list[list[tuple[float, Flag]]]:
    """The names of days in rows, so that none touches another: each with where it begins. What finds no room is
    left out; the line of the day tells its name to whoever points at it."""
    rows: list[list[tuple[float, Flag]]] = []
    for flag in found:
        wide = min(span(flag.text, size, bold=flag.is_today), frame.wide)
        left = min(max(frame.x(flag.day) - wide / 2, frame.left), frame.right - wide)
        for row in rows if len(rows) >= most else [*rows, []]:
            if all(left + wide + size < start or left > start + _wide(other, size) + size for start, other in row):
                if not row:
                    rows.append(row)
                row.append((left, flag))
                break
    return rows


def _wide(flag: Flag, size: float) -> float:
    return span(flag.text, size, bold=flag.is_today)


def flag_marks(found: Sequence[Flag], frame: Frame, size: float, top: float, most: int = 3) -> list[Mark]:
    """The lines of the named days from `top` down through the frame, with their names between `top` and the frame."""
    marks: list[Mark] = [
        Part(flag.text, (Line(((x, frame.top), (x, frame.bottom)), TODAY if flag.is_today else NODE),))
        for flag in reversed(found)
        for x in [frame.x(flag.day)]
    ]
    for number, row in enumerate(flag_rows(found, frame, size, most)):
        y = top + (number + 1) * size * 1.3 - size * 0.3
        for left, flag in row:
            text = fitted(flag.text, frame.wide, size, bold=flag.is_today)
            marks.append(Label(left, y, text, size, "ink" if flag.is_today else "quiet", bold=flag.is_today))
    return marks


def light_sign(light: str, x: float, y: float, size: float) -> Mark:
    """The sign of a light, centred: a square for red, a triangle for yellow, a circle for green."""
    half, look = size / 2, Look(light, "ink", 0.6)
    if light == "red":
        return Box(x - half, y - half, size, size, look)
    if light == "yellow":
        return Shape(((x - half, y + half), (x + half, y + half), (x, y - half)), look)
    return Dot(x, y, half, look)


def diamond(x: float, y: float, size: float, look: Look) -> Shape:
    """A rhomb, centred."""
    half = size / 2
    return Shape(((x - half, y), (x, y - half), (x + half, y), (x, y + half)), look)


def legend(keys: Iterable[tuple[float, str]], left: float, right: float, size: float) -> list[tuple[float, int]]:
    """Where the entries of a legend begin, `x` and the number of the line; each is a sign so wide with a word."""
    places, x, line = [], left, 0
    for wide, text in keys:
        own = wide + 5 + span(text, size)
        if x + own > right and x > left:
            x, line = left, line + 1
        places.append((x, line))
        x += own + size * 1.4
    return places


def empty(words: Words, lang: str, top: float) -> Label:
    """A sentence in the place of a picture."""
    return Label(MARGIN, top + 20, shown(words.pick(lang)), 14)


NOTHING = Words("没有事项可画", "no item to draw")
