"""Supervision orders: open, overdue, ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given

from ledger.report.supervision import Supervision, supervision
from ledger.state.board import Board
from tests.paper import fact, files, item, sound
from tests.state.lively import ledger_of, lively, spans

ORDER = fact("2017-10-01", "supervise", key="listed", doc="1号", until="2017-11-30")


def orders(*facts: dict[str, str], day: str = "2017-12-31", since: str | None = None) -> Supervision:
    ledger = sound(files([item()], facts))
    return supervision(Board(ledger, date.fromisoformat(day)), date.fromisoformat(since) if since else None)


@given(lively(), spans())
def test_the_items_with_an_open_order_are_those_that_the_figures_count(
    written: dict[str, Any], span: tuple[date, date]
):
    ledger = ledger_of(written)
    board = Board(ledger, span[1])
    found = supervision(board, span[0])
    assert [s.id for s in board.standings if s.course.orders] == [
        s.id for s in board.standings if s.id in {order.standing.id for order in found.open}
    ]
    assert {order.standing.id for order in found.open} <= set(board.by_id)
    whole = supervision(board)
    assert whole.open == found.open
    assert {order.entry for order in whole.ended} >= {order.entry for order in found.ended}
    told = [e for s in board.everything if s.is_added for e in s.course.entries]
    issued = [e for e in told if e.event == "supervise" and e.key != "warning"]
    assert sorted(order.entry for order in (*whole.open, *whole.ended)) == sorted(issued)
    for order in (*whole.open, *whole.ended):
        assert order.running == max(((order.ended.date if order.ended else span[1]) - order.entry.date).days, 0)


@given(lively(), spans())
def test_open_at_the_end_is_open_before_and_given_less_ended(written: dict[str, Any], span: tuple[date, date]):
    # A voided order leaves both lists, and a voided lifting brings its order back.
    facts = [row for row in written["facts"] if row["event"] != "void"]
    ledger = ledger_of({**written, "facts": facts})
    before, after = supervision(Board(ledger, span[0])), supervision(Board(ledger, span[1]), span[0])
    assert sorted([o.entry for o in before.open] + [o.entry for o in after.given]) == sorted(
        [o.entry for o in after.open] + [o.entry for o in after.ended]
    )


def test_an_open_order_runs_from_its_date_and_is_over_after_its_deadline():
    (one,) = orders(ORDER, day="2017-12-01").open
    assert (one.running, one.over, one.until) == (61, 1, date(2017, 11, 30))
    (one,) = orders(ORDER, day="2017-11-30").open
    assert one.over == 0
    assert orders(ORDER, day="2017-11-30").overdue == ()
    assert len(orders(ORDER).overdue) == 1


def test_an_order_without_a_deadline_is_never_overdue():
    (one,) = orders(fact("2016-01-01", "supervise", key="talk")).open
    assert (one.until, one.over) == (None, 0)


def test_a_lifted_order_names_what_lifted_it_and_how_long_it_ran():
    found = orders(ORDER, fact("2017-12-10", "lift", doc="1号", by="市整改办"))
    assert found.open == ()
    (one,) = found.ended
    assert (one.ended.by, one.running, one.over) == ("市整改办", 70, 10)


def test_a_lifting_ends_only_the_orders_it_names():
    found = orders(ORDER, fact("2017-11-01", "supervise", key="letter"), fact("2017-12-10", "lift", key="letter"))
    assert [one.entry.key for one in found.open] == ["listed"]
    assert [one.entry.key for one in found.ended] == ["letter"]


def test_an_order_ends_with_its_item():
    found = orders(ORDER, fact("2017-12-10", "withdraw"))
    assert found.open == ()
    assert [one.ended.event for one in found.ended] == ["withdraw"]


def test_the_first_of_two_liftings_ended_it():
    found = orders(ORDER, fact("2017-12-10", "lift"), fact("2017-12-20", "lift"))
    assert [one.ended.date for one in found.ended] == [date(2017, 12, 10)]


def test_an_order_on_an_item_that_is_not_in_the_ledger_yet_is_not_told():
    ledger = sound(files([item(added="2018-01-01")], [ORDER]))
    assert supervision(Board(ledger, date(2017, 12, 31))).open == ()


def test_only_orders_that_ended_after_the_period_before_are_told():
    lifted = orders(ORDER, fact("2017-11-30", "lift"), since="2017-11-30")
    assert (lifted.open, lifted.ended) == ((), ())
    assert len(orders(ORDER, fact("2017-12-01", "lift"), since="2017-11-30").ended) == 1


def test_the_longest_running_order_comes_first():
    found = orders(fact("2017-11-01", "supervise", key="letter"), ORDER, fact("2017-10-15", "supervise", key="talk"))
    assert [one.running for one in found.open] == [91, 77, 60]


def test_an_order_issued_and_lifted_in_one_period_was_given_and_has_ended_in_it():
    lifted = fact("2017-10-20", "lift", doc="1号")
    within = orders(ORDER, lifted, since="2017-09-30")
    assert (within.open, len(within.given), len(within.ended)) == ((), 1, 1)
    assert [order.entry for order in within.given] == [order.entry for order in within.ended]
    after = orders(ORDER, lifted, since="2017-10-20")
    assert (after.open, after.given, after.ended) == ((), (), ())
    between = orders(ORDER, lifted, since="2017-10-01")
    assert (len(between.given), len(between.ended)) == (0, 1)


def test_the_same_order_issued_again_after_its_lifting_is_a_new_one():
    found = orders(ORDER, fact("2017-10-20", "lift"), fact("2017-12-01", "supervise", key="listed", doc="1号"))
    assert [one.entry.date for one in found.open] == [date(2017, 12, 1)]
    assert [one.entry.date for one in found.ended] == [date(2017, 10, 1)]
