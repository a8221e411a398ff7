"""The tables by lead unit and by district."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given

from ledger.state.board import Board
from ledger.state.figure.count import Rate
from ledger.state.figure.unit_table import UnitRow, UnitTable, unit_table
from tests.paper import fact, files, item, sound
from tests.state.lively import ledger_of, lively
from tests.strategy import UNITS, days

LISTED = [
    {"name": "市环保局", "kind": "department"},
    {"name": "市城管委", "kind": "department"},
    {"name": "万州区", "kind": "district", "was": ["万县"]},
    {"name": "开州区", "kind": "district"},
]
NUMBERS = ("total", "due", "done", "due_done", "overdue", "short", "behind", "postponed", "red", "yellow", "green")


def table(kind: str, plan: list[dict[str, Any]], *facts: dict[str, str], day: str = "2018-01-10") -> UnitTable:
    ledger = sound(files(plan, facts, units=LISTED, approvers=["领导小组"]))
    return unit_table(Board(ledger, date.fromisoformat(day)), kind)


def by_unit(found: UnitTable) -> dict[str, UnitRow]:
    return {row.unit: row for row in found.rows}


@given(lively(), days)
def test_the_rows_by_lead_unit_add_up_to_the_total_and_to_the_figures(written: dict[str, Any], day: date):
    board = Board(ledger_of(written), day)
    found = unit_table(board, "lead")
    assert found.several == 0
    for name in NUMBERS:
        assert sum(getattr(row, name) for row in found.rows) == getattr(found.total, name), name
    assert sum(row.on_time.part for row in found.rows) == found.total.on_time.part
    assert found.total.on_time.whole == sum(row.on_time.whole for row in found.rows)
    assert found.total.overdue <= found.total.on_time.whole <= found.total.due
    assert found.total.total == len(board.standings)
    by_book = [unit_table(board, "lead", book.id).total for book in board.ledger.settings.books]
    for name in NUMBERS:
        assert sum(getattr(row, name) for row in by_book) == getattr(found.total, name), name


@given(lively(), days)
def test_the_rows_by_district_add_up_to_each_item_as_often_as_it_has_districts(written: dict[str, Any], day: date):
    ledger = ledger_of({**written, "units": [*LISTED, {"name": "领导小组"}]})
    board = Board(ledger, day)
    found = unit_table(board, "district")
    districts = {"万州区", "开州区"}
    times = {
        s.id: len(districts & {s.item.lead, *s.item.responsible}) or 1 for s in board.standings
    }  # fmt: skip
    assert sum(row.total for row in found.rows) == sum(times.values())
    assert sum(row.done for row in found.rows) == sum(times[s.id] for s in board.standings if s.is_done)
    assert found.several == sum(n > 1 for n in times.values())
    assert found.total.total == len(times)
    assert found.total.on_time.part <= found.total.due_done <= found.total.done


def test_the_columns_of_a_unit():
    plan = [
        item("M1", due="2017-12-31"),                                   # done in time
        item("M2", due="2017-12-31"),                                   # done late
        item("M3", due="2017-12-31"),                                   # overdue
        item("M4", due="2018-12-31"),                                   # done ahead: not due yet
        item("M5", due="2018-12-31", milestones={"a": {"due": "2018-01-05"}}),          # behind
        item("M6", due="2017-06-30", targets={"a": {"goal": 5}}),       # done in time, short
        item("M7", due="unstated"),
    ]  # fmt: skip
    facts = [fact("2017-12-31", "done", "M1"), fact("2018-01-01", "done", "M2"), fact("2017-11-01", "done", "M4"),
             fact("2017-06-30", "done", "M6")]  # fmt: skip
    (row,) = table("lead", plan, *facts).rows
    assert row == UnitRow("市环保局", 7, 4, 4, 3, 1, 1, 1, 0, Rate(2, 4), 1, 2, 1, 3, Rate(1, 4))
    assert (row.light, row.done_of_all, row.done_of_due) == ("red", Rate(4, 7), Rate(3, 4))


def test_a_deadline_that_moved_after_the_work_was_done_does_not_make_it_late():
    done, moved = fact("2017-12-31", "done"), fact("2018-01-02", "extend", until="2018-01-05")
    (row,) = table("lead", [item(due="2017-12-31")], done, moved).rows
    assert row.on_time == Rate(1, 1)


def test_whose_deadline_was_moved_is_counted_beside_what_was_done_in_time():
    moved = fact("2017-12-01", "extend", until="2018-01-05")
    (row,) = table("lead", [item(due="2017-12-20")], moved, fact("2017-12-30", "done")).rows
    assert (row.on_time, row.postponed) == (Rate(1, 1), 1)


def test_an_item_due_today_and_still_open_is_neither_in_time_nor_late():
    plan = [item("M1", due="2018-01-10"), item("M2", due="2018-01-10")]
    (row,) = table("lead", plan, fact("2018-01-10", "done", "M2")).rows
    assert (row.due, row.overdue, row.on_time) == (2, 0, Rate(1, 1))
    (row,) = table("lead", plan, fact("2018-01-10", "done", "M2"), day="2018-01-11").rows
    assert (row.due, row.overdue, row.on_time) == (2, 1, Rate(1, 2))


def test_items_of_no_unit_stand_last_without_a_name():
    plan = [item("M1", lead="unstated"), item("M2", lead="unstated"), item("M3")]
    assert [(row.unit, row.total) for row in table("lead", plan).rows] == [("市环保局", 1), ("", 2)]


def test_a_unit_counts_under_its_present_name_and_once_an_item():
    plan = [
        item("M1", lead="万县", responsible=["万州区", "市城管委"]), item("M2", responsible=["万县", "开州区"]),
        item("M3", lead="开州区"),
    ]  # fmt: skip
    found = table("district", plan)
    assert {unit: row.total for unit, row in by_unit(found).items()} == {"万州区": 2, "开州区": 2}
    assert (found.total.total, found.several) == (3, 1)


def test_every_listed_district_has_a_row_and_what_concerns_none_stands_apart():
    found = by_unit(table("district", [item("M1", lead="市环保局", cooperating=["万州区"])]))
    assert {unit: row.total for unit, row in found.items()} == {"万州区": 0, "开州区": 0, "": 1}
    assert found["万州区"].light == ""


def test_a_light_is_the_worst_of_the_items():
    def light(*plan: dict[str, Any]) -> str:
        return table("lead", list(plan)).rows[0].light

    assert light(item("M1", due="2018-12-31")) == "grey"
    assert light(item("M1", due="2018-12-31"), item("M2", due="2018-01-31")) == "yellow"
    assert light(item("M1", due="2018-12-31"), item("M2", due="2018-01-31"), item("M3", due="2018-01-01")) == "red"


def test_the_units_of_the_strategy_are_those_of_the_list():
    assert {unit["name"] for unit in LISTED} == set(UNITS)
