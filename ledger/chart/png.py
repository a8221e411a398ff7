"""A drawing as PNG, the only module that knows resvg."""

from __future__ import annotations

from functools import cache
from math import sqrt

from resvg_py import svg_to_bytes

from ledger.chart.drawing import UNITS_PER_MM, Drawing, Label
from ledger.chart.svg import svg
from ledger.chart.typeface import Typeface, settable

_DOTS_PER_INCH, _ZOOM, _MOST_DOTS = 96, 2.0, 40_000_000
_DOTS_PER_UNIT = _DOTS_PER_INCH / 25.4 / UNITS_PER_MM


class UnusableFont(Exception):
    """The library cannot draw with this font, though others can."""


def png(drawing: Drawing[str], face: Typeface) -> bytes:
    """The drawing as it looks on paper, at 192 dots an inch; a very large one at fewer, at most 40 million in all.

    Raises `UnusableFont` rather than leave out the text without a word.
    """
    if any(label.text for label in drawing.labels()) and not _draws(face):
        raise UnusableFont(face.family)
    dots = drawing.wide * drawing.tall * _DOTS_PER_UNIT**2
    return _drawn(settable(drawing, face), face, min(_ZOOM, sqrt(_MOST_DOTS / dots)))


def _drawn(drawing: Drawing[str], face: Typeface, zoom: float) -> bytes:
    return bytes(
        svg_to_bytes(
            svg_string=svg(drawing, night=False, fonts=f'"{face.family}"', outline=True, in_mm=True),
            font_files=[str(face.path)], skip_system_fonts=True, font_family=face.family,
            sans_serif_family=face.family, dpi=_DOTS_PER_INCH, zoom=zoom,
        )
    )  # fmt: skip


@cache
def _draws(face: Typeface) -> bool:
    """Whether a letter leaves a trace: the library passes over fonts it does not understand."""
    sign = next((chr(sign) for sign in (0x6574, 0x4E2D, 0x61) if sign in face.covers), "")
    blank: Drawing[str] = Drawing(40, 40, "", "", ())
    return _drawn(blank._replace(marks=(Label(4, 32, sign, 30),)), face, 1) != _drawn(blank, face, 1)
