"""A document as one self-contained page: nothing is loaded, no script runs, it prints on A4 and fits a telephone.

`STYLE` says how it looks on a wide screen, on a telephone, in the dark and on paper.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from html import escape

from ledger.format.cell import comfortable_widths, first_wide, is_of_numbers, narrow_widths, with_bars
from ledger.format.document import (
    Bar,
    Code,
    Column,
    Document,
    Fact,
    NamedTable,
    Paragraph,
    Piece,
    Samples,
    Section,
    Table,
    head_of,
    repeats,
    sections,
    tone_of,
    value_of,
)
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


STYLE = """:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1a1a1a; --quiet: #595959; --line: #c4c4c4; --head: #eef2f6; --link: #0b57a4;
  --red: #a8071a; --yellow: #7a4f00; --green: #1c6b33;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --ink: #e8e8e8; --quiet: #a9b0b8; --line: #474d54; --head: #23282e; --link: #8ab8f0;
    --red: #ff8f87; --yellow: #f0c05a; --green: #7fd394;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 3rem; max-width: 90rem;
  background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "WenQuanYi Micro Hei", system-ui, sans-serif;
}
h1 { font-size: clamp(1.35rem, 1rem + 2vw, 2rem); line-height: 1.3; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.35; margin: 2.25rem 0 .5rem; }
h3, h4, h5, h6 { font-size: 1.05rem; line-height: 1.4; margin: 1.5rem 0 .5rem; }
p { margin: .4rem 0; max-width: 75rem; white-space: pre-line; }
a { color: var(--link); }
dl { display: flex; flex-wrap: wrap; gap: .2rem 1.75rem; margin: 0 0 1rem; color: var(--quiet); }
dl div { display: flex; gap: .5rem; }
dd { margin: 0; color: var(--ink); font-variant-numeric: tabular-nums; }
nav { border-block: 1px solid var(--line); padding: .5rem 0; }
nav ol { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .25rem 0; }
.table {
  overflow-x: auto; margin: .75rem 0;
  background:
    linear-gradient(to right, var(--paper) 40%, transparent) 0 0 / 3rem 100% no-repeat local,
    linear-gradient(to left, var(--paper) 40%, transparent) 100% 0 / 3rem 100% no-repeat local,
    linear-gradient(to right, var(--line), transparent) 0 0 / .7rem 100% no-repeat scroll,
    linear-gradient(to left, var(--line), transparent) 100% 0 / .7rem 100% no-repeat scroll;
}
.table:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .94rem; line-height: 1.45; min-width: min(20rem, 100%); }
caption { text-align: start; font-weight: 700; padding: .25rem 0; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: start; vertical-align: top; }
th, td { white-space: nowrap; overflow-wrap: normal; font-variant-numeric: tabular-nums; }
thead th { background: var(--head); vertical-align: bottom; text-wrap: balance; }
thead th.end { white-space: normal; min-width: 4.5em; }
tbody th { font-weight: inherit; }
.long { white-space: pre-line; overflow-wrap: anywhere; min-width: 11em; }
.whole .long { overflow-wrap: break-word; }
.end { text-align: end; }
.note { color: var(--quiet); font-size: .9rem; }
.red { color: var(--red); font-weight: 700; }
.yellow { color: var(--yellow); font-weight: 700; }
.green { color: var(--green); }
.grey, .dim { color: var(--quiet); }
.bold { font-weight: 700; }
pre { overflow-x: auto; padding: .75rem; background: var(--head); font-size: .9rem; }
svg { display: block; color: var(--link); }
.remark { border: 1px solid var(--line); min-height: 8rem; margin-top: 1.5rem; padding: .25rem .75rem; }
.remark h2 { font-size: 1rem; margin: 0; }
td svg { max-width: 100%; }
@media (max-width: 40rem) {
  body { padding: 1rem .9rem 2rem; }
  .long { min-width: 9em; }
  .swept tbody th:first-child {
    position: sticky; inset-inline-start: 0; background: var(--paper);
    box-shadow: inset -1px 0 var(--line), inset 1px 0 var(--line);
  }
  .swept { font-size: clamp(.65rem, 2.85vw, .94rem); line-height: 1.35; }
  .swept caption { font-size: .94rem; }
  .swept :is(th, td) { padding: .3em .25em; white-space: normal; }
  .swept thead th.end { min-width: 2.7em; }
  .swept .long { min-width: 3.2em; overflow-wrap: break-word; }
  .swept tbody th.long { min-width: 4.6em; max-width: 9em; }
  .stacked, .stacked caption, .stacked tbody, .stacked tr, .stacked th, .stacked td { display: block; }
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked tr { border: 1px solid var(--line); margin: 0 0 .75rem; padding: .35rem .6rem; }
  .stacked tbody th, .stacked tbody td {
    display: grid; grid-template-columns: 6.5em minmax(0, 1fr); gap: .5rem; border: 0; padding: .1rem 0;
    min-width: 0; text-align: start; white-space: pre-line; overflow-wrap: anywhere;
  }
  .stacked tbody th { font-weight: 700; }
  .stacked tbody :is(th, td)::before { content: attr(data-title); color: var(--quiet); font-weight: 400; }
  .stacked tbody td:empty { display: none; }
}
@page { size: A4 portrait; margin: 16mm 14mm 18mm; @bottom-center { content: counter(page) " / " counter(pages); } }
@page wide { size: A4 landscape; }
@media print {
  body { padding: 0; max-width: none; font-size: 10.5pt; line-height: 1.5; }
  nav { display: none; }
  .wide { page: wide; }
  div.wide { break-before: page; }
  .table { overflow: visible; background: none; }
  table { font-size: 9pt; line-height: 1.35; min-width: 0; max-width: 100%; }
  thead { display: table-header-group; }
  tr, svg { break-inside: avoid; }
  h1, h2, h3, h4, h5, h6, caption, thead { break-after: avoid; }
  th, td { padding: 2pt 4pt; }
  thead th, thead th.end { white-space: normal; min-width: 3em; }
  .long { min-width: 0; }
  .tight { font-size: 7pt; }
  .tight th, .tight td { padding: 1pt 2pt; min-width: 0; white-space: normal; overflow-wrap: anywhere; }
  a { color: inherit; text-decoration: none; }
  p { orphans: 2; widows: 2; }
  .one { font-size: 10pt; line-height: 1.3; }
  .one h1 { font-size: 16pt; text-align: center; margin: 0 0 2pt; }
  .one h2 { font-size: 11pt; margin: 7pt 0 2pt; }
  .one dl { justify-content: center; margin: 0 0 4pt; }
  .one .table { margin: 3pt 0; }
  .one table { font-size: 9pt; line-height: 1.3; width: 100%; }
  .one :is(th, td) { padding: 1.5pt 4pt; white-space: nowrap; }
  .one .remark { break-inside: avoid; min-height: 40mm; margin-top: 8pt; }
}"""
