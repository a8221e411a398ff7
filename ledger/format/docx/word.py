"""A document in Word's format, written with python-docx. Only `ledger.format.writer` imports this module."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn

from ledger.format.column_width import first_wide
from ledger.format.document import Code, Document, Head, Paragraph
from ledger.format.docx.one_page import write_sheet
from ledger.format.docx.style import TURNED, UPRIGHT, Paper, dress, lay, node, number_pages
from ledger.format.docx.table import MARGIN, run, word_table
from ledger.format.outline import NamedTable, Piece, Section, head_of, sections
from ledger.format.zip import same_bytes
from ledger.text.pattern import regex
from ledger.text.safe import one_line, xml_safe
from ledger.text.width import cell_width

_HALF = 9 / 2 * 1.04
"""Points of half a Chinese character in 小五, the smaller usual size of table text, with some slack."""

_LONG = regex(r"[!-~]{33}")
"""A word that leaves the line before it half empty, such as a hash: stretched to both edges that line falls apart."""


def word_document(document: Document[str]) -> bytes:
    """The document as a DOCX file on A4, the same bytes for the same document on any day."""
    head, parts = head_of(document), sections(document)
    file = docx.Document()
    dress(file, head.lang)
    _name(file, head)
    if head.remark:
        write_sheet(file, head, parts)
        return _saved(file)
    wide = first_wide(parts, int(UPRIGHT.room / _HALF), 1 + round(2 * MARGIN / _HALF))
    if wide < len(parts) and not any(_has_rows(part) for part in parts[:wide]):
        # A first page with nothing but the title on it would be a page wasted.
        wide = 0
    paper = UPRIGHT if wide else TURNED
    lay(file.sections[0], paper)
    number_pages(file.sections[0])
    _write_head(file, head, paper)
    for number, part in enumerate(parts):
        if number == wide and number:
            paper = TURNED
            _turn(file, paper)
        _write_section(file, part, paper)
    _flatten_end(file)
    return _saved(file)


def _saved(file: WordFile) -> bytes:
    stream = io.BytesIO()
    file.save(stream)
    return same_bytes(stream.getvalue())


def _turn(file: WordFile, paper: Paper) -> None:
    """Starts a section on another paper; the one before ends in its last paragraph, not in one of its own."""
    _flatten_end(file)
    lay(file.add_section(WD_SECTION.NEW_PAGE), paper)
    added = file.paragraphs[-1]._p
    added.getprevious().get_or_add_pPr().append(added.get_or_add_pPr().sectPr)
    added.getparent().remove(added)


def _flatten_end(file: WordFile) -> None:
    """Makes an empty last paragraph, there because a table must not be the last, too low to need a page of its own."""
    last = file.paragraphs[-1]
    if not last.text:
        flat = {"before": 0, "after": 0, "line": 20, "lineRule": "exact"}
        last._p.get_or_add_pPr().append(node("spacing", **flat))


def _has_rows(part: Section) -> bool:
    return any(isinstance(piece, NamedTable) and piece.table.rows for piece in part.pieces)


def _name(file: WordFile, head: Head[str]) -> None:
    """What programs show of the file; its dates are taken out with all other clocks."""
    properties = file.core_properties
    properties.title = one_line(xml_safe(head.title))[:255]
    properties.language = "zh-CN" if head.lang == "zh" else "en"
    properties.author, properties.comments, properties.last_modified_by = "ledger", "", "ledger"
    properties.keywords = properties.subject = properties.category = ""
    properties.revision = 1


def _write_head(file: WordFile, head: Head[str], paper: Paper) -> None:
    """The title, and the facts side by side, none of them cut at the end of a line."""
    _write(file, "Title", one_line(head.title))
    between, size = ("　", 14) if head.lang == "zh" else ("   ", 12)
    lines: list[str] = []
    for fact in head.facts:
        said = f"{one_line(fact.label)} {one_line(fact.text)}"
        longer = f"{lines[-1]}{between}{said}" if lines else said
        if lines and cell_width(longer) * size / 2 <= paper.room:
            lines[-1] = longer
        else:
            lines.append(said)
    if lines:
        _write(file, "Subtitle", "\n".join(lines))


def _write_section(file: WordFile, part: Section, paper: Paper) -> None:
    if part.heading:
        _write(file, f"Heading{min(max(part.heading.level - 1, 1), 3)}", one_line(part.heading.text))
    for piece in part.pieces:
        _write_piece(file, piece, paper)


def _write_piece(file: WordFile, piece: Piece, paper: Paper) -> None:
    if isinstance(piece, Paragraph):
        _write(file, "BodyText", piece.text, align="left" if _LONG.search(piece.text) else "")
    elif isinstance(piece, Code):
        _write(file, "Code", piece.text.strip("\n"))
    else:
        _write_table(file, piece, paper)


def _write_table(file: WordFile, named: NamedTable, paper: Paper) -> None:
    table = named.table
    if not table.rows and not table.empty:
        return
    if table.title:
        _write(file, "Caption", one_line(table.title))
    if table.rows:
        _add(file, word_table(table, paper.room))
        for note in table.notes or [""]:
            # Two tables with nothing between them would become one.
            _write(file, "Note", note)
    else:
        for text in (table.empty, *table.notes):
            _write(file, "BodyText", text)


def _write(file: WordFile, style: str, text: str, align: str = "") -> None:
    aligned = [node("jc", val=align)] if align else []
    _add(file, node("p", node("pPr", node("pStyle", val=style), *aligned), run(text)))


def _add(file: WordFile, element: Any) -> None:  # noqa: ANN401 - elements have no useful type
    """Puts an element at the end of the body, before the properties of its last section."""
    body = file.element.body
    last = body[-1]
    if last.tag == qn("w:sectPr"):
        last.addprevious(element)
    else:
        body.append(element)
