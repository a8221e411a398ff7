"""Days as a query has them: a day, a month, a year, a week, or a day at some distance from the one that is judged."""

from __future__ import annotations

from datetime import date, timedelta
from unicodedata import normalize

from ledger.model.day import month_end
from ledger.model.spoken_day import spoken_day
from ledger.model.value import BadValue
from ledger.model.words import Words
from ledger.state.query import BadQuery
from ledger.text.pattern import regex

_WRITTEN = regex(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_LOOSE = regex(r"(\d{4})[/.年](?:(\d{1,2})[/.月]?(?:(\d{1,2})[日号]?)?)?")
_NEAR = regex(r"(上|本|这|下)个?(周|星期|月)|(去|今|本|明)年")
_ENGLISH = regex(r"(last|this|next)[-_ ]?(week|month|year)")
_SHIFT = {"上": -1, "去": -1, "last": -1, "本": 0, "这": 0, "今": 0, "this": 0, "下": 1, "明": 1, "next": 1}

Span = tuple[date, date]
"""The first and the last day that a text means."""


def days_named(text: str, seen: date) -> Span:
    """The first and last day of a day, week, month or year, `seen` from a day. Raises `BadQuery`."""
    plain = normalize("NFKC", text).strip().casefold()
    try:
        if match := _WRITTEN.fullmatch(plain) or _LOOSE.fullmatch(plain):
            return _of_date(int(match[1]), int(match[2] or 0), int(match[3] or 0))
        return _around(plain, seen) or (spoken_day(plain, seen),) * 2
    except (ValueError, OverflowError) as error:
        hint = Words("如 2018、2018-06、<2018-06-30、<+14d、上月底", "such as 2018, 2018-06, <2018-06-30 or <+14d")
        message = Words("不是日期：{text}", "not a date: {text}").fill(text=text)
        if isinstance(error, BadValue) and not error.message.en.startswith("not a date"):
            message, hint = error.message, error.hint
        raise BadQuery(message, hint) from None


def is_written(text: str) -> bool:
    """Whether a text is a day, month or year as the ledger writes it, so that nobody need be told what it means."""
    return _WRITTEN.fullmatch(text) is not None


def span_text(span: Span) -> str:
    """The days as a query would have them in full: a day, a month, a year, or both ends."""
    first, last = span
    if first == last:
        return first.isoformat()
    if span == _of_date(first.year, 0, 0):
        return str(first.year)
    if span == _of_date(first.year, first.month, 0):
        return f"{first:%Y-%m}"
    return f"{first}…{last}"


def _of_date(year: int, month: int, day: int) -> Span:
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), month_end(year, month)
    return date(year, 1, 1), date(year, 12, 31)


def _around(text: str, seen: date) -> Span | None:
    """The week, month or year before, with or after a day; None if the text names none."""
    if match := _NEAR.fullmatch(text):
        shift, what = _SHIFT[match[1] or match[3]], match[2] or "年"
    elif match := _ENGLISH.fullmatch(text):
        shift, what = _SHIFT[match[1]], match[2]
    else:
        return None
    if what in ("周", "星期", "week"):
        monday = seen + timedelta(days=7 * shift - seen.weekday())
        return monday, monday + timedelta(days=6)
    if what in ("月", "month"):
        months = 12 * seen.year + seen.month - 1 + shift
        return _of_date(months // 12, months % 12 + 1, 0)
    return _of_date(seen.year + shift, 0, 0)
