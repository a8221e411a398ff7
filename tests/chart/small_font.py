"""A font made for a test: a bar for every sign that is asked for."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def write_font(path: Path, signs: str, family: str = "Test Sans SC", *, named: bool = True) -> Path:
    """Writes a TrueType file with these signs; unless `named`, without the name by which a picture asks for it."""
    own = sorted({sign for sign in signs if ord(sign) >= 32})
    names = {ord(sign): f"u{ord(sign):04X}" for sign in own}
    pen = TTGlyphPen(None)
    for number, point in enumerate([(100, 0), (100, 700), (400, 700), (400, 0)]):
        (pen.moveTo if number == 0 else pen.lineTo)(point)
    pen.closePath()
    bar = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys((".notdef", *names.values()), bar))
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names.values()), (500, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    names_of = {"familyName": family, "styleName": "Regular", "fullName": family, "psName": family.replace(" ", "")}
    builder.setupNameTable(names_of if named else {"psName": "x"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(path)
    return path
