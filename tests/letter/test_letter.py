"""Letters of level: to whom they go, when, and that they say nothing twice and nothing internal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ledger.letter.letter import Letter, Letters, letters
from ledger.state.board import Board
from ledger.state.level import level_of
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

LEVELS = {"提示": 20, "预警": 10, "逾期": 0}
DUE = date(2017, 12, 31)


def board(day: date, plan: list[dict[str, object]] | None = None, *facts: dict[str, str]) -> Board:
    return Board(sound(files(plan or [item()], facts, warning={"levels": LEVELS})), day)


def written(
    day: date, plan: list[dict[str, object]] | None = None, *facts: dict[str, str], kind: str = "warning"
) -> Letters:
    own = board(day, plan, *facts)
    return letters(own, kind, own.standings)


@pytest.mark.parametrize(
    "left, level", [(21, ""), (20, "提示"), (15, "提示"), (11, "提示"), (10, "预警"), (0, "预警"), (-1, "逾期")]
)
def test_a_letter_bears_the_nearest_level_that_has_come(left: int, level: str):
    day = DUE - timedelta(days=left)
    assert level_of(board(day).by_id["M1"]) == level
    assert [letter.level for letter in written(day).letters] == ([level] if level else [])


@pytest.mark.parametrize("event", ["done", "close", "extend", "withdraw"])
def test_what_is_done_closed_extended_or_withdrawn_gets_none(event: str):
    assert written(date(2017, 12, 25), None, fact("2017-12-20", event)).letters == ()


def test_a_level_goes_out_once_and_the_next_one_again():
    sent = fact("2017-12-12", "supervise", key="warning", doc="1号")
    assert written(date(2017, 12, 12), None, sent).letters == ()
    assert [one.level for one in written(date(2017, 12, 21), None, sent).letters] == ["预警"]


def test_a_new_deadline_is_warned_of_anew():
    sent = fact("2017-12-12", "supervise", key="warning", doc="1号")
    moved = fact("2017-12-15", "extend", until="2018-01-31")
    assert [one.level for one in written(date(2018, 1, 12), None, sent, moved).letters] == ["提示"]


def test_the_line_of_a_letter_that_went_out_late_names_the_level_it_was_made_for():
    sent = fact("2017-12-22", "supervise", key="warning", doc="1号", note="提示")
    assert [one.level for one in written(date(2017, 12, 22), None, sent).letters] == ["预警"]


def test_one_letter_a_unit_the_severest_item_first():
    plan = [item("M1", due="2018-01-15"), item("M2", due="2017-12-27"), item("M3", due="2018-01-14", lead="市水务局")]
    first, second = written(date(2017, 12, 28), plan).letters
    assert (first.unit, first.level, _ids(first)) == ("市水务局", "提示", ["M3"])
    assert (second.unit, second.level, _ids(second)) == ("市环保局", "逾期", ["M2", "M1"])


def _ids(letter: Letter) -> list[str]:
    return [standing.id for standing in letter.items]


def test_what_nobody_leads_is_named():
    found = written(DUE, [item(lead="unstated")])
    assert (found.letters, [one.id for one in found.unled]) == ((), ["M1"])


def test_a_reminder_takes_what_falls_due_within_thirty_days():
    plan = [item("M1", due="2017-12-31"), item("M2", due="2018-01-01"), item("M3", due="2017-11-30")]
    (letter,) = written(date(2017, 12, 1), plan, kind="reminder").letters
    assert _ids(letter) == ["M1"]


def test_a_reminder_goes_to_a_unit_that_was_silent_about_its_open_items():
    plan = [item("M1", due="2018-12-31", responsible=["万州区"]), item("M2", due="2018-12-31", responsible=["开州区"])]
    own = Board(
        sound(files(plan, [fact("2017-11-28", "report", "M2", by="开州区", text="在办")],
                    week={"closes": "thursday", "roll_call": True})), date(2017, 12, 1))  # fmt: skip
    (letter,) = letters(own, "reminder", own.standings).letters
    assert (letter.unit, _ids(letter)) == ("万州区", ["M1"])


def test_supervision_takes_what_is_overdue_and_closing_what_is_done_and_not_closed():
    plan = [item("M1"), item("M2"), item("M3")]
    facts = [fact("2017-12-01", "done", "M2"), fact("2017-12-01", "done", "M3"), fact("2017-12-02", "close", "M3")]
    assert [_ids(one) for one in written(date(2018, 1, 1), plan, *facts, kind="supervision").letters] == [["M1"]]
    assert [_ids(one) for one in written(date(2018, 1, 1), plan, *facts, kind="closing").letters] == [["M2"]]
