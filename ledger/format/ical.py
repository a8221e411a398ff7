"""The text of an iCalendar file (RFC 5545), from all-day events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from ledger.model.record import NamedTuple
from ledger.text.safe import xml_safe

_FOLD = 75
"""Octets of a line, its end not counted."""


class CalendarEvent(NamedTuple):
    """Something on one whole day. `changed` is the day it became what it is, `revision` how often it was moved.

    `alarm` is how many days before it a reminder rings, at nine in the morning; None for no reminder.
    """

    uid: str
    day: date
    summary: str
    description: str
    categories: Sequence[str]
    changed: date
    revision: int = 0
    alarm: int | None = None
    more: Sequence[int] = ()
    """Days before it on which further reminders ring; below 0 after it."""


def calendar_text(name: str, lang: str, events: Iterable[CalendarEvent], note: str = "") -> str:
    """The events as an iCalendar file called `name`, lines ended by CRLF: equal events, equal text. `note` is said of
    all of them."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//rectification-ledger//ledger//{lang.upper()}",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    ]
    if note:
        lines += [f"DESCRIPTION:{_text(note)}", f"X-WR-CALDESC:{_text(note)}"]
    for event in events:
        lines += _event_lines(event)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event_lines(event: CalendarEvent) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{event.changed:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{event.revision}"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    if event.day < date.max:
        # The end is the first day after it.
        yield f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(event.description)}"
    yield "CATEGORIES:" + ",".join(_text(category) for category in event.categories)
    # A deadline keeps nobody busy all day.
    yield "TRANSP:TRANSPARENT"
    for days in [] if event.alarm is None else [event.alarm, *event.more]:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(event.summary)}"
        yield f"TRIGGER:{_nine_in_the_morning(days)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _day(day: date) -> str:
    """A date without dashes; years before 1000 keep their four digits."""
    return day.isoformat().replace("-", "")


def _nine_in_the_morning(days: int) -> str:
    """The time from the start of the event's day to nine o'clock so many days before it."""
    if days < 0:
        return f"P{-days}DT9H"
    return "PT9H" if days == 0 else f"-P{days - 1}DT15H"


def _text(text: str) -> str:
    """A text value: what has a meaning of its own is escaped, what no calendar can hold is left out."""
    plain = "\n".join(xml_safe(text).splitlines())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in lines of at most 75 octets, never cut within a character; all but the first begin with a blank."""
    if len(line) <= _FOLD and (line.isascii() or len(line.encode()) <= _FOLD):
        return line
    folded, room = "", _FOLD
    for char in line:
        size = len(char.encode())
        if size > room:
            folded += "\r\n "
            room = _FOLD - 1
        folded += char
        room -= size
    return folded
