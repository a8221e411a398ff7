"""Calendar months as reporting periods."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from ledger.model.value import BadValue
from ledger.model.words import Words

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class ReportingMonth(NamedTuple):
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """Such as `2017-12`."""
        return self.first.isoformat()[:7]

    @property
    def before(self) -> date:
        """The last day of the month before: figures of that day open this month."""
        return self.first - timedelta(days=1) if self.first > date.min else self.first


def month_named(text: str) -> ReportingMonth:
    """The month written as `2017-12`. Raises `BadValue` for anything else, and for months that do not exist."""
    match = _MONTH.fullmatch(text.strip())
    if match is None:
        message = Words("不是月份：{text}", "not a month: {text}").fill(text=text)
        raise BadValue(message, Words("写成 2017-12 的样子", "write it like 2017-12"))
    try:
        return month_of(date(int(match[1]), int(match[2]), 1))
    except ValueError:
        message = Words("没有这个月：{text}", "there is no such month: {text}").fill(text=text)
        raise BadValue(message, Words("月份从 01 到 12", "months run from 01 to 12")) from None


def month_of(day: date) -> ReportingMonth:
    """The month that covers a day."""
    first = day.replace(day=1)
    if (first.year, first.month) == (date.max.year, date.max.month):
        return ReportingMonth(first, date.max)
    return ReportingMonth(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def last_ended_month(day: date) -> ReportingMonth:
    """The last month that has ended on `day`: its last day is that day or lies before it."""
    month = month_of(day)
    return month if month.last == day else month_of(month.before)
