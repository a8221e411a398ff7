"""What an import means, before anything is written: records added, changed, unchanged, and rejected with reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ledger.edit.typed import RECORDS, Assignment
from ledger.model.field import Field
from ledger.model.finding import Finding
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.storage.plan import item_fields


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


def rejected_for(found: Import, errors: Iterable[Finding]) -> tuple[Import, list[Finding]]:
    """The import with those rows rejected that would bring errors into the ledger, and the errors of no row.

    Of several facts about one item all are rejected, for one may rest on another.
    """
    reads = list(found.reads)
    rest: list[Finding] = []
    for error in errors:
        for number, read in enumerate(reads):
            spots = [spot for spot, id_ in read.touched if id_ == error.item]
            spots += [entry.spot for entry in read.entries if _is_about(error, entry)]
            if spots:
                message = Words("{label} {message}", "{label} {message}").fill(label=error.label, message=error.message)
                others = Words("同一事项的另一行有错", "another row of this item has an error")
                reads[number] = without(
                    read,
                    [Rejected(spot, error.item, message if spot is spots[0] else others, error.hint) for spot in spots],
                )
                break
        else:
            rest.append(error)
    return found._replace(reads=reads), rest


def _is_about(error: Finding, entry: NewEntry) -> bool:
    """Whether an error is about a row of the journal: by its item, and one about sealed days by its day too."""
    if entry.row.get("item", "") != error.item:
        return False
    return error.code != 705 or entry.row["date"] == error.key


def without_protected(found: Import, ledger: Ledger, is_approved: Callable[[Item], bool]) -> Import:
    """The import with those rows rejected that would change what the baseline protects of items that it has."""
    from ledger.edit.plan import protected_edits, refusal_of  # noqa: PLC0415 - what is read alone changes no plan

    items = {item.id: item for item in ledger.items}
    fields = item_fields(ledger.settings)
    reads = []
    for read in found.reads:
        held = []
        for one in read.changed:
            edits = [_assignment(change, fields) for change in one.changes]
            item = items[one.id]
            protected = protected_edits(item, edits, ledger.settings)
            if protected and is_approved(item):
                refused = refusal_of(item, protected, ledger.settings)
                held.append(Rejected(one.spot, one.id, refused.message, refused.hint))
        reads.append(without(read, held))
    return found._replace(reads=reads)


def _assignment(change: FieldChange, fields: Mapping[str, Field]) -> Assignment:
    keys = tuple(change.name.split("."))
    is_inner = keys[0] in RECORDS and len(keys) > 2
    return Assignment(keys, RECORDS[keys[0]][keys[2]] if is_inner else fields[keys[0]], change.after)


def without(read: Read, rejected: Sequence[Rejected]) -> Read:
    """The sheet with rows rejected."""
    rows = {row for one in rejected for row in (one.spot.row, *one.rows)}
    return read._replace(
        items=[one for one in read.items if one.spot.row not in rows],
        changed=[one for one in read.changed if one.spot.row not in rows],
        entries=[one for one in read.entries if one.spot.row not in rows],
        rejected=[*read.rejected, *rejected],
    )
