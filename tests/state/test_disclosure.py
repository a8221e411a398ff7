"""The six public fields hold what may be published, and nothing internal can be reached from them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from ledger.model.field import ITEM, Field
from ledger.model.words import Words
from ledger.state.board import Board
from ledger.state.disclosure import Disclosed, PublicReading, disclosure
from tests.paper import fact, files, item, sound
from tests.state.lively import ledger_of, lively
from tests.strategy import days

SIX = ("task", "goal", "steps", "responsibility", "deadline", "result")


def published(*facts: dict[str, str], day: str = "2017-12-31", **fields: object) -> Disclosed:
    units = [
        {"name": "万州区", "was": ["万县"]},
        *({"name": n} for n in ("市环保局", "市水利局", "开州区", "领导小组")),
    ]
    ledger = sound(files([item(**fields)], facts, units=units))
    (book,) = disclosure(Board(ledger, date.fromisoformat(day)))
    return book.items[0]


def leaves(value: object) -> list[object]:
    """Everything that can be reached from a value: the elements of its tuples, and theirs."""
    if isinstance(value, tuple):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value]


def test_an_item_is_published_in_exactly_six_fields():
    assert Disclosed._fields == SIX


@given(lively(), days)
def test_nothing_but_plain_values_can_be_reached(written: dict[str, Any], day: date):
    for leaf in leaves(disclosure(Board(ledger_of(written), day))):
        assert type(leaf) in (str, date, bool, int, type(None))


def test_nothing_internal_is_published():
    secrets = {name: f"SECRET {name}" for name in ("person", "note", "source", "file", "sha256", "doc")}
    facts = [
        fact("2017-06-01", "report", text="开工", **secrets),
        fact("2017-07-01", "trouble", text="SECRET trouble", **secrets),
        fact("2017-07-02", "reading", key="a", value=7, part=7, of=9, exempt=1, by="万县", **secrets),
        fact("2017-07-03", "supervise", key="letter", text="SECRET order", **secrets),
        fact("2017-07-04", "expect", until="2018-02-02", text="SECRET forecast", **secrets),
        fact("2017-07-05", "extend", until="2018-03-03", text="SECRET reason", by="领导小组", **secrets),
    ]
    found = published(*facts, remark="SECRET remark", source="SECRET source", targets={"a": {"goal": 9}})
    assert not [leaf for leaf in leaves(found) if "SECRET" in str(leaf)]
    assert date(2018, 2, 2) not in leaves(found)


def test_the_fields_are_those_of_the_plan_with_its_amendments():
    found = published(
        fact("2017-06-01", "amend", key="goal", value="全部拆除", by="领导小组"),
        title={"zh": "关闭码头", "en": "Close wharves"}, goal="全部关闭", steps=["摸底", "拆除"], lead="万县",
        responsible=["开州区"], cooperating=["万县"],
    )  # fmt: skip
    assert found.task == Words("关闭码头", "Close wharves")
    assert found.goal.zh == "全部拆除"
    assert [step.zh for step in found.steps] == ["摸底", "拆除"]
    assert found.responsibility == ("万州区", ("开州区",), ("万州区",))


def test_a_deadline_names_the_original_one_only_if_it_was_moved():
    assert published(due="2017-12-31").deadline[:2] == (date(2017, 12, 31), None)
    moved = published(fact("2017-06-01", "extend", until="2018-06-30", by="领导小组"), due="2017-12-31")
    assert moved.deadline[:2] == (date(2018, 6, 30), date(2017, 12, 31))


def test_a_deadline_without_a_date_says_which_kind_it_is():
    assert published(due="long_term").deadline == (None, None, Words("中长期", "long term"))
    assert published(due="immediate").deadline == (date(2017, 1, 31), None, Words("立行立改", "immediate"))


def test_a_lead_that_is_not_stated_is_empty():
    assert published(lead="unstated").responsibility.lead == ""


def test_the_result_is_the_state_with_the_latest_words_for_the_public():
    found = published(
        fact("2017-06-01", "report", text="过半"), fact("2017-07-01", "done", text="全部关闭"), fact("2017-08-01", "step",
        key="self_check"), upkeep="lasting",
    ).result  # fmt: skip
    assert (found.state, found.upkeep) == (Words("整改完成", "done"), Words("长期坚持", "lasting"))
    assert (found.text, found.text_day) == ("全部关闭", date(2017, 7, 1))


def test_without_any_words_the_result_has_none():
    assert published().result == (Words("未启动", "planned"), Words(), "", None, (), ())


def test_a_reading_is_published_as_it_was_reported():
    target = {"a": {"name": "关闭", "unit": "座", "goal": 12}, "b": {}}
    said = fact("2017-06-01", "reading", key="a", value=5000, approx="yu", exempt=3, note="x")
    (one,) = published(said, targets=target).result.readings
    assert one[:8] == (Words.same("关闭"), "5000", Words("余", "over"), "座", ">= 12", "3", date(2017, 6, 1), True)
    assert (one.is_met, one.gap) == (True, "")


def reading(value: int, goal: object, day: str = "2017-06-01", **fields: object) -> PublicReading:
    """The published reading of a target with that goal."""
    said = fact(day, "reading", key="a", value=value)
    (one,) = published(said, targets={"a": {"goal": goal}}, **fields).result.readings
    return one


def test_a_target_that_is_not_met_says_by_how_much_and_whether_it_should_be():
    late = reading(43, ">= 46", due="2017-12-30")
    assert (late.is_met, late.gap, late.has_come) == (False, "3", True)
    ahead = reading(43, ">= 46", due="2018-12-31")
    assert (ahead.is_met, ahead.gap, ahead.has_come) == (False, "3", False)
    over = reading(5, "<= 2", due="2018-12-31")
    assert (over.is_met, over.gap) == (False, "3")


def test_the_pace_of_a_target_is_published_while_its_goal_is_ahead():
    found = reading(43, ">= 46", "2017-12-17", due="2018-01-14")
    assert found.pace == ("0", "1.5")
    assert reading(46, ">= 46", due="2018-01-14").pace is None


def test_a_target_without_a_reading_is_unread_and_not_zero():
    found = published(targets={"a": {"name": "关闭", "unit": "座", "goal": 12}, "b": {}}, due="2017-06-30").result
    assert found.readings == ()
    assert found.unread == ((Words.same("关闭"), "座", ">= 12", True),)


def test_a_sum_that_may_still_grow_over_its_goal_is_neither_met_nor_missed():
    said = fact("2017-06-01", "reading", key="a", value=1, by="万县")
    target = {"a": {"goal": "<= 2", "sum": "units"}}
    (one,) = published(said, targets=target, responsible=["万州区", "开州区"]).result.readings
    assert (one.is_met, one.gap, one.is_whole) == (None, "", False)


def test_a_sum_that_lacks_a_share_says_so_and_is_about_what_its_shares_are():
    target = {"a": {"goal": 12, "sum": "units"}}
    facts = [fact("2017-06-01", "reading", key="a", value=5, approx="yu", by="万县")]
    (one,) = published(*facts, targets=target, responsible=["万州区", "开州区"]).result.readings
    assert (one.value, one.approx.en, one.is_whole) == ("5", "over", False)
    facts.append(fact("2017-06-02", "reading", key="a", value=6, by="开州区"))
    (one,) = published(*facts, targets=target, responsible=["万州区", "开州区"]).result.readings
    assert (one.value, one.approx.en, one.is_whole, one.name.zh) == ("11", "about", True, "a")


def test_items_under_another_and_withdrawn_ones_are_not_published_by_themselves():
    plan = [item("M10"), item("M2"), item("M3"), item("M4", added="2018-01-01")]
    texts = files(plan, [fact("2017-06-01", "withdraw", "M3")], actions=[item("A1", under="M2"), item("A2")])
    found = disclosure(Board(sound(texts), date(2017, 12, 31)))
    assert [(book.name.en, [one.task.zh for one in book.items]) for book in found] == [
        ("measures", ["title of M2", "title of M10"]), ("actions", ["title of A2"]),
    ]  # fmt: skip


AGAIN = [
    fact("2017-02-01", "done", text="修好了"),
    fact("2017-03-01", "lookback", key="relapsed", text="又漏了"),
    fact("2017-04-01", "reopen", until="2017-12-01", by="领导小组", doc="1号", note="x"),
]


def test_beside_an_item_that_is_done_again_no_word_of_its_failure_stands():
    found = published(*AGAIN, fact("2017-05-01", "done"))
    assert (found.result.text, found.result.text_day) == ("", None)
    assert published(*AGAIN, fact("2017-05-01", "done", text="重修完毕")).result.text == "重修完毕"


def test_as_long_as_it_is_not_done_again_its_failure_is_told():
    assert published(*AGAIN).result.text == "又漏了"


@pytest.mark.parametrize("field", [one for one in ITEM if one.kind in ("text", "words", "phrases") and one.name != "closing"],
                         ids=lambda field: field.name)  # fmt: skip
def test_a_text_of_the_plan_is_published_if_the_table_of_fields_says_so(field: Field):
    found = published(**{field.name: ["MARK"] if field.kind == "phrases" else "MARK"})
    assert ("MARK" in leaves(found)) == field.public
