"""Rates in three columns, as sheets keep them."""

from __future__ import annotations

import pytest

from ledger.format.cell import number_cell, rate_cell
from ledger.format.csv import spread
from ledger.format.document import Column, Percent, Table, value_of
from ledger.state.figure.count import Rate

pytestmark = pytest.mark.quick


def columns(*cells: str, title: str = "完成率 n/N") -> list[tuple[str, list[object]]]:
    found = spread(Table([Column(title)], [[cell] for cell in cells]))
    return [(column.title, [value_of(cell) for cell in cells_]) for column, cells_ in found]


def test_a_rate_is_its_part_its_base_and_its_percentage():
    assert columns(rate_cell(Rate(30, 37)), rate_cell(Rate(1, 2))) == [
        ("完成率 n", [30, 1]), ("完成率 N", [37, 2]), ("完成率 %", [Percent(81.1), Percent(50.0)])]  # fmt: skip


def test_nothing_of_nothing_keeps_its_noughts_and_has_no_percentage():
    assert columns(rate_cell(Rate(0, 0)), title="完成率") == [
        ("完成率 n", [0]), ("完成率 N", [0]), ("完成率 %", [None])]  # fmt: skip


def test_words_among_rates_stand_in_the_first_column():
    assert columns(rate_cell(Rate(1, 2)), "不明")[0] == ("完成率 n", [1, "不明"])


def test_other_columns_stay_as_they_are():
    assert columns(number_cell(3), title="数 n/N") == [("数 n/N", [3])]
    assert columns(title="空") == [("空", [])]
