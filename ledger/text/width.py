"""How many cells a text takes in a terminal, and wrapping by cells.

Latin and Chinese text, nearly everything a ledger holds, is measured with the Unicode tables of Python itself, which
cost nothing to load; anything rarer (combining marks, emoji, other scripts) is left to the wcwidth library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import east_asian_width

_KNOWN = (
    " ~", "\u00a0\u00ac", "\u00ae\u02ff", "\u2010\u2027", "\u2030\u205e", "\u2190\u2319", "\u2460\u25fc",
    "\u3000\u3029", "\u3030\u303e", "\u3041\u3096", "\u309b\u30ff", "\u3400\u4dbf", "\u4e00\u9fff", "\uff01\uff60",
)  # fmt: skip
"""The first and the last of characters of known width: Latin, general punctuation, arrows, boxes; Chinese signs,
full-width forms and ideographs."""

_RARE = 1 << 32
"""The cells of a character that Python's tables do not settle: more than those of any text."""
_NO_LINE_START = frozenset("，。、；：？！）》」』】〕”’…—%‰℃·,.;:?!)]}")
_NO_LINE_END = frozenset("（《「『【〔“‘([{")


class _Cells(dict[str, int]):
    """The cells of each character, looked up once: a regular expression of these ranges takes longer to compile than
    a page to be measured."""

    def __missing__(self, char: str) -> int:
        known = any(span[0] <= char <= span[1] for span in _KNOWN)
        self[char] = cells = 1 + (east_asian_width(char) in "WF") if known else _RARE
        return cells


_cells_of = _Cells().__getitem__


@lru_cache(maxsize=8192)
def cell_width(text: str) -> int:
    """The number of terminal cells of a text without control characters."""
    if text.isascii():
        return len(text)
    if (cells := sum(map(_cells_of, text))) < _RARE:
        return cells
    from wcwidth import wcswidth  # noqa: PLC0415 - rarely needed and slow to load

    return max(wcswidth(text), 0)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with blanks to `width` cells; `right` puts the blanks in front."""
    blanks = " " * max(width - cell_width(text), 0)
    return blanks + text if right else text + blanks


def clip(text: str, width: int) -> str:
    """The text cut to at most `width` cells, with `…` where something is missing."""
    if cell_width(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += cell_width(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept) + "…" if width > 0 else ""


def _pieces(text: str) -> list[str]:
    """The smallest parts a line may be broken between: Latin words with their blanks, single Chinese characters.

    No part starts with closing punctuation or ends with opening punctuation (避头尾).
    """
    pieces: list[str] = []
    for part in re.findall(r"\s+|[\x21-\x7e\u00a1-\u02ff]+|.", text):
        glued = pieces and (part[0] in _NO_LINE_START or pieces[-1][-1] in _NO_LINE_END) and not part.isspace()
        if glued:
            pieces[-1] += part
        else:
            pieces.append(part)
    return pieces


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells; at least one line, and no line starts with closing punctuation."""
    lines: list[str] = []
    adds_up = text.isascii() or sum(map(_cells_of, text.replace("\n", ""))) < _RARE
    for paragraph in text.splitlines() or [""]:
        if adds_up:
            lines += _wrapped(paragraph, width)
            continue
        line = ""
        for part in _pieces(paragraph):
            for piece in _cut(part, width):
                if line and cell_width(line + piece.rstrip()) > width:
                    lines.append(line.rstrip())
                    line = piece.lstrip()
                else:
                    line += piece
        lines.append(line.rstrip())
    return lines


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    """The lines of a text of signs whose cells add up, so that no beginning of a line is measured twice."""
    line, used = "", 0
    for part in _pieces(paragraph):
        whole = cell_width(part)
        for piece in (part,) if whole <= width else _cut(part, width):
            wide = whole if piece is part else cell_width(piece)
            if line and used + wide > width and (not piece[-1:].isspace() or used + cell_width(piece.rstrip()) > width):
                yield line.rstrip()
                line = piece.lstrip()
                used = wide if line is piece else cell_width(line)
            else:
                line += piece
                used += wide
    yield line.rstrip()


def _cut(piece: str, width: int) -> list[str]:
    """A piece cut where it is wider than a whole line, a place in a file between its parts if no line gets short."""
    if cell_width(piece) <= width:
        return [piece]
    cut, line = [], ""
    for char in piece:
        while line and cell_width(line + char) > width:
            seam = max(line.rfind("/"), line.rfind(":")) + 1
            end = seam if seam * 2 >= len(line) else len(line)
            cut.append(line[:end])
            line = line[end:]
        line += char
    return [*cut, line]
