"""Exact numbers of the ledger: nothing is a binary float, so 0.1 + 0.2 is 0.3."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import gcd

_MOST_DECIMALS = 9
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{1,9})?|\.\d{1,9})", re.ASCII)


@lru_cache(maxsize=8192)
def number(text: str) -> Fraction | None:
    """The value of a decimal such as `85.7` or `-3`; None if the text is no such number.

    No exponents, thousands commas or percent signs: a ledger that is read by people writes figures in full.
    """
    if not _NUMBER.fullmatch(text):
        return None
    return Fraction(text)


def decimals(text: str) -> int:
    """How many digits stand behind the point of a number as written."""
    return len(text.partition(".")[2])


def rounded(value: Fraction, places: int) -> Fraction:
    """The value at so many decimals, a half away from zero, as published tables round."""
    scale = 10**places
    scaled = abs(value) * scale
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, scale)


def one_decimal(value: Fraction) -> str:
    """The value with exactly one decimal, half up, as every percentage is written: `31.0`."""
    tenths = int(rounded(value, 1) * 10)
    whole, tenth = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}.{tenth}"


def percent(part: Fraction | int, whole: Fraction | int) -> float | None:
    """100·part/whole with one decimal, half up; None for 0/0, which is no rate at all."""
    if not whole:
        return None
    return float(rounded(Fraction(100 * part) / whole, 1))


def total(values: Iterable[Fraction]) -> Fraction:
    """The exact sum of many fractions, adding those with one denominator first: thousands cost milliseconds."""
    tops: dict[int, int] = {}
    for value in values:
        tops[value.denominator] = tops.get(value.denominator, 0) + value.numerator
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
