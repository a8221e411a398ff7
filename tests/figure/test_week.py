"""Reporting weeks end on the closing day and bear the name of the ISO week in which it falls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.figure.week import last_closed_week, week_named, week_of
from ledger.model.value import BadValue

pytestmark = pytest.mark.quick

THURSDAY = 3
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


def test_a_week_covers_the_days_after_the_last_closing_day_up_to_this_one():
    week = week_named("2017-W52", THURSDAY)
    assert (week.first, week.last) == (date(2017, 12, 22), date(2017, 12, 28))
    assert week.before == date(2017, 12, 21)


def test_a_week_bears_the_iso_year_of_its_closing_day():
    assert week_of(date(2018, 12, 31), THURSDAY).label == "2019-W01"


@pytest.mark.parametrize("text", ["2017-W53", "2017-W00", "2017-52", "0000-W01", "２０１７-W01", ""])
def test_a_week_that_does_not_exist_is_refused(text: str):
    with pytest.raises(BadValue):
        week_named(text, THURSDAY)


@given(DAYS, st.integers(0, 6))
def test_every_day_lies_in_one_week_that_its_name_gives_back(day: date, closes: int):
    week = week_of(day, closes)
    assert week.first <= day <= week.last == week.first + timedelta(days=6)
    assert week.last.weekday() == closes
    assert week_named(week.label, closes) == week


@given(DAYS, st.integers(0, 6))
def test_the_last_closed_week_ends_on_the_day_or_less_than_a_week_before(day: date, closes: int):
    week = last_closed_week(day, closes)
    assert week.last.weekday() == closes
    assert timedelta() <= day - week.last < timedelta(days=7)
