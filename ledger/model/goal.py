"""A goal: the number a target must reach, and in which direction better lies."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ledger.model.number import number, plain

_GOAL = re.compile(r"(>=|≥|<=|≤|=)?\s*(\S+)")
_SIGN = {None: ">=", "≥": ">=", "≤": "<="}


class Goal(NamedTuple):
    """`sign` is one of `>=`, `<=` and `=`."""

    sign: str
    value: Fraction

    def __str__(self) -> str:
        return f"{self.sign} {plain(self.value)}"

    def met_by(self, reading: Fraction) -> bool:
        """Whether a reading reaches the goal; the number itself counts (以上 includes it)."""
        if self.sign == ">=":
            return reading >= self.value
        if self.sign == "<=":
            return reading <= self.value
        return reading == self.value

    def distance(self, reading: Fraction) -> Fraction:
        """How far a reading is on the wrong side of the goal; the larger, the worse. Negative is better than asked."""
        if self.sign == ">=":
            return self.value - reading
        if self.sign == "<=":
            return reading - self.value
        return abs(reading - self.value)


@lru_cache(maxsize=4096)
def goal(text: str) -> Goal | None:
    """The goal written as `">= 85.7"`, `"≥ 85.7"`, `"<= 0"`, `"= 3"`, or a bare `46` for `>= 46`; else None."""
    match = _GOAL.fullmatch(text.strip())
    value = number(match[2]) if match else None
    if match is None or value is None:
        return None
    return Goal(_SIGN.get(match[1], match[1]), value)
