"""When the made-up offices report: the weeks of the ledger, and each unit's own reporting days."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from ledger.example.full.topics import BRANCHES, GROUP, STEMS, TOPICS

LAST_DAY = date(2017, 12, 31)
"""The day on which the ledger was archived and all its published figures were counted."""

USUAL_START = date(2017, 4, 12)
LAST_CLOSING = date(2017, 12, 28)
DISTRICTS = 40
MOST_UNITS = DISTRICTS + len(TOPICS)
COUNTIES_FROM = 26
SILENT = (12, 33, 50)
"""Places in the list of units whose clerks forgot the last weekly report."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A district or department, with the days on which it reports."""

    name: str
    name_en: str
    slug: str
    kind: Literal["district", "department"]
    weekly: tuple[date, ...]
    monthly: tuple[date, ...]

    def first_from(self, day: date) -> int:
        """The number of its first weekly report on or after a day (the last one if there is none)."""
        return min(bisect_right(self.weekly, day - timedelta(days=1)), len(self.weekly) - 1)


def closing_days(weeks: int) -> tuple[date, ...]:
    """The Thursdays on which the reporting weeks close, oldest first."""
    return tuple(LAST_CLOSING - timedelta(weeks=back) for back in reversed(range(weeks)))


def start_of(closings: tuple[date, ...]) -> date:
    """The first day of the ledger: its usual one, or the eve of the first closing day where that is earlier."""
    return min(USUAL_START, closings[0] - timedelta(days=1))


def reporting_units(count: int, closings: tuple[date, ...]) -> list[Unit]:
    """The first `count` units, districts and departments in their usual proportion and at least one of each."""
    districts = min(DISTRICTS, max(1, count * DISTRICTS // MOST_UNITS))
    named = [_district(number) for number in range(districts)]
    named += [(topic.office, topic.office, topic.slug) for topic in TOPICS[: count - districts]]
    units = []
    for number, (name, name_en, slug) in enumerate(named):
        # Nobody is silent in a ledger so short that silence would leave a unit without any report.
        heard = closings[:-1] if number in SILENT and len(closings) > 8 else closings
        weekly = _own_days(heard, number, start_of(closings))
        kind: Literal["district", "department"] = "district" if number < districts else "department"
        units.append(Unit(name, name_en, slug, kind, weekly, _month_ends(weekly)))
    return units


def acceptor(departments: list[Unit], lead: Unit) -> str:
    """Who may accept an item: the first department that does not lead it, else the leading group."""
    return next((unit.name for unit in departments if unit is not lead), GROUP)


def _district(number: int) -> tuple[str, str, str]:
    """Name, English name and file name of a district named after the old cycle of sixty, which no real one is."""
    (stem, stem_en), (branch, branch_en) = STEMS[number % len(STEMS)], BRANCHES[number % len(BRANCHES)]
    slug = stem_en + branch_en
    if number < COUNTIES_FROM:
        return f"{stem}{branch}区", f"{slug.title()} District", slug
    return f"{stem}{branch}县", f"{slug.title()} County", slug


def _own_days(closings: tuple[date, ...], number: int, start: date) -> tuple[date, ...]:
    """One day of each week, Monday to Thursday, but never before the ledger or in another year than the week's end.

    The journal is filed by years, and every file must hold something that a claim counts.
    """
    ahead = timedelta(days=number * 7 % 4)
    return tuple(max(day - ahead, start, date(day.year, 1, 1)) for day in closings)


def _month_ends(weekly: tuple[date, ...]) -> tuple[date, ...]:
    """The last reporting day of each month."""
    ends = [day for day, after in pairwise(weekly) if (day.year, day.month) != (after.year, after.month)]
    return (*ends, weekly[-1])
