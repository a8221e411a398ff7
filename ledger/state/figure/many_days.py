"""The figures of many days for little more than those of one: only items of which something changed are judged anew."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from ledger.model.ledger import Ledger
from ledger.model.number import total
from ledger.model.once import once
from ledger.model.period import days_after
from ledger.model.setting import TimeNode
from ledger.state.board import STALE_DAYS, Board, Standing
from ledger.state.course import Course
from ledger.state.decision import Decisions
from ledger.state.figure.count import Count, count_of
from ledger.state.figure.table import memberships
from ledger.state.promise import slip, slips_daily
from ledger.state.reading import Mean

_DATE = itemgetter(0)


class MovingBoard(Board):
    """A board that stands on each of `days` in turn, from the earliest; `go` takes it to the next.

    An item is judged anew on a day if an entry of it, its entry into the ledger, its deadline with the days of warning
    around it, or a milestone lies between that day and the day before, or if by then it was silent for too long; and
    always if it has actions or parts. All others keep what is known of them. A year of weeks costs as much as a few
    boards, and no more memory than one. The boards of included ledgers move along.
    """

    def __init__(self, ledger: Ledger, days: Sequence[date]) -> None:
        # Not the board of one day: nothing is judged before the first step.
        self.ledger = ledger
        self.present = ledger.settings.present_names
        self.decisions = Decisions.of(ledger)
        self.days = tuple(sorted(set(days)))
        self._asking = set()
        self._at = -1
        self._judged: list[Standing] = []
        self._waiting: list[set[int]] = [set() for _ in self.days]
        self._items = [item for item in ledger.items if "/" not in item.id] if ledger.is_whole else ledger.items
        self._parents = with_actions(ledger)
        self._turns: dict[int, list[date]] = {}
        at = {day: bisect_left(self.days, day) for own in ledger.journal.values() for day in {e.date for e in own}}
        for number, item in enumerate(self._items):
            for entry in ledger.journal[item.id]:
                if at[entry.date] < len(self.days):
                    self._waiting[at[entry.date]].add(number)

    def go(self) -> Sequence[int]:
        """Takes the board to the next day; gives the numbers of the items in the plan that were judged anew."""
        self._at += 1
        self.day = self.days[self._at]
        self.__dict__.pop("by_id", None)
        self.__dict__.pop("_below", None)
        below = [(board.go(), board) for board in self._below_moving.values()] if self.ledger.is_whole else ()
        if self._at == 0:
            anew = list(range(len(self._items)))
            self._judged = [self._standing(number) for number in anew]
        else:
            anew = sorted(self._waiting[self._at] | self._parents)
            for number in anew:
                self._judged[number] = self._standing(number)
        self._waiting[self._at] = set()
        everything = list(self._judged)
        for numbers, board in below:
            # Their items stand behind the own ones, ledger by ledger, as in the plan.
            anew += (len(everything) + number for number in numbers)
            everything += board.everything
        self.everything = tuple(everything)
        self.standings = tuple(standing for standing in everything if standing.exists)
        self.withdrawn = tuple(s for s in everything if s.is_added and s.course.withdrawn is not None)
        return anew

    @once
    def _below_moving(self) -> dict[str, MovingBoard]:
        return {name: MovingBoard(child.view(), self.days) for name, child in self.ledger.includes.items()}

    @property
    def below(self) -> dict[str, Board]:  # another one each day
        """The boards of the included ledgers on the day on which this one stands."""
        for board in self._below_moving.values():
            while board._at < self._at:
                board.go()
        return dict(self._below_moving)

    def _standing(self, number: int) -> Standing:
        """How an item stands today; and a note of the next day on which time alone may change that."""
        item = self._items[number]
        journal = self.ledger.journal[item.id]
        known = journal[: bisect_right(journal, self.day, key=_DATE)]
        standing = Standing(self, item, Course(self.decisions.in_effect(item, known, self.day)))
        if standing.course.moves or standing.course.amendments:
            turns = sorted(turns_of(standing))
        else:
            turns = self._turns.get(number) or self._turns.setdefault(number, sorted(turns_of(standing)))
        coming = bisect_right(turns, self.day)
        ahead = turns[coming : coming + 1] + [day for day in (stale_from(standing),) if day and day > self.day]
        at = bisect_left(self.days, min(ahead)) if ahead else len(self.days)
        if at < len(self.days):
            self._waiting[at].add(number)
        return standing


def turns_of(standing: Standing) -> list[date]:
    """The days from which time alone may change how an item stands, as long as nothing happens to it."""
    settings = standing.board.ledger.settings
    found = [day for day in (standing.item.added or settings.start, standing.original) if day is not None]
    deadline = standing.deadline
    if deadline is not None:
        found += [deadline, days_after(deadline, 1)]
        if (deadline - date.min).days >= settings.warning.due_soon_days:
            found.append(deadline - timedelta(days=settings.warning.due_soon_days))
    item = standing.item
    for due in (*(milestone.due for milestone in item.milestones), *(target.due for target in item.targets)):
        if due is not None:
            found += [due, days_after(due, 1)]
    return found


def stale_from(standing: Standing) -> date | None:
    """The day from which an item that has milestones may be stale if nothing more is told of it.

    Whether it is on schedule is not asked here: that may rest on items that the board has not reached yet.
    """
    told, item = standing.course.told_on, standing.item
    if told is None or not (item.milestones or any(target.due for target in item.targets)):
        return None
    return days_after(told, STALE_DAYS + 1)


def with_actions(ledger: Ledger) -> frozenset[int]:
    """The numbers in the plan of the items that may have actions below them, or parts in included ledgers: these depend
    on more than themselves."""
    above = {item.under for item in ledger.items if item.under}
    for id_, entries in ledger.journal.items():
        for entry in entries:
            if entry.event == "amend" and entry.key == "under":
                above.add(id_[: id_.rfind("/") + 1] + entry.value)
            elif entry.event == "amend" and entry.key in ("actions", "parts"):
                above.add(id_)
    own = [item for item in ledger.items if "/" not in item.id] if ledger.is_whole else ledger.items
    return frozenset(n for n, item in enumerate(own) if item.id in above or item.linked("actions") or item.parts)


Part = tuple[str, str]
"""A part of a book: its id, and the query that its items answer."""


class DayCount(NamedTuple):
    """The figures of every book on a day, by the book's id, and the progress over all of them."""

    day: date
    books: dict[str, Count]
    overall: Mean
    parts: Mapping[Part, Count] = MappingProxyType({})


