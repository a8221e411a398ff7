"""The burn-up: how many items were due and how many done over time, beside what was published."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ledger.chart.frame import Axis, axis_over, core_days
from ledger.model.ledger import Ledger
from ledger.model.number import number
from ledger.model.period import days_after, week_of
from ledger.model.record import NamedTuple
from ledger.model.setting import Book, TimeNode
from ledger.report.period import first_day
from ledger.state.board import Board
from ledger.state.figure.claim import ClaimedFigure, Recount
from ledger.state.figure.moving import MovingBoard

DRAWN = ("total", "due", "done")
"""The figures that are drawn, as in the JSON of `status`."""

_MOST_WEEKS = 200
_GAP_DAYS = 56
"""Days without any entry after which nobody can say that nothing was done."""


class BurnPoint(NamedTuple):
    """The figures of a book on a day."""

    day: date
    total: int
    due: int
    done: int


class DuePoint(NamedTuple):
    """How many items of a book will be due from a day on, by the deadlines in force now."""

    day: date
    due: int


class ClaimPoint(NamedTuple):
    """A published figure on its day. `holds` is None where the ledger has a known gap."""

    day: date
    claim: str
    name: str
    value: Fraction
    text: str
    holds: bool | None


class BurnBook(NamedTuple):
    """A book: its points, the last of them on the day judged on; what falls due after it; and what was published.

    `later` items fall due beyond the axis, `undated` have no deadline. `overdue` and `short` are how many are so on the
    last day, None where whoever made this does not say. `begun` is the day of the first entry about any of its items,
    `date.max` if there is none and None if it is not known: before it nobody can say what was done. `gaps` lie
    between two entries more than eight weeks apart.
    """

    book: Book
    points: tuple[BurnPoint, ...]
    ahead: tuple[DuePoint, ...]
    claims: tuple[ClaimPoint, ...]
    later: int
    undated: int
    overdue: int | None = None
    short: int | None = None
    begun: date | None = None
    gaps: tuple[tuple[date, date], ...] = ()

    def as_json(self, lang: str) -> dict[str, Any]:
        """The book as `BurnUp.as_json` has it; `begun` is null where nobody has told anything of it."""
        claims = [
            {"date": one.day.isoformat(), "claim": one.claim, "figure": one.name, "value": one.text, "holds": one.holds}
            for one in self.claims
        ]
        return {
            "book": self.book.id, "name": self.book.name.pick(lang),
            "points": [{**one._asdict(), "day": one.day.isoformat()} for one in self.points],
            "ahead": [{"day": one.day.isoformat(), "due": one.due} for one in self.ahead],
            "claims": claims, "later": self.later, "undated": self.undated,
            "begun": self.begun.isoformat() if self.begun and self.begun != date.max else None,
            "gaps": [[first.isoformat(), last.isoformat()] for first, last in self.gaps],
        }  # fmt: skip

    def is_told(self, day: date) -> bool:
        """Whether anybody had told anything by a day, and not long before it."""
        begun = self.begun is None or self.begun <= day
        return begun and not any(first < day < last for first, last in self.gaps)


class BurnUp(NamedTuple):
    """Every book that has an item, over one axis of days. `query` says which items, empty for all."""

    ledger: Ledger
    day: date
    axis: Axis
    nodes: tuple[TimeNode, ...]
    books: tuple[BurnBook, ...]
    query: str

    def as_json(self, lang: str) -> dict[str, Any]:
        """What is drawn, for a program: the points of every book, what falls due after the day, published figures."""
        return {"query": self.query, "books": [book.as_json(lang) for book in self.books]}


def burn_up(board: Board, ids: Collection[str] | None = None, query: str = "") -> BurnUp:
    """The burn-up of the items with these ids, all of the plan for None, up to the board's day.

    Published figures stand only at a book of which no item that exists is left out: they speak of the whole.
    """
    ledger, day = board.ledger, board.day
    nodes = ledger.settings.time_nodes
    standings = [s for s in board.standings if ids is None or s.id in ids]
    deadlines = [s.deadline for s in standings if s.deadline is not None]
    chosen = ledger if ids is None else ledger._replace(items=tuple(item for item in ledger.items if item.id in ids))
    begin = min(first_day(chosen) or day, day)
    axis = axis_over([begin, *deadlines], core_days(ledger.settings, day))
    whole = {book.id for book in ledger.settings.books if ids is None or _is_whole(board, book, ids)}
    claims = _claims(board, whole)
    # A day of the plan that is far off the others, a slip of the pen as a rule, is not gone back to.
    begin = max(begin, axis.first)
    known = {figure.claim.as_of for figure in claims} | {node.date for node in nodes}
    days = sample_days(begin, ledger.settings.week.closes, day) | {one for one in known if begin <= one <= day}
    points = _points(chosen, days)
    books = []
    for book in ledger.settings.books:
        own = [s for s in standings if s.item.book == book.id]
        if own:
            ahead = sorted(s.deadline for s in own if s.deadline is not None and s.deadline > day)
            shown = tuple(_ahead(ahead, points[book.id][-1].due, axis))
            published = tuple(found for claim in claims if (found := _point(claim, book)) is not None)
            later = sum(deadline > axis.last for deadline in ahead)
            undated = sum(s.deadline is None for s in own)
            overdue = sum(s.schedule == "overdue" for s in own)
            short = sum(bool(s.short) for s in own)
            begun, gaps = told_days((entry.date for one in own for entry in one.course.entries), day)
            books.append(BurnBook(book, tuple(points[book.id]), shown, published, later, undated, overdue, short,
                                  begun, gaps))  # fmt: skip
    return BurnUp(ledger, day, axis, nodes, tuple(books), query)


def told_days(told: Iterable[date], day: date) -> tuple[date, tuple[tuple[date, date], ...]]:
    """The first day on which anything was told, `date.max` for none; and the gaps up to `day` without any entry."""
    days = sorted(set(told))
    gaps = [(one, other) for one, other in pairwise([*days, day]) if (other - one).days > _GAP_DAYS]
    return (days[0] if days else date.max), tuple(gaps)


def _points(ledger: Ledger, days: set[date]) -> dict[str, list[BurnPoint]]:
    """The points of every book. Only these three figures are counted: all of them would take twice as long."""
    board = MovingBoard(ledger, sorted(days), without_progress=True)
    tallies = {book.id: [0, 0, 0] for book in ledger.settings.books}
    known = [(False, False, False)] * len(ledger.items)
    points: dict[str, list[BurnPoint]] = {id_: [] for id_ in tallies}
    for day in board.days:
        for at in board.go():
            standing = board.judged[at].standing
            is_there, deadline = standing.exists, standing.deadline
            now = (is_there, is_there and deadline is not None and deadline <= day, is_there and standing.is_done)
            if now != known[at]:
                tally = tallies[standing.plan.book]
                for place in range(len(DRAWN)):
                    tally[place] += now[place] - known[at][place]
                known[at] = now
        for id_, tally in tallies.items():
            points[id_].append(BurnPoint(day, *tally))
    return points


def sample_days(begin: date, closes: int, last: date) -> set[date]:
    """The closing days of the weeks from `begin` to `last`, and these two; of many years only some of the weeks."""
    weeks = (last - begin).days // 7 + 1
    step = timedelta(days=7 * -(-weeks // _MOST_WEEKS))
    found, day = {begin, last}, week_of(begin, closes).last
    while day < last:
        found.add(day)
        day = days_after(day, step.days)
    return found


def _is_whole(board: Board, book: Book, ids: Collection[str]) -> bool:
    return all(standing.id in ids for standing in board.standings if standing.item.book == book.id)


def _claims(board: Board, whole: set[str]) -> list[ClaimedFigure]:
    """The published figures up to the day that can be drawn."""
    recount = Recount(board.ledger, board)
    return [
        figure
        for claim in board.ledger.claims.claims
        if claim.as_of <= board.day
        for figure in recount.claimed(claim)
        if figure.figure.partition(".")[0] in whole and figure.figure.partition(".")[2] in DRAWN
    ]


def _point(figure: ClaimedFigure, book: Book) -> ClaimPoint | None:
    own, _, name = figure.figure.partition(".")
    value = number(figure.claimed.strip(" <>=≤≥"))
    if own != book.id or value is None:
        return None
    return ClaimPoint(figure.claim.as_of, figure.claim.id, name, value, figure.claimed, figure.holds)


def _ahead(deadlines: list[date], due: int, axis: Axis) -> list[DuePoint]:
    inside = [deadline for deadline in deadlines if deadline <= axis.last]
    return [DuePoint(day, due + bisect_right(inside, day)) for day in sorted(set(inside))]
