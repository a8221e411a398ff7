"""Documents as Markdown."""

from __future__ import annotations

import re

from ledger.format.document import Block, Code, Document, Head, Heading, Paragraph, Table, shown_rows
from ledger.text.pattern import regex
from ledger.text.safe import one_line, xml_safe

_SIGNS = regex(r"[\\|`*_<>\[\]~&]")
# What makes a list, a heading or a rule of a line that begins with it.
_START = regex(r"^(#+|[-+=]+|\d{1,9}[.)])(?=\s|$)")


def markdown(document: Document[str]) -> str:
    """The document as GitHub Markdown, with nothing in a cell that could break the table."""
    return "\n\n".join(text for text in map(_block, document) if text) + "\n"


def _block(block: Block[str]) -> str:
    if isinstance(block, Head):
        facts = " · ".join(f"{_escaped(fact.label)} {_escaped(fact.text)}" for fact in block.facts)
        return _heading(block.title, 1) + (f"\n\n{facts}" if facts else "")
    if isinstance(block, Heading):
        return _heading(block.text, block.level)
    if isinstance(block, Paragraph):
        return _line(block.text)
    if isinstance(block, Code):
        return _fenced(xml_safe(block.text).strip("\n"))
    return _titled_table(block)


def _heading(text: str, level: int) -> str:
    """A heading; number signs at its end would be taken for ornament."""
    return re.sub("#$", r"\\#", "#" * level + " " + _escaped(text))


def _titled_table(table: Table[str]) -> str:
    if not table.rows and not table.empty:
        return ""
    parts = [f"**{_escaped(table.title)}**"] if table.title else []
    parts.append(_table(table) if table.rows else _line(table.empty))
    return "\n\n".join(parts + [_line(note) for note in table.notes])


def _table(table: Table[str]) -> str:
    head = "| " + " | ".join(_escaped(column.title) for column in table.columns) + " |"
    rule = "|" + "|".join(" ---: " if column.right else " --- " for column in table.columns) + "|"
    rows = ["| " + " | ".join(_escaped(cell) for cell in row) + " |" for row in shown_rows(table)]
    return "\n".join([head, rule, *rows])


def _fenced(text: str) -> str:
    """The lines between fences longer than any of their own."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(longest + 1, 3)
    return f"{fence}\n{text}\n{fence}"


def _line(text: str) -> str:
    """A text as a line of its own, which must not turn into a list or a heading."""
    return _START.sub(lambda match: match[0][:-1] + "\\" + match[0][-1], _escaped(text))


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", one_line(xml_safe(text)))
