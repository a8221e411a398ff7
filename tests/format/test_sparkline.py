"""Sparklines to the scale of 0, in bars and in ASCII."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ledger.format.cell import ASCII, BARS, sparkline

_values = st.lists(st.none() | st.integers(-50, 500) | st.fractions(-5, 5), max_size=60)


def test_a_course_by_example():
    assert sparkline([0, 1, 2, 3, 4, 5, 6, 7]) == BARS
    assert sparkline([0, 1, 2, 3, 4, 5, 6, 7], ascii_only=True) == ASCII


def test_the_scale_holds_nought_so_that_small_changes_look_small():
    assert sparkline([100, 101]) == "██"


def test_more_than_nothing_is_more_than_the_lowest_bar():
    assert sparkline([0, 1, 1000]) == "▁▂█"


def test_nothing_but_noughts_lies_at_the_bottom():
    assert sparkline([0, 0]) == "▁▁"


def test_what_nobody_knows_is_a_dot_and_no_low_bar():
    assert sparkline([None, 0, None, 4]) == "·▁·█"
    assert sparkline([None, 4], ascii_only=True) == "?#"
    assert sparkline([]) == ""


def test_numbers_below_nought_have_their_lowest_at_the_bottom():
    assert sparkline([-7, 0]) == "▁█"


@given(_values)
def test_there_is_one_sign_for_each_number(values: list[int | Fraction | None]):
    assert len(sparkline(values)) == len(values)
    assert sparkline(values, ascii_only=True).isascii()


@given(_values)
def test_a_greater_number_never_has_a_lower_bar(values: list[int | Fraction | None]):
    drawn = sorted((value, sign) for value, sign in zip(values, sparkline(values), strict=True) if value is not None)
    signs = [BARS.index(sign) for _, sign in drawn]
    assert signs == sorted(signs)
