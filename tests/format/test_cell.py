"""Typed cells: the text stays the text, the value stands behind it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ledger.format.cell import code_cell, course_cell, day_cell, list_cell, number_cell, percent_cell, rate_cell
from ledger.format.document import Names, Paint, Percent, Samples, Typed, tone_of, value_of
from ledger.format.phrase import DASH
from ledger.state.figure.count import Rate

pytestmark = pytest.mark.quick


@pytest.mark.parametrize("cell, text, value", [
    (number_cell(37), "37", 37),
    (number_cell(Fraction(317, 10)), "31.7", Fraction(317, 10)),
    (number_cell(None), DASH, None),
    (day_cell(date(2017, 12, 31)), "2017-12-31", date(2017, 12, 31)),
    (day_cell(None), DASH, None),
    (rate_cell(Rate(30, 37)), "30/37 81.1%", Rate(30, 37)),
    (rate_cell(Rate(0, 0)), DASH, Rate(0, 0)),
    (percent_cell(81.1), "81.1%", Percent(81.1)),
    (percent_cell(None), DASH, Percent(None)),
    (code_cell("逾期", "overdue"), "逾期", "overdue"),
    (list_cell(["M1", "M2", "M3"], 2), "M1 M2 … +1", Names(("M1", "M2", "M3"))),
    (list_cell([]), DASH, Names(())),
    (course_cell([0, 7]), "▁█", Samples((0, 7))),
])  # fmt: skip
def test_a_cell_reads_as_people_write_it_and_means_its_value(cell: Typed, text: str, value: object):
    assert cell == text
    assert value_of(cell) == value


def test_a_tone_is_for_numbers_that_are_not_nought():
    assert tone_of(number_cell(3, "red")) == "red"
    assert tone_of(number_cell(0, "red")) == ""


def test_a_plain_text_means_itself_and_has_no_tone():
    assert value_of("措施") == "措施"
    assert tone_of("措施") == ""
    assert (value_of(Paint("逾期", "red")), tone_of(Paint("逾期", "red"))) == ("逾期", "red")
