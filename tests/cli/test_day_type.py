"""Which day it is: also on machines that know no time zones, and with a TZ that none can be made of."""

from __future__ import annotations

import time
import zoneinfo

import pytest

from tests.paper import files, item


def test_a_machine_without_zone_data_says_how_to_get_them(run, make_ledger, monkeypatch):
    def unknown(key: str) -> None:
        raise zoneinfo.ZoneInfoNotFoundError(key)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", unknown)
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    result = run("-C", make_ledger(files([item()], timezone="Asia/Shanghai")), "status", code=2)
    assert "this machine has no time zone data, and so does not know Asia/Shanghai" in result.err
    assert "pip install tzdata" in result.err


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="TZ is not read again here")
@pytest.mark.parametrize("settings", [{}, {"timezone": "Asia/Shanghai"}])
def test_a_tz_of_a_whole_day_is_no_failure(run, make_ledger, monkeypatch, settings):
    monkeypatch.setenv("TZ", "<+24>-24")
    time.tzset()
    try:
        assert "as of 2" in run("-C", make_ledger(files([item()], **settings)), "status").out
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_day_understood_is_told_beside_the_result(run, make_ledger):
    book = make_ledger(files([item()], archived="2017-12-31"))
    done = run("-C", book, "status", "--as-of", "12-31")
    assert "12-31 is read as 2017-12-31" in done.err
    assert "as of 2017-12-31" in done.out
