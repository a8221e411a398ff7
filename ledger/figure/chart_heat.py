"""The heat map: week by week, whether each unit reported on what it had open, and how that stood."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from ledger.figure.board import Standing
from ledger.figure.moving_board import MovingBoard
from ledger.figure.reckoning import first_day
from ledger.figure.submission import reporting_units
from ledger.figure.trend import weeks_until
from ledger.figure.week import ReportingWeek
from ledger.model.ledger import Ledger
from ledger.model.state import LIGHTS


class HeatCell(NamedTuple):
    """A unit in a week: items open on the closing day that it has to report on, those among them on which it reported
    in the week, whether it reported anything at all, and the worst light of what was open (empty for nothing)."""

    open: int
    reported: int
    spoke: bool
    light: str

    @property
    def is_silent(self) -> bool:
        """It had something to report on and reported nothing."""
        return self.open > 0 and not self.spoke


class HeatRow(NamedTuple):
    """The weeks of one unit."""

    unit: str
    cells: tuple[HeatCell, ...]


class HeatMap(NamedTuple):
    """Every unit that had something open in one of the weeks, in the order of the settings."""

    ledger: Ledger
    day: date
    weeks: tuple[ReportingWeek, ...]
    rows: tuple[HeatRow, ...]
    query: str


def heat_map(
    ledger: Ledger, day: date, last: ReportingWeek, number: int, ids: Collection[str] | None = None, query: str = ""
) -> HeatMap:
    """The map of so many weeks up to `last`, of the items with these ids, or of all for None.

    Weeks that closed before anything was in the ledger are left out.
    """
    begin = first_day(ledger)
    weeks = [week for week in weeks_until(last, number) if begin is None or week.last >= begin]
    board = MovingBoard(ledger, [week.last for week in weeks])
    found: dict[str, dict[int, HeatCell]] = {}
    for place, week in enumerate(weeks):
        board.go()
        for unit, cell in _cells(board, week, ids).items():
            found.setdefault(unit, {})[place] = cell
    order = {unit.name: place for place, unit in enumerate(ledger.settings.units)}
    none = HeatCell(0, 0, spoke=False, light="")
    units = [unit for unit, own in found.items() if any(cell.open for cell in own.values())]
    units.sort(key=lambda unit: (order.get(unit, len(order)), unit))
    rows = [HeatRow(unit, tuple(found[unit].get(place, none) for place in range(len(weeks)))) for unit in units]
    return HeatMap(ledger, day, tuple(weeks), tuple(rows), query)


def _cells(board: MovingBoard, week: ReportingWeek, ids: Collection[str] | None) -> dict[str, HeatCell]:
    """The units of one week; the board stands on its closing day."""
    told: dict[str, set[str]] = {}
    members: dict[str, list[Standing]] = {}
    for standing in board.everything:
        if ids is not None and standing.id not in ids:
            continue
        for entry in reversed(standing.course.entries):
            if entry.date < week.first:
                break
            told.setdefault(board.present.get(entry.by, entry.by), set()).add(standing.id)
        if standing.exists and not standing.is_done:
            for unit in reporting_units(board, standing.item):
                members.setdefault(unit, []).append(standing)
    cells = {}
    for unit, own in members.items():
        lights = {standing.light for standing in own}
        ours = told.get(unit, set())
        reported = sum(standing.id in ours for standing in own)
        light = next(light for light in LIGHTS if light in lights)
        cells[unit] = HeatCell(len(own), reported, spoke=bool(ours), light=light)
    return cells
