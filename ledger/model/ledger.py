"""A whole ledger as it was read: the plan, the journal, what was published, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ledger.model.claim import Claims, Waiver
from ledger.model.entry import Entry
from ledger.model.finding import LOSING, UNREADABLE, Finding
from ledger.model.item import Item
from ledger.model.setting import Settings


class Ledger(NamedTuple):
    """`journal` holds the entries of each item in their order, exact duplicates once; `orphans` those of no item.

    `workdays` are the days of `workdays.yaml`, true if worked.
    `texts` are the texts of the files that were read, by path, for excerpts and positions.
    """

    settings: Settings
    items: tuple[Item, ...]
    journal: Mapping[str, tuple[Entry, ...]]
    orphans: tuple[Entry, ...]
    claims: Claims
    waivers: tuple[Waiver, ...]
    workdays: Mapping[date, bool]
    findings: tuple[Finding, ...]
    texts: Mapping[str, str]
    returns: tuple[Entry, ...] = ()
    """Entries of no item: the returns that came in, and the voids that take one back."""
    broken: frozenset[str] = frozenset()
    """Books, and `journal`, of which something could not be read."""

    @property
    def unread(self) -> list[Finding]:
        """What kept a file, or a value in it, from being read."""
        return [finding for finding in self.findings if finding.code in UNREADABLE and finding.severity == "error"]

    @property
    def lost(self) -> list[Finding]:
        """What kept whole files or folders from being read: of these nobody knows what they say."""
        return [one for one in self.unread if one.code in LOSING and one.place.path not in self.texts]

    @property
    def first_entry(self) -> date | None:
        """The day of the earliest entry; None without any. Of the days before it nobody knows how anything stood."""
        firsts = [own[0].date for own in self.journal.values() if own]
        return min([*firsts, *(entry.date for entry in self.returns)], default=None)

    def book(self, name: str) -> list[Item]:
        """The items of a book in the order of its files."""
        return [item for item in self.items if item.book == name]

    def item(self, id_: str) -> Item | None:
        """The item of that id, or None."""
        return next((item for item in self.items if item.id == id_), None)
