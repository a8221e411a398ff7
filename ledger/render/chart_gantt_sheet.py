"""How a wall chart is laid out on paper: how tall rows are, how many columns stand side by side, how many sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger.figure.chart_gantt import Bar, BarGroup

LEAST, USUAL, MOST = 10.4, 12.0, 20.0
"""Heights of a row in units of a quarter of a millimetre; the type is four fifths of that (6, 7 and 10 points)."""

_COLUMN = 720.0
"""The least width of a column: a title of some twenty signs and a time axis in which months can be told apart."""


class Heading(NamedTuple):
    """The line above a group; `goes_on` where a column begins in the middle of it."""

    group: BarGroup
    goes_on: bool


Row = Heading | Bar
Column = tuple[Row, ...]


class Plan(NamedTuple):
    """The height of a row, and the columns of every sheet."""

    row: float
    sheets: tuple[tuple[Column, ...], ...]


def plan(groups: Sequence[BarGroup], wide: float, tall: float) -> Plan:
    """The layout on sheets with so much room: on one sheet if rows stay legible, in as few columns as are wide enough.

    Otherwise as many sheets as it takes, in rows of the usual height.
    """
    rows = sum(len(group.bars) + 1 for group in groups)
    most = max(int(wide // _COLUMN), 1)
    best: tuple[float, list[Column]] | None = None
    for count in range(1, most + 1):
        found = _balanced(groups, rows, count)
        height = min(tall / max(map(len, found), default=1), MOST)
        if height >= LEAST and (best is None or height > best[0] * 1.2):
            best = height, found
        if best is not None and best[0] >= USUAL:
            break
    if best is not None:
        return Plan(best[0], (tuple(best[1]),))
    columns = _filled(groups, max(int(tall // USUAL), 3))
    sheets = [tuple(columns[at : at + most]) for at in range(0, len(columns), most)]
    return Plan(USUAL, tuple(sheets))


def _balanced(groups: Sequence[BarGroup], rows: int, count: int) -> list[Column]:
    """At most so many columns, about equally long."""
    room = max(-(-rows // count), 3)
    while len(found := _filled(groups, room)) > count:
        room += 1
    return found


def _filled(groups: Sequence[BarGroup], room: int) -> list[Column]:
    """Columns of at most so many rows, no group's heading alone at the foot of one; what goes on is headed again."""
    columns: list[list[Row]] = [[]]
    for group in groups:
        if room - len(columns[-1]) < 2:
            columns.append([])
        columns[-1].append(Heading(group, goes_on=False))
        for bar in group.bars:
            if len(columns[-1]) >= room:
                columns.append([Heading(group, goes_on=True)])
            columns[-1].append(bar)
    return [tuple(column) for column in columns if column]
