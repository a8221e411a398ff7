"""A whole ledger as it was read: the plan, the journal, what was published, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ledger.model.claim import Claims, Waiver
from ledger.model.entry import Entry
from ledger.model.finding import LOSING, UNREADABLE, Finding, Source
from ledger.model.item import Item
from ledger.model.record import NamedTuple
from ledger.model.setting import Include, Settings
from ledger.model.words import NO_WORDS, Words

VAST = 600_000
"""Entries and items of included ledgers, an item counting as eight entries, above which not all are kept in memory."""


ABOUT_OTHERS = frozenset({"supervise", "lift", "lookback", "void"})
"""What the parent's journal may say about an item of an included ledger; a void takes back such a line."""


def parted_id(id_: str) -> tuple[str, str]:
    """The include and the item of an id such as `wanzhou/M3`; no include for an id of the ledger's own."""
    name, slash, own = id_.partition("/")
    return (name, own) if slash else ("", id_)


class Child(NamedTuple):
    """An included ledger as it was read (下级台账).

    `read` gives the ledger as it is in its own place: its ids, its settings. `view` gives it as the parent sees it: ids
    such as `wanzhou/M3`, judged by the parent's law, with what the parent's journal says of its items. `named` is that
    view with at least the items that the parent names, as parts or in its journal. Where there is much of it, each is
    read again when it is asked for: whoever looks at all ledgers looks at one after another, and keeps none.
    """

    include: Include
    read: Callable[[], Ledger]
    view: Callable[[], Ledger]
    named: Callable[[], Ledger]
    parts: Callable[[], Ledger]
    """What `named` shows, as it is in its own place."""
    weight: int
    """How much memory it takes, as `Ledger.weight` says."""
    prefix: str
    """What stands before the paths of its files where they are named: `../wanzhou/data/`."""
    revision: str = ""
    """The commit it was read at, or that its bundle came from; empty for the files as they lie."""
    known_on: date | None = None
    """The day of that commit, or the one that its bundle was made for; None for the files as they lie."""
    stated: Mapping[date, bool] = {}
    """Whether each seal held where a bundle was made, by its day: what seals cover is not all in a bundle."""
    notes: tuple[Words, ...] = ()
    """What is to be said of it beside its figures."""
    descends: Callable[[str], bool] = lambda _commit: True
    """Whether a commit lies in the past of the one it was read at."""

    @property
    def own(self) -> Ledger:
        """The ledger as it is in its own place; it may be read anew."""
        return self.read()

    @property
    def pin(self) -> str:
        """The commit, or the hash of the bundle, that names just this version; empty for the files as they lie."""
        return self.include.rev or self.include.sha256


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
    texts: Mapping[str, Source]
    returns: tuple[Entry, ...] = ()
    """Entries of no item: the returns that came in, and the voids that take one back."""
    broken: frozenset[str] = frozenset()
    """Books, and `journal`, of which something could not be read."""

    includes: Mapping[str, Child] = {}
    """The included ledgers by name, those that are left out not among them."""
    absent: tuple[Finding, ...] = ()
    """Why included ledgers cannot be counted; their names are the `key` of each."""
    without: tuple[str, ...] = ()
    """The names of the included ledgers that are left out because somebody asked for it."""
    is_whole: bool = False
    """Whether the items and entries of the included ledgers stand among its own."""

    @property
    def left_out(self) -> Words:
        """What is said where included ledgers are left out; no words where none is."""
        words = Words("不含下级台账：{names}", "without the included ledgers: {names}")
        return words.fill(names=Words("、".join(self.without), ", ".join(self.without))) if self.without else NO_WORDS

    @property
    def weight(self) -> int:
        """How much memory it takes, an entry being 1."""
        return 8 * len(self.items) + sum(map(len, self.journal.values()))

    @property
    def entry_count(self) -> int:
        """How many entries it holds, those of no item among them."""
        return len(self.orphans) + len(self.returns) + sum(map(len, self.journal.values()))

    @property
    def is_vast(self) -> bool:
        """Whether the included ledgers are too much to be kept in memory all at once."""
        return sum(child.weight for child in self.includes.values()) > VAST

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
