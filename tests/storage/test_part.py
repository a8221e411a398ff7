"""The excerpt of a ledger says of the items asked for exactly what the whole ledger says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.state.board import Board
from ledger.storage.ledger import read_ledger, read_related
from ledger.storage.part import Excerpt
from tests.paper import Memory, fact, files, item, journal
from tests.strategy import days, ledgers

HEAD = "# 整改措施台账\n"


def block(items: list[dict[str, Any]]) -> str:
    """A book in block style, an item a line and a comment between them."""
    lines = [f"- {json.dumps(one, ensure_ascii=False)}\n# 说明\n" for one in items]
    return HEAD + ("".join(lines) or "[]\n")


def written(measures: list[dict[str, Any]], facts: list[dict[str, str]], **more: Any) -> Memory:
    texts = files(measures, facts, **{name: more.pop(name, []) for name in ("problems", "actions")})
    for book in ("measures", "problems", "actions"):
        texts[f"{book}.yaml"] = block(json.loads(texts[f"{book}.yaml"]))
    return Memory({**texts, **more})


@given(ledgers(), days, st.data())
def test_an_item_stands_in_the_excerpt_as_in_the_whole(given_: dict[str, Any], day: Any, data: st.DataObject):
    memory = written(given_.pop("measures"), given_.pop("facts"), **given_)
    whole = read_ledger(memory)
    id_ = data.draw(st.sampled_from([one.id for one in whole.items]))
    part = read_related(memory, [id_])
    assert part.journal[id_] == whole.journal[id_]
    there, here = (next(s for s in Board(one, day).everything if s.id == id_) for one in (whole, part))
    assert here.plan._replace(where=there.plan.where) == there.plan
    assert here.plan.where.place("due") == there.plan.where.place("due")
    assert (here.state, here.schedule, here.short) == (there.state, there.schedule, there.short)


def test_items_that_are_not_asked_for_are_not_parsed():
    memory = written([item("M1"), item("M10"), item("M2")], [fact("2017-05-01", "report", "M10")])
    part = read_ledger(Excerpt(memory, ["M1"]))
    assert [one.id for one in part.items] == ["M1"]
    assert not part.findings
    assert not part.orphans


def test_a_row_of_several_lines_is_kept_whole_where_it_was():
    facts = [
        fact("2017-05-01", "report", "M2", text="一\n二"),
        fact("2017-05-02", "report", "M1", text="三\n说到 M1,\n四"),
    ]
    part = read_ledger(Excerpt(written([item("M1"), item("M2")], facts), ["M1"]))
    (only,) = part.journal["M1"]
    assert (only.text, only.line) == ("三\n说到 M1,\n四", 4)


def test_a_file_that_is_cut_off_stays_cut_off():
    text = journal([fact("2017-05-01", "report", "M1"), fact("2017-05-02", "report", "M2")]).rstrip("\n")
    memory = written([item("M1"), item("M2")], [], **{"journal/2017/office.csv": text})
    assert [finding.code for finding in read_ledger(Excerpt(memory, ["M1"])).findings] == [107]


def test_a_sum_over_actions_brings_its_actions_along():
    target = {"moved": {"goal": 2, "sum": "actions"}}
    actions = [item("A1", under="M1", targets={"moved": {}}), item("A2", under="M1", targets={"moved": {}})]
    facts = [fact("2017-05-01", "reading", "A2", key="moved", value=1)]
    memory = written([item("M1", targets=target), item("M2")], facts, actions=actions)
    part = read_related(memory, ["A1"])
    assert {one.id for one in part.items} == {"M1", "A1", "A2"}
    assert part.journal["A2"]


@pytest.mark.parametrize(
    "book", ["[]\n", "# nothing\n", '[{"id": "M1", "title": "x", "lead": "甲", "due": "unstated"}]\n']
)
def test_a_book_in_any_other_style_is_read_as_it_is(book: str):
    memory = written([], [], **{"measures.yaml": book})
    assert Excerpt(memory, ["M1"]).read("measures.yaml") == book.encode()


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_do_not_matter(end: str):
    memory = written([item("M1"), item("M2")], [fact("2017-05-02", "report", "M2")])
    memory.texts = {path: data.replace(b"\n", end.encode()) for path, data in memory.texts.items()}
    part = read_ledger(Excerpt(memory, ["M2"]))
    assert [one.id for one in part.items] == ["M2"]
    assert [entry.line for entry in part.journal["M2"]] == [2]


def test_an_id_that_is_empty_is_mentioned_nowhere():
    memory = written([item("M1")], [fact("2017-05-01", "report", "M1")])
    assert Excerpt(memory, [""]).read("measures.yaml") == Excerpt(memory, []).read("measures.yaml")
