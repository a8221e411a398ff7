"""Tables of a Word document: columns as wide as their content, the head on every page, no row cut in two."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn

from ledger.format.cell import (
    comfortable_widths,
    courses_within,
    narrow_widths,
    natural_widths,
    row_widths,
    shared_out,
)
from ledger.format.document import Column, Samples, Table, repeats, tone_of, value_of
from ledger.format.docx.style import TABLE_SIZES, node, table_style
from ledger.model.record import NamedTuple
from ledger.text.pattern import regex
from ledger.text.safe import xml_safe

_COLORS = {"red": "B00020", "yellow": "7A4F00", "green": "1C6B33", "grey": "666666", "dim": "666666"}
_STRONG = ("red", "bold")
MARGIN = 4
"""Points between the text of a cell and its border, left and right."""

_MERGED = 20
"""Rows of a table whose repeated names are merged; a longer one breaks across pages and says them in each row."""

_MOST_STRETCHED = 1.5
SLACK = 1.04
"""Letters are a little wider than half a Chinese character here and there."""


class Layout(NamedTuple):
    """The size of the text of a table and the widths of its columns, in points."""

    size: float
    widths: Sequence[float]


def layout(table: Table[str], room: float) -> Layout:
    """The largest text at which a table reads well in so many points, else the smallest with narrow columns."""
    natural, narrow, count = natural_widths(table), narrow_widths(table), len(table.columns)
    comfortable = sum(comfortable_widths(table))
    for size in TABLE_SIZES:
        cell, cells = size / 2 * SLACK, _cells(room, size, count)
        if comfortable <= cells:
            break
    shared = shared_out(natural, narrow, max(cells, count), row_widths(table))
    widths = [(wide + 1) * cell + 2 * MARGIN for wide in shared]
    stretch = min(room / sum(widths), _MOST_STRETCHED)
    return Layout(size, [wide * stretch for wide in widths])


def _cells(room: float, size: float, columns: int) -> int:
    """How many cells of text at a size stand in so many points, beside what the columns lose to their borders."""
    return int((room - 2 * MARGIN * columns) / (size / 2 * SLACK)) - columns


def word_table(table: Table[str], room: float, *, kept: int = 0) -> Any:  # noqa: ANN401 - elements have no useful type
    """The table as an element of the document, for a line of so many points.

    Its last `kept` rows stand on the page of what follows, if that holds them.
    """
    table = courses_within(table, _cells(room, TABLE_SIZES[-1], len(table.columns)))
    size, widths = layout(table, room)
    twips = [math.floor(wide * 20) for wide in widths]
    made = node("tbl", table_properties(sum(twips)), node("tblGrid", *(node("gridCol", w=wide) for wide in twips)))
    if any(column.title for column in table.columns):
        made.append(_head(table.columns, twips, size))
    merged = len(table.rows) <= _MERGED
    repeated = [repeats(table, n) if column.once and merged else None for n, column in enumerate(table.columns)]
    for place, row in enumerate(table.rows):
        goes_on = any(again and again[place + 1 : place + 2] == [True] for again in repeated)
        style = "Kept" if goes_on or place >= len(table.rows) - kept else "Text"
        made.append(node("tr", node("trPr", node("cantSplit")), *(
            _cell(text, column, wide, table_style(style, size), again[place] if again else None)
            for text, column, wide, again in zip(row, table.columns, twips, repeated, strict=True)
        )))  # fmt: skip
    return made


def table_properties(width: int) -> Any:  # noqa: ANN401
    """A table so many twips wide, in the middle of the line, all its cells framed."""
    edges = (node(side, val="single", sz=4, space=0, color="000000")
             for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    margins = (node(side, w=MARGIN * 20, type="dxa") for side in ("left", "right"))
    return node(
        "tblPr",
        node("tblW", w=width, type="dxa"),
        node("jc", val="center"),
        node("tblBorders", *edges),
        node("tblLayout", type="fixed"),
        node("tblCellMar", *margins),
    )


def _head(columns: Sequence[Column[str]], twips: Sequence[int], size: float) -> Any:  # noqa: ANN401
    style = table_style("Head", size)
    cells = [
        node("tc", node("tcPr", node("tcW", w=wide, type="dxa"), node("shd", val="clear", color="auto", fill="EDEDED"),
                        node("vAlign", val="center")),
             node("p", node("pPr", node("pStyle", val=style)), run(column.title)))
        for column, wide in zip(columns, twips, strict=True)
    ]  # fmt: skip
    return node("tr", node("trPr", node("cantSplit"), node("tblHeader")), *cells)


def _cell(text: str, column: Column[str], wide: int, style: str, again: bool | None) -> Any:  # noqa: ANN401
    """A cell; `again` tells whether it belongs to the cell above (None: no cell of its column ever does)."""
    properties = node("tcPr", node("tcW", w=wide, type="dxa"))
    if again is not None:
        properties.append(node("vMerge") if again else node("vMerge", val="restart"))
    properties.append(node("vAlign", val="center"))
    looks = node("pPr", node("pStyle", val=style))
    if column.right:
        looks.append(node("jc", val="right"))
    return node("tc", properties, node("p", looks, run("" if again else text)))


def run(text: str) -> Any:  # noqa: ANN401
    """A run of text in its tone; line ends become line breaks."""
    made, tone = node("r"), tone_of(text)
    looks = node("rPr", *([node("b")] if tone in _STRONG else []))
    if tone in _COLORS:
        looks.append(node("color", val=_COLORS[tone]))
    if isinstance(value_of(text), Samples):
        # Chinese typefaces draw a bar as wide as a character: half of that is the cell reserved for it.
        looks.append(node("w", val=50))
    if len(looks):
        made.append(looks)
    for number, line in enumerate(xml_safe(text).splitlines()):
        if number:
            made.append(node("br"))
        for place, piece in enumerate(parted(line.replace("\t", " "))):
            if place:
                made.append(node("noBreakHyphen"))
            part = node("t")
            part.text = piece
            part.set(qn("xml:space"), "preserve")
            made.append(part)
    return made


_INNER = regex("(?<=[0-9A-Za-z])-(?=[0-9A-Za-z])|\u2011")
_ONE_WORD = regex("[!-~]+")


def parted(text: str) -> list[str]:
    """The text parted at the hyphens that must not end a line: those of dates, numbers and ids, and U+2011.

    A cell that is one word is an id; among other words those with a digit are. `no-go area` keeps its hyphen.
    """
    pieces, start, alone = [], 0, bool(_ONE_WORD.fullmatch(text))
    for match in _INNER.finditer(text):
        if alone or match[0] != "-" or any(sign.isdigit() for sign in _word_at(text, match.start())):
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]


def _word_at(text: str, place: int) -> str:
    """The word of Latin letters, digits and signs around a place."""
    before = re.search(r"[!-~]*$", text[:place])
    after = re.match(r"[!-~]*", text[place:])
    return (before[0] if before else "") + (after[0] if after else "")
