"""What an item of the made-up ledger is: its targets, its rounds of work, and where it stands on the last day.

The made-up offices report in the weeks of the ledger, each unit on days of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from ledger.example.full.topics import BRANCHES, GROUP, STEMS, TOPICS, Kind, Topic
from ledger.model.entry import LISTED_KINDS
from ledger.model.record import NamedTuple

LOOKED_BACK_AFTER = timedelta(days=45)
REOPENED_AFTER = timedelta(days=47)

CLOSING_DAYS = {"self_check": 1, "acceptance": 8, "review": 14, "notice": 16}
"""How many days after it was done an item takes each closing step."""

CLOSED_AFTER = 24
NOTICE_DAYS = 7
LOOKBACK_DAYS = 365


class Round(NamedTuple):
    """One go at an item: from which of its reports to which, and from how many percent to how many."""

    begin: int
    end: int
    low: int
    high: int


class Extension(NamedTuple):
    """A deadline moved: when that was approved, and to which day."""

    approved: date
    until: date


class Order(NamedTuple):
    """A supervision order: its kind, from when, its own deadline, and when it was lifted."""

    kind: str
    since: date
    until: date
    lifted: date | None


class Outlook(NamedTuple):
    """What becomes of an item: the deadline as written and as a day, how it moved, and the rounds of work."""

    due: str
    deadline: date | None
    extension: Extension | None
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A number to reach.

    `first` is where it starts, `base` what a share is a share of, `pace` how many times faster than the item it gets
    there, `split` which unit does how many.
    """

    key: str
    name: str
    unit: str
    kind: Kind
    goal: int
    first: int = 0
    base: int = 0
    pace: int = 1
    due: date | None = None
    firm: str = ""
    exempt: int = 0
    split: tuple[tuple[Unit, int], ...] = ()

    def part(self, percent: int) -> int:
        """The whole number that stands when so many percent of the way are gone."""
        percent = min(100, self.pace * percent)
        aim = -(-self.base * self.goal // 100) if self.kind == "share" else self.goal
        reached = self.first + (aim - self.first) * percent // 100
        return reached - self.exempt if percent == 100 else reached

    def tenths(self, part: int) -> int:
        """A share in tenths of a percent, half up."""
        return (2000 * part + self.base) // (2 * self.base)

    def ratio(self, percent: int) -> float:
        """How much of the goal then counts as reached, from 0 to 1."""
        if percent == 100:
            return 1.0
        if self.kind == "left":
            return (self.first - self.part(percent)) / (self.first - self.goal)
        if self.kind == "share":
            return min(1.0, self.tenths(self.part(percent)) / (10 * self.goal))
        if self.split:
            return sum(share * percent // 100 for _, share in self.split) / self.goal
        return self.part(percent) / self.goal


@dataclass(slots=True, kw_only=True)
class Item:
    """A measure, problem or action with its whole fate; `number` runs on over all books, `days` are its reports."""

    book: str
    id: str
    number: int
    fate: str
    topic: Topic
    title: str
    title_en: str = ""
    lead: Unit
    responsible: list[Unit] = field(default_factory=list)
    reporter: Unit
    acceptor: str
    days: tuple[date, ...]
    added: date | None = None
    origin: str = "feedback"
    outlook: Outlook
    milestone: date | None = None
    targets: tuple[Target, ...] = ()
    problems: list[str] = field(default_factory=list)
    under: str = ""
    steps_taken: int = 0
    closed: date | None = None
    order: Order | None = None

    @property
    def is_done(self) -> bool:
        """Whether it is done on the last day."""
        return bool(self.outlook.rounds) and self.outlook.rounds[-1].high == 100

    @property
    def done_day(self) -> date:
        """The day it was done, the last one if it was done twice; only for done items."""
        return self.days[self.outlook.rounds[-1].end]

    @property
    def first_done(self) -> date | None:
        """The day it was done for the first time, if it ever was."""
        rounds = self.outlook.rounds
        return self.days[rounds[0].end] if rounds and rounds[0].high == 100 else None

    @property
    def deadline(self) -> date | None:
        """The deadline that holds on the last day."""
        return self.outlook.extension.until if self.outlook.extension else self.outlook.deadline

    @property
    def is_due(self) -> bool:
        """Whether its deadline has come by the last day."""
        return self.deadline is not None and self.deadline <= LAST_DAY

    @property
    def is_overdue(self) -> bool:
        """Whether it is open although its deadline has passed."""
        return not self.is_done and self.deadline is not None and self.deadline < LAST_DAY

    @property
    def is_supervised(self) -> bool:
        """Whether it is on the supervision list on the last day."""
        return self.order is not None and self.order.lifted is None and self.order.kind in LISTED_KINDS

    @property
    def progress(self) -> float | None:
        """Percent reached on the last day; nothing where nobody ever reported."""
        if not self.outlook.rounds:
            return None
        high = self.outlook.rounds[-1].high
        goals = [target.ratio(high) for target in self.targets if target.kind != "record"]
        return 100 * sum(goals) / len(goals) if goals else high


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
