"""A row of numbers as one line of small bars, one sign a number."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

BARS = "▁▂▃▄▅▆▇█"
ASCII = "_.:-=+*#"
"""For terminals and fonts without the bars: the higher, the more ink."""

UNKNOWN = "·"
ASCII_UNKNOWN = "?"


def sparkline(values: Sequence[int | Fraction | None], *, ascii_only: bool = False) -> str:
    """One sign a number, to a scale that holds 0: the lowest sign only for the least, else at least the second.

    What nobody knows is a dot (`?` in ASCII), never a low bar.
    """
    signs, unknown = (ASCII, ASCII_UNKNOWN) if ascii_only else (BARS, UNKNOWN)
    known = [value for value in values if value is not None]
    low, high = min(0, 0, *known), max(0, 0, *known)
    return "".join(unknown if value is None else signs[_step(value - low, high - low)] for value in values)


def _step(value: int | Fraction, span: int | Fraction) -> int:
    return ceil(Fraction(value) / span * (len(BARS) - 1)) if span else 0
