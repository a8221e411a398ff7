"""Numbers of rows, however they are written."""

from __future__ import annotations

import pytest

from ledger.exchange.list.numbered import digits_shown, row_number


@pytest.mark.parametrize(
    "text, number",
    [("1", (1,)), ("01", (1,)), ("一", (1,)), ("（三）", (3,)), ("第1项", (1,)), ("1、", (1,)), ("①", (1,)), ("1-1", (1, 1)),
     ("1.2", (1, 2)), ("十二", (12,)), ("二十三", (23,)), ("一百零三", (103,)), ("㈠", (1,)), ("⑳", (20,)), ("No.5", (5,)),
     ("１２．", (12,)), ("第十二号", (12,)), ("问题3", (3,)), ("1.0", (1,)), ("2—1", (2, 1))],
)  # fmt: skip
def test_a_number_is_read_by_its_value(text, number):
    assert row_number(text) == number


@pytest.mark.parametrize("text", ["", "合计", "P01", "注：1", "2018-03-01", "一是", "—", "第"])
def test_what_is_no_number_is_none(text):
    assert row_number(text) is None


def test_digits_are_counted_as_they_are_shown():
    assert [digits_shown(text) for text in ("1", "01", "００３", "一")] == [1, 2, 3, 0]
