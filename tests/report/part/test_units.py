"""Units ranked, ties as ties, and nobody by 0/0."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.report.part.progress import CRITERIA, Ranking, ranking
from ledger.state.figure.count import Rate
from ledger.state.figure.unit_table import UnitRow, UnitTable

pytestmark = pytest.mark.quick


def row(unit: str, due: int, overdue: int = 0, in_time: int = 0, red: int = 0, yellow: int = 0) -> UnitRow:
    return UnitRow(unit, due + 1, due, 0, 0, overdue, 0, 0, 0, Rate(in_time, due), red, yellow, 0, 0)


def ranked(*rows: UnitRow) -> Ranking:
    return ranking(UnitTable("lead", rows, row("", 0), 0))


def places(found: Ranking, by: str) -> dict[str, tuple[int, bool]]:
    return {one.row.unit: one.places[by] for one in found.ranked}


def test_fewest_overdue_come_first_and_a_tie_skips_the_next_place():
    found = ranked(row("甲", 9, 3), row("乙", 9, 1), row("丙", 9, 1), row("丁", 9, 2))
    assert places(found, "overdue") == {"乙": (1, True), "丙": (1, True), "丁": (3, False), "甲": (4, False)}


def test_rates_are_compared_exactly():
    found = ranked(row("甲", 6, in_time=4), row("乙", 3, in_time=2), row("丙", 1000, in_time=667), row("丁", 2))
    assert places(found, "on_time") == {"丙": (1, False), "甲": (2, True), "乙": (2, True), "丁": (4, False)}


def test_lights_are_compared_by_red_and_then_yellow():
    found = ranked(row("甲", 9, red=1), row("乙", 9, yellow=5), row("丙", 9, red=1, yellow=1), row("丁", 9))
    assert places(found, "light") == {"丁": (1, False), "乙": (2, False), "甲": (3, False), "丙": (4, False)}


def test_units_with_nothing_due_are_listed_apart():
    found = ranked(row("甲", 0), row("乙", 1, 1))
    assert [one.row.unit for one in found.ranked] == ["乙"]
    assert [one.unit for one in found.apart] == ["甲"]


def test_a_unit_of_which_nothing_due_is_done_or_overdue_has_no_rate_and_stands_apart():
    today = row("甲", 1)._replace(on_time=Rate(0, 0))
    found = ranked(today, row("乙", 1, 1))
    assert [one.row.unit for one in found.ranked] == ["乙"]
    assert found.apart == (today,)


def test_the_items_of_nobody_are_no_unit():
    found = ranked(row("", 5, 5), row("", 0))
    assert (found.ranked, found.apart) == ((), ())


def test_units_are_listed_by_overdue_then_rate_then_lights_then_name():
    found = ranked(row("丁", 9, 1), row("丙", 9, red=2, in_time=5), row("乙", 9, in_time=5), row("甲", 9, in_time=5))
    assert [one.row.unit for one in found.ranked] == ["乙", "甲", "丙", "丁"]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 3)), max_size=8))
def test_a_place_is_one_more_than_the_units_that_are_better(numbers: list[tuple[int, int, int]]):
    rows = [row(f"单位{n}", due + 1, over, min(due, over), red) for n, (due, over, red) in enumerate(numbers)]
    found = ranked(*rows)
    assert len(found.ranked) == len(rows)
    for one in found.ranked:
        better = {
            "overdue": sum(other.overdue < one.row.overdue for other in rows),
            "on_time": sum(
                other.on_time.part * one.row.due > one.row.on_time.part * other.due for other in rows
            ),
            "light": sum((other.red, other.yellow) < (one.row.red, one.row.yellow) for other in rows),
        }  # fmt: skip
        assert {name: place.number - 1 for name, place in one.places.items()} == better
        for name in CRITERIA:
            equals = sum(other.places[name].number == one.places[name].number for other in found.ranked)
            assert one.places[name].is_tied == (equals > 1)
