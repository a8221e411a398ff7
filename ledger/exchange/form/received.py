"""What came in: the forms of a unit and week, what they say, when they were saved, and what is not in order.

Unit and week are told by what is in a file, whatever it is called now; each row by its mark, as it was sent out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
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
from ledger.model.period import ReportingWeek
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Board
from ledger.text.pattern import regex
from ledger.text.safe import one_line

_SAVED = regex(r"@(\d{4}-\d{2}-\d{2}T[0-9:.+Z-]+)$")


def saved_source(sent_as: str, saved: str) -> str:
    """What a line says of the form behind it: the name it was sent out under, and when it was saved last."""
    return f"{sent_as}@{saved}" if saved else sent_as


def last_saved(board: Board, week: ReportingWeek) -> dict[str, str]:
    """By unit when the form for a week that was collected last had been saved; none where nobody knows."""
    found: dict[str, str] = {}
    for entry in chain(board.ledger.returns, *board.ledger.journal.values()):
        if entry.event not in ("return", "void") or not entry.source.startswith(f"{week.label}_"):
            continue
        match = _SAVED.search(entry.source)
        if match:
            unit = board.present.get(entry.by, entry.by)
            found[unit] = max(match[1], found.get(unit, ""))
    return found


class ReportedFact(NamedTuple):
    """One line for the journal by column, and where it was reported.

    `column` is the open column that says it. `voids` are the lines that take back what the unit said before, where
    this one corrects it; a fact whose `cells` are empty is said already by a line that those voids bring back.
    """

    cells: Mapping[str, str]
    file: str
    unit: str
    place: str
    column: str = ""
    voids: tuple[Mapping[str, str], ...] = ()
    saved: str = ""
    """When the form was saved last, as its properties say; empty where they do not."""
    is_back: bool = False
    """Whether the fact stands in the journal again once its `voids` do: it needs no line of its own."""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Item, event, key and unit: what makes it one fact of a week."""
        return (self.cells["item"], self.cells["event"], self.cells.get("key", ""), self.unit)

    @property
    def rows(self) -> list[Mapping[str, str]]:
        """The lines that it adds to the journal."""
        return [*self.voids, *([] if self.is_back else [self.cells])]

    def remark(self, kind: str, message: Words, hint: Words = NO_WORDS) -> Remark:
        """A sentence about it."""
        key = self.cells.get("key", "") if self.cells["event"] == "reading" else ""
        written = next((self.cells[name] for name in ("text", "value", "until") if self.cells.get(name)), "")
        where = (self.cells["item"], key, self.column, written)
        return Remark(kind, self.file, self.unit, self.place, message, hint, *where)


class Received(NamedTuple):
    """One form that came in, and what its rows are judged by."""

    board: Board
    week: ReportingWeek
    day: date
    """The day the facts are dated: the one on which the form came in."""
    unit: str
    units: Mapping[str, str]
    """All names of units, with the present ones."""
    file: str
    """The file as it lies in the folder."""
    sent_as: str
    """The name under which it was sent out, which the journal gets as source."""
    saved: str = ""
    """When it was saved last, as its properties say."""

    def remark(self, kind: str, place: str, message: Words, hint: Words = NO_WORDS) -> Remark:
        """A sentence about this form as a whole."""
        return Remark(kind, self.file, self.unit, place, message, hint)

    def on_cell(self, kind: str, row: ReturnedRow, column: str, message: Words, hint: Words = NO_WORDS) -> Remark:
        """A sentence about one cell of it, or about a row where no column is named."""
        item = row.mark.cells["id"] if row.mark else one_line(row.cell("id").value)
        written = one_line(row.cell(column).value) if column else ""
        return Remark(kind, self.file, self.unit, row.place(column), message, hint, item, row.key_sent, column, written)


class Return(NamedTuple):
    """That a unit's form came in: on what day, as which file, and how many of its rows said something.

    `rows` is None where no table of a form is left in it.
    """

    unit: str
    file: str
    day: date
    rows: int | None
    sha256: str
    sent_as: str
    saved: str
    is_known: bool = False
    """Whether the unit's return for the week is recorded already."""


REMARK_KINDS = {
    "held": Words("扣下未记", "held back, not recorded"),
    "corrected": Words("更正", "corrected"),
    "fell": Words("已记，但比上次退步", "recorded, but worse than before"),
    "changed": Words("不该改的格子改了", "changed outside the open cells"),
    "note": Words("另请留意", "also to be known"),
}
"""The kinds of remarks; only the first keeps something out of the journal."""


class Remark(NamedTuple):
    """One sentence about a form. `unit` is empty where nobody knows it, `place` where it is about the whole file.

    `item`, `key` of a target and `column` of the form say which cell it is about, in whatever sheet it stands;
    `written` is what the unit wrote there.
    """

    kind: str
    file: str
    unit: str
    place: str
    message: Words
    hint: Words = NO_WORDS
    item: str = ""
    key: str = ""
    column: str = ""
    written: str = ""
    told: Words = NO_WORDS
    """What the unit itself is told, where the message names what others wrote."""

    @property
    def for_unit(self) -> Words:
        """The sentence for the unit's own eyes."""
        return self.told if any(self.told) else self.message


class Arrival(NamedTuple):
    """One file that came back: whose form it is, how many facts it brought, and how much of it is held back.

    `rows` is how many of its rows said something; `is_return` is whether it is a form of the week that could be read.
    """

    file: str
    unit: str
    recorded: int
    known: int
    held: int
    rows: int | None = None
    is_return: bool = False


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
