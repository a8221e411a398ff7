"""Days counted from a day."""

from __future__ import annotations

from datetime import date, timedelta


def days_after(day: date, days: int) -> date:
    """The day so many days later; the last day there is, if the calendar ends before."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max
