"""Courses of figures where there is no room for a bar a week: fewer bars, evenly spread, on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ledger.render.column_width import comfortable_widths
from ledger.render.document import Samples, Table, Typed, value_of
from ledger.render.sparkline import sparkline

_FEWEST = 12
"""Bars below which a course tells nothing: then it is wrapped."""

_One = TypeVar("_One")


def thinned(values: Sequence[_One], most: int) -> Sequence[_One]:
    """At most so many of the values, evenly spread, the last one always."""
    number = len(values)
    return values if number <= most else [values[(place + 1) * number // most - 1] for place in range(most)]


def courses_within(table: Table, room: int, bar: int = 1) -> Table:
    """The table with as many bars in a course as fit `room` cells beside its other columns, each `bar` cells wide."""
    columns = {n for row in table.rows for n, cell in enumerate(row) if isinstance(value_of(cell), Samples)}
    if not columns:
        return table
    others = sum(wide for number, wide in enumerate(comfortable_widths(table)) if number not in columns)
    return with_bars(table, max((room - others) // (bar * len(columns)), _FEWEST))


def with_bars(table: Table, most: int) -> Table:
    """The table with at most so many bars in a course; programs still have every number."""
    return table._replace(rows=[[_drawn(cell, most) for cell in row] for row in table.rows])


def _drawn(cell: str, most: int) -> str:
    value = value_of(cell)
    if not isinstance(cell, Typed) or not isinstance(value, Samples) or len(value.values) <= most:
        return cell
    return Typed(sparkline(thinned(value.values, most)), value, cell.tone)
