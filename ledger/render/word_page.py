"""The paper of a Word document, as official Chinese documents have it (GB/T 9704): A4, wide margins, page numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.section import Section as WordSection
from docx.shared import Mm

from ledger.render.word_style import node


class Paper(NamedTuple):
    """A sheet of paper in millimetres, with its margins."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def room(self) -> float:
        """Points of a line."""
        return (self.width - self.left - self.right) * 72 / 25.4


UPRIGHT = Paper(210, 297, 37, 35, 28, 26)
TURNED = Paper(297, 210, 28, 26, 30, 30)


def lay(section: WordSection, paper: Paper) -> None:
    """Gives a section its paper."""
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.width > paper.height else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(paper.top), Mm(paper.bottom)
    section.left_margin, section.right_margin = Mm(paper.left), Mm(paper.right)
    section.header_distance, section.footer_distance = Mm(15), Mm(paper.bottom - 10)


def number_pages(section: WordSection) -> None:
    """Page numbers between dashes: on odd pages at the right, on even ones at the left."""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]._p
        for child in list(paragraph):
            paragraph.remove(child)
        indent = node("ind", **{side: 280, f"{side}Chars": 100})
        paragraph.append(node("pPr", node("pStyle", val="Footer"), indent, node("jc", val=side)))
        paragraph.append(node("r", _text("— ")))
        paragraph.append(node("fldSimple", node("r", _text("1")), instr=" PAGE "))
        paragraph.append(node("r", _text(" —")))


def _text(text: str) -> Any:  # noqa: ANN401
    made = node("t")
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made
