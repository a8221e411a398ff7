"""The figures of many versions are those of each alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.model.ledger import Ledger
from ledger.state.board import Board
from ledger.state.figure.count import Count, count
from ledger.state.figure.many_days import counts_on
from ledger.state.figure.many_versions import counts_beside, counts_of
from ledger.state.reading import mean
from tests.paper import fact, files, item, read
from tests.state.lively import ledger_of, lively
from tests.strategy import days

START = date(2017, 3, 1)
PLANS = [
    [item("M1", due="2017-03-20"), item("M2", due="2017-04-30")],
    [item("M1", due="2017-04-10"), item("M2", due="2017-04-30"), item("M3", due="2017-03-05")],
    [item("M2", due="2017-03-25"), item("M1", due="2017-03-20", weight=3)],
]
FACTS = [
    fact("2017-03-04", "report", "M1"), fact("2017-03-11", "progress", "M2", value="40"),
    fact("2017-03-15", "done", "M1"), fact("2017-03-18", "withdraw", "M2"), fact("2017-03-22", "reopen", "M1", until="2017-04-20"),
    fact("2017-03-26", "extend", "M2", until="2017-05-30"), fact("2017-04-02", "done", "M3"),
]  # fmt: skip

BARE = [read(files(plan, [])) for plan in PLANS]
"""The plans as they are shared: an item that did not change is the same object in the next version."""


def version(plan: int, lines: set[int]) -> Ledger:
    whole = read(files(PLANS[plan], [FACTS[n] for n in sorted(lines)]))
    return whole._replace(settings=BARE[0].settings, items=BARE[plan].items)


def plainly(ledger: Ledger, day: date) -> dict[str, Count]:
    board = Board(ledger, day)
    books = [book.id for book in ledger.settings.books]
    return {
        book: count(board.book(book), sum(own.item.book == book for own in board.withdrawn), board) for book in books
    }


versions = st.lists(
    st.tuples(st.sampled_from(range(len(PLANS))), st.sets(st.sampled_from(range(len(FACTS)))), st.integers(0, 15), st.booleans()),
    min_size=1, max_size=7,
)  # fmt: skip


@given(versions)
def test_each_version_has_the_figures_of_a_board_of_its_own(history: list[tuple[int, set[int], int, bool]]):
    day, asked = START, list[tuple[Ledger, date]]()
    for plan, lines, later, same in history:
        day += timedelta(days=later)
        asked.append((asked[-1][0] if same and asked else version(plan, lines), day))
    for (ledger, on), found in zip(asked, counts_of(asked), strict=True):
        assert found is not None
        assert found.books == plainly(ledger, on)
        assert found.overall == mean(Board(ledger, on).standings)


def test_a_version_that_nobody_knows_is_passed_over():
    known = read(files([item("M1", due="2017-03-20")], []))
    first, unknown, last = counts_of([(known, START), (None, START), (known, date(2017, 3, 21))])
    assert unknown is None
    assert first is not None
    assert last is not None
    assert (first.books["measures"].figures["overdue"], last.books["measures"].figures["overdue"]) == (0, 1)


def test_two_items_with_one_id_are_both_counted_and_both_taken_out_again():
    twice = read(files([item("M1"), item("M1")], []))
    once = read(files([item("M1")], []))._replace(settings=twice.settings)
    found = [count for count in counts_of([(twice, START), (once, START)]) if count]
    assert [count.books["measures"].figures["total"] for count in found] == [2, 1]


@given(lively(), st.data())
def test_then_and_now_side_by_side_are_what_each_is_alone(written: dict[str, Any], data: st.DataObject):
    today = ledger_of(written)
    wanted = sorted({START, *data.draw(st.lists(days, min_size=1, max_size=5))})
    history: list[tuple[Ledger | None, date]] = []
    for day in wanted:
        lines = data.draw(st.lists(st.sampled_from(written["facts"]), unique_by=id)) if written["facts"] else []
        known = ledger_of({**written, "facts": lines})._replace(settings=today.settings, items=today.items)
        history.append((data.draw(st.sampled_from([known, known, today, None])), day))
    now = counts_on(today, wanted)
    for (version, day), (then, here) in zip(history, counts_beside(history, today, wanted), strict=True):
        assert here == next(now)
        assert (then is None) == (version is None)
        if then is not None and version is not None:
            assert then.books == plainly(version, day)
            assert then.overall == mean(Board(version, day).standings)
