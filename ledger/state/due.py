"""What is over its day, how late, and what comes due next: the lists behind `ledger due` and the reports."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ledger.model.entry import Entry
from ledger.model.item import UNSTATED
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.order import in_plan_order
from ledger.state.trouble import troubles_of

KINDS = {
    "overdue": Words("逾期事项", "overdue"),
    "missed": Words("逾期阶段目标", "milestones missed"),
    "orders": Words("逾期督办", "orders overdue"),
    "coming": Words("即将到期", "coming"),
}
"""The four lists; something in any but the last means that something is over."""


class Due(NamedTuple):
    """One line: an item, a milestone of it or an order on it, its day, and how many days are left (below 0: over).

    `original` is the deadline that the plan gave an item; None for a milestone or an order.
    """

    kind: str
    standing: Standing
    day: date
    days: int
    what: Words
    order: Entry | None = None
    original: date | None = None

    @property
    def days_original(self) -> int | None:
        """How many days were left by the original deadline, as `days` counts; None where there is none."""
        return None if self.original is None else self.days + (self.original - self.day).days

    @property
    def lead(self) -> str:
        """The lead unit under its present name; empty if none is stated."""
        lead = self.standing.item.lead
        return "" if lead == UNSTATED else self.standing.board.present.get(lead, lead)


def due_list(board: Board, last: date) -> list[Due]:
    """Everything over on the board's day, and what falls due up to `last`; by kind, lead unit and day."""
    found: list[Due] = []
    for standing in board.standings:
        found += _over(standing, board.day)
        if not standing.is_done:
            found += _coming(standing, board.day, last)
    order = list(KINDS)
    return sorted(found, key=lambda due: (order.index(due.kind), due.lead, due.day, due.standing.id))


def _own(kind: str, standing: Standing, deadline: date, day: date) -> Due:
    """The line of an item itself."""
    left = (deadline - day).days
    return Due(kind, standing, deadline, left, standing.item.title, original=standing.original)


def _over(standing: Standing, day: date) -> list[Due]:
    found = []
    if standing.schedule == "overdue" and standing.deadline is not None:
        found.append(_own("overdue", standing, standing.deadline, day))
    if not standing.is_done:
        for stage in standing.missed:
            name = stage.name if any(stage.name) else Words.same(stage.key)
            found.append(Due("missed", standing, stage.due, (stage.due - day).days, name))
    for order in standing.course.orders:
        until = order.until_day
        if until is not None and until < day:
            found.append(Due("orders", standing, until, (until - day).days, Words.same(order.doc or order.key), order))
    return found


def _coming(standing: Standing, day: date, last: date) -> list[Due]:
    found = []
    if standing.deadline is not None and day <= standing.deadline <= last:
        found.append(_own("coming", standing, standing.deadline, day))
    for stage in standing.stages:
        if stage.met_on is None and day <= stage.due <= last:
            name = stage.name if any(stage.name) else Words.same(stage.key)
            found.append(Due("coming", standing, stage.due, (stage.due - day).days, name))
    return found


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
    troubles = sorted((own.entry for own in troubles_of(standing)), key=lambda entry: entry.date)
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
