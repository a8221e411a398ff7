"""The figures of many days for little more than those of one: what did not change is not counted anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from ledger.model.item import ONE
from ledger.model.ledger import Ledger
from ledger.model.number import total
from ledger.model.record import NamedTuple
from ledger.model.setting import TimeNode
from ledger.state.board import Standing
from ledger.state.figure.count import Count, count_of
from ledger.state.figure.moving import ANYTHING, MovingBoard
from ledger.state.figure.table import memberships
from ledger.state.promise import slip, slips_daily
from ledger.state.reading import Mean


class Share(NamedTuple):
    """What an item adds to its book: figures, weight (None where it is not in the ledger), progress, slip in days.

    Where the slip grows from day to day, `slips_since` is the day from which it counts, and `slip` is 0.
    """

    paths: tuple[str, ...]
    weight: Fraction | None
    progress: Fraction | None
    slip: int = 0
    slips_since: date | None = None

    def with_progress(self, standing: Standing) -> Share:
        """The same with the progress of now; what is not in the ledger adds none."""
        if self.weight is None:
            return self
        return Share(self.paths, self.weight, standing.progress, self.slip, self.slips_since)


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
        self._counts: Counter[str] = Counter()
        self._moved: Counter[tuple[str, ...]] = Counter()
        self.known = 0
        # Numerators by denominator: adding whole numbers costs a tenth of adding fractions.
        self.parts: Counter[int] = Counter()
        self.weights: Counter[int] = Counter()
        self.everything: Counter[int] = Counter()
        self.slips: Counter[int] = Counter()
        self.slipping: Counter[date] = Counter()

    @property
    def counts(self) -> Counter[str]:
        """How many items count in each path."""
        for paths, number in self._moved.items():
            if number:
                for path in paths:
                    self._counts[path] += number
        self._moved.clear()
        return self._counts

    def put(self, before: Share, after: Share) -> None:
        """Puts the share of an item in the place of the one it had."""
        if before.paths != after.paths:
            # Many items go from the same figures to the same others: what they come to is worked out when asked for.
            self._moved[before.paths] -= 1
            self._moved[after.paths] += 1
        if before.progress is not after.progress or before.weight is not after.weight:
            self._weigh(before, -1)
            self._weigh(after, 1)
        for share, sign in ((before, -1), (after, 1)):
            if share.slip:
                self.slips[share.slip] += sign
            if share.slips_since is not None:
                self.slipping[share.slips_since] += sign

    def _weigh(self, share: Share, sign: int) -> None:
        weight, progress = share.weight, share.progress
        if weight is None:
            return
        # Nearly every weight is 1.
        top, bottom = (1, 1) if weight is ONE else (weight.numerator, weight.denominator)
        self.everything[bottom] += sign * top
        if progress is not None:
            self.known += sign
            self.weights[bottom] += sign * top
            part = progress if top == bottom else progress * weight
            self.parts[part.denominator] += sign * part.numerator

    def count(self, day: date, nodes: Sequence[TimeNode]) -> Count:
        """The figures as they stand on `day`."""
        slips = Counter(self.slips)
        for since, number in self.slipping.items():
            slips[(day - since).days] += number
        return count_of(self.counts, mean_of([self]), slips, nodes)


def added(tallies: Iterable[Tally]) -> Tally:
    """The figures of several books as those of one."""
    found = Tally()
    for tally in tallies:
        found.counts.update(tally.counts)
        found.known += tally.known
        for name in ("parts", "weights", "everything", "slips", "slipping"):
            getattr(found, name).update(getattr(tally, name))
    return found


def mean_of(tallies: Sequence[Tally]) -> Mean:
    """The mean progress over books."""
    part = _sum(tally.parts for tally in tallies)
    weight, most = _sum(tally.weights for tally in tallies), _sum(tally.everything for tally in tallies)
    known, of = sum(tally.known for tally in tallies), sum(tally.counts["total"] for tally in tallies)
    return Mean(part / weight if weight else None, known, of, part / most if most else None)


def _sum(counters: Iterable[Counter[int]]) -> Fraction:
    return total(Fraction(top, bottom) for counter in counters for bottom, top in counter.items() if top)


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
    # What a query asks of an item may be its lines.
    board = MovingBoard(ledger, list(days), in_full=bool(parts))
    settings = ledger.settings
    tallies = {book.id: Tally() for book in settings.books}
    known: list[Share] = [NOTHING] * len(ledger.items)
    apart = [_PartTally(part, test, {}, Tally()) for part, test in parts.items()]
    for day in board.days:
        for number in board.go():
            now, before = board.judged[number], known[number]
            standing, changed = now.standing, now.changed
            share = share_of(standing) if changed == ANYTHING else before.with_progress(standing) if changed else before
            if share != before:
                tallies[standing.plan.book].put(before, share)
                known[number] = share
            for one in apart:
                one.put(number, standing, share)
        books = {id_: tally.count(day, settings.time_nodes) for id_, tally in tallies.items()}
        within = {one.part: one.tally.count(day, settings.time_nodes) for one in apart}
        yield DayCount(day, books, mean_of(list(tallies.values())), within)
    board.forget()


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
