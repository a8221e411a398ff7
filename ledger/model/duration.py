"""How long something takes, and the last day by which it must be over, as the settings write them."""

from __future__ import annotations

import re
from typing import NamedTuple

_DURATION = re.compile(r"([1-9]\d{0,4})([wd])")
_LIMIT = re.compile(r"(done|due)(?:\+([1-9]\d{0,4}[wd]))?")


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
