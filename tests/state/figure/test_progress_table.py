"""The progress table by the deadlines in force and by the original ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given

from ledger.model.ledger import Ledger
from ledger.state.board import Board
from ledger.state.figure.claim import Recount
from ledger.state.figure.count import BookTable, Rate, book_table
from tests.paper import fact, files, item, sound
from tests.state.lively import ledger_of, lively
from tests.strategy import days


def tables(ledger: Ledger, day: date) -> list[BookTable]:
    recount = Recount(ledger, Board(ledger, day))
    nodes = ledger.settings.time_nodes
    books = ledger.settings.books
    return [book_table(book, recount.board(day).book(book.id), recount.count(day, book.id), nodes) for book in books]


@given(lively(), days)
def test_by_either_deadline_the_rows_and_the_undated_make_the_total(written: dict[str, Any], day: date):
    for table in tables(ledger_of(written), day):
        figures = table.counted.figures
        for side, undated in (("current", table.undated), ("original", table.undated_original)):
            rows = [getattr(row, side) for row in table.rows]
            assert sum(row.due for row in rows) + undated.whole == figures["total"]
            assert sum(row.done for row in rows) + undated.part == figures["done"]
            assert all(row.done + row.open == row.due for row in rows)
        past = [row for row in table.rows if row.date is not None and row.date <= day]
        assert sum(row.original.due for row in past) <= figures["due_original"]


def test_a_postponed_item_stands_in_two_rows():
    plan = [item("M1", due="2017-06-30"), item("M2", due="2018-06-30"), item("M3", due="unstated")]
    facts = [fact("2017-06-01", "extend", "M1", until="2018-03-31"), fact("2017-06-01", "done", "M3")]
    table = tables(sound(files(plan, facts)), date(2018, 1, 10))[0]
    first, second, *_ = table.rows
    assert (first.id, first.current.due, first.original.due, first.original.overdue) == ("2017", 0, 1, 1)
    assert (second.id, second.current.due, second.original.due) == ("2018", 2, 1)
    assert (second.current.overdue, second.original.overdue) == (0, 0)
    assert (table.undated, table.undated_original) == (Rate(1, 1), Rate(1, 1))


def test_on_its_original_deadline_itself_an_item_is_not_late():
    first = tables(sound(files([item(due="2017-12-31")])), date(2017, 12, 31))[0].rows[0]
    assert (first.original.due, first.original.overdue) == (1, 0)


def test_an_item_that_got_a_date_later_is_undated_in_the_plan_only():
    facts = [fact("2017-06-01", "extend", until="2018-03-31")]
    table = tables(sound(files([item(due="long_term")], facts)), date(2018, 1, 10))[0]
    assert (table.undated, table.undated_original) == (Rate(0, 0), Rate(0, 1))
    assert [(row.current.due, row.original.due) for row in table.rows] == [(0, 0), (1, 0), (0, 0), (0, 0)]
