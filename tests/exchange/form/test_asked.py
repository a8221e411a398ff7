"""What a unit's form asks."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ledger.exchange.form.asked import unit_forms
from ledger.model.period import week_of
from ledger.state.board import Board
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

BUILT = {"built": {"name": "建成", "unit": "座", "goal": ">= 10"}}


def forms(items, facts=(), day: str = "2017-12-14", **books):
    ledger = sound(files(items, facts, **books))
    week = week_of(date.fromisoformat(day), 3)
    return unit_forms(Board(ledger, week.last), week)


def ids(found) -> dict[str, list[str]]:
    return {unit: [line.standing.id for line in form.items] for unit, form in found.items()}


def test_open_items_of_each_reporter_in_plan_order():
    items = [item("M10", responsible=["万州区", "开州区"]), item("M2", responsible=["万州区"]), item("M3")]
    assert ids(forms(items)) == {"万州区": ["M2", "M10"], "开州区": ["M10"], "市环保局": ["M3"]}


def test_what_is_done_withdrawn_or_not_yet_added_is_not_asked():
    items = [item("M1"), item("M2"), item("M3", added="2017-12-15"), item("M4")]
    facts = [fact("2017-12-14", "done"), fact("2017-12-14", "withdraw", "M2"), fact("2017-12-15", "done", "M4")]
    assert ids(forms(items, facts)) == {"市环保局": ["M4"]}


def test_days_left_are_counted_from_the_closing_day():
    found = forms([item("M1", due="2017-12-31"), item("M2", due="2017-12-01"), item("M3", due="long_term")])
    assert [line.left for line in found["市环保局"].items] == [17, -13, None]


def test_the_units_own_last_words_are_told_and_nobody_elses():
    facts = [
        fact("2017-12-01", "report", by="万州区", text="first"), fact("2017-12-05", "report", by="万州区", text="second"),
        fact("2017-12-06", "report", by="开州区", text="other"), fact("2017-12-07", "trouble", by="万州区", text="rain"),
    ]  # fmt: skip
    found = forms([item(responsible=["万州区", "开州区"])], facts)
    assert [entry.text for entry in found["万州区"].items[0].said] == ["second"]
    assert found["万州区"].items[0].pending.text == "rain"
    assert [entry.text for entry in found["开州区"].items[0].said] == ["other"]


def test_a_percentage_is_asked_only_where_no_goal_tells_how_far_it_is():
    items = [item("M1"), item("M2", targets=BUILT), item("M3", targets={"seen": {"name": "x"}})]
    assert [line.takes_percent for line in forms(items)["市环保局"].items] == [True, False, True]


def test_of_a_sum_over_units_each_sees_its_own_last_reading_of_others_the_latest_of_anybody():
    shared = {"a": {**BUILT["built"], "sum": "units"}, "b": BUILT["built"]}
    facts = [
        fact("2017-12-01", "reading", key="a", value=3, by="万州区"),
        fact("2017-12-02", "reading", key="a", value=5, by="开州区"),
        fact("2017-12-03", "reading", key="b", value=6, by="开州区"),
    ]
    found = forms([item(responsible=["万州区", "开州区"], targets=shared)], facts)
    last = {unit: [(line.last, line.last_on) for line in form.readings] for unit, form in found.items()}
    assert last["万州区"] == [(Fraction(3), date(2017, 12, 1)), (Fraction(6), date(2017, 12, 3))]
    assert last["开州区"] == [(Fraction(5), date(2017, 12, 2)), (Fraction(6), date(2017, 12, 3))]


def test_what_is_added_up_from_actions_is_not_asked_unless_no_action_has_it():
    items = [
        item("M1", targets={"built": {**BUILT["built"], "sum": "actions"}}),
        item("M2", targets={"built": {**BUILT["built"], "sum": "actions"}}),
    ]
    found = forms(items, actions=[item("A1", under="M1", targets=BUILT)])
    assert [line.standing.id for line in found["市环保局"].readings] == ["M2", "A1"]
