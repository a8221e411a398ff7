"""What came in: the forms of a unit and week, what they say, when they were saved, and what is not in order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain

from ledger.exchange.form.returned_rows import ReturnedRow
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
