"""A report as a value: headings, paragraphs and tables, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Paint(str):
    """A text with a tone (`red`, `yellow`, `green`, `dim`, `bold`) that a writer may show; the word says it as well."""

    __slots__ = ("tone",)
    tone: str

    def __new__(cls, text: str, tone: str) -> Paint:
        """The text with its tone."""
        made = super().__new__(cls, text)
        made.tone = tone
        return made


class Heading(NamedTuple):
    """A title; level 1 is that of the whole document."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """A text that is wrapped to the width, its further lines indented by `indent`."""

    text: str
    indent: int = 0


class Column(NamedTuple):
    """A column of a table. A `flexible` one may be wrapped where the table is too wide, down to `least` cells."""

    title: str
    right: bool = False
    flexible: bool = False
    least: int = 8


class Table(NamedTuple):
    """Rows under their columns."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


class Code(NamedTuple):
    """Lines shown as they are."""

    text: str


Block = Heading | Paragraph | Table | Code
Document = list[Block]
