"""A chart of many sheets takes as many steps a sheet as one of few: calls are counted, not seconds."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile
from datetime import date

import pytest

from ledger.chart.drawing import PAPERS, Drawing
from ledger.chart.heatmap import HeatCell, HeatMap, HeatRow, heat_drawings
from ledger.chart.units import UnitBar, UnitBars, unit_drawings
from ledger.model.ledger import Ledger
from ledger.model.period import last_closed_week
from ledger.model.words import Words
from tests.paper import files, item, sound

pytestmark = pytest.mark.quick

DAY = date(2017, 12, 31)


def bars(ledger: Ledger, units: int) -> list[Drawing]:
    total = UnitBar(Words.same("all"), 2 * units, units, units, is_total=True)
    own = tuple(UnitBar(Words.same(f"unit {n}"), 2, 1, 1) for n in range(units))
    return unit_drawings(UnitBars(ledger, DAY, "lead", own, total, 0, ""), PAPERS["A4"])


def heat(ledger: Ledger, units: int) -> list[Drawing]:
    cell = HeatCell(4, 2, spoke=True, light="red", overdue=1, dated=4)
    rows = tuple(HeatRow(f"unit {n}", (cell,)) for n in range(units))
    return heat_drawings(HeatMap(ledger, DAY, (last_closed_week(DAY, 6),), rows, "", (units,), DAY), PAPERS["A4"])


@pytest.mark.parametrize("draw", [bars, heat])
def test_twice_the_units_take_twice_the_steps(draw: Callable[[Ledger, int], list[Drawing]]):
    ledger = sound(files([item()]))

    def steps(units: int) -> int:
        with Profile() as profile:
            assert len(draw(ledger, units)) > 1
        return sum(entry.callcount for entry in profile.getstats())

    some, more, most = (steps(units) for units in (80, 160, 320))
    assert most - more <= 2.2 * (more - some)
