"""Queries about entries of the journal."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.state.board import Board
from ledger.state.query import BadQuery
from ledger.state.query.entry import read_entry_query
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

FACTS = [
    fact("2017-12-01", "trouble", by="万州区", text="缺资金"), fact("2017-12-08", "trouble", by="开州区", text="雨"),
    fact("2017-12-08", "report", by="万州区", text="x"), fact("2017-12-09", "reading", key="built", value="3", by="开州区"),
]  # fmt: skip


@pytest.mark.parametrize("query, days", [
    ("event:trouble", ["2017-12-01", "2017-12-08"]), ("event:存在问题 by:万州区", ["2017-12-01"]),
    ("event:trouble date:>=2017-12-02", ["2017-12-08"]), ("date:2017-12-08", ["2017-12-08", "2017-12-08"]),
    ("date:<=2017-12 -event:trouble,report", ["2017-12-09"]), ("key:built", ["2017-12-09"]), ("item:m1 by:开州区", [
        "2017-12-08", "2017-12-09"]), ("日期:<2017-12-02", ["2017-12-01"]), ("item:M2", []),
    ("text:资金", ["2017-12-01"]), ("进展情况:雨,x", ["2017-12-08", "2017-12-08"]), ("note:资金", []),
])  # fmt: skip
def test_terms_about_entries_must_all_hold(query, days):
    target = {"built": {"name": "建成", "unit": "座", "goal": ">= 10"}}
    board = Board(sound(files([item(targets=target)], FACTS)), date(2017, 12, 31))
    asked = read_entry_query(query, board.ledger.settings, board.day)
    assert asked.about.terms == ()
    told = [str(entry.date) for entry in board.ledger.journal["M1"] if asked.holds(entry)]
    assert told == days


def test_other_terms_are_about_the_item():
    settings = sound(files([item()])).settings
    asked = read_entry_query("lead:市城管委 event:trouble 污水", settings, date(2017, 12, 31))
    assert [term.text for term in asked.about.terms] == ["lead:市城管委", "污水"]


@pytest.mark.parametrize(
    "query, hint",
    [
        ("event:troubel", "trouble"),
        ("event:", "event:trouble"),
        ("date:soon", "2018-06"),
        ("event=trouble", "write event:trouble"),
    ],
)
def test_what_cannot_be_understood_names_the_way(query, hint):
    with pytest.raises(BadQuery) as bad:
        read_entry_query(query, sound(files([item()])).settings, date(2017, 12, 31))
    assert hint in bad.value.hint.en


def test_a_saved_query_may_be_about_entries():
    settings = sound(files([item()], queries={"trouble": "event:trouble date:>=上月 市"})).settings
    asked = read_entry_query("@trouble by:万州区", settings, date(2017, 12, 31))
    assert (len(asked.tests), [term.text for term in asked.about.terms]) == (3, ["市"])
    assert asked.told == (("date:>=上月", "date:>=2017-11"),)
