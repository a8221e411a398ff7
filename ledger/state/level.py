"""Levels of warning: which one an item bears, and which of them somebody was already told by letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.model.entry import Entry
from ledger.model.record import NamedTuple
from ledger.state.board import Standing

OVERDUE = 0
"""The days of the level of what is past its deadline."""

WARNED = "warning"
"""The key of a supervision entry that stands for a letter of level."""


class Sent(NamedTuple):
    """A letter of level that went out: its level (empty if its day bore none), its day, and the line that says so."""

    level: str
    day: date
    entry: Entry


def level_of(standing: Standing) -> str:
    """The level that an open item bears: the nearest that has come. Empty without one."""
    return "" if standing.is_done or not standing.exists else level_on(standing, standing.board.day)


def level_on(standing: Standing, day: date) -> str:
    """The level that the deadline in force on a day gives to something that is open on it."""
    deadline = standing.deadline_on(day)
    if deadline is None:
        return ""
    return level_at((deadline - day).days, standing.board.ledger.settings.warning.levels)


def level_at(left: int, levels: Sequence[tuple[str, int]]) -> str:
    """The name of the nearest level that has come with so many days left, below 0 after the deadline."""
    come = [(days, name) for name, days in levels if (left < 0 if days == OVERDUE else left <= days)]
    return min(come)[1] if come else ""


def severity(level: str, levels: Sequence[tuple[str, int]]) -> int:
    """Where a level stands among all of them, the severest 0; what is no level comes last."""
    names = [name for name, _ in sorted(levels, key=lambda one: one[1])]
    return names.index(level) if level in names else len(names)


def sent_levels(standing: Standing) -> tuple[Sent, ...]:
    """The letters of level that went out about the deadline in force, the first first.

    A letter about an earlier deadline says nothing about this one: each level goes out once for each.
    """
    if "supervise" not in standing.course.kinds:
        return ()
    letters = [one for one in standing.course.entries if one.event == "supervise" and one.key == WARNED]
    return tuple(
        Sent(_level_told(standing, entry), entry.date, entry)
        for entry in letters
        if standing.deadline_on(entry.date) == standing.deadline
    )


def _level_told(standing: Standing, entry: Entry) -> str:
    """The level that a line names in its note, else that of its day."""
    names = [name for name, _ in standing.board.ledger.settings.warning.levels]
    return entry.note if entry.note in names else level_on(standing, entry.date)
