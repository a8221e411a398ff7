"""What changed by its meaning: every kind of difference, and what is none."""

from __future__ import annotations

import copy
from itertools import pairwise

import pytest

from ledger.compare.compare import baseline_named, changes
from ledger.compare.difference import KINDS, WORRYING, worst_first
from tests.compare.compare_paper import OFFICE, Edit, adds, between, edited, made, sheet, told
from tests.paper import fact, item, read


def target(key: str, **cells: object) -> Edit:
    return lambda sheet: sheet.item("M1")["targets"][key].update(cells)


def field(id_: str, **cells: object) -> Edit:
    return lambda sheet: sheet.item(id_).update(cells)


def setting(name: str, value: object) -> Edit:
    return lambda sheet: sheet.settings.update({name: value})


WAIVER = {"code": "L801", "item": "M1", "reason": "等资金", "by": OFFICE, "until": "2018-01-01"}

CASES: list[tuple[str, Edit, list[tuple[str, str, str]]]] = [
    ("an item gone", lambda s: s.measures.pop(), [("removed", "M4", "")]),
    ("a new item", lambda s: s.measures.append(item("M5")), [("added", "M5", "")]),
    ("a title", field("M1", title="新"), [("retitled", "M1", "title")]),
    ("a lead", field("M1", lead="市城管委"), [("lead_changed", "M1", "lead")]),
    ("a weight", field("M2", weight=1), [("weight_changed", "M2", "weight")]),
    ("responsible units", field("M1", responsible=["万州区", "市城管委"]), [("field_changed", "M1", "responsible")]),
    ("links", field("M2", problems=[]), [("field_changed", "M2", "problems")]),
    ("a remark", field("M1", remark="内部"), [("field_changed", "M1", "remark")]),
    ("steps", field("M1", steps=["a", "b"]), [("field_changed", "M1", "steps")]),
    ("the day it entered", field("M1", added="2017-05-01"), [("field_changed", "M1", "added")]),
    ("a later deadline", field("M1", due="2018-01-31"), [("postponed", "M1", "due")]),
    ("an earlier deadline", field("M1", due="2017-11-30"), [("advanced", "M1", "due")]),
    ("a deadline given up", field("M1", due="long_term"), [("postponed", "M1", "due")]),
    ("a deadline at last", field("M4", due="2020-12-31"), [("advanced", "M4", "due")]),
    ("no deadline in other words", field("M4", due="unstated"), [("field_changed", "M4", "due")]),
    ("the same day in other words", field("M3", due="2017-03-03"), [("field_changed", "M3", "due")]),
    ("an immediate item that enters later", field("M3", added="2017-03-01"), [("postponed", "M3", "added")]),
    ("a target gone", lambda s: s.item("M1")["targets"].pop("left"), [("target_removed", "M1", "targets.left")]),
    ("a new target", lambda s: s.item("M1")["targets"].update(x={"goal": 1}), [("target_added", "M1", "targets.x")]),
    ("another measure of it", target("started", unit="处"), [("weakened", "M1", "targets.started.unit")]),
    ("a sum over others", target("exact", sum="actions"), [("weakened", "M1", "targets.exact.sum")]),
    ("the name of a target", target("started", name="动工"), [("field_changed", "M1", "targets.started.name")]),
    ("a target's day", target("started", due="2018-01-31"), [("milestone_moved", "M1", "targets.started.due")]),
    ("a target's day gone", lambda s: s.item("M1")["targets"]["started"].pop("due"),
     [("milestone_removed", "M1", "targets.started.due")]),
    ("a day for a target", target("left", due="2017-12-31"), [("milestone_added", "M1", "targets.left.due")]),
    ("a milestone moved", lambda s: s.item("M1")["milestones"]["plans"].update(due="2017-10-31"),
     [("milestone_moved", "M1", "milestones.plans.due")]),
    ("a milestone gone", lambda s: s.item("M1").pop("milestones"), [("milestone_removed", "M1", "milestones.plans")]),
    ("a new milestone", field("M2", milestones={"x": {"due": "2018-01-01"}}),
     [("milestone_added", "M2", "milestones.x")]),
    ("a report", adds("2017-08-01", "report"), [("entry_added", "M1", "2017-08-01/report")]),
    ("a reading", adds("2017-08-01", "reading", key="started", value=3),
     [("entry_added", "M1", "2017-08-01/reading/started")]),
    ("done", adds("2017-08-01", "done"), [("done", "M1", "2017-08-01/done")]),
    ("done once more", adds("2017-08-01", "done", "P1"), [("entry_added", "P1", "2017-08-01/done")]),
    ("closed", adds("2017-08-01", "close", "P1"), [("closed", "P1", "2017-08-01/close")]),
    ("a failed look-back", adds("2017-08-01", "lookback", "P1", key="relapsed"),
     [("relapsed", "P1", "2017-08-01/lookback/relapsed")]),
    ("a look-back that held", adds("2017-08-01", "lookback", "P1", key="held"),
     [("entry_added", "P1", "2017-08-01/lookback/held")]),
    ("a reopening of nothing", adds("2017-08-01", "reopen", until="2018-12-31"),
     [("entry_added", "M1", "2017-08-01/reopen")]),
    ("an extension", adds("2017-08-01", "extend", until="2018-06-30"), [("postponed", "M1", "due")]),
    ("an extension backwards", adds("2017-08-01", "extend", until="2017-10-30"), [("advanced", "M1", "due")]),
    ("an extension to the same day", adds("2017-08-01", "extend", until="2017-12-31"),
     [("entry_added", "M1", "2017-08-01/extend")]),
    ("an amendment", adds("2017-08-01", "amend", key="lead", value="市城管委"), [("lead_changed", "M1", "lead")]),
    ("an amendment of a goal", adds("2017-08-01", "amend", key="targets.started.goal", value=">= 40"),
     [("weakened", "M1", "targets.started.goal")]),
    ("an amendment of a milestone", adds("2017-08-01", "amend", key="milestones.plans.due", value="2017-10-01"),
     [("milestone_moved", "M1", "milestones.plans.due")]),
    ("an amendment of nothing", adds("2017-08-01", "amend", key="nowhere", value="x"),
     [("entry_added", "M1", "2017-08-01/amend/nowhere")]),
    ("a withdrawal", adds("2017-08-01", "withdraw", "M2", key="M1"), [("withdrawn", "M2", "2017-08-01/withdraw/M1")]),
    ("an exemption", adds("2017-08-01", "reading", key="started", value=40, exempt=6, note="搬迁"),
     [("weakened", "M1", "targets.started.exempt")]),
    ("a void", adds("2017-08-01", "void", "P1", key="2017-06-03/done"), [("entry_removed", "P1", "2017-06-03/done")]),
    ("a void of nothing", adds("2017-08-01", "void", "P1", key="2017-06-03/close"),
     [("entry_added", "P1", "2017-08-01/void/2017-06-03/close")]),
    ("a line gone", lambda s: s.facts.pop(0), [("entry_removed", "M1", "2017-05-01/start")]),
    ("a line rewritten", lambda s: s.fact("2017-06-01").update(value="46"),
     [("entry_rewritten", "M1", "2017-06-01/reading/started")]),
    ("a note filled in", lambda s: s.fact("2017-06-01").update(note="含在建"),
     [("field_changed", "M1", "2017-06-01/reading/started")]),
    ("a note filled in and a text changed", lambda s: s.fact("2017-06-02").update(note="x", text="y"),
     [("entry_rewritten", "M2", "2017-06-02/report")]),
    ("a late line", adds("2017-06-30", "report"), [("backdated", "M1", "2017-06-30/report")]),
    ("a line of the newest day", adds("2017-07-01", "report", "M2"), [("entry_added", "M2", "2017-07-01/report")]),
    ("closed for its stage, which is not closed", adds("2017-07-02", "close", "M2", key="stage"),
     [("entry_added", "M2", "2017-07-02/close/stage")]),
    ("an approver", setting("approvers", [OFFICE, "科员"]), [("setting_changed", "", "approvers")]),
    ("a closing step less", lambda s: s.settings["closing"]["steps"].pop(), [("setting_changed", "", "closing.steps")]),
    ("days of warning", lambda s: s.settings["warning"].update(due_soon_days=5),
     [("setting_changed", "", "warning.due_soon_days")]),
    ("the end of the ledger", setting("archived", "2019-01-01"), [("setting_changed", "", "archived")]),
    ("the week", setting("week", {"closes": "thursday", "roll_call": True}),
     [("setting_changed", "", "week.closes"), ("setting_changed", "", "week.roll_call")]),
    ("a time node", setting("time_nodes", [{"id": "2017", "date": "2017-12-31"}, {"id": "2018", "date": "2019-06-30"}]),
     [("setting_changed", "", "time_nodes.2018.date"), ("setting_changed", "", "time_nodes.2020")]),
    ("the baseline", setting("baseline", {"tag": "v1", "commit": "0" * 40}),
     [("setting_changed", "", "baseline.commit"), ("setting_changed", "", "baseline.tag")]),
    ("a new unit", lambda s: s.settings["units"].append({"name": "新区"}), [("unit_changed", "", "units.新区")]),
    ("a unit gone", lambda s: s.settings["units"].pop(), [("unit_changed", "", "units.市城管委")]),
    ("another kind of unit", lambda s: s.settings["units"][0].update(kind="department"),
     [("unit_changed", "", "units.市环保局")]),
    ("a claim gone", lambda s: s.claims["claims"].pop(), [("claim_changed", "", "claims.c1")]),
    ("a claimed figure", lambda s: s.claims["claims"][0]["figures"].update({"measures.total": 5}),
     [("claim_changed", "", "claims.c1.figures.measures.total")]),
    ("a gap", lambda s: s.claims["claims"][0].update(gap="缺页"), [("claim_changed", "", "claims.c1.gap")]),
    ("a fact", lambda s: s.claims["facts"]["villages"].update(approx="yu"), [("claim_changed", "", "facts.villages")]),
    ("a sum", lambda s: s.claims["sums"].append("villages > 1"), [("claim_changed", "", "sums.villages > 1")]),
    ("a seal", lambda s: s.claims.update(seals=[{"through": "2017-06-30", "entries": 4, "sha256": "ab"}]),
     [("claim_changed", "", "seals.2017-06-30")]),
    ("a waiver", lambda s: s.waivers.append(WAIVER), [("waiver_added", "M1", "waivers.L801")]),
]  # fmt: skip


