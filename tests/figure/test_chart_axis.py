"""An axis of days and what is written under it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.figure.chart_axis import Axis, axis_over, ticks

pytestmark = pytest.mark.quick

any_day = st.dates()


@given(any_day, any_day, any_day, st.integers(1, 30))
def test_places_lie_between_the_ends_and_ticks_on_the_axis(one: date, other: date, day: date, most: int):
    axis = axis_over([one, other], [one])
    assert 0 <= axis.place(day) <= 1
    assert axis.first < axis.last
    found = ticks(axis, most)
    assert len(found) <= most
    assert all(axis.holds(tick.day) for tick in found)
    assert all(first.day < second.day for first, second in pairwise(found))


def test_a_single_day_has_a_month_around_it():
    assert axis_over([], [date(2017, 12, 31)]) == Axis(date(2017, 12, 16), date(2018, 1, 15))


def test_one_mistyped_year_does_not_press_all_others_into_a_corner():
    axis = axis_over([date(2017, 1, 1), date(2999, 12, 31), date(17, 1, 1)], [date(2017, 12, 31)])
    assert axis == Axis(date(2017, 1, 1), date(2017, 12, 31))


def test_ticks_are_months_quarters_or_years_as_there_is_room():
    axis = Axis(date(2017, 4, 12), date(2020, 12, 31))
    assert [tick.text for tick in ticks(axis, 4)] == ["2018", "2019", "2020"]
    assert [tick.text for tick in ticks(axis, 8)][:2] == ["2017-07", "2018-01"]
    assert len(ticks(axis, 100)) == 44


def test_a_short_axis_has_whole_days():
    axis = Axis(date(2017, 12, 16), date(2018, 1, 15))
    assert [tick.text for tick in ticks(axis, 5)] == [
        "2017-12-16",
        "2017-12-23",
        "2017-12-30",
        "2018-01-06",
        "2018-01-13",
    ]
