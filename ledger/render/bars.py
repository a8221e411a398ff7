"""A row of numbers as small bars in SVG, drawn to the scale of the terminal's sparkline."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from ledger.model.number import plain
from ledger.render.document import Samples

_WIDE, _TALL = 6, 28
_WIDEST = 52 * _WIDE
"""Pixels of the widest course: more bars than those of a year are drawn narrower."""


def bars_svg(samples: Samples) -> str:
    """A bar a number, up from 0 or down below it; unknown ones leave a gap. Its title tells first, last and range."""
    known = [value for value in samples.values if value is not None]
    if not known:
        return ""
    low, high = min(0, *known), max(0, *known)
    scale = Fraction(_TALL - 1) / (high - low) if high > low else Fraction(0)
    ground = _TALL + low * scale
    bars = "".join(
        _bar(number * _WIDE, min(ground - value * scale, ground), abs(value * scale))
        for number, value in enumerate(samples.values)
        if value is not None
    )
    first, last, least, most = (plain(Fraction(value)) for value in (known[0], known[-1], min(known), max(known)))
    wide = len(samples.values) * _WIDE
    size = f'width="{min(wide, _WIDEST)}" height="{_TALL}" viewBox="0 0 {wide} {_TALL}" preserveAspectRatio="none"'
    return (
        f'<svg role="img" {size} fill="currentColor">'
        f"<title>{escape(f'{first} → {last} ({least} – {most})')}</title>{bars}</svg>"
    )


def _bar(left: int, top: Fraction, tall: Fraction) -> str:
    """A bar, at least one unit tall so that a zero is seen to be known."""
    seen = max(tall, Fraction(1))
    return f'<rect x="{left}" y="{float(top + tall - seen):.1f}" width="{_WIDE - 1}" height="{float(seen):.1f}"/>'
