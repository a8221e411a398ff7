"""The course of one item up to a day: what its entries add up to, and where they move its deadline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter

from ledger.model.entry import ACTIVE, RANKS, Entry
from ledger.model.item import IMMEDIATE, Item
from ledger.model.period import days_after
from ledger.model.setting import LATER, Settings, TimeNode

_VOID = RANKS["void"]
_RANK, _EVENT = itemgetter(1), itemgetter(3)


class Course:
    """What happened to an item, entry by entry. Made once for a day and then only read."""

    __slots__ = (
        "active",
        "amendments",
        "closed_on",
        "done_by",
        "entries",
        "expected",
        "foreseen",
        "kinds",
        "met",
        "moves",
        "orders",
        "percent",
        "relapsed",
        "reopened_on",
        "withdrawn",
    )  # fmt: skip

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.kinds = frozenset(map(_EVENT, entries))
        """The events that occur: most questions about an item are settled by what it does not have."""
        self.active = False
        self.amendments = 0
        self.done_by: Entry | None = None
        """The entry from which it counts as done in the current round."""
        self.closed_on: date | None = None
        self.relapsed = False
        self.reopened_on: date | None = None
        self.foreseen: date | None = None
        """The day of a relapse that a reopening of the same day has already taken into account."""
        self.moves: list[Entry] = []
        """Extensions and reopenings: each moved the deadline from its date on."""
        self.met: dict[str, date] = {}
        """The first day each milestone was reported met."""
        self.orders: list[Entry] = []
        """Supervision orders that are not lifted."""
        self.expected: Entry | None = None
        self.percent: Entry | None = None
        self.withdrawn: Entry | None = None
        self._follow()

    @property
    def done_on(self) -> date | None:
        """The day from which it counts as done."""
        return self.done_by.date if self.done_by else None

    @property
    def done(self) -> bool:
        """Done or closed, and not relapsed since."""
        return self.done_by is not None

    def _follow(self) -> None:
        for entry in self.entries:
            event = entry[3]
            if event in ACTIVE:
                self.active = True
                if event == "progress":
                    self.percent = entry
                elif event == "milestone":
                    self.met.setdefault(entry.key, entry.date)
            elif event == "done" or event == "close":
                self._finish(entry)
            elif event == "lookback":
                self._look_back(entry)
            elif event == "reopen":
                self._reopen(entry)
            elif event == "extend":
                self.moves.append(entry)
            elif event == "amend":
                self.amendments += 1
            elif event == "withdraw":
                self.withdrawn = entry
            elif event == "supervise":
                self.orders.append(entry)
            elif event == "lift":
                self.orders = [order for order in self.orders if not lifts(entry, order)]
            elif event == "expect":
                self.expected = entry

    def _finish(self, entry: Entry) -> None:
        self.relapsed = False
        self.done_by = self.done_by or entry
        if entry.event == "close":
            self.closed_on = self.closed_on or entry.date

    def _look_back(self, entry: Entry) -> None:
        """A failed look-back ends the round; one that `_reopen` already took into account changes nothing."""
        if entry.key == "relapsed" and self.foreseen != entry.date:
            self.relapsed = True
            self.done_by = self.closed_on = None

    def _reopen(self, entry: Entry) -> None:
        """Starts a new round, but only after a relapse; one found on the same day counts, though it is listed later."""
        same_day = any(
            other.event == "lookback" and other.key == "relapsed" and other.date == entry.date for other in self.entries
        )
        if self.relapsed or same_day:
            self.foreseen = None if self.relapsed else entry.date
            self.relapsed = False
            self.done_by = self.closed_on = None
            self.active = True
            self.reopened_on = entry.date
            self.moves.append(entry)


def lifts(lift: Entry, order: Entry) -> bool:
    """Whether a lifting ends an order: it names its kind, its document, or neither and then ends all."""
    return (not lift.key or lift.key == order.key) and (not lift.doc or not order.doc or lift.doc == order.doc)


def in_force(entries: tuple[Entry, ...], day: date) -> tuple[Entry, ...]:
    """The entries of an item dated up to `day` that no entry of that time has voided, voids themselves left out."""
    if entries and entries[-1].date > day:
        entries = tuple(entry for entry in entries if entry.date <= day)
    if _VOID in map(_RANK, entries):
        gone = voided(entries)
        return tuple(entry for entry in entries if entry.event != "void" and entry not in gone)
    return entries


def voided(entries: Iterable[Entry]) -> set[Entry]:
    """The entries that a void among them takes back. A void that is itself taken back later has no effect."""
    entries = tuple(entries)
    gone: set[Entry] = set()
    for void in reversed([entry for entry in entries if entry.event == "void"]):
        if void not in gone:
            gone.update(entry for entry in entries if entry is not void and names(void.key, entry))
    return gone


def names(name: str, entry: Entry) -> bool:
    """Whether `DATE/EVENT/KEY/VALUE/BY` names the entry; empty parts at its end may be left out."""
    return reference(entry) == name.rstrip("/")


def reference(entry: Entry) -> str:
    """`DATE/EVENT/KEY/VALUE/BY` of an entry, as a `void` names it, without the empty parts at its end."""
    return "/".join((entry.date.isoformat(), entry.event, entry.key, entry.value, entry.by)).rstrip("/")


def original_deadline(item: Item, settings: Settings) -> date | None:
    """The day by which the plan wants the item done; None where it names no day."""
    if isinstance(item.due, date):
        return item.due
    added = item.added or settings.start
    if item.due == IMMEDIATE and added is not None:
        return days_after(added, settings.warning.immediate_days)
    return None


def moved_deadline(item: Item, settings: Settings, moves: Sequence[Entry]) -> date | None:
    """The deadline after extensions and reopenings, of which the last one counts."""
    return moves[-1].until_day if moves else original_deadline(item, settings)


def node_of(deadline: date | None, nodes: Sequence[TimeNode]) -> str:
    """The id of the time node a deadline belongs to; `later` beyond the last, an empty text without a deadline."""
    if deadline is None:
        return ""
    return next((node.id for node in nodes if deadline <= node.date), LATER)
