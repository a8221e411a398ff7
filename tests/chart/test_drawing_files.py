"""Drawings as PDF and PNG: the type is inside, every page has its paper, and the same drawing makes the same bytes."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from ledger.chart.drawing import PAPERS, Box, Dot, Drawing, Label, Line, Look, Shape
from ledger.chart.svg import UnusableFont, png
from ledger.chart.typeface import Typeface, typeface_for
from tests.chart.small_font import write_font

INK = Look("ink", "red", 2, (4, 2))
DRAWING = Drawing(
    1680, 1188, "挂图", "说明",
    (Box(0, 0, 1680, 600, Look("red")), Line(((0, 0), (9, 9)), INK), Shape(((0, 0), (9, 0), (9, 9)), INK),
     Dot(50, 50, 9, INK), Label(800, 900, "中文 abc", 40, at="middle", bold=True), Label(1600, 900, "文", 40, at="end")),
)  # fmt: skip


def pdf_pages(*drawn: Any) -> bytes:
    """Loads the library for PDF with the first test that draws one."""
    from ledger.chart import pdf

    return pdf.pdf_pages(*drawn)


@pytest.fixture
def face(tmp_path: Path) -> Typeface:
    return typeface_for([DRAWING], [write_font(tmp_path / "f.ttf", "中文abc ?")], ())


def streams(data: bytes) -> str:
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    made = []
    for one in found:
        try:
            made.append(zlib.decompress(one))
        except zlib.error:
            made.append(one)
    return b"\n".join(made).decode("latin-1")


def test_a_pdf_has_a_page_of_the_paper_for_every_drawing(face: Typeface):
    data = pdf_pages([DRAWING, DRAWING], PAPERS["A0"], face, "zh")
    assert len(re.findall(rb"/Type /Page\n", data)) == 2
    wide, tall = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data).groups()
    assert (round(float(wide)), round(float(tall))) == (3370, 2384)


def test_the_text_of_a_pdf_can_be_searched_and_its_type_is_inside(face: Typeface):
    data = pdf_pages([DRAWING], PAPERS["A3"], face, "zh")
    assert b"/FontFile2" in data
    assert {"4E2D", "6587", "0061"} <= set(re.findall(r"<([0-9A-F]{4})>", streams(data).upper()))


def test_bold_letters_leave_the_others_as_they_are(face: Typeface):
    bold = streams(pdf_pages([DRAWING], PAPERS["A3"], face, "zh"))
    _, _, after = bold.partition("2 Tr")
    assert after
    assert "Q" in after.split("BT")[0] or "\nQ" in after
    assert after.rindex("BT") > after.index("\nQ")


def test_the_same_drawing_makes_the_same_bytes(face: Typeface):
    assert pdf_pages([DRAWING], PAPERS["A3"], face, "zh") == pdf_pages([DRAWING], PAPERS["A3"], face, "zh")
    assert png(DRAWING, face) == png(DRAWING, face)


def size(data: bytes) -> tuple[int, int]:
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    wide, tall = struct.unpack(">II", data[16:24])
    return wide, tall


def test_a_png_has_192_dots_an_inch_and_a_huge_one_fewer(face: Typeface):
    wide, tall = size(png(DRAWING._replace(wide=400, tall=200), face))
    assert (wide, tall) == (756, 378)


def test_the_letters_of_a_png_are_drawn(face: Typeface):
    without = DRAWING._replace(marks=DRAWING.marks[:4])
    assert png(DRAWING._replace(wide=900, tall=950), face) != png(without._replace(wide=900, tall=950), face)


def test_a_font_that_cannot_be_drawn_with_is_refused_rather_than_leaving_the_text_out(tmp_path: Path):
    face = typeface_for([DRAWING], [write_font(tmp_path / "n.ttf", "中文abc ?", named=False)], ())
    with pytest.raises(UnusableFont):
        png(DRAWING, face)
