"""The burn-up: curves that end at the figures of status."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import given

from ledger.chart.burnup import ClaimPoint, burn_up
from ledger.state.board import Board
from ledger.state.figure.claim import Recount
from tests.conftest import SAMPLE
from tests.format.page import board_of
from tests.paper import fact, files, item, sound, yaml
from tests.state.lively import ledger_of, lively
from tests.strategy import days

DAY = date(2017, 12, 31)


@given(lively(), days)
def test_every_curve_ends_at_the_figures_of_status(written: dict[str, Any], day: date):
    board = Board(ledger_of(written), day)
    found = burn_up(board)
    recount = Recount(board.ledger, board)
    assert {one.book.id for one in found.books} == {s.item.book for s in board.standings}
    for one in found.books:
        figures = recount.count(day, one.book.id).figures
        assert one.points[-1] == (day, figures["total"], figures["due"], figures["done"])
        assert all(a.day < b.day for a, b in pairwise(one.points))
        for point in one.points[:: max(len(one.points) // 4, 1)]:
            then = recount.count(point.day, one.book.id).figures
            assert point == (point.day, then["total"], then["due"], then["done"])
        last = one.ahead[-1].due if one.ahead else figures["due"]
        assert last + one.later == figures["total"] - figures["undated"]


def test_what_will_be_due_follows_the_deadlines_in_force():
    facts = [fact("2017-06-01", "extend", "M2", until="2018-06-30")]
    board = Board(sound(files([item(), item("M2"), item("M3", due="2018-06-30")], facts)), DAY)
    (book,) = burn_up(board).books
    assert book.points[-1].due == 1
    assert book.ahead == ((date(2018, 6, 30), 3),)


def test_a_query_leaves_only_its_items():
    board = board_of(SAMPLE, "2017-12-31")
    (book,) = burn_up(board, {"M1", "M3"}, "…").books
    assert (book.book.id, book.points[-1].total) == ("measures", 2)


CLAIMS = {
    "claims.yaml": yaml({"claims": [
        {"id": "c1", "as_of": "2017-12-31", "figures": {"measures.total": 2, "measures.done": ">= 1",
                                                        "measures.overdue": 0, "overall.mean": 50}},
        {"id": "c2", "as_of": "2018-12-31", "figures": {"measures.total": 2}},
    ]}),
}  # fmt: skip


def claimed_board() -> Board:
    return Board(sound({**files([item(), item("M2")]), **CLAIMS}), DAY)


def test_published_figures_stand_at_their_day_with_what_the_ledger_says():
    (book,) = burn_up(claimed_board()).books
    assert book.claims == (
        ClaimPoint(DAY, "c1", "total", 2, "2", True),
        ClaimPoint(DAY, "c1", "done", 1, ">= 1", False),
    )


def test_a_part_of_a_book_is_not_held_against_what_was_published_of_the_whole():
    assert burn_up(claimed_board(), {"M1"}).books[0].claims == ()
    assert len(burn_up(claimed_board(), {"M1", "M2"}).books[0].claims) == 2


def test_an_item_added_in_the_year_one_is_not_followed_week_by_week():
    board = Board(sound(files([item(added="0001-01-01"), item("M2")])), DAY)
    found = burn_up(board)
    assert found.axis.first >= date(2014, 1, 1)
    assert len(found.books[0].points) <= 210


def test_the_curve_of_an_old_ledger_begins_with_it():
    board = Board(
        sound(files([item(due="2022-12-31")], [fact("2022-06-01", "done")], start="2015-04-12")), date(2026, 11, 1)
    )
    found = burn_up(board)
    assert found.axis.first == found.books[0].points[0].day == date(2015, 4, 12)
