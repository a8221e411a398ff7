"""The figures of many versions of a ledger, each on a day of its own, for little more than those of one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import heappop, heappush
from itertools import compress
from operator import attrgetter, is_not

from ledger.model.claim import Seal
from ledger.model.entry import Entry
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple, once
from ledger.model.setting import Settings
from ledger.state.board import Board, Standing
from ledger.state.decision import Decisions
from ledger.state.figure.many_days import NOTHING, DayCount, Share, Tally, counts_on, mean_of, share_of
from ledger.state.figure.moving import ANYTHING, Judged, above, changed_by, judged, judged_on, leaning

_DATE = attrgetter("date")


class _Known(NamedTuple):
    """How an item stands in a version."""

    judged: Judged
    turn: date
    """The day from which time or a line that is known already may change how it stands."""
    above: frozenset[str]
    """The ids of the items under which it may stand."""
    hinges: bool
    """Whether seals matter for it: a line of it is taken back, or its true day is only known to be before some day."""


class _VersionBoard(Board):
    """A board that goes from version to version and judges anew only items of which something may have changed.

    Items are known by their ids; of several of one id, which is a fault of the plan, the others by longer keys.
    """

    def __init__(self) -> None:
        # Not the board of one version: nothing is judged before the first.
        self._asking = set()
        self._settings: Settings | None = None
        self._sealed: tuple[Seal, ...] = ()
        self._forget()

    def _forget(self) -> None:
        self._known: dict[str, _Known] = {}
        self._items: tuple[Item, ...] = ()
        self._order: dict[str, int] = {}
        """The place of each key in the plan."""
        self._lines: dict[str, tuple[Entry, ...]] = {}
        """The lines of each id, also those of later days, as they were when they were last looked at."""
        self._turns: list[tuple[date, str]] = []
        """The days on which time, or a line that is known already, may change how an item stands; the next first."""
        self._beneath: dict[str, set[str]] = {}
        """The keys that may stand under each id."""
        self._linking: dict[str, list[str]] = {}
        """The ids that link to each id as one of their actions."""
        self._shares: dict[str, Share] = {}
        """What each key adds to its book."""
        self.tallies: dict[str, Tally] = {}
        self._counted: DayCount | None = None

    def go(self, ledger: Ledger, day: date) -> bool:
        """Takes the board to a version and a day no earlier than the one before; whether any item was judged anew."""
        if ledger.settings is not self._settings:
            self._settings, self._sealed = ledger.settings, ledger.claims.seals
            self._forget()
            self.tallies = {book.id: Tally() for book in ledger.settings.books}
        is_resealed, self._sealed = ledger.claims.seals != self._sealed, ledger.claims.seals
        self.ledger, self.day, self.present = ledger, day, ledger.settings.present_names
        self.decisions = Decisions.of(ledger)
        for name in ("everything", "by_id", "standings", "withdrawn", "below"):
            self.__dict__.pop(name, None)
        if self._known and ledger.items == self._items:
            before = self._judge_told(is_resealed=is_resealed)
        else:
            before = self._judge_plan(is_resealed=is_resealed)
        anew = {key for key in before if key in self._known}
        self._lean(anew, before)
        self._count(anew, before)
        return bool(before)

    @once
    def everything(self) -> tuple[Standing, ...]:
        """Every item of the version, as it stands on the day."""
        return tuple(known.judged.standing for known in self._known.values())

    def actions_of(self, id_: str) -> list[Standing]:
        """The existing actions of an item: those under it, and those it links to."""
        under = (self._known[key].judged.standing for key in sorted(self._beneath.get(id_, ())) if key in self._known)
        found = {one.id: one for one in under if one.exists and one.item.under == id_}
        for own in self._standings_of(id_):
            for linked in own.item.linked("actions") if own.exists else ():
                there = next((one for one in self._standings_of(linked) if one.exists), None)
                if there is not None:
                    found[linked] = there
        return list(found.values())

    def count(self, ledger: Ledger, day: date) -> DayCount:
        """The figures of a version on a day no earlier than that of the one before."""
        is_otherwise = self.go(ledger, day)
        if is_otherwise or self._counted is None or self._counted.day != day:
            nodes = ledger.settings.time_nodes
            books = {id_: tally.count(day, nodes) for id_, tally in self.tallies.items()}
            self._counted = DayCount(day, books, mean_of(list(self.tallies.values())))
        return self._counted

    def _keys(self, id_: str) -> tuple[str, ...]:
        """The keys of the items of an id, nearly always one."""
        if id_ not in self._known:
            return ()
        longer = id_ + "\0"
        return (id_,) if longer not in self._known else (id_, *self._keys(longer))

    def _standings_of(self, id_: str) -> Iterator[Standing]:
        return (self._known[key].judged.standing for key in self._keys(id_))

    def _judge_told(self, *, is_resealed: bool) -> dict[str, _Known | None]:
        """Judges the items of which this version says something else, or which time has changed.

        Gives what was known of them, by their keys.
        """
        journal, lines = self.ledger.journal, self._lines
        told = list(compress(lines, map(is_not, lines.values(), map(journal.__getitem__, lines))))
        lines.update((id_, journal[id_]) for id_ in told)
        suspect = {key for id_ in told for key in self._keys(id_)}
        while self._turns and self._turns[0][0] <= self.day:
            _, key = heappop(self._turns)
            if key in self._known and self._known[key].turn <= self.day:
                suspect.add(key)
        resealed = {key for key, known in self._known.items() if known.hinges} if is_resealed else set()
        before: dict[str, _Known | None] = {}
        for key in suspect | resealed:
            known = self._known[key]
            now = self._known[key] = self._judge(key, known.judged.item, None if key in resealed else known)
            if now.judged is not known.judged:
                before[key] = known
        return before

    def _judge_plan(self, *, is_resealed: bool) -> dict[str, _Known | None]:
        """The same for a version whose plan differs; what is gone is given as well, and nothing for what is new."""
        ledger, last = self.ledger, self._known
        self._known, self._items, self._order, self._linking = {}, ledger.items, {}, {}
        self._lines = {item.id: ledger.journal[item.id] for item in ledger.items}
        before: dict[str, _Known | None] = {}
        for place, item in enumerate(ledger.items):
            for id_ in item.linked("actions"):
                self._linking.setdefault(id_, []).append(item.id)
            key = item.id
            while key in self._known:
                key += "\0"
            self._order[key] = place
            known = last.get(key)
            is_new = known is None or (is_resealed and known.hinges)
            now = self._known[key] = self._judge(key, item, None if is_new else known)
            if known is None or now.judged is not known.judged:
                before[key] = known
        return before | {key: known for key, known in last.items() if key not in self._known}

    def _judge(self, key: str, item: Item, known: _Known | None) -> _Known:
        """How an item stands; where none of its figures has changed, it stands as it did."""
        own = self._lines[item.id]
        coming = bisect_right(own, self.day, key=_DATE)
        fresh = _fresh(known.judged, item, own[:coming]) if known else None
        if known is None or fresh is None:
            now, ids = judged(self, item, own[:coming]), frozenset(above(item, own[:coming]))
            hinges = _hinges(own)
        else:
            changed = changed_by(self, known.judged, fresh)
            now = judged_on(self, known.judged, fresh, changed) if changed else known.judged
            ids = known.above.union(above(item, fresh)) if fresh else known.above
            hinges = known.hinges or _hinges(fresh)
        turn = min(now.turn, own[coming].date) if coming < len(own) else now.turn
        if known is None or turn != known.turn:
            heappush(self._turns, (turn, key))
        if known is None or ids is not known.above:
            for id_ in ids:
                self._beneath.setdefault(id_, set()).add(key)
        return _Known(now, turn, ids, hinges)

    def _lean(self, anew: set[str], before: dict[str, _Known | None]) -> None:
        """Judges anew what leans on items that may stand otherwise now, or that are gone."""
        going_on = [key for key in anew if self._known[key].judged.changed]
        going_on += before.keys() - self._known.keys()
        while going_on:
            key = going_on.pop()
            ids = {id_ for known in (before.get(key), self._known.get(key)) if known for id_ in known.above}
            for id_ in ids.union(self._linking.get(key.rstrip("\0"), ())):
                going_on += [one for one in self._keys(id_) if self._lean_one(one, anew, before)]

    def _lean_one(self, key: str, anew: set[str], before: dict[str, _Known | None]) -> bool:
        """Notes that what an item leans on may have changed, and gives whether that was not known yet."""
        now = self._known[key]
        how = leaning(now.judged.standing)
        told = now.judged.changed if key in anew else ""
        if not how or told == ANYTHING:
            return False
        if key not in anew:
            anew.add(key)
            before.setdefault(key, now)
            now = now._replace(judged=judged_on(self, now.judged, (), changed_by(self, now.judged, ())))
        if now.judged.changed != ANYTHING:
            now = now._replace(judged=now.judged._replace(changed=how))
        self._known[key] = now
        return now.judged.changed != told

    def _count(self, anew: set[str], before: dict[str, _Known | None]) -> None:
        """Puts the shares of this version in the place of those of the version before."""
        # In the order of the plan, as a board counts them: of two items under each other the first is asked first.
        for key in sorted(anew, key=self._order.__getitem__):
            now, last, added = self._known[key].judged, before.get(key), self._shares.get(key, NOTHING)
            share = added
            if now.changed == ANYTHING:
                share = share_of(now.standing)
            elif now.changed:
                share = share.with_progress(now.standing)
            book = now.item.book
            if last is not None and last.judged.item.book != book:
                self.tallies[last.judged.item.book].put(added, NOTHING)
                self.tallies[book].put(NOTHING, share)
            elif share != added:
                self.tallies[book].put(added, share)
            self._shares[key] = share
        for key, gone in before.items():
            if gone is not None and key not in self._known:
                self.tallies[gone.judged.item.book].put(self._shares.pop(key), NOTHING)


def _hinges(entries: Iterable[Entry]) -> bool:
    return any(entry.event == "void" or entry.approx == "before" for entry in entries)


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
        yield None if ledger is None else board.count(ledger, day)


def counts_beside(
    versions: Iterable[tuple[Ledger | None, date]], today: Ledger, days: Sequence[date]
) -> Iterator[tuple[DayCount | None, DayCount]]:
    """The figures of each version on its day, as `counts_of` has them, beside those of `today` on the same day.

    `days` are those of the versions, in order. Where a version goes by the settings of today, one board goes from the
    one ledger to the other: they differ in little more than what was recorded late.
    """
    board, other = _VersionBoard(), _VersionBoard()
    # Included ledgers are judged by boards of their own.
    apart = counts_on(today, days) if today.includes else None
    for version, known, day in _beside(versions, today, days):
        then = None
        if version is not None:
            then = (board if version.settings is today.settings else other).count(version, day)
        yield then, next(apart) if apart else board.count(known, day)


def _beside(
    versions: Iterable[tuple[Ledger | None, date]], ledger: Ledger, days: Sequence[date]
) -> Iterator[tuple[Ledger | None, Ledger, date]]:
    """Each version, and the ledger with the entries up to that day: in one journal, which goes on changing."""
    coming: list[list[str]] = [[] for _ in days]
    at = {day: bisect_left(days, day) for own in ledger.journal.values() for day in {entry.date for entry in own}}
    for id_, own in ledger.journal.items():
        for place in {at[entry.date] for entry in own}:
            if place < len(days):
                coming[place].append(id_)
    journal: dict[str, tuple[Entry, ...]] = dict.fromkeys(ledger.journal, ())
    for (version, day), ids in zip(versions, coming, strict=True):
        then = version.journal if version else {}
        for id_ in ids:
            own = ledger.journal[id_]
            known = own[: bisect_right(own, day, key=_DATE)]
            # The same tuple where both say the same: what is one object need not be compared again every week.
            journal[id_] = then[id_] if id_ in then and then[id_] == known else known
        yield version, ledger._replace(journal=journal), day
