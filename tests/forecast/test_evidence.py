"""What past promises say: classes, shrinking, spread, and exact quantiles."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.forecast.evidence import Evidence, promises, quantile, quarter, step
from ledger.state.board import Board, Standing
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

P = date(2017, 12, 31)


def test_a_class_is_shrunk_to_the_one_above_it():
    evidence = Evidence()
    for number in range(20):
        evidence.count([(0, 1)], P, int(number < 15), 1)
    for _ in range(20):
        evidence.count([(3, 1)], P, 0, 1)
    base = Fraction(15, 40)
    left = (10 * base + 15) / 30
    assert evidence.chance((0, 1)).share == (10 * left + 15) / 30
    assert evidence.chance((0, 1)).tally == (15, 20)


def test_a_class_that_nobody_met_is_told_by_the_one_above_it():
    evidence = Evidence()
    evidence.count([(0, 1), (1, 1)], P, 1, 1)
    chance = evidence.chance((0, 4))
    assert (chance.path, chance.tally) == ((0,), (1, 1))


def test_nothing_is_told_as_certain():
    evidence = Evidence()
    for _ in range(500):
        evidence.count([(0, 0)], P, 1, 1)
    assert evidence.chance((0, 0)).share == Fraction(98, 100)


@pytest.mark.parametrize("days, place", [(0, 0), (30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (365, 3), (366, 4)])
def test_the_steps_of_days(days: int, place: int):
    assert step(days) == place


def test_three_past_periods_have_no_spread_and_four_have():
    evidence = Evidence()
    for year in (2014, 2015, 2016):
        for number in range(10):
            evidence.count([(0, 0)], date(year, 12, 31), int(number < year - 2010), 1)
    assert evidence.spread(date(2018, 1, 1)) is None
    evidence.count([(0, 0)], P, 1, 1)
    assert evidence.spread(P) is None, "a period is over only after its last day"
    assert evidence.spread(date(2018, 1, 1)) is not None


def test_periods_that_are_all_alike_have_no_spread():
    evidence = Evidence()
    for year in range(2010, 2017):
        for number in range(10):
            evidence.count([(0, 0)], date(year, 12, 31), int(number < 5), 1)
    assert evidence.spread(date(2018, 1, 1)) == 0


def binomial(share: Fraction, number: int, at: Fraction) -> int:
    total = Fraction(0)
    for k in range(number + 1):
        total += comb(number, k) * share**k * (1 - share) ** (number - k)
        if total >= at:
            return k
    raise AssertionError


@given(share=st.integers(1, 999), number=st.integers(1, 40), at=st.sampled_from([Fraction(1, 10), Fraction(9, 10)]))
def test_without_spread_a_quantile_is_that_of_the_binomial(share: int, number: int, at: Fraction):
    mean = Fraction(share, 1000)
    assert quantile(mean, number, Fraction(0), at) == binomial(mean, number, at)


@given(share=st.integers(1, 999), number=st.integers(1, 40), spread=st.integers(0, 999))
def test_spread_widens_the_range(share: int, number: int, spread: int):
    mean, rho = Fraction(share, 1000), Fraction(spread, 1000)
    low, high = quantile(mean, number, rho, Fraction(1, 10)), quantile(mean, number, rho, Fraction(9, 10))
    assert 0 <= low <= high <= number


def test_with_full_spread_all_or_none_is_kept():
    assert quantile(Fraction(3, 10), 20, Fraction(1), Fraction(1, 10)) == 0
    assert quantile(Fraction(3, 10), 20, Fraction(1), Fraction(9, 10)) == 20


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
