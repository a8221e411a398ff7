"""A book is one model, whether it is written in YAML or as CSV; and a list printed as CSV is a book again."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.figure.board import Board
from ledger.model.item import Item
from ledger.render.item_list import list_csv
from ledger.text.formula import unguarded
from tests import paper

# Texts that people write: Chinese and Latin, the signs that CSV and YAML trip over, line breaks inside. An apostrophe
# before what could be a formula is none of the text in a CSV book: it guards the text from spreadsheets.
_texts = st.text(
    st.one_of(st.sampled_from('渗滤液 ab"\',:#-{}[]&*!|>%@`~?0\n，：；'),
        st.characters(codec="utf-8", exclude_categories=["C", "Z"])),
    min_size=1, max_size=12,
).map(str.strip).filter(lambda text: text and unguarded(text) == text)  # fmt: skip
# A backslash in a list of a CSV book escapes a semicolon: plainly joined elements hold neither.
_elements = _texts.filter(lambda text: ";" not in text and "\\" not in text)
_ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}", fullmatch=True)
_dates = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat)
_words = st.one_of(_texts, st.fixed_dictionaries({"zh": _texts, "en": _texts}))
_numbers = st.one_of(st.integers(0, 10**9).map(str), st.decimals(0, 10**6, places=6).map(str))
_keys = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
_goals = st.one_of(_numbers, st.tuples(st.sampled_from([">=", "<=", "=", "≥", "≤"]), _numbers).map(" ".join))

_targets = st.dictionaries(_keys, st.fixed_dictionaries({"name": _words}, optional={
    "unit": _texts, "goal": _goals, "due": _dates, "firm": st.sampled_from(["full", "basic", "advance"]),
    "sum": st.sampled_from(["units", "actions"]), "from": _numbers,
}), min_size=1, max_size=2)  # fmt: skip
_milestones = st.dictionaries(
    _keys, st.fixed_dictionaries({"due": _dates}, optional={"name": _words}), min_size=1, max_size=2
)
_tags = st.dictionaries(
    st.sampled_from(["类别", "批次"]), st.lists(_elements, min_size=1, max_size=2), min_size=1, max_size=2
)
_items = st.fixed_dictionaries(
    {"title": _words, "lead": _texts, "due": st.one_of(_dates,
        st.sampled_from(["immediate", "long_term", "unstated"]))},
    optional={
        "responsible": st.lists(_elements, min_size=1, max_size=3),
        "cooperating": st.lists(_elements, min_size=1, max_size=2),
        "origin": st.sampled_from(["feedback", "self_found", "petition", "inspection"]), "added": _dates,
        "start": _dates,
        "due_basis": st.sampled_from(["explicit", "in_text", "implied"]), "goal": _words,
        "steps": st.lists(_elements, min_size=1, max_size=3), "upkeep": st.sampled_from(["lasting", "ongoing"]),
        "tags": _tags, "takes": st.sampled_from(["120w", "60d"]), "closing": st.sampled_from(["non_project"]),
        "under": _ids, "weight": _numbers, "targets": _targets, "milestones": _milestones, "source": _texts,
        "remark": _texts,
        "measures": st.lists(_ids, min_size=1, max_size=3), "problems": st.lists(_ids, min_size=1, max_size=2),
    },
)  # fmt: skip
# An entry names either by its key alone: no milestone has the key of a target.
_apart = _items.filter(lambda item: not item.get("targets", {}).keys() & item.get("milestones", {}).keys())
books = st.dictionaries(_ids, _apart, min_size=1, max_size=3).map(
    lambda made: [{"id": id_, **item} for id_, item in made.items()]
)

SETTINGS = {**paper.SETTINGS, "tags": {"类别": {}, "批次": {"public": True}}, "books": {
    "measures": {"name": "measures", "path": "measures.yaml"}, "problems": {"name": "problems", "path": "problems.csv"},
}}  # fmt: skip


def cells(item: dict[str, Any]) -> dict[str, str]:
    """The row of an item: lists joined by `;`, one column a field of a target, one a language."""
    row: dict[str, str] = {}

    def put(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                put(f"{name}.{key}", inner)
        else:
            row[name] = ";".join(value) if isinstance(value, list) else value

    for name, value in item.items():
        put(name, value)
    return row


def as_csv(items: list[dict[str, Any]]) -> str:
    rows = [cells(item) for item in items]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(dict.fromkeys(name for row in rows for name in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def bare(items: tuple[Item, ...] | list[Item]) -> list[Item]:
    """The items without their places, their book, and the order in which targets are written."""
    return [
        item._replace(where=None, book="", targets=tuple(sorted(item.targets, key=lambda target: target.key)),
                      milestones=tuple(sorted(item.milestones, key=lambda milestone: milestone.key)))
        for item in items
    ]  # fmt: skip


def of_both(items: list[dict[str, Any]]) -> tuple[list[Item], list[Item]]:
    """The same items read from YAML and from CSV."""
    in_yaml = paper.sound(
        {"ledger.yaml": paper.yaml(SETTINGS), "measures.yaml": paper.yaml(items), "problems.csv": "id,title,lead,due\n"}
    )
    in_csv = paper.sound({"ledger.yaml": paper.yaml(SETTINGS), "measures.yaml": "[]\n", "problems.csv": as_csv(items)})
    return bare(in_yaml.items), bare(in_csv.items)


@given(books)
def test_yaml_and_csv_give_one_model(items: list[dict[str, Any]]):
    in_yaml, in_csv = of_both(items)
    assert in_yaml == in_csv
    assert [item.id for item in in_csv] == [item["id"] for item in items]


@given(books)
def test_a_list_printed_as_csv_is_the_same_book_again(items: list[dict[str, Any]]):
    texts = {
        "ledger.yaml": paper.yaml(SETTINGS),
        "measures.yaml": paper.yaml(items),
        "problems.csv": "id,title,lead,due\n",
    }
    ledger = paper.sound(texts)
    board = Board(ledger, date(2099, 12, 31))
    printed = list_csv(board.standings, ledger.settings, "zh")
    again = paper.sound({**texts, "measures.yaml": "[]\n", "problems.csv": printed})
    assert bare(again.items) == bare([standing.plan for standing in board.standings])


def again(item: dict[str, Any]) -> Item:
    """An item after it was listed as CSV and read back."""
    texts = {
        "ledger.yaml": paper.yaml(SETTINGS),
        "measures.yaml": paper.yaml([item]),
        "problems.csv": "id,title,lead,due\n",
    }
    ledger = paper.sound(texts)
    printed = list_csv(Board(ledger, date(2017, 12, 31)).standings, ledger.settings, "en")
    (back,) = paper.sound({**texts, "measures.yaml": "[]\n", "problems.csv": printed}).items
    (before,) = ledger.items
    assert bare([back]) == bare([before])
    return back


@pytest.mark.parametrize("fields", [
    {"steps": [{"zh": "制定方案", "en": "a plan"}, {"zh": "开工", "en": "works"}]}, {"steps": ["先排查；后整治"]},
    {"goal": {"zh": "一\n二", "en": "one, \"two\""}}, {"targets": {"a": {"goal": ">= 0.0000005",
        "from": "0.000000001"}}},
    {"targets": {"a": {"name": "x", "goal": "85.70"}}}, {"weight": "0"}, {"title": "=1+1"}, {"title": "'=1+1"}, {"targets": {"a": {"goal": "= 3"}}}, {"title": "- a: b # c"},
], ids=str)  # fmt: skip
def test_nothing_is_lost_on_the_way_through_csv(fields: dict[str, Any]):
    again({**paper.item(), **fields})


def test_a_list_whose_elements_hold_a_semicolon_is_not_torn_apart():
    back = again({**paper.item(), "steps": ["plan; works", "acceptance"]})
    assert [step.en for step in back.steps] == ["plan; works", "acceptance"]


def test_derived_columns_are_ignored_when_they_come_back():
    text = "now.state,id,now.due,title,lead,due,now.anything\ndone,P1,2017-01-01,t,l,2017-12-31,x\n"
    ledger = paper.sound({"ledger.yaml": paper.yaml(SETTINGS), "measures.yaml": "[]\n", "problems.csv": text})
    assert bare(ledger.items) == bare([Item("P1", "problems", ledger.items[0].title, "l", due=date(2017, 12, 31))])


def test_one_language_of_a_text_stands_in_a_column_of_its_own():
    text = "id,title.zh,title.en,targets.a.name.zh,targets.a.goal,lead,due\nP1,填埋场,Landfill,开工,46,l,2017-12-31\n"
    (read,) = paper.sound({"ledger.yaml": paper.yaml(SETTINGS), "measures.yaml": "[]\n", "problems.csv": text}).items
    assert (read.title, read.targets[0].name.zh, str(read.targets[0].goal)) == (("填埋场", "Landfill"), "开工", ">= 46")


def test_json_is_yaml_so_the_two_forms_really_were_written_differently():
    assert json.loads(paper.yaml([paper.item()]))[0]["id"] == "M1"
    assert as_csv([paper.item(targets={"a": {"goal": 1, "name": {"zh": "甲", "en": "x"}}}, steps=["a", "b"])]) == (
        "id,title,lead,due,targets.a.goal,targets.a.name.zh,targets.a.name.en,steps\r\n"
        "M1,title of M1,市环保局,2017-12-31,1,甲,x,a;b\r\n"
    )
