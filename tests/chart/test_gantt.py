"""The wall chart: every item once, in its group."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.chart.gantt import GROUPINGS, gantt
from ledger.state.board import Board
from tests.paper import fact, files, item, sound
from tests.state.lively import ledger_of, lively
from tests.strategy import days

DAY = date(2017, 12, 31)


def chart(items, facts=(), grouping: str = "lead", **settings_):
    board = Board(sound(files(items, facts, **settings_)), DAY)
    return gantt(board, board.standings, grouping)


@given(lively(), days, st.sampled_from(GROUPINGS))
def test_every_item_stands_in_the_chart_once_as_the_board_has_it(written: dict[str, Any], day: date, grouping: str):
    board = Board(ledger_of(written), day)
    found = gantt(board, board.standings, grouping)
    assert sorted(bar.standing.id for bar in found.bars) == sorted(s.id for s in board.standings)
    for bar in found.bars:
        assert bar.deadline == bar.standing.deadline
        assert (bar.done_on is not None) == bar.standing.is_done
    assert all(group.bars for group in found.groups)


def test_groups_by_lead_are_the_largest_first_and_nobodys_last():
    found = chart([item("M1", lead="甲"), item("M2", lead="乙"), item("M3", lead="乙"), item("M4", lead="unstated"),
                   item("M5", lead="unstated"), item("M6", lead="unstated")])  # fmt: skip
    assert [group.name.zh for group in found.groups] == ["乙", "甲", "（未载明）"]


def test_the_group_with_most_that_is_overdue_comes_first():
    found = chart([item("M1", lead="甲", due="2017-06-30"), item("M2", lead="乙"), item("M3", lead="乙")])
    assert [group.name.zh for group in found.groups] == ["甲", "乙"]


def test_groups_by_time_node_are_in_the_order_of_days():
    found = chart([item("M1", due="unstated"), item("M2", due="2021-01-01"), item("M3", due="2018-05-01"), item()]
                  [:3], grouping="node")  # fmt: skip
    assert [group.name.en for group in found.groups] == ["2018", "later", "(no date)"]


def test_in_a_group_what_is_due_first_stands_first_and_what_has_no_date_last():
    found = chart([item("M1", due="unstated"), item("M2", due="2018-05-01"), item("M3", due="2017-05-01")])
    assert [bar.standing.id for bar in found.bars] == ["M3", "M2", "M1"]


def test_a_bar_knows_both_deadlines_its_start_and_its_readings():
    target = {"t": {"goal": 5}}
    facts = [fact("2017-06-01", "extend", until="2018-06-30"), fact("2017-05-01", "reading", key="t", value=1),
             fact("2017-05-01", "reading", key="t", value=2, by="x"), fact("2017-08-01", "reading", key="t", value=3)]  # fmt: skip
    (bar,) = chart([item(start="2017-02-01", targets=target)], facts).bars
    assert (bar.start, bar.original, bar.deadline) == (date(2017, 2, 1), DAY, date(2018, 6, 30))
    assert bar.readings == (date(2017, 5, 1), date(2017, 8, 1))


@pytest.mark.parametrize("due, backwards", [("2017-06-30", True), ("2017-07-01", False), ("unstated", False)])
def test_a_start_after_the_deadline_is_noticed(due: str, backwards: bool):
    (bar,) = chart([item(start="2017-07-01", due=due)]).bars
    assert bar.is_backwards == backwards


def test_without_a_start_of_its_own_an_item_begins_when_it_was_added():
    first, second = sorted(chart([item(added="2017-03-01"), item("M2")]).bars, key=lambda bar: bar.standing.id)
    assert (first.start, second.start) == (date(2017, 3, 1), date(2017, 1, 1))


def test_an_old_ledger_is_shown_from_its_start():
    items = [item(due="2022-12-31"), item("M2", due="2023-05-31"), item("M3", start="2021-06-01", due="2026-12-31")]
    nodes = [{"id": "2026", "date": "2026-12-31"}]
    board = Board(
        sound(files(items, [fact("2022-06-01", "done")], start="2021-04-12", time_nodes=nodes)), date(2026, 11, 1)
    )
    found = gantt(board, board.standings)
    assert found.axis[:2] == (date(2021, 4, 12), date(2026, 12, 31))


def test_milestones_and_readings_lie_on_the_axis():
    later = {"t": {"goal": 5}}
    found = chart([item(due="unstated", targets=later, milestones={"m": {"due": "2021-06-30"}})],
                  [fact("2016-06-01", "reading", key="t", value=1)])  # fmt: skip
    assert found.axis[:2] == (date(2016, 6, 1), date(2021, 6, 30))


def test_the_steps_that_are_to_come_stand_on_the_chart_only_where_there_is_a_limit():
    closing = {"steps": ["self_check", "notice"], "notice_days": 7, "takes": {"self_check": "5w"}}
    for own, steps in ((closing, []), ({**closing, "by": "due"}, ["self_check", "notice"])):
        board = Board(sound(files([item()], closing=own)), date(2017, 12, 1))
        (bar,) = gantt(board, board.standings).bars
        assert [step.step for step in bar.steps] == steps
