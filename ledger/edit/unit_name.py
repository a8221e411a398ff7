"""Names of units as people type them: what differs from a known name in its composition only is that name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import normalize

from ledger.edit.assignment import Assignment
from ledger.edit.fact.journal import Row
from ledger.model.entry_key import Whole, as_typed
from ledger.model.ledger import Ledger
from ledger.model.value import joined, parted
from ledger.model.words import NO_WORDS

_UNIT_KINDS = ("unit", "units")
_UNIT_FIELDS = ("lead", "responsible", "cooperating")


def unit_named(name: str, ledger: Ledger) -> str:
    """The name as the ledger writes it, where only composed and decomposed characters (NFC, NFD) differ.

    A name the ledger does not know is composed: two keyboards must not make two units.
    """
    if name.isascii():
        return name
    composed = meant = normalize("NFC", name)
    for known in _known(ledger):
        if known == name:
            return name
        if known != composed and normalize("NFC", known) == composed:
            meant = known
    return meant


def row_with_units(row: Row, ledger: Ledger) -> dict[str, str]:
    """The row of a journal with `by`, and the units that an amendment names, as the ledger writes them."""
    named = {"by": unit_named(row["by"], ledger)} if row.get("by") else {}
    if row["event"] == "amend" and row.get("key") in _UNIT_FIELDS:
        named["value"] = _units_named(row.get("value", ""), ledger)
    return {**row, **named}


def assignments_with_units(edits: Sequence[Assignment], ledger: Ledger, whole: Whole = as_typed) -> list[Assignment]:
    """The assignments with the units that they name as the ledger writes them; of listed units, those too whose names
    `whole` makes of what was typed. Raises `BadValue` as that does."""
    listed = dict.fromkeys(ledger.settings.present_names, NO_WORDS)

    def named(text: str) -> str:
        return _units_named(joined(whole(name, listed) for name in parted(text)) if listed else text, ledger)

    return [
        edit._replace(text=named(edit.text)) if edit.field and edit.field.kind in _UNIT_KINDS else edit
        for edit in edits
    ]


def _units_named(text: str, ledger: Ledger) -> str:
    return text if text.isascii() else joined(unit_named(name, ledger) for name in parted(text))


def _known(ledger: Ledger) -> Iterable[str]:
    """Every name that the settings, the plan or the journal gives a unit."""
    settings = ledger.settings
    yield from settings.present_names
    yield from settings.decider_names
    for item in ledger.items:
        yield from (item.lead, *item.responsible, *item.cooperating)
    for entries in ledger.journal.values():
        yield from (entry.by for entry in entries)
