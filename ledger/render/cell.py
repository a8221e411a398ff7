"""Cells with a value behind their text: counts, days, rates, percentages, codes, lists, courses of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ledger.model.number import plain
from ledger.render.document import Names, Percent, Samples, Typed
from ledger.render.phrase import DASH, listed, percent_text, rate
from ledger.render.sparkline import sparkline
from ledger.state.count import Rate


def number_cell(value: int | Fraction | None, tone: str = "") -> Typed:
    """A number as people write it; a dash for none. A tone is given to numbers other than 0 only."""
    if value is None:
        return Typed(DASH, None)
    return Typed(plain(Fraction(value)), value, tone if value else "")


def day_cell(value: date | None, tone: str = "") -> Typed:
    """A day as 2017-12-31; a dash for none."""
    return Typed(DASH, None) if value is None else Typed(value.isoformat(), value, tone)


def rate_cell(value: Rate, tone: str = "") -> Typed:
    """n/N with the percentage; a dash for 0/0."""
    return Typed(rate(value), value, tone)


def percent_cell(value: float | None, tone: str = "") -> Typed:
    """A percentage with one decimal; a dash for none."""
    return Typed(percent_text(value), Percent(value), tone)


def code_cell(text: str, code: str, tone: str = "") -> Typed:
    """Words for people, a stable code for programs: 逾期 and `overdue`."""
    return Typed(text, code, tone)


def list_cell(names: Sequence[str], most: int = 8) -> Typed:
    """Some names and how many more there are, for programs all of them; a dash for none."""
    return Typed(listed(list(names), most) or DASH, Names(tuple(names)))


def course_cell(values: Sequence[int | Fraction | None]) -> Typed:
    """The course of a figure as a sparkline, for programs its numbers."""
    return Typed(sparkline(values), Samples(tuple(values)))
