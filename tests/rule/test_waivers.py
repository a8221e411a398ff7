"""A waiver accepts one kind of finding of one item, until a day, and only by leave of who may give it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rule.bundle import bundle

pytestmark = pytest.mark.quick

APPROVERS = "approvers: [领导小组, 市环保局]\n"
ITEMS = """\
- {id: M1, title: 一, lead: 市交委, due: 2017-12-31, goal: 好, steps: [办], milestones: {a: {due: 2017-06-30}}}
- {id: M2, title: 二, lead: 市环保局, due: 2017-12-31, goal: 好, steps: [办]}
"""


def codes(*waivers: str, as_of: str = "2018-01-31", more: str = APPROVERS, rest: str = "") -> list[str]:
    """What is found, each as code and item, in a ledger with two overdue measures and these waivers."""
    lines = "".join(f"- {{{waiver}}}\n" for waiver in waivers) or "[]\n"
    text = f"as-of {as_of}\n--- ledger.yaml (more)\n{more}--- measures.yaml\n{ITEMS}{rest}--- waivers.yaml\n{lines}"
    said = bundle(text).findings(Path())
    return sorted(f"{finding.label} {finding.item}" for finding in said)


def waiver(code: str = "L801", item: str = "M1", by: str = "领导小组", until: str = "2018-06-30") -> str:
    return f"code: {code}, item: {item}, reason: 汛期停工, by: {by}, until: {until}"


BARE = ["L801 M1", "L801 M2", "L802 M1"]


def test_without_waivers_everything_is_said():
    assert codes() == BARE


def test_a_waiver_takes_out_its_finding_and_no_other():
    assert codes(waiver()) == ["L801 M2", "L802 M1"]
    assert codes(waiver("L802")) == ["L801 M1", "L801 M2"]
    assert codes(waiver(item="M2")) == ["L801 M1", "L802 M1"]


def test_the_code_may_be_written_without_its_letter():
    assert codes(waiver("801")) == codes(waiver())


def test_its_last_day_counts_and_the_day_after_does_not():
    assert codes(waiver(until="2018-01-31")) == ["L801 M2", "L802 M1"]
    assert codes(waiver(until="2018-01-30")) == ["L109 M1", *BARE]


def test_one_that_accepts_nothing_is_said_to_be_unused():
    assert codes(waiver("L401")) == ["L109 M1", *BARE]
    assert codes(waiver(item="M3")) == ["L109 M3", *BARE]


def test_one_for_a_rule_that_does_not_exist_is_an_error():
    assert codes(waiver("L999")) == ["L104 M1", *BARE]


def test_two_of_one_kind_leave_the_second_unused():
    assert codes(waiver(), waiver(until="2019-01-01")) == ["L109 M1", "L801 M2", "L802 M1"]


def test_several_waivers_work_side_by_side():
    assert codes(waiver(), waiver("L802"), waiver(item="M2")) == []


def test_an_item_is_named_as_it_is_written():
    assert codes(waiver(item="m1")) == ["L109 m1", *BARE]


def test_nobody_who_may_not_approve_can_waive():
    assert codes(waiver(by="市交委")) == ["L109 M1", "L509 M1", *BARE]


def test_without_approvers_anybody_may():
    assert codes(waiver(by="市交委"), more="") == ["L801 M2", "L802 M1"]


def test_an_approver_may_not_waive_what_it_leads_itself():
    assert "L509 M2" in codes(waiver(item="M2", by="市环保局"))


@pytest.mark.parametrize("by", ["市环保局", "市交委"])
def test_no_waiver_waives_that_it_was_not_given_by_who_may(by: str):
    """Else one who may not approve would need two lines instead of one."""
    said = codes(waiver(item="M2", by=by), waiver("L509", item="M2", by=by))
    assert "L509 M2" in said


def test_a_finding_about_a_published_figure_is_waived_by_its_key():
    claims = "--- claims.yaml\nclaims: [{id: w5, as_of: 2018-01-31, figures: {measures.done: 1}}]\n"
    assert codes(rest=claims) == ["L601 ", *BARE]
    assert codes(waiver("L601", item="w5/measures.done"), rest=claims) == BARE


def test_a_finding_about_a_unit_is_waived_by_its_name():
    silent = APPROVERS + "week: {roll_call: true}\n"
    assert codes(more=silent) == [*BARE[:2], "L802 M1", "L805 ", "L805 "]
    assert codes(waiver("L805", item="市交委"), more=silent) == [*BARE[:2], "L802 M1", "L805 "]


def test_a_waiver_does_not_hide_that_another_is_unused():
    said = codes(waiver("L401"), waiver("L109"))
    assert said.count("L109 M1") == 2


@pytest.mark.parametrize("missing", ["code", "item", "reason", "by", "until"])
def test_a_waiver_without_one_of_its_parts_has_no_effect(missing: str):
    parts = [part for part in waiver().split(", ") if not part.startswith(missing)]
    said = codes(", ".join(parts))
    assert set(BARE) <= set(said)
    assert "L105 " in said


@pytest.mark.parametrize("code", ["801a", "L80", "L8011", "逾期", "E801"])
def test_a_code_that_is_none_is_found(code: str):
    assert codes(waiver(code)) == ["L104 ", *BARE]
