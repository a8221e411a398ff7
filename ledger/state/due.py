"""What is over its day, how late, and what comes due next: the lists behind `ledger due` and the reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.model.entry import Entry
from ledger.model.item import UNSTATED
from ledger.model.period import days_after
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.clock import WORK, PlannedStep, clocks, late_steps, step_name
from ledger.state.order import in_plan_order
from ledger.state.request import Request, asked_label, open_requests, troubles_of

KINDS = {
    "overdue": Words("逾期事项", "overdue"),
    "missed": Words("逾期阶段目标", "milestones missed"),
    "orders": Words("逾期督办", "orders overdue"),
    "steps": Words("该开始的步骤", "steps to begin"),
    "closings": Words("应销号", "to be closed by"),
    "requests": Words("待答复的申请", "requests waiting"),
    "coming": Words("即将到期", "coming"),
}
"""The lists, the worst first."""
LEVELLED = ("overdue", "missed", "orders", "coming")
"""Those about deadlines, for which a letter may go out; the others are there where something is in them."""


class Due(NamedTuple):
    """One line: an item, a milestone of it or an order on it, its day, and how many days are left (below 0: over).

    `original` is the deadline that the plan gave an item; None for anything else. A step has its latest start, closing
    its limit, and a request the day by which it is to be answered, which is counted in working days.
    """

    kind: str
    standing: Standing
    day: date
    days: int
    what: Words
    order: Entry | None = None
    original: date | None = None
    step: PlannedStep | None = None
    request: Request | None = None
    late: bool | None = None
    """Of a step, whether somebody is late with it: one that should have begun may be under way."""

    @property
    def is_over(self) -> bool:
        """Whether its day has passed, and somebody is late with it."""
        return self.days < 0 if self.late is None else self.late

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
    found += _steps_and_closings(board, last)
    found += _requests(board)
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


def _steps_and_closings(board: Board, last: date) -> Iterator[Due]:
    """The steps that must begin, and the items that are done and must be closed, by some day up to `last`.

    What is overdue is that first of all.
    """
    for standing, clock in clocks(board):
        if standing.schedule == "overdue":
            continue
        late = {one.step.step for one in late_steps(standing, clock)}
        for step in clock.steps:
            left = (step.latest_start - board.day).days
            if step.latest_start <= last and not _has_begun(standing, step):
                over = left < 0 if step.step == WORK else step.step in late
                yield Due("steps", standing, step.latest_start, left, step_name(step.step), step=step, late=over)
        if standing.is_done and clock.limit <= last:
            yield Due("closings", standing, clock.limit, (clock.limit - board.day).days, standing.item.title)


def _has_begun(standing: Standing, step: PlannedStep) -> bool:
    return standing.course.active or standing.is_done if step.step == WORK else step.recorded is not None


def _requests(board: Board) -> Iterator[Due]:
    """Every request that waits, with the last working day on which it is answered in time."""
    most = board.ledger.settings.answer_days
    for request in open_requests(board):
        left = most - board.working_days.between(request.since, board.day)
        by = board.working_days.nth(days_after(request.since, 1), most)
        yield Due("requests", request.standing, by, left, asked_label(request.key), request=request)


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
