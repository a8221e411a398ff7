"""Progress: of an item and of a book. Unknown never counts as 0."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.paper import fact, figures, files, item, sound, stand, whole

pytestmark = pytest.mark.quick

DAY = "2017-12-31"


def progress(*facts: dict[str, str], **fields: object) -> Fraction | None:
    return stand(DAY, *facts, **fields).progress


def reading(value: object, key: str = "a", item: str = "M1", **cells: object) -> dict[str, str]:
    return fact("2017-05-01", "reading", item, key=key, value=value, **cells)


@pytest.mark.parametrize("goal, start, value, expected", [
    (">= 46", None, "43", Fraction(43, 46)),
    (">= 46", None, "50", 1),                      # more than asked is not more than all
    (">= 85.7", None, "42.85", Fraction(1, 2)),
    ("= 4", None, "3", Fraction(3, 4)),            # = counts like >=
    ("= 4", None, "5", 1),
    (">= 0", None, "0", 1),                        # a goal of zero is met or not
    ("= 0", None, "1", 0),
    (">= -5", None, "-10", 0),                     # below zero likewise: -10 is no twofold of -5
    (">= -5", None, "-2", 1),
    ("<= 0", None, "0", 1),                        # at most, without a start: met or not
    ("<= 0", None, "1", 0),
    ("<= 2000", "8000", "8000", 0),                # at most, with a start: the share of the way
    ("<= 2000", "8000", "6500", Fraction(1, 4)),
    ("<= 2000", "8000", "2000", 1),
    ("<= 2000", "8000", "1000", 1),                # clipped at both ends
    ("<= 2000", "8000", "9000", 0),
])  # fmt: skip
def test_progress_of_a_target(goal: str, start: str | None, value: str, expected: Fraction):
    target = {"goal": goal, **({"from": start} if start else {})}
    assert progress(reading(value), targets={"a": target}) == expected


def test_several_targets_count_alike():
    targets = {"a": {"goal": 10}, "b": {"goal": 4}, "c": {"name": "只记数"}}
    assert progress(reading(5), reading(4, "b"), targets=targets) == Fraction(3, 4)


def test_one_target_without_a_reading_makes_the_item_unknown():
    targets = {"a": {"goal": 10}, "b": {"goal": 4}}
    assert progress(reading(10), targets=targets) is None
    assert progress(reading(10), fact("2017-06-01", "done"), targets=targets) is None


def test_targets_speak_before_progress_entries():
    said = fact("2017-06-01", "progress", value=90)
    assert progress(reading(5), said, targets={"a": {"goal": 10}}) == Fraction(1, 2)


def test_without_targets_done_is_everything():
    assert progress(fact("2017-06-01", "progress", value=40), fact("2017-07-01", "done")) == 1


def test_a_target_without_a_goal_is_no_target_for_progress():
    assert progress(fact("2017-06-01", "progress", value=40), targets={"a": {"name": "只记数"}}) == Fraction(2, 5)


def test_the_last_progress_entry_counts():
    facts = [fact("2017-07-01", "progress", value="62.5"), fact("2017-06-01", "progress", value=90)]
    assert progress(*facts) == Fraction(5, 8)


def test_nobody_knows_where_nobody_reported_a_number():
    assert progress() is None
    assert progress(fact("2017-06-01", "report")) is None


def test_else_it_is_the_mean_of_its_actions():
    actions = [item("A1", under="M1", weight=3), item("A2", under="M1"), item("A3", under="M1")]
    facts = [fact("2017-06-01", "progress", "A1", value=80), fact("2017-06-01", "done", "A2")]
    counted = figures(DAY, files([item()], facts, actions=actions))
    # (80 + 100) / 2: a weight is for the progress of a book only; what A3 has done nobody knows.
    assert counted["progress"] == {"mean": 90.0, "known": 1, "of": 1, "floor": 90.0}


def test_items_under_one_another_in_a_circle_are_unknown():
    texts = files(actions=[item("A1", under="A2"), item("A2", under="A1")])
    assert figures(DAY, texts, "actions")["progress"] == {"mean": None, "known": 0, "of": 2, "floor": 0.0}


class TestMeanOfABook:
    """The weighted mean over what is known, and how it would look if unknown were nothing."""

    FACTS = [fact("2017-06-01", "progress", value=50), fact("2017-06-01", "done", "M2")]

    def test_it_says_how_many_are_known_and_what_the_floor_is(self):
        counted = figures(DAY, files([item(), item("M2"), item("M3"), item("M4")], self.FACTS))
        assert counted["progress"] == {"mean": 75.0, "known": 2, "of": 4, "floor": 37.5}

    def test_items_count_by_their_weight(self):
        counted = figures(DAY, files([item(weight=3), item("M2"), item("M3", weight="0.5")], self.FACTS))
        # (3 x 50 + 100) / 4 = 62.5; with 0.5 unknown 250 / 4.5 = 55.55…
        assert counted["progress"] == {"mean": 62.5, "known": 2, "of": 3, "floor": 55.6}

    def test_an_item_that_weighs_nothing_is_known_and_moves_no_mean(self):
        counted = figures(DAY, files([item(weight=0), item("M2")], self.FACTS))
        assert counted["progress"] == {"mean": 100.0, "known": 2, "of": 2, "floor": 100.0}

    def test_a_book_that_weighs_nothing_has_no_mean(self):
        counted = figures(DAY, files([item(weight=0), item("M2", weight=0)], self.FACTS))
        assert counted["progress"] == {"mean": None, "known": 2, "of": 2, "floor": None}

    def test_an_empty_book_has_no_mean(self):
        assert figures(DAY, files())["progress"] == {"mean": None, "known": 0, "of": 0, "floor": None}

    def test_nothing_known_is_no_mean_and_not_zero(self):
        assert figures(DAY, files([item()]))["progress"] == {"mean": None, "known": 0, "of": 1, "floor": 0.0}

    def test_overall_runs_over_all_books(self):
        texts = files([item()], [*self.FACTS, fact("2017-06-01", "done", "P1")], problems=[item("P1"), item("P2")])
        assert whole(sound(texts), DAY)["overall"] == {"mean": 75.0, "known": 2, "of": 3, "floor": 50.0}

    def test_withdrawn_items_are_out_of_the_mean(self):
        facts = [*self.FACTS, fact("2017-07-01", "withdraw")]
        assert figures(DAY, files([item(), item("M2")], facts))["progress"]["mean"] == 100.0

    def test_half_a_tenth_is_rounded_up(self):
        # 1 of 16 done and 15 at 0: 6.25
        facts = [fact("2017-06-01", "progress", f"M{n}", value=0 if n > 1 else 100) for n in range(1, 17)]
        assert figures(DAY, files([item(f"M{n}") for n in range(1, 17)], facts))["progress"]["mean"] == 6.3
