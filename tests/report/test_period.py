"""The weekly and the monthly reckoning: the same whenever it is asked for, and one leads on to the next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.model.finding import Finding, Place
from ledger.model.ledger import Ledger
from ledger.model.period import month_named, month_of, week_named, week_of
from ledger.model.words import Words
from ledger.report.monthly import monthly
from ledger.report.period import Reckoning, embarrassing, first_day, reckoning
from ledger.report.weekly import weekly
from ledger.state.board import Board
from ledger.state.seal import seal_of
from tests.paper import fact, files, item, sound, yaml
from tests.state.lively import ledger_of, lively
from tests.strategy import days

WEEK_52 = week_named("2017-W52", 3)
LISTED = [{"name": "市环保局", "kind": "department"}, {"name": "万州区", "kind": "district"}, {"name": "领导小组"}]


def figures(tables: Any) -> list[Any]:
    return [(table.book.id, table.counted, table.undated, table.undated_original, table.rows) for table in tables]


@given(lively(), days, st.integers(0, 6), st.booleans())
def test_what_closes_a_period_opens_the_next(written: dict[str, Any], day: date, closes: int, by_month: bool):
    ledger = ledger_of(written)
    now = month_of(day) if by_month else week_of(day, closes)
    then = month_of(now.last + timedelta(days=1)) if by_month else week_of(now.last + timedelta(days=1), closes)
    before, after = reckoning(ledger, now), reckoning(ledger, then)
    assert figures(before.closing) == figures(after.opening)
    assert before.overall == after.overall_before
    for path, shift in before.movement.shifts.items():
        assert shift.after == after.movement.shifts[path].before


@given(lively(), days)
def test_what_happens_later_changes_no_report_of_the_past(written: dict[str, Any], day: date):
    week = week_of(day, 6)
    later = [fact("2099-01-01", "done", written["measures"][0]["id"])]
    now, then = (weekly(ledger_of(w), week) for w in (written, {**written, "facts": [*written["facts"], *later]}))
    for one in (now, then):
        assert one.reckoning.board.day == week.last
    assert figures(now.reckoning.closing) == figures(then.reckoning.closing)
    assert now.reckoning.leads == then.reckoning.leads
    assert [due[2:5] for due in now.coming] == [due[2:5] for due in then.coming]
    assert [late[1:] for late in now.reckoning.overdue] == [late[1:] for late in then.reckoning.overdue]


@given(lively(), days)
def test_the_lists_of_a_report_have_as_many_lines_as_its_figures_say(written: dict[str, Any], day: date):
    found = reckoning(ledger_of(written), week_of(day, 6))

    def total(figure: str) -> int:
        return sum(table.counted.figures[figure] for table in found.closing)

    assert len(found.overdue) == total("overdue") == found.leads.total.overdue
    assert len(found.short) == total("short") == found.leads.total.short
    assert found.leads.total.total == total("total")


def small(*facts: dict[str, str], claims: object = None, plan: Any = None, **more: object) -> Ledger:
    plan = plan or [item("M1", due="2018-01-20", responsible=["万州区"]), item("M2", due="2018-06-30")]
    texts = files(plan, facts, units=LISTED, approvers=["领导小组"], timezone="Asia/Shanghai", **more)
    if claims is not None:
        texts["claims.yaml"] = yaml(claims)
    return sound(texts)


def test_a_week_lists_what_falls_due_in_the_four_weeks_after_it():
    plan = [item(f"M{n}", due=due) for n, due in enumerate(("2017-12-27", "2017-12-28", "2018-01-25", "2018-01-26"))]
    assert [due.standing.id for due in weekly(small(plan=plan), WEEK_52).coming] == ["M1", "M2"]


def test_the_roll_call_is_made_only_where_units_must_report():
    assert weekly(small(), WEEK_52).roll_call is None
    found = weekly(small(week={"closes": "thursday", "roll_call": True}), WEEK_52)
    assert [(own.unit, own.is_silent) for own in found.roll_call or ()] == [("市环保局", True), ("万州区", True)]
    assert set(found.silences or ()) == {"市环保局", "万州区"}


def test_only_claims_that_do_not_hold_are_told_and_none_of_a_later_day():
    claims = {"claims": [
        {"id": "w51", "as_of": "2017-12-21", "figures": {"measures.total": "2", "measures.done": "1"}},
        {"id": "w52", "as_of": "2017-12-28", "figures": {"measures.done": "5"}, "gap": "口径不同"},
        {"id": "w53", "as_of": "2018-01-04", "figures": {"measures.done": "5"}},
    ]}  # fmt: skip
    found = reckoning(small(fact("2017-12-25", "done"), claims=claims), WEEK_52).claims
    assert [(one.claim.id, one.figure, one.claimed, one.found, one.holds) for one in found] == [
        ("w51", "measures.done", "1", 0, False), ("w52", "measures.done", "5", 1, None),
    ]  # fmt: skip


def test_the_head_names_the_zone_and_the_command_fills_in_the_rest():
    found = weekly(small(), WEEK_52)
    assert (found.reckoning.zone, found.week.label) == ("Asia/Shanghai", "2017-W52")
    assert (found.revision, found.findings) == (None, ())


def test_a_report_is_sealed_over_what_it_rests_on():
    ledger = small(fact("2017-12-20", "report"), fact("2018-01-03", "report"))
    assert weekly(ledger, WEEK_52).seal == seal_of(ledger, WEEK_52.last)
    assert weekly(ledger, WEEK_52).seal.entries == 1


def test_without_districts_in_the_settings_there_is_no_table_of_them():
    ledger = sound(files([item()]))
    assert reckoning(ledger, WEEK_52).districts is None
    assert monthly(ledger, month_named("2017-12")).districts is None


def test_a_month_ranks_units_and_tells_its_orders_and_the_loose_figures():
    order = fact("2017-11-01", "supervise", "M2", key="letter")
    claims = {"facts": {"persons": {"value": "79"}}}
    ledger = small(
        order, fact("2017-12-05", "lift", "M2", by="领导小组"), fact("2017-12-06", "supervise", "M1", key="talk"), claims=claims,
        plan=[item("M1", due="2017-12-01", responsible=["万州区"]), item("M2", due="2018-06-30")],
    )  # fmt: skip
    found = monthly(ledger, month_named("2017-12"))
    assert [one.row.unit for one in found.leads.ranked] == ["市环保局"]
    assert found.districts is not None
    assert [one.row.unit for one in found.districts.ranked] == ["万州区"]
    assert [one.standing.id for one in found.supervision.open] == ["M1"]
    assert [one.standing.id for one in found.supervision.ended] == ["M2"]
    assert monthly(ledger, month_named("2018-01")).supervision.ended == ()
    assert [one.name for one in found.accountability.facts] == ["persons"]


def test_the_plan_began_with_its_first_item():
    assert first_day(sound(files([item("M1", added="2016-05-01"), item("M2")]))) == date(2016, 5, 1)
    assert first_day(sound(files([item("M1", added="2018-05-01")]))) == date(2018, 5, 1)
    assert first_day(sound(files())) == date(2017, 1, 1)
    assert first_day(sound(files(start=None))) is None


def test_findings_about_time_alone_and_mere_hints_embarrass_nobody():
    def one(code: int, severity: str) -> Finding:
        return Finding(Place("x"), code, Words("x", "x"), severity=severity)

    said = [one(401, "error"), one(404, "warning"), one(601, "info"), one(801, "warning"), one(901, "warning")]
    assert [finding.code for finding in embarrassing(said)] == [401, 404, 901]


def test_a_reckoning_shares_its_board_with_whoever_judges_the_findings():
    found: Reckoning = reckoning(small(), WEEK_52)
    assert isinstance(found.board, Board)
    assert found.recount.board(WEEK_52.last) is found.board
