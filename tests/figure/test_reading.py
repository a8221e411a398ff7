"""Readings and the targets they reach or miss."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ledger.figure.board import Standing
from tests.paper import fact, figures, files, item, stand

pytestmark = pytest.mark.quick

DAY = "2017-12-31"
DONE = fact("2017-06-01", "done")


def reading(value: object, day: str = "2017-05-01", **cells: object) -> dict[str, str]:
    return fact(day, "reading", **{"key": "a", "value": value, **cells})


def one(goal: object, *facts: dict[str, str], **target: object) -> Standing:
    """The done item M1 with one target of that goal."""
    return stand(DAY, DONE, *facts, targets={"a": {"goal": goal, **target}}, responsible=["万州区", "开州区"])


@pytest.mark.parametrize("goal, enough, too_bad", [
    (">= 85.7", "85.7", "85.6"), ("≥ 46", "46", "45"), ("46", "46", "45.9"), ("<= 0", "0", "0.1"), ("≤ 5", "5", "6"),
    ("= 3", "3", "2"), ("= 3", "3.0", "4"), (">= 0.3", "0.3", "0.29"),
])  # fmt: skip
def test_a_goal_includes_its_number(goal: str, enough: str, too_bad: str):
    assert one(goal, reading(enough)).short == ()
    assert one(goal, reading(too_bad)).short == ("a",)


def test_the_latest_reading_counts():
    assert one(46, reading(46), reading(44, "2017-05-02")).short == ("a",)
    assert one(46, reading(44), reading(46, "2017-05-02")).short == ()


def test_a_target_without_a_reading_is_short_once_the_item_is_done():
    assert one(46).short == ("a",)


def test_a_target_without_a_goal_is_never_short():
    assert stand(DAY, DONE, targets={"a": {"name": "船舶"}}).short == ()


def test_an_open_item_is_not_short():
    assert stand(DAY, reading(1), targets={"a": {"goal": 46}}).short == ()


def test_a_stage_is_short_only_of_targets_whose_day_has_come():
    targets = {"a": {"goal": 46, "due": "2017-09-30"}, "b": {"goal": 46, "due": "2018-12-31"}, "c": {"goal": 9}}
    standing = stand("2017-09-30", fact("2017-09-30", "milestone", key="a"), targets=targets)
    assert (standing.state, standing.short) == ("stage_done", ("a",))


def test_done_is_short_of_every_target_it_misses():
    targets = {"a": {"goal": 46, "due": "2017-09-30"}, "b": {"goal": 46, "due": "2018-12-31"}, "c": {"goal": 9}}
    assert stand("2017-09-30", DONE, reading(9, key="c"), targets=targets).short == ("a", "b")


def test_an_item_that_is_short_counts_once_however_many_targets_it_misses():
    texts = files([item(targets={"a": {"goal": 1}, "b": {"goal": 1}})], [DONE])
    assert figures(DAY, texts)["short"] == 1


class TestSeveralReadingsOfADay:
    """The worse counts, whoever reported it and in whatever line it stands."""

    @pytest.mark.parametrize("goal, first, second, worse", [
        (">= 29", 29, 27, 27), ("<= 5", 4, 6, 6), ("= 10", 9, 12, 12), ("= 10", 8, 11, 8),
    ])  # fmt: skip
    def test_the_worse_counts(self, goal: str, first: int, second: int, worse: int):
        for pair in ((first, second), (second, first)):
            facts = [reading(pair[0], by="万州区"), reading(pair[1], by="开州区")]
            assert one(goal, *facts).reading("a").value == worse

    def test_the_day_after_counts_alone(self):
        assert one(29, reading(27), reading(29), reading(29, "2017-05-02")).short == ()

    def test_what_is_exempted_is_weighed_too(self):
        assert one(29, reading(27, exempt=3, note="关闭"), reading(28)).reading("a").value == 28

    def test_nearly_is_worse_than_exactly(self):
        assert one(5000, reading(5000), reading(5000, approx="jin", by="万州区")).short == ("a",)


class TestExempted:
    """What need not be done any more counts as done."""

    def test_it_is_added_to_the_value(self):
        standing = one(18, reading(15, exempt=3, note="已拆除"))
        assert (standing.short, standing.progress) == ((), 1)
        assert one(19, reading(15, exempt=3, note="已拆除")).short == ("a",)

    def test_it_counts_in_progress(self):
        assert one(20, reading(12, exempt=3, note="已拆除")).progress == Fraction(3, 4)

    def test_where_less_is_better_it_is_taken_off(self):
        assert one("<= 2", reading(5, exempt=3, note="已核销")).short == ()
        assert one("<= 2", reading(6, exempt=3, note="已核销")).short == ("a",)


class TestApproximate:
    """An approximate reading meets a goal only with its whole range."""

    @pytest.mark.parametrize("value, approx, goal, met", [
        # yu: from the number up to, but not at, one more of its last significant digit
        ("5000", "yu", ">= 5000", True), ("5000", "yu", ">= 5001", False), ("790", "yu", "<= 800", True),
        ("790", "yu", "<= 799", False), ("30", "yu", "<= 40", True), ("46", "yu", "= 46", False),
        # jin: the mirror, never the number's far end
        ("80000", "jin", ">= 70000", True), ("80000", "jin", ">= 70001", False), ("80000", "jin", ">= 80000", False),
        ("80000", "jin", "<= 80000", True), ("5", "jin", ">= 5", False),
        # yue: half a digit each way
        ("97", "yue", ">= 95", True), ("97", "yue", ">= 96.5", True), ("97", "yue", ">= 96.6", False),
        ("97", "yue", "<= 97.5", True), ("97", "yue", "<= 97.4", False), ("3.4", "yue", ">= 3.35", True),
        ("3.4", "yue", ">= 3.36", False), ("97", "yue", "= 97", False),
    ])  # fmt: skip
    def test_the_range_decides(self, value: str, approx: str, goal: str, met: bool):
        assert (one(goal, reading(value, approx=approx)).short == ()) is met

    def test_an_exact_reading_of_the_same_number_meets_its_goal(self):
        assert one("= 97", reading(97)).short == ()

    def test_a_milestone_is_not_met_by_a_number_that_only_may_reach_it(self):
        targets = {"a": {"goal": 46, "due": "2017-05-31"}}
        assert stand("2017-06-01", reading(46, approx="jin"), targets=targets).schedule == "behind"
        assert stand("2017-06-01", reading(46, approx="yu"), targets=targets).schedule == "on_schedule"


class TestSumOverUnits:
    """The sum of each reporting unit's latest reading."""

    def test_the_latest_of_each_unit_is_added(self):
        facts = [reading(10, by="万州区"), reading(5, by="开州区"), reading(12, "2017-05-20", by="万州区")]
        found = one(17, *facts, sum="units")
        assert (found.reading("a").value, found.reading("a").missing, found.short) == (17, (), ())

    def test_units_that_did_not_report_are_listed(self):
        assert one(10, reading(10, by="万州区"), sum="units").reading("a").missing == ("开州区",)

    def test_a_unit_reports_under_its_former_name_as_well(self):
        settings = {"units": [{"name": "万州区", "was": ["万县"]}, {"name": "开州区"}, {"name": "市环保局"}]}
        found = stand(DAY, reading(10, by="万县"), reading(4, by="开州区"), reading(11, "2017-05-20", by="万州区"),
                      targets={"a": {"goal": 15, "sum": "units"}}, responsible=["万州区", "开州区"],
                      settings=settings)  # fmt: skip
        assert (found.reading("a").value, found.reading("a").missing) == (15, ())

    def test_a_sum_that_lacks_units_does_not_prove_that_there_is_little_enough(self):
        assert one("<= 10", reading(3, by="万州区"), sum="units").short == ("a",)
        assert one("<= 10", reading(3, by="万州区"), reading(3, by="开州区"), sum="units").short == ()

    def test_ranges_are_added_too(self):
        facts = [reading(10, by="万州区"), reading(5, by="开州区", approx="jin")]
        assert one(14, *facts, sum="units").short == ()
        assert one(15, *facts, sum="units").short == ("a",)


class TestSumOverActions:
    """The sum of the latest reading of each action under the item."""

    @staticmethod
    def found(*facts: dict[str, str], day: str = DAY) -> dict[str, object]:
        actions = [item(f"A{number}", under="M1", targets={"a": {"goal": 10}}) for number in (1, 2)]
        texts = files([item(targets={"a": {"goal": 20, "sum": "actions"}})], facts, actions=actions)
        return figures(day, texts)

    def test_readings_of_the_actions_are_added(self):
        assert self.found(reading(10, item="A1"), reading(5, item="A2"))["progress"]["mean"] == 75.0

    def test_the_latest_of_each_action_counts(self):
        facts = [reading(5, item="A1"), reading(10, "2017-06-01", item="A1"), reading(10, item="A2")]
        assert self.found(*facts)["progress"]["mean"] == 100.0

    def test_a_withdrawn_action_adds_nothing(self):
        facts = [reading(10, item="A1"), reading(10, item="A2"), fact("2017-07-01", "withdraw", "A2")]
        assert self.found(*facts, day="2017-06-30")["progress"]["mean"] == 100.0
        assert self.found(*facts)["progress"]["mean"] == 50.0
