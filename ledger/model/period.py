"""Days, reporting weeks and months; and which days of a public notice are worked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from unicodedata import normalize

from ledger.model.day import month_end
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue
from ledger.model.words import Words
from ledger.text.pattern import regex


def days_after(day: date, days: int) -> date:
    """The day so many days later, earlier below 0; the last or first day there is, if the calendar ends before."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


_WEEK = regex(r"(\d{4})-W(\d{2})", re.ASCII)


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


def weeks_until(last: ReportingWeek, number: int) -> list[ReportingWeek]:
    """So many weeks, the last of them `last`; fewer where the calendar begins."""
    weeks = [last]
    while len(weeks) < number and (weeks[-1].first - date.min).days >= 7:
        weeks.append(ReportingWeek(*(day - timedelta(days=7) for day in weeks[-1])))
    return weeks[::-1]


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


_AROUND = {"last": -7, "上": -7, "this": 0, "本": 0, "这": 0, "next": 7, "下": 7}
_SPOKEN_WEEK = regex(r"(last|this|next|上|本|这|下)(?:[-_ ]?week|[一个]?周)?")
_YEARLESS_WEEK = regex(r"(?:w|第)?(\d{1,2})周?")


def week_spoken(text: str, day: date, closes: int) -> ReportingWeek | None:
    """The week that people name from a day: `this` covers the day, `last` is the one before it; `W50` or `第50周` is
    that of the same year. None for a text that names none so.

    Raises `BadValue` with both readings where the week of another year lies nearer.
    """
    plain = text.strip().casefold()
    if match := _SPOKEN_WEEK.fullmatch(plain):
        return week_of(days_after(day, _AROUND[match[1]]), closes)
    short = _YEARLESS_WEEK.fullmatch(plain)
    if short is None:
        return None
    year = day.isocalendar()[0]
    own, *others = (week_named(f"{one}-W{int(short[1]):02}", closes) for one in (year, *_years_beside(short[1], year)))
    nearest = min([own, *others], key=lambda week: abs(week.last - day))
    if nearest == own:
        return own
    message = Words("{text} 是 {first} 还是 {second}？", "{text}: {first} or {second}?")
    raise BadValue(message.fill(text=text, first=own.label, second=nearest.label),
                   Words("把年份写上", "write the year"))  # fmt: skip


def _years_beside(number: str, year: int) -> list[int]:
    """The years beside one that have a week of that number."""
    return [one for one in (year - 1, year + 1) if int(number) < 53 or date(one, 12, 28).isocalendar()[1] == 53]


def week_of(day: date, closes: int) -> ReportingWeek:
    """The week that covers a day; weeks close on the weekday `closes`, 0 for Monday."""
    last = days_after(day, (closes - day.weekday()) % 7)
    return ReportingWeek(last - timedelta(days=6), last)


def last_closed_week(day: date, closes: int) -> ReportingWeek:
    """The last week that has ended on `day`: its closing day (0 for Monday) is that day or lies before it."""
    last = day - timedelta(days=(day.weekday() - closes) % 7)
    return ReportingWeek(last - timedelta(days=6), last)


_MONTH = regex(r"(\d{4})-(\d{2})", re.ASCII)


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