@pytest.mark.parametrize("edit, expected", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_edit_is_told_as_exactly_what_it_is(edit: Edit, expected: list[tuple[str, str, str]]):
    assert told(edit) == expected


def test_the_cases_cover_every_kind():
    assert {kind for _, _, expected in CASES for kind, _, _ in expected} | {"strengthened", "reopened"} == set(KINDS)


@pytest.mark.parametrize("key, before, after, kind", [
    ("started", ">= 46", ">= 45.9", "weakened"), ("started", ">= 46", ">= 47", "strengthened"),
    ("left", "<= 3", "<= 4", "weakened"), ("left", "<= 3", "<= 0", "strengthened"),
    ("exact", "= 3", "= 4", "weakened"), ("exact", "= 3", "= 2", "weakened"),
    ("started", ">= 46", "= 46", "strengthened"), ("started", ">= 46", "= 45", "weakened"),
    ("exact", "= 3", ">= 3", "weakened"), ("started", ">= 46", "<= 46", "weakened"), ("left", "<= 3", "= 2", "strengthened"),
    ("started", ">= 46", None, "weakened"),
])  # fmt: skip
def test_weaker_is_judged_by_the_direction_of_the_goal(key: str, before: str, after: str | None, kind: str):
    edit = target(key, goal=after) if after else lambda s: s.item("M1")["targets"][key].pop("goal")
    (found,) = made(edit)
    assert (found.kind, found.field, found.before, found.after) == (kind, f"targets.{key}.goal", before, after)


@pytest.mark.parametrize("name, before, after, kind", [
    ("firm", "full", None, "weakened"), ("firm", "full", "basic", "weakened"), ("firm", "full", "advance", "weakened"),
    ("firm", None, "full", "strengthened"), ("firm", None, "basic", "weakened"), ("firm", "basic", None, "strengthened"),
    ("firm", "basic", "advance", "weakened"), ("firm", "advance", "basic", "strengthened"),
    ("from", "20", "30", "weakened"), ("from", "20", "10", "strengthened"), ("from", None, "20", "weakened"),
    ("from", "20", None, "strengthened"), ("goal", None, "<= 9", "strengthened"),
])  # fmt: skip
def test_other_ways_to_promise_less(name: str, before: str | None, after: str | None, kind: str):
    old, new = sheet(), sheet()
    for made_, value in ((old, before), (new, after)):
        cells = made_.item("M1")["targets"]["left"]
        cells.pop(name, None)
        cells.update({name: value} if value else {})
    (found,) = between(old, new)
    assert (found.kind, found.before, found.after) == (kind, before, after)


class TestWhatIsNoChange:
    def test_a_ledger_and_itself(self):
        assert made() == []

    @pytest.mark.parametrize("edit", [
        lambda s: s.measures.reverse(), lambda s: s.facts.reverse(), lambda s: s.facts.append(s.facts[0]),
        lambda s: s.item("M1").update(targets=dict(reversed(s.item("M1")["targets"].items()))),
        field("M1", added="2017-01-01"), field("M1", start="2017-01-01"), field("M1", weight="1.0"),
        field("M1", title={"zh": "title of M1", "en": "title of M1"}), field("M1", title={"zh": "title of M1"}),
        target("started", goal=46), target("started", goal="≥46.0"), field("M1", steps=[]), field("M1", remark=""),
        lambda s: s.settings["units"].reverse(), setting("language", "en"), setting("week", {"closes": "sunday"}),
        lambda s: s.facts.append(s.facts.pop(1)),
    ])  # fmt: skip
    def test_other_words_for_the_same(self, edit: Edit):
        assert made(edit) == []

    def test_items_and_lines_in_other_files(self):
        texts = sheet().files()
        office = str(texts["journal/2017/office.csv"]).splitlines(keepends=True)
        after = {**texts, "journal/2017/office.csv": "".join(office[:3]),
                 "journal/2018/other.csv": office[0] + "".join(office[3:])}  # fmt: skip
        assert changes(read(texts), read(after)) == []

    def test_line_ends_of_a_checkout(self):
        before = edited(lambda s: s.facts.append(fact("2017-08-01", "report", text="一\n二"))).files()
        after = {path: str(text).replace("\n", "\r\n") for path, text in before.items()}
        assert changes(read(before), read(after)) == []

    def test_a_book_in_csv_in_place_of_yaml(self):
        edit = lambda s: s.measures.__setitem__(slice(None), [item("M1"), item("M2")])
        before = edited(edit).files()
        table = "id,lead,title,due\n" + "".join(f"M{n},市环保局,title of M{n},2017-12-31\n" for n in (1, 2))
        after = {**before, "measures.csv": table,
                 "ledger.yaml": str(before["ledger.yaml"]).replace("measures.yaml", "measures.csv")}  # fmt: skip
        assert [(one.kind, one.field) for one in changes(read(before), read(after))] == [
            ("setting_changed", "books.measures.path")
        ]

    def test_an_item_of_another_book_is_the_same_item(self):
        assert told(lambda s: s.problems.append(s.measures.pop())) == [("field_changed", "M4", "book")]


class TestUnitsUnderNewNames:
    RENAMED = [
        {"name": "市生态环境局", "was": ["市环保局"]},
        {"name": "万州区", "kind": "district"},
        {"name": "市城管委"},
    ]

    def renamed(self, *edits: Edit) -> list[tuple[str, str, str]]:
        return told(setting("units", self.RENAMED), *edits)

    def test_a_renamed_unit_is_told_once(self):
        rename = [field(id_, lead="市生态环境局") for id_ in ("M1", "M2", "M3", "M4", "P1")]
        assert self.renamed(*rename) == [("unit_changed", "", "units.市生态环境局")]
        assert self.renamed() == [("unit_changed", "", "units.市生态环境局")]

    def test_a_line_under_the_new_name_is_the_same_line(self):
        before = edited(lambda s: s.fact("2017-06-01").update(by="市环保局"))
        after = edited(setting("units", self.RENAMED), lambda s: s.fact("2017-06-01").update(by="市生态环境局"))
        assert [one.kind for one in between(before, after)] == ["unit_changed"]

    def test_a_unit_that_merely_took_over_is_another(self):
        units = [{"name": "市生态环境局"}, *sheet().settings["units"]]
        assert ("lead_changed", "M1", "lead") in told(setting("units", units), field("M1", lead="市生态环境局"))

    def test_an_old_name_that_is_given_to_a_new_unit_is_another_unit(self):
        before = edited(setting("units", self.RENAMED))
        units = [{"name": "市生态环境局"}, *self.RENAMED[1:], {"name": "市环保局"}]
        before.item("M1").update(lead="市生态环境局")
        after = copy.deepcopy(before)
        after.settings["units"] = units
        after.item("M1").update(lead="市环保局")
        assert "lead_changed" in [one.kind for one in between(before, after)]


class TestDays:
    def test_a_postponement_in_days_with_the_original(self):
        (found,) = made(adds("2017-08-01", "extend", until="2018-01-30"))
        assert (found.before, found.after, found.days, str(found.original)) == (
            "2017-12-31",
            "2018-01-30",
            30,
            "2017-12-31",
        )

    @pytest.mark.parametrize("extends", [True, False])
    def test_ten_postponements_of_three_days_are_thirty(self, extends: bool):
        days = [f"2018-01-{3 * n:02}" for n in range(1, 11)]
        versions = [sheet()]
        for n, day in enumerate(days):
            later = copy.deepcopy(versions[-1])
            (adds(f"2017-08-{n + 1:02}", "extend", until=day) if extends else field("M1", due=day))(later)
            versions.append(later)
        assert [[one.days for one in between(a, b)] for a, b in pairwise(versions)] == [[3]] * 10
        (whole,) = between(versions[0], versions[-1])
        assert (whole.kind, whole.days) == ("postponed", 30)
        (last,) = between(versions[-2], versions[-1])
        assert str(last.original) == ("2017-12-31" if extends else "2018-01-27")

    def test_the_plan_edited_and_extended_are_two_things(self):
        found = made(field("M1", due="2018-01-10"), adds("2017-08-01", "extend", until="2018-01-30"))
        assert [(one.days, one.explained, one.path[:7]) for one in found] == [
            (10, False, "measure"),
            (20, True, "journal"),
        ]

    def test_a_reopening_sets_a_deadline_that_no_one_postponed(self):
        failed = adds("2017-08-01", "lookback", "P1", key="relapsed")
        reopen = adds("2017-08-02", "reopen", "P1", until="2019-06-30")
        assert told(failed, reopen) == [
            ("relapsed", "P1", "2017-08-01/lookback/relapsed"),
            ("reopened", "P1", "2017-08-02/reopen"),
        ]
        more = made(failed, reopen, adds("2017-08-03", "extend", "P1", until="2019-07-30"))
        assert [one.days for one in more if one.kind == "postponed"] == [30]

    def test_an_extension_taken_back_is_an_advance(self):
        before = edited(adds("2017-08-01", "extend", until="2018-01-30"))
        after = copy.deepcopy(before)
        adds("2017-08-02", "void", key=f"2017-08-01/extend///{OFFICE}")(after)
        (found,) = between(before, after)
        assert (found.kind, found.days, found.explained) == ("advanced", -30, True)

    def test_a_milestone_in_days(self):
        (found,) = made(lambda s: s.item("M1")["milestones"]["plans"].update(due="2017-10-15"))
        assert found.days == 15


class TestExplained:
    def explained(self, *edits: Edit) -> list[bool]:
        return [one.explained for one in made(*edits)]

    @pytest.mark.parametrize("by, expected", [
        (OFFICE, True), ("市环保局", False), ("万州区", False), ("市城管委", False), ("陌生人", False),
    ])  # fmt: skip
    def test_only_an_approver_explains(self, by: str, expected: bool):
        for edit in (adds("2017-08-01", "extend", until="2018-06-30", by=by),
                     adds("2017-08-01", "amend", key="targets.started.goal", value="40", by=by),
                     adds("2017-08-01", "withdraw", "M2", by=by),
                     adds("2017-08-01", "void", "P1", key="2017-06-03/done", by=by)):  # fmt: skip
            assert self.explained(edit) == [expected]

    def test_without_approvers_any_line_explains(self):
        before = edited(lambda s: s.settings.pop("approvers"))
        after = copy.deepcopy(before)
        adds("2017-08-01", "extend", until="2018-06-30", by="万州区")(after)
        assert [one.explained for one in between(before, after)] == [True]

    @pytest.mark.parametrize("edit", [
        field("M1", due="2018-06-30"), target("started", goal=40), lambda s: s.measures.pop(1), field("M1", lead="市城管委"),
        lambda s: s.facts.pop(0), lambda s: s.fact("2017-06-01").update(value="46"), lambda s: s.waivers.append(WAIVER),
        setting("archived", "2019-01-01"), adds("2017-08-01", "done"), adds("2017-06-01", "report"),
        adds("2017-08-01", "reading", key="started", value=40, exempt=6, note="x"),
    ])  # fmt: skip
    def test_an_edit_without_a_line_in_the_journal_is_not(self, edit: Edit):
        assert self.explained(edit) == [False]

    def test_an_edit_of_the_plan_with_the_line_that_says_so_is_and_the_line_is_not_told_again(self):
        for edit, line in (
            (field("M1", due="2018-06-30"), adds("2017-08-01", "extend", until="2018-06-30")),
            (target("started", goal=40), adds("2017-08-01", "amend", key="targets.started.goal", value=">= 40")),
            (lambda s: s.item("M1")["targets"].pop("left"), adds("2017-08-01", "amend", key="targets.left", value="取消")),
            (field("M1", lead="市城管委"), adds("2017-08-01", "amend", key="lead", value="市城管委")),
            (lambda s: s.measures.pop(1), adds("2017-08-01", "withdraw", "M2", key="M1")),
        ):  # fmt: skip
            assert self.explained(edit, line) == [True]

    @pytest.mark.parametrize("edit, key, value", [
        (lambda s: s.item("M1")["targets"].pop("left"), "targets.left.goal", "<= 9"),
        (lambda s: s.item("M1")["targets"].pop("left"), "targets.left.firm", "full"),
        (lambda s: s.item("M1")["targets"]["started"].pop("due"), "targets.started.due", "2018-12-31"),
        (lambda s: s.item("M1").pop("milestones"), "milestones.plans.due", "2018-09-30"),
    ])  # fmt: skip
    def test_an_amendment_of_a_part_does_not_explain_that_the_whole_is_gone(self, edit: Edit, key: str, value: str):
        found = made(edit, adds("2017-08-01", "amend", key=key, value=value))
        assert [one.explained for one in found if one.kind.endswith("_removed")] == [False]

    def test_an_amendment_that_holds_no_value_explains_nothing(self):
        found = made(field("M2", weight=1), adds("2017-08-01", "amend", "M2", key="weight", value="不详"))
        assert [one.explained for one in found if one.kind == "weight_changed"] == [False]

    @pytest.mark.parametrize("key, value, reached, expected", [
        ("targets.started.goal", ">= 40", 40, True), ("targets.started.goal", ">= 41", 40, False),
        ("targets.started.goal", ">= 40", 34, False), ("targets.started.firm", "full", 40, False),
        ("targets.left.goal", "<= 9", 40, False),
    ])  # fmt: skip
    def test_an_exemption_is_explained_by_a_goal_that_is_met_without_it(
        self, key: str, value: str, reached: int, expected: bool
    ):
        found = made(adds("2017-08-01", "reading", key="started", value=reached, exempt=6, note="x", by="万州区"),
                     adds("2017-07-31", "amend", key=key, value=value))  # fmt: skip
        assert [one.explained for one in found if one.field == "targets.started.exempt"] == [expected]

    def test_a_line_that_says_something_else_does_not(self):
        found = made(target("started", goal=30), adds("2017-08-01", "amend", key="targets.started.goal", value="40"))
        assert [(one.before, one.after, one.explained) for one in found if "journal" not in one.path] == [
            (">= 46", ">= 30", False)
        ]
        assert (
            self.explained(field("M1", due="2018-06-30"), adds("2017-08-01", "extend", until="2018-03-31"))[0] is False
        )

    @pytest.mark.parametrize("event, cells, name, kind", [
        ("extend", {"until": "2018-06-30"}, f"2017-07-10/extend///{OFFICE}", "postponed"),
        ("amend", {"key": "targets.started.goal", "value": "40"},
         f"2017-07-10/amend/targets.started.goal/40/{OFFICE}", "weakened"),
    ])  # fmt: skip
    @pytest.mark.parametrize("by", [OFFICE, "万州区"])
    def test_a_void_of_a_void_is_what_brings_a_line_back_if_somebody_decided_it(
        self, event: str, cells: dict[str, str], name: str, kind: str, by: str
    ):
        taken = [adds("2017-07-10", event, **cells), adds("2017-07-11", "void", key=name)]
        back = adds("2017-07-12", "void", key=f"2017-07-11/void/{name}//{OFFICE}", by=by)
        (one,) = between(edited(*taken), edited(*taken, back))
        found = (kind, True) if by == OFFICE else ("entry_added", False)
        assert (one.kind, one.explained, one.path, one.line) == (*found, "journal/2017/office.csv", 9)
        assert one.entry is not None
        assert one.entry.event == "void"

    def test_a_void_explains_a_line_that_was_also_removed_or_rewritten(self):
        void = adds("2017-08-01", "void", "M1", key="2017-06-01/reading/started/40/万州区")
        gone = made(lambda s: s.facts.remove(s.fact("2017-06-01")), void)
        assert [(one.kind, one.explained) for one in gone if one.kind == "entry_removed"] == [("entry_removed", True)]
        changed = made(lambda s: s.fact("2017-06-01").update(value="46"), void)
        assert [(one.kind, one.explained) for one in changed if one.kind == "entry_rewritten"] == [
            ("entry_rewritten", True)
        ]

    def test_a_void_that_is_taken_back_explains_nothing(self):
        void = adds("2017-08-01", "void", "P1", key="2017-06-03/done")
        again = adds("2017-08-02", "void", "P1", key=f"2017-08-01/void/2017-06-03/done//{OFFICE}")
        assert {one.kind for one in made(void, again)} == {"entry_added"}

    def test_the_earlier_version_says_who_approves(self):
        found = made(
            setting("approvers", ["市城管委"]), adds("2017-08-01", "extend", until="2018-06-30", by="市城管委")
        )
        assert [(one.kind, one.explained) for one in found] == [("postponed", False), ("setting_changed", False)]

    def test_a_unit_does_not_become_an_approver_by_taking_its_name(self):
        units = [{"name": "市城管委", "was": [OFFICE]}, *sheet().settings["units"][:2]]
        found = made(setting("units", units), adds("2017-08-01", "extend", until="2018-06-30", by="市城管委"))
        assert ("postponed", False) in [(one.kind, one.explained) for one in found]

    def test_nobody_approves_for_an_item_that_is_or_was_his_own(self):
        own = setting("approvers", ["市环保局", "市城管委"])
        before = edited(own)
        after = edited(
            own, field("M1", lead="市城管委"), adds("2017-08-01", "extend", until="2018-06-30", by="市环保局")
        )
        assert [one.explained for one in between(before, after) if one.kind == "postponed"] == [False]

    def test_a_line_rewritten_into_an_approval_is_none(self):
        before = edited(adds("2017-08-01", "extend", until="2018-03-31"))
        after = edited(adds("2017-08-01", "extend", until="2018-12-31"))
        assert [(one.kind, one.explained) for one in between(before, after)] == [
            ("entry_rewritten", False), ("postponed", False)]  # fmt: skip


class TestBackdating:
    def seals(self, through: str) -> Edit:
        return lambda s: s.claims.update(seals=[{"through": through, "entries": 1, "sha256": "ab"}])

    @pytest.mark.parametrize("day, expected", [("2017-06-15", True), ("2017-06-16", False), ("2017-07-02", False)])
    def test_with_seals_up_to_the_last_seal(self, day: str, expected: bool):
        before = edited(self.seals("2017-06-15"))
        after = copy.deepcopy(before)
        adds(day, "report", "M2")(after)
        assert ["backdated" in one.kind for one in between(before, after)] == [expected]

    def test_a_seal_added_together_with_its_lines_makes_none_of_them_late(self):
        before = edited(self.seals("2017-06-15"))
        after = edited(self.seals("2017-08-15"), adds("2017-08-01", "report"))
        assert "backdated" not in [one.kind for one in between(before, after)]

    def test_a_late_line_with_an_effect_is_told_as_both(self):
        found = made(adds("2017-06-01", "done", "M2"), adds("2017-06-02", "extend", "M1", until="2018-06-30"))
        assert sorted(one.kind for one in found) == ["backdated", "backdated", "done", "postponed"]

    def test_the_first_line_of_all_is_never_late(self):
        before = edited(lambda s: s.facts.clear())
        assert [
            one.kind for one in between(before, edited(lambda s: s.facts.__setitem__(slice(None), s.facts[:1])))
        ] == ["entry_added"]


class TestPlaces:
    @pytest.mark.parametrize("edit, path, text", [
        (field("M2", due="2019-01-01"), "measures.yaml", '"due": "2019-01-01"'),
        (target("left", goal="<= 9"), "measures.yaml", '"goal": "<= 9"'),
        (lambda s: s.settings["warning"].update(due_soon_days=5), "ledger.yaml", '"due_soon_days": 5'),
        (adds("2017-08-01", "extend", until="2018-06-30"), "journal/2017/office.csv", "2017-08-01,M1,extend"),
        (lambda s: s.waivers.append(WAIVER), "waivers.yaml", '"code": "L801"'),
        (lambda s: s.claims["claims"][0].update(gap="缺页"), "claims.yaml", '"gap": "缺页"'),
    ])  # fmt: skip
    def test_what_is_there_is_placed_in_the_later_version(self, edit: Edit, path: str, text: str):
        after = edited(edit)
        (found,) = between(sheet(), after)
        assert found.path == path
        assert text in str(after.files()[path]).splitlines()[found.line - 1]

    @pytest.mark.parametrize("edit, path, text", [
        (lambda s: s.measures.pop(1), "measures.yaml", '"id": "M2"'),
        (lambda s: s.item("M1")["targets"].pop("left"), "measures.yaml", '"left": {'),
        (lambda s: s.facts.pop(1), "journal/2017/office.csv", "2017-06-01,M1,reading"),
        (lambda s: s.settings["units"].pop(1), "ledger.yaml", '"name": "万州区"'),
    ])  # fmt: skip
    def test_what_is_gone_is_placed_in_the_earlier_one(self, edit: Edit, path: str, text: str):
        (found,) = made(edit)
        lines = str(sheet().files()[found.path]).splitlines()
        assert found.path == path
        assert text in "\n".join(lines[found.line - 1 : found.line + 1])


class TestSeveralAtOnce:
    def test_the_worst_come_first_and_what_is_explained_last(self):
        found = made(
            adds("2017-08-01", "extend", until="2018-06-30"), field("M2", due="2018-07-30"), field("P1", due="2019-12-31"),
            adds("2017-08-02", "report"), lambda s: s.facts.pop(0), field("M4", title="新"), lambda s: s.measures.pop(2),
        )  # fmt: skip
        assert [(one.kind, one.item) for one in found] == [
            ("removed", "M3"), ("entry_removed", "M1"), ("postponed", "P1"), ("postponed", "M2"), ("retitled", "M4"),
            ("entry_added", "M1"), ("postponed", "M1"),
        ]  # fmt: skip
        assert worst_first(reversed(found)) == found

    def test_an_id_that_stands_twice_is_compared_as_often(self):
        twice = lambda s: s.measures.append(item("M2", title="另一个"))
        before = edited(twice)
        after = edited(twice, lambda s: s.measures[-1].update(due="2019-12-31"))
        found = changes(read(before.files()), read(after.files()))
        assert [(one.kind, one.item) for one in found] == [("postponed", "M2")]
        gone = changes(read(before.files()), read(sheet().files()))
        assert [(one.kind, one.before) for one in gone] == [("removed", "另一个")]

    def test_lines_about_no_item_are_lines_all_the_same(self):
        before, after = (
            edited(adds("2017-07-02", "report", "X9")),
            edited(adds("2017-07-02", "report", "X9", text="改")),
        )
        found = changes(read(before.files()), read(after.files()))
        assert [(one.kind, one.item) for one in found] == [("entry_rewritten", "X9")]

    def test_against_the_baseline_its_own_line_is_no_softening(self):
        found = made(setting("baseline", {"tag": "v", "commit": "0" * 40}), setting("archived", "2019-01-01"))
        named = {one.field: one.explained for one in baseline_named(found)}
        assert named == {"archived": False, "baseline.commit": True, "baseline.tag": True}

    @pytest.mark.parametrize("edit", [
        lambda s: s.claims["claims"].append({"id": "c2", "as_of": "2017-07-27", "figures": {"measures.total": 4}}),
        lambda s: s.claims.update(seals=[{"through": "2017-07-20", "entries": 5, "sha256": "ab" * 32}]),
        lambda s: s.claims["facts"].update(towns={"value": 3}), lambda s: s.settings["units"].append({"name": "市水利局"}),
        lambda s: s.settings["warning"].update(due_soon_days=60), setting("title", "x"),
        adds("2017-06-15", "report", "M2", text="晚报"),
    ])  # fmt: skip
    def test_what_is_added_or_stricter_needs_no_answer(self, edit: Edit):
        assert [one.needs_answer for one in made(edit)] == [False]

    @pytest.mark.parametrize("edit", [
        lambda s: s.claims["claims"][0].update(as_of="2017-07-27"), lambda s: s.claims["facts"].pop("villages"),
        lambda s: s.claims["claims"][0].update(gap="缺页"), lambda s: s.settings["units"].pop(),
        lambda s: s.settings["units"].append({"name": "市水利局", "was": ["市水务局"]}),
        lambda s: s.settings["warning"].update(due_soon_days=3), lambda s: s.waivers.append(WAIVER),
    ])  # fmt: skip
    def test_what_is_changed_taken_out_or_softer_needs_one(self, edit: Edit):
        assert [one.needs_answer for one in made(edit)] == [True]

    def test_a_late_line_needs_an_answer_only_where_its_day_is_sealed(self):
        seal: Edit = lambda s: s.claims.update(seals=[{"through": "2017-06-30", "entries": 5, "sha256": "ab" * 32}])
        late = adds("2017-06-15", "report", "M2", text="晚报")
        (one,) = between(edited(seal), edited(seal, late))
        assert (one.kind, one.needs_answer) == ("backdated", True)

    def test_progress_and_corrections_worry_nobody(self):
        assert not WORRYING & {
            "done",
            "closed",
            "added",
            "entry_added",
            "advanced",
            "strengthened",
            "retitled",
            "reopened",
        }
        assert {"removed", "postponed", "weakened", "entry_rewritten", "backdated", "setting_changed"} <= WORRYING
