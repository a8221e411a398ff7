"""What has effect: a line is judged by who decided on its date, and never by itself or by what comes later."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.rule.registry import findings
from ledger.state.board import Board, Standing
from tests.paper import fact, files, item, sound, stand, yaml

A, B = "甲办", "乙办"
APPROVERS = {"approvers": [A, B]}
REPLACED = {"approvers": [{"name": A, "until": "2017-06-30"}, {"name": B, "from": "2017-07-01"}]}


def extended(day: str, by: str, until: str = "2018-06-30") -> dict[str, str]:
    return fact(day, "extend", by=by, until=until)


def objected(standing: Standing) -> list[str]:
    return [f"{entry.date} {entry.event}" for entry in standing.objected]


def test_what_nobody_decided_moves_nothing():
    standing = stand("2017-12-01", extended("2017-08-01", "市城管委"), settings=APPROVERS)
    assert standing.deadline == date(2017, 12, 31)
    assert objected(standing) == ["2017-08-01 extend"]


def test_where_nobody_is_named_whoever_records_decides():
    assert stand("2017-12-01", extended("2017-08-01", "市城管委")).deadline == date(2018, 6, 30)


@pytest.mark.parametrize("day, by, until", [
    ("2017-06-30", A, "2018-06-30"), ("2017-07-01", A, "2017-12-31"),
    ("2017-06-30", B, "2017-12-31"), ("2017-07-01", B, "2018-06-30"),
])  # fmt: skip
def test_a_line_is_judged_by_who_decided_on_its_date(day: str, by: str, until: str):
    assert str(stand("2017-12-01", extended(day, by), settings=REPLACED).deadline) == until


def test_replacing_an_approver_from_a_day_on_changes_no_earlier_day():
    facts = [extended("2017-03-01", A), fact("2017-05-01", "amend", by=A, key="lead", value="丙局")]
    before, after = (sound(files([item()], facts, **own)) for own in ({"approvers": [A]}, REPLACED))
    for day in (date(2017, 3, 1), date(2017, 6, 30), date(2018, 12, 31)):
        old, new = Board(before, day).by_id["M1"], Board(after, day).by_id["M1"]
        assert (old.deadline, old.item.lead, old.state) == (new.deadline, new.item.lead, new.state)


def test_a_former_name_of_an_approver_is_the_approver():
    renamed = {"approvers": [{"name": A, "was": ["旧办"]}]}
    assert stand("2017-12-01", extended("2017-08-01", "旧办"), settings=renamed).deadline == date(2018, 6, 30)


class TestAnApproverThatLeads:
    AWAY = fact("2017-05-01", "amend", by=A, key="lead", value="丙局")

    def test_does_not_give_its_item_away_and_then_extend_it(self):
        standing = stand("2017-12-01", self.AWAY, extended("2017-05-02", A), settings=APPROVERS, lead=A)
        assert (standing.item.lead, standing.deadline) == (A, date(2017, 12, 31))
        assert objected(standing) == ["2017-05-01 amend", "2017-05-02 extend"]

    def test_extends_it_once_another_has_given_it_away(self):
        away = {**self.AWAY, "by": B}
        standing = stand("2017-12-01", away, extended("2017-05-02", A), settings=APPROVERS, lead=A)
        assert (standing.item.lead, standing.deadline) == ("丙局", date(2018, 6, 30))

    def test_does_not_extend_it_on_the_very_day_on_which_it_is_given_away(self):
        away = {**self.AWAY, "by": B}
        standing = stand("2017-12-01", away, extended("2017-05-01", A), settings=APPROVERS, lead=A)
        assert standing.deadline == date(2017, 12, 31)

    def test_may_take_an_item_over_in_a_line_of_its_own(self):
        over = {**self.AWAY, "value": A}
        assert objected(stand("2017-12-01", over, settings=APPROVERS)) == []

    def test_is_judged_as_on_that_day_though_the_amendment_is_voided_later(self):
        void = fact("2017-09-01", "void", by=B, key=f"2017-05-01/amend/lead/丙局/{B}")
        away = {**self.AWAY, "by": B}
        standing = stand("2017-12-01", away, extended("2017-05-02", A), void, settings=APPROVERS, lead=A)
        assert (standing.item.lead, standing.deadline) == (A, date(2018, 6, 30))


class TestDone:
    DECIDED = {"decides": {"done": [A], "extend": [B]}, "approvers": [A]}

    def test_by_somebody_else_it_counts_as_a_request(self):
        standing = stand("2017-12-01", fact("2017-11-01", "done", by="市环保局"), settings=self.DECIDED)
        assert standing.state == "planned"
        assert [(e.event, e.key, e.by) for e in standing.course.entries] == [("request", "done", "市环保局")]

    def test_by_the_one_who_decides_it_is_done_from_its_own_date(self):
        facts = [fact("2017-11-01", "done", by="市环保局"), fact("2017-11-20", "done", by=A)]
        assert stand("2017-11-19", *facts, settings=self.DECIDED).is_done is False
        assert stand("2017-11-20", *facts, settings=self.DECIDED).course.done_on == date(2017, 11, 20)

    def test_a_request_that_it_counts_as_is_taken_back_by_a_void_of_the_line(self):
        void = fact("2017-11-02", "void", by=A, key="2017-11-01/done///市环保局")
        standing = stand("2017-12-01", fact("2017-11-01", "done", by="市环保局"), void, settings=self.DECIDED)
        assert standing.course.entries == ()
        assert objected(standing) == []

    def test_where_decides_names_an_event_approvers_do_not_decide_it(self):
        assert objected(stand("2017-12-01", extended("2017-08-01", A), settings=self.DECIDED)) == ["2017-08-01 extend"]
        assert objected(stand("2017-12-01", extended("2017-08-01", B), settings=self.DECIDED)) == []

    def test_a_closing_step_has_its_own_deciders(self):
        closing = {"closing": {"steps": ["self_check", "acceptance"]}, "decides": {"step.acceptance": [A]}}
        facts = [fact("2017-11-01", "step", key="self_check", by="市环保局"),
                 fact("2017-11-02", "step", key="acceptance", by="丙局")]  # fmt: skip
        assert objected(stand("2017-12-01", *facts, settings=closing)) == ["2017-11-02 step"]


@pytest.mark.parametrize("by, open_", [(A, False), ("丙局", True)])
def test_a_decline_by_somebody_who_does_not_decide_has_no_effect(by: str, open_: bool):
    asked = fact("2017-11-01", "request", key="extend", by="市环保局", until="2018-06-30")
    no = fact("2017-11-05", "decline", key="extend", by=by, note="理由不足")
    standing = stand("2017-12-01", asked, no, settings={"approvers": [A]})
    assert [e.event for e in standing.course.entries if e.event == "decline"] == ([] if open_ else ["decline"])
    assert objected(standing) == (["2017-11-05 decline"] if open_ else [])


class TestOwnVoids:
    SAID = fact("2017-12-01", "report", by="万州区", text="已动工")

    def void(self, day: str, by: str = "万州区", event: str = "report") -> dict[str, str]:
        return fact(day, "void", by=by, key=f"2017-12-01/{event}///万州区")

    @pytest.mark.parametrize("day, objections", [("2017-12-09", 0), ("2017-12-10", 1)])
    def test_a_unit_takes_back_what_is_younger_than_the_last_closing_day_but_one(self, day: str, objections: int):
        standing = stand("2017-12-31", self.SAID, self.void(day), settings=APPROVERS)
        assert len(standing.objected) == objections
        assert len(standing.course.entries) == objections

    def test_what_another_said_is_not_its_own(self):
        assert len(stand("2017-12-31", self.SAID, self.void("2017-12-02", "开州区"), settings=APPROVERS).objected) == 1

    def test_what_is_done_is_not_for_the_unit_to_take_back(self):
        done = fact("2017-12-01", "done", by="万州区")
        standing = stand("2017-12-31", done, self.void("2017-12-02", event="done"), settings=APPROVERS)
        assert standing.is_done

    def test_a_void_of_its_own_void_brings_the_line_back(self):
        again = fact("2017-12-03", "void", by="万州区", key="2017-12-02/void/2017-12-01/report///万州区//万州区")
        standing = stand("2017-12-31", self.SAID, self.void("2017-12-02"), again, settings=APPROVERS)
        assert (objected(standing), len(standing.course.entries)) == ([], 1)


def test_a_waiver_silences_the_objection_and_gives_no_effect():
    waiver = [{"code": "L509", "item": "M1", "reason": "急", "by": A, "until": "2018-12-31"}]
    texts = files([item()], [extended("2017-08-01", "丙局")], **APPROVERS)
    ledger = sound({**texts, "waivers.yaml": yaml(waiver)})
    day = date(2017, 12, 1)
    assert 509 not in {finding.code for finding in findings(ledger, day)}
    assert Board(ledger, day).by_id["M1"].deadline == date(2017, 12, 31)


def test_what_somebody_waived_holds_after_his_time():
    settings = {"approvers": [{"name": A, "until": "2017-06-30"}, {"name": B, "from": "2017-07-01"}]}
    assert waived_by(A, settings) == set()
    assert waived_by("丙局", settings) == {509}


def waived_by(by: str, settings: dict[str, object]) -> set[int]:
    waiver = [{"code": "L801", "item": "M1", "reason": "汛期", "by": by, "until": "2018-12-31"}]
    ledger = sound({**files([item(due="2017-11-01")], **settings), "waivers.yaml": yaml(waiver)})
    return {finding.code for finding in findings(ledger, date(2017, 12, 1)) if finding.code == 509}
