"""Tables as sheets keep them: one value a cell, so that a rate takes three columns (n, N and the percentage)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger.render.document import Column, Percent, Table, Typed
from ledger.render.phrase import DASH, percent_text
from ledger.state.count import Rate


class SpreadColumn(NamedTuple):
    """A column with the cells under it, the typed ones with a number, date, percentage or text each."""

    column: Column
    cells: Sequence[str]


def spread(table: Table) -> list[SpreadColumn]:
    """The columns of a table, each rate in three: its n, its N and its percentage, which is empty for 0/0."""
    found = []
    for number, column in enumerate(table.columns):
        cells = [row[number] for row in table.rows]
        if any(isinstance(cell, Typed) and isinstance(cell.value, Rate) for cell in cells):
            found += _rate_columns(column, cells)
        else:
            found.append(SpreadColumn(column, cells))
    return found


def _rate_columns(column: Column, cells: Sequence[str]) -> list[SpreadColumn]:
    title = column.title.removesuffix("n/N").rstrip()
    parts: list[list[str]] = [[], [], []]
    for cell in cells:
        for part, one in zip(parts, _three(cell), strict=True):
            part.append(one)
    return [
        SpreadColumn(column._replace(title=f"{title} {sign}", right=True, flexible=False), part)
        for sign, part in zip(("n", "N", "%"), parts, strict=True)
    ]


def _three(cell: str) -> tuple[str, str, str]:
    """A rate as three cells; what is no rate stands in the first one."""
    if not isinstance(cell, Typed) or not isinstance(cell.value, Rate):
        return cell, "", ""
    part, whole, tone = cell.value.part, cell.value.whole, cell.tone
    percent = Typed(percent_text(cell.value.percent), Percent(cell.value.percent), tone) if whole else Typed(DASH, None)
    return Typed(str(part), part, tone), Typed(str(whole), whole, tone), percent
