"""Who is ahead and who is behind: units ranked by what is overdue, by punctuality and by their lights."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from ledger.model.words import Words
from ledger.state.unit_table import UnitRow, UnitTable

CRITERIA = {
    "overdue": Words("逾期项数", "overdue"),
    "on_time": Words("按期率", "on-time rate"),
    "light": Words("亮灯", "lights"),
}
"""By what units are ranked: fewest overdue first, the highest on-time rate, the fewest red and then yellow lights."""

_KEYS: dict[str, Callable[[UnitRow], Any]] = {
    "overdue": lambda row: row.overdue,
    "on_time": lambda row: -Fraction(row.on_time.part, row.on_time.whole),
    "light": lambda row: (row.red, row.yellow),
}


class Place(NamedTuple):
    """A place in a ranking, the best is 1. After n units that tie, n − 1 places are skipped."""

    number: int
    is_tied: bool


class Ranked(NamedTuple):
    """A unit with its place by each criterion, by the names of `CRITERIA`."""

    row: UnitRow
    places: dict[str, Place]


class Ranking(NamedTuple):
    """Units by their places, the criteria in the order of `CRITERIA`, then by name.

    `apart` are those of whose items due none is done or overdue: 0/0 is no rate, and no place. The items of nobody are
    in neither.
    """

    kind: str
    ranked: tuple[Ranked, ...]
    apart: tuple[UnitRow, ...]


def ranking(table: UnitTable) -> Ranking:
    """The units of a table ranked by each criterion."""
    units = [row for row in table.rows if row.unit]
    rows = [row for row in units if row.on_time.whole]
    places = {name: _places([key(row) for row in rows]) for name, key in _KEYS.items()}
    ranked = [Ranked(row, {name: places[name][n] for name in CRITERIA}) for n, row in enumerate(rows)]
    ranked.sort(key=lambda one: (*(place.number for place in one.places.values()), one.row.unit))
    return Ranking(table.kind, tuple(ranked), tuple(row for row in units if not row.on_time.whole))


def _places(values: list[Any]) -> list[Place]:
    ordered = sorted(values)
    return [Place(ordered.index(value) + 1, ordered.count(value) > 1) for value in values]
