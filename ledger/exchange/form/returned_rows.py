"""A form that came back: whose it is and of which week, under which columns its rows stand, and what each row was.

Unit and week are told by what is in the file, whatever it is called now.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import normalize

from ledger.exchange.form.asked import (
    ALL_COLUMNS,
    BY_NAME,
    ITEM_OPEN,
    ITEMS_SHEET,
    NOTHING_NEW,
    READING_OPEN,
    READINGS_SHEET,
    FormColumn,
    Mark,
    read_mark,
)
from ledger.exchange.form.name import named_in, sender
from ledger.exchange.sheet.sheet import EMPTY, Cell, Note, Sheet, Sheets, TitledColumns, at, cell_place, named_sheets
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex
from ledger.text.safe import one_line

_ROUND_A_BOX = ":：（）()→填“是”。、 "
_NO_TICK = frozenset(("", "否", "不是", "不", "no", "n", "false", "0", "×", "□", "☐", "-", "/"))
_COLUMNS = TitledColumns(
    ((column.name, column.label) for column in ALL_COLUMNS),
    lambda names: "id" in names and any(BY_NAME[name].open for name in names),
)


class ReturnedRow(NamedTuple):
    """One row: its number, its cells by column, and its mark if that is still there."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    at: Mapping[str, int]
    mark: Mark | None

    def cell(self, name: str) -> Cell:
        """The cell of a column, empty where the sheet has no such column."""
        return self.cells.get(name, EMPTY)

    def place(self, name: str = "") -> str:
        """The place of a cell as a spreadsheet shows it, else of the row."""
        return cell_place(self.sheet, self.number, self.at.get(name, 0))

    @property
    def key(self) -> str:
        """The key of the target whose reading the row gives, empty in a row about the item."""
        return one_line(self.cell("key").value)

    @property
    def key_sent(self) -> str:
        """The key that the row was sent out with, else the one that stands there."""
        return (self.mark.cells.get("key", "") if self.mark else "") or self.key


class Returned(NamedTuple):
    """What one file holds: rows, and sentences about its sheets with their places."""

    rows: list[ReturnedRow]
    kinds: frozenset[str]
    """`items`, `readings`: the tables that were found."""
    lost: list[tuple[str, Words]]
    """Open columns that are not there any more."""
    unread: list[tuple[str, Words]]
    """Columns that no form has, with something in them."""
    heading: tuple[str, ...] = ()
    """What stands above the tables."""
    nothing_new: bool = False
    """Whether the box above the table is ticked."""


def returned_rows(sheets: Sheets) -> Returned:
    """The rows of every sheet that has the column titles of a form, in either language and any order."""
    rows: list[ReturnedRow] = []
    kinds: set[str] = set()
    lost: list[tuple[str, Words]] = []
    unread: list[tuple[str, Words]] = []
    heading: list[str] = []
    nothing_new = False
    for sheet in named_sheets(sheets):
        head = _COLUMNS.head(sheet)
        if head is None:
            continue
        number, columns = head
        above = [cells for row, cells in sheet.rows if row < number]
        heading += [one_line(cell.value) for cells in above for cell in cells if cell.value]
        nothing_new = nothing_new or any(map(_is_ticked, above))
        for kind, wanted in _kinds(columns).items():
            kinds.add(kind)
            lost += [(sheet.name, one.label) for one in wanted if one.asked and one.name not in columns]
        asides = filter(_is_aside, sheet.notes)
        unread += [(cell_place(sheet.name, note.row, note.column), note.words) for note in asides]
        below = [(row, cells) for row, cells in sheet.rows if row > number]
        unread += _unknown(sheet, number, columns, below)
        for row, cells in below:
            found = {name: at(cells, column) for name, column in columns.items()}
            mark = read_mark(found["mark"].value) if "mark" in found else None
            if any(cell.value for cell in found.values()):
                rows.append(ReturnedRow(sheet.name, row, found, columns, mark))
    return Returned(rows, frozenset(kinds), lost, unread, tuple(heading), nothing_new)


def _is_aside(note: Note) -> bool:
    """Whether a note is about words beside or struck out of a cell: a unit may have meant them."""
    return note.row > 0 and any(word in note.words.zh for word in ("批注", "删除线", "图片"))


def _is_ticked(cells: Sequence[Cell]) -> bool:
    """Whether a row above the table holds the box `nothing new this week`, and it is ticked."""
    texts = ["".join(one_line(cell.value).split()).casefold() for cell in cells]
    for label in ("".join(label.split()).casefold() for label in NOTHING_NEW):
        rests = [text.replace(label, "").strip(_ROUND_A_BOX) for text in texts if label in text and len(text) < 40]
        if rests:
            beside = [text for text in texts if text and label not in text]
            return any(text not in _NO_TICK for text in (*rests, *beside))
    return False


