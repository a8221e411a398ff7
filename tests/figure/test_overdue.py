"""The overdue list."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.figure.board import Board
from ledger.figure.overdue import Overdue, overdue_list
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick


def late(
    *facts: dict[str, str], day: str = "2018-01-10", plan: list[dict[str, object]] | None = None
) -> tuple[Overdue, ...]:
    return overdue_list(Board(sound(files(plan or [item()], facts)), date.fromisoformat(day)))


def test_days_are_counted_from_the_current_and_from_the_original_deadline():
    (one,) = late(fact("2017-12-01", "extend", until="2018-01-05"))
    assert (one.deadline, one.days) == (date(2018, 1, 5), 5)
    assert (one.original, one.days_original) == (date(2017, 12, 31), 10)


def test_an_item_moved_to_an_earlier_day_is_not_late_by_its_original_deadline():
    (one,) = late(fact("2017-06-01", "extend", until="2017-12-30"), day="2017-12-31")
    assert (one.days, one.days_original) == (1, None)


def test_an_item_without_an_original_date_has_no_days_against_it():
    (one,) = late(fact("2017-06-01", "extend", until="2017-12-30"), plan=[item(due="unstated")])
    assert (one.original, one.days_original) == (None, None)


def test_the_deadline_day_itself_is_not_late():
    assert late(day="2017-12-31") == ()


def test_its_unit_says_when_it_expects_to_be_done_and_what_troubles_it():
    (one,) = late(
        fact("2017-10-01", "trouble", text="缺资金", note="内部"),
        fact("2017-11-01", "trouble", text="征地难"),
        fact("2017-11-02", "expect", until="2018-03-31"),
    )
    assert (one.expected, one.trouble, one.trouble_day) == (date(2018, 3, 31), "征地难", date(2017, 11, 1))


def test_where_nobody_said_anything_it_is_unknown():
    (one,) = late(fact("2017-10-01", "report", text="推进中"))
    assert (one.expected, one.trouble, one.trouble_day) == (None, "", None)


def test_the_latest_come_first_and_equal_ones_in_the_order_of_the_plan():
    plan = [item("M10"), item("M2"), item("M3", due="2017-06-30"), item("M4", due="2018-06-30")]
    assert [one.standing.id for one in late(plan=plan)] == ["M3", "M2", "M10"]
