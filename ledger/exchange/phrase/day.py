"""Days as plans name them: 2018年底前, 2019年上半年, 十三五末, 43465. Found in a text by grammar, not by a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from unicodedata import normalize

from ledger.model.day import DIGITS, HALF_ENDS, month_end, serial_day, small_number
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex


class DayPhrase(NamedTuple):
    """One day named in a text. `day` is the last day in time, None where the office must say which it is.

    `exact` is whether the text names the day itself; `why` says what is missing; `first` is the first day of a span.
    """

    start: int
    end: int
    day: date | None
    exact: bool = False
    why: Words = NO_WORDS
    first: date | None = None


NO_YEAR = Words("没有写哪一年", "names no year")
VAGUE = Words("没有写明哪一天", "names no day")
BEFORE_WHAT = Words("“某月（年）前”可指月初，也可指月底", "before a month or year: its first day, or its last")

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT = r"(?P<short>[12]\d)"
_END = r"(?P<end>底|末|月末|终|份|(?P<third>上旬|中旬|下旬)|(?P<vague>初|中))?"
_KINDS = (
    ("day", rf"{_YEAR}(?:年|[-/.])(?P<month>\d{{1,2}})(?:月|[-/.])(?P<day>\d{{1,2}})[日号]?(?!\d)"),
    ("day", r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)"),
    ("serial", r"\A(?P<serial>[34]\d{4})(?:\.0+)?\Z"),
    ("half", rf"{_YEAR}年?(?P<half>上|下)半年"),
    ("quarter", rf"{_YEAR}年?(?:第|前)?(?P<quarter>[一二三四1-4])个?季度?(?:末|底)?"),
    ("quarter", rf"{_YEAR}年?[Qq](?P<quarter>[1-4])"),
    ("month", rf"{_YEAR}年(?P<month>\d{{1,2}})月{_END}"),
    ("month", rf"{_YEAR}[-/.](?P<month>\d{{1,2}})(?![\d.])(?P<third>\b\B)?(?P<vague>\b\B)?"),
    ("year_end", rf"{_YEAR}年?(?:年底|年末|底|末|终|年终|岁末|内|年内|度)"),
    ("span", rf"{_YEAR}年?(?=[至到—~-](?:19|20)\d\d)"),
    ("year", rf"{_YEAR}年?(?![\d])"),
    ("five", r"[“\"'「]?(?P<five>十[一二三四五六七八九]?)五[”\"'」]?(?:规划|时期)*(?:期)?(?:末|期间|内|底|收官)?"),
    ("month_day", r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"),
    ("some_month", rf"(?P<month>\d{{1,2}})月{_END}"),
    ("some", r"[今明后本当次来]?年(?:年底|年末|底|末|终|内)|(?:[今明后本次来]年)?[上下]半年|本?月[底末内]|岁末"
             r"|(?:[今明后本次来]年)?[第前]?[一二三四1-4]季度|[今明后本次来下]年|[本下]月|[本下]周"),
)  # fmt: skip
_PATTERNS = [(name, re.compile(pattern)) for name, pattern in _KINDS]
_SHORT_YEAR = regex(rf"(?<![\d.]){_SHORT}(?=年)")
_CHINESE_YEAR = regex(r"(?<![〇○零一二三四五六七八九])([二一][〇○零一二三四五六七八九]{3})(?=年)")
_CHINESE_PART = regex(r"([一二三四五六七八九十]{1,3})(?=月|[日号])")
_BEFORE = regex(r"之?以?前")
_CLOCK = regex(r"\d{1,2}[时点](?:\d{1,2}分)?|(?<=\d)[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?")
_FIVE = {"十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035}


def day_text(text: str) -> str:
    """A phrase as it is read: half-width, without blanks and times of day, its years and months in digits."""
    text = _CLOCK.sub("", normalize("NFKC", text).strip().translate({0x2014: "-", 0x2013: "-", 0x2212: "-"}))
    text = "".join(text.split())
    text = _CHINESE_YEAR.sub(lambda match: "".join(DIGITS[sign] for sign in match[1]), text)
    text = _SHORT_YEAR.sub(lambda match: f"20{match['short']}", text)
    return _CHINESE_PART.sub(lambda match: match[1] if (n := small_number(match[1])) is None else str(n), text)


def days_named(text: str) -> Iterator[DayPhrase]:
    """The days that a plain text names, from left to right; one without a year has that of the day before it."""
    at, year = 0, 0
    while at < len(text):
        found = _first(text, at)
        if found is None:
            return
        kind, match = found
        read = _read(kind, match, text, year)
        yield read
        year = read.day.year if read.day else year
        at = max(read.end, match.end(), at + 1)


def _first(text: str, at: int) -> tuple[str, re.Match[str]] | None:
    """The kind that begins first; of several that begin there the first of the table."""
    best: tuple[str, re.Match[str]] | None = None
    for name, pattern in _PATTERNS:
        match = pattern.search(text, at)
        if match and (best is None or match.start() < best[1].start()):
            best = (name, match)
    return best


def _read(kind: str, match: re.Match[str], text: str, year: int) -> DayPhrase:
    """What a match means."""
    parts = match.groupdict()
    before = _BEFORE.match(text, match.end())
    end = before.end() if before else match.end()
    found = DayPhrase(match.start(), end, None, why=VAGUE)
    own = int(parts.get("year") or year)
    if kind == "day":
        return _with(found, _day(own, int(parts["month"]), int(parts["day"])), exact=True)
    if kind == "serial":
        return _with(found, serial_day(int(parts["serial"])), exact=True)
    if kind == "five":
        last = _FIVE.get(parts["five"])
        return _with(found, date(last, 12, 31) if last else None)
    if kind == "some" or not own:
        return found._replace(why=NO_YEAR)
    if kind in ("month", "some_month"):
        return _month(found, own, parts, before=before is not None, loose=kind == "month" and "月" not in match[0])
    if kind == "month_day":
        return _with(found, _day(own, int(parts["month"]), int(parts["day"])), exact=True)
    if kind == "half":
        last = HALF_ENDS[parts["half"]]
        return _with(found, month_end(own, last), first=date(own, last - 5, 1))
    if kind == "quarter":
        return _with(found, month_end(own, 3 * (small_number(parts["quarter"]) or 0)))
    if kind == "year" and before:
        return found._replace(why=BEFORE_WHAT)
    return _with(found, date(own, 12, 31), first=date(own, 1, 1))


def _month(found: DayPhrase, year: int, parts: dict[str, str | None], *, before: bool, loose: bool) -> DayPhrase:
    """A month: its last day, or that of its first or second third."""
    month = int(parts["month"] or 0)
    if loose and parts["month"] == "1":
        # A spreadsheet writes 2018.10 as 2018.1.
        return found._replace(why=Words("是 1 月还是 10 月", "January, or October"))
    if not 1 <= month <= 12:
        return found
    if parts["vague"]:
        return found
    if before and not parts.get("end") and not loose:
        return found._replace(why=BEFORE_WHAT)
    third = parts["third"]
    last = {"上旬": 10, "中旬": 20}.get(third or "")
    return _with(found, _day(year, month, last) if last else month_end(year, month), first=date(year, month, 1))


def _with(found: DayPhrase, day: date | None, *, exact: bool = False, first: date | None = None) -> DayPhrase:
    why = NO_WORDS if day else Words("没有这一天", "there is no such day")
    return found._replace(day=day, exact=exact, first=first, why=why)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
