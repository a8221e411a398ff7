"""Tables of an HTML page: their head repeated on paper, swept sideways or taken apart into cards on a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from ledger.render.bars import bars_svg
from ledger.render.column_width import comfortable_widths, is_of_numbers, narrow_widths
from ledger.render.course import with_bars
from ledger.render.document import Column, Samples, Table, tone_of, value_of
from ledger.render.outline import NamedTable, repeats
from ledger.text.safe import one_line, xml_safe

_ENDLESS = 1000
"""Letters of a word that is whole on no paper."""

_YEAR = 52
"""Bars of the widest course."""

_TELEPHONE, _UPRIGHT, _PAPER, _GAP = 46, 104, 145, 2
"""Cells of a line on a telephone, on A4 and on a turned sheet of it, and those a column loses to its borders."""


def inline(text: str) -> str:
    """A text on one line, escaped."""
    return escape(one_line(xml_safe(text)))


def escaped(text: str) -> str:
    """A text with its line ends, escaped."""
    return escape(xml_safe(text))


def classes(*names: str) -> str:
    """The attribute of these classes; nothing for none."""
    kept = " ".join(filter(None, names))
    return f' class="{kept}"' if kept else ""


def content(cell: str) -> str:
    """What stands in a cell: a day as a time, the course of a figure as a drawing, else the text."""
    value = value_of(cell)
    if isinstance(value, date):
        return f'<time datetime="{value.isoformat()}">{escaped(cell)}</time>'
    if isinstance(value, Samples):
        return bars_svg(value)
    return escaped(cell)


def html_table(named: NamedTable, over: str) -> str:
    """The table with its caption and notes; one without a title of its own is named by the heading `over` it."""
    table = named.table
    if not table.rows and not table.empty:
        return ""
    notes = [f'<p class="note">{escaped(note)}</p>' for note in table.notes]
    if not table.rows:
        title = f"<p><strong>{inline(table.title)}</strong></p>\n" if table.title else ""
        return "\n".join([f"{title}<p>{escaped(table.empty)}</p>", *notes])
    own = f"table-{named.id}"
    caption = f'<caption id="{own}">{inline(table.title)}</caption>' if table.title else ""
    label = f'aria-labelledby="{own if table.title else over}"' if table.title or over else f'aria-label="{own}"'
    rows = _Rows(table)
    looks = ("tight" if rows.tight else "", "whole" if rows.whole else "")
    kinds = classes("stacked" if rows.stacked else "swept", *looks)
    return "\n".join([
        f'<div class="table" role="region" {label} tabindex="0">',
        f"<table{kinds}>{caption}",
        rows.head(),
        "<tbody>",
        *rows.body(),
        "</tbody>",
        "</table>",
        "</div>",
        *notes,
    ])  # fmt: skip


class _Rows:
    """The head and the rows of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        # A course is drawn, and never wider than that of a year.
        seen = with_bars(table, _YEAR)
        gaps = _GAP * len(table.columns)
        wide = sum(comfortable_widths(seen)) + gaps
        self.tight = sum(narrow_widths(seen)) + gaps > _PAPER
        # Paper is turned for a table that is wider than upright paper.
        self.whole = sum(narrow_widths(seen, _ENDLESS)) + gaps <= (_PAPER if wide > _UPRIGHT else _UPRIGHT)
        self.stacked = wide > _TELEPHONE and not is_of_numbers(table)

    def head(self) -> str:
        if not any(column.title for column in self.table.columns):
            return ""
        cells = "".join(f'<th scope="col"{classes(_look(column))}>{inline(column.title)}</th>'
                        for column in self.table.columns)  # fmt: skip
        return f"<thead><tr>{cells}</tr></thead>"

    def body(self) -> list[str]:
        """The rows; what a column says once spans all rows it holds for, but for cards, which stand alone."""
        table = self.table
        spans = [_spans(repeats(table, number)) if column.once and not self.stacked else None
                 for number, column in enumerate(table.columns)]  # fmt: skip
        lines = []
        for place, row in enumerate(table.rows):
            cells = [
                self._cell(cell, column, number, 1 if span is None else span[place])
                for number, (cell, column, span) in enumerate(zip(row, table.columns, spans, strict=True))
            ]
            lines.append(f"<tr>{''.join(cells)}</tr>")
        return lines

    def _cell(self, cell: str, column: Column, number: int, rows: int) -> str:
        """A cell that spans so many rows; nothing for none."""
        if not rows:
            return ""
        tag = "th" if number == 0 else "td"
        scope = f' scope="{"rowgroup" if rows > 1 else "row"}"' if tag == "th" else ""
        span = f' rowspan="{rows}"' if rows > 1 else ""
        title = f' data-title="{inline(column.title)}"' if self.stacked else ""
        look = classes(_look(column), tone_of(cell))
        return f"<{tag}{scope}{span}{title}{look}>{content(cell)}</{tag}>"


def _look(column: Column) -> str:
    return " ".join(filter(None, ["end" if column.right else "", "long" if column.flexible else ""]))


def _spans(repeated: Sequence[bool]) -> list[int]:
    """How many rows the cell of each row takes: 0 for one that only repeats what stands above."""
    spans = [0] * len(repeated)
    start = 0
    for place, again in enumerate(repeated):
        start = start if again else place
        spans[start] += 1
    return spans
