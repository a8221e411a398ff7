"""The figures of many days for little more than those of one: what did not change is not counted anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.state.board import Standing
from ledger.state.figure.count import Count
from ledger.state.figure.moving import ANYTHING, MovingBoard
from ledger.state.figure.tally import NOTHING, Share, Tally, mean_of, share_of
from ledger.state.reading import Mean

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
