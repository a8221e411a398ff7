"""The text of a calendar file: a real parser reads back what was written, in lines no longer than the standard allows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.render.ical_text import CalendarEvent, calendar_text

pytestmark = pytest.mark.quick

EVENT = CalendarEvent(
    "M1@x", date(2017, 12, 31), "整改时限：M1", "状态：进行中\n责任单位：甲、乙", ["红灯"], date(2017, 5, 1), 2, 30
)
# Everything but controls, halves of characters and signs that turn the reading direction: those are left out.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("渗滤液 ab,;:\\\"'=^n𠮷é"), st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])
    ),
    max_size=60,
)


def parsed(*events: CalendarEvent, name: str = "台账") -> Any:
    return icalendar.Calendar.from_ical(calendar_text(name, "zh", events))


def test_an_event_is_one_whole_day_and_ends_before_the_next():
    (event,) = parsed(EVENT).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2017, 12, 31), date(2018, 1, 1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event["UID"], event["SEQUENCE"], event["TRANSP"]) == ("M1@x", 2, "TRANSPARENT")
    assert event["DTSTAMP"].dt == datetime(2017, 5, 1, tzinfo=UTC)
    assert event["SUMMARY"] == "整改时限：M1"
    assert event["DESCRIPTION"] == "状态：进行中\n责任单位：甲、乙"
    assert event["CATEGORIES"].cats == ["红灯"]


def test_the_last_day_of_all_has_no_next_one():
    (event,) = parsed(EVENT._replace(day=date.max)).walk("VEVENT")
    assert event["DTSTART"].dt == date.max
    assert "DTEND" not in event


@pytest.mark.parametrize("days", [0, 1, 30])
def test_the_reminder_rings_at_nine_in_the_morning(days: int):
    (alarm,) = parsed(EVENT._replace(alarm=days)).walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=9) - timedelta(days=days)
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", "整改时限：M1")


def test_without_an_alarm_there_is_no_reminder():
    assert parsed(EVENT._replace(alarm=None)).walk("VALARM") == []


def test_the_calendar_has_a_name_and_says_how_often_to_look():
    calendar = parsed(name="重庆, 台账; 一")
    # The parser leaves names that it does not know as they stand in the file.
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "重庆\\, 台账\\; 一"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(days=1)
    assert (calendar["VERSION"], calendar["PRODID"]) == ("2.0", "-//rectification-ledger//ledger//ZH")


@given(TEXTS, TEXTS)
def test_any_text_comes_back_from_lines_of_at_most_75_octets(summary: str, description: str):
    written = calendar_text(
        "台账", "zh", [EVENT._replace(summary=summary, description=description, uid=f"{summary}@x")]
    )
    assert written.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    assert "\n" not in written.replace("\r\n", "")
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert (event["SUMMARY"], event["DESCRIPTION"], event["UID"]) == (summary, description, f"{summary}@x")


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb", "a\nb", "a\u2028b"])
def test_any_line_end_becomes_one_within_the_text(text: str):
    (event,) = parsed(EVENT._replace(description=text)).walk("VEVENT")
    assert event["DESCRIPTION"] in ("a\nb", "a b")


def test_control_characters_are_left_out():
    (event,) = parsed(EVENT._replace(summary="a\x1b[31m\x00b")).walk("VEVENT")
    assert event["SUMMARY"] == "a[31mb"
