"""Documents in the table formats of the tabulate library: its frames, our widths, so that Chinese stands straight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import tabulate

from ledger.format.cell import narrow_widths, shared_out
from ledger.format.document import Block, Code, Document, Head, Heading, Paragraph, Table, shown_rows
from ledger.format.terminal import fitted
from ledger.text.safe import guarded, one_line, xml_safe
from ledger.text.width import cell_width, wrap

# Else the library makes each column two cells wider than its title, and the table wider than its page.
tabulate.MIN_PADDING = 0

_WRAPPED = ("grid", "outline", "plain", "simple", "presto", "pretty", "psql")
"""What the names of formats end in that are looked at, not read by a program: only there a cell takes several lines."""

_BARS = {"github": r"\|", "pipe": r"\|", "asciidoc": r"\|", "jira": r"\|", "orgtbl": r"\vert{}"}
"""How a bar in a cell is written where bars part the cells."""

_GAP = 2


def tabulated(document: Document[str], form: str, width: int) -> str:
    """The document with its tables in a format of tabulate, in at most `width` cells where it is one to look at."""
    blocks = ("\n".join(_lines(block, form, width)) for block in document)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _lines(block: Block[str], form: str, width: int) -> Iterator[str]:
    """The lines of a block; what is no table is plain text, its headings as the format marks them."""
    if isinstance(block, Head):
        yield from _heading(block.title, 1, form)
        yield from (f"{_plain(fact.label)} {_plain(fact.text)}" for fact in block.facts)
    elif isinstance(block, Heading):
        yield from _heading(block.text, block.level, form)
    elif isinstance(block, Paragraph):
        yield from _wrapped(block.text, form, width)
    elif isinstance(block, Code):
        yield from xml_safe(block.text).strip("\n").split("\n")
    else:
        yield from _titled(block, form, width)


def _heading(text: str, level: int, form: str) -> Iterator[str]:
    title = _plain(text)
    if form in ("github", "pipe"):
        yield f"{'#' * level} {title}"
        return
    yield title
    if form == "rst" and title:
        yield "=-~"[min(level, 3) - 1] * cell_width(title)


def _titled(table: Table[str], form: str, width: int) -> Iterator[str]:
    if table.title:
        yield from (_plain(table.title), "")
    if table.rows:
        yield _framed(table, form, width)
    elif table.empty:
        yield from _wrapped(table.empty, form, width)
    if table.notes:
        yield ""
    for note in table.notes:
        yield from _wrapped(note, form, width)


def _framed(table: Table[str], form: str, width: int) -> str:
    titles = [_plain(column.title) for column in table.columns]
    rows = [[_plain(cell) for cell in row] for row in shown_rows(table)]
    if form.endswith(_WRAPPED):
        widths = _widths(table, titles, rows, width)
        titles, *rows = [["\n".join(wrap(cell, wide)) for cell, wide in zip(row, widths, strict=True)]
                         for row in (titles, *rows)]  # fmt: skip
    else:
        titles, *rows = [[_in_format(cell, form) for cell in row] for row in (titles, *rows)]
    sides = ["right" if column.right else "left" for column in table.columns]
    return str(tabulate.tabulate(rows, headers=titles, tablefmt=form, colalign=sides, disable_numparse=True))


def _widths(table: Table[str], titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The cells of each column, so that the table with its frame is no wider than `width` if that can be."""
    frame = 3 * len(titles) + 1
    wide = [[cell_width(cell) for cell in row] for row in rows]
    room = max(width - frame, len(titles))
    found = fitted(table, titles, wide, room + _GAP * (len(titles) - 1))
    if found is not None:
        return found
    natural = [max(column) for column in zip(*wide, [cell_width(title) for title in titles], strict=True)]
    return [max(each, 2) for each in shared_out(natural, narrow_widths(table), room, wide)]


def _in_format(cell: str, form: str) -> str:
    """A cell with nothing in it that would end it, or that a spreadsheet would run."""
    if form == "tsv":
        return guarded(cell)
    return cell.replace("|", _BARS[form]) if form in _BARS else cell


def _wrapped(text: str, form: str, width: int) -> list[str]:
    return wrap(_plain(text), width) if form.endswith(_WRAPPED) else [_plain(text)]


def _plain(text: str) -> str:
    return one_line(xml_safe(text))
