"""Drawings as pages of one PDF, the only module that knows fpdf2. The type is inside, with the signs that occur."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import TextMode
from fpdf.fonts import TTFFont

from ledger.chart.drawing import PALETTE, UNITS_PER_MM, Box, Dot, Drawing, Label, Look, Paper, Plain, Shape
from ledger.chart.typeface import Typeface, settable
from ledger.text.safe import xml_safe

_FAMILY = "type"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in every file as the day of its making: the same chart makes the same bytes."""


def pdf_pages(drawings: Sequence[Drawing[str]], paper: Paper, face: Typeface, lang: str) -> bytes:
    """A page of this paper for each drawing, as large as it goes, in the middle of the width."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    pdf = FPDF(unit="mm", format=(paper.wide / UNITS_PER_MM, paper.tall / UNITS_PER_MM))
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_creation_date(_EPOCH)
    pdf.set_title(xml_safe(drawings[0].title))
    pdf.set_subject(xml_safe(drawings[0].desc))
    pdf.set_lang("zh-CN" if lang == "zh" else "en")
    pdf.add_font(_FAMILY, "", face.path, collection_font_number=face.number)
    try:
        return _written(pdf, drawings, paper, face)
    finally:
        for font in pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.close()


def _written(pdf: FPDF, drawings: Sequence[Drawing[str]], paper: Paper, face: Typeface) -> bytes:
    for drawing in drawings:
        pdf.add_page()
        scale = min(paper.wide / drawing.wide, paper.tall / drawing.tall)
        left = (paper.wide - drawing.wide * scale) / 2
        page = _Page(pdf, scale / UNITS_PER_MM, left / UNITS_PER_MM)
        for mark in settable(drawing, face).flat():
            page.draw(mark)
    return bytes(pdf.output())


class _Page:
    """A page that takes marks in units: `scale` makes them millimetres, `left` moves them."""

    def __init__(self, pdf: FPDF, scale: float, left: float) -> None:
        self.pdf, self.scale, self.left = pdf, scale, left

    def draw(self, mark: Plain | Label[str]) -> None:
        """Puts one mark on the page."""
        if isinstance(mark, Label):
            self._label(mark)
            return
        style = self._style(mark.look)
        if not style:
            return
        if isinstance(mark, Box):
            self.pdf.rect(self._x(mark.x), self._y(mark.y), mark.wide * self.scale, mark.tall * self.scale, style)
        elif isinstance(mark, Dot):
            self.pdf.circle(self._x(mark.x), self._y(mark.y), mark.radius * self.scale, style)
        else:
            points = [(self._x(x), self._y(y)) for x, y in mark.points]
            self.pdf.polyline(points, polygon=isinstance(mark, Shape), style=style)

    def _x(self, x: float) -> float:
        return self.left + x * self.scale

    def _y(self, y: float) -> float:
        return y * self.scale

    def _style(self, look: Look) -> str:
        if look.line:
            self.pdf.set_draw_color(PALETTE[look.line].light)
            self.pdf.set_line_width(look.width * self.scale)
            on, off = (*look.dash, 0, 0)[:2]
            self.pdf.set_dash_pattern(on * self.scale, off * self.scale)
        if look.fill:
            self.pdf.set_fill_color(PALETTE[look.fill].light)
        return ("D" if look.line else "") + ("F" if look.fill else "")

    def _label(self, label: Label[str]) -> None:
        pdf, color = self.pdf, PALETTE[label.color].light
        if not label.text:
            return
        pdf.set_font(_FAMILY, size=label.size * self.scale * 72 / 25.4)
        pdf.set_text_color(color)
        wide = pdf.get_string_width(label.text)
        x = self._x(label.x) - {"start": 0, "middle": wide / 2, "end": wide}[label.at]
        if not label.bold:
            pdf.text(x, self._y(label.y), label.text)
            return
        # There is one weight of type: bold letters get an outline, in a state of its own that ends with them.
        with pdf.local_context(text_mode=TextMode.FILL_STROKE):
            pdf.set_draw_color(color)
            pdf.set_line_width(label.size * self.scale * 0.025)
            pdf.set_dash_pattern()
            pdf.text(x, self._y(label.y), label.text)
