"""The bars of units have the numbers of the tables of units."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from ledger.chart.units import unit_bars
from ledger.state.board import Board
from ledger.state.figure.unit_table import unit_table
from tests.paper import fact, files, item, sound
from tests.state.lively import ledger_of, lively
from tests.strategy import days

DISTRICTS = [{"name": "甲区", "kind": "district"}, {"name": "乙区", "kind": "district"}, {"name": "市环保局"}]


@given(lively(), days)
def test_bars_are_the_rows_of_the_table_and_add_up(written: dict[str, Any], day: date):
    board = Board(ledger_of(written), day)
    found = unit_bars(board, board.standings)
    table = unit_table(board, "lead")
    rows = [(bar.total, bar.done, bar.overdue) for bar in found.bars]
    assert sorted(rows) == sorted((row.total, row.done, row.overdue) for row in table.rows)
    assert all(sum(bar.pieces.values()) == bar.total and min(bar.pieces.values()) >= 0 for bar in found.bars)
    assert sum(bar.total for bar in found.bars) == found.total.total == len(board.standings)


@pytest.mark.parametrize("kind, names, several", [("lead", ["市环保局"], 0), ("district", ["甲区", "乙区", ""], 1)])
def test_an_item_of_two_districts_counts_in_both_and_once_in_the_total(kind: str, names: list[str], several: int):
    ledger = sound(files([item(responsible=["甲区", "乙区"]), item("M2", responsible=["甲区"]), item("M3")],
                         units=DISTRICTS))  # fmt: skip
    board = Board(ledger, date(2017, 12, 31))
    found = unit_bars(board, board.standings, kind)
    assert [bar.name.zh if bar.name.zh != "（不涉及区县）" else "" for bar in found.bars] == names
    assert (found.several, found.total.total) == (several, 3)


def test_units_with_most_that_is_overdue_come_first_then_those_with_the_lower_rate():
    items = [item("M1", lead="甲"), item("M2", lead="乙", due="2017-06-30"), item("M3", lead="丙"), item("M4", lead="丙"),
             item("M5", lead="unstated", due="2017-06-30")]  # fmt: skip
    board = Board(sound(files(items, [fact("2017-06-01", "done", "M3")])), date(2017, 12, 31))
    assert [bar.name.zh for bar in unit_bars(board, board.standings).bars] == ["乙", "甲", "丙", "（未载明）"]


def test_what_is_short_or_unknown_is_no_part_of_what_is_done_or_on_its_way():
    items = [item("M1", targets={"t": {"goal": 5}}), item("M2", due="2018-12-31")]
    board = Board(sound(files(items, [fact("2017-06-01", "done")])), date(2017, 12, 31))
    assert unit_bars(board, board.standings).total.pieces == {"done": 0, "short": 1, "open": 0, "grey": 1, "overdue": 0}
