"""A document as one self-contained page: nothing is loaded, no script runs, it prints on A4 and fits a telephone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape

from ledger.model.words import Words
from ledger.render.column_width import first_wide
from ledger.render.document import Code, Document, Fact, Paragraph, tone_of
from ledger.render.html_style import STYLE
from ledger.render.html_table import classes, content, escaped, html_table, inline
from ledger.render.outline import Piece, Section, head_of, sections

_TAGS = {"zh": "zh-CN", "en": "en"}
_CONTENTS = Words("目录", "Contents")
_LISTED = 4
"""From so many sections on there is a list of them."""

_ROOM, _GAP = 104, 2
"""Cells of a line on upright A4 at the size of table text, and those a column loses to its borders."""


def html_page(document: Document) -> str:
    """The page. Every text is escaped, and the policy of the page forbids all but its own style."""
    head, parts = head_of(document), sections(document)
    wide = first_wide(parts, _ROOM, _GAP)
    lines = [
        *_opening(head.title, head.lang),
        "<body>" if wide or not parts else '<body class="wide">',
        "<header>",
        f"<h1>{inline(head.title)}</h1>",
        *([f"<dl>{''.join(map(_fact, head.facts))}</dl>"] if head.facts else []),
        "</header>",
        *_contents(parts, head.lang),
        "<main>",
        *_turned(parts, wide),
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


def _fact(fact: Fact) -> str:
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
