"""A report as a value: a head, headings, paragraphs and tables. Writers know formats, not reports.

Whoever builds a document gives its texts in both languages; `in_language` picks one for a writer. `Document[str]` is a
document that is in one language already, plain `Document` one that may not be: no writer takes it by mistake.
Writers go by its outline: its head, its sections, its tables by name; for a terminal, long lists are cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, Self, TypeAlias

from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    # Every command loads this module; few of them count anything.
    from ledger.state.figure.count import Rate

    T = TypeVar("T", bound="Text", default="Text", covariant=True)
else:
    # A default is for the type checker only; at run time typing knows it from Python 3.13 on.
    from typing import TypeVar

    T = TypeVar("T", covariant=True)

Text: TypeAlias = "str | Words"
"""A text of a document: words in both languages, or what is the same in any language, such as an id."""


class Percent(NamedTuple):
    """A percentage with one decimal, so 81.1 for 81.1%; None where there is none."""

    value: float | None


class Samples(NamedTuple):
    """Numbers in a row, such as one a week; None where nobody knows."""

    values: tuple[int | Fraction | None, ...]


class Bar(NamedTuple):
    """A whole in three parts: `full` of it, `short` of it as well but not wholly, and the rest of `whole` open."""

    full: int
    short: int
    whole: int


class Names(NamedTuple):
    """A list of names, such as ids of items; the text may show only some of them."""

    values: tuple[Text, ...]


Value: TypeAlias = "int | Fraction | date | Rate | Percent | Samples | Bar | Names | Text | None"
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


class PaintedWords(Words):
    """Words with a tone, as `Paint` is a text with one."""

    tone: str

    def __new__(cls, words: Words, tone: str = "") -> Self:
        """The words with their tone."""
        made = super().__new__(cls, *words)
        made.tone = tone
        return made


class TypedWords(PaintedWords):
    """Words with the value behind them, as `Typed` is a text with one."""

    value: Value

    def __new__(cls, words: Words, value: Value, tone: str = "") -> Self:
        """The words with their value and tone."""
        made = super().__new__(cls, words, tone)
        made.value = value
        return made


def painted(text: Text, tone: str) -> Text:
    """The text with its tone."""
    return Paint(text, tone) if isinstance(text, str) else PaintedWords(text, tone)


def typed(text: Text, value: Value, tone: str = "") -> Text:
    """The text with the value behind it and its tone."""
    return Typed(text, value, tone) if isinstance(text, str) else TypedWords(text, value, tone)


class Fact(NamedTuple, Generic[T]):
    """One thing said at the head of a report: `id` for programs, `label` and `text` for people."""

    id: str
    label: T
    text: T | str


class Head(NamedTuple, Generic[T]):
    """What stands over a report: its title and facts (day, week, revision, time zone), its name and language.

    The language is set by `in_language`; whoever builds the document leaves it alone. A document with a `remark`
    is made for one sheet of paper: below it stands room to write by hand, under this label.
    """

    title: T
    facts: Sequence[Fact[T]] = ()
    report: str = ""
    lang: str = "zh"
    remark: T | str = ""


class Heading(NamedTuple, Generic[T]):
    """A title; level 1 is that of the whole document. `id` names the section for programs."""

    text: T
    level: int = 2
    id: str = ""


class Paragraph(NamedTuple, Generic[T]):
    """A text that is wrapped to the width, its further lines indented by `indent` cells.

    `parts` are pieces of the text, in its order, each with a tone of its own for writers that have tones. One with an
    `id` is said of the whole document, and stands in the head of formats that leave sentences out.
    """

    text: T
    indent: int = 0
    parts: Sequence[T] = ()
    id: str = ""


class Column(NamedTuple, Generic[T]):
    """A column of a table. A `flexible` one may be wrapped where the table is too wide, down to `least` cells.

    `id` names it for programs. In a column that says a thing `once`, people see a value only where it differs from the
    one above; programs and workbooks see it in each row.
    """

    title: T
    right: bool = False
    flexible: bool = False
    least: int = 8
    id: str = ""
    once: bool = False


class Table(NamedTuple, Generic[T]):
    """Rows under their columns, with notes below; `empty` is said in place of a table without rows.

    A table without a title goes by the heading over it; `id` names it for programs.
    """

    columns: Sequence[Column[T]]
    rows: Sequence[Sequence[T]]
    id: str = ""
    title: T | str = ""
    notes: Sequence[T] = ()
    empty: T | str = ""


class Code(NamedTuple):
    """Lines shown as they are."""

    text: str


Block: TypeAlias = "Head[T] | Heading[T] | Paragraph[T] | Table[T] | Code"
Document: TypeAlias = "list[Block[T]]"


def tone_of(text: Text) -> str:
    """The tone of a text, empty if it has none."""
    return text.tone if isinstance(text, (Paint, PaintedWords)) else ""


def value_of(text: Text) -> Value:
    """What a text means: its value if it has one, else the text."""
    return text.value if isinstance(text, (Typed, TypedWords)) else text


def in_language(document: Document, lang: str) -> Document[str]:
    """The document as its writers take it: every text in `lang` (`zh` or `en`), tones and values kept."""
    return [_block(block, lang) for block in document]


def _block(block: Block, lang: str) -> Block[str]:
    match block:
        case Table():
            return _table(block, lang)
        case Paragraph():
            parts = tuple(spoken(part, lang) for part in block.parts)
            return Paragraph(spoken(block.text, lang), block.indent, parts, block.id)
        case Heading():
            return Heading(spoken(block.text, lang), block.level, block.id)
        case Head():
            facts = [Fact(one.id, spoken(one.label, lang), spoken(one.text, lang)) for one in block.facts]
            return Head(spoken(block.title, lang), facts, block.report, lang, spoken(block.remark, lang))
    return block


def _table(table: Table, lang: str) -> Table[str]:
    return Table(
        [
            Column(spoken(one.title, lang), one.right, one.flexible, one.least, one.id, one.once)
            for one in table.columns
        ],
        [[cell if type(cell) is str else spoken(cell, lang) for cell in row] for row in table.rows],
        table.id,
        spoken(table.title, lang),
        [spoken(note, lang) for note in table.notes],
        spoken(table.empty, lang),
    )


def spoken(text: Text, lang: str) -> str:
    """A text in `lang`, with the tone and the value it has."""
    if isinstance(text, str):
        return Typed(text, _value(text.value, lang), text.tone) if isinstance(text, Typed) else text
    if isinstance(text, TypedWords):
        return Typed(text.pick(lang), _value(text.value, lang), text.tone)
    return Paint(text.pick(lang), text.tone) if isinstance(text, PaintedWords) else text.pick(lang)


def _value(value: Value, lang: str) -> Value:
    if isinstance(value, Words):
        return value.pick(lang)
    return Names(tuple(spoken(name, lang) for name in value.values)) if isinstance(value, Names) else value


_NOT_ID = regex(r"[^a-z0-9_]+")


class NamedTable(NamedTuple):
    """A table with the id and title it goes by; ids are unique in a document."""

    id: str
    title: str
    table: Table[str]


Piece: TypeAlias = "Paragraph[str] | Code | NamedTable"


class Section(NamedTuple):
    """A heading with what follows it to the next one. What stands before the first heading has none."""

    id: str
    heading: Heading[str] | None
    pieces: Sequence[Piece]


def head_of(document: Document[str]) -> Head[str]:
    """The head of a document; if it has none, one with its title only."""
    for block in document:
        if isinstance(block, Head):
            return block
    title = next((block.text for block in document if isinstance(block, Heading) and block.level == 1), "")
    return Head(title)


def sections(document: Document[str]) -> list[Section]:
    """The document without its head and title, cut at the headings; ids are unique.

    A table without a title takes that of the heading over it, else that of the document.
    """
    found: list[tuple[Heading[str] | None, list[Block[str]]]] = [(None, [])]
    for block in document:
        if isinstance(block, Heading) and block.level > 1:
            found.append((block, []))
        elif not isinstance(block, (Head, Heading)):
            found[-1][1].append(block)
    used: set[str] = set()
    title, of_tables = head_of(document).title, set[str]()
    return [
        Section(
            unique_id((heading.id if heading else "") or "section", used),
            heading,
            [_piece(block, heading or Heading(title), of_tables) for block in blocks],
        )
        for heading, blocks in found
        if heading or blocks
    ]


def _piece(block: Block[str], over: Heading[str], used: set[str]) -> Piece:
    if isinstance(block, Table):
        return NamedTable(unique_id(block.id or over.id or "table", used), block.title or over.text, block)
    assert isinstance(block, (Paragraph, Code))
    return block


def named_tables(document: Document[str]) -> list[NamedTable]:
    """Every table of the document."""
    return [piece for section in sections(document) for piece in section.pieces if isinstance(piece, NamedTable)]


def unique_id(wanted: str, used: set[str]) -> str:
    """The id in plain lower-case letters, numbered if it is used already; it is added to the used ones."""
    plain = _NOT_ID.sub("_", wanted.lower()).strip("_") or "unnamed"
    found, number = plain, 1
    while found in used:
        number += 1
        found = f"{plain}_{number}"
    used.add(found)
    return found


def column_ids(table: Table[str]) -> list[str]:
    """The ids of the columns, `column` and a number where a report gave none."""
    used: set[str] = set()
    return [unique_id(column.id or f"column_{number}", used) for number, column in enumerate(table.columns, 1)]


def shown_rows(table: Table[str]) -> list[Sequence[str]]:
    """The rows as people see them: what a column says once is empty where it only repeats the row above."""
    spans = [repeats(table, number) if column.once else None for number, column in enumerate(table.columns)]
    if not any(spans):
        return list(table.rows)
    return [
        ["" if span and span[place] else cell for span, cell in zip(spans, row, strict=True)]
        for place, row in enumerate(table.rows)
    ]


def repeats(table: Table[str], number: int) -> list[bool]:
    """For each row, whether its cell in a column says the same as the row above, the columns `once` to its left too."""
    keys = [tuple(row[place] for place in range(number + 1) if place == number or table.columns[place].once)
            for row in table.rows]  # fmt: skip
    return [False, *(above == below for above, below in pairwise(keys))] if keys else []


_LISTS = frozenset({"item", "severity"})
"""The first columns of what may be cut: lists of items and of findings. Tables with a total stay whole."""

_MORE = Words("……另有 {n} 项；全部：接 | less，或用 -o 写入文件", "… and {n} more; for all of them: | less, or -o FILE")


def shortened(document: Document, most: int) -> Document:
    """The document with at most so many rows in each list, and below how many more there are."""
    return [_cut(block, most) for block in document]


def _cut(block: Block, most: int) -> Block:
    if (
        not isinstance(block, Table)
        or not block.columns
        or block.columns[0].id not in _LISTS
        or len(block.rows) <= most
    ):
        return block
    said = _MORE.fill(n=len(block.rows) - most)
    return block._replace(rows=block.rows[:most], notes=[said, *block.notes])
