"""How an item stands against time: deadline, schedule and light."""

from __future__ import annotations

import pytest

from tests.paper import fact, figures, files, item, stand

pytestmark = pytest.mark.quick

STAGE = {"plans": {"name": "方案", "due": "2017-09-30"}}
MET = fact("2017-09-01", "milestone", key="plans")


def schedule(day: str, *facts: dict[str, str], **fields: object) -> str:
    return stand(day, *facts, **fields).schedule


def light(day: str, *facts: dict[str, str], **fields: object) -> str:
    return stand(day, *facts, **fields).light


def test_the_deadline_day_itself_is_in_time():
    assert schedule("2017-12-31") == "unknown"
    assert schedule("2018-01-01") == "overdue"


def test_overdue_is_counted_from_the_day_after_the_deadline():
    texts = files([item()])
    assert [figures(day, texts)["overdue"] for day in ("2017-12-31", "2018-01-01")] == [0, 1]
    assert [figures(day, texts)["due"] for day in ("2017-12-30", "2017-12-31")] == [0, 1]


def test_elapsed_time_alone_puts_nothing_on_schedule():
    assert schedule("2017-12-30", fact("2017-02-01", "report"), fact("2017-12-01", "progress", value=99)) == "unknown"


def test_a_met_milestone_puts_it_on_schedule_from_its_day_on():
    assert schedule("2017-09-29", MET, milestones=STAGE) == "unknown"
    assert schedule("2017-09-30", MET, milestones=STAGE) == "on_schedule"


def test_a_milestone_is_missed_from_the_day_after_its_deadline():
    assert schedule("2017-09-30", milestones=STAGE) == "unknown"
    assert schedule("2017-10-01", milestones=STAGE) == "behind"


def test_one_missed_milestone_outweighs_all_that_are_met():
    two = {**STAGE, "works": {"due": "2017-10-31"}}
    assert schedule("2017-10-31", MET, milestones=two) == "on_schedule"
    assert schedule("2017-11-01", MET, milestones=two) == "behind"


def test_a_milestone_made_good_later_is_no_longer_missed():
    late = fact("2017-11-15", "milestone", key="plans")
    assert schedule("2017-11-14", late, milestones=STAGE) == "behind"
    assert schedule("2017-11-15", late, milestones=STAGE) == "on_schedule"


def test_overdue_outweighs_behind():
    assert schedule("2018-01-01", milestones=STAGE) == "overdue"


def test_a_target_with_its_own_deadline_is_a_milestone():
    target = {"started": {"goal": 46, "due": "2017-09-30"}}
    assert schedule("2017-10-01", targets=target) == "behind"
    reached = fact("2017-10-05", "reading", key="started", value=46)
    assert schedule("2017-10-05", reached, targets=target) == "on_schedule"


@pytest.mark.parametrize("done, expected", [
    ("2017-12-31", "early"), ("2018-01-01", "on_time"), ("2018-06-30", "on_time"), ("2018-07-01", "late"),
])  # fmt: skip
def test_done_is_judged_on_the_day_it_was_done(done: str, expected: str):
    assert schedule("2018-12-31", fact(done, "done"), due="2018-06-30") == expected


def test_nothing_is_early_before_the_first_time_node():
    assert schedule("2017-12-31", fact("2017-01-02", "done"), due="2017-12-31") == "on_time"


def test_early_means_by_the_last_node_before_the_deadline():
    done = fact("2018-01-01", "done")
    assert schedule("2020-12-31", done, due="2018-12-31") == "on_time"
    assert schedule("2020-12-31", done, due="2020-12-31") == "early"


@pytest.mark.parametrize("due", ["long_term", "unstated"])
def test_an_item_without_a_date_is_never_overdue_and_done_undated(due: str):
    assert schedule("2030-01-01", due=due) == "unknown"
    assert schedule("2030-01-01", fact("2029-01-01", "done"), due=due) == "undated"
    counted = figures("2030-01-01", files([item(due=due)], [fact("2029-01-01", "done")]))
    assert (counted["undated"], counted["undated_done"], counted["due"], counted["ahead"]) == (1, 1, 0, 0)


def test_immediate_falls_due_thirty_days_after_it_was_added():
    assert str(stand("2017-06-01", due="immediate", added="2017-04-12").deadline) == "2017-05-12"
    assert schedule("2017-05-12", due="immediate", added="2017-04-12") == "unknown"
    assert schedule("2017-05-13", due="immediate", added="2017-04-12") == "overdue"


def test_immediate_counts_from_the_start_of_the_ledger_and_as_many_days_as_set():
    settings = {"warning": {"immediate_days": 10}}
    assert str(stand("2017-01-02", due="immediate", settings=settings).deadline) == "2017-01-11"


