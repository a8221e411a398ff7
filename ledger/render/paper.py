"""Sheets of paper, in the units of drawings."""

from __future__ import annotations

from collections.abc import Callable
from math import log2
from typing import NamedTuple

from ledger.render.drawing import UNITS_PER_MM, Drawing, larger


class Paper(NamedTuple):
    """A sheet that lies on its long side; lengths in units."""

    wide: float
    tall: float


PAPERS = {
    name: Paper(wide * UNITS_PER_MM, tall * UNITS_PER_MM)
    for name, wide, tall in (
        ("A4", 297, 210), ("A3", 420, 297), ("A2", 594, 420), ("A1", 841, 594), ("A0", 1189, 841),
    )
}  # fmt: skip
"""Sheets by the names of ISO 216."""

_STEPS = 4
"""In so many steps a sheet grows to twice its height."""


def enlarged(draw: Callable[[Paper], list[Drawing]], paper: Paper) -> list[Drawing]:
    """What is drawn for a sheet of paper, all of it as large as one sheet holds.

    What is large enough on A3 is read from further away on A0: it is laid out as for a smaller sheet and grows with the
    paper. What needs several sheets has the usual sizes, so that they are few.
    """
    steps = max(round(_STEPS * log2(paper.tall / PAPERS["A3"].tall)), 0)
    for step in range(steps, 0, -1):
        factor = 2 ** (step / _STEPS)
        drawings = draw(Paper(paper.wide / factor, paper.tall / factor))
        if len(drawings) == 1:
            return [larger(drawings[0], factor)]
    return draw(paper)
