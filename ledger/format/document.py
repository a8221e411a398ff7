"""A report as a value: a head, headings, paragraphs and tables, in one language. Writers know formats, not reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

if TYPE_CHECKING:
    # Every command loads this module; few of them count anything.
    from ledger.state.count import Rate


class Percent(NamedTuple):
    """A percentage with one decimal, so 81.1 for 81.1%; None where there is none."""

    value: float | None


class Samples(NamedTuple):
    """Numbers in a row, such as one a week; None where nobody knows."""

    values: tuple[int | Fraction | None, ...]


class Names(NamedTuple):
    """A list of names, such as ids of items; the text may show only some of them."""

    values: tuple[str, ...]


Value: TypeAlias = "int | Fraction | date | Rate | Percent | Samples | Names | str | None"
"""What a cell means: programs and workbooks take it instead of the text. A `str` is a code such as `overdue`."""


class Paint(str):
    """A text with a tone that a writer may show; the word says it as well.

    A tone is `red`, `yellow`, `grey`, `green`, `dim` or `bold`.
    """

    __slots__ = ("tone",)
    tone: str

    def __new__(cls, text: str, tone: str = "") -> Self:
        """The text with its tone."""
        made = super().__new__(cls, text)
        made.tone = tone
        return made


class Typed(Paint):
    """A text as people read it, with the value behind it: `30/37 81.1%` and the rate, `–` and None."""

    __slots__ = ("value",)
    value: Value

    def __new__(cls, text: str, value: Value, tone: str = "") -> Self:
        """The text with its value and tone."""
        made = super().__new__(cls, text, tone)
        made.value = value
        return made


class Fact(NamedTuple):
    """One thing said at the head of a report: `id` for programs, `label` and `text` for people."""

    id: str
    label: str
    text: str


class Head(NamedTuple):
    """What stands over a report: its title and facts (day, week, revision, time zone), its name and language."""

    title: str
    facts: Sequence[Fact] = ()
    report: str = ""
    lang: str = "zh"


class Heading(NamedTuple):
    """A title; level 1 is that of the whole document. `id` names the section for programs."""

    text: str
    level: int = 2
    id: str = ""


class Paragraph(NamedTuple):
    """A text that is wrapped to the width, its further lines indented by `indent`."""

    text: str
    indent: int = 0


class Column(NamedTuple):
    """A column of a table. A `flexible` one may be wrapped where the table is too wide, down to `least` cells.

    `id` names it for programs. In a column that says a thing `once`, people see a value only where it differs from the
    one above; programs and workbooks see it in each row.
    """

    title: str
    right: bool = False
    flexible: bool = False
    least: int = 8
    id: str = ""
    once: bool = False


class Table(NamedTuple):
    """Rows under their columns, with notes below; `empty` is said in place of a table without rows.

    A table without a title goes by the heading over it; `id` names it for programs.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    id: str = ""
    title: str = ""
    notes: Sequence[str] = ()
    empty: str = ""


class Code(NamedTuple):
    """Lines shown as they are."""

    text: str


Block = Head | Heading | Paragraph | Table | Code
Document = list[Block]


def tone_of(text: str) -> str:
    """The tone of a text, empty if it has none."""
    return text.tone if isinstance(text, Paint) else ""


def value_of(text: str) -> Value:
    """What a text means: its value if it has one, else the text."""
    return text.value if isinstance(text, Typed) else text
