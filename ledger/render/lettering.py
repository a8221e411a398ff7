"""How wide a text will be in a drawing, whatever font draws it: estimated by cells, never too narrow.

A Chinese sign is as wide as the letters are high. Latin letters differ by font; they are taken as the wider fonts have
them, so that what is estimated not to overlap does not.
"""

from __future__ import annotations

from functools import lru_cache

from ledger.render.drawing import Label
from ledger.text.safe import one_line, xml_safe
from ledger.text.width import cell_width

_NARROW = frozenset("ijlt.,:;'|!()[]/ fI-")
_WIDE = frozenset("MWmw@%&")
_FULL = frozenset("·…—–→“”‘’×")
"""Signs that Chinese type has as wide as its own."""

_ELLIPSIS = "…"


@lru_cache(maxsize=4096)
def _sign(char: str) -> float:
    """The width of one sign in parts of the size of the type."""
    cells = cell_width(char)
    if cells != 1:
        return float(cells) / 2
    if char in _NARROW:
        return 0.4
    if char in _FULL:
        return 1.0
    return 0.95 if char in _WIDE else 0.72 if char.isupper() else 0.6


def span(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in type of a size, in the units of that size."""
    return sum(map(_sign, text)) * size * (1.07 if bold else 1)


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text on one line of at most `room`, cut with `…` where it is longer; without control characters."""
    line = shown(text)
    if len(line) * size * 0.3 <= room and span(line, size, bold=bold) <= room:
        return line
    used = span(_ELLIPSIS, size, bold=bold)
    kept: list[str] = []
    for char in line:
        used += span(char, size, bold=bold)
        if used > room:
            break
        kept.append(char)
    return "".join(kept).rstrip() + _ELLIPSIS if kept else ""


def shown(text: str) -> str:
    """The text on one line without what a picture cannot hold."""
    return one_line(xml_safe(text))


def lines_of(parts: list[str], room: float, size: float, between: str = " · ") -> list[str]:
    """The parts joined to lines of at most `room`; a part wider than that is cut."""
    lines: list[str] = []
    for part in parts:
        own = fitted(part, room, size)
        longer = f"{lines[-1]}{between}{own}" if lines else own
        if lines and span(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(own)
    return lines


def extent(label: Label) -> tuple[float, float, float, float]:
    """The rectangle a label takes: left, top, right and bottom."""
    wide = span(label.text, label.size, bold=label.bold)
    left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.at]
    return left, label.y - 0.88 * label.size, left + wide, label.y + 0.22 * label.size
