"""Two versions of a ledger side by side, as the rules against the baseline look at them."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.compare.compare import baseline_named, changes
from ledger.compare.difference import Difference
from ledger.model.finding import UNREADABLE, Place
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.record import once


class PastPlace(Place):
    """A place in the earlier version: what stood there is gone."""


class Versions:
    """The earlier and the later version with everything that differs between them.

    `from_baseline`: the earlier version is the approved plan itself, which cannot know its own commit.
    """

    def __init__(self, before: Ledger, after: Ledger, *, from_baseline: bool = False) -> None:
        self.before = before
        self.after = after
        found = changes(before, after)
        self.differences = baseline_named(found) if from_baseline else found

    @once
    def old(self) -> Mapping[str, Item]:
        """The items of the earlier version by id, the first of each."""
        return {item.id: item for item in reversed(self.before.items)}

    @once
    def new(self) -> Mapping[str, Item]:
        """The items of the later version by id, the first of each."""
        return {item.id: item for item in reversed(self.after.items)}

    @once
    def names_before(self) -> frozenset[str]:
        """Every name that a unit or approver bears anywhere in the earlier version."""
        before = self.before
        named = {*before.settings.present_names, *before.settings.decider_names}
        for item in before.items:
            named.update((item.lead, *item.responsible, *item.cooperating))
        for entries in (*before.journal.values(), before.orphans, before.returns):
            named.update(entry.by for entry in entries)
        return frozenset(named)

    def was_unread(self, one: Difference) -> bool:
        """Whether what stood at this field could not be read in the earlier version: nobody knows what it was."""
        item = self.old.get(one.item)
        return item is not None and item.where.place(*one.field.split(".")) in self._unread_before

    @once
    def _unread_before(self) -> frozenset[Place]:
        return frozenset(finding.place for finding in self.before.findings if finding.code in UNREADABLE)

    def place(self, one: Difference) -> Place:
        """The place of the value that differs; of what is gone the one it had, as `PastPlace`."""
        place = self._exact(one)
        is_past = one.after is None and (one.entry is None or one.path != one.entry.path)
        return PastPlace(*place) if is_past else place

    def _exact(self, one: Difference) -> Place:
        """The place with its column, which a difference does not know."""
        keys = one.field.split(".")
        for items in (self.new, self.old):
            item = items.get(one.item)
            at = item.where.place(*keys) if item else None
            if at is not None and (at.path, at.line) == (one.path, one.line):
                return at
        for ledger in (self.after, self.before):
            at = ledger.settings.where.place(*keys)
            if (at.path, at.line) == (one.path, one.line):
                return at
        return Place(one.path, max(one.line, 1))
