"""Promises: an item and a deadline in force, from the day it was made to the day it was kept, moved, broken or dropped.

Each round of an item and each of its deadlines is a promise of its own (design §10).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from ledger.model.entry import Entry
from ledger.model.item import Target
from ledger.model.record import NamedTuple
from ledger.state.board import Standing
from ledger.state.course import amended, day_of
from ledger.state.reading import even_mean, last_reading, target_progress

QUARTERS = 4
"""Into how many parts the way to the targets is divided."""


class Promise(NamedTuple):
    """A deadline that was in force for an item from `made` on, and what became of it by the day of the board.

    `ended` is the day from which it no longer stood, by the date of the line that ended it: done, moved or withdrawn;
    None while it stands. `kept_from` is the date of the line that says it was done in time, None if none does.
    `void_from` is the date from which it is no evidence: withdrawn, or done on a day that nobody knows.
    """

    standing: Standing
    made: date
    due: date
    ended: date | None = None
    kept_from: date | None = None
    void_from: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it stood open on a day, its last one included."""
        return self.made <= day <= self.due and (self.ended is None or day < self.ended)

    def month_ends(self) -> Iterator[date]:
        """The last days of months on which it stood open."""
        last = self.due if self.ended is None else min(self.due, self.ended - timedelta(days=1))
        day = _month_end(self.made)
        while day <= last:
            yield day
            if day.year == date.max.year and day.month == date.max.month:
                return
            day = _month_end(day + timedelta(days=1))


def _month_end(day: date) -> date:
    if (day.year, day.month) == (date.max.year, date.max.month):
        return date.max
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def promises(standing: Standing) -> list[Promise]:
    """Every promise of an item by the lines up to the day of its board, in the order in which they were made."""
    added = standing.item.added or standing.board.ledger.settings.start
    if added is None:
        return []
    found: list[Promise] = []
    open_round = _Round(standing, found)
    if standing.original is not None:
        open_round.promise(added, standing.original)
    for entry in standing.course.entries:
        open_round.follow(entry)
    open_round.close()
    return found


class _Round:
    """One round of an item while its lines are followed: its promises so far, and whether it is done."""

    def __init__(self, standing: Standing, found: list[Promise]) -> None:
        self.standing = standing
        self.found = found
        self.own: list[Promise] = []
        self.due: date | None = None
        self.done: list[Entry] = []

    def promise(self, made: date, due: date) -> None:
        self.due = due
        self.own.append(Promise(self.standing, made, due))

    def end(self, day: date, *, dropped: bool = False) -> None:
        """The promise that stands ends; one that is past its day has been broken and stays so."""
        if self.own and self.own[-1].ended is None:
            last = self.own[-1]
            gone = day if dropped and day <= last.due else None
            self.own[-1] = last._replace(ended=day, void_from=gone)

    def follow(self, entry: Entry) -> None:
        until = entry.until_day
        if entry.event == "extend" and until is not None:
            if until != self.due and not self.done:
                self.end(entry.date)
                self.promise(entry.date, until)
            self.due = until
        elif entry.event == "done" or (entry.event == "close" and entry.key != "stage"):
            self.end(entry.date)
            self.done.append(entry)
        elif entry.event == "lookback" and entry.key == "relapsed":
            self._begin(entry.date, self.due)
        elif entry.event == "reopen" and until is not None:
            self._begin(entry.date, until)
        elif entry.event == "withdraw":
            self.end(entry.date, dropped=True)

    def _begin(self, day: date, due: date | None) -> None:
        """A new round with its own promise; none where the old deadline is over."""
        self.end(day)
        self.close()
        self.own, self.done, self.due = [], [], due
        if due is not None and due >= day:
            self.promise(day, due)

    def close(self) -> None:
        """What the round says of each of its promises: done by its day, on a day nobody knows, or not."""
        for own in self.own:
            sure = [done for done in self.done if done.approx != "before" and day_of(done) <= own.due]
            vague = [done for done in self.done if done.approx == "before"]
            kept_from = min((done.date for done in sure), default=None)
            void_from = own.void_from
            if kept_from is None and vague and void_from is None:
                void_from = min(done.date for done in vague)
            self.found.append(own._replace(kept_from=kept_from, void_from=void_from))


def quarter(standing: Standing, day: date) -> int | None:
    """Which quarter of the way to its targets an item had reached on a day, 0 to 3, by what was known then.

    None where a target had no reading. Ask only for items that have targets with a goal.
    """
    item, course = standing.item, standing.course
    if course.amendments:
        item = amended(standing.plan, (entry for entry in course.entries if entry.date <= day))
    shares = [_reached(standing, target, day) for target in item.targets if target.goal is not None]
    if not shares or any(share is None for share in shares):
        return None
    mean = even_mean(shares)
    return None if mean is None else min(int(mean * QUARTERS), QUARTERS - 1)


def _reached(standing: Standing, target: Target, day: date) -> Fraction | None:
    """The progress of a target on a day, a share from 0 to 1; None without a reading."""
    given, expected = standing.shares_of(target)
    reading = last_reading(target, [share for share in given if share[1].date <= day], expected)
    return None if reading is None else target_progress(target, reading)


def has_targets(standing: Standing) -> bool:
    """Whether an item has a target with a goal, so that a quarter of its way can be told."""
    return any(target.goal is not None for target in standing.item.targets)
