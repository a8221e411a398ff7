"""Who decides what, from when until when: the notion behind rule 509, waivers, and changes that count as explained.

`decides` in the settings names who decides an event, or a closing step; of the acts that need approval, what it does
not name is for `approvers` to decide. What nobody is named for is decided by whoever records it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.model.entry import EVENTS, Entry
from ledger.model.item import UNSTATED, Item
from ledger.model.setting import Approver, Settings
from ledger.model.words import Words

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
