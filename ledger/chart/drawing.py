"""A drawing is a value: boxes, lines, shapes and labels in colours of a palette on a sheet. Writers know formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import log2
from typing import NamedTuple

from ledger.text.safe import one_line, xml_safe
from ledger.text.width import cell_width

UNITS_PER_MM = 4

Point = tuple[float, float]


class Look(NamedTuple):
    """Colours by their names in the palette, empty for none; the width of the line and its dashes in units."""

    fill: str = ""
    line: str = ""
    width: float = 1
    dash: tuple[float, ...] = ()


class Box(NamedTuple):
    """A rectangle; `x` and `y` are its upper left corner."""

    x: float
    y: float
    wide: float
    tall: float
    look: Look


class Line(NamedTuple):
    """A line through points."""

    points: tuple[Point, ...]
    look: Look


class Shape(NamedTuple):
    """A closed polygon."""

    points: tuple[Point, ...]
    look: Look


class Dot(NamedTuple):
    """A circle."""

    x: float
    y: float
    radius: float
    look: Look


class Label(NamedTuple):
    """One line of text; `y` is its base line, `at` says which part of it stands at `x`: start, middle or end."""

    x: float
    y: float
    text: str
    size: float
    color: str = "ink"
    at: str = "start"
    bold: bool = False


class Part(NamedTuple):
    """Marks that belong together, with what a reader is told who points at them, or cannot see them."""

    title: str
    marks: tuple[Mark, ...]


Mark = Box | Line | Shape | Dot | Label | Part


class Drawing(NamedTuple):
    """A sheet; `title` names it and `desc` tells in words what is to be seen."""

    wide: float
    tall: float
    title: str
    desc: str
    marks: tuple[Mark, ...]

    def flat(self) -> Iterator[Box | Line | Shape | Dot | Label]:
        """Every mark in the order in which they are drawn, those of parts too."""
        yield from _flat(self.marks)

    def labels(self) -> list[Label]:
        """Every line of text."""
        return [mark for mark in self.flat() if isinstance(mark, Label)]


def _flat(marks: tuple[Mark, ...]) -> Iterator[Box | Line | Shape | Dot | Label]:
    for mark in marks:
        if isinstance(mark, Part):
            yield from _flat(mark.marks)
        else:
            yield mark


def larger(drawing: Drawing, factor: float) -> Drawing:
    """The same drawing with every length multiplied."""
    wide, tall = round(drawing.wide * factor, 6), round(drawing.tall * factor, 6)
    return drawing._replace(wide=wide, tall=tall, marks=tuple(_larger(mark, factor) for mark in drawing.marks))


def _larger(mark: Mark, factor: float) -> Mark:
    if isinstance(mark, Part):
        return mark._replace(marks=tuple(_larger(own, factor) for own in mark.marks))
    if isinstance(mark, Label):
        return mark._replace(x=mark.x * factor, y=mark.y * factor, size=mark.size * factor)
    look = mark.look._replace(width=mark.look.width * factor, dash=tuple(dash * factor for dash in mark.look.dash))
    if isinstance(mark, (Line, Shape)):
        return mark._replace(points=tuple((x * factor, y * factor) for x, y in mark.points), look=look)
    if isinstance(mark, Box):
        x, y, wide, tall = (length * factor for length in mark[:4])
        return Box(x, y, wide, tall, look)
    return Dot(mark.x * factor, mark.y * factor, mark.radius * factor, look)


class Color(NamedTuple):
    """A colour on paper and on light screens, and the one for dark screens."""

    light: str
    dark: str


PALETTE = {
    "paper": Color("#ffffff", "#16181b"),
    "ink": Color("#1a1a1a", "#e8e8e8"),
    "dark": Color("#1a1a1a", "#16181b"),
    "quiet": Color("#595959", "#a9b0b8"),
    "line": Color("#c4c4c4", "#474d54"),
    "faint": Color("#e6e6e6", "#2c3137"),
    "head": Color("#eef2f6", "#23282e"),
    "red": Color("#a8071a", "#ec5f57"),
    "yellow": Color("#e0a100", "#f0c05a"),
    "green": Color("#2f7d4a", "#7fd394"),
    "grey": Color("#767c83", "#9aa1a9"),
    "pale-red": Color("#f3b5b0", "#7a2a26"),
    "pale-yellow": Color("#fbe6a6", "#6b5210"),
    "pale-green": Color("#d3ead9", "#24452f"),
    "pale-grey": Color("#e3e5e8", "#3a4047"),
    "blue": Color("#0b57a4", "#8ab8f0"),
    "pale-blue": Color("#c5daf0", "#24415f"),
}
"""Colours by name; `dark` stays dark, for marks on yellow, which is light by day and by night."""


class Paper(NamedTuple):
    """A sheet that lies on its long side; lengths in units."""

    wide: float
    tall: float


PAPERS = {
    name: Paper(wide * UNITS_PER_MM, tall * UNITS_PER_MM)
    for name, wide, tall in (
        ("A4", 297, 210), ("A3", 420, 297), ("A2", 594, 420), ("A1", 841, 594), ("A0", 1189, 841),
    )
}  # fmt: skip
"""Sheets by the names of ISO 216."""

_STEPS = 4
"""In so many steps a sheet grows to twice its height."""


def enlarged(draw: Callable[[Paper], list[Drawing]], paper: Paper) -> list[Drawing]:
    """What is drawn for a sheet of paper, all of it as large as one sheet holds.

    What is large enough on A3 is read from further away on A0: it is laid out as for a smaller sheet and grows with the
    paper. What needs several sheets has the usual sizes, so that they are few.
    """
    steps = max(round(_STEPS * log2(paper.tall / PAPERS["A3"].tall)), 0)
    for step in range(steps, 0, -1):
        factor = 2 ** (step / _STEPS)
        drawings = draw(Paper(paper.wide / factor, paper.tall / factor))
        if len(drawings) == 1:
            return [larger(drawings[0], factor)]
    return draw(paper)


_NARROW = frozenset("ijlt.,:;'|!()[]/ fI-")
_WIDE = frozenset("MWmw@%&")
_FULL = frozenset("·…—–→“”‘’×")
"""Signs that Chinese type has as wide as its own."""

_ELLIPSIS = "…"


@lru_cache(maxsize=4096)
def _sign(char: str) -> float:
    """The width of one sign in parts of the size of the type."""
    cells = cell_width(char)
    if cells != 1:
        return float(cells) / 2
    if char in _NARROW:
        return 0.4
    if char in _FULL:
        return 1.0
    return 0.95 if char in _WIDE else 0.72 if char.isupper() else 0.6


def span(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in type of a size, in the units of that size."""
    return sum(map(_sign, text)) * size * (1.07 if bold else 1)


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text on one line of at most `room`, cut with `…` where it is longer; without control characters."""
    line = shown(text)
    if len(line) * size * 0.3 <= room and span(line, size, bold=bold) <= room:
        return line
    used = span(_ELLIPSIS, size, bold=bold)
    kept: list[str] = []
    for char in line:
        used += span(char, size, bold=bold)
        if used > room:
            break
        kept.append(char)
    return "".join(kept).rstrip() + _ELLIPSIS if kept else ""


def shown(text: str) -> str:
    """The text on one line without what a picture cannot hold."""
    return one_line(xml_safe(text))


def lines_of(parts: list[str], room: float, size: float, between: str = " · ") -> list[str]:
    """The parts joined to lines of at most `room`; a part wider than that is cut."""
    lines: list[str] = []
    for part in parts:
        own = fitted(part, room, size)
        longer = f"{lines[-1]}{between}{own}" if lines else own
        if lines and span(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(own)
    return lines


def extent(label: Label) -> tuple[float, float, float, float]:
    """The rectangle a label takes: left, top, right and bottom."""
    wide = span(label.text, label.size, bold=label.bold)
    left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.at]
    return left, label.y - 0.88 * label.size, left + wide, label.y + 0.22 * label.size
