"""Exact numbers of the ledger: 0.1 + 0.2 is 0.3; what 余, 近 and 约 behind one can mean; and goals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import gcd

from ledger.model.record import NamedTuple
from ledger.text.pattern import regex

_MOST_DECIMALS = 9
_NUMBER = regex(r"[+-]?(\d{1,15}(\.\d{1,9})?|\.\d{1,9})", re.ASCII)


@lru_cache(maxsize=8192)
def number(text: str) -> Fraction | None:
    """The value of a decimal such as `85.7` or `-3`; None if the text is no such number.

    No exponents, thousands commas or percent signs: a ledger that is read by people writes figures in full.
    """
    if not _NUMBER.fullmatch(text):
        return None
    whole, _, behind = text.partition(".")
    return Fraction(int(whole + behind), 10 ** len(behind))


def is_too_long(text: str) -> bool:
    """Whether a text is written as numbers are, but with more digits than one may have."""
    return number(text) is None and re.fullmatch(r"[+-]?\d*\.?\d+", text, re.ASCII) is not None


_COMPARING = (">=", "<=", "=", ">", "<", "≥", "≤")


def compared(text: str) -> tuple[str, str]:
    """The sign of comparison that a text begins with, empty without one, and what stands behind it: `> 93`."""
    text = text.strip()
    sign = next((one for one in _COMPARING if text.startswith(one)), "")
    return sign, text[len(sign) :].lstrip()


@lru_cache(maxsize=4096)
def is_less(text: str, than: str) -> bool:
    """Whether one number as written is less than another, no number being 0. A journal holds the same pairs by the
    thousand."""
    return text != than and (number(text) or 0) < (number(than) or 0)


def decimals(text: str) -> int:
    """How many digits stand behind the point of a number as written."""
    return len(text.partition(".")[2])


def rounded(value: Fraction, places: int) -> Fraction:
    """The value at so many decimals, a half away from zero, as published tables round."""
    scale = 10**places
    whole = (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def one_decimal(value: Fraction) -> str:
    """The value with exactly one decimal, half up, as every percentage is written: `31.0`."""
    tenths = int(rounded(value, 1) * 10)
    whole, tenth = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}.{tenth}"


def percent(part: Fraction | int, whole: Fraction | int) -> float | None:
    """100·part/whole as a percentage with one decimal, half up, above 100 where the part is larger; None for 0/0."""
    if not whole:
        return None
    # In whole numbers: thousands of items have a percentage each, and making a fraction takes ten times as long.
    top, bottom = 1000 * part.numerator * whole.denominator, part.denominator * whole.numerator
    if bottom < 0:
        top, bottom = -top, -bottom
    tenths = (2 * abs(top) + bottom) // (2 * bottom)
    return (tenths if top >= 0 else -tenths) / 10


def total(values: Iterable[Fraction]) -> Fraction:
    """The exact sum of many fractions, each object taken once as often as it comes, and those with one denominator
    added first: thousands of percentages, which are a hundred different ones, cost a millisecond."""
    known = list(values)
    each = {id(value): value for value in known}
    tops: dict[int, int] = {}
    for key, times in Counter(map(id, known)).items():
        bottom = each[key].denominator
        tops[bottom] = tops.get(bottom, 0) + times * each[key].numerator
    top, bottom = 0, 1
    for denominator, numerator in tops.items():
        shared = gcd(bottom, denominator)
        top = top * (denominator // shared) + numerator * (bottom // shared)
        bottom *= denominator // shared
    return Fraction(top, bottom)


def plain(value: Fraction) -> str:
    """A number as people write it, without trailing zeros: exact where it has at most nine decimals, else with six."""
    if value.denominator == 1:
        return str(value.numerator)
    places = _MOST_DECIMALS if 10**_MOST_DECIMALS % value.denominator == 0 else 6
    whole, rest = divmod(abs(rounded(value, places)) * 10**places, 10**places)
    text = f"{whole}.{int(rest):0{places}}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and text != "0" else text


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


_SIGN = {"": ">=", "≥": ">=", "≤": "<="}


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
    sign, written = compared(text)
    value = number(written)
    return Goal(_SIGN.get(sign, sign), value) if value is not None and sign not in ("<", ">") else None
