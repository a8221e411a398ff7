"""A drawing is a value: boxes, lines, shapes and labels on a sheet. Charts make them, writers know formats.

Lengths are in units of a quarter of a millimetre; x grows to the right and y downwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

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
