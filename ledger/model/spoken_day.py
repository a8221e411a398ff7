"""Days as people type them: `2017/12/31`, `12-31`, `today`, `昨天`, `-3d`, `+14d`, `上周五`, `上月底`."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from unicodedata import normalize

from ledger.model.day import YEARS_AWAY, month_end, whole_day, yearless_day
from ledger.model.value import BadValue, day_of, no_such_day
from ledger.model.words import Words
from ledger.text.pattern import regex

_YEAR_LAST = regex(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_OFFSET = regex(r"([+-])\s*(\d{1,4})\s*([dw天日周])")
_WEEKDAY = regex(r"(上上|上|本|这|下|下下)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])")
_MONTH = regex(r"(上|本|这|下)?个?月([底末初])")
_YEAR = regex(r"(前|去|今|本|明|后)?年([底末初])")
_NAMED = {
    "today": 0, "今天": 0, "今日": 0, "yesterday": -1, "昨天": -1, "昨日": -1, "前天": -2, "大前天": -3,
    "tomorrow": 1, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_SHIFT = {"上上": -2, "上": -1, "": 0, "本": 0, "这": 0, "下": 1, "下下": 2}
_WEEKDAYS = {**{sign: n for n, sign in enumerate("一二三四五六日")}, "天": 6, **{str(n + 1): n for n in range(7)}}


def spoken_day(text: str, today: date, near: date | None = None) -> date:
    """The day that a text names, seen from `today`. Raises `BadValue` for what names none, or may name two.

    A day without a year is that of the year of `near`, by default today; where the same day of another year lies
    nearer to it, that is refused with both readings.
    """
    plain = normalize("NFKC", text).strip().casefold().replace("\u2212", "-")
    if whole := whole_day(plain):
        return day_of(text, *whole)
    if short := yearless_day(plain):
        return _of_no_year(text, *short, near or today)
    if match := _YEAR_LAST.fullmatch(plain):
        raise _year_last(text, int(match[3]), int(match[1]), int(match[2]))
    try:
        found = _relative(plain, today)
    except (OverflowError, ValueError):
        raise no_such_day(text) from None
    if found is None:
        hint = Words("写成 2017-12-31、12-31、昨天、-3d、上周五、上月底 的样子",
                     "write it like 2017-12-31, 12-31, yesterday, -3d, +14d, 上周五 or 上月底")  # fmt: skip
        raise BadValue(Words("不是日期：{text}", "not a date: {text}").fill(text=text), hint)
    return found


def _relative(text: str, today: date) -> date | None:
    """The day at some distance from today; None if the text names no distance."""
    if text in _NAMED:
        return today + timedelta(days=_NAMED[text])
    if match := _OFFSET.fullmatch(text):
        days = int(match[2]) * (7 if match[3] in "w周" else 1)
        return today + timedelta(days=-days if match[1] == "-" else days)
    if match := _WEEKDAY.fullmatch(text):
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=7 * _SHIFT[match[1] or ""] + _WEEKDAYS[match[2]])
    if match := _MONTH.fullmatch(text):
        years, month = divmod(12 * today.year + today.month - 1 + _SHIFT[match[1] or ""], 12)
        return date(years, month + 1, 1) if match[2] == "初" else month_end(years, month + 1)
    if match := _YEAR.fullmatch(text):
        year = today.year + YEARS_AWAY[f"{match[1] or '今'}年"]
        return date(year, 1, 1) if match[2] == "初" else date(year, 12, 31)
    return None


def _year_last(text: str, year: int, one: int, two: int) -> BadValue:
    """That nobody knows which of the numbers before the year is the month, with the days it may be."""
    days = []
    for month, day in dict.fromkeys([(one, two), (two, one)]):
        with suppress(ValueError):
            days.append(date(year, month, day).isoformat())
    if not days:
        return no_such_day(text)
    message = Words("{text} 是 {first} 还是 {second}？", "{text}: {first} or {second}?")
    if len(days) == 1:
        message = Words("不是日期：{text}", "not a date: {text}")
    hint = Words("年写在最前：{day}", "write the year first: {day}").fill(day=days[0])
    return BadValue(message.fill(text=text, first=days[0], second=days[-1]), hint)


def _of_no_year(text: str, month: int, day: int, today: date) -> date:
    """The day of that name in this year. Raises `BadValue` with both readings where one of another year is nearer."""
    own = day_of(text, today.year, month, day)
    other_year = today.year + (1 if own < today else -1)
    try:
        other = date(other_year, month, day)
    except ValueError:
        return own
    if abs(other - today) >= abs(own - today):
        return own
    message = Words("{text} 是 {first} 还是 {second}？", "{text}: {first} or {second}?")
    raise BadValue(message.fill(text=text, first=own, second=other), Words("把年份写上", "write the year"))
