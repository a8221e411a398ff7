"""The figures of many versions of a ledger, each on a day of its own, for little more than those of one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

from ledger.model.claim import Seal
from ledger.model.entry import Entry
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.once import once
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.state.board import Board, Standing
from ledger.state.decision import Decisions
from ledger.state.figure.many_days import DayCount, counts_on
from ledger.state.figure.moving import ANYTHING, Judged, above, judged, judged_on, leaning
from ledger.state.figure.tally import NOTHING, Share, Tally, mean_of, share_of

_DATE = attrgetter("date")


class _Known(NamedTuple):
    """How an item stands in a version, and what it adds to its book."""

    own: tuple[Entry, ...]
    """Its lines, also those of later days."""
    turn: date
    """The day from which time or a line that is known already may change how it stands."""
    judged: Judged
    above: frozenset[str]
    """The ids of the items under which it may stand."""
    hinges: bool
    """Whether seals matter for it: a line of it is taken back, or its true day is only known to be before some day."""
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
        if ledger.settings is not self._settings:
            self._settings, self._sealed = ledger.settings, ledger.claims.seals
            self._known = {}
            self.tallies = {book.id: Tally() for book in ledger.settings.books}
        is_resealed, self._sealed = ledger.claims.seals != self._sealed, ledger.claims.seals
        self.ledger, self.day, self.present = ledger, day, ledger.settings.present_names
        self.decisions = Decisions.of(ledger)
        for name in ("everything", "by_id", "standings", "withdrawn", "_below", "below"):
            self.__dict__.pop(name, None)
        if self._known and ledger.items == self._items:
            anew, before = self._judge_changed(is_resealed=is_resealed)
        else:
            anew, before = self._judge_plan(is_resealed=is_resealed)
        self._lean(anew, before)
        self._count(anew, before)

    @once
    def everything(self) -> tuple[Standing, ...]:
        """Every item of the version, as it stands on the day."""
        return tuple(known.judged.standing for known in self._known.values())

    def count(self, ledger: Ledger, day: date) -> DayCount:
        """The figures of a version on a day no earlier than that of the one before."""
        self.go(ledger, day)
        nodes = ledger.settings.time_nodes
        books = {id_: tally.count(day, nodes) for id_, tally in self.tallies.items()}
        return DayCount(day, books, mean_of(list(self.tallies.values())))

    def _judge_changed(self, *, is_resealed: bool) -> tuple[set[str], dict[str, _Known]]:
        """Judges the items of which this version says something else, or which time has changed.

        Gives their keys, and what was known of them.
        """
        journal, day = self.ledger.journal, self.day
        before: dict[str, _Known] = {}
        suspect = [
            (key, known)
            for key, known in self._known.items()
            if known.own is not journal[known.judged.item.id] or known.turn <= day or (is_resealed and known.hinges)
        ]
        for key, known in suspect:
            own = journal[known.judged.item.id]
            is_sealed_otherwise = is_resealed and known.hinges
            if known.turn <= day or known.own != own or is_sealed_otherwise:
                before[key] = known
                self._known[key] = self._judge(known.judged.item, own, None if is_sealed_otherwise else known)
        return set(before), before

    def _judge_plan(self, *, is_resealed: bool) -> tuple[set[str], dict[str, _Known]]:
        """The same for a version whose plan differs; what was known of every item of the version before is given."""
        ledger = self.ledger
        before, self._known = self._known, {}
        self._items = ledger.items
        self._linking = {}
        anew: set[str] = set()
        found = self._known
        for item in ledger.items:
            for id_ in item.linked("actions"):
                self._linking.setdefault(id_, []).append(item.id)
            key, own = item.id, ledger.journal[item.id]
            while key in found:  # a fault of the plan, but no reason to count one of the two for ever
                key += "\0"
            known = before.get(key)
            if known is None or (is_resealed and known.hinges):
                found[key] = self._judge(item, own, None)
            elif known.judged.item is item and self.day < known.turn and known.own == own:
                found[key] = known
                continue
            else:
                found[key] = self._judge(item, own, known)
            anew.add(key)
        return anew, before

    def _judge(self, item: Item, own: tuple[Entry, ...], known: _Known | None) -> _Known:
        """How an item stands; its share is counted only when all items are known."""
        coming = bisect_right(own, self.day, key=_DATE)
        fresh = _fresh(known.judged, item, own[:coming]) if known else None
        if known is None or fresh is None:
            now, ids = judged(self, item, own[:coming]), frozenset(above(item, own[:coming]))
        else:
            now = judged_on(self, known.judged, fresh)
            ids = known.above.union(above(item, fresh)) if fresh else known.above
        turn = min(now.turn, own[coming].date) if coming < len(own) else now.turn
        hinges = any(entry.event == "void" or entry.approx == "before" for entry in (own if fresh is None else fresh))
        hinges = hinges or (fresh is not None and known is not None and known.hinges)
        return _Known(own, turn, now, ids, hinges, known.share if known else NOTHING)

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
                    if self._lean_one(one, anew, before):
                        going_on.append(one)
                    one += "\0"

    def _lean_one(self, key: str, anew: set[str], before: dict[str, _Known]) -> bool:
        """Notes that what an item leans on may have changed, and gives whether that was not known yet."""
        now = self._known[key]
        how = leaning(now.judged.standing)
        told = now.judged.changed if key in anew else ""
        if not how or told == ANYTHING:
            return False
        if key not in anew:
            anew.add(key)
            before.setdefault(key, now)
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
            share = known.share
            if changed == ANYTHING:
                share = share_of(standing)
            elif changed:
                share = share.with_progress(standing)
            book, was = known.judged.item.book, last.judged.item.book if last else ""
            if last is not None and was != book:
                self.tallies[was].put(last.share, NOTHING)
                self.tallies[book].put(NOTHING, share)
            elif last is None or share != last.share:
                self.tallies[book].put(last.share if last else NOTHING, share)
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
    for id_, own in ledger.journal.items():
        for at in {bisect_left(days, entry.date) for entry in own}:
            if at < len(days):
                coming[at].append(id_)
    journal: dict[str, tuple[Entry, ...]] = dict.fromkeys(ledger.journal, ())
    for (version, day), ids in zip(versions, coming, strict=True):
        then = version.journal if version else {}
        for id_ in ids:
            own = ledger.journal[id_]
            known = own[: bisect_right(own, day, key=_DATE)]
            # The same tuple where both say the same: what is one object need not be compared again every week.
            journal[id_] = then[id_] if id_ in then and then[id_] == known else known
        yield version, ledger._replace(journal=journal), day
