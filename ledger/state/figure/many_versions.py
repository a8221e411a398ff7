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
from ledger.state.board import Board
from ledger.state.decision import Decisions
from ledger.state.figure.many_days import DayCount
from ledger.state.figure.moving import ANYTHING, Judged, above, judged, judged_on, leaning
from ledger.state.figure.tally import NOTHING, Share, Tally, mean_of, share_of

_DATE = itemgetter(0)


class _Known(NamedTuple):
    """How an item stands in a version, and what it adds to its book."""

    own: tuple[Entry, ...]
    """Its lines, also those of later days."""
    turn: date
    """The day from which time or a line that is known already may change how it stands."""
    judged: Judged
    above: frozenset[str]
    """The ids of the items under which it may stand."""
    share: Share


class _VersionBoard(Board):
    """A board that goes from version to version and judges anew only items of which something may have changed."""

    def __init__(self) -> None:
        # Not the board of one version: nothing is judged before the first.
        self._asking = set()
        self._known: dict[str, _Known] = {}
        self.tallies: dict[str, Tally] = {}
        self._settings: Settings | None = None
        self._sealed: tuple[Seal, ...] = ()
        self._items: tuple[Item, ...] = ()
        self._linking: dict[str, list[str]] = {}

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
        for name in ("by_id", "standings", "withdrawn", "_below", "below"):
            self.__dict__.pop(name, None)
        if ledger.items != self._items:
            self._items = ledger.items
            self._linking = {}
            for item in ledger.items:
                for id_ in item.linked("actions"):
                    self._linking.setdefault(id_, []).append(item.id)
        before, self._known = self._known, {}
        anew = self._judge_changed(before)
        self._lean(anew, before)
        self.everything = tuple(known.judged.standing for known in self._known.values())
        self._count(anew, before)

    def _judge_changed(self, before: dict[str, _Known]) -> set[str]:
        """Judges the items of which this version says something else, or which time has changed; gives their keys."""
        anew: set[str] = set()
        found, journal, day = self._known, self.ledger.journal, self.day
        for item in self.ledger.items:
            key, own = item.id, journal[item.id]
            while key in found:  # a fault of the plan, but no reason to count one of the two for ever
                key += "\0"
            known = before.get(key)
            if known and known.judged.item is item and day < known.turn and (known.own is own or known.own == own):
                found[key] = known
            else:
                found[key] = self._judge(item, own, known)
                anew.add(key)
        return anew

    def _judge(self, item: Item, own: tuple[Entry, ...], known: _Known | None) -> _Known:
        """How an item stands; its share is counted only when all items are known."""
        coming = bisect_right(own, self.day, key=_DATE)
        before = known.judged if known else None
        fresh = _fresh(before, item, own[:coming]) if before else None
        now = judged(self, item, own[:coming]) if before is None or fresh is None else judged_on(self, before, fresh)
        turn = min(now.turn, own[coming].date) if coming < len(own) else now.turn
        return _Known(own, turn, now, frozenset(above(item, own)), known.share if known else NOTHING)

    def _lean(self, anew: set[str], before: dict[str, _Known]) -> None:
        """Judges anew what leans on items that may stand otherwise now, or that are gone."""
        going_on = [key for key in anew if self._known[key].judged.changed]
        going_on += before.keys() - self._known.keys()
        while going_on:
            key = going_on.pop()
            ids = {id_ for known in (before.get(key), self._known.get(key)) if known for id_ in known.above}
            for id_ in ids.union(self._linking.get(key.rstrip("\0"), ())):
                one = id_
                while one in self._known:
                    if self._lean_one(one, anew):
                        going_on.append(one)
                    one += "\0"

    def _lean_one(self, key: str, anew: set[str]) -> bool:
        """Notes that what an item leans on may have changed, and gives whether that was not known yet."""
        now = self._known[key]
        how = leaning(now.judged.standing)
        told = now.judged.changed if key in anew else ""
        if not how or told == ANYTHING:
            return False
        if key not in anew:
            anew.add(key)
            now = self._judge(now.judged.item, now.own, now)
        if now.judged.changed != ANYTHING:
            now = now._replace(judged=now.judged._replace(changed=how))
        self._known[key] = now
        return now.judged.changed != told

    def _count(self, anew: set[str], before: dict[str, _Known]) -> None:
        """Puts the shares of this version in the place of those of the version before."""
        # In the order of the plan, as a board counts them: of two items under each other the first is asked first.
        for key in [key for key in self._known if key in anew]:
            known = self._known[key]
            last = before.get(key)
            standing, changed = known.judged.standing, known.judged.changed
            if last is None or changed == ANYTHING:
                share = share_of(standing)
            else:
                share = known.share.with_progress(standing) if changed else known.share
            if last is not None and last.judged.item.book != known.judged.item.book:
                self.tallies[last.judged.item.book].put(last.share, NOTHING)
                self.tallies[known.judged.item.book].put(NOTHING, share)
            elif share != known.share or last is None:
                self.tallies[known.judged.item.book].put(last.share if last else NOTHING, share)
            self._known[key] = known._replace(share=share)
        for key in before.keys() - self._known.keys():
            self.tallies[before[key].judged.item.book].put(before[key].share, NOTHING)


def _fresh(before: Judged, item: Item, own: tuple[Entry, ...]) -> tuple[Entry, ...] | None:
    """The lines of later days than those that were known; None if more than these differs."""
    known = len(before.own)
    fresh = own[known:]
    if before.item is not item or own[:known] != before.own:
        return None
    return None if known and fresh and fresh[0].date <= before.own[-1].date else fresh


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
