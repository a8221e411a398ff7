"""What was known week by week: the figures of each closing day by the ledger of that day, beside those of today's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek
from ledger.state.claim import figure_in, figure_of_mean
from ledger.state.many_days import DayCount, counts_on
from ledger.state.many_versions import counts_of
from ledger.state.trend import is_begun, weeks_until
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import Versions


class KnownWeek(NamedTuple):
    """One week: the revision in force at the end of its closing day, the figures by it, and those by today's ledger.

    `then` is None where nobody knows: there was no ledger yet (`revision` is None), or it cannot be read (`fault`).
    """

    week: ReportingWeek
    revision: Revision | None
    then: DayCount | None
    now: DayCount
    fault: Finding | None


class RecordedTrend(NamedTuple):
    """Week by week, the earliest first, without the weeks of which neither then nor now anything is known.

    In a `shallow` clone the weeks before its first commit may have been known.
    """

    weeks: tuple[KnownWeek, ...]
    asked: int
    shallow: bool

    def series(self, path: str) -> list[tuple[Fraction | None, Fraction | None]]:
        """One figure week by week as it was known then and as it is known now, by its path as in a claim.

        Raises `KeyError` if today's ledger has no such figure; what a version then did not count is unknown.
        """
        return [(_then(week.then, path), figure_at(week.now, path)) for week in self.weeks]


def figure_at(counted: DayCount, path: str) -> Fraction | None:
    """A figure of a day by its path (`measures.done`, `overall.mean`). Raises `KeyError` if there is none."""
    book, _, name = path.partition(".")
    return figure_of_mean(counted.overall, name) if book == "overall" else figure_in(counted.books[book], name)


def _then(counted: DayCount | None, path: str) -> Fraction | None:
    try:
        return figure_at(counted, path) if counted is not None else None
    except KeyError:
        return None


def recorded_trend(
    ledger: Ledger, repository: Repository, until: Revision, later: Revision | None, last: ReportingWeek,
    number: int, day_of: Callable[[datetime], date],
) -> RecordedTrend:  # fmt: skip
    """`number` weeks up to `last`: `ledger` beside the versions of this branch up to `until`.

    Of a week that version counts which was the last to be committed by the end of its closing day (`day_of` gives the
    date of a moment in the ledger's time zone). `later` is the revision `ledger` was read from, None for the working
    tree. Raises `GitTrouble`.
    """
    weeks = weeks_until(last, number)
    revisions = _in_force(repository, until, weeks, day_of)
    versions = Versions(repository, later)
    faults: list[Finding | None] = []

    def ledgers() -> Iterator[tuple[Ledger | None, date]]:
        tree, known = None, None
        for week, revision in zip(weeks, revisions, strict=True):
            if revision is None:
                faults.append(None)
                yield None, week.last
                continue
            files = versions.files(revision)
            if known is None or files.tree != tree:
                tree, known = files.tree, versions.ledger(files)
            faults.append(known if isinstance(known, Finding) else None)
            yield None if isinstance(known, Finding) or not known.settings.books else known, week.last

    then = list(counts_of(ledgers()))
    now = counts_on(ledger, [week.last for week in weeks])
    found = tuple(map(KnownWeek, weeks, revisions, then, now, faults))
    return RecordedTrend(tuple(filter(_says_something, found)), len(weeks), repository.shallow)


def _says_something(week: KnownWeek) -> bool:
    return any(is_begun(counted) for day in (week.then, week.now) if day for counted in day.books.values())


def _in_force(
    repository: Repository, until: Revision, weeks: list[ReportingWeek], day_of: Callable[[datetime], date]
) -> list[Revision | None]:
    """Of each week the last commit by the end of its closing day; None where there was none yet.

    A commit whose clock was set back counts as no earlier than its parent.
    """
    commits = repository.line_of(until)
    days: list[date] = []
    for moment, _ in commits:
        days.append(max(day_of(moment), days[-1]) if days else day_of(moment))
    found: dict[str, Revision] = {}
    revisions: list[Revision | None] = []
    for week in weeks:
        at = bisect_right(days, week.last)
        id_ = commits[at - 1][1] if at else ""
        revisions.append(found.get(id_) or found.setdefault(id_, repository.revision(id_)) if id_ else None)
    return revisions
