"""An axis of days: from when to when, where a day lies on it, and which days are written under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ledger.model.period import days_after
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings, TimeNode

_FURTHER = 3 * 366
"""Days by which a chart goes beyond what it is about: one mistyped year must not press all others into a corner."""

_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)


class Axis(NamedTuple):
    """The days from `first` to `last`, at least one day apart. Those behind `bend` share what `main` leaves of it.

    `main` is the share of the days up to the bend, between 0 and 1.
    """

    first: date
    last: date
    bend: date | None = None
    main: float = 1.0

    def place(self, day: date) -> float:
        """Where a day lies: 0 at the first, 1 at the last; days outside lie at the end they are beyond."""
        inside = min(max(day, self.first), self.last)
        if self.bend is None:
            return (inside - self.first).days / (self.last - self.first).days
        if inside <= self.bend:
            return self.main * (inside - self.first).days / (self.bend - self.first).days
        return self.main + (1 - self.main) * (inside - self.bend).days / (self.last - self.bend).days

    def holds(self, day: date) -> bool:
        """Whether the day lies on the axis."""
        return self.first <= day <= self.last


class Tick(NamedTuple):
    """A day that is written under an axis, and how."""

    day: date
    text: str


def axis_over(days: Iterable[date], core: Iterable[date]) -> Axis:
    """The axis that holds all `days`, but none more than three years away from all days of the `core`.

    `core` are the days the chart is about, such as those of `core_days`. At least one must be given.
    """
    middle = list(core)
    near, far = _before(min(middle), _FURTHER), days_after(max(middle), _FURTHER)
    inside = [day for day in days if near <= day <= far] + middle
    first, last = min(inside), max(inside)
    if first == last:
        first, last = _before(first, 15), days_after(last, 15)
    return Axis(first, last)


_MAIN, _MOST_LATER = 0.82, 3


def bent(axis: Axis, day: date, nodes: Iterable[TimeNode]) -> Axis:
    """The axis with most of its length up to the next time node after a day, and what comes later compressed.

    It stays as it is where no node comes, where what comes later is short anyway, and where it holds so many nodes
    that their names would have no room.
    """
    nodes = list(nodes)
    bend = min((node.date for node in nodes if node.date > day and axis.holds(node.date)), default=axis.last)
    crowded = sum(bend < node.date <= axis.last for node in nodes) > _MOST_LATER
    if crowded or not axis.first < bend < axis.last or axis.place(bend) >= _MAIN:
        return axis
    return axis._replace(bend=bend, main=_MAIN)


def core_days(settings: Settings, day: date) -> list[date]:
    """The days that a chart is about: the one it judges on, the time nodes, and when the ledger began."""
    begun = [] if settings.start is None else [settings.start]
    return [day, *(node.date for node in settings.time_nodes), *begun]


def _before(day: date, days: int) -> date:
    return date.fromordinal(max(day.toordinal() - days, 1))


def ticks(axis: Axis, most: int) -> list[Tick]:
    """At most so many days to be written under the axis: first days of months, quarters or years; weeks on a short one.

    An axis of less than a few weeks has its first and last day.
    """
    for months in _MONTHS:
        days = list(_month_starts(axis, months))
        if months == 1 and len(days) < 3:
            return _short(axis, most)
        if len(days) <= most:
            return [Tick(day, f"{day.year:04}" if months >= 12 else f"{day.year:04}-{day.month:02}") for day in days]
    return []


def _short(axis: Axis, most: int) -> list[Tick]:
    days = (axis.last - axis.first).days
    step = next(step for step in (1, 7, 14, 28, 84) if days // step < max(most, 1) or step == 84)
    found = [axis.first + timedelta(days=n) for n in range(0, days + 1, step)]
    return [Tick(day, day.isoformat()) for day in found[: max(most, 1)]]


def _month_starts(axis: Axis, months: int) -> Iterator[date]:
    number = axis.first.year * 12 + axis.first.month - 1
    number += -number % months
    while number < 12 * (date.max.year + 1):
        day = date(number // 12, number % 12 + 1, 1)
        if day > axis.last:
            return
        if day >= axis.first:
            yield day
        number += months
