"""Rows of totals in a list: no items; what they say is compared with what was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ledger.exchange.intake.list_rows import ListRows
from ledger.exchange.intake.list_told import Telling
from ledger.exchange.intake.result import Spot
from ledger.exchange.intake.vocabulary import Column, Header
from ledger.exchange.sheet.sheet import Cell, at
from ledger.model.number import number as value_of
from ledger.model.number import plain
from ledger.model.words import Words

_COUNTED = re.compile(r"(\d+)\s*(?:项|个|条|件|处|家|座)?")
_LABEL = re.compile(r"[总合共小累]计|总数|汇总")


def total_notes(sheet: str, header: Header, rows: ListRows, telling: Telling) -> list[tuple[Spot, Words]]:
    """A note for each row of totals, and one for each number in it that is not what was counted."""
    notes: list[tuple[Spot, Words]] = []
    for number, cells in rows.totals:
        label = next(cell.value.strip() for cell in cells if cell.value.strip())
        differing = list(_differing(number, cells, header, rows, telling, part=label.startswith("小")))
        same = Words("“{label}”行，不是事项；数字与所列一致", "the row “{label}” is no item; its numbers agree")
        other = Words("“{label}”行，不是事项", "the row “{label}” is no item")
        notes.append((Spot(sheet, number), (other if differing else same).fill(label=label)))
        notes += [(Spot(sheet, number, column), words) for column, words in differing]
    return notes


def _differing(
    number: int, cells: Sequence[Cell], header: Header, rows: ListRows, telling: Telling, *, part: bool
) -> Iterator[tuple[int, Words]]:
    """The numbers of a row of totals that are not those of the list: column and what to say."""
    start = max((row for row, _ in rows.totals if row < number), default=0) if part else 0
    groups = [group for group in rows.groups if start < group.rows[0][0] < number]
    counts = {"items": len(groups), "rows": sum(len(group.rows) for group in groups)}
    for place, cell in enumerate(cells, 1):
        said = _number_in(cell)
        column = next((one for one in header.columns if one.number == place), None)
        if said is None or (column is None and cell.kind != "number"):
            continue
        expected = _expected(place, column, counts, rows, telling, start, number, part=part)
        if expected and said not in expected:
            words = Words("合计写 {a}，所列是 {b}", "the total says {a}, the list has {b}")
            yield place, words.fill(a=plain(said), b=plain(expected[0]))


def _expected(
    place: int, column: Column | None, counts: dict[str, int], rows: ListRows, telling: Telling, start: int, end: int,
    *, part: bool,
) -> list[Fraction]:  # fmt: skip
    """What a total may be: the sum of a column of numbers, how many are done or closed, else how many items or rows."""
    values = [value_of(at(cells, place).value.replace(",", "")) for group in rows.groups for row, cells in group.rows
              if start < row < end and at(cells, place).value.strip()]  # fmt: skip
    numbers = [value for value in values if value is not None]
    name = column.path[0] if column else ""
    if name in ("state", "closed", "done_date", "closed_date"):
        if part:
            return []
        done = sum(telling.counts.get(one, 0) for one in ("done", "basic", "closed"))
        return [Fraction(done), Fraction(telling.counts.get("closed", 0)), Fraction(telling.counts.get("done", 0))]
    if name in ("number", "id", "title", ""):
        return [Fraction(counts["items"]), Fraction(counts["rows"])]
    if values and len(numbers) == len(values):
        return [sum(numbers, Fraction(0))]
    return [Fraction(counts["items"]), Fraction(counts["rows"]), Fraction(len(values))]


def _number_in(cell: Cell) -> Fraction | None:
    """The one number in a cell of a row of totals."""
    text = cell.value.strip().replace(",", "")
    if cell.kind == "number" or value_of(text) is not None:
        return value_of(text)
    found = _COUNTED.findall(_LABEL.sub("", text))
    return Fraction(found[0]) if len(found) == 1 and len(text) <= 20 else None
