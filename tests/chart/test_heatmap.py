"""The heat map says of every week what the roll-call of that week says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from ledger.chart.drawing import PAPERS, Label
from ledger.chart.heatmap import HeatCell, heat_drawings, heat_map, kind_of
from ledger.model.period import last_closed_week, week_named
from ledger.model.words import Words
from ledger.state.board import Board
from ledger.state.submission import first_report, submissions
from tests.paper import fact, files, item, sound
from tests.state.lively import ledger_of, lively
from tests.strategy import days

WEEK = week_named("2017-W20", 6)


@given(lively(), days)
def test_every_cell_is_what_the_roll_call_of_its_week_says(written: dict[str, Any], day: date):
    ledger = ledger_of({**written, "week": {"closes": "sunday", "roll_call": True}})
    heard = first_report(ledger) or date.max
    last = last_closed_week(day, ledger.settings.week.closes)
    found = heat_map(ledger, day, last, 4)
    for place, week in enumerate(found.weeks):
        if ledger.first_entry is None or week.last < ledger.first_entry:
            assert not any(row.cells[place].open for row in found.rows)
            continue
        board = Board(ledger, week.last)
        wanted = {
            own.unit: (len(own.open), len(own.reported), own.is_silent and heard <= week.last)
            for own in submissions(board, week)
            if own.open
        }
        cells = {row.unit: row.cells[place] for row in found.rows}
        assert {u: (c.open, c.reported, c.is_silent) for u, c in cells.items() if c.open} == wanted


BEGUN = fact("2017-01-05", "report", "M9", by="市农委")
"""The first report of anybody: the round has begun."""
OTHER = item("M9", lead="市农委", due="2018-12-31")


def cells_of(items, facts=(BEGUN,), ids=None, roll_call=True) -> dict[str, tuple[HeatCell, ...]]:
    ledger = sound(files([*items, OTHER], facts, week={"roll_call": roll_call}))
    return {row.unit: row.cells for row in heat_map(ledger, WEEK.last, WEEK, 2, ids).rows}


def test_a_cell_has_the_worst_light_of_what_is_open():
    found = cells_of([item(due="2017-05-17"), item("M2", due="2018-12-31")])
    assert [cell.light for cell in found["市环保局"]] == ["yellow", "red"]


def test_who_reports_on_something_is_not_silent_though_not_on_everything():
    found = cells_of([item(), item("M2")], [BEGUN, fact("2017-05-16", "report", by="市环保局")])
    before, after = found["市环保局"]
    assert (before.is_silent, after.is_silent) == (True, False)
    assert (after.open, after.reported) == (2, 1)


def test_what_is_done_is_not_asked_for_any_more():
    found = cells_of([item()], [BEGUN, fact("2017-05-16", "done", by="市环保局")])
    assert [cell.open for cell in found["市环保局"]] == [1, 0]


def test_a_query_leaves_only_its_items_and_weeks_before_the_plan_are_left_out():
    assert set(cells_of([item(lead="甲"), item("M2", lead="乙")], ids={"M2"})) == {"乙"}
    late = sound(files([item(added="2017-05-20")], [fact("2017-05-20", "report")], start="2017-05-20"))
    assert [week.label for week in heat_map(late, WEEK.last, WEEK, 5).weeks] == ["2017-W20"]


def test_nobody_is_silent_who_was_not_asked_to_report():
    (before, after) = cells_of([item()], roll_call=False)["市环保局"]
    assert [(cell.open, cell.is_silent, kind_of(cell)) for cell in (before, after)] == [(1, False, "quiet")] * 2


def test_weeks_before_the_first_entry_are_blank():
    before, after = cells_of([item()], [fact("2017-05-16", "report", "M9", by="市农委")])["市环保局"]
    assert (before.open, before.is_silent, kind_of(before)) == (0, False, "")
    assert (after.open, after.is_silent, kind_of(after)) == (1, True, "none")


@pytest.mark.parametrize("roll_call", [True, False])
def test_what_need_not_be_reported_is_neither_crossed_out_nor_counted(roll_call: bool):
    ledger = sound(files([item(), OTHER], [BEGUN], week={"roll_call": roll_call}))
    (sheet,) = heat_drawings(heat_map(ledger, WEEK.last, WEEK, 2), PAPERS["A3"])
    told = {
        mark.text.pick("zh") if isinstance(mark.text, Words) else mark.text
        for mark in sheet.marks
        if isinstance(mark, Label)
    }
    assert ("没有报送" in told) is roll_call
    assert any("0/2 周" in one for one in told) is roll_call
