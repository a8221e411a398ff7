"""Calendar months as reporting periods, and the days that are worked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.model.period import UnknownYear, WorkingDays, last_ended_month, month_named, month_of
from ledger.model.value import BadValue

pytestmark = pytest.mark.quick


def test_a_month_runs_from_its_first_to_its_last_day():
    assert month_named("2017-12") == (date(2017, 12, 1), date(2017, 12, 31))
    assert month_named("2016-02").last == date(2016, 2, 29)
    assert month_named("2017-12").before == date(2017, 11, 30)


@pytest.mark.parametrize("text", ["2017-13", "2017-00", "2017-1", "0000-01", "２０１７-01", "", "2017-W52"])
def test_a_month_that_does_not_exist_is_refused(text: str):
    with pytest.raises(BadValue):
        month_named(text)


@given(st.dates())
def test_every_day_lies_in_one_month_that_its_name_gives_back(day: date):
    month = month_of(day)
    assert month.first <= day <= month.last
    assert month_named(month.label) == month
    assert month.last == date.max or (month.last + timedelta(days=1)).day == 1


@given(st.dates(date(1, 2, 1)))
def test_the_last_ended_month_ends_on_the_day_or_less_than_a_month_before(day: date):
    month = last_ended_month(day)
    assert timedelta() <= day - month.last < timedelta(days=31)


def test_before_the_first_month_there_is_none():
    assert last_ended_month(date.min) == month_named("0001-01")
    assert month_named("0001-01").before == date.min


@given(st.dates(date(2016, 12, 1), date(2018, 2, 1)), st.integers(-3, 400))
def test_working_days_of_a_span_are_those_of_its_days_one_by_one(first: date, length: int):
    days, last = WorkingDays({date(2018, 1, 2): False}), first + timedelta(days=length)
    each = [first + timedelta(days=number) for number in range(length + 1)]
    assert days.counted(first, last) == sum(days.is_worked(day) for day in each)
    assert days.waited(first, last) == sum(days.is_worked(day) for day in each[1:])


def test_working_days_of_a_year_without_known_holidays_are_not_guessed():
    days = WorkingDays({})
    with pytest.raises(UnknownYear):
        days.counted(date(2030, 12, 31), date(2031, 1, 2))
    assert days.waited(date(2031, 1, 1), date(2031, 1, 2)) is None
    assert days.waited(date(2017, 12, 31), date(2017, 12, 31)) == 0
