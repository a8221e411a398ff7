"""Figures week by week."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from ledger.model.period import ReportingWeek, week_named, weeks_until
from ledger.report.trend import trend
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

WEEK_52 = week_named("2017-W52", 3)


def test_the_weeks_follow_each_other_without_a_gap_up_to_the_last():
    weeks = weeks_until(WEEK_52, 52)
    assert [week.label for week in weeks] == [f"2017-W{n:02}" for n in range(1, 53)]
    assert all(b.before == a.last for a, b in pairwise(weeks))


def test_where_the_calendar_begins_there_are_fewer_weeks():
    first = ReportingWeek(date.min, date.min + timedelta(days=6))
    assert weeks_until(first, 5) == [first]


def test_a_trend_has_the_figures_of_each_closing_day():
    ledger = sound(
        files(
            [item(), item("M2")],
            [fact("2017-12-01", "start"), fact("2017-12-10", "done"), fact("2017-12-28", "done", "M2")],
        )
    )
    found = trend(ledger, WEEK_52, 4)
    assert [point.week.label for point in found.points] == ["2017-W49", "2017-W50", "2017-W51", "2017-W52"]
    assert found.series("measures.done") == [0, 1, 1, 2]
    assert found.series("measures.rates.done_of_all") == [0, 50, 50, 100]
    assert found.series("overall.mean") == [None, 100, 100, 100]


def test_weeks_before_the_plan_began_are_left_out():
    found = trend(sound(files([item(added="2017-12-20")], [fact("2017-12-01", "report")])), WEEK_52, 52)
    assert [point.week.label for point in found.points] == ["2017-W51", "2017-W52"]
    assert found.asked == 52


def test_weeks_before_the_first_entry_are_left_out():
    found = trend(sound(files([item()], [fact("2017-12-20", "report")])), WEEK_52, 52)
    assert [point.week.label for point in found.points] == ["2017-W51", "2017-W52"]
    assert found.begun == date(2017, 12, 20)


def test_without_an_entry_there_is_no_week_to_tell_of():
    found = trend(sound(files([item()])), WEEK_52, 52)
    assert (found.points, found.begun) == ((), None)


@pytest.mark.parametrize("path", ["measures.finished", "nothing.done", "overall.middle", "measures"])
def test_a_figure_that_does_not_exist_is_refused(path: str):
    with pytest.raises(KeyError):
        trend(sound(files([item()])), WEEK_52, 1).series(path)
