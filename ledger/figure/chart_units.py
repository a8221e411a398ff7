"""A bar for each unit: how many of its items are done, open, or overdue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ledger.model.ledger import Ledger
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.unit_table import NO_UNIT, districts, districts_of, lead_of


class UnitBar(NamedTuple):
    """The items of one unit, or of all: they add up to its total. `open` are neither done nor overdue."""

    name: Words
    done: int
    open: int
    overdue: int
    is_total: bool = False

    @property
    def total(self) -> int:
        """All of them."""
        return self.done + self.open + self.overdue


class UnitBars(NamedTuple):
    """The bars, the longest first and the items of nobody last; `total` counts every item once.

    `several` items stand in more than one bar (never by lead).
    """

    ledger: Ledger
    day: date
    kind: str
    bars: tuple[UnitBar, ...]
    total: UnitBar
    several: int
    query: str


def unit_bars(board: Board, standings: Iterable[Standing], kind: str = "lead", query: str = "") -> UnitBars:
    """The bars of these items by `lead` unit or by `district`, under the names units bear now.

    As in the tables of units: an item counts for each district that leads it or is responsible for it.
    """
    items = list(standings)
    listed = districts(board.ledger.settings)
    members: dict[str, list[Standing]] = {}
    several = 0
    for standing in items:
        units = districts_of(standing, listed) if kind == "district" else lead_of(standing)
        several += len(units) > 1
        for unit in units or ("",):
            members.setdefault(unit, []).append(standing)
    order = sorted(members, key=lambda unit: (not unit, -len(members[unit]), unit))
    bars = tuple(_bar(Words.same(unit) if unit else NO_UNIT[kind], members[unit]) for unit in order)
    total = _bar(Words("合计", "total"), items)._replace(is_total=True)
    return UnitBars(board.ledger, board.day, kind, bars, total, several, query)


def _bar(name: Words, standings: Iterable[Standing]) -> UnitBar:
    done = still = late = 0
    for standing in standings:
        if standing.is_done:
            done += 1
        elif standing.schedule == "overdue":
            late += 1
        else:
            still += 1
    return UnitBar(name, done, still, late)
