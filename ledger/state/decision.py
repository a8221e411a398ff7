"""What has effect: the lines about an item without those that somebody recorded who may not decide them.

A line is judged by who decided on its date, and by the lead and the responsible units in force before that date, so it
never judges itself, and nothing that comes later changes the judgement. What is objected to stands on record and is an
error (509), but moves no deadline, changes no field and no state. A `done` or `close` that somebody else decides counts
as a request for it.

Whoever needs the course of an item asks `in_effect`; that is the only place where lines are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter

from ledger.model.claim import Seal
from ledger.model.entry import EVENTS, Entry, rank
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.state.amendment import amended
from ledger.state.approval import Approvals
from ledger.state.course import in_force, names, voided

ASKED = frozenset({"done", "close"})
"""Events of which a line without effect counts as a request."""

NO_ITEM = Item("", "")
"""What returns are about: a void of one is judged like any other, and is nobody's own item."""

_OWNING = frozenset({"lead", "responsible"})
_EVENT = itemgetter(Entry._fields.index("event"))


class Decisions:
    """Which lines of a ledger have effect. Where the settings name nobody who decides, all have, at no cost."""

    def __init__(self, settings: Settings, seals: Sequence[Seal] = ()) -> None:
        self.approvals = Approvals(settings)
        self._closes = settings.week.closes
        self._seals = seals

    @classmethod
    def of(cls, ledger: Ledger) -> Decisions:
        """The decisions of a ledger by its own settings."""
        return cls(ledger.settings, ledger.claims.seals)

    def in_effect(self, item: Item, entries: tuple[Entry, ...], day: date) -> tuple[Entry, ...]:
        """The lines about an item dated up to `day` that have effect, in order; voided ones and voids left out."""
        objected = self.objections(item, entries, day)
        if not objected:
            return in_force(entries, day)
        standing = in_force(_without_void(entries, objected), day)
        if objected.keys().isdisjoint(standing):
            return standing
        kept = [entry for entry in standing if entry not in objected]
        asked = [_as_request(entry) for entry in standing if entry in objected and entry.event in ASKED]
        return tuple(sorted([*kept, *asked]))

    def on_record(self, item: Item, entries: tuple[Entry, ...], day: date) -> tuple[Entry, ...]:
        """The lines up to `day` that no void takes back, whether they have effect or not; voids left out."""
        return in_force(_without_void(entries, self.objections(item, entries, day)), day)

    def objected(self, item: Item, entries: tuple[Entry, ...], day: date) -> dict[Entry, Words]:
        """The lines on record up to `day`, voids among them, that are objected to, with what is wrong with each."""
        found = self.objections(item, entries, day)
        if not found:
            return {}
        gone = voided(entry for entry in _without_void(entries, found) if entry.date <= day)
        return {entry: why for entry, why in found.items() if entry not in gone}

    def objections(self, item: Item, entries: Sequence[Entry], day: date) -> Mapping[Entry, Words]:
        """Every line dated up to `day`, given in order, that was not for its unit to decide, with the reason."""
        events = self.approvals.events
        if not events or events.isdisjoint(map(_EVENT, entries)):
            return {}
        found: dict[Entry, Words] = {}
        before: tuple[date, set[str]] | None = None
        for entry in entries:
            if entry.event not in events or entry.date > day or entry in found:
                continue
            if before is None or before[0] != entry.date:
                before = entry.date, self._own_before(item, entries, entry.date, found)
            if entry.event == "void" and self._is_own_void(entry, entries):
                continue
            why = self.approvals.objection(entry, before[1])
            if why is not None:
                found[entry] = why
        return found

    def _own_before(self, item: Item, entries: Sequence[Entry], day: date, found: Mapping[Entry, Words]) -> set[str]:
        """The lead and the responsible units that were in force before a day."""
        earlier = tuple(entry for entry in entries if entry.date < day and entry not in found)
        if any(entry.event == "amend" and entry.key in _OWNING for entry in earlier):
            item = amended(item, in_force(earlier, day))
        return self.approvals.own_units(item)

    def _is_own_void(self, void: Entry, entries: Sequence[Entry]) -> bool:
        """Whether a unit takes back what it said itself, and of which nothing has been reported upwards yet."""
        named = [entry for entry in entries if entry is not void and names(void.key, entry)]
        return bool(named) and all(self._is_own(entry, void, entries) for entry in named)

    def _is_own(self, entry: Entry, void: Entry, entries: Sequence[Entry]) -> bool:
        if entry.by and self.approvals.canonical(entry.by) != self.approvals.canonical(void.by):
            return False
        if any(entry.date <= seal.through < void.date for seal in self._seals):
            return False
        if (void.date - entry.date).days >= (void.date.weekday() - self._closes) % 7 + 7:
            # It is as old as the last closing day but one.
            return False
        return self._is_own_void(entry, entries) if entry.event == "void" else EVENTS[entry.event].is_own


def _without_void(entries: tuple[Entry, ...], objected: Mapping[Entry, Words]) -> tuple[Entry, ...]:
    """The lines without the voids that have no effect."""
    if not any(entry.event == "void" for entry in objected):
        return entries
    return tuple(entry for entry in entries if entry.event != "void" or entry not in objected)


def _as_request(entry: Entry) -> Entry:
    """A `done` or `close` as the request that it amounts to, at the place where it stands."""
    return entry._replace(event="request", key=entry.event, rank=rank("request", entry.event, ()), approx="")
