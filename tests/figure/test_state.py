"""How far an item is, on a day."""

from __future__ import annotations

import pytest

from tests.paper import fact, figures, files, item, sound, stand, whole

pytestmark = pytest.mark.quick

STAGE = {"plans": {"name": "方案", "due": "2017-09-30"}}


def state(day: str, *facts: dict[str, str], **fields: object) -> str:
    return stand(day, *facts, **fields).state


def test_an_item_nobody_has_touched_is_planned():
    assert state("2017-06-30") == "planned"


@pytest.mark.parametrize("event, cells", [
    ("start", {}), ("report", {}), ("progress", {"value": 10}), ("reading", {"key": "a", "value": 1}),
    ("trouble", {}), ("milestone", {"key": "plans"}), ("step", {"key": "self_check"}),
])  # fmt: skip
def test_work_on_it_makes_it_active(event: str, cells: dict[str, object]):
    work = fact("2017-06-30", event, **cells)
    assert state("2017-06-29", work) == "planned"
    assert state("2017-06-30", work) == "active"


@pytest.mark.parametrize("event, cells", [
    ("extend", {"until": "2018-06-30"}), ("expect", {"until": "2018-06-30"}), ("supervise", {"key": "letter"}),
    ("lookback", {"key": "held"}), ("amend", {"key": "lead", "value": "市水利局"}), ("lift", {}),
])  # fmt: skip
def test_what_others_do_about_it_is_no_work_on_it(event: str, cells: dict[str, object]):
    assert state("2017-06-30", fact("2017-06-30", event, **cells)) == "planned"


def test_done_counts_from_its_day_on():
    done = fact("2017-06-30", "done")
    assert state("2017-06-29", done) == "planned"
    assert state("2017-06-30", done) == "done"


def test_closed_counts_as_done_too_even_without_a_done_entry():
    texts = files([item()], [fact("2017-06-30", "close")])
    counted = figures("2017-06-30", texts)
    assert (counted["closed"], counted["done"]) == (1, 1)
    assert figures("2017-06-29", texts)["closed"] == 0


def test_closed_goes_further_than_done():
    assert state("2017-08-01", fact("2017-06-30", "done"), fact("2017-07-30", "close")) == "closed"


def test_a_stage_is_done_when_every_milestone_that_has_come_due_is_reported_met():
    met = fact("2017-09-01", "milestone", key="plans")
    assert state("2017-09-29", met, milestones=STAGE) == "active"
    assert state("2017-09-30", met, milestones=STAGE) == "stage_done"


def test_a_milestone_reported_twice_was_met_on_the_first_day():
    again = fact("2017-09-20", "milestone", key="plans", text="again")
    (stage,) = stand("2017-09-30", fact("2017-09-01", "milestone", key="plans"), again, milestones=STAGE).stages
    assert str(stage.met_on) == "2017-09-01"


def test_one_milestone_that_is_due_and_unmet_keeps_the_stage_open():
    two = {**STAGE, "works": {"due": "2017-10-31"}}
    met = fact("2017-09-01", "milestone", key="plans")
    assert state("2017-10-30", met, milestones=two) == "stage_done"
    assert state("2017-10-31", met, milestones=two) == "active"


def test_a_milestone_met_late_is_met():
    assert state("2017-11-20", fact("2017-11-20", "milestone", key="plans"), milestones=STAGE) == "stage_done"


def test_an_item_without_milestones_has_no_stage():
    assert state("2017-12-30", fact("2017-06-30", "report")) == "active"


def test_a_target_with_its_own_deadline_is_met_by_the_reading_that_reaches_it():
    target = {"started": {"goal": 46, "due": "2017-09-30"}}
    almost = fact("2017-09-01", "reading", key="started", value=45)
    reached = fact("2017-09-20", "reading", key="started", value=46)
    assert state("2017-09-30", almost, targets=target) == "active"
    assert state("2017-09-30", almost, reached, targets=target) == "stage_done"


def test_a_target_reported_met_counts_as_met_whatever_its_reading():
    target = {"started": {"goal": 46, "due": "2017-09-30"}}
    facts = [fact("2017-09-30", "reading", key="started", value=43), fact("2017-09-30", "milestone", key="started")]
    standing = stand("2017-09-30", *facts, targets=target)
    assert (standing.state, standing.short) == ("stage_done", ("started",))


def test_a_failed_look_back_makes_it_relapsed_and_not_done():
    facts = [fact("2017-06-30", "done"), fact("2017-09-01", "lookback", key="relapsed")]
    assert state("2017-08-31", *facts) == "done"
    counted = figures("2017-09-01", files([item()], facts))
    assert (counted["relapsed"], counted["done"], counted["active"]) == (1, 0, 0)


