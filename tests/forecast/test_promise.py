"""Promises: an item and a deadline in force, and what became of it."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.forecast.promise import promises, quarter
from ledger.state.board import Board, Standing
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

LATE = "2019-12-31"


def stand(*facts: dict[str, str], day: str = LATE, **fields: object) -> Standing:
    """M1 on a day, withdrawn or not."""
    return Board(sound(files([item(**fields)], facts)), date.fromisoformat(day)).everything[0]


def told(*facts: dict[str, str], day: str = LATE, **fields: object) -> list[tuple[str, str, bool]]:
    """Of each promise the day it was made, its deadline, and whether it was kept."""
    return [
        (one.made.isoformat(), one.due.isoformat(), one.kept_from is not None)
        for one in promises(stand(*facts, day=day, **fields))
    ]


def test_done_on_the_last_day_is_kept():
    assert told(fact("2017-12-31", "done")) == [("2017-01-01", "2017-12-31", True)]


def test_done_a_day_later_is_not():
    assert told(fact("2018-01-01", "done")) == [("2017-01-01", "2017-12-31", False)]


def test_the_day_in_value_counts():
    assert told(fact("2018-01-08", "done", value="2017-12-30")) == [("2017-01-01", "2017-12-31", True)]


def test_each_deadline_is_a_promise_of_its_own():
    assert told(fact("2017-10-01", "extend", until="2018-06-30"), fact("2018-05-01", "done")) == [
        ("2017-01-01", "2017-12-31", False),
        ("2017-10-01", "2018-06-30", True),
    ]


def test_one_moved_before_its_day_and_yet_done_by_it_was_kept():
    assert told(fact("2017-10-01", "extend", until="2018-06-30"), fact("2017-12-01", "done")) == [
        ("2017-01-01", "2017-12-31", True),
        ("2017-10-01", "2018-06-30", True),
    ]


def test_each_round_is_a_promise_of_its_own():
    facts = (
        fact("2017-06-01", "done"),
        fact("2018-01-10", "lookback", key="relapsed"),
        fact("2018-01-20", "reopen", until="2018-09-30"),
        fact("2018-12-01", "done"),
    )
    assert told(*facts) == [("2017-01-01", "2017-12-31", True), ("2018-01-20", "2018-09-30", False)]


def test_a_withdrawn_one_is_no_evidence_from_that_day_on():
    (one,) = promises(stand(fact("2017-06-01", "withdraw")))
    assert one.void_from == date(2017, 6, 1)


def test_one_that_was_broken_before_it_was_withdrawn_stays_broken():
    (one,) = promises(stand(fact("2018-06-01", "withdraw")))
    assert (one.kept_from, one.void_from) == (None, None)


def test_done_on_a_day_that_nobody_knows_is_no_evidence():
    (one,) = promises(stand(fact("2018-02-01", "done", approx="before")))
    assert one.void_from == date(2018, 2, 1)


def test_month_ends_are_those_on_which_it_stood_open():
    (one,) = promises(stand(fact("2017-03-31", "done")))
    assert [day.isoformat() for day in one.month_ends()] == ["2017-01-31", "2017-02-28"]


def test_an_item_without_a_day_promises_nothing():
    assert told(due="long_term") == []


def test_the_quarter_of_the_targets_is_that_known_on_the_day():
    targets = {"a": {"goal": ">= 40"}, "b": {"goal": ">= 10"}}
    facts = (
        fact("2017-03-01", "reading", key="a", value=20),
        fact("2017-03-01", "reading", key="b", value=10),
        fact("2017-09-01", "reading", key="a", value=40),
    )
    standing = stand(*facts, targets=targets)
    days = [date(2017, 2, 28), date(2017, 3, 1), date(2017, 9, 1)]
    assert [quarter(standing, day) for day in days] == [None, 3, 3]
    half = stand(fact("2017-03-01", "reading", key="a", value=20), targets={"a": {"goal": ">= 40"}})
    assert quarter(half, date(2017, 4, 1)) == 2