def sheet_words(kind: str) -> Words:
    """The name under which a table was sent out."""
    return ITEMS_SHEET if kind == "items" else READINGS_SHEET


def _kinds(columns: Mapping[str, int]) -> dict[str, Sequence[FormColumn]]:
    """Which tables a sheet with these columns is, each with the columns that are to be filled in."""
    asked: dict[str, Sequence[FormColumn]] = {"items": ITEM_OPEN, "readings": READING_OPEN}
    return {kind: wanted for kind, wanted in asked.items() if any(column.name in columns for column in wanted)}


def _unknown(
    sheet: Sheet, number: int, columns: Mapping[str, int], below: Sequence[tuple[int, Sequence[Cell]]]
) -> list[tuple[str, Words]]:
    """Columns beside those of the form that hold anything."""
    titles = dict(sheet.rows)[number]
    width = max((len(cells) for _, cells in below), default=0)
    found = []
    for place in range(1, max(width, len(titles)) + 1):
        if place not in columns.values() and any(at(cells, place).value for _, cells in below):
            words = Words("没有“{name}”这一列", "there is no column “{name}”").fill(
                name=one_line(at(titles, place).value)
            )
            found.append((cell_place(sheet.name, 0, place), words))
    return found


_WEEK = regex(r"(?<!\d)(\d{4})-?W(\d{2})(?!\d)", re.IGNORECASE)
WEEK_PROPERTY, UNIT_PROPERTY = "ledger-week", "ledger-unit"
"""The properties of the document that a form is sent out with."""


class Identity(NamedTuple):
    """The week and the unit, by its present name, of a form; either is empty where nothing tells it.

    `said` is a sentence where the file bears the name of something else, or where only its name told.
    """

    week: str
    unit: str
    said: Words = NO_WORDS


def identity(returned: Returned, properties: Mapping[str, str], stem: str, units: Mapping[str, str]) -> Identity:
    """Whose form it is: by the marks of its rows, else the document's properties, its heading, the file's name.

    `units` are all names of units, former ones too, with their present names.
    """
    property_ = (properties.get(WEEK_PROPERTY, ""), properties.get(UNIT_PROPERTY, ""))
    told = _by_marks(returned, property_)
    if told is None and all(property_):
        told = property_
    if told is not None:
        week, unit = told
        return Identity(week, units.get(unit, unit), _other_name(stem, week, units.get(unit, unit), units))
    week, unit = _by_heading(returned.heading, units)
    if week and unit:
        return Identity(week, unit, _other_name(stem, week, unit, units))
    named = sender(stem, units)
    if named is not None:
        return Identity(named.week, named.unit)
    unit = unit or named_in(stem, units)
    week = week or week_in(stem)
    said = Words("核对码和文件属性都没有了，按文件名认作 {unit} 的表",
                 "its marks and properties are gone: by its name it is taken for the form of {unit}")  # fmt: skip
    return Identity(week, unit, said.fill(unit=unit) if unit and week else NO_WORDS)


def _by_marks(returned: Returned, preferred: tuple[str, str]) -> tuple[str, str] | None:
    """What the marks of most rows say; where they differ, what the document says, if any mark agrees with it."""
    marks = Counter((row.mark.week, row.mark.unit) for row in returned.rows if row.mark and row.mark.unit)
    if not marks:
        return None
    return preferred if preferred in marks else marks.most_common(1)[0][0]


def _by_heading(lines: Iterable[str], units: Mapping[str, str]) -> tuple[str, str]:
    """The week and the unit that the lines above the table name."""
    lines = list(lines)
    week = next((found for found in map(week_in, lines) if found), "")
    line = next((line for line in lines if week_in(line)), "")
    return week, named_in(line, units) if line else ""


def week_in(text: str) -> str:
    """The week that a text names, such as `2017-W50`; empty if it names none."""
    match = _WEEK.search(normalize("NFKC", text))
    return f"{match[1]}-W{match[2]}" if match else ""


def _other_name(stem: str, week: str, unit: str, units: Mapping[str, str]) -> Words:
    """A sentence on a file that is called by another unit or week than the form in it is."""
    named = sender(stem, units)
    other_unit = named.unit if named else named_in(stem, units)
    other_week = named.week if named else week_in(stem)
    if other_unit in ("", unit) and other_week in ("", week):
        return NO_WORDS
    words = Words("文件名说是 {other}，里面是 {week} 发给 {unit} 的表，按里面的收",
                  "its name says {other}, but it is the form for {week} of {unit}, and taken as that")  # fmt: skip
    return words.fill(other=" ".join(filter(None, (other_week, other_unit))), week=week, unit=unit)
