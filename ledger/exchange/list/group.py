"""The rows of one number: what they say of the problem as a whole, and what of the measure in each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger.exchange.intake.column_role import FACT_FIELDS
from ledger.exchange.intake.vocabulary import Column, Header
from ledger.exchange.list.numbered import Group, is_said
from ledger.exchange.phrase.number import bare_step
from ledger.exchange.sheet.sheet import EMPTY, Cell, Sheet, at
from ledger.model.record import NamedTuple

Row = tuple[int, list[Cell]]

_OF_ROWS = frozenset({"lead", "responsible", "cooperating", "due"})
"""What each row of a number may say for itself; a blank cell means what stands above it."""


class Parts(NamedTuple):
    """`whole` are the cells of the item itself, `rest` further rows of it, `children` those of its measures."""

    whole: list[Cell]
    rest: list[Row]
    children: list[Row]


def group_parts(group: Group, sheet: Sheet, header: Header, *, several: bool = False) -> Parts:
    """The rows of a number told apart; with `several` each row with a measure of its own is an item below it."""
    (_, first), *others = group.rows
    if not others:
        return Parts(list(first), [], [])
    if not several:
        return Parts(list(first), [(row, _kept(cells, header, _is_of_rows)) for row, cells in others], [])
    own = {column.number for column in header.columns if _is_own(column, group, sheet)}
    whole = _kept(first, header, lambda column: column.number not in own or column.path[0] == "lead")
    rest = [(row, _kept(cells, header, lambda column: column.path[0] == "due")) for row, cells in group.rows]
    return Parts(whole, rest, _children(group, header, own))


def _is_of_rows(column: Column) -> bool:
    return column.path[0] in _OF_ROWS


def _is_own(column: Column, group: Group, sheet: Sheet) -> bool:
    """Whether a column speaks of each row for itself: beyond the first row it holds something of its own."""
    if column.path[0] in ("number", "id", "title", "goal"):
        return False
    if column.path[0] == "steps":
        return True
    if column.path[0] not in (*_OF_ROWS, "tags", "remark", *FACT_FIELDS):
        return False
    covered = {
        row for top, left, bottom, right in sheet.merged for row in range(top + 1, bottom + 1)
        if left <= column.number <= right
    }  # fmt: skip
    return any(is_said(at(cells, column.number)) and row not in covered for row, cells in group.rows[1:])


def _children(group: Group, header: Header, own: set[int]) -> list[Row]:
    """The rows that name a measure, its text standing where the title of an item stands."""
    steps = header.column("steps")
    title = header.column("title")
    children: list[Row] = []
    above: Sequence[Cell] = ()
    for row, cells in group.rows:
        filled = list(cells)
        filled.extend([EMPTY] * (max(len(above), _width(header)) - len(filled)))
        for column in header.columns:
            place = column.number - 1
            if _is_of_rows(column):
                filled[place] = filled[place] if is_said(filled[place]) else at(above, column.number)
            elif column.number not in own:
                filled[place] = EMPTY
        above = list(filled)
        if steps is not None and title is not None and filled[steps.number - 1].value.strip():
            measure = filled[steps.number - 1]
            filled[title.number - 1] = measure._replace(value=bare_step(measure.value))
            filled[steps.number - 1] = EMPTY
            children.append((row, filled))
    return children


def _width(header: Header) -> int:
    return max(column.number for column in header.columns)


def _kept(cells: Sequence[Cell], header: Header, wanted: Callable[[Column], bool]) -> list[Cell]:
    """The cells of some columns, the others empty."""
    numbers = {column.number for column in header.columns if wanted(column)}
    return [cell if number in numbers else EMPTY for number, cell in enumerate(cells, 1)]
