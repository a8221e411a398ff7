"""What becomes of the promises of an item: whether the first was kept, by how many days it slipped, how it was moved,
and whether the pace of its targets will do."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from ledger.model.entry import Entry
from ledger.model.item import Target
from ledger.model.record import NamedTuple
from ledger.state.board import Standing
from ledger.state.course import amended, day_of
from ledger.state.reading import last_reading


class Move(NamedTuple):
    """An extension that moved a deadline: from `was` (None where there was no date) to `until`."""

    entry: Entry
    was: date | None
    until: date

    @property
    def days(self) -> int | None:
        """By how many days it moved, below 0 to an earlier day; None where there was no date before."""
        return None if self.was is None else (self.until - self.was).days

    @property
    def late(self) -> int:
        """How many days after the deadline that it moved it was made; 0 in time."""
        return 0 if self.was is None else max(0, (self.entry.date - self.was).days)


def moves(standing: Standing) -> list[Move]:
    """Every extension that moved the deadline, in all rounds, in the order in which they took effect."""
    found, was = [], standing.original
    for entry in standing.course.moves:
        until = entry.until_day
        if entry.event == "extend" and until is not None and until != was:
            found.append(Move(entry, was, until))
        was = until
    return found


def kept(standing: Standing) -> str:
    """Whether an item was done in full by the first deadline of its first round: `yes`, `no` or `unknown`.

    A relapse ends that for good. An item that is not done, or was short of a target on the day it was done, has not
    kept it; nor has one that is closed without a `done`.
    """
    first = standing.original
    if first is None or standing.course.has_relapsed:
        return "no"
    verdict = "no"
    for done in standing.course.fulls:
        day = day_of(done)
        if day > first and not standing.may_be_by(done, first):
            continue
        if not _was_short_on(standing, day):
            if day <= first:
                return "yes"
            verdict = "unknown"
    return verdict


def _was_short_on(standing: Standing, day: date) -> bool:
    """Whether a target missed its goal on an earlier day, by the plan in force and the readings up to then."""
    item, course = standing.item, standing.course
    if not item.targets and not course.amendments:
        return False
    if course.amendments:
        item = amended(standing.plan, (entry for entry in course.entries if entry.date <= day))
    return any(target.goal is not None and not _was_met_on(standing, target, day) for target in item.targets)


def _was_met_on(standing: Standing, target: Target, day: date) -> bool:
    reading = None if standing.course.amendments else standing.reading(target.key)
    if reading is None or reading.day > day:
        given, expected = standing.shares_of(target)
        reading = last_reading(target, [share for share in given if share[1].date <= day], expected)
    return reading is not None and target.goal is not None and reading.meets(target.goal)


def slip(standing: Standing) -> int | None:
    """Days by which an item is, or was done, later than the first deadline of its round; None if that has none.

    An open item is later by the deadline in force, and once that has passed by the day itself: see `slips_daily`.
    """
    first = standing.first_deadline
    if first is None:
        return None
    day = standing.course.done_day or max(standing.deadline or first, standing.board.day)
    return max(0, (day - first).days)


def slips_daily(standing: Standing) -> bool:
    """Whether the slip of an item grows from day to day: it is open, and its deadline is over."""
    return standing.schedule == "overdue"


WEEKS = 8
"""How many weeks back the pace of a target is measured."""


class Pace(NamedTuple):
    """How fast a target has come nearer to its goal in the last eight weeks, and must from now on; units a week.

    `done` is None where there was no reading to start from, `needed` where its day is today or over.
    """

    target: Target
    done: Fraction | None
    needed: Fraction | None

    @property
    def is_slow(self) -> bool:
        """Whether it comes nearer to its goal by less a week than it must; where either is unknown it is not said."""
        if self.done is None or self.needed is None:
            return False
        return self.done < self.needed if self.needed > 0 else self.done > self.needed


def paces(standing: Standing) -> tuple[Pace, ...]:
    """The pace of each target with a goal that is not reached yet, in its own units a week."""
    return tuple(
        _pace(standing, target)
        for target in standing.item.targets
        if target.goal is not None and not standing.is_met(target)
    )


def _pace(standing: Standing, target: Target) -> Pace:
    day, last = standing.board.day, target.due or standing.deadline
    history = standing.history.get(target.key, [])
    if not history or target.goal is None:
        return Pace(target, None, None)
    now = history[-1].counted
    earlier = [reading for reading in history if reading.day <= day - timedelta(weeks=WEEKS)]
    start = earlier[-1] if earlier else history[0]
    # A reading from before the eight weeks holds until the next one; a later first one is where the pace begins.
    days = WEEKS * 7 if earlier else (day - start.day).days
    done = (now - start.counted) * 7 / days if days > 0 else None
    left = (last - day).days if last is not None else 0
    needed = (target.goal.value - now) * 7 / left if left > 0 else None
    return Pace(target, done, needed)
