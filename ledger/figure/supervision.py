"""Supervision orders: which are open and for how long, and what ended the others."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ledger.figure.board import Board, Standing
from ledger.figure.course import lifts
from ledger.figure.sorting import in_plan_order
from ledger.model.entry import LISTED_KINDS, Entry


class Order(NamedTuple):
    """One order on one item. `ended` is the entry that ended it: a `lift`, or the `withdraw` of its item.

    `running` counts the days from the order's date to its end, or to the day judged; `over` the days past its own
    deadline by then, 0 if it has none or that has not passed.
    """

    standing: Standing
    entry: Entry
    ended: Entry | None
    running: int
    over: int

    @property
    def until(self) -> date | None:
        """The deadline that the order sets."""
        return self.entry.until_day

    @property
    def known(self) -> date:
        """The first day on which the list tells of it: its own date, or the day on which its item was added."""
        added = self.standing.item.added or self.standing.board.ledger.settings.start
        return max(self.entry.date, added) if added else self.entry.date

    @property
    def is_open(self) -> bool:
        """Neither lifted nor gone with its item."""
        return self.ended is None


class Supervision(NamedTuple):
    """The orders open on a day, the longest running first, and those that ended after `since`, the last ended first."""

    day: date
    since: date | None
    open: tuple[Order, ...]
    ended: tuple[Order, ...]

    @property
    def given(self) -> tuple[Order, ...]:
        """The orders dated after `since`, or on items that entered the ledger after it; all of them without it."""
        orders = [*self.open, *self.ended]
        new = [order for order in orders if self.since is None or order.known > self.since]
        return tuple(sorted(new, key=lambda order: order.entry.date))

    @property
    def overdue(self) -> tuple[Order, ...]:
        """The open orders past their own deadline."""
        return tuple(order for order in self.open if order.over)


def supervision(board: Board, since: date | None = None) -> Supervision:
    """The orders on the board's day; `since` is the end of the period before, None for everything that ever ended."""
    everything = in_plan_order(board.everything, board.ledger.settings)
    orders = [order for standing in everything if standing.is_added for order in orders_of(standing)]
    ended = [(order.ended.date, order) for order in orders if order.ended and (not since or order.ended.date > since)]
    return Supervision(
        board.day,
        since,
        tuple(sorted((order for order in orders if order.is_open), key=lambda order: -order.running)),
        tuple(order for _, order in sorted(ended, key=lambda pair: pair[0], reverse=True)),
    )


def orders_of(standing: Standing) -> list[Order]:
    """All orders on an item up to its board's day, in the order of their dates; letters that list nothing are none."""
    ends: dict[Entry, Entry | None] = {}
    for entry in standing.course.entries:
        if entry.event == "supervise" and entry.key in LISTED_KINDS:
            ends[entry] = None
        elif entry.event == "lift":
            for order, end in ends.items():
                if end is None and lifts(entry, order):
                    ends[order] = entry
    return [_order(standing, entry, end or standing.course.withdrawn) for entry, end in ends.items()]


def _order(standing: Standing, entry: Entry, ended: Entry | None) -> Order:
    last = ended.date if ended else standing.board.day
    until = entry.until_day
    return Order(standing, entry, ended, max((last - entry.date).days, 0), max((last - until).days, 0) if until else 0)
