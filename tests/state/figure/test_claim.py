"""Claims on parts of a book: plain fields, tags and absolute days in brackets."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ledger.state.figure.claim import Recount, figure_paths, is_cut_off
from tests.paper import fact, files, item, sound, yaml

TAGS = {"批次": {}, "类别": {"name": {"zh": "类别", "en": "category"}}}
PLAN = [
    item("M1", tags={"批次": "第二批", "类别": ["水环境", "大气"]}),
    item("M2", tags={"批次": "第二批补充"}, lead="市城管委", due="2018-06-30"),
    item("M3", tags={"批次": ["第一批", "第二批"]}, due="2018-06-30"),
    item("M4", tags={"批次": "第二批"}),
]
FACTS = [fact("2017-12-01", "done", "M1"), fact("2017-12-02", "done", "M2"), fact("2017-12-03", "withdraw", "M4")]
DAY = date(2017, 12, 31)


def ledger(*claims: dict[str, object]):
    texts = files(PLAN, FACTS, tags=TAGS)
    return sound({**texts, "claims.yaml": yaml({"claims": list(claims)})}) if claims else sound(texts)


@pytest.mark.parametrize("path, number", [
    ("measures[tag.批次:第二批].total", 2),                  # the whole value, not a piece of it
    ("measures[tag.批次:第二批].done", 1),
    ("measures[tag.批次:第二批].withdrawn", 1),
    ("measures[tag.批次:第二批*].total", 3),
    ("measures[tag.类别:大气,水环境].total", 1),
    ("measures[tag.批次:第二批 due:>=2018].total", 1),
    ("measures[lead:市城管委].rates.done_of_all", 100),
    ("measures[-tag.批次:none due:2017-12-31].by_state.done", 1),
    ("measures[original_due:2018].slip.items", 0),
])  # fmt: skip
def test_a_part_of_a_book_is_counted_by_its_plan(path: str, number: int):
    found = Recount(ledger()).figure(path, DAY)
    claimed = Recount(ledger({"id": "c", "as_of": str(DAY), "figures": {path: number}}))
    assert found == claimed.figure(path, DAY) == number
    assert [len(ids) for _, ids in claimed.members(path, DAY)][:1] != []


@pytest.mark.parametrize("path", [
    "measures[is:done].total", "measures[state:done].total", "measures[light:red].total", "measures[污水].total",
    "measures[tag.批号:第二批].total", "measures[due:today].total", "measures[].total", "overall[lead:x].mean",
    "measures[progress:<50].total", "measures[lead:x]", "measures[lead:x].dune",
])  # fmt: skip
def test_what_changes_with_the_day_names_no_part(path: str, make_ledger, run):
    texts = files(PLAN, FACTS, tags=TAGS)
    claims = yaml({"claims": [{"id": "c", "as_of": str(DAY), "figures": {path: 1}}]})
    out = run("-C", make_ledger({**texts, "claims.yaml": claims}), "check", "--as-of", str(DAY), code=1).out
    assert "L603" in out


@pytest.mark.parametrize(
    "claimed, is_cut", [("54.0", True), ("54", False), ("54.1", False), ("53.9", False), ("> 60", False)]
)
def test_a_percentage_that_was_cut_off_is_told_from_a_wrong_one(claimed: str, is_cut: bool):
    # 47700/882 = 54.08…
    assert is_cut_off(claimed, Fraction(47700, 882)) is is_cut


def test_the_finding_says_that_it_was_cut_off(make_ledger, run):
    texts = files(
        [item("M1"), item("M2"), item("M3")], [fact("2017-12-01", "done", "M1"), fact("2017-12-01", "done", "M2")]
    )
    claims = yaml({"claims": [{"id": "c", "as_of": str(DAY), "figures": {"measures.rates.done_of_all": 66.6}}]})
    out = run("-C", make_ledger({**texts, "claims.yaml": claims}), "check", "--as-of", str(DAY), code=1).out
    assert "was published as 66.6, the ledger has 66.7; it was cut off, not rounded" in out


def test_every_figure_that_is_offered_for_a_wrong_one_can_be_computed():
    own = ledger()
    recount, paths = Recount(own), list(figure_paths(own.settings))
    assert {"measures.total", "measures.rates.done_of_due", "overall.mean", "measures.time_nodes.later.due"} <= set(
        paths
    )
    for path in paths:
        recount.figure(path, DAY)


def test_a_wrong_node_is_answered_with_a_node_and_not_with_another_kind_of_figure(make_ledger, run):
    claims = yaml({"claims": [{"id": "c", "as_of": str(DAY), "figures": {"measures.time_nodes.latter.due": 1}}]})
    out = run(
        "-C", make_ledger({**files(PLAN, tags=TAGS), "claims.yaml": claims}), "check", "--as-of", str(DAY), code=1
    ).out
    assert "did you mean measures.time_nodes.later.due?" in out
