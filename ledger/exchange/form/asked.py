"""What a unit's weekly form asks: its open items, and the targets whose readings it can give."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ledger.model.entry import Entry
from ledger.model.item import Target
from ledger.model.period import ReportingWeek
from ledger.model.record import NamedTuple
from ledger.state.board import Board, Standing
from ledger.state.order import in_plan_order
from ledger.state.request import Trouble, open_trouble
from ledger.state.submission import reporting_units

SAID = ("report", "expect", "progress")
"""What a form tells the unit of its own last words on an item, in this order."""


class ItemLine(NamedTuple):
    """One open item. `said` are the unit's latest entries of each of the events `SAID`.

    `takes_percent` is false where targets with a goal tell how far it is.
    """

    standing: Standing
    left: int | None
    """Days from the closing day to the deadline, below 0 once it has passed."""
    said: tuple[Entry, ...]
    takes_percent: bool
    pending: Trouble | None = None
    """The unit's trouble that is not over yet."""


class ReadingLine(NamedTuple):
    """One target of an open item, with the latest reading: the unit's own where units are added up."""

    standing: Standing
    target: Target
    last: Fraction | None
    last_on: date | None


class Form(NamedTuple):
    """All that a unit has to report on in a week."""

    unit: str
    week: ReportingWeek
    items: tuple[ItemLine, ...]
    readings: tuple[ReadingLine, ...]
    elsewhere: tuple[ItemLine, ...] = ()
    """Its open items in included ledgers: it reports on them there, here they are only told."""


def unit_forms(board: Board, week: ReportingWeek) -> dict[str, Form]:
    """The form of each unit that has anything to report on the closing day, which is the board's day; behind them
    those of units that have something only in included ledgers, with no `items`."""
    due = _open_items(board)
    elsewhere: dict[str, list[ItemLine]] = {}
    for below in board.below.values():
        for unit, standings in _open_items(below).items():
            elsewhere.setdefault(unit, []).extend(_item_line(below, unit, standing) for standing in standings)
    return {
        unit: _form(board, week, unit, due.get(unit, []))._replace(elsewhere=tuple(elsewhere.get(unit, ())))
        for unit in dict.fromkeys((*due, *elsewhere))
    }


def _open_items(board: Board) -> dict[str, list[Standing]]:
    """The items that are not done by the units that report on them."""
    due: dict[str, list[Standing]] = {}
    for standing in in_plan_order(board.standings, board.ledger.settings):
        if not standing.is_done:
            for unit in reporting_units(board, standing.item):
                due.setdefault(unit, []).append(standing)
    return due


def _form(board: Board, week: ReportingWeek, unit: str, standings: list[Standing]) -> Form:
    items = tuple(_item_line(board, unit, standing) for standing in standings)
    readings = tuple(
        _reading_line(unit, standing, target)
        for standing in standings
        for target in standing.item.targets
        if asks_for(standing, target)
    )
    return Form(unit, week, items, readings)


def _item_line(board: Board, unit: str, standing: Standing) -> ItemLine:
    latest = {entry.event: entry for entry in standing.course.entries if board.present.get(entry.by, entry.by) == unit}
    said = tuple(latest[event] for event in SAID if event in latest)
    left = None if standing.deadline is None else (standing.deadline - board.day).days
    return ItemLine(standing, left, said, takes_percent(standing), open_trouble(standing, unit))


def takes_percent(standing: Standing) -> bool:
    """Whether a percentage says how far an item is: only where no target with a goal does."""
    return not any(target.goal is not None for target in standing.item.targets)


def asks_for(standing: Standing, target: Target) -> bool:
    """Whether a unit is asked for the reading of a target: not where it is the sum of readings of the actions."""
    if target.sum != "actions":
        return True
    below = standing.board.actions_of(standing.id)
    return not any(child.item.target(target.key) for child in below)


def _reading_line(unit: str, standing: Standing, target: Target) -> ReadingLine:
    if target.sum == "units":
        own = own_readings(standing, target.key, unit)
        return ReadingLine(standing, target, own[-1].number if own else None, own[-1].date if own else None)
    last = standing.reading(target.key)
    return ReadingLine(standing, target, last.value if last else None, last.day if last else None)


def own_readings(standing: Standing, key: str, unit: str) -> list[Entry]:
    """The readings of a target that a unit itself has given, in order."""
    present = standing.board.present
    return [
        entry
        for entry in standing.course.entries
        if entry.event == "reading" and entry.key == key and present.get(entry.by, entry.by) == unit
    ]
