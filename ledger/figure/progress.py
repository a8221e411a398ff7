"""Progress: of a target, and its mean over items. Unknown never counts as 0."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple, Protocol

from ledger.figure.reading import Reading
from ledger.model.item import Item, Target
from ledger.model.number import total

_NONE, _ALL = Fraction(0), Fraction(1)


def target_progress(target: Target, reading: Reading) -> Fraction:
    """How far a target is, from 0 to 1: reading/goal, at most 1, what is exempted counted in (`=` like `>=`).

    A goal of 0 is met or not. A goal of at most so much is met or not as well, unless the target names the value it
    started from: then it is the share of the way that is done.
    """
    goal = target.goal
    if goal is None:
        return _NONE
    value = reading.counted
    if goal.sign == "<=":
        if target.start is None or target.start == goal.value:
            return _ALL if goal.met_by(value) else _NONE
        done = (target.start - value) / (target.start - goal.value)
    elif goal.value == 0:
        return _ALL if goal.met_by(value) else _NONE
    else:
        done = value / goal.value
    return min(_ALL, max(_NONE, done))


def even_mean(progress: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of what is known, each counting alike: a weight is for the progress of a book. None if nothing is."""
    known = [share for share in progress if share is not None]
    return total(known) / len(known) if known else None


class Progressing(Protocol):
    """Anything that has a weight and may know how far it is."""

    @property
    def item(self) -> Item:
        """The item with its weight."""
        ...

    @property
    def progress(self) -> Fraction | None:
        """From 0 to 1, or None."""
        ...


class Mean(NamedTuple):
    """`value` is the weighted mean over the `known` of `of` items, or None; `floor` takes unknown as 0."""

    value: Fraction | None
    known: int
    of: int
    floor: Fraction | None


def mean(standings: Iterable[Progressing]) -> Mean:
    """The mean progress of items, weighted by `weight`."""
    shares: list[Fraction] = []
    weights: list[Fraction] = []
    everything: list[Fraction] = []
    for standing in standings:
        weight, progress = standing.item.weight, standing.progress
        everything.append(weight)
        if progress is not None:
            # Multiplying fractions is what costs most here, and nearly every weight is 1.
            shares.append(progress if weight == 1 else progress * weight)
            weights.append(weight)
    part, whole, most = total(shares), total(weights), total(everything)
    return Mean(part / whole if whole else None, len(shares), len(everything), part / most if most else None)
