"""A drawing is a value: boxes, lines, shapes and labels in colours of a palette on a sheet. Writers know formats.

Whoever draws gives its texts in both languages, and room enough for the longer one; `in_language` picks one for a
writer. `Drawing[str]` is a drawing in one language, plain `Drawing` one that may hold both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import log2
from typing import TYPE_CHECKING, Generic, TypeAlias, overload

from ledger.format.document import Text
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.text.safe import one_line, xml_safe
from ledger.text.width import cell_width

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    T = TypeVar("T", bound=Text, default=Text, covariant=True)
else:
    # A default is for the type checker only; at run time typing knows it from Python 3.13 on.
    from typing import TypeVar

    T = TypeVar("T", covariant=True)

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


class Label(NamedTuple, Generic[T]):
    """One line of text; `y` is its base line, `at` says which part of it stands at `x`: start, middle or end."""

    x: float
    y: float
    text: T
    size: float
    color: str = "ink"
    at: str = "start"
    bold: bool = False


class Part(NamedTuple, Generic[T]):
    """Marks that belong together, with what a reader is told who points at them, or cannot see them."""

    title: T
    marks: tuple[Mark[T], ...]


Plain: TypeAlias = "Box | Line | Shape | Dot"
Mark: TypeAlias = "Plain | Label[T] | Part[T]"


class Drawing(NamedTuple, Generic[T]):
    """A sheet; `title` names it and `desc` tells in words what is to be seen."""

    wide: float
    tall: float
    title: T
    desc: T
    marks: tuple[Mark[T], ...]

    def flat(self) -> Iterator[Plain | Label[T]]:
        """Every mark in the order in which they are drawn, those of parts too."""
        yield from _flat(self.marks)

    def labels(self) -> list[Label[T]]:
        """Every line of text."""
        return [mark for mark in self.flat() if isinstance(mark, Label)]


def _flat(marks: tuple[Mark[T], ...]) -> Iterator[Plain | Label[T]]:
    for mark in marks:
        if isinstance(mark, Part):
            yield from _flat(mark.marks)
        else:
            yield mark


def in_language(drawing: Drawing, lang: str) -> Drawing[str]:
    """The drawing as a writer takes it: every text in `lang` (`zh` or `en`)."""
    title, desc = _said(drawing.title, lang), _said(drawing.desc, lang)
    return Drawing(drawing.wide, drawing.tall, title, desc, tuple(_spoken(mark, lang) for mark in drawing.marks))


def _spoken(mark: Mark, lang: str) -> Mark[str]:
    if isinstance(mark, Part):
        return Part(_said(mark.title, lang), tuple(_spoken(own, lang) for own in mark.marks))
    if isinstance(mark, Label):
        return Label(mark.x, mark.y, _said(mark.text, lang), *mark[3:])
    return mark


def _said(text: Text, lang: str) -> str:
    return text if isinstance(text, str) else text.pick(lang)


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


def moved(mark: Mark, x: float, y: float) -> Mark:
    """The mark so far to the right and down; a label or a part stays where it is."""
    if isinstance(mark, (Line, Shape)):
        return mark._replace(points=tuple((left + x, top + y) for left, top in mark.points))
    if isinstance(mark, (Box, Dot)):
        return mark._replace(x=mark.x + x, y=mark.y + y)
    return mark


class Color(NamedTuple):
    """A colour on paper and on light screens, and the one for dark screens."""

    light: str
    dark: str


PALETTE = {
    "paper": Color("#ffffff", "#16181b"),
    "ink": Color("#1a1a1a", "#e8e8e8"),
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
    "heat-1": Color("#fbdcd8", "#4a1f1d"),
    "heat-2": Color("#f0a49b", "#86302a"),
    "heat-3": Color("#c5362f", "#e8706a"),
    "heat-4": Color("#7d0010", "#ffb3ab"),
}
"""Colours by name; the four steps of heat go away from the ground by day and by night."""


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


def span(text: Text, size: float, *, bold: bool = False) -> float:
    """The width of a text in type of a size, in the units of that size; of words the width of the longer language."""
    if isinstance(text, Words):
        return max(span(own, size, bold=bold) for own in text)
    return sum(map(_sign, text)) * size * (1.07 if bold else 1)


@overload
def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str: ...
@overload
def fitted(text: Text, room: float, size: float, *, bold: bool = False) -> Text: ...
def fitted(text: Text, room: float, size: float, *, bold: bool = False) -> Text:
    """The text on one line of at most `room`, cut with `…` where it is longer; without control characters."""
    if isinstance(text, Words):
        return text.each(lambda own: fitted(own, room, size, bold=bold))
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


@overload
def shown(text: str) -> str: ...
@overload
def shown(text: Text) -> Text: ...
def shown(text: Text) -> Text:
    """The text on one line without what a picture cannot hold."""
    return text.each(shown) if isinstance(text, Words) else one_line(xml_safe(text))


BETWEEN = " · "
"""Between the parts of a line."""


def lines_of(parts: Sequence[Text], room: float, size: float) -> list[Text]:
    """The parts joined to lines of at most `room` in either language; a part wider than that is cut."""
    lines: list[Text] = []
    for part in parts:
        own = fitted(part, room, size)
        longer = NO_WORDS.join((lines[-1], BETWEEN, own)) if lines else own
        if lines and span(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(own)
    return lines


def told(parts: Sequence[Text]) -> Words:
    """The parts in one line, however long."""
    return Words.same(BETWEEN).join(parts)


def extent(label: Label) -> tuple[float, float, float, float]:
    """The rectangle a label takes: left, top, right and bottom."""
    wide = span(label.text, label.size, bold=label.bold)
    left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.at]
    return left, label.y - 0.88 * label.size, left + wide, label.y + 0.22 * label.size
