"""Who decides what on which day, and which lines have effect: those of somebody who may not decide have none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter

from ledger.model.claim import Seal
from ledger.model.entry import EVENTS, Entry, rank
from ledger.model.item import UNSTATED, Item
from ledger.model.ledger import Ledger
from ledger.model.setting import Approver, Settings
from ledger.model.words import Words
from ledger.state.course import Named, amended, dated_up_to, in_force, voided

WAIVE = "waive"
"""What a waiver is to `decides`: the one decision that is no line of the journal."""

APPROVED = frozenset(event.name for event in EVENTS.values() if event.is_decision) | {WAIVE}
"""What approvers decide where `decides` says nothing of it; who declines is who decides what was asked for."""


class Approvals:
    """Who decides in a ledger, under the names that everybody bears now."""

    def __init__(self, settings: Settings) -> None:
        self._present = settings.present_names
        self._approvers = settings.approvers
        self._decides = dict(settings.decides)
        deciders = (*settings.approvers, *(one for own in self._decides.values() for one in own))
        self._former = {name: one.name for one in deciders for name in one.was}
        named = {name.partition(".")[0] for name in self._decides}
        self.events = frozenset((*named, *(APPROVED if self._approvers else ()), *(["decline"] if named else ())))
        """The events of which some line may be objected to; of all others none is."""

    def canonical(self, name: str) -> str:
        """The name that a unit or approver bears now."""
        now = self._present.get(name, name)
        if now == name and name in self._former:
            now = self._former[name]
        return self._present.get(now, now)

    def own_units(self, *items: Item) -> set[str]:
        """The lead and the responsible units of an item, in each of these versions of it."""
        named = (unit for item in items for unit in (item.lead, *item.responsible))
        return {self.canonical(unit) for unit in named if unit != UNSTATED}

    def deciders(self, event: str, key: str = "") -> tuple[Approver, ...]:
        """Who decides an event, on whatever days; nobody if it is decided by whoever records it."""
        names = _names(event, key)
        for name in names:
            if name in self._decides:
                return self._decides[name]
        return self._approvers if names[-1] in APPROVED else ()

    def objection(self, entry: Entry, own: set[str]) -> Words | None:
        """What is wrong with a decision by `by` of a line about an item whose units are `own`; None if nothing is."""
        return self._objection(self.deciders(entry.event, entry.key), entry.by, entry.date, own)

    def objection_to_waiver(self, by: str, day: date, own: set[str]) -> Words | None:
        """The same of a waiver as it stands on a day. It bears no date: what somebody waived holds after his time."""
        deciders = [one._replace(until=None) for one in self.deciders(WAIVE)]
        return self._objection(deciders, by, day, own)

    def _objection(self, deciders: Iterable[Approver], by: str, day: date, own: set[str]) -> Words | None:
        deciders = tuple(deciders)
        if not deciders:
            return None
        if not by:
            return Words("没有批准人", "by nobody")
        named = [one for one in deciders if self.canonical(one.name) == self.canonical(by)]
        if not named:
            return Words("{by} 无权批准", "by {by}, who is no approver").fill(by=by)
        if not any(one.decides_on(day) for one in named):
            return Words("{by} 在 {day} 无权批准", "by {by}, who did not decide on {day}").fill(by=by, day=day)
        if self.canonical(by) in own:
            return Words("{by} 批准了自己的事项", "by {by}, whose own item it is").fill(by=by)
        return None


def _names(event: str, key: str) -> tuple[str, ...]:
    """The names under which `decides` may speak of an act, the most exact first."""
    if event == "step":
        return f"step.{key}", event
    if event == "decline":
        asked, _, _ = key.partition(":")
        return event, asked
    return (event,)


def names_on(deciders: Iterable[Approver], day: date) -> Words:
    """Those who decide on a day, in a row; nobody if none of them does."""
    names = [one.name for one in deciders if one.decides_on(day)]
    return Words.same("、".join(names)) if names else Words("（当日无人）", "nobody on that day")


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
        self.may_lack_effect = self.approvals.events | {"void"}
        """The events of which a line may have no effect, or take that of another."""
        self._closes = settings.week.closes
        self._seals = seals

    @classmethod
    def of(cls, ledger: Ledger) -> Decisions:
        """The decisions of a ledger by its own settings."""
        return cls(ledger.settings, ledger.claims.seals)

    def in_effect(self, item: Item, entries: tuple[Entry, ...], day: date) -> tuple[Entry, ...]:
        """The lines about an item dated up to `day` that have effect, in order; voided ones and voids left out."""
        if self.may_lack_effect.isdisjoint(map(_EVENT, entries)):
            return dated_up_to(entries, day)
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
        named: Named | None = None
        is_handed_on = any(entry.event == "amend" and entry.key in _OWNING for entry in entries)
        for entry in entries:
            if entry.event not in events or entry.date > day or entry in found:
                continue
            if before is None or (is_handed_on and before[0] != entry.date):
                before = entry.date, self._own_before(item, entries, entry.date, found)
            if entry.event == "void":
                named = named or Named(entries)
                if self._is_own_void(entry, named):
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

    def _is_own_void(self, void: Entry, named: Named) -> bool:
        """Whether a unit takes back what it said itself, and of which nothing has been reported upwards yet."""
        meant = named.by(void)
        return bool(meant) and all(self._is_own(entry, void, named) for entry in meant)

    def _is_own(self, entry: Entry, void: Entry, named: Named) -> bool:
        if entry.by and self.approvals.canonical(entry.by) != self.approvals.canonical(void.by):
            return False
        if any(entry.date <= seal.through < void.date for seal in self._seals):
            return False
        if (void.date - entry.date).days >= (void.date.weekday() - self._closes) % 7 + 7:
            # It is as old as the last closing day but one.
            return False
        return self._is_own_void(entry, named) if entry.event == "void" else EVENTS[entry.event].is_own


def _without_void(entries: tuple[Entry, ...], objected: Mapping[Entry, Words]) -> tuple[Entry, ...]:
    """The lines without the voids that have no effect."""
    if not any(entry.event == "void" for entry in objected):
        return entries
    return tuple(entry for entry in entries if entry.event != "void" or entry not in objected)


def _as_request(entry: Entry) -> Entry:
    """A `done` or `close` as the request that it amounts to, at the place where it stands."""
    return entry.but(event="request", key=entry.event, rank=rank("request", entry.event, ()), approx="")
