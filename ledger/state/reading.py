"""Readings: the value of a target on a day, from what its reporters said; progress, a share from 0 to 1, from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Protocol

from ledger.model.entry import Entry
from ledger.model.item import ONE, Item, Target
from ledger.model.number import Goal, plain, span, total
from ledger.model.record import NamedTuple


class Reading(NamedTuple):
    """The value of a target from `day` on.

    `counted` is the value with what is exempted (added, or taken off where less is better); it lies between `low` and
    `high` if the reading is approximate. `missing` are the units or actions whose share of a sum nobody reported.
    """

    day: date
    value: Fraction
    counted: Fraction
    low: Fraction
    high: Fraction
    entries: tuple[Entry, ...]
    missing: tuple[str, ...] = ()

    def meets(self, goal: Goal) -> bool:
        """Whether the goal is reached for certain: by the whole range of an approximate value.

        A sum that still lacks shares can only grow: that proves nothing for a goal of at most or exactly so much.
        """
        if self.missing and goal.sign != ">=":
            return False
        return goal.met_by(self.low) and goal.met_by(self.high)


Share = tuple[str, Entry]
"""Who contributes a reading, and the entry. Without a sum everybody speaks for the whole, as the contributor ''."""


def counted(entry: Entry, goal: Goal | None) -> Fraction:
    """The value of a reading with its exempted number, in the unit of its target."""
    if not entry.exempt:
        return entry.number
    return entry.number - entry.exempted if goal is not None and goal.sign == "<=" else entry.number + entry.exempted


def worse(first: Entry, second: Entry, goal: Goal | None) -> Entry:
    """The reading of two that is farther from the goal; the smaller one where there is no goal.

    An approximate one counts by the end of its range that is farther off.
    """
    return second if _badness(second, goal) > _badness(first, goal) else first


def _badness(entry: Entry, goal: Goal | None) -> Fraction:
    exempt = counted(entry, goal) - entry.number
    reach = span(entry.value, entry.approx)
    if goal is None:
        return -(reach.low + exempt)
    return max(goal.distance(reach.low + exempt), goal.distance(reach.high + exempt))


def shares(item: Item, target: Target, entries: Iterable[Entry], present: Mapping[str, str]) -> list[Share]:
    """The readings of a target on its own item; in a sum over units each speaks under the name it bears now.

    Only reporters add to a sum: a total that the lead sends in beside the districts would count everything twice.
    If no reporter has sent anything, whoever did is taken.
    """
    own = [entry for entry in entries if entry.event == "reading" and entry.key == target.key]
    if target.sum != "units":
        return [("", entry) for entry in own]
    named = [(present.get(entry.by, entry.by), entry) for entry in own]
    reporters = {present.get(unit, unit) for unit in item.reporters}
    return [share for share in named if share[0] in reporters] or named


def readings(target: Target, given: list[Share], expected: tuple[str, ...] = ()) -> list[Reading]:
    """The value of the target from each day on which a share of it changed, in order.

    Of several readings of one day by one contributor the worse counts.
    """
    return [_total(day, target, latest, expected) for day, latest in _day_by_day(target, given)]


def last_reading(target: Target, given: list[Share], expected: tuple[str, ...] = ()) -> Reading | None:
    """The last of `readings`, without adding up those before it; None if there is none."""
    if not given:
        return None
    latest: dict[str, Entry] = {}
    ordered = given if len(given) == 1 else sorted(given, key=_day)
    for who, entry in ordered:
        before = latest.get(who)
        latest[who] = worse(before, entry, target.goal) if before and before.date == entry.date else entry
    return _total(ordered[-1][1].date, target, latest, expected)


def _day(share: Share) -> date:
    return share[1].date


def as_entry(reading: Reading) -> Entry:
    """A reading as the one line that would give it, for a sum of which it is a share."""
    first = reading.entries[0]
    if len(reading.entries) == 1 and first.date == reading.day:
        return first
    exempt = abs(reading.counted - reading.value)
    text = plain(exempt) if exempt else ""
    return first.but(date=reading.day, value=plain(reading.value), exempt=text, approx="")


def _day_by_day(target: Target, given: list[Share]) -> Iterator[tuple[date, dict[str, Entry]]]:
    """Each day with a share, and the latest share of every contributor by then: one mapping, which goes on changing."""
    latest: dict[str, Entry] = {}
    ordered = sorted(given, key=lambda share: share[1].date)
    for number, (who, entry) in enumerate(ordered):
        before = latest.get(who)
        latest[who] = worse(before, entry, target.goal) if before and before.date == entry.date else entry
        if number + 1 == len(ordered) or ordered[number + 1][1].date != entry.date:
            yield entry.date, latest


def _total(day: date, target: Target, latest: dict[str, Entry], expected: tuple[str, ...]) -> Reading:
    """The sum of the latest shares."""
    said = tuple(latest.values())
    missing = tuple(who for who in expected if who not in latest)
    value = said[0].number if len(said) == 1 else total(entry.number for entry in said)
    if not any(entry.approx or entry.exempt for entry in said):
        return Reading(day, value, value, value, value, said, missing)
    exempt = total(counted(entry, target.goal) - entry.number for entry in said)
    reach = [span(entry.value, entry.approx) for entry in said]
    low, high = total(one.low for one in reach), total(one.high for one in reach)
    return Reading(day, value, value + exempt, low + exempt, high + exempt, said, missing)


_NONE, _ALL = Fraction(0), Fraction(1)


def target_progress(target: Target, reading: Reading) -> Fraction:
    """How far a target is, from 0 to 1: reading/goal, at most 1, what is exempted counted in (`=` like `>=`).

    A goal of 0 or below is met or not: -10 is no twofold of -5. A goal of at most so much is met or not as well, unless
    the target names the value it started from: then it is the share of the way that is done.
    """
    goal = target.goal
    if goal is None:
        return _NONE
    done, way = reading.counted, goal.value
    if goal.sign == "<=" and target.start is not None:
        done, way = target.start - done, target.start - way
    if not way or (way < 0 and goal.sign != "<=") or (goal.sign == "<=" and target.start is None):
        return _ALL if goal.met_by(reading.counted) else _NONE
    if way < 0:
        done, way = -done, -way
    return _ALL if done >= way else done / way if done > 0 else _NONE


def even_mean(progress: Iterable[Fraction | None]) -> Fraction | None:
    """The mean, from 0 to 1, of what is known, each counting alike: weights are for books. None if nothing is known."""
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
        """The mean progress, from 0 to 1; None where nobody knows."""
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
            shares.append(progress if weight is ONE or weight == 1 else progress * weight)
            weights.append(weight)
    part, whole, most = total(shares), total(weights), total(everything)
    return Mean(part / whole if whole else None, len(shares), len(everything), part / most if most else None)
