"""Days as they are written anywhere: what every reader of days shares."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.model.day import month_end, serial_day, small_number, whole_day, yearless_day

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    "text", ["2017-12-31", "2017/12/31", "2017.12.31", "2017年12月31日", "2017年12月31号", "20171231"]
)
def test_a_day_in_full_is_told_by_its_three_numbers(text: str):
    assert whole_day(text) == (2017, 12, 31)


@pytest.mark.parametrize("text", ["12-31", "12月31日", "2017-12", "30171231", "2017-12-31前", ""])
def test_what_is_not_a_day_in_full_is_none(text: str):
    assert whole_day(text) is None


def test_a_day_without_a_year_is_told_by_two_numbers():
    assert [yearless_day(text) for text in ("12-31", "12/31", "12月31日", "12.31")] == [(12, 31)] * 3 + [None]


@given(st.dates())
def test_the_end_of_a_month_is_followed_by_the_first_of_the_next(day: date):
    end = month_end(day.year, day.month)
    assert (end.year, end.month) == (day.year, day.month)
    assert end == date.max or (end + timedelta(days=1)).day == 1


def test_a_number_of_a_spreadsheet_is_a_day():
    assert serial_day(43465) == date(2018, 12, 31)


@pytest.mark.parametrize("text, number", [
    ("三", 3), ("十", 10), ("十二", 12), ("三十一", 31), ("12", 12), ("一二", None), ("百", None), ("", None),
])  # fmt: skip
def test_small_numbers_are_read_in_either_script(text: str, number: int | None):
    assert small_number(text) == number
