"""A document in Word's format, written with python-docx. Only `ledger.format.writer` imports this module.

A document on one sheet of A4 has every row one line high, and what is left of the page is room to write by hand. There
all heights are fixed, so that the sheet holds whatever typefaces a machine has: what stands on it is counted in points,
a text that is too long for its column is cut, and the last sections give way where even that is too much.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn

from ledger.format.cell import first_wide, narrowed, natural_widths, row_widths
from ledger.format.document import (
    Bar,
    Code,
    Document,
    Head,
    NamedTable,
    Paint,
    Paragraph,
    Piece,
    Section,
    Table,
    head_of,
    sections,
    tone_of,
    value_of,
)
from ledger.format.docx.style import TURNED, UPRIGHT, Paper, dress, lay, node, number_pages
from ledger.format.docx.table import MARGIN, SLACK, run, table_properties, word_table
from ledger.format.office import same_bytes
from ledger.state.figure.count import Rate
from ledger.text.pattern import regex
from ledger.text.safe import one_line, xml_safe
from ledger.text.width import cell_width, clip, wrap

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


SHEET = Paper(210, 297, 18, 15, 20, 20)
_HEIGHT = (SHEET.height - SHEET.top - SHEET.bottom) * 72 / 25.4
_ROW, _FIGURE, _LINE, _HEADING, _TITLE = 15, 30, 14, 20, 30
"""Points of a row, of the row of great figures, of a line of text, of a heading and of the title."""

_WHOLE = 46
"""Cells up to which no other text than the first of a row is cut."""

_SIZE, _GREAT = 9, (16, 14, 12, 10)
_LEAST_ROOM, _SLACK = 56, 16
"""Points: the least room for remarks, and what is kept back for what programs add to a page of their own."""

_FULL, _SHORT, _OPEN = "33475B", "A9B7C6", "E9E9E9"


def write_sheet(file: WordFile, head: Head[str], parts: Sequence[Section]) -> None:
    """Writes the document on the one sheet of a new file."""
    lay(file.sections[0], SHEET)
    left = _HEIGHT - _SLACK - _TITLE - _LINE
    _add(file, _paragraph(head.title, 18, _TITLE, face="Title", align="center"))
    facts = "　".join(f"{one_line(fact.label)} {one_line(fact.text)}" for fact in head.facts)
    _add(file, _paragraph(clip(facts, int(SHEET.room / 5.2)), 10, _LINE, align="center"))
    for part in parts:
        for height, element in _section(part):
            if left - height < _LEAST_ROOM + _ROW:
                break
            left -= height
            _add(file, element)
    _add(file, _paragraph("", 1, _ROW / 2))
    _add(file, _room(head.remark, left - _ROW))
    _add(file, _paragraph("", 1, 1))


def _section(part: Section) -> Iterator[tuple[float, Any]]:
    """Its elements with their heights in points."""
    if part.heading:
        yield _HEADING, _paragraph(part.heading.text, 11, _HEADING, face="Heading1", keep=True)
    else:
        yield 5, _paragraph("", 1, 5)
    for piece in part.pieces:
        if isinstance(piece, NamedTable):
            yield from _table(piece.table)
        elif isinstance(piece, Paragraph):
            yield from _text(piece.text, 10)


def _text(text: str, size: float) -> Iterator[tuple[float, Any]]:
    lines = wrap(one_line(text), int(SHEET.room / (size / 2 * 1.06)))
    yield len(lines) * _LINE, _paragraph(text, size, _LINE)


def _table(table: Table[str]) -> Iterator[tuple[float, Any]]:
    if not table.rows:
        yield from _text(table.empty, 10) if table.empty else ()
        return
    great = len(table.rows) == 1 and all(isinstance(value_of(cell), Rate) for cell in table.rows[0])
    widths = _widths(table, even=great)
    size = _SIZE if not great else next(size for size in _GREAT if _fits(table, size, widths) or size == _GREAT[-1])
    rows = [node("tr", _exact(_ROW), *(_cell(column.title, wide, _SIZE, column.right and not great, head=True)
                                       for column, wide in zip(table.columns, widths, strict=True)))]  # fmt: skip
    rows += [
        node("tr", _exact(_FIGURE if great else _ROW), *(
            _cell(cell, wide, size, column.right and not great, centred=great)
            for cell, column, wide in zip(row, table.columns, widths, strict=True)
        ))
        for row in table.rows
    ]  # fmt: skip
    grid = node("tblGrid", *(node("gridCol", w=round(wide * 20)) for wide in widths))
    height = _ROW + len(table.rows) * (_FIGURE if great else _ROW)
    yield height, node("tbl", table_properties(round(sum(widths) * 20)), grid, *rows)
    for note in table.notes:
        yield from _text(note, _SIZE)
    if not table.notes:
        # Two tables with nothing between them would become one.
        yield 4, _paragraph("", 1, 4)


def _fits(table: Table[str], size: float, widths: Sequence[float]) -> bool:
    return all(wide * size / 2 * SLACK + 2 * MARGIN <= room
               for wide, room in zip(map(cell_width, table.rows[0]), widths, strict=True))  # fmt: skip


def _widths(table: Table[str], *, even: bool) -> list[float]:
    """The points of each column, the whole line all together: the widest, or the one with bars, takes what is over."""
    count = len(table.columns)
    if even:
        return [SHEET.room / count] * count
    natural = natural_widths(table)
    first = next((number for number, column in enumerate(table.columns) if column.flexible), 0)
    # The first sentence of a row, its title, gives way before what is said of it.
    least = [
        min(wide, table.columns[number].least if number == first else _WHOLE) for number, wide in enumerate(natural)
    ]
    cell = _SIZE / 2 * SLACK
    cells = int((SHEET.room - 2 * MARGIN * count) / cell) - count
    shared = narrowed(natural, least, max(cells, count), row_widths(table))
    while sum(shared) > max(cells, count):
        # What must not be cut does not fit either: the longest gives way, an id of 60 letters before any date.
        shared[shared.index(max(shared))] -= 1
    found = [(wide + 1) * cell + 2 * MARGIN for wide in shared]
    bars = [number for row in table.rows for number, text in enumerate(row) if isinstance(value_of(text), Bar)]
    named = [number for number, column in enumerate(table.columns) if not column.right] or list(range(count))
    found[bars[0] if bars else max(named, key=lambda number: found[number])] += max(SHEET.room - sum(found), 0)
    return found


def _cell(text: str, wide: float, size: float, right: bool, *, head: bool = False, centred: bool = False) -> Any:  # noqa: ANN401
    properties = node("tcPr", node("tcW", w=round(wide * 20), type="dxa"))
    if head:
        properties.append(node("shd", val="clear", color="auto", fill="EDEDED"))
    properties.append(node("vAlign", val="center"))
    align = "right" if right else "center" if centred or head else "left"
    value = value_of(text)
    if isinstance(value, Bar):
        return node("tc", properties, *_bar(value, wide - 2 * MARGIN))
    room = int((wide - 2 * MARGIN) / (size / 2 * SLACK))
    tall = size + 6 if centred else _LINE - 1
    return node(
        "tc", properties, _paragraph(_cut(text, room), size, tall, align=align, face="Heading1" if head else "")
    )


def _cut(text: str, room: int) -> str:
    """The text on one line of so many cells, its tone kept."""
    return text if cell_width(text) <= room and "\n" not in text else Paint(clip(one_line(text), room), tone_of(text))


def _bar(bar: Bar, room: float) -> list[Any]:
    """A table of one row in a cell: what is done in full, what is done but short (hatched too), and what is open."""
    if not bar.whole:
        return [_paragraph("", 1, 2)]
    done = room * (bar.full + bar.short) / bar.whole
    full = room * bar.full / bar.whole
    parts = [(wide, *look) for wide, look in zip(
        (full, done - full, room - done), (("clear", _FULL), ("thinDiagStripe", _SHORT), ("clear", _OPEN)), strict=True,
    ) if wide > 0]  # fmt: skip
    cells = [
        node("tc", node("tcPr", node("tcW", w=round(wide * 20), type="dxa"),
                        node("shd", val=pattern, color="auto" if pattern == "clear" else _FULL, fill=fill)),
             _paragraph("", 1, 8))
        for wide, pattern, fill in parts
    ]  # fmt: skip
    looks = node("tblPr", node("tblW", w=round(room * 20), type="dxa"), node("tblLayout", type="fixed"),
                 node("tblCellMar", *(node(side, w=0, type="dxa") for side in ("left", "right"))))  # fmt: skip
    grid = node("tblGrid", *(node("gridCol", w=round(wide * 20)) for wide, _, _ in parts))
    return [node("tbl", looks, grid, node("tr", _exact(8), *cells)), _paragraph("", 1, 1)]


def _paragraph(
    text: str, size: float, tall: float, *, face: str = "", align: str = "left", keep: bool = False
) -> Any:  # noqa: ANN401  # fmt: skip
    """A paragraph whose lines are exactly so many points high; `face` is the style whose typeface it bears."""
    looks = node("pPr", node("pStyle", val=face or "Normal"))
    if keep:
        looks.append(node("keepNext"))
    looks.append(node("widowControl", val=0))
    looks.append(node("snapToGrid", val=0))
    looks.append(node("spacing", before=0, after=0, line=round(tall * 20), lineRule="exact"))
    looks.append(node("ind", firstLine=0, firstLineChars=0))
    looks.append(node("jc", val=align))
    made = node("p", looks)
    if text:
        # Nothing is coloured on this sheet: what goes into the run is the bare text, without its tone.
        one = run(str(xml_safe(text)))
        looks_of_run = one.find(f"{{{one.nsmap['w']}}}rPr")
        if looks_of_run is None:
            looks_of_run = node("rPr")
            one.insert(0, looks_of_run)
        sizes = [node("sz", val=round(size * 2)), node("szCs", val=round(size * 2))]
        place = next((number for number, child in enumerate(looks_of_run) if child.tag.endswith("}w")),
                     len(looks_of_run))  # fmt: skip
        for step, one_size in enumerate(sizes):
            looks_of_run.insert(place + step, one_size)
        made.append(one)
    return made


def _exact(points: float) -> Any:  # noqa: ANN401
    return node("trPr", node("cantSplit"), node("trHeight", val=round(points * 20), hRule="exact"))


def _room(label: str, points: float) -> Any:  # noqa: ANN401
    """The box for remarks, with its label in the corner."""
    wide = round(SHEET.room * 20)
    box = node("tc", node("tcPr", node("tcW", w=wide, type="dxa"), node("vAlign", val="top")),
               _paragraph(label, 11, 18, face="Heading1"))  # fmt: skip
    row = node("tr", _exact(points), box)
    return node("tbl", table_properties(wide), node("tblGrid", node("gridCol", w=wide)), row)
