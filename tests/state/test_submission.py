"""The roll-call: who had to report, who did, who is silent for how long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.model.period import week_of
from ledger.state.board import Board
from ledger.state.submission import Silence, first_report, silences, submissions
from tests.paper import fact, files, item, sound
from tests.strategy import days, ledgers

THURSDAY = 3
ROLL_CALL = {"closes": "thursday", "roll_call": True}
UNITS = [{"name": "万州区", "was": ["万县"]}, {"name": "开州区"}, {"name": "市环保局"}]


def call(day: str, items, facts=(), board_day: str = "", **settings):
    ledger = sound(files(items, facts, **{"week": ROLL_CALL, **settings}))
    week = week_of(date.fromisoformat(day), THURSDAY)
    board = Board(ledger, date.fromisoformat(board_day) if board_day else week.last)
    return board, week, submissions(board, week)


def told(found) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]]:
    return {own.unit: (own.open, own.reported, own.is_silent) for own in found}


def test_every_responsible_unit_reports_else_the_lead():
    items = [item("M1", responsible=["万州区", "开州区"]), item("M2"), item("M3", lead="unstated")]
    assert told(call("2017-03-09", items)[2]) == {
        "万州区": (("M1",), (), True), "开州区": (("M1",), (), True), "市环保局": (("M2",), (), True),
    }  # fmt: skip


def test_units_stand_in_the_order_of_the_settings_under_their_present_names():
    items = [item("M1", responsible=["开州区"]), item("M2", responsible=["万县"])]
    facts = [fact("2017-03-05", "report", "M2", by="万县", text="x")]
    found = call("2017-03-09", items, facts, units=UNITS)[2]
    assert [(own.unit, own.is_silent) for own in found] == [("万州区", False), ("开州区", True)]


def test_a_week_runs_from_the_day_after_a_closing_day_to_the_next():
    heard = {
        day: not told(call("2017-03-09", [item()], [fact(day, "report", by="市环保局")])[2])["市环保局"][2]
        for day in ("2017-03-02", "2017-03-03", "2017-03-09", "2017-03-10")
    }
    assert heard == {"2017-03-02": False, "2017-03-03": True, "2017-03-09": True, "2017-03-10": False}


def test_only_the_units_own_entries_count_as_its_report():
    facts = [fact("2017-03-05", "report", by="开州区"), fact("2017-03-05", "report")]
    found = call("2017-03-09", [item(responsible=["万州区", "开州区"])], facts)[2]
    assert {own.unit: own.reported for own in found} == {"万州区": (), "开州区": ("M1",)}


def test_an_item_done_on_the_closing_day_is_not_open_and_its_unit_not_silent():
    found = call("2017-03-09", [item()], [fact("2017-03-09", "done", by="市环保局")])[2]
    assert told(found) == {"市环保局": ((), (), False)}


def test_what_happened_after_the_closing_day_does_not_count():
    facts = [
        fact("2017-03-10", "done"),
        fact("2017-03-11", "withdraw", "M2"),
        fact("2017-03-12", "report", by="市环保局"),
    ]
    later = call("2017-03-09", [item("M1"), item("M2")], facts, board_day="2017-06-30")[2]
    assert told(later) == {"市环保局": (("M1", "M2"), (), True)}
    assert later == call("2017-03-09", [item("M1"), item("M2")], facts)[2]


def test_a_voided_report_is_none():
    facts = [
        fact("2017-03-05", "report", by="市环保局", text="x"),
        fact("2017-03-06", "void", key="2017-03-05/report///市环保局", by="开州区"),
    ]
    assert told(call("2017-03-09", [item()], facts)[2])["市环保局"][2]


def test_silence_is_counted_in_weeks_since_the_last_report():
    facts = [fact("2017-02-16", "report", by="市环保局")]
    board, week, found = call("2017-03-09", [item()], facts)
    assert silences(board, week, found) == {"市环保局": Silence(date(2017, 2, 16), 3)}


def test_who_never_reported_is_silent_since_its_first_item_came_in():
    items = [item("M1", added="2017-02-23"), item("M2", added="2017-03-02"), item("M3", lead="万州区")]
    board, week, found = call("2017-03-09", items, [fact("2017-01-12", "report", "M3", by="万州区")])
    assert silences(board, week, found)["市环保局"] == Silence(None, 3)


def test_no_week_before_the_first_report_of_anybody_counts_as_silence():
    items = [item("M1"), item("M2", lead="万州区")]
    facts = [fact("2017-01-10", "supervise", "M1", key="listed"), fact("2017-02-28", "report", "M2", by="万州区")]
    board, week, found = call("2017-03-09", items, facts)
    assert silences(board, week, found)["市环保局"] == Silence(None, 2)
    board, week, found = call("2017-03-09", items, facts[:1])
    assert [own.is_silent for own in found] == [True, True]
    assert silences(board, week, found)["市环保局"] == Silence(None, 0)


@pytest.mark.parametrize("week", [{"closes": "thursday"}, {**ROLL_CALL, "none": ["2017-W10"]}])
def test_who_was_not_asked_to_report_is_not_silent(week):
    facts = [fact("2017-01-12", "report", by="市环保局")]
    board, asked, found = call("2017-03-09", [item()], facts, week=week)
    assert [(own.is_unheard, own.is_silent) for own in found] == [(True, False)]
    assert silences(board, asked, found)["市环保局"] == Silence(date(2017, 1, 12), 0)


def test_weeks_without_anything_open_are_no_silence():
    facts = [
        fact("2017-01-12", "done"), fact("2017-02-20", "lookback", key="relapsed"),
        fact("2017-01-05", "report", by="市环保局"),
    ]  # fmt: skip
    board, week, found = call("2017-03-09", [item()], facts)
    assert silences(board, week, found)["市环保局"] == Silence(date(2017, 1, 5), 3)


def test_who_reported_this_week_is_silent_for_no_week():
    board, week, found = call("2017-03-09", [item()], [fact("2017-03-09", "trouble", by="市环保局", text="x")])
    assert silences(board, week, found)["市环保局"] == Silence(date(2017, 3, 9), 0)


@given(ledgers(), days)
def test_silence_of_weeks_is_what_the_weeks_before_say_one_by_one(texts, day):
    ledger = sound(files(**texts, week=ROLL_CALL))
    week = week_of(day, THURSDAY)
    board = Board(ledger, week.last)
    found = submissions(board, week)
    first = first_report(ledger)
    for unit, silence in silences(board, week, found).items():
        number, one = 0, week
        while number <= silence.weeks:
            own = {sub.unit: sub for sub in submissions(Board(ledger, one.last), one)}.get(unit)
            if own is None or not own.is_silent or first is None or one.last < first:
                break
            number, one = number + 1, week_of(one.first - timedelta(days=1), THURSDAY)
        assert silence.weeks == number


@given(ledgers(), days, st.integers(0, 400))
def test_a_later_board_calls_the_same_roll(texts, day, later):
    ledger = sound(files(**texts))
    week = week_of(day, THURSDAY)
    assert submissions(Board(ledger, week.last + timedelta(days=later)), week) == submissions(
        Board(ledger, week.last), week
    )
