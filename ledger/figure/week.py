"""Reporting weeks: each ends on the closing day of the settings and covers the days since the one before."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from ledger.model.day import days_after
from ledger.model.value import BadValue
from ledger.model.words import Words

_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


class ReportingWeek(NamedTuple):
    """The days from `first` to `last`, both included; `last` is the closing day."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """The ISO week in which its closing day falls, such as `2017-W52`."""
        year, number, _ = self.last.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def before(self) -> date:
        """The closing day of the week before: figures of that day open this week."""
        return self.first - timedelta(days=1)


def week_named(text: str, closes: int) -> ReportingWeek:
    """The week written as `2017-W52`: the one whose closing day (0 for Monday) falls in that ISO week.

    Raises `BadValue` for anything else, and for weeks that do not exist.
    """
    match = _WEEK.fullmatch(text.strip())
    if match is None:
        message = Words("不是周：{text}", "not a week: {text}").fill(text=text)
        raise BadValue(message, Words("写成 2017-W52 的样子", "write it like 2017-W52"))
    try:
        last = date.fromisocalendar(int(match[1]), int(match[2]), closes + 1)
        return ReportingWeek(last - timedelta(days=6), last)
    except (ValueError, OverflowError):
        message = Words("没有这一周：{text}", "there is no such week: {text}").fill(text=text)
        raise BadValue(message, Words("一年有 52 或 53 周", "a year has 52 or 53 weeks")) from None


def week_of(day: date, closes: int) -> ReportingWeek:
    """The week that covers a day."""
    last = days_after(day, (closes - day.weekday()) % 7)
    return ReportingWeek(last - timedelta(days=6), last)


def last_closed_week(day: date, closes: int) -> ReportingWeek:
    """The last week that has ended on `day`: its closing day is that day or lies before it."""
    last = day - timedelta(days=(day.weekday() - closes) % 7)
    return ReportingWeek(last - timedelta(days=6), last)
