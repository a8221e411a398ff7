"""The figures of many days at once, for little more than those of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ledger.figure.board import Standing
from ledger.figure.count import Count, count_of
from ledger.figure.figure import memberships
from ledger.figure.moving_board import MovingBoard
from ledger.figure.progress import Mean
from ledger.model.ledger import Ledger
from ledger.model.number import total
from ledger.model.setting import TimeNode


class DayCount(NamedTuple):
    """The figures of every book on a day, by the book's id, and the progress over all of them."""

    day: date
    books: dict[str, Count]
    overall: Mean


def counts_on(ledger: Ledger, days: Iterable[date]) -> Iterator[DayCount]:
    """The figures of each of these days, the earliest first, each day once.

    They are those that `count` finds on a board of that day; items of which nothing changed are not counted again.
    """
    board = MovingBoard(ledger, list(days))
    settings = ledger.settings
    tallies = {book.id: Tally() for book in settings.books}
    known: list[Share] = [NOTHING] * len(ledger.items)
    for day in board.days:
        for number in board.go():
            standing = board.everything[number]
            share, before = share_of(standing), known[number]
            if share != before:
                tallies[standing.plan.book].put(before, share)
                known[number] = share
        books = {id_: tally.count(settings.time_nodes) for id_, tally in tallies.items()}
        yield DayCount(day, books, mean_of(list(tallies.values())))


class Share(NamedTuple):
    """What an item adds to its book: figures, weight (None where it is not in the ledger), progress."""

    paths: tuple[str, ...]
    weight: Fraction | None
    progress: Fraction | None


NOTHING = Share((), None, None)


def share_of(standing: Standing) -> Share:
    """What an item adds on the day of its board."""
    paths = memberships(standing)
    return Share(paths, standing.item.weight, standing.progress) if standing.exists else Share(paths, None, None)


class Tally:
    """The figures of a book, kept up to date item by item."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.known = 0
        # Numerators by denominator: adding whole numbers costs a tenth of adding fractions.
        self.parts: Counter[int] = Counter()
        self.weights: Counter[int] = Counter()
        self.everything: Counter[int] = Counter()

    def put(self, before: Share, after: Share) -> None:
        """Puts the share of an item in the place of the one it had."""
        if before.paths != after.paths:
            self.counts.subtract(before.paths)
            self.counts.update(after.paths)
        self._weigh(before, -1)
        self._weigh(after, 1)

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

    def count(self, nodes: Sequence[TimeNode]) -> Count:
        """The figures as they stand now."""
        return count_of(self.counts, mean_of([self]), nodes)


def mean_of(tallies: Sequence[Tally]) -> Mean:
    """The mean progress over books."""
    part = _sum(tally.parts for tally in tallies)
    weight, most = _sum(tally.weights for tally in tallies), _sum(tally.everything for tally in tallies)
    known, of = sum(tally.known for tally in tallies), sum(tally.counts["total"] for tally in tallies)
    return Mean(part / weight if weight else None, known, of, part / most if most else None)


def _sum(counters: Iterable[Counter[int]]) -> Fraction:
    return total(Fraction(top, bottom) for counter in counters for bottom, top in counter.items() if top)
