"""What moved between two days: every difference has its items, and every list says what it means."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given

from ledger.report.movement import KINDS, Movement, movement
from ledger.state.board import Board
from ledger.state.figure.claim import Recount
from ledger.state.figure.table import BY_STATE, FIGURES, NODE_FIGURES
from tests.paper import SETTINGS, fact, files, item, sound
from tests.state.lively import ledger_of, lively, spans

BEFORE, AFTER = date(2017, 12, 21), date(2017, 12, 28)


def moved(*facts: dict[str, str], plan: list[dict[str, Any]] | None = None, **fields: object) -> Movement:
    ledger = sound(files(plan or [item(**{"due": "2018-12-31", **fields})], facts))
    return movement(Board(ledger, BEFORE), Board(ledger, AFTER))


def kinds(found: Movement) -> set[str]:
    """The lists in which M1 stands."""
    return {kind for kind, changes in found.lists.items() if "M1" in {change.id for change in changes}}


@given(lively(), spans())
def test_the_movement_explains_every_difference_exactly(written: dict[str, Any], span: tuple[date, date]):
    ledger = ledger_of(written)
    boards = [Board(ledger, day) for day in span]
    found = movement(*boards)
    _adds_up(found, [Recount(ledger, board) for board in boards])
    _is_made_up_of_changes(found)
    _lists_say_what_they_mean(found)
    _explains_progress(found)


def _adds_up(found: Movement, counts: list[Recount]) -> None:
    days = (found.opening.day, found.closing.day)
    for path, shift in found.shifts.items():
        before, after = (recount.figure(path, day) for recount, day in zip(counts, days, strict=True))
        assert (shift.before, shift.after) == (before, after), path
        assert shift.after == shift.before + len(shift.entered) - len(shift.left), path
        assert not set(shift.entered) & set(shift.left), path
        assert len(set(shift.entered)) == len(shift.entered)


def _is_made_up_of_changes(found: Movement) -> None:
    """Every shift is made up of changes, and every change stands in a list."""
    for side in ("entered", "left"):
        own = Counter(f"{c.after.plan.book}.{path} {c.id}" for c in found.changes for path in getattr(c, side))
        assert own == Counter(f"{path} {id_}" for path, shift in found.shifts.items() for id_ in getattr(shift, side))
    listed = {change.id for changes in found.lists.values() for change in changes}
    listed |= {one.standing.id for one in (*found.postponed, *found.amended)}
    assert {change.id for change in found.changes} <= listed


def _lists_say_what_they_mean(found: Movement) -> None:
    """The list of a figure holds all that entered it, or left it."""

    def ids(kind: str) -> Counter[str]:
        return Counter(change.id for change in found.lists[kind])

    def every(figure: str, side: str) -> Counter[str]:
        shifts = [shift for path, shift in found.shifts.items() if path.partition(".")[2] == figure]
        return Counter(id_ for shift in shifts for id_ in getattr(shift, side))

    for kind in ("done", "closed", "overdue", "short", "stage_done", "withdrawn", "behind", "due_soon"):
        assert ids(kind) == every(kind, "entered"), kind
    for kind, figure in (("undone", "done"), ("cleared", "overdue"), ("mended", "short"), ("restored", "withdrawn")):
        assert ids(kind) == every(figure, "left"), kind
    assert ids("added") + ids("restored") == every("total", "entered")
    assert every("total", "left") <= ids("withdrawn")


def _explains_progress(found: Movement) -> None:
    def weighed(board: Board, ids: set[str]) -> Fraction:
        return sum(((s.progress or 0) * s.item.weight for s in board.standings if s.id in ids), Fraction(0))

    every = {standing.id for standing in found.closing.everything}
    moved = {one.standing.id for one in found.progressed}
    totals = [weighed(board, every) for board in (found.opening, found.closing)]
    own = [weighed(board, moved) for board in (found.opening, found.closing)]
    assert totals[1] - totals[0] == own[1] - own[0]


@given(lively(), spans())
def test_whatever_means_something_else_in_the_plan_in_force_was_amended(
    written: dict[str, Any], span: tuple[date, date]
):
    found = movement(*(Board(ledger_of(written), day) for day in span))
    altered = {one.standing.id for one in found.amended}
    for before, after in zip(found.opening.everything, found.closing.everything, strict=True):
        if before.item.goal != after.item.goal or before.item.weight != after.item.weight:
            assert not after.exists or after.id in altered


def test_each_amendment_is_told_against_what_was_in_force_before_it():
    target = {"n": {"name": "数", "unit": "座", "goal": ">= 10"}}
    found = moved(
        fact("2017-12-10", "amend", key="targets.n.goal", value=">= 9", by="府", doc="1", note="x"),
        fact("2017-12-22", "amend", key="targets.n.goal", value=">= 8", by="府", doc="2", note="x"),
        fact("2017-12-23", "amend", key="lead", value="市水利局", by="府", doc="3", note="x"),
        targets=target,
    )
    told = [(one.difference.kind, one.difference.before, one.difference.after) for one in found.amended]
    assert told[0] == ("weakened", ">= 9", ">= 8")
    assert (told[1][0], told[1][2]) == ("lead_changed", "市水利局")


def test_an_amendment_that_was_taken_back_is_told_without_an_entry():
    found = moved(
        fact("2017-12-10", "amend", key="weight", value="3", by="府", doc="1", note="x"),
        fact("2017-12-22", "void", key="2017-12-10/amend/weight/3/府", by="府", note="x"),
    )
    ((difference, entry),) = [(one.difference, one.entry) for one in found.amended]
    assert (difference.field, difference.before, difference.after, entry) == ("weight", "3", "1", None)


@given(lively(), spans())
def test_nothing_moves_within_a_day(written: dict[str, Any], span: tuple[date, date]):
    ledger = ledger_of(written)
    found = movement(Board(ledger, span[0]), Board(ledger, span[0]))
    assert not found.changes
    assert not any(found.lists.values())
    assert found.postponed == found.fallen == found.progressed == ()


def test_every_list_has_its_name():
    assert list(moved().lists) == [kind for kind in KINDS if kind != "other"] + ["other"]


def test_what_is_done_in_between_is_newly_done():
    found = moved(fact("2017-12-22", "start"), fact("2017-12-28", "done"))
    assert kinds(found) == {"started", "done"}
    assert found.shifts["measures.done"] == (0, 1, ("M1",), ())
    assert found.shifts["measures.planned"] == (1, 0, (), ("M1",))
    assert found.shifts["measures.time_nodes.2018.open"] == (1, 0, (), ("M1",))
    assert [entry.event for entry in found.lists["done"][0].entries] == ["start", "done"]


def test_the_opening_day_itself_belongs_to_what_was_before():
    assert kinds(moved(fact("2017-12-21", "done"))) == set()
    assert kinds(moved(fact("2017-12-29", "done"))) == set()


def test_closing_a_done_item_leaves_it_done():
    found = moved(fact("2017-12-01", "done"), fact("2017-12-28", "close"))
    assert kinds(found) == {"closed"}
    assert found.shifts["measures.done"].entered == ()


def test_a_relapse_takes_an_item_out_of_the_done_ones():
    found = moved(fact("2017-12-01", "done"), fact("2017-12-22", "lookback", key="relapsed"))
    assert kinds(found) == {"relapsed", "undone"}


def test_a_relapse_that_was_made_good_in_between_is_told_although_no_figure_moved():
    found = moved(
        fact("2017-12-01", "done"),
        fact("2017-12-22", "lookback", key="relapsed"),
        fact("2017-12-23", "reopen", until="2018-06-30"),
        fact("2017-12-24", "done"),
        due="2018-06-30",
    )
    assert kinds(found) == {"relapsed", "reopened"}
    assert found.changes == ()


def test_a_deadline_that_passes_makes_an_item_overdue_and_due():
    assert kinds(moved(due="2017-12-27")) == {"overdue", "came_due"}
    assert kinds(moved(due="2017-12-28")) == {"came_due"}


def test_an_item_is_no_longer_overdue_once_it_is_done_or_moved():
    started = fact("2017-12-01", "start")
    assert kinds(moved(started, fact("2017-12-22", "done"), due="2017-12-01")) == {"done", "cleared"}
    extended = moved(fact("2017-12-22", "extend", until="2018-12-31", by="领导小组", doc="3号"), due="2017-12-01")
    assert kinds(extended) == {"cleared"}
    (one,) = (postponed.move for postponed in extended.postponed)
    assert (one.was, one.until, one.days, one.late) == (date(2017, 12, 1), date(2018, 12, 31), 395, 21)
    assert (one.entry.by, one.entry.doc) == ("领导小组", "3号")


def test_each_extension_counts_from_the_deadline_that_it_moved():
    found = moved(
        fact("2017-12-20", "extend", until="2018-01-31"),
        fact("2017-12-22", "extend", until="2018-02-10"),
        fact("2017-12-23", "extend", until="2018-02-05", doc="2号"),
        due="2017-12-31",
    )
    steps = [(one.move.was, one.move.days) for one in found.postponed]
    assert steps == [(date(2018, 1, 31), 10), (date(2018, 2, 10), -5)]


def test_an_extension_of_an_item_without_a_date_has_no_days():
    (one,) = moved(fact("2017-12-22", "extend", until="2018-02-10"), due="long_term").postponed
    assert (one.move.was, one.move.days) == (None, None)


def test_an_extension_is_told_once_and_a_new_round_is_none():
    extended = moved(fact("2017-12-22", "extend", until="2019-01-31"))
    assert (kinds(extended), len(extended.postponed), len(extended.changes)) == (set(), 1, 1)
    relapsed = fact("2017-12-01", "lookback", key="relapsed")
    assert moved(relapsed, fact("2017-12-22", "reopen", until="2018-06-30")).postponed == ()


def test_a_planned_item_that_is_withdrawn_has_not_started():
    assert kinds(moved(fact("2017-12-22", "withdraw"))) == {"withdrawn"}


def test_a_voided_extension_is_an_other_change():
    void = fact("2017-12-22", "void", key="2017-12-01/extend//" + "/领导小组")
    found = moved(fact("2017-12-01", "extend", until="2018-06-30"), void, due="2018-03-31")
    assert kinds(found) == {"other"}
    assert found.lists["other"][0].left == {"postponed", "moved"}


def test_two_more_moves_of_one_deadline_are_two_more_moves():
    found = moved(fact("2017-12-22", "extend", until="2019-06-30"), fact("2017-12-23", "extend", until="2019-07-31"))
    assert found.shifts["measures.moved"] == (0, 2, ("M1", "M1"), ())
    assert found.shifts["measures.postponed"] == (0, 1, ("M1",), ())


def test_items_that_come_and_go():
    plan = [
        item("M1", due="2018-12-31", added="2017-12-22"),
        item("M2", due="2018-12-31"),
        item("M3", due="2018-12-31"),
        item("M10", due="2018-12-31", added="2018-01-22"),
    ]
    withdrawn = fact("2017-12-01", "withdraw", "M3")
    back = fact("2017-12-22", "void", "M3", key="2017-12-01/withdraw///领导小组")
    found = moved(fact("2017-12-22", "withdraw", "M2"), withdrawn, back, plan=plan)
    assert kinds(found) == {"added"}
    assert [change.id for change in found.lists["withdrawn"]] == ["M2"]
    assert [change.id for change in found.lists["restored"]] == ["M3"]
    assert found.shifts["measures.total"] == (1, 2, ("M1", "M3"), ("M2",))


def test_a_reading_that_falls_is_told_even_if_it_still_meets_the_goal():
    readings = [fact(day, "reading", key="a", value=v) for day, v in (("2017-12-20", 90), ("2017-12-22", 87))]
    (fall,) = moved(*readings, targets={"a": {"goal": 85}}).fallen
    assert (fall.before.value, fall.after.value, fall.is_met) == (90, 87, True)
    assert moved(*readings, targets={"a": {"goal": "<= 85"}}).fallen == ()


def test_of_a_figure_without_a_goal_less_is_a_fall():
    readings = [fact(day, "reading", key="a", value=v) for day, v in (("2017-12-20", 9), ("2017-12-22", 8))]
    (fall,) = moved(*readings, targets={"a": {}}).fallen
    assert not fall.is_met


def test_a_fall_and_a_rise_in_between_are_still_a_fall():
    values = (("2017-12-20", 9), ("2017-12-22", 3), ("2017-12-24", 12))
    found = moved(*(fact(day, "reading", key="a", value=v) for day, v in values), targets={"a": {"goal": 10}})
    assert [(fall.before.value, fall.after.value) for fall in found.fallen] == [(9, 3)]


def test_a_reading_taken_back_leaves_the_worse_one_before_it():
    found = moved(
        fact("2017-12-01", "reading", key="a", value=3),
        fact("2017-12-20", "reading", key="a", value=9),
        fact("2017-12-22", "void", key="2017-12-20/reading/a/9"),
        targets={"a": {"goal": 10}},
    )
    assert [(fall.before.value, fall.after.value) for fall in found.fallen] == [(9, 3)]


def test_a_fall_of_an_action_is_one_of_the_sum_above_it():
    actions = [item("A1", under="M1", due="2018-12-31", targets={"s": {}})]
    plan = [item("M1", due="2018-12-31", targets={"s": {"goal": 9, "sum": "actions"}})]
    facts = [
        fact("2017-12-20", "reading", "A1", key="s", value=8),
        fact("2017-12-22", "reading", "A1", key="s", value=2),
    ]
    ledger = sound(files(plan, facts, actions=actions))
    found = movement(Board(ledger, BEFORE), Board(ledger, AFTER))
    assert [fall.standing.id for fall in found.fallen] == ["M1", "A1"]


def test_a_stage_and_a_shortfall():
    stage = {"a": {"goal": 5, "due": "2017-12-25"}}
    found = moved(fact("2017-12-22", "milestone", key="a"), targets=stage)
    assert kinds(found) == {"started", "stage_done", "short"}
    late = moved(
        fact("2017-12-27", "reading", key="a", value=5), fact("2017-12-20", "milestone", key="a"), targets=stage
    )
    assert kinds(late) == {"stage_done"}
    behind = moved(targets=stage)
    assert kinds(behind) == {"behind"}


def test_an_order_that_was_lifted_in_the_same_week_stands_in_both_lists():
    order = fact("2017-12-22", "supervise", key="letter", doc="5号")
    assert kinds(moved(order)) == {"supervised"}
    assert kinds(moved(order, fact("2017-12-27", "lift", doc="5号"))) == {"supervised", "lifted"}
    old = fact("2017-12-01", "supervise", key="letter")
    assert kinds(moved(old, fact("2017-12-27", "lift"))) == {"lifted"}


def test_only_one_of_two_orders_lifted_leaves_the_item_under_supervision():
    found = moved(
        fact("2017-12-01", "supervise", key="letter"),
        fact("2017-12-02", "supervise", key="listed"),
        fact("2017-12-27", "lift", key="letter"),
    )
    assert kinds(found) == {"lifted"}
    assert found.shifts["measures.supervised"] == (1, 1, (), ())


def test_items_are_listed_in_the_order_of_the_plan():
    plan = [item("M10", due="2018-12-31"), item("M2", due="2018-12-31")]
    found = moved(fact("2017-12-22", "done", "M10"), fact("2017-12-23", "done", "M2"), plan=plan)
    assert found.shifts["measures.done"].entered == ("M2", "M10")
    assert [change.id for change in found.changes] == ["M2", "M10"]


def test_every_figure_of_every_book_has_its_shift():
    found = moved()
    books = set(SETTINGS["books"])
    assert {path.partition(".")[0] for path in found.shifts} == books
    within = len(NODE_FIGURES) * (len(SETTINGS["time_nodes"]) + 1)
    assert len(found.shifts) == len(books) * (len(FIGURES) + len(BY_STATE) + within)
