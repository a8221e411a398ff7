"""Figures week by week."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek
from ledger.model.record import NamedTuple
from ledger.state.figure.claim import figure_in, figure_of_mean
from ledger.state.figure.count import Count
from ledger.state.figure.many_days import DayCount, counts_on


class TrendPoint(NamedTuple):
    """The figures on the closing day of a week."""

    week: ReportingWeek
    counted: DayCount


class Trend(NamedTuple):
    """Week by week, the earliest first. Of `asked` weeks those are left out that closed before anything was in the
    ledger, or before its first entry: nobody knows how anything stood then."""

    points: tuple[TrendPoint, ...]
    asked: int
    last: DayCount
    """The figures of the last week that was asked for, whether it is among the points or not."""
    begun: date | None
    """The day of the first entry; None without any."""

    def series(self, path: str) -> list[Fraction | None]:
        """One figure week by week, by its path as in a claim (`measures.done`, `overall.mean`); None where unknown.

        Raises `KeyError` if there is no such figure.
        """
        _figure_at(self.last, path)
        return [_figure_at(point.counted, path) for point in self.points]


def _figure_at(counted: DayCount, path: str) -> Fraction | None:
    book, _, name = path.partition(".")
    return figure_of_mean(counted.overall, name) if book == "overall" else figure_in(counted.books[book], name)


def weeks_until(last: ReportingWeek, number: int) -> list[ReportingWeek]:
    """So many weeks, the last of them `last`; fewer where the calendar begins."""
    weeks = [last]
    while len(weeks) < number and (weeks[-1].first - date.min).days >= 7:
        weeks.append(ReportingWeek(*(day - timedelta(days=7) for day in weeks[-1])))
    return weeks[::-1]


def trend(ledger: Ledger, last: ReportingWeek, number: int = 52) -> Trend:
    """The figures of `number` weeks up to `last`."""
    asked = weeks_until(last, number)
    begin = ledger.first_entry
    known = [week for week in asked if begin is not None and begin <= week.last]
    weeks = known or [last]
    counts = list(counts_on(ledger, [week.last for week in weeks]))
    begun = [point for point in map(TrendPoint, weeks, counts)
             if known and any(is_begun(counted) for counted in point.counted.books.values())]  # fmt: skip
    return Trend(tuple(begun), len(asked), counts[-1], begin)


def is_begun(counted: Count) -> bool:
    """Whether anything was in the ledger."""
    return bool(counted.figures["total"] or counted.figures["withdrawn"])
