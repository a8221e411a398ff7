"""The calendar of a ledger: which days stand in it, and that they keep their ids."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest

from ledger.state.board import Board
from ledger.view.calendar import list_calendar
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

TARGETS = {"started": {"name": "开工", "unit": "座", "goal": ">= 46", "due": "2017-09-30"}}
MILESTONES = {"plans": {"name": "方案", "due": "2017-06-30"}}


def text(
    day: str, *facts: dict[str, str], lang: str = "zh", settings: dict[str, Any] | None = None, **fields: Any
) -> str:
    ledger = sound(files([item(**fields)], facts, **(settings or {})))
    board = Board(ledger, date.fromisoformat(day))
    return list_calendar(board.standings, ledger.settings, board.day, lang)


def events(day: str, *facts: dict[str, str], **how: Any) -> dict[str, Any]:
    """The events by what stands before the `@` of their ids."""
    found = icalendar.Calendar.from_ical(text(day, *facts, **how)).walk("VEVENT")
    return {event["UID"].split("@")[0]: event for event in found}


def test_deadline_and_milestones_each_stand_on_their_day():
    found = events("2017-05-01", targets=TARGETS, milestones=MILESTONES)
    assert {uid: event["DTSTART"].dt for uid, event in found.items()} == {
        "M1": date(2017, 12, 31), "M1/started": date(2017, 9, 30), "M1/plans": date(2017, 6, 30),
    }  # fmt: skip
    assert found["M1"]["SUMMARY"] == "整改时限：M1 title of M1（市环保局）"
    assert found["M1/plans"]["SUMMARY"] == "阶段目标 方案：M1 title of M1（市环保局）"
    assert "读数 / 目标：不明 / >= 46 座" in found["M1/started"]["DESCRIPTION"]


def test_it_speaks_english_too():
    found = events(
        "2017-05-01", milestones=MILESTONES, lang="en", goal="stop it", responsible=["甲", "乙"], source="p. 3"
    )
    assert found["M1"]["SUMMARY"] == "deadline: M1 title of M1 (市环保局)"
    assert found["M1"]["DESCRIPTION"].split("\n") == [
        "state: planned, schedule unknown; progress: unknown", "goal: stop it", "responsible: 甲, 乙", "source: p. 3",
    ]  # fmt: skip
    assert found["M1"]["CATEGORIES"].cats == ["grey", "measures"]


@pytest.mark.parametrize("due", ["long_term", "unstated"])
def test_an_item_without_a_date_has_no_day(due: str):
    assert events("2017-05-01", due=due) == {}


def test_immediate_work_falls_due_on_its_day():
    assert events("2017-01-05", due="immediate")["M1"]["DTSTART"].dt == date(2017, 1, 31)


def test_an_unstated_lead_is_not_named():
    assert events("2017-05-01", lead="unstated")["M1"]["SUMMARY"] == "整改时限：M1 title of M1"


def test_a_postponed_deadline_moves_its_event_and_keeps_its_id():
    moved = fact("2017-11-01", "extend", until="2018-06-30")
    before, after = events("2017-10-31", moved), events("2017-11-01", moved)
    assert before["M1"]["UID"] == after["M1"]["UID"]
    assert (before["M1"]["DTSTART"].dt, after["M1"]["DTSTART"].dt) == (date(2017, 12, 31), date(2018, 6, 30))
    assert (before["M1"]["SEQUENCE"], after["M1"]["SEQUENCE"]) == (0, 1)
    assert "原时限：2017-12-31" in after["M1"]["DESCRIPTION"]
    assert "原时限" not in before["M1"]["DESCRIPTION"]


def test_what_is_done_stays_in_the_calendar_and_rings_no_more():
    facts = [fact("2017-05-01", "milestone", key="plans"), fact("2017-10-01", "done")]
    half, whole = (
        events("2017-05-02", *facts, milestones=MILESTONES),
        events("2017-10-01", *facts, milestones=MILESTONES),
    )
    assert half["M1/plans"]["SUMMARY"].startswith("〔已完成〕阶段目标 方案")
    assert half["M1/plans"]["CATEGORIES"].cats == ["已完成", "措施"]
    assert "2017-05-01 达到" in half["M1/plans"]["DESCRIPTION"]
    assert (len(half["M1/plans"].walk("VALARM")), len(half["M1"].walk("VALARM"))) == (0, 1)
    assert whole["M1"]["SUMMARY"].startswith("〔已完成〕整改时限")
    assert whole["M1"].walk("VALARM") == []


def test_a_relapsed_item_is_open_again():
    facts = [fact("2017-05-01", "done"), fact("2017-06-01", "lookback", key="relapsed")]
    found = events("2017-06-01", *facts)
    assert not found["M1"]["SUMMARY"].startswith("〔已完成〕")
    assert found["M1"]["CATEGORIES"].cats[0] == "红灯"


@pytest.mark.parametrize("day, rings", [("2017-11-30", True), ("2017-12-01", False), ("2018-01-01", False)])
def test_a_reminder_is_set_only_while_it_still_lies_ahead(day: str, rings: bool):
    alarms = events(day)["M1"].walk("VALARM")
    assert [alarm["TRIGGER"].dt for alarm in alarms] == [timedelta(hours=9) - timedelta(days=30)] * rings


def test_the_category_is_the_light():
    assert events("2018-01-01")["M1"]["CATEGORIES"].cats[0] == "红灯"
    assert events("2017-12-31")["M1"]["CATEGORIES"].cats[0] == "黄灯"
    assert events("2017-05-01")["M1"]["CATEGORIES"].cats[0] == "不明"


def test_the_stamp_is_the_day_of_the_last_entry_and_never_the_clock():
    report = fact("2017-03-01", "report", text="x")
    assert events("2017-05-01", report)["M1"]["DTSTAMP"].dt == datetime(2017, 3, 1, tzinfo=UTC)
    assert events("2017-02-28", report)["M1"]["DTSTAMP"].dt == datetime(2017, 1, 1, tzinfo=UTC)
    assert events("2017-05-01", added="2017-02-02")["M1"]["DTSTAMP"].dt == datetime(2017, 2, 2, tzinfo=UTC)


def test_ids_are_the_same_in_either_language_and_differ_between_ledgers():
    uid = events("2017-05-01")["M1"]["UID"]
    assert events("2017-05-01", lang="en", title="renamed")["M1"]["UID"] == uid
    assert events("2017-05-01", settings={"title": {"zh": "别的台账", "en": "small ledger"}})["M1"]["UID"] != uid


def test_an_id_with_a_dot_is_no_milestone_of_another_item():
    ledger = sound(files([item("M1", milestones={"a": {"name": "a", "due": "2017-05-01"}}), item("M1.a")]))
    board = Board(ledger, date(2017, 4, 1))
    found = icalendar.Calendar.from_ical(list_calendar(board.standings, ledger.settings, board.day, "zh")).walk(
        "VEVENT"
    )
    assert len({event["UID"] for event in found}) == len(found) == 3


def test_events_stand_in_the_order_of_their_days():
    days = [
        line for line in text("2017-05-01", targets=TARGETS, milestones=MILESTONES).split("\r\n") if "DTSTART" in line
    ]
    assert days == sorted(days)
    assert len(days) == 3


def test_a_calendar_of_nothing_is_a_calendar():
    assert icalendar.Calendar.from_ical(text("2016-01-01")).walk("VEVENT") == []
