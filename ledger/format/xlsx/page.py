"""Workbooks as values: pages of typed columns and rows, and what a cell of Excel can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.model.words import Refused
from ledger.text.pattern import regex
from ledger.text.safe import one_line, safe, xml_safe
from ledger.text.width import cell_width, wrap

Kind = Literal["text", "wrapped", "number", "date", "percent"]
Value = str | int | Fraction | date | None

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CHARACTERS = 32_767
"""What one sheet and one cell of Excel can hold; characters count as UTF-16 does."""

LINE, HIGHEST = 15.5, 409
"""Points of one line of text, and of the highest row that Excel knows."""


class TooLarge(Refused):
    """A table that Excel could not hold whole, with the reason and what to do."""


class Cell(NamedTuple):
    """A value that differs from its column: in `tone` (red, yellow, green, grey, bold) or in being `locked`."""

    value: Value = None
    tone: str = ""
    locked: bool | None = None


class SheetColumn(NamedTuple):
    """A column: its title, its width in cells of a terminal, and how its values look.

    `text` stays on one line, `wrapped` does not, and grows broader where a text would be higher than a row can be; a
    `percent` is a share, so 7/8 shows as 87.5%. `locked` matters in a protected workbook only. `choices` become a
    drop-down list; `only_choices` refuses anything else. `hint` is shown when a cell is entered. A number, percent or
    date that is not locked takes nothing else, from `least` to `most`; a `loose` one does, after a question.
    A `hidden` column is there for programs; a `folded` one is out of sight, and off the paper, until it is unfolded.
    `title_hint` is shown when the title is entered. What programs read people see in words: `shown` for the title,
    and `words` for texts of the column, such as 整改完成 for `done`, also for those that are entered later.
    """

    title: str
    width: int
    kind: Kind = "text"
    locked: bool = True
    choices: Sequence[str] = ()
    hint: str = ""
    least: int | Fraction | date | None = None
    most: int | Fraction | date | None = None
    only_choices: bool = True
    loose: bool = False
    hidden: bool = False
    title_hint: str = ""
    folded: bool = False
    shown: str = ""
    words: Mapping[str, str] = {}


class Box(NamedTuple):
    """One open cell between the head and the table, with its `label` on its left and the `choices` it takes."""

    label: str
    choices: Sequence[str]
    column: int = 3
    """The column of the cell, from 1; its label stands in the one before."""


class Chart(NamedTuple):
    """A native chart of bars beside the table: the values of some columns (from 0) over the names in others."""

    title: str
    names: Sequence[int]
    values: Sequence[int]


class SheetPage(NamedTuple):
    """One sheet: `head` lines, the row of column titles, the rows. The titles stay in sight and on each printed page.

    `spare` is how many empty rows below take the same formats, locks and drop-down lists. `fixed` columns on the left
    stay in sight too. A `sparse` sheet has grid lines instead of borders and leaves out its empty cells: for tables
    of which most is empty. One that is `shrunk` is as wide as one page on paper, which `workbook_bytes` decides.
    A `box` stands in a row of its own above the titles. `bars` are columns (from 0) whose numbers get data bars. A
    `large` sheet is printed on A3. `above` is said at the top of each page of paper.
    """

    name: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Value | Cell]]
    head: Sequence[str] = ()
    filtered: bool = False
    hidden: bool = False
    spare: int = 0
    fixed: int = 0
    sparse: bool = False
    shrunk: bool = True
    box: Box | None = None
    bars: Sequence[int] = ()
    chart: Chart | None = None
    large: bool = False
    above: str = ""

    @property
    def across(self) -> int:
        """The width of what is seen of the table, in cells."""
        return sum(max(column.width, 1) + 1 for column in self.columns if not (column.hidden or column.folded))

    @property
    def title_row(self) -> int:
        """The number of the row of column titles, from 1."""
        return len(self.head) + (self.box is not None) + 1


def lines_of(text: str, width: int) -> int:
    """About how many lines a text takes in a column; signs of Chinese fonts are a little wider than two digits."""
    if "\n" not in text and cell_width(one_line(text)) <= width:
        return 1
    return len(wrap(safe(text), max(width * 9 // 10, 2)))


def units_of_text(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


FIRST_DAY = date(1900, 3, 1)
"""Excel believes in a 29 February 1900; before this day, dates are written as text."""

LISTS = "_lists"
"""The hidden sheet that holds the drop-down lists."""

_UNFIT = regex(r"[\[\]:*?/\\\x00-\x1f]+")
_LONGEST_NAME = 31
_RESERVED = (LISTS, "History")


_ESCAPE = regex("_(?=x[0-9A-Fa-f]{4}_)")
"""Where Excel would see the code of a character, such as `_x000D_`."""


def clean(text: str) -> str:
    """The text as XML can hold it, line ends as LF, without what turns the reading direction."""
    return xml_safe(text)


def escaped(text: str) -> str:
    """A text as a cell's XML writes it, so that what looks like the code of a character stays what it is."""
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def stored(value: Value) -> str | int | float | date | None:
    """A value as a cell keeps it: a number only if fifteen digits can hold it, a date only from 1900-03-01.

    Other numbers and dates become text, so that none of them changes. Text that is too long ends in `…[LENGTH]`.
    """
    if isinstance(value, str):
        return escaped(_fitting(clean(value))) or None
    if isinstance(value, date):
        return value if value >= FIRST_DAY else value.isoformat()
    if value is None:
        return None
    exact = Fraction(value)
    near = float(exact)
    if Fraction(plain(exact)) == exact != Fraction(f"{near:.15g}"):
        return plain(exact)
    return exact.numerator if exact.denominator == 1 else near


def _fitting(text: str) -> str:
    if units_of_text(text) <= MOST_CHARACTERS:
        return text
    mark = f"…[{len(text)}]"
    kept = text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - len(mark))].decode("utf-16-le", "ignore")
    return kept + mark


def sheet_name(name: str, taken: Sequence[str] = ()) -> str:
    r"""A name that Excel accepts: none of `[]:*?/\`, at most 31 characters, and none that is taken."""
    fit = _UNFIT.sub(" ", clean(name)).strip(" '")
    # Excel counts as UTF-16 does; half of a pair would be no character.
    fit = fit.encode("utf-16-le")[: 2 * _LONGEST_NAME].decode("utf-16-le", "ignore").strip(" '") or "Sheet"
    used = {other.casefold() for other in (*taken, *_RESERVED)}
    found, number = fit, 1
    while found.casefold() in used:
        number += 1
        tail = f" {number}"
        short = fit.encode("utf-16-le")[: 2 * (_LONGEST_NAME - len(tail))].decode("utf-16-le", "ignore")
        found = short + tail
    return found
