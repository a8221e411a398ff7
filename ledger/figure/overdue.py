"""The overdue list: how late each item is, when its own unit expects to be done, and what troubles it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ledger.figure.board import Board, Standing
from ledger.figure.sorting import in_plan_order


class Overdue(NamedTuple):
    """An item past its deadline on a day.

    `days` are counted from the deadline in force, `days_original` from that of the plan; None if the plan has no date,
    or none that has passed. `expected` is the unit's own forecast, `trouble` its latest words on what holds it up with
    their day; all may be unknown.
    """

    standing: Standing
    deadline: date
    days: int
    original: date | None
    days_original: int | None
    expected: date | None
    trouble: str
    trouble_day: date | None


def overdue_list(board: Board) -> tuple[Overdue, ...]:
    """Every overdue item, the latest first; of equal ones in the order of the plan."""
    found = [_overdue(standing, board.day) for standing in board.standings if standing.schedule == "overdue"]
    places = {id(s): n for n, s in enumerate(in_plan_order(board.standings, board.ledger.settings))}
    return tuple(sorted(found, key=lambda late: (-late.days, places[id(late.standing)])))


def _overdue(standing: Standing, day: date) -> Overdue:
    deadline = standing.deadline or day
    original = standing.original
    expected = standing.course.expected
    troubles = [entry for entry in standing.course.entries if entry.event == "trouble"]
    return Overdue(
        standing,
        deadline,
        (day - deadline).days,
        original,
        (day - original).days if original is not None and original < day else None,
        expected.until_day if expected else None,
        troubles[-1].text if troubles else "",
        troubles[-1].date if troubles else None,
    )
