"""Days and spans of days as they are written: what options, cells, phrases and settings share.

Each reader adds what only its place may say, and decides what a missing year means there.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from ledger.model.record import NamedTuple
from ledger.text.pattern import regex

_WHOLE = regex(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?|((?:19|20)\d{2})(\d{2})(\d{2})"
)  # fmt: skip
_YEARLESS = regex(r"(\d{1,2})\s*[-/月]\s*(\d{1,2})\s*[日号]?")
_DURATION = regex(r"([1-9]\d{0,4})([wd])")
_LIMIT = regex(r"(done|due)(?:\+([1-9]\d{0,4}[wd]))?")

DAY_ZERO = date(1899, 12, 30)
"""The day from which a spreadsheet numbers its days."""

DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
"""Chinese digits."""

YEARS_AWAY = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "本年度": 0, "明年": 1, "后年": 2}
"""How many years from now the years lie that people name by such words."""

HALF_ENDS = {"上": 6, "下": 12}
"""The last month of either half of a year."""


def whole_day(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a text that is one day in full, such as `2017/12/31`, `2017年12月31日` or `20171231`.

    There may be no such day. None for any other text; full-width signs are none of its business.
    """
    match = _WHOLE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    return year, month, day


def yearless_day(text: str) -> tuple[int, int] | None:
    """Month and day of a text that names them alone, such as `12-31` or `12月31日`; there may be no such day."""
    match = _YEARLESS.fullmatch(text)
    return (int(match[1]), int(match[2])) if match else None


def month_end(year: int, month: int) -> date:
    """The last day of a month. Raises `ValueError` for a month or year that does not exist."""
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def serial_day(number: int) -> date:
    """The day that a spreadsheet keeps as this number: 43465 is 2018-12-31."""
    return DAY_ZERO + timedelta(days=number)


def small_number(text: str) -> int | None:
    """The number below 100 written in digits or Chinese numerals (`12`, `十二`); None for anything else."""
    if re.fullmatch(r"\d{1,2}", text):
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(DIGITS[text]) if text in DIGITS else None
    if (tens and tens not in DIGITS) or (ones and ones not in DIGITS):
        return None
    return int(DIGITS.get(tens, "1")) * 10 + int(DIGITS.get(ones, "0"))


class Duration(NamedTuple):
    """A number of days, first and last included: working days, or days of the calendar."""

    days: int
    working: bool

    def __str__(self) -> str:
        return f"{self.days}{'w' if self.working else 'd'}"


class Limit(NamedTuple):
    """The last day to be closed, counted from the day it was done or from its deadline; `after` is None for the
    deadline itself."""

    base: str
    after: Duration | None = None

    def __str__(self) -> str:
        return f"{self.base}+{self.after}" if self.after else self.base


def duration(text: str) -> Duration | None:
    """The duration written as `5w` (working days) or `60d` (calendar days); None for anything else."""
    match = _DURATION.fullmatch(text.strip())
    return Duration(int(match[1]), match[2] == "w") if match else None


def limit(text: str) -> Limit | None:
    """The limit written as `done+30w`, `due`, `due+30w` or `due+60d`; None for anything else."""
    match = _LIMIT.fullmatch(text.strip())
    if match is None or (match[1] == "done" and not match[2]):
        return None
    return Limit(match[1], duration(match[2]) if match[2] else None)
