"""The heat map on paper: what a cell says can be seen by day and by night."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.chart.drawing import PALETTE, PAPERS, Part
from ledger.chart.heatmap import heat_drawings, heat_map
from ledger.model.period import last_closed_week
from tests.chart.drawn import contrast
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

DAY = date(2017, 12, 31)


@pytest.mark.parametrize("at", [0, 1], ids=["day", "night"])
def test_the_mark_of_a_report_stands_out_from_every_light(at: int):
    items = [
        item("M1", due="2017-12-01"),
        item("M2", due="2018-01-10", lead="市水利局"),
        item("M3", due="2019-12-31", lead="市农委"),
    ]
    facts = [fact("2017-12-05", "report", "M1", by="市环保局"), fact("2017-12-28", "report", "M2"),
             fact("2017-12-28", "report", "M3")]  # fmt: skip
    found = heat_map(sound(files(items, facts, week={"roll_call": True})), DAY, last_closed_week(DAY, 6), 4)
    cells = [mark for sheet in heat_drawings(found, PAPERS["A3"]) for mark in sheet.marks if isinstance(mark, Part)]
    grounds = {cell.marks[0].look.fill for cell in cells}
    assert grounds == {"red", "yellow", "pale-grey", "pale-green"}
    for cell in cells:
        ground, *marks = cell.marks
        for mark in marks:
            color = mark.look.line or mark.look.fill
            assert contrast(PALETTE[color][at], PALETTE[ground.look.fill][at]) >= 4.5
