"""Figures of many days at once are those of each day by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.state.board import Board
from ledger.state.figure.claim import Recount
from ledger.state.figure.many_days import counts_on
from ledger.state.figure.moving import MovingBoard
from ledger.state.figure.table import memberships
from tests.paper import fact, files, item, sound
from tests.state.lively import ledger_of, lively
from tests.strategy import days


@given(lively(), st.lists(days, min_size=1, max_size=6), st.integers(0, 2))
def test_counting_many_days_at_once_comes_to_what_each_day_comes_to(
    written: dict[str, Any], wanted: list[date], more: int
):
    ledger = ledger_of(written)
    # Neighbours of a day: that is where something that only time changes is missed.
    wanted = sorted({day + timedelta(days=n) for day in wanted for n in range(more + 1)})
    counted = list(counts_on(ledger, wanted))
    assert [one.day for one in counted] == wanted
    for one in counted:
        recount = Recount(ledger)
        for book in ledger.settings.books:
            assert one.books[book.id] == recount.count(one.day, book.id)
        assert one.overall == recount.overall(one.day)


@given(lively(), st.lists(days, min_size=1, max_size=6))
def test_without_progress_every_item_counts_in_the_same_figures(written: dict[str, Any], wanted: list[date]):
    ledger = ledger_of(written)
    moving = MovingBoard(ledger, wanted, without_progress=True)
    for day in moving.days:
        moving.go()
        assert list(map(memberships, moving.everything)) == list(map(memberships, Board(ledger, day).everything))


def test_days_are_taken_in_order_and_once():
    ledger = sound(files([item()]))
    asked = [date(2018, 1, 1), date(2017, 12, 31), date(2018, 1, 1)]
    assert [one.day for one in counts_on(ledger, asked)] == [date(2017, 12, 31), date(2018, 1, 1)]
    assert list(counts_on(ledger, [])) == []


ACTION = item("A1", due="unstated", under="M1")
STAGED = {"milestones": {"a": {"due": "2017-09-30"}}}
EXTENDED = fact("2017-05-01", "extend", until="2018-03-31")


@pytest.mark.parametrize("plan, facts, turns, figure, values", [
    ({}, [], ["2016-12-31", "2017-01-01"], "total", [0, 1]),
    ({"added": "2017-06-01"}, [], ["2017-05-31", "2017-06-01"], "total", [0, 1]),
    ({}, [], ["2017-11-30", "2017-12-01"], "due_soon", [0, 1]),
    ({}, [], ["2017-12-30", "2017-12-31"], "due", [0, 1]),
    ({}, [], ["2017-12-31", "2018-01-01"], "overdue", [0, 1]),
    ({}, [EXTENDED], ["2017-12-30", "2017-12-31"], "due_original", [0, 1]),
    ({}, [EXTENDED], ["2017-04-30", "2018-03-30", "2018-03-31"], "due", [0, 0, 1]),
    ({}, [EXTENDED], ["2017-04-30", "2018-03-31", "2018-04-01"], "overdue", [0, 0, 1]),
    ({}, [EXTENDED, fact("2017-06-01", "void", key="2017-05-01/extend///领导小组")],
     ["2017-05-01", "2017-12-31", "2018-01-01"], "overdue", [0, 0, 1]),
    (STAGED, [fact("2017-06-01", "milestone", key="a")], ["2017-09-29", "2017-09-30"], "stage_done", [0, 1]),
    (STAGED, [], ["2017-09-30", "2017-10-01"], "behind", [0, 1]),
    (STAGED, [fact("2017-06-01", "amend", key="milestones.a.due", value="2017-08-31")],
     ["2017-05-31", "2017-08-31", "2017-09-01"], "behind", [0, 0, 1]),
])  # fmt: skip
def test_what_only_time_changes_is_seen_on_its_day(
    plan: dict[str, object], facts: list[dict[str, str]], turns: list[str], figure: str, values: list[int]
):
    ledger = sound(files([item(**plan)], facts))
    counted = counts_on(ledger, map(date.fromisoformat, turns))
    assert [one.books["measures"].figures[figure] for one in counted] == values


@pytest.mark.parametrize("plan, actions, facts, means", [
    ({}, [ACTION], [fact("2017-06-01", "progress", "A1", value=20), fact("2017-07-01", "progress", "A1", value=80)],
     [20, 80]),
    ({"actions": ["A1"]}, [item("A1", due="unstated")], [fact("2017-06-01", "progress", "A1", value=20),
     fact("2017-07-01", "progress", "A1", value=80)], [20, 80]),
    ({}, [ACTION, item("A2", due="unstated", under="M1")], [fact("2017-06-01", "progress", "A1", value=20),
     fact("2017-06-01", "progress", "A2", value=80), fact("2017-07-01", "withdraw", "A2")], [50, 20]),
    ({}, [item("A1", due="unstated")], [fact("2017-06-01", "progress", "A1", value=20),
     fact("2017-07-01", "amend", "A1", key="under", value="M1")], [None, 20]),
])  # fmt: skip
def test_what_happens_to_an_action_is_seen_in_the_item_above_it(
    plan: dict[str, object], actions: list[dict[str, object]], facts: list[dict[str, str]], means: list[int | None]
):
    ledger = sound(files([item(**plan)], facts, actions=actions))
    counted = counts_on(ledger, [date(2017, 6, 1), date(2017, 7, 1)])
    found = [one.books["measures"].progress.value for one in counted]
    assert [None if value is None else 100 * value for value in found] == means


WEEKS = [date(2017, 3, 2) + timedelta(days=7 * n) for n in range(60)]


@pytest.mark.parametrize("facts, fields, judged", [
    ((), {"due": "unstated"}, 1),                                       # the first day only
    ((fact("2017-05-01", "report"),), {"due": "unstated"}, 2),          # and when it reported
    ((fact("2017-05-01", "report"), fact("2017-06-01", "trouble")), {"due": "unstated"}, 2),  # for the first time
    ((fact("2017-05-01", "report"), fact("2017-06-01", "progress", value=40)), {"due": "unstated"}, 3),
    ((fact("2017-03-03", "report"), fact("2017-10-01", "report")), {"due": "unstated"}, 3),  # or after half a year
    ((), {"due": "2017-12-31"}, 3),             # and as it becomes due soon, and due and overdue within one week
    ((fact("2019-05-01", "report"),), {"due": "unstated"}, 1),          # what lies beyond the days is not looked at
])  # fmt: skip
def test_an_item_is_judged_anew_only_when_something_may_have_changed(
    facts: tuple[dict[str, str], ...], fields: dict[str, object], judged: int
):
    board = MovingBoard(sound(files([item(**fields)], facts)), WEEKS)
    assert sum(len(board.go()) for _ in WEEKS) == judged


@pytest.mark.parametrize("facts, plan, judged", [
    ((), {}, 0),                                                        # nothing happens below it
    ((fact("2017-05-01", "progress", "A1", value=40),), {}, 1),         # its progress is that of its actions
    ((fact("2017-05-01", "start", "A1"), fact("2017-06-01", "report", "A1")), {}, 1),  # a report says no number
    ((fact("2017-05-01", "reading", "A1", key="s", value=3),), {"targets": {"t": {"name": "座", "goal": 3}}}, 0),
    ((fact("2017-05-01", "reading", "A1", key="s", value=3),),
     {"targets": {"s": {"name": "座", "goal": 3, "sum": "actions"}}}, 1),
])  # fmt: skip
def test_an_item_with_actions_is_judged_anew_when_one_of_them_moves_it(
    facts: tuple[dict[str, str], ...], plan: dict[str, object], judged: int
):
    action = item("A1", under="M1", due="unstated", targets={"s": {"name": "座"}})
    board = MovingBoard(sound(files([item(due="unstated", **plan)], facts, actions=[action])), WEEKS)
    board.go()
    assert sum(0 in board.go() for _ in WEEKS[1:]) == judged


def test_whoever_asks_for_the_lines_gets_all_of_them():
    facts = [fact("2017-05-01", "report"), fact("2017-06-01", "trouble")]
    board = MovingBoard(sound(files([item(due="unstated")], facts)), WEEKS, in_full=True)
    lines = [len(board.everything[0].course.entries) for _ in WEEKS if board.go() is not None]
    assert sorted(set(lines)) == [0, 1, 2]


def test_the_last_and_the_first_day_of_the_calendar_can_be_counted():
    ledger = sound(files([item(due="9999-12-31"), item("M2", due="0001-01-01")]))
    first, last = counts_on(ledger, [date.min, date.max])
    assert (first.books["measures"].figures["total"], last.books["measures"].figures["overdue"]) == (0, 1)
