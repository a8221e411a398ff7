"""Cells with a value behind their text: counts, days, rates, percentages, codes, lists, courses of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TypeVar

from ledger.format.column_width import comfortable_widths
from ledger.format.document import Bar, Names, Percent, Samples, Table, Text, Typed, typed, value_of
from ledger.format.phrase import DASH, listed, percent_text, rate
from ledger.model.number import plain
from ledger.model.words import ENUMERATED, Words
from ledger.state.figure.count import Rate

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


def bar(progress: Fraction, width: int) -> str:
    """A bar in plain ASCII, full only at 100 percent and empty only at 0."""
    filled = int(progress * width)
    if progress > 0:
        filled = max(filled, 1)
    return "[" + "#" * filled + "-" * (width - filled) + "]"


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


def code_cell(text: Text, code: str, tone: str = "") -> Text:
    """Words for people, a stable code for programs: 逾期 and `overdue`."""
    return typed(text, code, tone)


def list_cell(names: Sequence[str], most: int = 8) -> Typed:
    """Some names and how many more there are, for programs all of them; a dash for none."""
    return Typed(listed(list(names), most) or DASH, Names(tuple(names)))


def named_cell(names: Sequence[Text], between: Words = ENUMERATED) -> Text:
    """All names in words, for programs one by one; a dash for none."""
    return typed(between.join(names) if names else DASH, Names(tuple(names)))


def course_cell(values: Sequence[int | Fraction | None]) -> Typed:
    """The course of a figure as a sparkline, for programs its numbers."""
    return Typed(sparkline(values), Samples(tuple(values)))


_CELLS = 24
"""How long a bar is."""


def bar_cell(bar: Bar) -> Typed:
    """What is done in full, done but short, and open, drawn in 24 cells."""
    told = [_filled(number, bar.whole) for number in (bar.full + bar.short, bar.full)]
    return Typed("█" * told[1] + "▓" * (told[0] - told[1]) + "─" * (_CELLS - told[0]), bar)


def _filled(part: int, whole: int) -> int:
    """The cells of a part: none of nothing, all of everything, and else one at least and not all."""
    if part in (0, whole):
        return _CELLS * (part == whole and whole > 0)
    return min(max(round(part * _CELLS / whole), 1), _CELLS - 1)


BAR_TITLE = Words("█ 完成  ▓ 其中欠指标  ─ 未完成", "█ done  ▓ done, short  ─ open")
"""What the signs of a bar mean."""


_FEWEST = 12
"""Bars below which a course tells nothing: then it is wrapped."""

_One = TypeVar("_One")


def thinned(values: Sequence[_One], most: int) -> Sequence[_One]:
    """At most so many of the values, evenly spread, the last one always."""
    number = len(values)
    return values if number <= most else [values[(place + 1) * number // most - 1] for place in range(most)]


def courses_within(table: Table[str], room: int, bar: int = 1) -> Table[str]:
    """The table with as many bars in a course as fit `room` cells beside its other columns, each `bar` cells wide."""
    columns = {n for row in table.rows for n, cell in enumerate(row)
               if isinstance(cell, Typed) and isinstance(cell.value, Samples)}  # fmt: skip
    if not columns:
        return table
    others = sum(wide for number, wide in enumerate(comfortable_widths(table)) if number not in columns)
    return with_bars(table, max((room - others) // (bar * len(columns)), _FEWEST))


def with_bars(table: Table[str], most: int) -> Table[str]:
    """The table with at most so many bars in a course; programs still have every number."""
    return table._replace(rows=[[_drawn(cell, most) for cell in row] for row in table.rows])


def _drawn(cell: str, most: int) -> str:
    value = value_of(cell)
    if not isinstance(cell, Typed) or not isinstance(value, Samples) or len(value.values) <= most:
        return cell
    return Typed(sparkline(thinned(value.values, most)), value, cell.tone)
