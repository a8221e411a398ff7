"""What is made public beyond the six fields."""

from __future__ import annotations

from datetime import date

from hypothesis import given

from ledger.model.words import Words
from ledger.site.public import HISTORY_EVENTS, PublicItem, PublicLedger, public_item, public_ledger, public_names
from tests.paper import fact, files, item, sound, stand
from tests.state.lively import ledger_of, lively
from tests.strategy import days


def leaves(value: object) -> list[object]:
    """Everything that can be reached from a value: the elements of its tuples, and theirs."""
    if isinstance(value, tuple):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value]


def history(*facts: dict[str, str], **fields: object) -> list[tuple[str, str, str]]:
    """The public history of an item with these facts: day, words in English, text."""
    found = public_item(stand("2017-12-31", *facts, **fields))
    return [(event.day.isoformat(), event.words.en, event.text) for event in found.history]


@given(lively(), days)
def test_nothing_but_texts_numbers_and_days_can_be_reached(material: object, day: date):
    public = public_ledger(ledger_of(material), day)
    assert {type(leaf) for leaf in leaves(public)} <= {str, int, bool, date, type(None)}


@given(lively(), days)
def test_every_count_adds_up_over_its_nodes_and_to_the_items(material: object, day: date):
    public: PublicLedger = public_ledger(ledger_of(material), day)
    for book, counted in zip(public.books, public.counts, strict=True):
        items = [one for one in public.items if one.book == book.id]
        assert counted.items == len(items) == sum(node.items for node in counted.nodes)
        assert counted.done == sum(one.is_done for one in items) == sum(node.done for node in counted.nodes)
        assert counted.overdue == sum(one.is_overdue for one in items) == sum(node.overdue for node in counted.nodes)


def test_a_report_is_public_by_its_words_alone():
    assert history(fact("2017-05-01", "report", note="内部"), fact("2017-05-02", "report", text="公开")) == [
        ("2017-05-02", "reported", "公开")
    ]


def test_what_changes_an_item_is_public_without_words():
    facts = [fact("2017-05-01", "done"), fact("2017-05-08", "lookback", key="relapsed")]
    facts.append(fact("2017-05-09", "reopen", until="2018-03-01"))
    assert history(*facts) == [
        ("2017-05-09", "reopened: deadline 2018-03-01", ""),
        ("2017-05-08", "look-back: relapsed", ""),
        ("2017-05-01", "done", ""),
    ]


def test_a_milestone_and_a_closing_step_are_named():
    milestones = {"plan": {"name": {"zh": "方案", "en": "the plan"}, "due": "2017-06-30"}}
    facts = [fact("2017-05-01", "milestone", key="plan"), fact("2017-05-02", "step", key="acceptance")]
    assert [words for _, words, _ in history(*facts, milestones=milestones)] == [
        "closing step: acceptance",
        "milestone met: the plan",
    ]


def test_troubles_orders_forecasts_and_approvals_are_not_public():
    facts = [
        fact("2017-05-01", "trouble", text="内部"),
        fact("2017-05-02", "supervise", key="letter", text="内部"),
        fact("2017-05-03", "expect", until="2018-01-01", text="内部"),
        fact("2017-05-04", "lift", text="内部"),
        fact("2017-05-05", "amend", key="goal", value="新目标", text="内部"),
    ]
    assert history(*facts) == []
    assert not HISTORY_EVENTS & {"trouble", "supervise", "lift", "expect", "amend", "withdraw", "void"}


def test_what_was_taken_back_is_not_public():
    facts = [fact("2017-05-01", "report", text="错了"), fact("2017-05-02", "void", key="2017-05-01/report")]
    assert history(*facts) == []


def test_a_week_is_archived_once_it_has_closed():
    ledger = sound(files([item(added="2017-12-04")], [fact("2017-12-05", "report")], week={"closes": "thursday"}))
    weeks = public_ledger(ledger, date(2017, 12, 20)).weeks
    assert [(week.label, week.last) for week in weeks] == [
        ("2017-W49", date(2017, 12, 7)),
        ("2017-W50", date(2017, 12, 14)),
    ]


def test_the_figures_of_a_week_are_those_of_its_closing_day():
    ledger = sound(
        files([item()], [fact("2017-12-01", "start"), fact("2017-12-14", "done")], week={"closes": "thursday"})
    )
    weeks = {week.label: week.counts[0] for week in public_ledger(ledger, date(2017, 12, 31)).weeks}
    assert (weeks["2017-W49"].done, weeks["2017-W50"].done) == (0, 1)


def test_an_item_that_is_not_in_the_ledger_on_that_day_is_not_published():
    ledger = sound(files([item(), item("M2", added="2018-01-01"), item("M3")], [fact("2017-05-01", "withdraw", "M3")]))
    assert [one.id for one in public_ledger(ledger, date(2017, 12, 31)).items] == ["M1"]


def test_every_name_that_is_published_can_be_looked_at():
    ledger = sound(files(
        [item(lead="甲", responsible=["乙"], cooperating=["丙"], targets={"t": {"unit": "座", "goal": 1}})],
        [fact("2017-05-01", "reading", key="t", value=1)],
        units=[{"name": name} for name in "甲乙丙"] + [{"name": "丁区", "kind": "district"}],
    ))  # fmt: skip
    found = public_names(public_ledger(ledger, date(2017, 12, 31)))
    assert {"甲", "乙", "丙", "丁区", "座", "小台账", "small ledger", "措施", "2017"} <= set(found)


def test_the_address_of_an_item_is_its_id_and_that_of_the_item_it_stands_under():
    ledger = sound(files([item()], actions=[item("A1", under="M1")]))
    found: list[PublicItem] = list(public_ledger(ledger, date(2017, 12, 31)).items)
    assert [(one.id, one.under) for one in found] == [("M1", ""), ("A1", "M1")]
    assert found[1].six.task == Words.same("title of A1")
