"""Approximate figures: what 余, 近 and 约 behind a number can mean."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from ledger.model.number import number


class Range(NamedTuple):
    """All values a figure may have: from `low` to `high`, an end left out where it is open."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies in it; an open end does not."""
        above = self.low < value or (value == self.low and not self.low_open)
        return above and (value < self.high or (value == self.high and not self.high_open))


def step(text: str) -> Fraction:
    """One unit of the last significant digit of a number as written: 1000 for `5000`, 10 for `790`, 0.1 for `3.4`."""
    whole, _, behind = text.lstrip("+-").partition(".")
    if behind:
        return Fraction(1, 10 ** len(behind))
    kept = whole.rstrip("0")
    return Fraction(10 ** (len(whole) - len(kept))) if kept else Fraction(1)


def span(text: str, approx: str) -> Range:
    """The values that a number written as `text` may have.

    `yu` (余, somewhat more) is [v, v + step), `jin` (近, nearly) its mirror, `yue` (约, about) half a step each way.
    """
    value = number(text) or Fraction(0)
    if approx == "yu":
        return Range(value, value + step(text), high_open=True)
    if approx == "jin":
        return Range(value - step(text), value, low_open=True)
    if approx == "yue":
        return Range(value - step(text) / 2, value + step(text) / 2)
    return Range(value, value)