def test_a_look_back_that_held_changes_nothing():
    assert state("2017-12-01", fact("2017-06-30", "done"), fact("2017-09-01", "lookback", key="held")) == "done"


def test_a_relapsed_item_done_again_is_done():
    facts = [fact("2017-06-30", "done"), fact("2017-09-01", "lookback", key="relapsed"), fact("2017-11-01", "done")]
    assert state("2017-10-31", *facts) == "relapsed"
    assert state("2017-11-01", *facts) == "done"


RELAPSE = [fact("2017-06-30", "done"), fact("2017-09-01", "lookback", key="relapsed")]


def test_a_reopened_item_is_active_with_the_deadline_of_its_new_round():
    standing = stand("2017-09-15", *RELAPSE, fact("2017-09-10", "reopen", until="2018-03-31"))
    assert (standing.state, str(standing.deadline)) == ("active", "2018-03-31")
    assert str(standing.original) == "2017-12-31"


def test_a_reopening_on_the_very_day_of_the_relapse_counts():
    standing = stand("2017-09-01", *RELAPSE, fact("2017-09-01", "reopen", until="2018-03-31"))
    assert (standing.state, str(standing.deadline)) == ("active", "2018-03-31")


def test_a_reopening_without_a_relapse_changes_nothing():
    standing = stand("2017-09-15", fact("2017-06-30", "done"), fact("2017-09-10", "reopen", until="2018-03-31"))
    assert (standing.state, str(standing.deadline)) == ("done", "2017-12-31")


def test_a_second_round_can_be_done_and_relapse_like_the_first():
    facts = [
        *RELAPSE, fact("2017-09-10", "reopen", until="2018-03-31"), fact("2018-02-01", "done"),
        fact("2018-05-01", "lookback", key="relapsed"),
    ]  # fmt: skip
    assert state("2018-02-01", *facts) == "done"
    assert state("2018-05-01", *facts) == "relapsed"


def test_a_withdrawn_item_is_out_of_the_totals_from_that_day():
    texts = files([item(), item("M2")], [fact("2017-06-30", "withdraw", key="M2")])
    before, after = figures("2017-06-29", texts), figures("2017-06-30", texts)
    assert (before["total"], before["withdrawn"]) == (2, 0)
    assert (after["total"], after["withdrawn"], after["planned"]) == (1, 1, 1)


def test_an_item_does_not_exist_before_it_is_added():
    texts = files([item(), item("M2", added="2017-06-30")])
    assert figures("2017-06-29", texts)["total"] == 1
    assert figures("2017-06-30", texts)["total"] == 2


def test_items_without_an_added_day_exist_from_the_start_of_the_ledger():
    assert figures("2016-12-31", files([item()]))["total"] == 0
    assert figures("2017-01-01", files([item()]))["total"] == 1


def test_supervision_lasts_until_it_is_lifted():
    facts = [
        fact("2017-06-30", "supervise", key="listed", doc="7号"),
        fact("2017-09-30", "lift", key="listed", doc="7号"),
    ]
    texts = files([item()], facts)
    assert [figures(day, texts)["supervised"] for day in ("2017-06-29", "2017-06-30", "2017-09-29", "2017-09-30")] == [
        0,
        1,
        1,
        0,
    ]


def test_lifting_one_order_leaves_the_other():
    facts = [
        fact("2017-06-01", "supervise", key="listed"), fact("2017-06-02", "supervise", key="letter"),
        fact("2017-07-01", "lift", key="letter"),
    ]  # fmt: skip
    assert figures("2017-08-01", files([item()], facts))["supervised"] == 1