_SPOKEN_MONTH = regex(r"(last|this|上|本|这)(?:[-_ ]?month|个?月)?")
_LOOSE_MONTH = regex(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")


def month_spoken(text: str, day: date) -> ReportingMonth | None:
    """The month that people name from a day: `this` covers it, `last` is the one before; or as they write it, such as
    `2018年5月` or `2018/5`. None for any other text, and for a month as the ledger writes it."""
    plain = normalize("NFKC", text).strip().casefold()
    if (loose := _LOOSE_MONTH.fullmatch(plain)) and _MONTH.fullmatch(text.strip()) is None:
        return month_named(f"{loose[1]}-{int(loose[2]):02}")
    match = _SPOKEN_MONTH.fullmatch(plain)
    if match is None:
        return None
    this = month_of(day)
    return this if _AROUND[match[1]] == 0 else month_of(this.before)


def month_of(day: date) -> ReportingMonth:
    """The month that covers a day."""
    first = day.replace(day=1)
    return ReportingMonth(first, month_end(first.year, first.month))


def last_ended_month(day: date) -> ReportingMonth:
    """The last month that has ended on `day`: its last day is that day or lies before it."""
    month = month_of(day)
    return month if month.last == day else month_of(month.before)


class UnknownYear(ValueError):
    """Nobody has told yet which days of that year are worked."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


class WorkingDays:
    """Which days are worked: as `workdays.yaml` says where it speaks, then as the Chinese calendar does.

    A year that nobody knows yet is worked from Monday to Friday, so that a plan can be made at all; `knows` tells where
    that was done.
    """

    def __init__(self, known: Mapping[date, bool]) -> None:
        self._known = known
        self._named_years = {day.year for day in known}
        self._worked: dict[date, bool] = {}
        self._years: dict[int, bool] = {}
        self._counts: dict[int, list[int]] = {}
        """Of each year how many days are worked up to each of its days."""
        self._found: dict[tuple[date, int, int], date] = {}

    def is_worked(self, day: date) -> bool:
        """Whether a day is worked."""
        worked = self._worked.get(day)
        if worked is None:
            worked = self._worked[day] = self._ask(day)
        return worked

    def _ask(self, day: date) -> bool:
        try:
            return _is_workday(day, self._known, self._named_years)
        except UnknownYear:
            return day.weekday() < 5

    def knows(self, first: date, last: date) -> bool:
        """Whether the holidays of every year from one day to the other are known, in whatever order they come."""
        first, last = min(first, last), max(first, last)
        return all(self._knows_year(year) for year in range(first.year, last.year + 1))

    def _knows_year(self, year: int) -> bool:
        if year not in self._years:
            try:
                _is_workday(date(year, 1, 1), self._known, self._named_years)
                self._years[year] = True
            except UnknownYear:
                self._years[year] = False
        return self._years[year]

    def between(self, earlier: date, later: date) -> int:
        """How many working days come after `earlier` up to `later`, that day included; below 0 if it lies before."""
        years = sum(self._until(date(year, 12, 31)) for year in range(earlier.year, later.year))
        years -= sum(self._until(date(year, 12, 31)) for year in range(later.year, earlier.year))
        return years + self._until(later) - self._until(earlier)

    def counted(self, first: date, last: date) -> int:
        """How many working days lie from `first` to `last`, both counted; 0 if `last` is earlier.

        Raises `UnknownYear` where nobody has told a year's holidays: from Monday to Friday would be a guess.
        """
        if last < first:
            return 0
        unknown = [year for year in range(first.year, last.year + 1) if not self._knows_year(year)]
        if unknown:
            raise UnknownYear(unknown[0])
        return self.between(first, last) + self.is_worked(first)

    def waited(self, since: date, day: date) -> int | None:
        """The working days up to `day` since day 0, or None where the holidays of a year are not known."""
        try:
            return self.counted(days_after(since, 1), day)
        except UnknownYear:
            return None

    def _until(self, day: date) -> int:
        """The working days of its year up to a day."""
        first = date(day.year, 1, 1)
        if day.year not in self._counts:
            number = (date(day.year, 12, 31) - first).days + 1
            days = (date.fromordinal(first.toordinal() + after) for after in range(number))
            self._counts[day.year] = list(accumulate(map(self.is_worked, days)))
        return self._counts[day.year][(day - first).days]

    def nth(self, day: date, number: int, step: int = 1) -> date:
        """The `number`-th working day from `day` on, that day included; with `step` -1 backwards.

        The first or last day there is, where the calendar ends before.
        """
        key = (day, number, step)
        if key not in self._found:
            self._found[key] = self._walk(day, number, step)
        return self._found[key]

    def _walk(self, day: date, number: int, step: int) -> date:
        end = date.max if step > 0 else date.min
        while day != end:
            number -= self.is_worked(day)
            if number == 0:
                break
            day += timedelta(days=step)
        return day


def _is_workday(day: date, known: Mapping[date, bool], years: set[int]) -> bool:
    if day in known:
        return known[day]
    if day.year in years:
        # The ledger names the exceptions of that year; any other day is what its weekday says.
        return day.weekday() < 5
    worked = _worked_in_china(day)
    if worked is None:
        raise UnknownYear(day.year)
    return worked


@lru_cache(maxsize=8192)
def _worked_in_china(day: date) -> bool | None:
    """What the chinesecalendar library says of a day; None where it knows nothing of its year, or is not installed.

    It is asked the same of each version of a ledger that an edit compares.
    """
    try:
        from chinese_calendar import is_workday  # noqa: PLC0415 - only ledgers that count working days need it

        return bool(is_workday(day))
    except (ImportError, NotImplementedError):
        return None