def counts_on(
    ledger: Ledger, days: Iterable[date], parts: Mapping[Part, Callable[[Standing], bool]] = MappingProxyType({})
) -> Iterator[DayCount]:
    """The figures of each of these days, the earliest first, each day once; and those of parts of books.

    They are those that `count` finds on a board of that day; items of which nothing changed are not counted again.
    """
    board = MovingBoard(ledger, list(days))
    settings = ledger.settings
    tallies = {book.id: Tally() for book in settings.books}
    known: list[Share] = [NOTHING] * len(ledger.items)
    apart = [_PartTally(part, test, {}, Tally()) for part, test in parts.items()]
    for day in board.days:
        for number in board.go():
            standing = board.everything[number]
            share, before = share_of(standing), known[number]
            if share != before:
                tallies[standing.plan.book].put(before, share)
                known[number] = share
            for one in apart:
                one.put(number, standing, share)
        books = {id_: tally.count(day, settings.time_nodes) for id_, tally in tallies.items()}
        within = {one.part: one.tally.count(day, settings.time_nodes) for one in apart}
        yield DayCount(day, books, mean_of(list(tallies.values())), within)


class Share(NamedTuple):
    """What an item adds to its book: figures, weight (None where it is not in the ledger), progress, slip in days.

    Where the slip grows from day to day, `slips_since` is the day from which it counts, and `slip` is 0.
    """

    paths: tuple[str, ...]
    weight: Fraction | None
    progress: Fraction | None
    slip: int = 0
    slips_since: date | None = None


NOTHING = Share((), None, None)


def share_of(standing: Standing) -> Share:
    """What an item adds on the day of its board."""
    paths = memberships(standing)
    if not standing.exists:
        return Share(paths, None, None)
    if slips_daily(standing):
        return Share(paths, standing.item.weight, standing.progress, 0, standing.first_deadline)
    return Share(paths, standing.item.weight, standing.progress, slip(standing) or 0)


class Tally:
    """The figures of a book, kept up to date item by item."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.known = 0
        # Numerators by denominator: adding whole numbers costs a tenth of adding fractions.
        self.parts: Counter[int] = Counter()
        self.weights: Counter[int] = Counter()
        self.everything: Counter[int] = Counter()
        self.slips: Counter[int] = Counter()
        self.slipping: Counter[date] = Counter()

    def put(self, before: Share, after: Share) -> None:
        """Puts the share of an item in the place of the one it had."""
        if before.paths != after.paths:
            self.counts.subtract(before.paths)
            self.counts.update(after.paths)
        for share, sign in ((before, -1), (after, 1)):
            self._weigh(share, sign)
            if share.slip:
                self.slips[share.slip] += sign
            if share.slips_since is not None:
                self.slipping[share.slips_since] += sign

    def _weigh(self, share: Share, sign: int) -> None:
        weight, progress = share.weight, share.progress
        if weight is None:
            return
        self.everything[weight.denominator] += sign * weight.numerator
        if progress is not None:
            self.known += sign
            self.weights[weight.denominator] += sign * weight.numerator
            part = progress if weight == 1 else progress * weight
            self.parts[part.denominator] += sign * part.numerator

    def count(self, day: date, nodes: Sequence[TimeNode]) -> Count:
        """The figures as they stand on `day`."""
        slips = Counter(self.slips)
        for since, number in self.slipping.items():
            slips[(day - since).days] += number
        return count_of(self.counts, mean_of([self]), slips, nodes)


class _PartTally(NamedTuple):
    """The figures of a part of a book, and what each item adds to it."""

    part: Part
    test: Callable[[Standing], bool]
    known: dict[int, Share]
    tally: Tally

    def put(self, number: int, standing: Standing, share: Share) -> None:
        """Puts in what an item adds, if it belongs to the part today."""
        own = share if standing.plan.book == self.part[0] and self.test(standing) else NOTHING
        before = self.known.get(number, NOTHING)
        if own != before:
            self.tally.put(before, own)
            self.known[number] = own


def mean_of(tallies: Sequence[Tally]) -> Mean:
    """The mean progress over books."""
    part = _sum(tally.parts for tally in tallies)
    weight, most = _sum(tally.weights for tally in tallies), _sum(tally.everything for tally in tallies)
    known, of = sum(tally.known for tally in tallies), sum(tally.counts["total"] for tally in tallies)
    return Mean(part / weight if weight else None, known, of, part / most if most else None)


def _sum(counters: Iterable[Counter[int]]) -> Fraction:
    return total(Fraction(top, bottom) for counter in counters for bottom, top in counter.items() if top)
