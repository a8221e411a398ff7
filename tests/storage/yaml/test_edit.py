"""Edits of YAML: exactly the wanted change, in the lines it concerns, whatever the handwriting."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ledger.storage.refusal import CannotEdit
from ledger.storage.yaml.edit import with_element, with_value, without
from ledger.storage.yaml.span import span_tree
from ledger.storage.yaml.splice import Bare, flow_text, scalar_text
from tests.storage.yaml.handwriting import FIGURE, Page, at, pages, ways, words

_lists = st.lists(words, max_size=3)
_trees = st.one_of(words, _lists, st.just({"a": "b", "c": {"d": "e"}}))

NASTY = [
    "", " ", "yes", "No", "on", "null", "~", "0123", "12:30", "12:30:45", "2018-01-01", "2018-1-1", "0x1f", "0o17",
    "1e3", "1_000", ".5", "-1", "+1", ".inf", ".NaN", "=", "<<", "- a", "-", "a: b", "a :b", "a #b", "#a", "a:", ":",
    "'", '"', "'a", "a'b", 'a"b', "---", "...", "{a}", "[a]", "a,b", "a]", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a",
    "?", "? a", "a?b", "\\n", "a\\", "全角：是", "True", " a", "a ", "a\nb", "\n", "a\tb", "a\rb", "\x07", "\x85", "\u2028",
    "\ufeff", "\xa0", "😀", "y", "2001-12-14t21:59:43.10-05:00", "190:20:30.15", "a\x00b", "=1+1", "≥ 3", "x" * 300,
]  # fmt: skip


def said(text: str) -> Any:
    root = span_tree(text)
    return root.plain(text) if root else None


def after(page: Page, way: tuple[Any, ...], value: Any) -> Any:
    wanted = copy.deepcopy(page.said)
    at(wanted, way[:-1])[way[-1]] = value
    return wanted


@given(pages())
def test_the_spans_of_a_text_say_what_it_says(page: Page):
    assert said(page.text) == page.said


@given(pages(), st.data())
def test_setting_a_value_changes_that_value_and_no_line_beside_its_own(page: Page, data: st.DataObject):
    way = data.draw(st.sampled_from(ways(page.said)))
    new = data.draw(_trees)
    text = with_value(page.text, way, new)
    assert said(text) == after(page, way, new)
    before, behind = page.around(way)
    assert text.startswith(before)
    assert text.endswith(behind)
    assert with_value(text, way, new) == text


@given(pages(), st.data())
def test_setting_a_value_back_restores_every_byte_of_what_was_written_our_way(page: Page, data: st.DataObject):
    way = data.draw(st.sampled_from([way for way in ways(page.said) if isinstance(at(page.said, way), str)]))
    span = span_tree(page.text)
    for key in way:
        span = span and span.child(key)
    assert span
    raw, old = page.text[span.start : span.end], at(page.said, way)
    new = data.draw(words)
    text = with_value(page.text, way, new)
    # Of a quoted number one cannot know whether somebody chose the quotes.
    for value in (old,) if FIGURE.fullmatch(new) else (old, Bare(old)):
        if raw == scalar_text(value) == scalar_text(value, flow=True):
            assert with_value(text, way, value) == page.text


@given(pages(), st.data())
def test_a_new_key_only_adds_characters_and_taking_it_out_removes_them(page: Page, data: st.DataObject):
    way = data.draw(st.sampled_from([way for way in ways(page.said) if isinstance(at(page.said, way), dict)]))
    keys = (*way, *data.draw(st.sampled_from([("new",), ("new", "deep"), ("new", "deep", "er")])))
    new = data.draw(_trees)
    order = data.draw(st.permutations(["new", *at(page.said, way)]))
    text = with_value(page.text, keys, new, [()] * len(way) + [order])
    rest = iter(text)
    assert all(char in rest for char in page.text)
    back = without(text, keys[: len(way) + 1])
    assert said(back) == page.said
    # A comma that a comment parts from its entry stays.
    assert back == page.text or back.replace(", # c", " # c") == page.text.replace(", # c", " # c")


@given(pages(), st.data())
def test_taking_out_a_value_leaves_all_other_lines(page: Page, data: st.DataObject):
    way = data.draw(st.sampled_from(ways(page.said)))
    wanted = copy.deepcopy(page.said)
    del at(wanted, way[:-1])[way[-1]]
    text = without(page.text, way)
    assert said(text) == wanted
    before, behind = page.around(way if at(wanted, way[:-1]) else way[:-1])
    assert text.startswith(before[: -len(page.newline)])
    assert text.endswith(behind.lstrip())


@given(pages(), st.data())
def test_a_new_element_stands_behind_the_last_one_and_only_adds_characters(page: Page, data: st.DataObject):
    lists = [(), *(way for way in ways(page.said) if isinstance(at(page.said, way), list))]
    way = data.draw(st.sampled_from(lists))
    new = data.draw(_trees)
    text = with_element(page.text, way, new)
    wanted = copy.deepcopy(page.said)
    at(wanted, way).append(new)
    assert said(text) == wanted
    rest = iter(text)
    assert all(char in rest for char in page.text)


@given(pages(), st.data())
def test_of_a_list_only_the_elements_that_differ_are_touched(page: Page, data: st.DataObject):
    lists = [way for way in ways(page.said) if isinstance(at(page.said, way), list)]
    if lists:
        way = data.draw(st.sampled_from(lists))
        old = at(page.said, way)
        new = data.draw(st.permutations(old)) + data.draw(_lists)
        text = with_value(page.text, way, new)
        assert said(text) == after(page, way, new)
        grown = with_value(page.text, way, [*old, "末"])
        rest = iter(grown)
        assert all(char in rest for char in page.text)


def test_every_text_is_written_so_that_readers_of_yaml_take_it_for_that_text():
    chance = random.Random(1)
    signs = "abcXeEyYnN甲乙0129-:#'\"[]{},&*!|>%@`?\\=~._ +\t\n\r\x07\x85\u2028\ufeff\x00\x7f😀\xa0："
    texts = NASTY + ["".join(chance.choices(signs, k=chance.randint(1, 6))) for _ in range(150)]
    for text in texts:
        for quote in ("", "'", '"'):
            block, flow = scalar_text(text, quote=quote), scalar_text(text, flow=True, quote=quote)
            made = f"- {block}\n- {{{flow}: {flow}, l: [{flow}]}}\n- {block}: x\n"
            assert yaml.safe_load(made) == [text, {text: text, "l": [text]}, {text: "x"}], made


@pytest.mark.parametrize("style", ["k: x\n", "k: 'x'\n", 'k: "x"\n', "{k: x}\n", "k:\n", "k: >\n  x\n", "k: [a]\n"])
def test_nasty_texts_are_set_in_every_style(style: str):
    for text in NASTY:
        assert said(with_value(style, ["k"], text)) == {"k": text}


@pytest.mark.parametrize("old, value, new", [
    ("a: x # c\r\nb: y\r\n", "z", "a: z # c\r\nb: y\r\n"),
    ("a: 'x'\n", "z", "a: 'z'\n"),
    ('a: "x"', "z'", 'a: "z\'"'),
    ("a: x\n", "12:30", 'a: "12:30"\n'),
    ("a: x\n", 'he "is"', 'a: he "is"\n'),
    ("a: x\n", '"is"', "a: '\"is\"'\n"),
    ("a: x\n", "a\nb", 'a: "a\\nb"\n'),
    ("a: 2017-12-31\n", Bare("2018-12-31"), "a: 2018-12-31\n"),
    ("a: '2017-12-31'\n", Bare("2018-12-31"), "a: '2018-12-31'\n"),
    ('a: ">= 4"\n', Bare("5"), "a: 5\n"),
    ("a: 5\n", Bare("0123"), 'a: "0123"\n'),
    ("a:   # none\nb: 1\n", "z", "a: z   # none\nb: 1\n"),
    ("{a: , b: 1}\n", "z", "{a: z , b: 1}\n"),
    ("a: |\n  x\n  y\n\n# c\nb: 1\n", "z", "a: z\n\n# c\nb: 1\n"),
    ("a: x\n  y # c\n", "z", "a: z # c\n"),
    ("a:\n  # in it\n  - x\n# c\n", "z", "a: z\n# c\n"),
    ('{"a": "x", "b": 1}\n', "z", '{"a": "z", "b": 1}\n'),
    ("b: 1\n", ["x", "y, z"], 'b: 1\na: [x, "y, z"]\n'),
    ("b: 1\n", {"c": {"d": "e"}}, "b: 1\na:\n  c: {d: e}\n"),
    ("# only\n", "z", "# only\na: z\n"),
    ("", "z", "a: z\n"),
])  # fmt: skip
def test_a_value_is_written_as_its_neighbours_are(old: str, value: Any, new: str):
    assert with_value(old, ["a"], value) == new


@pytest.mark.parametrize("old, new", [
    ("a: 1\nc: 3\n", "a: 1\nb: z\nc: 3\n"),
    ("c: 3 # x\n# y\n", "b: z\nc: 3 # x\n# y\n"),
    ("- a: 1", "- a: 1\n  b: z"),
    ("- c: 1\r\n", "- b: z\r\n  c: 1\r\n"),
    ("{a: 1, c: 3}\n", "{a: 1, b: z, c: 3}\n"),
    ("{c: 3}\n", "{b: z, c: 3}\n"),
    ("{}\n", "{b: z}\n"),
    ('{\n  "a": 1,\n  "c": 3\n}\n', '{\n  "a": 1,\n  "b": "z",\n  "c": 3\n}\n'),
    ('{\n  "a": 1 # x\n}\n', '{\n  "a": 1, # x\n  "b": "z"\n}\n'),
])  # fmt: skip
def test_a_new_key_stands_behind_the_one_before_it_in_the_order(old: str, new: str):
    keys: list[Any] = [0] if old.startswith("-") else []
    assert with_value(old, [*keys, "b"], "z", [()] * len(keys) + [["a", "b", "c"]]) == new


@pytest.mark.parametrize("old, keys, new", [
    ("- x\n- y\n", [], "- x\n- y\n- z\n"),
    ("- x\n\n- y", [], "- x\n\n- y\n\n- z"),
    ("# c\n[]\n", [], "# c\n- z\n"),
    ("# c\n", [], "# c\n- z\n"),
    ("# c", ["k"], "# c\nk:\n  - z\n"),
    ("k:\n", ["k"], "k: [z]\n"),
    ("k: []\n", ["k"], "k: [z]\n"),
    ("k: [x] # c\n", ["k"], "k: [x, z] # c\n"),
    ("k:\n- x # c\nl: 1\n", ["k"], "k:\n- x # c\n- z\nl: 1\n"),
    ("l: 1\n", ["k"], "l: 1\nk: [z]\n"),
    ("[\n  x,\n  y # c\n]\n", [], "[\n  x,\n  y, # c\n  z\n]\n"),
])  # fmt: skip
def test_an_element_is_added_in_the_manner_of_its_neighbours(old: str, keys: list[Any], new: str):
    if old in ("# c\n[]\n",):
        # A list of nothing stays in brackets for a text; for a record it becomes one element a line.
        assert with_element(old, keys, {"a": "z"}) == "# c\n- a: z\n"
    else:
        assert with_element(old, keys, "z") == new


@pytest.mark.parametrize("old, new", [
    ("seals: []\n", "seals:\n  - {through: 2017-12-28, entries: 8}\n"),
    ("seals:\n", "seals:\n  - {through: 2017-12-28, entries: 8}\n"),
    ("seals: []  # none\na: 1\n", "seals:  # none\n  - {through: 2017-12-28, entries: 8}\na: 1\n"),
    ("a: 1\n", "a: 1\nseals:\n  - {through: 2017-12-28, entries: 8}\n"),
    ("# c\n", "# c\nseals:\n  - {through: 2017-12-28, entries: 8}\n"),
    ("seals:\n- {a: b}\n", "seals:\n- {a: b}\n- {through: 2017-12-28, entries: 8}\n"),
])  # fmt: skip
def test_a_record_may_be_asked_to_stand_in_braces(old: str, new: str):
    seal = {"through": Bare("2017-12-28"), "entries": Bare("8")}
    assert with_element(old, ["seals"], seal, flow=True) == new


@pytest.mark.parametrize("old, keys, new", [
    ("a: 1 # x\n# y\nb: 2\n", ["a"], "# y\nb: 2\n"),
    ("a: 1\nb: 2", ["b"], "a: 1"),
    ("- a: 1\n  b: 2\n", [0, "a"], "- b: 2\n"),
    ("- a: 1\n  # x\n  b: 2\n", [0, "a"], "- \n  # x\n  b: 2\n"),
    ("- a: 1\n", [0, "a"], "- {}\n"),
    ("k:\n  a: 1\nl: 2\n", ["k", "a"], "k: {}\nl: 2\n"),
    ("[x, y, z]\n", [1], "[x, z]\n"), ("[x, y]\n", [1], "[x]\n"), ("[x]\n", [0], "[]\n"),
    ("{a: 1, # x\n b: 2}\n", ["b"], "{a: 1, # x\n }\n"),
    ("- x\n- y # c\n# d\n- z\n", [1], "- x\n# d\n- z\n"),
    ("-\n  a: 1\n-\n  a: 2\n", [1], "-\n  a: 1\n"),
    ("a: 1\n", ["b"], "a: 1\n"),
])  # fmt: skip
def test_a_value_is_taken_out_with_its_own_lines(old: str, keys: list[Any], new: str):
    assert without(old, keys) == new


@pytest.mark.parametrize("text", [
    "a: &x 1\nb: *x\n", "a: !!str 1\n", "a: 1\n---\na: 2\n", "a: 1\n\tb: 2\n", "a: 1\na: 2\n", "a: [1\n", "a: 1\x85b: 2\n",
    "a: 1\n" + "[" * 40 + "]" * 40, "? a\n", "{a}\n", "[]\n", "text\n",
])  # fmt: skip
def test_what_cannot_be_edited_safely_is_refused(text: str):
    with pytest.raises(CannotEdit):
        with_value(text, ["a"], "z")


def test_a_refusal_points_at_the_place():
    with pytest.raises(CannotEdit) as refused:
        with_value("a: 1\r\nb:\r\n  c: &x 1\r\n", ["a"], "z")
    assert (refused.value.line, refused.value.column) == (3, 6)
    assert all(refused.value.message)
    assert all(refused.value.hint)


def test_a_tree_on_one_line_is_what_was_given():
    tree = {"a": ["x, y", Bare("3")], "b": {"c: d": "[e]"}}
    assert yaml.safe_load(flow_text(tree)) == {"a": ["x, y", 3], "b": {"c: d": "[e]"}}
