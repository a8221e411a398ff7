"""Documents as Markdown."""

from __future__ import annotations

from ledger.render.document import Block, Code, Document, Heading, Paragraph
from ledger.text.safe import one_line, safe


def markdown(document: Document) -> str:
    """The document as GitHub Markdown, with nothing in a cell that could break the table."""
    return "\n\n".join(text for text in map(_block, document) if text) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return "#" * block.level + " " + _escaped(block.text)
    if isinstance(block, Paragraph):
        return _escaped(safe(block.text))
    if isinstance(block, Code):
        return f"```\n{safe(block.text).strip()}\n```"
    if not block.rows:
        return ""
    head = "| " + " | ".join(_escaped(column.title) for column in block.columns) + " |"
    rule = "|" + "|".join(" ---: " if column.right else " --- " for column in block.columns) + "|"
    rows = ["| " + " | ".join(_escaped(cell) for cell in row) + " |" for row in block.rows]
    return "\n".join([head, rule, *rows])


def _escaped(text: str) -> str:
    text = one_line(text)
    for char in "\\|`*_<>[]":
        text = text.replace(char, "\\" + char)
    return text
