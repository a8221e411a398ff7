"""One item in two versions of a ledger, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.compare.journal import JournalPair, journal_pair
from ledger.compare.plan import Names
from ledger.model.entry import Entry
from ledger.model.item import Item
from ledger.model.record import NamedTuple, once
from ledger.model.setting import Settings
from ledger.state.course import names as is_named
from ledger.state.course import voided
from ledger.state.decision import Decisions


class Frame(NamedTuple):
    """What all items of a comparison share: both settings, names of units, who decides, and what had been told.

    `was` and `now` tell what has effect in either version; `decisions`, who may explain a change: the earlier version.
    Facts of days for which `is_told` holds belong to a time that the earlier version already spoke of.
    """

    before: Settings
    after: Settings
    names: Names
    was: Decisions
    now: Decisions
    decisions: Decisions
    sealed: date | None
    newest: date | None

    def is_told(self, day: date) -> bool:
        """On or before the last seal; without seals, before the newest line that there was."""
        if self.sealed is not None:
            return day <= self.sealed
        return self.newest is not None and day < self.newest


class Both:
    """One id: the item in either version, None where the plan has it not, and the lines about it."""

    def __init__(
        self, frame: Frame, id_: str, old: Item | None, new: Item | None,
        before: tuple[Entry, ...], after: tuple[Entry, ...],
    ) -> None:  # fmt: skip
        self.frame = frame
        self.id = id_
        self.old = old
        self.new = new
        self.before = before
        self.after = after
        self.lines = JournalPair()
        self.differs = before != after
        if self.differs:
            self.lines = journal_pair(before, after, frame.names.old, frame.names.new)

    @once
    def counted_before(self) -> tuple[Entry, ...]:
        """The lines of the earlier version that have effect."""
        return self.frame.was.in_effect(self._plans[0], self.before, date.max)

    @once
    def recorded_before(self) -> tuple[Entry, ...]:
        """The lines of the earlier version that no void takes back, with effect or without."""
        return self.frame.was.on_record(self._plans[0], self.before, date.max)

    @once
    def counted_after(self) -> tuple[Entry, ...]:
        """The lines of the later version that have effect in it."""
        return self.frame.now.in_effect(self._plans[-1], self.after, date.max)

    @once
    def _plans(self) -> tuple[Item, ...]:
        """The item in either plan; one without units where none has it."""
        return tuple(item for item in (self.old, self.new) if item is not None) or (Item(self.id, ""),)

    @once
    def fresh(self) -> frozenset[Entry]:
        """Lines that the earlier version did not have, or not with these words."""
        return frozenset(self.lines.fresh) | {pair.new for pair in self.lines.rewritten}

    @once
    def _objected(self) -> frozenset[Entry]:
        """The lines of the later version that are objected to, by the units that either plan gives the item."""
        found = (self.frame.decisions.objections(item, self.after, date.max) for item in self._plans)
        return frozenset(entry for own in found for entry in own)

    def approves(self, entry: Entry) -> bool:
        """Whether a line may explain something: by who decides it, not by the item's own unit, and not rewritten."""
        return entry not in self._objected and all(entry != pair.new for pair in self.lines.rewritten)

    @once
    def voids(self) -> tuple[Entry, ...]:
        """The voids of the later version that have effect in it and are not taken back themselves."""
        if not any(line.event == "void" for line in self.after):
            return ()
        objected = self.frame.now.objections(self._plans[-1], self.after, date.max)
        left = [line for line in self.after if line.event != "void" or line not in objected]
        gone = voided(left)
        return tuple(line for line in left if line.event == "void" and line not in gone)

    def new_void_of(self, entries: Iterable[Entry]) -> Entry | None:
        """The new line that takes back one of these entries, or brings it back by voiding what had taken it back."""
        all_voids = [line for line in self.after if line.event == "void"]
        for entry in entries:
            about = [entry]
            left = all_voids
            while about:
                found = [void for void in left if any(is_named(void.key, line) for line in about)]
                made = next((void for void in found if void in self.voids and void in self.fresh), None)
                if made is not None:
                    return made
                left = [void for void in left if void not in found]
                about = found
        return None

    def same_as(self, made: Entry) -> set[Entry]:
        """The new lines whose effect is told together with that of `made`: of many extensions the last one counts."""
        if made.event not in ("extend", "amend", "withdraw"):
            return {made}
        return {line for line in self.fresh if (line.event, line.key) == (made.event, made.key)}
