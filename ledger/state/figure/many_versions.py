"""The figures of many versions of a ledger, each on a day of its own, for little more than those of one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from ledger.model.claim import Seal
from ledger.model.entry import Entry
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.setting import Settings
from ledger.state.board import Board, Standing
from ledger.state.course import Course
from ledger.state.decision import Decisions
from ledger.state.figure.many_days import (
    NOTHING,
    DayCount,
    Share,
    Tally,
    mean_of,
    share_of,
    stale_from,
    turns_of,
    with_actions,
)

_DATE = itemgetter(0)


class _Judged(NamedTuple):
    """How an item stands, what that rests on, and the day from which time alone may change it."""

    item: Item
    own: tuple[Entry, ...]
    turn: date
    standing: Standing
    share: Share


class _VersionBoard(Board):
    """A board that goes from version to version and judges anew only items of which something may have changed."""

    def __init__(self) -> None:
        # Not the board of one version: nothing is judged before the first.
        self._asking = set()
        self._known: dict[str, _Judged] = {}
        self.tallies: dict[str, Tally] = {}
        self._settings: Settings | None = None
        self._sealed: tuple[Seal, ...] = ()

    def go(self, ledger: Ledger, day: date) -> None:
        """Takes the board to a version and a day no earlier than the one before."""
        decisions = Decisions.of(ledger)
        # A seal that is added may tell which lines a unit may still take back by itself, where anybody is named at all.
        sealed = ledger.claims.seals if decisions.approvals.events else ()
        if ledger.settings is not self._settings or sealed != self._sealed:
            self._settings, self._sealed = ledger.settings, sealed
            self._known = {}
            self.tallies = {book.id: Tally() for book in ledger.settings.books}
        self.ledger, self.day, self.present = ledger, day, ledger.settings.present_names
        self.decisions = decisions
        for name in ("by_id", "_below", "below"):
            self.__dict__.pop(name, None)
        above = {ledger.items[number].id for number in with_actions(ledger)}
        known, self._known = self._known, {}
        found: dict[str, _Judged] = {}
        for item in ledger.items:
            key, own = item.id, ledger.journal[item.id]
            while key in found:  # a fault of the plan, but no reason to count one of the two for ever
                key += "\0"
            before = known.get(key)
            if before and before.item is item and day < before.turn and item.id not in above and before.own == own:
                found[key] = before
            else:
                found[key] = self._judge(item, own)
        self.everything = tuple(judged.standing for judged in found.values())
        self.standings = tuple(standing for standing in self.everything if standing.exists)
        self.withdrawn = tuple(s for s in self.everything if s.is_added and s.course.withdrawn is not None)
        self._count(known, found)

    def _judge(self, item: Item, own: tuple[Entry, ...]) -> _Judged:
        """How an item stands; its share is counted only when all items are known."""
        coming = bisect_right(own, self.day, key=_DATE)
        standing = Standing(self, item, Course(self.decisions.in_effect(item, own[:coming], self.day)))
        turns = [day for day in turns_of(standing) if day > self.day]
        turns += [day for day in (stale_from(standing),) if day and day > self.day]
        turns += [own[coming].date] if coming < len(own) else []
        return _Judged(item, own, min(turns, default=date.max), standing, NOTHING)

    def _count(self, known: dict[str, _Judged], found: dict[str, _Judged]) -> None:
        """Puts the shares of this version in the place of those of the version before."""
        for key, judged in found.items():
            before = known.pop(key, None)
            if judged is not before:
                if before is not None:
                    self.tallies[before.item.book].put(before.share, NOTHING)
                judged = judged._replace(share=share_of(judged.standing))
                self.tallies[judged.item.book].put(NOTHING, judged.share)
            self._known[key] = judged
        for gone in known.values():
            self.tallies[gone.item.book].put(gone.share, NOTHING)


def counts_of(versions: Iterable[tuple[Ledger | None, date]]) -> Iterator[DayCount | None]:
    """The figures of each version on its day, the days in order; None for a version that nobody knows.

    They are those that `count` finds on a board of that version and day.
    """
    board = _VersionBoard()
    for ledger, day in versions:
        if ledger is None:
            yield None
            continue
        board.go(ledger, day)
        nodes = ledger.settings.time_nodes
        books = {id_: tally.count(day, nodes) for id_, tally in board.tallies.items()}
        yield DayCount(day, books, mean_of(list(board.tallies.values())))
