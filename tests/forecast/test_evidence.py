"""What past promises say: classes, shrinking, spread, and exact quantiles."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.forecast.evidence import Evidence, quantile, step

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
