"""Days of a public notice: calendar days, or working days of the Chinese calendar with its make-up days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta


class UnknownYear(ValueError):
    """Nobody has told yet which days of that year are worked."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


def days_inclusive(first: date, last: date, working: bool, known: Mapping[date, bool]) -> int:
    """How many days from `first` to `last`, both counted; 0 if `last` is earlier.

    Working days are asked of `known` (the ledger's own `workdays.yaml`) first, then of the chinesecalendar library.
    Raises `UnknownYear` where neither knows, for a guess would be a weekday count that the holidays make wrong.
    """
    days = (last - first).days + 1
    if not working or days <= 0:
        return max(days, 0)
    years = {day.year for day in known}
    return sum(_is_workday(first + timedelta(days=number), known, years) for number in range(days))


def _is_workday(day: date, known: Mapping[date, bool], years: set[int]) -> bool:
    if day in known:
        return known[day]
    if day.year in years:
        # The ledger names the exceptions of that year; any other day is what its weekday says.
        return day.weekday() < 5
    try:
        from chinese_calendar import is_workday  # noqa: PLC0415 - only ledgers that count working days need it

        return bool(is_workday(day))
    except (ImportError, NotImplementedError):
        raise UnknownYear(day.year) from None
