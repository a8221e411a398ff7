"""What came in for a week, in time, late, or with nothing new; troubles that are not over; requests that wait."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.model.period import month_named, week_named
from ledger.report.part.late import corrections, round_of
from ledger.state.board import Board
from ledger.state.request import asked_for_help, open_requests, open_troubles
from ledger.state.submission import late_returns, silences, submissions
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

THURSDAY = {"week": {"closes": "thursday", "roll_call": True}}


def returned(day: str, week: str, rows: int = 0, by: str = "市环保局") -> dict[str, str]:
    return {"date": day, "item": "", "event": "return", "key": week, "value": str(rows), "by": by}


def board(day: str, *facts, **settings) -> Board:
    return Board(sound(files([item()], list(facts), **{**THURSDAY, **settings})), date.fromisoformat(day))


def own(day: str, label: str, *facts, **settings):
    """The one unit's submission for a week, as of a day, and how long it has been silent or had nothing new."""
    seen = board(day, *facts, **settings)
    named = week_named(label, 3)
    found = submissions(seen, named)
    return found[0], silences(seen, named, found)[found[0].unit]


def test_a_blank_form_is_a_return_and_nobody_is_silent():
    found, _ = own("2017-12-14", "2017-W50", returned("2017-12-14", "2017-W50"))
    assert (found.is_silent, found.is_nil, found.is_late) == (False, True, False)


def test_weeks_with_nothing_new_are_counted_in_a_row():
    facts = [returned(day, week) for day, week in (
        ("2017-11-23", "2017-W47"), ("2017-12-07", "2017-W49"), ("2017-12-14", "2017-W50"))]  # fmt: skip
    assert own("2017-12-14", "2017-W50", *facts)[1].nil == 2
    assert own("2017-12-14", "2017-W50", *facts, week={**THURSDAY["week"], "none": ["2017-W48"]})[1].nil == 3


def test_a_return_after_the_closing_day_is_unknown_on_that_day_and_late_afterwards():
    late = returned("2017-12-16", "2017-W50", 2)
    assert own("2017-12-14", "2017-W50", late)[0].is_silent
    found, _ = own("2017-12-16", "2017-W50", late)
    assert (found.is_silent, found.is_late, str(found.came)) == (False, True, "2017-12-16")
    assert [one.week for one in late_returns(board("2017-12-21", late), week_named("2017-W51", 3))] == ["2017-W50"]


def test_what_a_late_form_says_does_not_count_for_the_week_in_which_it_came():
    report = fact("2017-12-16", "report", by="市环保局", text="x", source="2017-W50_市环保局.xlsx:事项:5")
    found, _ = own("2017-12-21", "2017-W51", report, returned("2017-12-16", "2017-W50", 1))
    assert found.is_silent
    assert own("2017-12-21", "2017-W50", report, returned("2017-12-16", "2017-W50", 1))[0].reported == ("M1",)


def test_a_month_tells_in_time_late_nothing_new_and_absent_apart():
    seen = board("2017-12-31", fact("2017-12-07", "report", by="市环保局", text="x"), returned("2017-12-14", "2017-W50"),
                 returned("2017-12-23", "2017-W51", 1))  # fmt: skip
    (unit,) = round_of(seen, month_named("2017-12"))
    assert (unit.in_time, unit.late, unit.nil, unit.absent) == (1, 1, 1, 1)


def test_corrections_after_a_deadline_are_counted_apart():
    void = fact("2017-12-18", "void", key="2017-12-07/report///市环保局", by="市环保局", note="更正")
    said = fact("2017-12-07", "report", by="市环保局", text="x")
    seen = Board(sound(files([item(due="2017-12-15")], [said, void], **THURSDAY)), date(2017, 12, 31))
    assert list(corrections(seen, date(2017, 12, 1), date(2017, 12, 31))) == [("市环保局", True)]


def test_a_trouble_is_open_since_it_was_first_told_until_it_is_resolved():
    first, second = (
        fact(day, "trouble", by="万州区", text="缺资金，请市财政局协调") for day in ("2017-12-01", "2017-12-08")
    )
    (found,) = open_troubles(board("2017-12-14", first, second))
    assert (str(found.since), str(found.entry.date)) == ("2017-12-01", "2017-12-08")
    assert asked_for_help(found, ["市财政局", "财政局"]) == ("市财政局",)
    assert asked_for_help(found, []) == ("市财政局",)
    over = fact("2017-12-12", "trouble", key="resolved", by="万州区", text="已解决")
    assert open_troubles(board("2017-12-14", first, second, over)) == []


def asked(day: str, **cells: str) -> dict[str, str]:
    return fact(day, "request", by="市环保局", **{"key": "extend", "until": "2018-06-30", **cells})


def test_a_request_is_open_from_its_first_day_and_takes_what_was_asked_last():
    (found,) = open_requests(board("2017-12-14", asked("2017-12-01"), asked("2017-12-08", until="2018-09-30")))
    assert (str(found.since), found.entry.until) == ("2017-12-01", "2018-09-30")


@pytest.mark.parametrize("answer", [
    fact("2017-12-10", "decline", key="extend", by="组", note="不准"), fact("2017-12-10", "done"),
    fact("2017-12-01", "extend", until="2018-06-30", by="组", doc="1号", note="汛期"),
], ids=["declined", "done", "granted on the day of asking"])  # fmt: skip
def test_an_answer_closes_a_request(answer):
    assert open_requests(board("2017-12-14", asked("2017-12-01"), answer)) == []


def test_what_was_granted_before_answers_no_later_request():
    before = fact("2017-11-01", "extend", until="2018-03-31", by="组", doc="1号", note="汛期")
    (found,) = open_requests(board("2017-12-14", before, asked("2017-12-01")))
    assert str(found.since) == "2017-12-01"
