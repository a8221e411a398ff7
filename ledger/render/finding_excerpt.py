"""The line that a finding is about, fitted to the terminal, with carets under the value."""

from __future__ import annotations

import re

from ledger.model.finding import Place
from ledger.text.safe import safe
from ledger.text.width import cell_width, clip

_FLAT = {9: " ", 10: " "}
_QUOTED = r""""(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?"""
_SCALAR = re.compile(_QUOTED)
_BRACKET = re.compile(_QUOTED + r"|[][{}]")
_CELL = re.compile(r'(?:"[^"]*"?|[^,"])*')
_LEAST = 8
"""Cells that an excerpt takes even where the terminal has fewer."""


def excerpt(line: str, place: Place, room: int) -> tuple[str, str]:
    """The line cut around the place to at most `room` cells, and carets under the value that stands there."""
    room = max(room, _LEAST)
    start = min(max(place.column, 1) - 1, len(line))
    # More characters than this never show; a file of one endless line is not measured for every finding.
    before, rest = line[max(start - 4 * room, 0) : start], line[start : start + 4 * room]
    is_table = place.path.lower().endswith(".csv")
    extent = _cell_extent(rest) if is_table else _yaml_extent(before, rest)
    marked, after = _flat(rest[:extent]), _flat(rest[extent:])
    if not marked:
        after = after or " "
    left = _tail(_flat(before), max(room // 3, room - cell_width(marked + after)))
    right = clip(marked + after, room - cell_width(left))
    carets = max(min(cell_width(marked), cell_width(right)), 1)
    return (left + right).rstrip(), " " * cell_width(left) + "^" * carets


def _flat(text: str) -> str:
    return safe(text).translate(_FLAT)


def _tail(text: str, width: int) -> str:
    """The end of a text in at most `width` cells, with `…` where the rest is missing."""
    if cell_width(text) <= width:
        return text
    kept, used = len(text), 1
    while kept and used + cell_width(text[kept - 1]) <= width:
        kept -= 1
        used += cell_width(text[kept])
    return "…" + text[kept:]


def _cell_extent(rest: str) -> int:
    """How many characters the cell takes that starts here."""
    cell = _CELL.match(rest)
    return len(cell[0].rstrip()) if cell else 0


def _yaml_extent(before: str, rest: str) -> int:
    """How many characters the value or key takes that starts here, to the end of the line at most."""
    quoted = _SCALAR.match(rest)
    if quoted:
        return quoted.end()
    if rest[:1] in ("[", "{"):
        return _bracket_extent(rest)
    if rest.startswith("- "):
        end = re.search(r"\s#|$", rest)
    elif _is_inside_brackets(before):
        end = re.search(r":(?=\s|$)|\s#|[][{},]|$", rest)
    else:
        end = re.search(r":(?=\s|$)|\s#|$", rest)
    return len(rest[: end.start()].rstrip()) if end else len(rest)


def _bracket_extent(rest: str) -> int:
    depth = 0
    for token in _BRACKET.finditer(rest):
        depth += _step(token[0])
        if not depth:
            return token.end()
    return len(rest.rstrip())


def _is_inside_brackets(before: str) -> bool:
    """Whether a bracket is open at the end of this beginning of a line, so that commas end a value."""
    return sum(_step(token[0]) for token in _BRACKET.finditer(before)) > 0


def _step(token: str) -> int:
    return 1 if token in ("[", "{") else -1 if token in ("]", "}") else 0
