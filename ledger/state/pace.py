"""The pace of a target: what the last eight weeks brought, and what it needs a week to reach its goal in time."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from ledger.model.item import Target
from ledger.model.record import NamedTuple
from ledger.state.board import Standing

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