class TestVoid:
    """The only way to take back a line."""

    DONE = fact("2017-06-30", "done")

    def test_a_voided_entry_no_longer_counts_from_the_day_of_the_void(self):
        void = fact("2017-08-01", "void", key="2017-06-30/done")
        assert state("2017-07-31", self.DONE, void) == "done"
        assert state("2017-08-01", self.DONE, void) == "planned"

    def test_a_void_names_key_value_and_unit_of_its_entry(self):
        first = fact("2017-06-30", "reading", key="a", value=5, by="万州区")
        second = fact("2017-06-30", "reading", key="a", value=4, by="开州区")
        void = fact("2017-08-01", "void", key="2017-06-30/reading/a/4/开州区")
        standing = stand("2017-08-01", first, second, void, targets={"a": {"goal": 10}})
        assert standing.reading("a").value == 5

    def test_a_void_that_names_nothing_changes_nothing(self):
        void = fact("2017-08-01", "void", key="2017-06-29/done")
        assert state("2017-08-01", self.DONE, void) == "done"

    @pytest.mark.parametrize("tail", ["", "/", "//", "///"])
    def test_the_empty_tail_of_the_name_is_optional(self, tail: str):
        assert state("2017-08-01", self.DONE, fact("2017-08-01", "void", key="2017-06-30/done" + tail)) == "planned"

    def test_a_void_of_another_item_changes_nothing(self):
        facts = [self.DONE, fact("2017-08-01", "void", "M2", key="2017-06-30/done")]
        assert figures("2017-08-01", files([item(), item("M2")], facts))["done"] == 1

    def test_a_voided_void_lets_its_entry_count_again(self):
        void = fact("2017-08-01", "void", key="2017-06-30/done", by="办公室")
        back = fact("2017-09-01", "void", key="2017-08-01/void/2017-06-30/done//办公室", by="办公室")
        assert state("2017-08-31", self.DONE, void, back) == "planned"
        assert state("2017-09-01", self.DONE, void, back) == "done"

    def test_a_value_with_a_slash_can_be_named(self):
        amend = fact("2017-06-30", "amend", key="lead", value="甲/乙", by="领导小组")
        void = fact("2017-08-01", "void", key="2017-06-30/amend/lead/甲/乙/领导小组")
        assert stand("2017-08-01", amend, void).item.lead == "市环保局"

    def test_a_voided_withdrawal_puts_the_item_back(self):
        facts = [
            fact("2017-06-30", "withdraw", by="领导小组"),
            fact("2017-08-01", "void", key="2017-06-30/withdraw///领导小组"),
        ]
        texts = files([item()], facts)
        assert [figures(day, texts)["total"] for day in ("2017-07-31", "2017-08-01")] == [0, 1]

    def test_a_voided_extension_gives_the_deadline_before_it(self):
        facts = [fact("2017-06-01", "extend", until="2018-03-31", by="领导小组"),
                 fact("2017-06-02", "void", key="2017-06-01/extend///领导小组")]  # fmt: skip
        assert str(stand("2017-06-01", *facts).deadline) == "2018-03-31"
        assert str(stand("2017-06-02", *facts).deadline) == "2017-12-31"


class TestAmend:
    """What was approved acts on top of the plan, which stays as it was."""

    def test_an_amended_goal_holds_from_its_day_on(self):
        facts = [fact("2017-03-01", "reading", key="a", value=40),
                 fact("2017-06-01", "amend", key="targets.a.goal", value=">= 40")]  # fmt: skip
        targets = {"a": {"goal": 50}}
        assert stand("2017-05-31", *facts, targets=targets).progress * 100 == 80
        assert stand("2017-06-01", *facts, targets=targets).progress * 100 == 100

    def test_an_amended_lead_moves_the_item_to_its_new_group(self):
        ledger = sound(files([item()], [fact("2017-06-01", "amend", key="lead", value="市水利局")]))
        assert [group["key"] for group in whole(ledger, "2017-05-31", "lead")["groups"]] == ["市环保局"]
        assert [group["key"] for group in whole(ledger, "2017-06-01", "lead")["groups"]] == ["市水利局"]

    def test_an_amended_weight_counts(self):
        facts = [fact("2017-02-01", "progress", value=100), fact("2017-02-01", "progress", "M2", value=0),
                 fact("2017-06-01", "amend", key="weight", value=3)]  # fmt: skip
        texts = files([item(), item("M2")], facts)
        assert figures("2017-05-31", texts)["progress"]["mean"] == 50.0
        assert figures("2017-06-01", texts)["progress"]["mean"] == 75.0

    def test_an_amended_milestone_is_due_on_its_new_day(self):
        amend = fact("2017-06-01", "amend", key="milestones.plans.due", value="2017-10-31")
        assert stand("2017-10-31", amend, milestones=STAGE).schedule == "unknown"
        assert stand("2017-11-01", amend, milestones=STAGE).schedule == "behind"

    def test_an_amendment_never_moves_the_deadline(self):
        amend = fact("2017-06-01", "amend", key="due", value="2020-12-31")
        assert str(stand("2017-06-01", amend).deadline) == "2017-12-31"

    def test_the_later_of_two_amendments_holds(self):
        facts = [fact("2017-06-02", "amend", key="weight", value=2), fact("2017-06-01", "amend", key="weight", value=5)]
        assert stand("2017-06-02", *facts).item.weight == 2

    def test_the_plan_itself_stays_as_it_was_approved(self):
        standing = stand("2017-06-02", fact("2017-06-01", "amend", key="lead", value="市水利局"))
        assert (standing.plan.lead, standing.item.lead) == ("市环保局", "市水利局")


def test_a_relapse_on_the_day_of_an_earlier_ones_reopening_still_counts():
    facts = [
        fact("2017-03-01", "done"),
        fact("2017-04-01", "lookback", key="relapsed"),
        fact("2017-05-01", "reopen", until="2017-12-31"),
        fact("2017-05-01", "lookback", key="relapsed"),
    ]
    assert state("2017-05-01", *facts) == "relapsed"
