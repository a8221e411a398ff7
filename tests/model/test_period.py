"""Calendar months as reporting periods, and the days that are worked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.model.period import UnknownYear, WorkingDays, last_ended_month, month_named, month_of, month_spoken
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


@pytest.mark.parametrize("text, label", [
    ("2018年5月", "2018-05"), ("2018/5", "2018-05"), ("２０１８．１２", "2018-12"), ("上月", "2017-12"), ("this", "2018-01"),
])  # fmt: skip
def test_a_month_is_named_as_people_write_it(text: str, label: str):
    month = month_spoken(text, date(2018, 1, 8))
    assert month is not None
    assert month.label == label


def test_a_month_as_the_ledger_writes_it_need_not_be_told():
    assert month_spoken("2018-05", date(2018, 1, 8)) is None
    with pytest.raises(BadValue):
        month_spoken("2018年13月", date(2018, 1, 8))


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
