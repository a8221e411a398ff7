"""A ledger against an earlier version: nothing is said of what is the same, and no worrying change goes unsaid."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.compare.compare import changes
from ledger.compare.difference import KINDS, WORRYING, Difference
from ledger.model.finding import Finding, Place, in_order
from ledger.model.ledger import Ledger
from ledger.model.words import Words
from ledger.rule.against import Against, Look, against, by_earlier_rules, unseen
from ledger.rule.rule import AGAINST
from ledger.storage.ledger import UnreadableLedger, read_ledger
from tests.compare.compare_paper import OFFICE, Edit, Sheet, adds, edited, sheet
from tests.compare.test_laws import ledger_of, versions
from tests.conftest import ROOT
from tests.paper import files, item, read
from tests.rule.bundle import Held
from tests.rule.mutation import mutated
from tests.rule.rich import rich
from tests.state.lively import ledger_of as lively_ledger
from tests.state.lively import lively

DAY = date(2017, 12, 31)
LOOK = Look(DAY, date.max)
L7 = frozenset(AGAINST)

CODES: dict[str, set[int]] = {
    "removed": {703}, "entry_removed": {704}, "entry_rewritten": {704}, "backdated": {705}, "postponed": {701},
    "weakened": {702}, "target_removed": {702}, "milestone_removed": {702}, "milestone_moved": {702},
    "weight_changed": {702}, "waiver_added": {709}, "setting_changed": {709}, "claim_changed": {709},
    "unit_changed": {709}, "lead_changed": {706}, "relapsed": set(), "withdrawn": {703},
    "field_changed": {701, 703, 706, 710}, "retitled": {707}, "advanced": {701}, "added": {707},
}  # fmt: skip
"""Which rules speak about which kinds of change. 509 may speak first, where a line of the journal is no approval, and
704 where a line that had an effect is gone."""


def judged(before: Ledger, after: Ledger) -> Against:
    return against(before, after, LOOK)


def said(before: Sheet, after: Sheet, day: date = DAY) -> set[tuple[int, str]]:
    return {(one.code, one.item) for one in against(before.read(), after.read(), Look(day, date.max)).new}


def test_every_worrying_kind_has_its_rule_and_every_rule_its_kind():
    assert set(CODES) >= WORRYING
    assert set().union(*CODES.values()) | {708} == L7
    assert set(CODES) <= set(KINDS)


def test_the_docs_show_the_same_table():
    text = (ROOT / "docs" / "cheating.md").read_text(encoding="utf-8")
    rows = [line.strip("| \n").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    shown = {kind.strip("`"): {int(code[1:]) for code in codes.split() if code.startswith("L7")}
             for row in rows for kind, codes in [(row[0], row[1].replace("[", "").replace(",", " ").replace("]", " "))]}  # fmt: skip
    assert {kind: codes for kind, codes in shown.items() if kind in KINDS} == CODES


@given(lively())
def test_a_ledger_against_itself_says_nothing(parts: dict[str, Any]):
    found = judged(lively_ledger(parts), lively_ledger(parts))
    assert found.new == []
    assert found.past == frozenset()


@given(versions(), st.booleans())
def test_no_unapproved_worrying_change_goes_unsaid_and_nothing_else_is_said(
    pair: tuple[dict[str, Any], dict[str, Any]], with_approvers: bool
):
    before, after = (ledger_of(parts, approvers=[OFFICE] if with_approvers else []) for parts in pair)
    found = judged(before, after).new
    told = {(one.code, one.item) for one in found}
    differences = changes(before, after)
    for one in differences:
        if one.needs_answer and one.kind != "relapsed":
            assert told & {(code, one.item) for code in CODES[one.kind] | {509, 704}}, one
    for finding in found:
        if finding.code in L7:
            assert any(_may_cause(one, finding) for one in differences), finding.message.en


def _may_cause(one: Difference, finding: Finding) -> bool:
    """An edit of a deadline is said even where an extension explains it."""
    return one.item == finding.item and finding.code in CODES.get(one.kind, ()) and (
        not one.explained or finding.code == 701
    )  # fmt: skip


class TestWhatIsTheSame:
    def finding(
        self, code: int = 202, item: str = "M1", key: str = "a", path: str = "m.yaml", en: str = "x"
    ) -> Finding:
        return Finding(Place(path, 3), code, Words.same(en), item=item, key=key)

    def test_code_item_and_key_whatever_the_words_and_the_place(self):
        known = self.finding()
        assert unseen([self.finding(path="other.yaml", en="y")], [known]) == []
        for other in (self.finding(code=203), self.finding(item="M2"), self.finding(key="b")):
            assert unseen([other], [known]) == [other]

    def test_faults_of_reading_are_told_apart_by_their_words_and_number(self):
        known = self.finding(104, "", "", en="no such day: 2017-02-30")
        assert unseen([known, known._replace(place=Place("m.yaml", 9))], [known]) != []
        assert unseen([self.finding(104, "", "", "renamed.yaml", "no such day: 2017-02-30")], [known]) == []
        other = self.finding(104, "", "", en="not a number")
        assert unseen([known, other], [known]) == [other]

    def test_a_fault_that_was_there_in_another_file_and_a_new_one_are_two(self):
        known = self.finding(107, "", "", "a.csv")
        new = self.finding(107, "", "", "b.csv")
        assert unseen([known, new], [known]) == [new]


class TestByTheEarlierRules:
    def bound(self, *edits: Edit) -> Ledger:
        return by_earlier_rules(sheet().read(), edited(*edits).read())

    def test_settings_are_those_of_the_earlier_version(self):
        after = self.bound(lambda s: s.settings.update(approvers=["科员"], closing={"steps": []}))
        assert after.settings.approver_names == (OFFICE,)
        assert after.settings.closing.steps == ("self_check", "acceptance")

    def test_new_claims_count_beside_the_earlier_ones(self):
        new = {"id": "c2", "as_of": "2017-06-30", "figures": {"measures.done": 9}}
        after = self.bound(lambda s: s.claims["claims"].append(new), lambda s: s.claims["facts"].clear())
        assert [claim.id for claim in after.claims.claims] == ["c1", "c2"]
        assert [fact.name for fact in after.claims.facts] == ["villages"]

    def test_waivers_are_those_of_the_earlier_version(self):
        waiver = {"code": "L801", "item": "M1", "reason": "x", "by": OFFICE, "until": "2018-12-31"}
        other = {**waiver, "item": "M2"}
        before = edited(lambda s: s.waivers.extend([waiver, other])).read()
        after = edited(lambda s: s.waivers.extend([{**waiver, "until": "2099-12-31"}])).read()
        assert [(one.item, str(one.until)) for one in by_earlier_rules(before, after).waivers] == [
            ("M1", "2018-12-31"), ("M2", "2018-12-31"),
        ]  # fmt: skip

    def test_lines_of_a_day_follow_the_earlier_order_of_steps(self):
        steps = [adds("2017-08-01", "step", "P1", key=key) for key in ("acceptance", "self_check")]
        before = edited(*steps)
        after = edited(*steps, lambda s: s.settings["closing"].update(steps=["acceptance", "self_check"]))
        assert (502, "P1") not in said(before, after)


def test_a_finding_that_was_there_does_not_fail_again():
    before = edited(lambda s: s.item("M2").update(due="2017-07-31"))
    after = edited(lambda s: s.item("M2").update(due="2017-07-31", remark="x"))
    found = judged(before.read(), after.read())
    assert (801, "M2") not in {(one.code, one.item) for one in found.new}
    assert found.known > 0


def test_what_is_gone_has_its_place_in_the_earlier_version():
    found = judged(sheet().read(), edited(lambda s: s.measures.pop(0)).read())
    (gone,) = [one for one in found.new if one.code == 703]
    assert gone in found.past
    assert (gone.place.path, gone.place.line) == ("measures.yaml", sheet().read().items[0].where.place().line)


def test_without_an_earlier_ledger_everything_is_new():
    after = read(files([item("M1", due="2017-06-30")]))
    found = against(None, after, LOOK)
    assert {one.code for one in found.new} >= {801}
    assert found.known == 0
    assert not {one.code for one in found.new} & L7


@pytest.mark.parametrize("edit", [
    lambda s: s.measures.reverse(), lambda s: s.facts.reverse(), lambda s: s.settings.update(title="x", language="zh"),
    lambda s: s.fact("2017-06-01").update(note="含在建", source="r:9"), adds("2017-07-02", "report", "M2"),
    lambda s: s.item("M1").update(remark="x"), lambda s: s.item("M1")["targets"]["started"].update(goal=">= 60"),
    lambda s: s.settings["units"].append({"name": "新区"}), lambda s: s.settings["approvers"].append("x") or
    s.settings["approvers"].pop(), lambda s: s.settings["closing"]["steps"].append("notice"),
])  # fmt: skip
def test_honest_work_is_no_finding_of_l7(edit: Edit):
    assert not {code for code, _ in said(sheet(), edited(edit))} & L7


@pytest.mark.parametrize("written, mended", [("2017-12-32", "2017-12-31"), ("imediate", "immediate")])
def test_who_mends_a_day_that_could_not_be_read_has_moved_no_deadline(written: str, mended: str):
    def due(day: str) -> Edit:
        return lambda s: s.item("M1").update(due=day)

    before, after = (read(edited(due(day)).files()) for day in (written, mended))
    assert 701 not in {one.code for one in judged(before, after).new}


def test_who_mends_the_day_of_a_milestone_has_moved_none():
    def due(day: str) -> Edit:
        return lambda s: s.item("M1").update(milestones={"plans": {"name": "方案", "due": day}})

    before, after = (read(edited(due(day)).files()) for day in ("2017-09-31", "2017-09-30"))
    assert 702 not in {one.code for one in judged(before, after).new}


def test_a_waiver_that_was_approved_before_covers_a_change_as_well():
    waiver = {"code": "L703", "item": "M4", "reason": "重复", "by": OFFICE, "until": "2018-12-31"}
    before = edited(lambda s: s.waivers.append(waiver))
    after = edited(lambda s: s.waivers.append(waiver), lambda s: s.measures.pop())
    assert (703, "M4") not in said(before, after)
    assert (109, "M4") not in said(before, after)
    assert (703, "M4") in said(sheet(), edited(lambda s: s.measures.pop()))


def test_a_waiver_that_is_taken_out_still_holds_and_nobody_calls_it_unused():
    waiver = {"code": "L703", "item": "M4", "reason": "重复", "by": OFFICE, "until": "2018-12-31"}
    before = edited(lambda s: s.waivers.append(waiver))
    assert (703, "M4") not in said(before, edited(lambda s: s.measures.pop()))
    assert (109, "M4") not in said(before, sheet())


def test_a_file_that_cannot_be_read_any_more_is_not_said_to_be_gone():
    texts = sheet().files()
    broken = read({**texts, "measures.yaml": "- {id: M1"})
    codes = {one.code for one in judged(sheet().read(), broken).new}
    assert codes & {101, 104}
    assert 703 not in codes


def test_with_an_old_fault_in_the_journal_a_line_gone_is_still_said():
    bad = adds("2017-07-02", "reading", "M1", key="started", value="x")
    before, after = edited(bad), edited(bad, lambda s: s.facts.pop(0))
    found = against(read(before.files()), read(after.files()), LOOK).new
    assert [(one.code, one.item) for one in found if one.code == 704] == [(704, "M1")]


def test_no_damage_of_either_version_ends_in_a_traceback():
    whole = {path: content or b"" for path, content in rich().files.items()}
    sound = read_ledger(Held(dict(whole)))
    compared = 0
    for seed in range(30):
        broken = mutated(whole, Random(seed))
        with suppress(UnreadableLedger):
            other = read_ledger(Held(dict(broken)))
            for pair in ((sound, other), (other, sound)):
                found = judged(*pair)
                assert sorted(found.new) == sorted(in_order(found.new))
                compared += 1
    assert compared > 40


@pytest.mark.parametrize("edit, field", [
    (lambda s: s.item("M2").update(weight=1), "weight"),
    (lambda s: s.item("M1")["milestones"]["plans"].update(due="2018-09-30"), "milestones.plans.due"),
    (adds("2017-08-01", "reading", "M1", key="started", value=40, exempt=6, note="x"), "targets.started.goal"),
])  # fmt: skip
def test_what_a_hint_tells_to_amend_would_explain_the_change(edit: Edit, field: str):
    (found,) = [one for one in judged(sheet().read(), edited(edit).read()).new if one.code == 702]
    assert found.hint.en.endswith(f"--key {field}")
    value = {"milestones.plans.due": "2018-09-30", "weight": "1"}.get(field, ">= 40")
    line = adds("2017-08-02", "amend", found.item, key=field, value=value)
    assert 702 not in {one.code for one in judged(sheet().read(), edited(edit, line).read()).new}


def test_a_void_of_a_void_that_nobody_approved_is_said_once():
    name = "2017-07-10/extend///领导小组"
    taken = [adds("2017-07-10", "extend", until="2018-06-30"), adds("2017-07-11", "void", key=name)]
    back = adds("2017-07-12", "void", key=f"2017-07-11/void/{name}//领导小组", by="万州区")
    assert said(edited(*taken), edited(*taken, back)) == {(509, "M1")}


def test_a_second_extension_that_nobody_approved_does_not_hide_behind_the_first():
    first = adds("2017-08-01", "extend", "M1", until="2018-06-30", by="万州区")
    second = adds("2017-08-01", "extend", "M1", until="2019-06-30", by="市城管委")
    before = edited(first)
    assert (509, "M1") in said(sheet(), before)
    assert said(before, edited(first, second)) == {(509, "M1")}


@pytest.mark.parametrize("due, said", [("2018-01-01", "(1 day later)"), ("2018-01-02", "(2 days later)")])
def test_one_day_is_a_day_and_two_are_days(due: str, said: str):
    moved = judged(read(files([item("M1", due="2017-12-31")])), read(files([item("M1", due=due)])))
    assert [one.message.en.endswith(said) for one in moved.new if one.code == 701] == [True]
