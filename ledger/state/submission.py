"""The roll-call of a week: which units had something to report, on what they did, and who was silent for how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ledger.model.item import Item
from ledger.model.period import ReportingWeek
from ledger.state.amendment import amended
from ledger.state.board import Board, Standing
from ledger.state.course import Course, in_force
from ledger.state.order import in_plan_order

_A_WEEK = timedelta(days=7)


class Submission(NamedTuple):
    """What one unit sent in for a week. Its items are those open on the closing day on which it has to report."""

    unit: str
    open: tuple[str, ...]
    """Ids, in the order of the plan."""
    reported: tuple[str, ...]
    """Those of them with an entry by the unit dated in the week."""
    days: tuple[date, ...]
    """The days of the week on which it reported, on whatever item."""

    @property
    def is_silent(self) -> bool:
        """It had something to report and reported nothing at all."""
        return bool(self.open) and not self.days


class Silence(NamedTuple):
    """The last day up to the week's end on which a unit reported, and for how many weeks in a row it has not."""

    last: date | None
    weeks: int


class _Seen(NamedTuple):
    """An item as it was known on some day."""

    standing: Standing
    item: Item
    course: Course


def reporting_units(board: Board, item: Item) -> tuple[str, ...]:
    """The units that report on an item under the names they bear now: every responsible one, else the lead."""
    return tuple(dict.fromkeys(board.present.get(unit, unit) for unit in item.reporters))


def submissions(board: Board, week: ReportingWeek) -> list[Submission]:
    """Every unit with an open item on the closing day, or with an entry in the week, in the order of the settings.

    The board's day is the closing day or a later one; what happened after the closing day does not count.
    """
    due: dict[str, list[Standing]] = {}
    days: dict[str, set[date]] = {}
    told: set[tuple[str, str]] = set()
    reporting: set[str] = set()
    for seen in _as_of(board, week.last):
        reporters = reporting_units(board, seen.item)
        reporting.update(reporters)
        if _is_open(board, seen, week.last):
            for unit in reporters:
                due.setdefault(unit, []).append(seen.standing)
        for entry in reversed(seen.course.entries):
            if entry.date < week.first:
                break
            unit = board.present.get(entry.by, entry.by)
            days.setdefault(unit, set()).add(entry.date)
            told.add((unit, entry.item))
    order = {unit.name: place for place, unit in enumerate(board.ledger.settings.units)}
    units = sorted(due.keys() | (days.keys() & reporting), key=lambda unit: (order.get(unit, len(order)), unit))
    found = []
    for unit in units:
        ids = [standing.id for standing in in_plan_order(due.get(unit, ()), board.ledger.settings)]
        reported = tuple(id_ for id_ in ids if (unit, id_) in told)
        found.append(Submission(unit, tuple(ids), reported, tuple(sorted(days.get(unit, ())))))
    return found


def silences(board: Board, week: ReportingWeek, found: list[Submission]) -> dict[str, Silence]:
    """How long each unit has been silent: whole weeks without any entry of it, as long as it had something open."""
    last: dict[str, date] = {}
    for seen in _as_of(board, week.last):
        for entry in seen.course.entries:
            unit = board.present.get(entry.by, entry.by)
            last[unit] = max(entry.date, last.get(unit, entry.date))
    return {
        own.unit: Silence(last.get(own.unit), _weeks(board, week, own.unit, last.get(own.unit)) if own.is_silent else 0)
        for own in found
    }


def _weeks(board: Board, week: ReportingWeek, unit: str, last: date | None) -> int:
    """Weeks in a row up to this one with something open and no report."""
    items = [
        standing
        for standing in board.everything
        if unit in {*reporting_units(board, standing.item), *reporting_units(board, standing.plan)}
    ]
    known = [board.ledger.settings.start, *(standing.item.added for standing in items), last]
    begin = min((day for day in known if day is not None), default=week.first)
    number, first = 1, week.first
    while first > begin and first - date.min > _A_WEEK:
        closing, first = first - timedelta(days=1), first - _A_WEEK
        if (last is not None and last >= first) or not _had_open(board, items, unit, closing):
            break
        number += 1
    return number


def _had_open(board: Board, items: list[Standing], unit: str, day: date) -> bool:
    """Whether any of these items was open on a day and this unit's to report on."""
    for standing in items:
        seen = _on(board, standing, day)
        if _is_open(board, seen, day) and unit in reporting_units(board, seen.item):
            return True
    return False


def _as_of(board: Board, day: date) -> Iterator[_Seen]:
    """Every item of the plan as it was known on a day up to the board's."""
    return (_on(board, standing, day) for standing in board.everything)


def _on(board: Board, standing: Standing, day: date) -> _Seen:
    own = board.ledger.journal[standing.plan.id]
    # Most items have heard nothing since.
    if not own or own[-1].date <= day or board.day == day:
        return _Seen(standing, standing.item, standing.course)
    course = Course(in_force(own, day))
    return _Seen(standing, amended(standing.plan, course.entries), course)


def _is_open(board: Board, seen: _Seen, day: date) -> bool:
    """Whether an item had entered the ledger by a day and was neither done nor withdrawn."""
    added = seen.item.added or board.ledger.settings.start
    is_added = added is None or added <= day
    return is_added and not seen.course.done and seen.course.withdrawn is None


def unit_names(board: Board) -> dict[str, str]:
    """Every name a reporting unit goes by, former ones too, with the name it bears now."""
    reporters = {unit: unit for standing in board.everything for unit in reporting_units(board, standing.item)}
    return {**reporters, **board.present}