class TestExtension:
    """Only `extend` moves a deadline, from its day on; the original stays."""

    EXTEND = fact("2017-12-20", "extend", until="2018-06-30")

    def test_it_moves_the_deadline_from_its_day_on(self):
        assert [str(stand(day, self.EXTEND).deadline) for day in ("2017-12-19", "2017-12-20")] == [
            "2017-12-31",
            "2018-06-30",
        ]
        assert schedule("2018-06-30", self.EXTEND) == "unknown"
        assert schedule("2018-07-01", self.EXTEND) == "overdue"

    def test_an_extension_approved_too_late_leaves_the_days_before_it_overdue(self):
        late = fact("2018-02-01", "extend", until="2018-06-30")
        assert schedule("2018-01-31", late) == "overdue"
        assert schedule("2018-02-01", late) == "unknown"

    def test_the_original_deadline_stays_in_the_figures(self):
        counted = figures("2018-01-01", files([item()], [self.EXTEND]))
        assert (counted["due"], counted["due_original"], counted["due_original_done"], counted["postponed"]) == (
            0,
            1,
            0,
            1,
        )

    def test_the_latest_of_several_holds(self):
        again = fact("2018-05-01", "extend", until="2018-09-30")
        assert str(stand("2018-05-01", again, self.EXTEND).deadline) == "2018-09-30"

    def test_done_after_the_original_but_before_the_moved_deadline_is_on_time(self):
        assert schedule("2018-12-31", self.EXTEND, fact("2018-06-30", "done")) == "on_time"

    def test_an_extension_after_it_was_done_late_does_not_make_it_punctual(self):
        later = fact("2018-03-01", "extend", until="2018-06-30")
        assert schedule("2018-12-31", fact("2018-02-01", "done"), later) == "late"

    def test_done_ahead_of_the_moved_deadline_is_ahead(self):
        counted = figures("2018-01-01", files([item()], [self.EXTEND, fact("2018-01-01", "done")]))
        assert (counted["ahead"], counted["done"], counted["due_done"]) == (1, 1, 0)

    def test_days_late_are_given_against_both_deadlines(self, run, make_ledger):
        out = run("-C", make_ledger(files([item()], [self.EXTEND])), "show", "M1", "--as-of", "2018-07-10").out
        # 2018-06-30 to 2018-07-10 is 10 days; 2017-12-31 to 2018-07-10 is 191.
        assert "10 days late" in out
        assert "191" in out

    def test_an_extension_of_one_that_has_no_date_gives_it_one(self):
        assert str(stand("2017-12-20", self.EXTEND, due="long_term").deadline) == "2018-06-30"


class TestLight:
    """Red, yellow, green."""

    def test_overdue_is_red(self):
        assert [light(day) for day in ("2017-12-31", "2018-01-01")] == ["yellow", "red"]

    def test_relapsed_is_red_long_before_the_deadline(self):
        facts = [fact("2017-02-01", "done"), fact("2017-03-01", "lookback", key="relapsed")]
        assert light("2017-03-01", *facts) == "red"

    def test_behind_is_yellow(self):
        assert light("2017-10-01", milestones=STAGE, due="2018-12-31") == "yellow"
        assert light("2017-09-30", fact("2017-03-01", "start"), milestones=STAGE, due="2018-12-31") == "green"

    def test_due_soon_is_yellow_from_thirty_days_before(self):
        # 2017-12-31 less 30 days is 2017-12-01.
        started = fact("2017-03-01", "start")
        assert [light(day, started) for day in ("2017-11-30", "2017-12-01")] == ["green", "yellow"]

    def test_due_soon_takes_as_many_days_as_set(self):
        settings = {"warning": {"due_soon_days": 7}}
        started = fact("2017-03-01", "start")
        found = [light(day, started, settings=settings) for day in ("2017-12-23", "2017-12-24")]
        assert found == ["green", "yellow"]

    def test_a_forecast_after_the_deadline_is_yellow(self):
        assert light("2017-03-01", fact("2017-03-01", "expect", until="2018-01-01")) == "yellow"
        assert light("2017-03-01", fact("2017-03-01", "expect", until="2017-12-31")) == "green"

    def test_the_latest_forecast_counts(self):
        facts = [fact("2017-03-01", "expect", until="2018-01-01"), fact("2017-04-01", "expect", until="2017-11-30")]
        assert [light(day, *facts) for day in ("2017-03-31", "2017-04-01")] == ["yellow", "green"]

    def test_a_forecast_that_an_extension_has_covered_is_green(self):
        facts = [fact("2017-03-01", "expect", until="2018-01-31"), fact("2017-04-01", "extend", until="2018-03-31")]
        assert light("2017-04-01", *facts) == "green"

    def test_a_done_item_is_green_even_on_its_deadline_and_when_it_was_late(self):
        assert light("2017-12-31", fact("2017-12-15", "done")) == "green"
        assert light("2018-03-01", fact("2018-02-15", "done")) == "green"
        late = fact("2017-03-01", "expect", until="2018-03-01")
        assert light("2017-12-31", late, fact("2017-12-15", "done")) == "green"

    def test_a_done_item_that_is_short_is_yellow(self):
        assert light("2017-12-15", fact("2017-12-15", "done"), targets={"a": {"goal": 5}}) == "yellow"

    def test_an_item_of_which_nobody_said_anything_is_grey(self):
        assert [light("2017-03-01", *facts) for facts in ([], [fact("2017-03-01", "report")])] == ["grey", "green"]

    def test_what_the_office_decides_or_asks_tells_nothing(self):
        facts = [fact("2017-03-01", "extend", until="2018-12-31"), fact("2017-03-01", "supervise", key="reminder")]
        assert light("2017-12-31", *facts) == "grey"

    def test_an_item_without_a_date_is_grey_until_a_milestone_has_come_due(self):
        facts = [fact("2017-03-01", "report"), fact("2017-03-01", "milestone", key="a")]
        for due in ("unstated", "long_term"):
            assert light("2017-12-31", *facts[:1], due=due) == "grey"
            days = ("2017-09-29", "2017-09-30")
            assert [light(day, *facts, due=due, milestones=STAGE) for day in days] == ["grey", "green"]
