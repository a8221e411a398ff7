"""Sheets of paper, in the units of drawings."""

from __future__ import annotations

from typing import NamedTuple

from ledger.render.drawing import UNITS_PER_MM


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
