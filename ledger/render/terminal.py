"""Documents as terminal text: aligned by cells, fitted to the width, Chinese and Latin alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.render.document import Block, Code, Column, Document, Heading, Paint, Paragraph, Table
from ledger.text.safe import safe
from ledger.text.width import cell_width, pad, wrap

_GAP = 2
_TONES = {"red": "31", "yellow": "33", "green": "32", "dim": "2", "bold": "1"}


def terminal_text(document: Document, width: int, *, color: bool = False) -> str:
    """The document for a terminal of `width` cells, ending in a line break. No line is wider, if words allow it."""
    lines: list[str] = []
    for number, block in enumerate(document):
        if number and not (isinstance(block, Paragraph) and isinstance(document[number - 1], Paragraph)):
            after_heading = isinstance(document[number - 1], Heading)
            lines += [] if after_heading else [""]
        lines += _lines(block, width, color)
    return "".join(line.rstrip() + "\n" for line in lines)


def _lines(block: Block, width: int, color: bool) -> Iterator[str]:
    if isinstance(block, Heading):
        for line in wrap(safe(block.text), width):
            yield tinted(line, "bold", color)
    elif isinstance(block, Paragraph):
        first, *more = wrap(safe(block.text), width - block.indent) or [""]
        yield tinted(first, getattr(block.text, "tone", ""), color)
        for line in more:
            yield " " * block.indent + tinted(line, getattr(block.text, "tone", ""), color)
    elif isinstance(block, Code):
        yield from ("    " + safe(line) for line in block.text.strip("\n").split("\n"))
    elif block.rows:
        yield from _table(block, width, color)


def tinted(text: str, tone: str, color: bool) -> str:
    """The text in its tone, if colours are wanted."""
    return f"\x1b[{_TONES[tone]}m{text}\x1b[0m" if color and tone in _TONES and text.strip() else text


def _table(table: Table, width: int, color: bool) -> Iterator[str]:
    cells = [[_clean(cell) for cell in row] for row in table.rows]
    natural = [
        max([cell_width(column.title)] + [cell_width(row[number]) for row in cells])
        for number, column in enumerate(table.columns)
    ]
    widths = fitted(table.columns, natural, width)
    if widths is None:
        yield from _records(table, cells, width, color)
        return
    if any(column.title for column in table.columns):
        yield from _row([column.title for column in table.columns], table.columns, widths, color)
        yield (" " * _GAP).join("-" * cells_wide for cells_wide in widths)
    for row in cells:
        yield from _row(row, table.columns, widths, color)


def _clean(cell: str) -> str:
    text = " ".join(safe(cell).split())
    return Paint(text, cell.tone) if isinstance(cell, Paint) else text


def fitted(columns: Sequence[Column], natural: Sequence[int], width: int) -> list[int] | None:
    """The widths at which the columns fit, the widest flexible ones narrowed first; None if they never do."""
    widths = list(natural)
    over = sum(widths) + _GAP * (len(widths) - 1) - width
    while over > 0:
        flexible = [
            number
            for number, column in enumerate(columns)
            if column.flexible and widths[number] > min(column.least, natural[number])
        ]
        if not flexible:
            return None
        widths[max(flexible, key=widths.__getitem__)] -= 1
        over -= 1
    return widths


def _row(row: Sequence[str], columns: Sequence[Column], widths: Sequence[int], color: bool) -> Iterator[str]:
    wrapped = [wrap(cell, wide) if cell_width(cell) > wide else [cell] for cell, wide in zip(row, widths, strict=True)]
    for number in range(max(map(len, wrapped))):
        parts = []
        for cell, lines, column, wide in zip(row, wrapped, columns, widths, strict=True):
            text = pad(lines[number] if number < len(lines) else "", wide, right=column.right)
            parts.append(tinted(text, getattr(cell, "tone", ""), color))
        yield (" " * _GAP).join(parts)


def _records(table: Table, rows: Sequence[Sequence[str]], width: int, color: bool) -> Iterator[str]:
    """The rows one below the other, each cell with its title: what is left when no width is enough."""
    wide = max(cell_width(column.title) for column in table.columns)
    for number, row in enumerate(rows):
        if number:
            yield ""
        for column, cell in zip(table.columns, row, strict=True):
            if cell:
                first, *more = wrap(cell, max(width - wide - _GAP, 10))
                yield pad(column.title, wide + _GAP) + tinted(first, getattr(cell, "tone", ""), color)
                for line in more:
                    yield " " * (wide + _GAP) + line
