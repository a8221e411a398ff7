"""One item in two versions of a ledger, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ledger.compare.journal import JournalPair, journal_pair
from ledger.compare.plan import Names
from ledger.model.entry import Entry
from ledger.model.item import Item
from ledger.model.setting import Settings
from ledger.state.amendment import amended
from ledger.state.approval import Approvals
from ledger.state.course import in_force, voided
from ledger.state.course import names as is_named
from ledger.state.once import once


class Frame(NamedTuple):
    """What all items of a comparison share: both settings, names of units, who approves, and what had been told.

    Facts of days for which `is_told` holds belong to a time that the earlier version already spoke of.
    """

    before: Settings
    after: Settings
    names: Names
    approvals: Approvals
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
        """The lines of the earlier version that no void takes back."""
        return in_force(self.before, date.max)

    @once
    def counted_after(self) -> tuple[Entry, ...]:
        """The lines of the later version that no void takes back."""
        return in_force(self.after, date.max)

    @once
    def fresh(self) -> frozenset[Entry]:
        """Lines that the earlier version did not have, or not with these words."""
        return frozenset(self.lines.fresh) | {pair.new for pair in self.lines.rewritten}

    @once
    def own(self) -> set[str]:
        """The units that may not approve here: lead and responsible ones, in either version, amended or not."""
        plain = [item for item in (self.old, self.new) if item is not None]
        in_effect = [amended(item, lines) for item in plain for lines in (self.counted_before, self.counted_after)]
        return self.frame.approvals.own_units(*plain, *in_effect)

    def approves(self, entry: Entry) -> bool:
        """Whether a line may explain something: by an approver, not by the item's own unit, and not rewritten."""
        if any(entry == pair.new for pair in self.lines.rewritten):
            return False
        return self.frame.approvals.objection(entry.by, self.own) is None

    @once
    def voids(self) -> tuple[Entry, ...]:
        """The voids of the later version that are not taken back themselves."""
        voids = [line for line in self.after if line.event == "void"]
        gone = voided(self.after) if voids else set()
        return tuple(line for line in voids if line not in gone)

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
