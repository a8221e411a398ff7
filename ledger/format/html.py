"""A document as one self-contained page: nothing is loaded, no script runs, it prints on A4 and fits a telephone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from html import escape

from ledger.format.cell import with_bars
from ledger.format.column_width import comfortable_widths, first_wide, is_of_numbers, narrow_widths
from ledger.format.document import Bar, Code, Column, Document, Fact, Paragraph, Samples, Table, tone_of, value_of
from ledger.format.html_style import STYLE
from ledger.format.outline import NamedTable, Piece, Section, head_of, repeats, sections
from ledger.model.number import plain
from ledger.model.words import Words
from ledger.text.safe import one_line, xml_safe

_WIDE, _TALL = 6, 28
_WIDEST = 52 * _WIDE
"""Pixels of the widest course: more bars than those of a year are drawn narrower."""


def bars_svg(samples: Samples) -> str:
    """A bar a number, up from 0 or down below it; unknown ones leave a gap. Its title tells first, last and range."""
    known = [value for value in samples.values if value is not None]
    if not known:
        return ""
    low, high = min(0, *known), max(0, *known)
    scale = Fraction(_TALL - 1) / (high - low) if high > low else Fraction(0)
    ground = _TALL + low * scale
    bars = "".join(
        _bar(number * _WIDE, min(ground - value * scale, ground), abs(value * scale))
        for number, value in enumerate(samples.values)
        if value is not None
    )
    first, last, least, most = (plain(Fraction(value)) for value in (known[0], known[-1], min(known), max(known)))
    wide = len(samples.values) * _WIDE
    size = f'width="{min(wide, _WIDEST)}" height="{_TALL}" viewBox="0 0 {wide} {_TALL}" preserveAspectRatio="none"'
    return (
        f'<svg role="img" {size} fill="currentColor">'
        f"<title>{escape(f'{first} → {last} ({least} – {most})')}</title>{bars}</svg>"
    )


def _bar(left: int, top: Fraction, tall: Fraction) -> str:
    """A bar, at least one unit tall so that a zero is seen to be known."""
    seen = max(tall, Fraction(1))
    return f'<rect x="{left}" y="{float(top + tall - seen):.1f}" width="{_WIDE - 1}" height="{float(seen):.1f}"/>'


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
    if isinstance(value, Bar):
        return bar_svg(value)
    return escaped(cell)


def bar_svg(bar: Bar) -> str:
    """The bar as a drawing: what is done but short is paler, and has a line below, for colour alone tells nothing."""
    if not bar.whole:
        return ""
    full, short = (Fraction(part * 200, bar.whole) for part in (bar.full, bar.short))
    said = f"{bar.full} + {bar.short} / {bar.whole}"
    return (
        '<svg role="img" width="200" height="14" viewBox="0 0 200 14" preserveAspectRatio="none" fill="currentColor">'
        f'<title>{said}</title><rect width="200" height="14" opacity="0.15"/>'
        f'<rect width="{float(full):.1f}" height="14"/>'
        f'<rect x="{float(full):.1f}" width="{float(short):.1f}" height="14" opacity="0.45"/>'
        f'<rect x="{float(full):.1f}" y="11" width="{float(short):.1f}" height="3"/></svg>'
    )


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

    def __init__(self, table: Table[str]) -> None:
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

    def _cell(self, cell: str, column: Column[str], number: int, rows: int) -> str:
        """A cell that spans so many rows; nothing for none."""
        if not rows:
            return ""
        tag = "th" if number == 0 else "td"
        scope = f' scope="{"rowgroup" if rows > 1 else "row"}"' if tag == "th" else ""
        span = f' rowspan="{rows}"' if rows > 1 else ""
        title = f' data-title="{inline(column.title)}"' if self.stacked else ""
        look = classes(_look(column), tone_of(cell))
        return f"<{tag}{scope}{span}{title}{look}>{content(cell)}</{tag}>"


def _look(column: Column[str]) -> str:
    return " ".join(filter(None, ["end" if column.right else "", "long" if column.flexible else ""]))


def _spans(repeated: Sequence[bool]) -> list[int]:
    """How many rows the cell of each row takes: 0 for one that only repeats what stands above."""
    spans = [0] * len(repeated)
    start = 0
    for place, again in enumerate(repeated):
        start = start if again else place
        spans[start] += 1
    return spans


_TAGS = {"zh": "zh-CN", "en": "en"}
_CONTENTS = Words("目录", "Contents")
_LISTED = 4
"""From so many sections on there is a list of them."""

_ROOM, _BESIDE = 104, 2
"""Cells of a line on upright A4 at the size of table text, and those a column loses to its borders."""


def html_page(document: Document[str]) -> str:
    """The page. Every text is escaped, and the policy of the page forbids all but its own style."""
    head, parts = head_of(document), sections(document)
    wide = first_wide(parts, _ROOM, _BESIDE)
    lines = [
        *_opening(head.title, head.lang),
        f"<body{classes('one' if head.remark else '' if wide or not parts else 'wide')}>",
        "<header>",
        f"<h1>{inline(head.title)}</h1>",
        *([f"<dl>{''.join(map(_fact, head.facts))}</dl>"] if head.facts else []),
        "</header>",
        *([] if head.remark else _contents(parts, head.lang)),
        "<main>",
        *_turned(parts, len(parts) if head.remark else wide),
        *([f'<section class="remark"><h2 id="remark">{inline(head.remark)}</h2></section>'] if head.remark else []),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _opening(title: str, lang: str) -> list[str]:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return [
        "<!DOCTYPE html>",
        f'<html lang="{_TAGS.get(lang, escape(lang))}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{inline(title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
    ]


def _fact(fact: Fact[str]) -> str:
    return f"<div><dt>{inline(fact.label)}</dt><dd>{content(fact.text)}</dd></div>"


def _contents(parts: Sequence[Section], lang: str) -> list[str]:
    links = [f'<li><a href="#{part.id}">{inline(part.heading.text)}</a></li>' for part in parts if part.heading]
    return (
        [f'<nav aria-label="{_CONTENTS.pick(lang)}"><ol>{"".join(links)}</ol></nav>'] if len(links) >= _LISTED else []
    )


def _turned(parts: Sequence[Section], wide: int) -> list[str]:
    """The sections, those from the first too wide one on set apart: paper is turned there."""
    written = [_section(part) for part in parts]
    upright = [line for lines in written[:wide] for line in lines]
    turned = [line for lines in written[wide:] for line in lines]
    return [*upright, '<div class="wide">', *turned, "</div>"] if upright and turned else upright or turned


def _section(part: Section) -> list[str]:
    pieces = [_piece(piece, part.id if part.heading else "") for piece in part.pieces]
    if part.heading is None:
        return ["<div>", *pieces, "</div>"]
    level = min(max(part.heading.level, 2), 6)
    return ["<section>", f'<h{level} id="{part.id}">{inline(part.heading.text)}</h{level}>', *pieces, "</section>"]


def _piece(piece: Piece, over: str) -> str:
    if isinstance(piece, Paragraph):
        return f"<p{classes(tone_of(piece.text))}>{escaped(piece.text)}</p>"
    if isinstance(piece, Code):
        return f"<pre>{escaped(piece.text)}</pre>"
    return html_table(piece, over)
