"""Back-planning: latest days of closing steps, the earliest closing and what lies between that and the limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ledger.state.board import Board
from ledger.state.clock import Clock, clock_of
from tests.paper import fact, files, item, sound, stand

pytestmark = pytest.mark.quick

STEPS = ["self_check", "acceptance", "review", "notice"]
CLOSING = {
    "steps": STEPS, "notice_days": 7, "takes": {"self_check": "5w", "acceptance": "10w", "review": "5w"}, "by": "due",
}  # fmt: skip


def clock(day: str, *facts: dict[str, str], closing: dict[str, object] | None = None, **fields: object) -> Clock:
    """The clock of M1, which has one."""
    found = clock_of(stand(day, *facts, settings={"closing": CLOSING | (closing or {})}, **fields))
    assert found is not None
    return found


def days(found: Clock) -> dict[str, tuple[str, str]]:
    return {step.step: (str(step.latest_start), str(step.latest_end)) for step in found.steps}


def test_four_steps_before_new_year() -> None:
    found = clock("2017-12-05")
    assert days(found) == {
        "self_check": ("2017-11-27", "2017-12-01"), "acceptance": ("2017-12-04", "2017-12-15"),
        "review": ("2017-12-18", "2017-12-22"), "notice": ("2017-12-25", "2017-12-31"),
    }  # fmt: skip
    assert found.latest_done == date(2017, 11, 26)
    assert found.latest_begin is None


def test_the_earliest_closing_begins_on_the_day_itself() -> None:
    found = clock("2017-12-05")
    assert (found.earliest_close, found.slack) == (date(2018, 1, 9), -6)


def test_a_notice_over_spring_festival() -> None:
    found = clock("2018-01-10", due="2018-03-02", closing={"notice_days": 10, "notice_calendar": "working"})
    assert {step: start for step, (start, _) in days(found).items()} == {
        "self_check": "2018-01-17", "acceptance": "2018-01-24", "review": "2018-02-07", "notice": "2018-02-13",
    }  # fmt: skip


def _span(first: str, last: str) -> set[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + timedelta(days=number) for number in range((end - start).days + 1)}


# The notices of the State Council, typed off by hand: days off, and the weekends that were worked for them.
OFF = set().union(*(_span(*pair) for pair in (
    ("2016-10-01", "2016-10-07"), ("2016-12-31", "2017-01-02"), ("2017-01-27", "2017-02-02"),
    ("2017-10-01", "2017-10-08"), ("2017-12-30", "2018-01-01"), ("2018-02-15", "2018-02-21"),
    ("2018-10-01", "2018-10-07"), ("2018-12-30", "2019-01-01"), ("2019-02-04", "2019-02-10"),
    ("2019-10-01", "2019-10-07"), ("2020-01-01", "2020-01-01"), ("2020-01-24", "2020-02-02"),
    ("2020-10-01", "2020-10-08"), ("2021-01-01", "2021-01-03"), ("2021-02-11", "2021-02-17"),
)))  # fmt: skip
WORKED = {date.fromisoformat(day) for day in (
    "2016-10-08", "2016-10-09", "2017-01-22", "2017-02-04", "2017-09-30", "2018-02-11", "2018-02-24", "2018-09-29",
    "2018-09-30", "2018-12-29", "2019-02-02", "2019-02-03", "2019-09-29", "2019-10-12", "2020-01-19", "2020-09-27",
    "2020-10-10", "2021-02-07", "2021-02-20",
)}  # fmt: skip


def is_worked(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


@pytest.mark.parametrize(
    "due",
    ["2016-10-14", "2017-01-06", "2017-02-08", "2017-10-12", "2018-01-05", "2018-10-09", "2019-02-15", "2019-10-13",
     "2020-02-07", "2020-10-15", "2021-01-08", "2021-02-21"],
)  # fmt: skip
def test_a_step_around_a_festival_ends_on_a_worked_day_and_has_as_many_as_it_takes(due: str) -> None:
    closing = {"steps": ["review"], "notice_days": 0, "takes": {"review": "8w"}}
    found = clock("2016-09-01", due=due, closing=closing, added="2016-01-01")
    back = [date.fromisoformat(due) - timedelta(days=number) for number in range(60)]
    worked = [day for day in back if is_worked(day)]
    assert (found.steps[0].latest_end, found.steps[0].latest_start) == (worked[0], worked[7])
    assert found.latest_done == worked[7] - timedelta(days=1)


def test_what_is_not_recorded_begins_the_day_after_the_last_step() -> None:
    found = clock("2017-12-05", fact("2017-12-01", "done"), fact("2017-12-08", "step", key="self_check"))
    assert [step.recorded for step in found.steps] == [None] * 4
    found = clock("2017-12-08", fact("2017-12-01", "done"), fact("2017-12-08", "step", key="self_check"))
    # Acceptance 12-11 … 12-22, review 12-25 … 12-29, notice 12-30 … 01-05.
    assert found.steps[0].recorded == date(2017, 12, 8)
    assert found.earliest_close == date(2018, 1, 5)


def test_a_step_out_of_order_does_not_count() -> None:
    facts = (fact("2017-11-01", "done"), fact("2017-11-20", "step", key="self_check"),
             fact("2017-11-24", "step", key="review"))  # fmt: skip
    found = clock("2017-12-01", *facts)
    assert [step.recorded for step in found.steps] == [date(2017, 11, 20), None, None, None]
    assert found.earliest_close == clock("2017-12-01", *facts[:2]).earliest_close


def test_a_step_counts_once_those_before_it_are_made_up_for() -> None:
    facts = (fact("2017-11-20", "step", key="self_check"), fact("2017-11-24", "step", key="review"),
             fact("2017-11-30", "step", key="acceptance"))  # fmt: skip
    found = clock("2017-12-01", *facts)
    assert [step.recorded is None for step in found.steps] == [False, False, False, True]
    assert found.earliest_close == date(2017, 12, 7)


def test_a_notice_under_way_ends_on_its_last_day() -> None:
    steps = [fact(f"2017-12-0{number}", "step", key=key) for number, key in enumerate(STEPS[:3], 1)]
    notice = fact("2017-12-08", "step", key="notice", until="2017-12-20")
    assert clock("2017-12-10", *steps, notice).earliest_close == date(2017, 12, 20)
    assert clock("2017-12-27", *steps, notice).earliest_close == date(2017, 12, 27)


def test_a_relapse_and_a_reopening_begin_the_steps_anew() -> None:
    steps = [fact(f"2017-06-0{number}", "step", key=key) for number, key in enumerate(STEPS[:3], 1)]
    done, failed = fact("2017-05-01", "done"), fact("2017-07-01", "lookback", key="relapsed")
    assert not any(step.recorded for step in clock("2017-07-02", done, *steps, failed).steps)
    again = fact("2017-07-03", "reopen", until="2018-03-02")
    found = clock("2017-07-05", done, *steps, failed, again)
    assert found.limit == date(2018, 3, 2)
    assert not any(step.recorded for step in found.steps)
    same_day = fact("2017-07-01", "reopen", until="2018-03-02")
    early = fact("2017-07-01", "step", key="self_check")
    assert [step.recorded is None for step in clock("2017-07-05", done, failed, same_day, early).steps] == [
        False, True, True, True]  # fmt: skip


def test_an_extension_moves_every_day() -> None:
    before, moved = clock("2017-11-01"), clock("2017-12-01", fact("2017-11-02", "extend", until="2018-03-02"))
    assert before.steps[0].latest_start < moved.steps[0].latest_start
    assert moved.limit == date(2018, 3, 2)
    assert clock("2017-11-01", fact("2017-11-02", "extend", until="2018-03-02")).limit == date(2017, 12, 31)


@pytest.mark.parametrize(
    "by, facts, limit",
    [
        ("due", [], "2017-12-31"),
        ("due+60d", [], "2018-03-01"),
        # Working days after the deadline: 01-02 … 01-05, 01-08.
        ("due+5w", [], "2018-01-08"),
        ("done+5w", [fact("2017-12-29", "done")], "2018-01-08"),
        ("done+60d", [fact("2018-01-02", "done", value="2017-12-31")], "2018-03-01"),
    ],
)
def test_the_limit_is_counted_from_the_day_after_its_base(by: str, facts: list[dict[str, str]], limit: str) -> None:
    assert str(clock("2018-02-01", *facts, closing={"by": by}).limit) == limit


def test_the_work_comes_before_the_first_step() -> None:
    found = clock("2017-10-20", takes="10w")
    assert (found.steps[0].step, str(found.steps[0].latest_end)) == ("work", "2017-11-24")
    assert found.latest_begin == date(2017, 11, 13)
    assert clock("2017-10-20", takes="14d").latest_begin == date(2017, 11, 13)


def test_work_takes_its_time_from_its_start_but_is_never_over_before_the_day() -> None:
    closing: dict[str, object] = {"steps": ["notice"], "takes": {}}
    started = fact("2017-11-01", "start")
    on = {day: clock(day, started, closing=closing, takes="20d").earliest_close for day in ("2017-11-10", "2017-11-30")}
    assert on == {"2017-11-10": date(2017, 11, 27), "2017-11-30": date(2017, 12, 7)}
    assert clock("2017-11-10", closing=closing, takes="20d").earliest_close == date(2017, 12, 6)


@pytest.mark.parametrize(
    "facts, fields",
    [
        ([fact("2017-06-01", "close")], {}),
        ([fact("2017-06-01", "withdraw")], {}),
        ([], {"due": "long_term"}),
        ([], {"closing": {"by": "done+30w"}}),
        ([], {"closing": {"books": ["problems"]}}),
    ],
)
def test_closed_withdrawn_and_undated_items_have_no_clock(
    facts: list[dict[str, str]], fields: dict[str, object]
) -> None:
    closing = fields.pop("closing", {})
    assert isinstance(closing, dict)
    ledger = sound(files([item(**fields)], facts, closing=CLOSING | closing))
    assert clock_of(Board(ledger, date(2017, 12, 1)).everything[0]) is None


def test_without_a_limit_nothing_has_a_clock() -> None:
    closing = {name: value for name, value in CLOSING.items() if name != "by"}
    assert clock_of(stand("2017-12-01", settings={"closing": closing})) is None


def test_an_item_of_another_kind_takes_the_steps_of_that_kind() -> None:
    closing = {"kinds": {"plain": {"steps": ["statement", "notice"]}},
               "takes": {"statement": "3d", "self_check": "5w"}}  # fmt: skip
    found = days(_plain(closing))
    assert found == {"statement": ("2017-12-22", "2017-12-24"), "notice": ("2017-12-25", "2017-12-31")}


def _plain(closing: dict[str, object]) -> Clock:
    found = clock_of(stand("2017-12-01", settings={"closing": CLOSING | closing}, closing="plain"))
    assert found is not None
    return found


def test_a_step_of_which_nobody_says_how_long_it_takes_takes_no_time() -> None:
    found = days(clock("2017-12-01", closing={"takes": {"self_check": "5w"}}))
    assert found["acceptance"] == found["review"] == ("2017-12-24", "2017-12-24")
    assert found["self_check"] == ("2017-12-18", "2017-12-22")


def test_a_year_nobody_knows_is_counted_by_weekday_and_marked() -> None:
    found = clock("2040-01-02", due="2040-10-12")
    assert found.steps[2].latest_end == date(2040, 10, 5)
    assert found.steps[2].is_provisional
    assert not found.steps[3].is_provisional
    assert found.latest_done in found.provisional
    assert not clock("2017-12-05").provisional


def test_the_own_list_of_the_ledger_decides_where_it_speaks() -> None:
    texts = files([item(due="2040-10-12")], closing=CLOSING)
    texts["workdays.yaml"] = "holidays: [2040-10-03, 2040-10-04, 2040-10-05]\n"
    found = clock_of(Board(sound(texts), date(2040, 1, 2)).standings[0])
    assert found is not None
    assert found.steps[2].latest_end == date(2040, 10, 2)
    assert not found.provisional
