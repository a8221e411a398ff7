"""Rows that an import leaves out after all: they would bring errors, or change what is protected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ledger.edit.assignment import RECORDS, Assignment
from ledger.edit.protected import refuse_protected
from ledger.exchange.intake.result import FieldChange, Import, NewEntry, Read, Rejected
from ledger.model.field import Field
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.words import Words
from ledger.storage.plan import item_fields
from ledger.storage.refusal import CannotChange


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


def without_protected(found: Import, ledger: Ledger) -> Import:
    """The import with those rows rejected that would change what the baseline protects."""
    items = {item.id: item for item in ledger.items}
    fields = item_fields(ledger.settings)
    reads = []
    for read in found.reads:
        held = []
        for one in read.changed:
            edits = [_assignment(change, fields) for change in one.changes]
            try:
                refuse_protected(items[one.id], edits, ledger.settings)
            except CannotChange as refused:
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
