"""Corrections: what earlier reports rested on and was taken back since is printed, with what stands in its place."""

from __future__ import annotations

from datetime import date

from ledger.report.part.doubts import corrections
from ledger.state.board import Board
from ledger.state.figure.claim import Recount
from tests.paper import fact, files, item, sound

PLAN = [item(targets={"started": {"goal": 46, "unit": "座"}})]
SAID = fact("2017-12-12", "reading", key="started", value=46, by="万州区")
VOID = fact("2017-12-18", "void", by="领导小组", key="2017-12-12/reading/started/46/万州区")
NOW = fact("2017-12-18", "reading", key="started", value=43, by="万州区")
LAST = date(2017, 12, 24)


def corrected(*facts: dict[str, str], first: date = date(2017, 12, 18)) -> list[tuple[str, str]]:
    ledger = sound(files(PLAN, facts, approvers=["领导小组"]))
    return [(one.line.value, one.now.value if one.now else "") for one in corrections(Board(ledger, LAST), first)]


def test_what_was_taken_back_stands_beside_what_is_said_now():
    assert corrected(SAID, VOID, NOW) == [("46", "43")]
    assert corrected(SAID, VOID) == [("46", "")]


def test_a_slip_of_the_same_week_is_no_correction_of_a_report():
    assert corrected(SAID, VOID, NOW, first=date(2017, 12, 11)) == []


def test_a_void_without_effect_corrects_nothing():
    assert corrected(SAID, {**VOID, "by": "丙局"}, NOW) == []


def test_the_figures_of_the_published_week_stay_what_they_were():
    before, after = (sound(files(PLAN, facts, approvers=["领导小组"])) for facts in ([SAID], [SAID, VOID, NOW]))
    day = date(2017, 12, 17)
    assert Recount(before).figure("measures.progress.mean", day) == Recount(after).figure("measures.progress.mean", day)
    assert Board(after, LAST).by_id["M1"].reading("started").value == 43


def test_the_weekly_report_prints_them(run, make_ledger):
    book = make_ledger(files(PLAN, [SAID, VOID, NOW], approvers=["领导小组"]))
    said = run("-C", book, "report", "weekly", "--week", "2017-W51").out
    assert "Corrections of what was reported before" in said
    assert "Corrections" not in run("-C", book, "report", "weekly", "--week", "2017-W50").out
