"""How wide the columns of a table want to be, and how a given width is shared out among them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import takewhile

from ledger.format.document import Column, NamedTable, Samples, Section, Table, Typed
from ledger.text.safe import one_line
from ledger.text.width import cell_width


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
