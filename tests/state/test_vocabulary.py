"""What the words of decisions and requests do to figures: days in `value`, basically, at an unknown day, for a stage."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.state.board import Board
from ledger.state.promise import kept, slip
from ledger.state.request import open_requests
from tests.paper import fact, figures, files, item, sound, stand, yaml

STAGED = {"milestones": {"a": {"due": "2017-06-30"}, "b": {"due": "2017-12-31"}}, "due": "2018-12-31"}
RELAPSED = fact("2018-06-01", "lookback", key="relapsed")


class TestTheDayInValue:
    """`done` with the day it was done."""

    AGREED = fact("2018-01-10", "done", value="2017-12-28")

    def test_a_desk_that_agrees_later_makes_nobody_late(self):
        standing = stand("2018-01-10", self.AGREED)
        assert (standing.schedule, kept(standing), slip(standing)) == ("on_time", "yes", 0)

    def test_no_published_week_changes(self):
        texts = files([item()], [self.AGREED])
        assert [figures(day, texts)["done"] for day in ("2018-01-09", "2018-01-10")] == [0, 1]
        assert [figures(day, texts)["overdue"] for day in ("2018-01-09", "2018-01-10")] == [1, 0]

    def test_it_is_judged_by_the_deadline_of_the_day_it_was_done(self):
        extended = fact("2018-01-05", "extend", until="2018-06-30")
        late = fact("2018-01-10", "done", value="2018-01-04")
        assert stand("2018-02-01", extended, late).schedule == "late"

    def test_a_target_counts_as_it_stood_on_that_day(self):
        reading = fact("2018-01-05", "reading", key="a", value=46)
        assert kept(stand("2018-02-01", reading, self.AGREED, targets={"a": {"goal": 46}})) == "no"


class TestBasically:
    """`done` with `firm: basic`."""

    BASIC = fact("2017-12-01", "done", firm="basic")
    FULL = fact("2017-12-20", "done")

    @pytest.mark.parametrize("facts, row, verdict", [
        ([BASIC], "basic", "no"),
        ([BASIC, FULL], "done", "yes"),                                    # and in full in time
        ([fact("2017-11-20", "done"), BASIC], "basic", "no"),              # a unit that corrects itself
        ([BASIC, fact("2018-01-05", "done")], "done", "no"),
        ([BASIC, RELAPSED], "relapsed", "no"),
    ])  # fmt: skip
    def test_the_last_line_of_the_round_says_how_firm_it_is(self, facts, row: str, verdict: str):
        counted = figures("2018-12-31", files([item()], facts))
        assert [key for key, number in counted["by_state"].items() if number] == [row]
        assert counted["kept"] == (verdict == "yes")
        assert counted["done"] == counted["basic"] + counted["done_full"]

    def test_it_is_done_all_the_same(self):
        counted = figures("2018-12-31", files([item()], [self.BASIC]))
        assert (counted["done"], counted["basic"], counted["done_full"]) == (1, 1, 0)


class TestAnUnknownDay:
    """`done` with `approx: before`."""

    @staticmethod
    def done(day: str) -> dict[str, str]:
        return fact(day, "done", approx="before")

    @pytest.mark.parametrize("facts, schedule, verdict", [
        ([done("2017-12-31")], "on_time", "yes"),                               # wholly in time
        ([done("2018-03-01")], "unknown", "unknown"),
        ([fact("2017-12-30", "report"), done("2018-03-01")], "unknown", "unknown"),
        ([fact("2017-12-31", "report"), done("2018-03-01")], "late", "no"),     # still open on the deadline day
        ([fact("2018-01-05", "expect", until="2018-02-01"), done("2018-03-01")], "late", "no"),
    ])  # fmt: skip
    def test_it_is_in_time_or_late_only_if_it_wholly_is(self, facts, schedule: str, verdict: str):
        standing = stand("2018-06-01", *facts)
        assert (standing.schedule, kept(standing)) == (schedule, verdict)

    def test_a_sealed_week_shows_that_it_was_open(self):
        texts = files([item()], [self.done("2018-03-01")])
        seal = {"through": "2018-01-04", "entries": 0, "sha256": "0" * 64}
        sealed = sound({**texts, "claims.yaml": yaml({"seals": [seal]})})
        assert Board(sealed, date(2018, 6, 1)).by_id["M1"].schedule == "late"

    def test_it_is_a_figure_of_its_own(self):
        counted = figures("2018-06-01", files([item()], [self.done("2018-03-01")]))
        assert (counted["kept"], counted["kept_unknown"], counted["late"]) == (0, 1, 0)


class TestClosedForAStage:
    """`close` with the key `stage`."""

    CLOSED = fact("2017-07-05", "close", key="stage", value="a")

    def test_it_is_no_done_and_ends_when_the_next_milestone_falls_due(self):
        texts = files([item(**STAGED)], [self.CLOSED])
        days = ("2017-07-04", "2017-07-05", "2017-12-30", "2017-12-31")
        assert [figures(day, texts)["stage_closed"] for day in days] == [0, 1, 1, 0]
        assert figures("2017-07-05", texts)["done"] == figures("2017-07-05", texts)["closed"] == 0

    def test_closed_early_it_lasts_beyond_the_milestone_it_closes(self):
        texts = files([item(**STAGED)], [fact("2017-05-05", "close", key="stage", value="a")])
        assert [figures(day, texts)["stage_closed"] for day in ("2017-06-30", "2017-12-31")] == [1, 0]

    @pytest.mark.parametrize("end", [fact("2017-08-01", "done"), fact("2017-08-01", "close"),
                                     fact("2017-08-01", "lookback", key="relapsed")])  # fmt: skip
    def test_done_closing_and_a_relapse_end_it(self, end: dict[str, str]):
        texts = files([item(**STAGED)], [self.CLOSED, end])
        assert [figures(day, texts)["stage_closed"] for day in ("2017-07-31", "2017-08-01")] == [1, 0]


class TestRequests:
    """`request` and `decline`."""

    ASKED = fact("2017-10-01", "request", key="extend", by="市环保局", until="2018-06-30")

    def waiting(self, *facts: dict[str, str], day: str = "2017-12-01") -> list[tuple[str, str]]:
        found = open_requests(Board(sound(files([item()], facts)), date.fromisoformat(day)))
        return [(str(one.since), one.entry.until) for one in found]

    def test_asking_again_keeps_the_first_day_and_takes_the_new_value(self):
        again = fact("2017-11-01", "request", key="extend", by="市环保局", until="2018-09-30")
        assert self.waiting(self.ASKED, again) == [("2017-10-01", "2018-09-30")]

    def test_of_two_asks_of_one_day_the_later_deadline_counts(self):
        other = {**self.ASKED, "until": "2018-03-31", "doc": "2号"}
        assert self.waiting(self.ASKED, other) == self.waiting(other, self.ASKED) == [("2017-10-01", "2018-06-30")]

    @pytest.mark.parametrize("answer, is_open", [
        (fact("2017-09-30", "extend", until="2018-03-31"), True),               # before it was asked
        (fact("2017-10-01", "extend", until="2018-03-31"), False),
        (fact("2017-11-01", "extend", until="2018-03-31"), False),
        (fact("2017-11-01", "decline", key="extend", by="领导小组", note="不同意"), False),
        (fact("2017-11-01", "decline", key="done", by="领导小组", note="不同意"), True),
        (fact("2017-11-01", "done"), False),
        (fact("2017-11-01", "withdraw"), False),
        (fact("2017-11-01", "void", key="2017-10-01/request/extend//市环保局", by="市环保局"), False),
        (fact("2017-11-01", "amend", key="weight", value="2"), True),
    ])  # fmt: skip
    def test_it_waits_until_it_is_answered(self, answer: dict[str, str], is_open: bool):
        assert bool(self.waiting(self.ASKED, answer)) is is_open
        assert figures("2017-12-01", files([item()], [self.ASKED, answer]))["requested"] == is_open

    def test_it_changes_no_state_and_no_light(self):
        before, after = stand("2017-12-01"), stand("2017-12-01", self.ASKED)
        assert (before.state, before.schedule, before.light) == (after.state, after.schedule, after.light)

    def test_closing_is_asked_for_when_the_item_is_done(self):
        asked = fact("2017-10-05", "request", key="close", by="市环保局")
        texts = files([item()], [fact("2017-10-01", "done"), asked, fact("2017-12-05", "close")])
        assert [figures(day, texts)["requested"] for day in ("2017-10-05", "2017-12-04", "2017-12-05")] == [1, 1, 0]


def test_letters_that_list_nothing_are_no_orders():
    facts = [fact("2017-10-01", "supervise", key=key) for key in ("warning", "reminder", "circular")]
    assert figures("2017-12-01", files([item()], facts))["supervised"] == 0
    facts.append(fact("2017-10-02", "supervise", key="talk"))
    assert figures("2017-12-01", files([item()], facts))["supervised"] == 1


def test_on_schedule_is_stale_after_half_a_year_without_a_word():
    plan = [item(due="2018-12-31", milestones={"a": {"due": "2017-03-31"}})]
    met = fact("2017-03-31", "milestone", key="a")
    # 2017-03-31 and 180 days are 2017-09-27.
    texts = files(plan, [met])
    assert [figures(day, texts)["stale"] for day in ("2017-09-27", "2017-09-28")] == [0, 1]
    told = files(plan, [met, fact("2017-09-01", "report")])
    assert figures("2017-12-31", told)["stale"] == 0
    ahead = files([item(due="2018-12-31", milestones={"a": {"due": "2017-03-31"}, "b": {"due": "2018-03-31"}})], [met])
    assert figures("2017-12-31", ahead)["stale"] == 0
    assert figures("2017-12-31", ahead)["on_schedule"] == 1


def test_the_published_classes_of_the_field_can_all_be_claimed(make_ledger, run):
    plan = [item(f"M{n}", due="2018-12-31", milestones={"a": {"due": "2017-06-30"}, "b": {"due": "2018-06-30"}})
            for n in range(1, 5)]  # fmt: skip
    facts = [
        fact("2017-06-01", "milestone", "M1", key="a"), fact("2017-06-01", "done", "M2", firm="basic"),
        fact("2017-07-05", "close", "M3", key="stage", value="a"), fact("2017-06-01", "milestone", "M3", key="a"),
        fact("2017-07-05", "request", "M4", key="extend", by="市环保局", until="2019-06-30"),
        fact("2017-06-01", "milestone", "M4", key="a"),
    ]  # fmt: skip
    shown = {
        "measures.on_schedule": 3, "measures.stale": 0, "measures.basic": 1, "measures.stage_closed": 1,
        "measures.requested": 1, "measures.by_state.basic": 1, "measures.by_state.stage_closed": 1,
        "measures.by_state.stage_done": 2, "measures.slip.items": 0, "measures.kept": 0,
    }  # fmt: skip
    claims = yaml({"claims": [{"id": "c", "as_of": "2017-07-31", "figures": shown}]})
    root = make_ledger({**files(plan, facts), "claims.yaml": claims})
    assert "L601" not in run("-C", root, "check", "--as-of", "2017-07-31").out
