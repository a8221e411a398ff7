"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.model.spoken_day import spoken_day
from ledger.model.value import BadValue

pytestmark = pytest.mark.quick

WEDNESDAY = date(2017, 11, 29)


@pytest.mark.parametrize("typed, month_day", [
    ("2017/12/31", "12-31"), ("2017年12月31日", "12-31"), ("２０１７．１２．３１", "12-31"), ("20171231", "12-31"),
    ("12-31", "12-31"), ("12月31日", "12-31"), ("today", "11-29"), ("昨天", "11-28"), ("-3d", "11-26"), ("+14d", "12-13"),
    ("-1w", "11-22"), ("上周五", "11-24"), ("周五", "12-01"), ("下周一", "12-04"), ("上月底", "10-31"), ("月底", "11-30"),
    ("下月初", "12-01"), ("年底", "12-31"),
])  # fmt: skip
def test_a_day_is_understood_as_it_is_typed(typed: str, month_day: str):
    assert spoken_day(typed, WEDNESDAY) == date.fromisoformat(f"2017-{month_day}")


@pytest.mark.parametrize("typed, says", [
    ("2017-02-30", "no such day"), ("13-01", "no such day"), ("-9999w+", "not a date"), ("soon", "not a date"),
    ("01-02", "2017-01-02 or 2018-01-02"), ("02/03/2018", "2018-02-03 or 2018-03-02"), ("13.02.2018", "not a date"),
    ("31/31/2018", "no such day"),
])  # fmt: skip
def test_what_is_no_day_or_may_be_two_is_refused(typed: str, says: str):
    with pytest.raises(BadValue) as bad:
        spoken_day(typed, WEDNESDAY)
    assert says in bad.value.message.en


def test_a_day_without_a_year_is_that_of_an_archived_ledger():
    assert spoken_day("12-31", date(2026, 6, 1), near=date(2017, 12, 31)) == date(2017, 12, 31)
