"""Exact numbers, goals, and what 余, 近 and 约 mean."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.model.approx import span
from ledger.model.goal import goal
from ledger.model.number import decimals, number, one_decimal, percent, plain, rounded, total

fractions = st.fractions(-(10**6), 10**6, max_denominator=10**6)


@pytest.mark.parametrize(
    "text, value",
    [
        ("46", 46),
        ("85.7", Fraction(857, 10)),
        ("-3", -3),
        ("+3", 3),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("007", 7),
    ],
)
def test_a_decimal_is_read_exactly(text: str, value: Fraction):
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["", " 46", "46 ", "1e3", "1,200", "85%", "1/3", "一", "½", "nan", "inf", "0x1F", "1_000", ".", "-", "1."]
)
def test_anything_else_is_no_number(text: str):
    assert number(text) is None


def test_a_tenth_and_two_tenths_are_three_tenths():
    assert number("0.1") + number("0.2") == number("0.3")


@pytest.mark.parametrize("value, places, result", [
    ("6.25", 1, "6.3"), ("6.249", 1, "6.2"), ("0.05", 1, "0.1"), ("-6.25", 1, "-6.3"), ("2.5", 0, "3"), ("3.5", 0, "4"),
    ("33.335", 2, "33.34"),
])  # fmt: skip
def test_a_half_is_rounded_away_from_zero(value: str, places: int, result: str):
    assert rounded(Fraction(value), places) == Fraction(result)


@given(fractions, st.integers(0, 4))
def test_rounding_moves_by_at_most_half_a_step(value: Fraction, places: int):
    assert abs(rounded(value, places) - value) <= Fraction(1, 2 * 10**places)
    assert (rounded(value, places) * 10**places).denominator == 1


@pytest.mark.parametrize(
    "part, whole, result",
    [
        (0, 0, None),
        (0, 5, 0.0),
        (1, 16, 6.3),
        (17, 20, 85.0),
        (32, 37, 86.5),
        (91, 115, 79.1),
        (32, 30, 106.7),
        (91, 88, 103.4),
    ],
)
def test_a_percentage_has_one_decimal_and_nothing_of_nothing_is_none(part: int, whole: int, result: float | None):
    assert percent(part, whole) == result


@given(st.lists(fractions))
def test_a_sum_of_many_is_the_sum(values: list[Fraction]):
    assert total(values) == sum(values, Fraction(0))


@pytest.mark.parametrize(
    "value, text",
    [
        ("46", "46"),
        ("85.70", "85.7"),
        ("0", "0"),
        ("-0.5", "-0.5"),
        ("1/3", "0.333333"),
        ("1000000", "1000000"),
        ("100", "100"),
    ],
)
def test_numbers_are_written_as_people_do(value: str, text: str):
    assert plain(Fraction(value)) == text


@pytest.mark.parametrize("text, places", [("46", 0), ("85.7", 1), ("85.70", 2)])
def test_the_decimals_are_those_that_are_written(text: str, places: int):
    assert decimals(text) == places


@pytest.mark.parametrize("text, sign, value", [
    (">= 46", ">=", 46), (">=46", ">=", 46), ("≥ 85.7", ">=", Fraction(857, 10)), ("<= 0", "<=", 0), ("≤0", "<=", 0),
    ("= 3", "=", 3),
    ("46", ">=", 46), (" >=  46 ", ">=", 46), (">= -5", ">=", -5),
])  # fmt: skip
def test_a_goal_is_a_sign_and_a_number(text: str, sign: str, value: Fraction):
    assert tuple(goal(text)) == (sign, value)


@pytest.mark.parametrize(
    "text", ["", ">=", "> 46", "< 46", "== 3", "46座", "85.7%", ">= ", "about 46", "=> 46", ">= 1,200"]
)
def test_anything_else_is_no_goal(text: str):
    assert goal(text) is None


@given(st.sampled_from([">=", "<=", "="]), fractions, fractions)
def test_a_goal_is_met_exactly_where_nothing_is_missing(sign: str, wanted: Fraction, found: Fraction):
    aim = goal(sign + " 1")._replace(value=wanted)
    assert aim.met_by(found) == (aim.distance(found) <= 0)


@pytest.mark.parametrize("text, approx, low, high, low_open, high_open", [
    ("5000", "yu", 5000, 6000, False, True), ("790", "yu", 790, 800, False, True), ("30", "yu", 30, 40, False, True),
    ("46", "yu", 46, 47, False, True), ("3.4", "yu", Fraction("3.4"), Fraction("3.5"), False, True),
    ("80000", "jin", 70000, 80000, True, False), ("97", "yue", Fraction("96.5"), Fraction("97.5"), False, False),
    ("100", "yue", 50, 150, False, False), ("46", "", 46, 46, False, False),
])  # fmt: skip
def test_an_approximate_number_is_a_range(
    text: str, approx: str, low: Fraction, high: Fraction, low_open: bool, high_open: bool
):
    assert span(text, approx) == (low, high, low_open, high_open)


def test_only_an_exact_number_is_exact():
    assert span("46", "").is_exact
    assert not span("46", "yue").is_exact


@pytest.mark.parametrize(
    "value, text", [(31, "31.0"), (0, "0.0"), (Fraction(1, 20), "0.1"), (Fraction(-1, 20), "-0.1")]
)
def test_a_percentage_is_written_with_exactly_one_decimal(value: int | Fraction, text: str):
    assert one_decimal(Fraction(value)) == text
