"""The heat map on paper: what a cell says can be seen by day and by night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest

from ledger.chart.drawing import PALETTE, PAPERS, Drawing, Paper, Part
from ledger.chart.heatmap import _HEAT, _NUMBERS, HeatCell, HeatRow, heat_drawings, heat_map, heat_steps
from ledger.model.period import last_closed_week
from tests.chart.drawn import contrast, outside, spoken
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

DAY = date(2017, 12, 31)


WEEK = last_closed_week(DAY, 6)


def drawn(
    items: list[dict[str, object]], facts: Sequence[dict[str, str]] = (), lang: str = "en", **own: object
) -> Drawing[str]:
    found = heat_map(sound(files(items, list(facts), **own)), DAY, WEEK, 4)
    (sheet,) = spoken(heat_drawings(found, PAPERS["A3"]), lang)
    return sheet


def cells(sheet: Drawing[str]) -> list[Part]:
    return [mark for mark in sheet.marks if isinstance(mark, Part)]


def texts(sheet: Drawing[str]) -> str:
    return " | ".join(label.text for label in sheet.labels())


CALLED = {"week": {"closes": "sunday", "roll_call": True}}
SAID = [fact("2017-12-07", "report", "M2", by="市水利局")]
TWO = [item("M1", due="2018-12-31"), item("M2", due="2018-12-31", lead="市水利局")]


@pytest.mark.parametrize("lang, words", [("zh", "没有报送"), ("en", "reported nothing")])
def test_nobody_is_accused_where_there_is_no_roll_call(lang: str, words: str):
    free, called = drawn(TWO, SAID, lang), drawn(TWO, SAID, lang, **CALLED)
    assert words not in texts(free).replace("不说谁没有报送", "")
    assert words in texts(called)
    assert {"zh": "没有设点名", "en": "no roll-call"}[lang] in texts(free)
    assert "reported in 0/" not in texts(free)


@pytest.mark.parametrize("own", [{}, CALLED])
def test_weeks_before_the_first_report_of_anybody_are_blank_and_it_says_so(own: dict[str, object]):
    sheet = drawn([item("M1", due="2017-06-30"), *TWO[1:]], [fact("2017-12-20", "report", "M2")], **own)
    assert {part.title.split()[1].rstrip(":") for part in cells(sheet)} == {"2017-W51", "2017-W52"}
    assert "nothing was told before 2017-12-20" in texts(sheet)


def test_where_nobody_ever_told_anything_all_is_blank():
    sheet = drawn([item("M1", due="2017-06-30")], **CALLED)
    assert cells(sheet) == []
    assert "the journal has no entry yet" in texts(sheet)


def test_what_has_no_deadline_is_not_said_to_be_in_time():
    sheet = drawn([item("M1", due="unstated")], [fact("2017-12-01", "report")])
    assert {part.marks[0].look.fill for part in cells(sheet)} == {"pale-grey"}
    assert "overdue: unknown" in texts(sheet)
    assert "0/1 overdue" not in texts(sheet)


def test_the_worst_unit_comes_first_and_the_total_counts_an_item_once():
    late = [item(f"L{n}", due="2017-12-01", lead="市水利局", responsible=["甲区", "乙区"]) for n in range(3)]
    found = heat_map(sound(files([item("M1"), *late], [fact("2017-06-01", "start")])), DAY, WEEK, 4)
    assert [row.unit for row in found.rows][-1] == "市环保局"
    assert found.totals[-1] == 3
    assert found.rows[0].cells[-1].overdue == 3


@pytest.mark.parametrize("most, steps", [(0, (1, 2, 3, 4)), (4, (1, 2, 3, 4)), (40, (1, 5, 10, 20))])
def test_overdue_has_four_steps_of_colour(most: int, steps: tuple[int, ...]):
    cell = HeatCell(99, 0, spoke=False, light="red", overdue=most, dated=99)
    found = heat_map(sound(files([item()])), DAY, WEEK, 1)
    assert heat_steps(found._replace(rows=(HeatRow("x", (cell,)),))) == steps


@pytest.mark.parametrize("wide", [360, 480, 800])
def test_on_a_narrow_sheet_the_latest_weeks_stay(wide: int):
    found = heat_map(sound(files(TWO, SAID, start="2017-01-01")), DAY, WEEK, 52)
    (sheet,) = spoken(heat_drawings(found, Paper(wide, 600), whole_sheet=False), "zh")
    assert not outside(sheet)
    assert "W52" in texts(sheet)


@pytest.mark.parametrize("at", [0, 1], ids=["day", "night"])
def test_the_number_in_a_cell_stands_out_from_its_colour(at: int):
    for step, look in _HEAT.items():
        assert contrast(PALETTE[_NUMBERS[step]][at], PALETTE[look.fill][at]) >= 4.5
    steps = [PALETTE[look.fill][at] for look in _HEAT.values()]
    assert all(contrast(one, other) >= 1.4 for one, other in pairwise(steps))
