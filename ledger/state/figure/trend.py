"""Figures week by week."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek
from ledger.state.figure.claim import figure_in, figure_of_mean
from ledger.state.figure.count import Count
from ledger.state.figure.many_days import DayCount, counts_on


class TrendPoint(NamedTuple):
    """The figures on the closing day of a week."""

    week: ReportingWeek
    counted: DayCount


class Trend(NamedTuple):
    """Week by week, the earliest first. Of `asked` weeks those that closed before anything was in the ledger are left
    out: there is nothing to say of them."""

    points: tuple[TrendPoint, ...]
    asked: int

    def series(self, path: str) -> list[Fraction | None]:
        """One figure week by week, by its path as in a claim (`measures.done`, `overall.mean`); None where unknown.

        Raises `KeyError` if there is no such figure.
        """
        book, _, name = path.partition(".")
        if book == "overall":
            return [figure_of_mean(point.counted.overall, name) for point in self.points]
        return [figure_in(point.counted.books[book], name) for point in self.points]


def weeks_until(last: ReportingWeek, number: int) -> list[ReportingWeek]:
    """So many weeks, the last of them `last`; fewer where the calendar begins."""
    weeks = [last]
    while len(weeks) < number and (weeks[-1].first - date.min).days >= 7:
        weeks.append(ReportingWeek(*(day - timedelta(days=7) for day in weeks[-1])))
    return weeks[::-1]


def trend(ledger: Ledger, last: ReportingWeek, number: int = 52) -> Trend:
    """The figures of `number` weeks up to `last`."""
    weeks = weeks_until(last, number)
    counts = counts_on(ledger, [week.last for week in weeks])
    points = map(TrendPoint, weeks, counts)
    begun = [point for point in points if any(is_begun(counted) for counted in point.counted.books.values())]
    return Trend(tuple(begun), len(weeks))


def is_begun(counted: Count) -> bool:
    """Whether anything was in the ledger."""
    return bool(counted.figures["total"] or counted.figures["withdrawn"])
