"""What tables are made of: cells with a value behind their text, and columns as wide as they want or can be.

Cells hold counts, days, rates, percentages, codes, lists, and courses of a figure.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date
from fractions import Fraction
from itertools import takewhile
from math import ceil
from typing import TypeVar

from ledger.format.document import (
    Bar,
    Column,
    NamedTable,
    Names,
    Percent,
    Samples,
    Section,
    Table,
    Text,
    Typed,
    typed,
    value_of,
)
from ledger.format.phrase import DASH, listed, percent_text, rate
from ledger.model.number import plain
from ledger.model.words import ENUMERATED, Words
from ledger.state.figure.count import Rate
from ledger.text.safe import one_line
from ledger.text.width import cell_width

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


class _NoChinese(dict[int, int]):
    """For `str.translate`: a blank for each Chinese sign, behind which a line may end. A regular expression of so many
    signs takes longer to compile than the tables of a report to be measured."""

    def __missing__(self, code: int) -> int:
        self[code] = code if code < 0x2E80 or code > 0xFFFF else 0x20
        return self[code]


_NO_CHINESE = _NoChinese()
_LONGEST_PIECE = 24
"""A longer word may be cut: an address of 200 letters must not push a table off the paper."""

_LOOKED_AT = 60
"""Rows of a table that are looked at, evenly spread, to find which columns can be narrowed at the least cost."""

_EASED = 16
"""Cells down to which sentences give way before names and numbers do."""

_COMFORT = 24
"""Cells at which a sentence is easily read; what is no wider is a name, a number or a few words."""

_TITLE = 8


def row_widths(table: Table[str]) -> list[list[int]]:
    """The cells that each text of the table takes where nothing is wrapped, its titles first."""
    titles = [column.title for column in table.columns]
    return [[cell_width(one_line(text)) for text in row] for row in (titles, *table.rows)]


def natural_widths(table: Table[str]) -> list[int]:
    """The cells that each column takes where nothing is wrapped."""
    return [max(column) for column in zip(*row_widths(table), strict=True)]


def comfortable_widths(table: Table[str]) -> list[int]:
    """The cells at which a column is easily read: a sentence is wrapped, a number is not, nor is a title cut small."""
    return [
        min(natural, max(_COMFORT, column.least, narrow)) if column.flexible else narrow
        for column, natural, narrow in zip(table.columns, natural_widths(table), narrow_widths(table), strict=True)
    ]


def narrow_widths(table: Table[str], longest: int = _LONGEST_PIECE) -> list[int]:
    """The cells below which a column must not go: its longest number or Latin word, its title in a few lines.

    Words that are longer than `longest` are cut.
    """
    widths = []
    for number, column in enumerate(table.columns):
        title = min(cell_width(column.title), max(_TITLE, _longest_piece(column.title, longest)))
        widths.append(max(title, _least({row[number] for row in table.rows}, column, longest)))
    return widths


def _least(cells: Set[str], column: Column[str], longest: int) -> int:
    """Of a flexible column the longest piece counts, of another one all of it, within reason; a course is one line."""
    courses = {cell for cell in cells if isinstance(cell, Typed) and isinstance(cell.value, Samples)}
    texts = [one_line(cell) for cell in cells - courses]
    if not texts:
        least = 0
    elif column.flexible:
        least = max(_longest_piece(" ".join(texts), longest), 4)
    else:
        least = min(max(map(cell_width, texts)), longest)
    return max([least, *map(cell_width, courses)])


def _longest_piece(text: str, longest: int) -> int:
    pieces = (text if text.isascii() else text.translate(_NO_CHINESE)).split()
    return min(max(map(len, pieces), default=0), longest)


def names_before_numbers(table: Table[str]) -> list[int]:
    """The first columns, which name the rows of a table of numbers; nothing if words stand among the numbers."""
    names = [number for number, _ in enumerate(takewhile(lambda column: not column.right, table.columns))]
    return names if all(column.right for column in table.columns[len(names) :]) else []


def is_of_numbers(table: Table[str]) -> bool:
    """Whether only numbers stand behind the first columns, two of them at least."""
    names = names_before_numbers(table)
    return bool(names) and len(table.columns) - len(names) > 1


def narrowed(widths: Sequence[int], least: Sequence[int], room: int, rows: Sequence[Sequence[int]] = ()) -> list[int]:
    """The widths, narrowed until they add up to `room` or none may be narrower.

    Sentences give way first, each time those where it costs the fewest lines: a column of long ones stays wide, one in
    which a single one is long does not. Then the widest gives way. `rows` are the cells that the texts of a row take.
    """
    seen = rows[:: len(rows) // _LOOKED_AT + 1]
    eased = [max(low, _EASED) if wide > _COMFORT else wide for wide, low in zip(widths, least, strict=True)]
    found = list(widths)
    for floor in (eased, least):
        while (excess := sum(found) - room) > 0:
            next_ = {
                number: max(wide - excess // 16 - 1, low)
                for number, (wide, low) in enumerate(zip(found, floor, strict=True))
                if wide > low
            }
            if not next_:
                break
            costs = _costs(seen, found, next_) if floor is eased else {}
            chosen = min(next_, key=lambda number: (costs.get(number, 0), -found[number]))
            found[chosen] = next_[chosen]
    return found


def as_many_whole(least: Sequence[int], whole: Sequence[int], room: int) -> list[int]:
    """The least widths, those of as many columns as there is room for raised to where no word of theirs is cut.

    Columns that need little for it come first.
    """
    found = list(least)
    spare = room - sum(least)
    for number in sorted(range(len(found)), key=lambda number: whole[number] - least[number]):
        need = whole[number] - least[number]
        if need <= spare:
            found[number] = whole[number]
            spare -= need
    return found


def _costs(rows: Sequence[Sequence[int]], widths: Sequence[int], next_: dict[int, int]) -> dict[int, int]:
    """What each of the next widths would cost: the lines by which cells and, counted twice, whole rows grow."""
    costs = dict.fromkeys(next_, 0)
    for row in rows:
        lines = list(map(_lines, row, widths))
        height = max(lines)
        for number, wide in next_.items():
            own = _lines(row[number], wide)
            costs[number] += own - lines[number] + 2 * max(own - height, 0)
    return costs


def _lines(cell: int, wide: int) -> int:
    """About how many lines a text takes: words that do not fit leave an eighth of a line empty."""
    return 1 if cell <= wide else -(-cell * 9 // (wide * 8))


def shared_out(wanted: Sequence[int], least: Sequence[int], room: int, rows: Sequence[Sequence[int]] = ()) -> list[int]:
    """Widths that add up to `room` at most: narrowed down to the least ones, then in proportion, to 1 at least."""
    widths = narrowed([max(want, low) for want, low in zip(wanted, least, strict=True)], least, room, rows)
    total = sum(widths)
    return widths if total <= room else [max(wide * room // total, 1) for wide in widths]


def first_wide(parts: Sequence[Section], room: int, gap: int) -> int:
    """The number of the first section with a table too wide for `room` cells, `gap` of them lost in each column.

    From there on paper lies on its side: it is turned once, not for each table.
    """
    for number, section in enumerate(parts):
        tables = [piece.table for piece in section.pieces if isinstance(piece, NamedTable)]
        if any(sum(comfortable_widths(table)) + gap * len(table.columns) > room for table in tables):
            return number
    return len(parts)
