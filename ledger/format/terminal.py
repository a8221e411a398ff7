"""Documents as terminal text: aligned by cells, fitted to the width, Chinese and Latin alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, repeat

from ledger.format.cell import as_many_whole, courses_within, names_before_numbers, narrow_widths, narrowed
from ledger.format.document import (
    Block,
    Code,
    Column,
    Document,
    Head,
    Heading,
    Paint,
    Paragraph,
    Table,
    shown_rows,
    tone_of,
)
from ledger.text.safe import one_line, xml_safe
from ledger.text.width import cell_width, pad, wrap

_GAP = 2
_BETWEEN = " " * _GAP
_LINES = 3
"""How many lines a title over numbers may take."""
_WORD = 20
"""Cells of the longest word that is kept whole at the cost of other columns; longer ones are places in files."""
_NAME = 16
"""Cells down to which the name of a row is wrapped before a table of numbers falls apart."""

_TONES = {"red": "31", "yellow": "33", "green": "32", "grey": "2", "dim": "2", "bold": "1"}


def terminal_text(document: Document[str], width: int, *, color: bool = False) -> str:
    """The document for a terminal of `width` cells, ending in a line break. No line is wider, if words allow it."""
    lines: list[str] = []
    above: Block[str] | None = None
    for block in document:
        own = list(_lines(block, width, color))
        if not own:
            continue
        together = isinstance(above, Heading) or (isinstance(above, Paragraph) and isinstance(block, Paragraph))
        lines += own if above is None or together else ["", *own]
        above = block
    return "".join(line.rstrip() + "\n" for line in lines)


def _lines(block: Block[str], width: int, color: bool) -> Iterator[str]:
    if isinstance(block, Head):
        yield from _head(block, width, color)
    elif isinstance(block, Heading):
        for line in wrap(xml_safe(block.text), width):
            yield tinted(line, "bold", color)
    elif isinstance(block, Paragraph):
        lines = wrap(xml_safe(block.text), width - block.indent) or [""]
        for number, line in enumerate(_in_tones(lines, block, color)):
            yield " " * block.indent + line if number else line
    elif isinstance(block, Code):
        yield from ("    " + xml_safe(line) for line in block.text.strip("\n").split("\n"))
    elif block.rows or block.empty:
        yield from _titled_table(block, width, color)


def _in_tones(lines: Sequence[str], block: Paragraph[str], color: bool) -> Iterator[str]:
    """The lines of a paragraph in its tone, or each part of it in its own, over the ends of lines too."""
    if not block.parts or not color:
        yield from (tinted(line, tone_of(block.text), color) for line in lines)
        return
    tones = _tones(block)
    for line in lines:
        own = [None if sign.isspace() else next(tones) for sign in line]
        # A blank has a tone where both its neighbours have the same.
        for number in range(1, len(own) - 1):
            if own[number] is None and own[number - 1] == next(filter(_is_told, own[number:]), None):
                own[number] = own[number - 1]
        pairs = groupby(zip(line, own, strict=True), key=lambda pair: pair[1] or "")
        yield "".join(tinted("".join(sign for sign, _ in run), tone, color) for tone, run in pairs)


def _is_told(tone: str | None) -> bool:
    return tone is not None


def _tones(block: Paragraph[str]) -> Iterator[str]:
    """The tones of the signs of a paragraph that are no blanks: wrapping changes nothing but blanks."""
    rest = xml_safe(block.text)
    for part in block.parts:
        before, found, behind = rest.partition(xml_safe(part))
        if found:
            yield from _each(before, "")
            yield from _each(found, tone_of(part))
            rest = behind
    yield from repeat("")


def _each(text: str, tone: str) -> Iterator[str]:
    return (tone for sign in text if not sign.isspace())


def _head(head: Head[str], width: int, color: bool) -> Iterator[str]:
    """The title, and the facts side by side, as many a line as fit."""
    for line in wrap(xml_safe(head.title), width):
        yield tinted(line, "bold", color)
    line = ""
    for fact in head.facts:
        said = f"{one_line(xml_safe(fact.label))} {one_line(xml_safe(fact.text))}"
        if line and cell_width(line) + _GAP + cell_width(said) > width:
            yield from wrap(line, width)
            line = ""
        line += " " * _GAP + said if line else said
    if line:
        yield from wrap(line, width)


def _titled_table(table: Table[str], width: int, color: bool) -> Iterator[str]:
    if table.title:
        for line in wrap(xml_safe(table.title), width):
            yield tinted(line, "bold", color)
    if table.rows:
        yield from _table(table, width, color)
    else:
        yield from wrap(xml_safe(table.empty), width)
    if table.notes:
        yield ""
    for note in table.notes:
        yield from wrap(xml_safe(note), width)


def tinted(text: str, tone: str, color: bool) -> str:
    """The text in its tone, if colours are wanted."""
    return f"\x1b[{_TONES[tone]}m{text}\x1b[0m" if color and tone in _TONES and text.strip() else text


def _table(table: Table[str], width: int, color: bool) -> Iterator[str]:
    table = courses_within(table, width - _GAP * (len(table.columns) - 1))
    rows = shown_rows(table)
    clean = {cell: _clean(str(cell)) for cell in set(chain.from_iterable(rows))}
    cells = [[_like(cell, clean[cell]) for cell in row] for row in rows]
    titles = [one_line(xml_safe(column.title)) for column in table.columns]
    wide = [[cell_width(cell) for cell in row] for row in cells]
    widest = [max(column) for column in zip(*wide, strict=True)]
    widths = fitted(table, titles, wide, width)
    if widths is None:
        parts = _parts(table, [max(cell_width(title), wide) for title, wide in zip(titles, widest, strict=True)], width)
        if parts:
            yield from _in_parts(table, parts, color)
        else:
            yield from _records(
                titles, [[_like(cell, _clean(cell)) for cell in row] for row in table.rows], width, color
            )
        return
    if any(titles):
        yield from _row(titles, list(map(cell_width, titles)), table.columns, widths, color)
        yield (" " * _GAP).join("-" * cells_wide for cells_wide in widths)
    for row, taken in zip(cells, wide, strict=True):
        yield from _row(row, taken, table.columns, widths, color)


def _parts(table: Table[str], natural: Sequence[int], width: int) -> list[tuple[list[int], int]]:
    """A table of numbers that is too wide, cut into several: their columns, each with those that name the rows, and how
    wide each is.

    Names that take more than half of the width are wrapped. Nothing if they do not become narrow enough, or other
    columns than the first ones hold words.
    """
    names = names_before_numbers(table)
    numbers = range(len(names), len(table.columns))
    taken = sum(natural[number] + _GAP for number in names)
    if taken > width // 2:
        least = [min(natural[number], max(table.columns[number].least, _NAME))
                 if table.columns[number].flexible else natural[number] for number in names]  # fmt: skip
        taken = max(sum(least) + _GAP * len(names), width // 3)
    widest = max((natural[number] for number in numbers), default=width)
    if not names or taken > width // 2 or taken + widest > width:
        return []
    parts: list[tuple[list[int], int]] = []
    for number in numbers:
        own = natural[number]
        if parts and parts[-1][1] + _GAP + own <= width:
            part, used = parts[-1]
            parts[-1] = [*part, number], used + _GAP + own
        else:
            parts.append(([*names, number], taken + own))
    return parts


def _in_parts(table: Table[str], parts: Sequence[tuple[Sequence[int], int]], color: bool) -> Iterator[str]:
    for place, (part, width) in enumerate(parts):
        if place:
            yield ""
        columns = [table.columns[number] for number in part]
        yield from _table(Table(columns, [[row[number] for number in part] for row in table.rows]), width, color)


def _clean(cell: str) -> str:
    return " ".join(xml_safe(cell).split())


def _like(cell: str, text: str) -> str:
    """The text in the tone of a cell."""
    return text if type(cell) is str else Paint(text, cell.tone) if isinstance(cell, Paint) else text


def fitted(table: Table[str], titles: Sequence[str], rows: Sequence[Sequence[int]], width: int) -> list[int] | None:
    """The widths at which the columns fit, flexible ones narrowed where it costs fewest lines; None if they never do.

    `rows` are the cells that the texts of each row take. Words are cut only where there is no room for them whole.
    Where narrow flexible columns are not enough, titles that are wider than all that stands under them are wrapped too.
    """
    columns = table.columns
    widest = [max(column) for column in zip(*rows, strict=True)]
    natural = [max(cell_width(title), wide) for title, wide in zip(titles, widest, strict=True)]
    room = width - _GAP * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    least = [min(column.least, wide) if column.flexible else wide
             for column, wide in zip(columns, natural, strict=True)]  # fmt: skip
    words = narrow_widths(table, _WORD)
    whole = [max(low, min(word, wide)) for low, word, wide in zip(least, words, natural, strict=True)]
    widths = narrowed(natural, as_many_whole(least, whole, room), room, rows)
    if sum(widths) > room:
        least = [low if column.flexible else min(max(wide, _narrowest(title)), low)
                 for column, title, wide, low in zip(columns, titles, widest, least, strict=True)]  # fmt: skip
        widths = narrowed(widths, least, room, rows)
    return widths if sum(widths) <= room else None


def _narrowest(title: str) -> int:
    """The cells at which a title takes three lines, no Latin word of it cut."""
    words = max((cell_width(word) for word in title.split() if word.isascii()), default=0)
    return next(wide for wide in range(max(words, 4), cell_width(title) + 5) if len(wrap(title, wide)) <= _LINES)


def _row(
    row: Sequence[str], taken: Sequence[int], columns: Sequence[Column[str]], widths: Sequence[int], color: bool
) -> Iterator[str]:  # fmt: skip
    """The lines of a row whose texts take so many cells where they are not wrapped."""
    drawn: list[list[str]] = []
    for cell, own, column, wide in zip(row, taken, columns, widths, strict=True):
        if own <= wide:
            blanks = " " * (wide - own)
            lines = [blanks + cell if column.right else cell + blanks]
        else:
            lines = [pad(line, wide, right=column.right) for line in wrap(cell, wide)]
        if color and (tone := tone_of(cell)):
            lines = [tinted(line, tone, color) for line in lines]
        drawn.append(lines)
    height = max(map(len, drawn))
    for lines, wide in zip(drawn, widths, strict=True):
        lines += [" " * wide] * (height - len(lines))
    yield from map(_BETWEEN.join, zip(*drawn, strict=True))


def _records(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int, color: bool) -> Iterator[str]:
    """The rows one below the other, each cell with its title: what is left when no width is enough."""
    wide = max(map(cell_width, titles))
    for number, row in enumerate(rows):
        if number:
            yield ""
        for title, cell in zip(titles, row, strict=True):
            if cell:
                first, *more = wrap(cell, max(width - wide - _GAP, 10))
                yield pad(title, wide + _GAP) + tinted(first, tone_of(cell), color)
                for line in more:
                    yield " " * (wide + _GAP) + line
