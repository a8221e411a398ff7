"""What an import means, before anything is written: records added, changed and unchanged, and rows rejected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.model.words import NO_WORDS, Words


class Spot(NamedTuple):
    """A place in the file that is imported; row and column count from 1, 0 where it is about all of them."""

    sheet: str
    row: int = 0
    column: int = 0


class LeftOut(NamedTuple):
    """A column that is not read, and why; `loud` if nobody asked for that."""

    number: int
    title: str
    why: Words
    hint: Words = NO_WORDS
    loud: bool = True


class Rejected(NamedTuple):
    """A row, or a cell of it, that cannot be taken: why, and what to do. `item` is the id if there is one."""

    spot: Spot
    item: str
    message: Words
    hint: Words = NO_WORDS
    rows: Sequence[int] = ()
    """The rows for which one rejection stands, where it is about more than one."""


class Understood(NamedTuple):
    """A column and the field it was taken for; `name` is that of a column of the ledger, or of a list's own fields."""

    number: int
    title: str
    name: str


class Phrase(NamedTuple):
    """A text of a column that had to be understood: what it means, as words of a map, and the rows that have it.

    `asked` is whether only the office can say what it means; then `said` is the reason.
    """

    column: int
    text: str
    value: str
    said: Words
    rows: Sequence[int]
    asked: bool = False


class FieldChange(NamedTuple):
    """One field of an item, as cells of the column `name` and as the values of the model; `value` None removes it.

    `path` leads to it in the plan, as `("targets", "started", "goal")`. Words in two languages may be two changes.
    """

    spot: Spot
    name: str
    path: tuple[str, ...]
    before: str
    after: str
    held: object = None
    value: object = None


class ChangedItem(NamedTuple):
    """An item of the ledger with the fields that the sheet changes."""

    spot: Spot
    id: str
    book: str
    changes: Sequence[FieldChange]


class NewItem(NamedTuple):
    """An item that the ledger has not; `values` are those of the model by path, `title` what to call it."""

    spot: Spot
    id: str
    book: str
    title: Words
    values: Mapping[tuple[str, ...], object]


class NewEntry(NamedTuple):
    """A fact that the journal has not, its cells by column."""

    spot: Spot
    row: Mapping[str, str]


class Kept(NamedTuple):
    """An empty cell where the ledger has a value, which stays."""

    spot: Spot
    item: str
    name: str
    value: str


class Read(NamedTuple):
    """What one sheet says. `target` is its books or `journal`; `known` is how many rows the ledger has already.

    `absent` is how many items of these books the sheet does not name; they stay as they are.
    """

    sheet: str
    target: str
    items: Sequence[NewItem] = ()
    changed: Sequence[ChangedItem] = ()
    entries: Sequence[NewEntry] = ()
    known: int = 0
    rejected: Sequence[Rejected] = ()
    kept: Sequence[Kept] = ()
    left_out: Sequence[LeftOut] = ()
    notes: Sequence[tuple[Spot, Words]] = ()
    absent: int = 0
    understood: Sequence[Understood] = ()
    phrases: Sequence[Phrase] = ()
    passed: Sequence[tuple[Spot, Words]] = ()
    """Rows that are no items, and why."""
    went_back: Sequence[tuple[Spot, str, Words]] = ()
    """Items of which the sheet says less than the ledger: nothing of that is recorded."""
    header: int = 0
    """The last row of the header."""

    @property
    def touched(self) -> list[tuple[Spot, str]]:
        """Where each item is named that would be added or changed, with its id."""
        return [(one.spot, one.id) for one in self.items] + [(one.spot, one.id) for one in self.changed]

    @property
    def bad_rows(self) -> int:
        """How many rows are rejected."""
        return len({row for found in self.rejected for row in (found.spot.row, *found.rows)})


class Import(NamedTuple):
    """What a file says: its sheets that were read, and what is said of the others."""

    reads: Sequence[Read]
    passed: Sequence[tuple[str, Words]] = ()
    """Sheets that were not read, and why."""
    unused: Sequence[str] = ()
    """Headers of the map that no sheet has."""
    spellings: Mapping[str, Sequence[str]] = {}
    """Units that the sheets spell in several ways, by the spelling that was taken."""

    @property
    def rejected(self) -> list[Rejected]:
        """Every rejection, in the order of the file."""
        return [found for read in self.reads for found in read.rejected]

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not any(read.items or read.changed or read.entries for read in self.reads)
