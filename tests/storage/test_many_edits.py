"""Many edits of one book: each stays in its own record."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.storage.csv.set_cell import with_cell, with_row, with_rows, with_rows_edited
from ledger.storage.refusal import CannotEdit
from ledger.storage.yaml.edit import with_element, with_elements, with_elements_edited, with_value, without
from ledger.storage.yaml.span import span_tree

pytestmark = pytest.mark.quick

BLOCK = """\
# the book
- id: M1   # first
  title: 一
  # between

- title: 二
  id: M2
  targets:
    a: {goal: 1}
# before the last
- {id: M3, title: "三"}
# end
"""
INDENTED = "  - id: M1\n    title: 一\n  - id: M2\n    title: 二\n"
FLOW = '[\n {"id": "M1", "title": "一"}, # c\n {"id": "M2",\n  "title": "二"}\n]\n'
ON_ONE_LINE = "[{id: M1, title: 一}, {id: M2, title: 二}]"


def titled(text: str, titles: dict[str, str]) -> str:
    """The text with the titles of these items set."""
    edits = {
        id_: partial(lambda part, keys, own: with_value(part, [*keys, "title"], own), own=own)
        for id_, own in titles.items()
    }
    return with_elements_edited(text, edits)


def test_every_item_gets_its_own_edit_and_all_else_stays():
    assert titled(BLOCK, {"M3": "叁", "M1": "壹", "M2": "贰: x"}) == (
        BLOCK.replace("title: 一", "title: 壹").replace("title: 二", 'title: "贰: x"').replace('"三"', '"叁"')
    )


@pytest.mark.parametrize("text", [INDENTED, FLOW, ON_ONE_LINE, BLOCK.replace("\n", "\r\n")])
def test_lists_are_edited_however_they_are_written(text):
    assert titled(text, {"M1": "壹", "M2": "贰"}) == text.replace("一", "壹").replace("二", "贰")


def test_an_edit_may_add_and_take_out_lines():
    def edit(text, keys):
        text = with_value(text, [*keys, "steps"], ["a", "b"])
        return without(text, [*keys, "targets"])

    assert with_elements_edited(BLOCK, {"M2": edit}) == BLOCK.replace(
        "  targets:\n    a: {goal: 1}\n", "  steps: [a, b]\n"
    )


def test_an_item_that_is_not_there_is_named():
    with pytest.raises(CannotEdit, match="cannot find M9"):
        titled(BLOCK, {"M1": "x", "M9": "y"})
    with pytest.raises(CannotEdit, match="no list here"):
        titled("# nothing\n", {"M1": "x"})


@given(
    st.sampled_from([BLOCK, INDENTED, FLOW, ON_ONE_LINE]), st.lists(st.sampled_from("甲乙丙"), min_size=2, max_size=2)
)
def test_many_edits_come_to_the_same_as_one_after_the_other(text, titles):
    expected = text
    root = span_tree(text)
    ids = [item.child("id").text for item in root.items]  # type: ignore[union-attr]
    wanted = dict(zip(ids, titles, strict=False))
    for number, id_ in enumerate(ids):
        if id_ in wanted:
            expected = with_value(expected, [number, "title"], wanted[id_])
    assert titled(text, wanted) == expected


NEW = [{"id": f"N{n}", "title": f"新 {n}", "steps": ["a, b", "c"]} for n in range(4)]


@pytest.mark.parametrize("text", [BLOCK, INDENTED, FLOW, ON_ONE_LINE, "[]\n", "# only a comment\n", "",
                                  "- id: M1\n  title: 一\n\n- id: M2\n  title: 二", "- {id: M1, title: 一}\n"])  # fmt: skip
def test_many_new_items_come_to_the_same_as_one_after_the_other(text):
    expected = text
    for value in NEW:
        expected = with_element(expected, [], value)
    assert with_elements(text, NEW) == expected


TABLE = 'id,title,due\nM1,一,2017-12-31\n"M2","二,\n2",\n\nM3\n'


def test_cells_of_many_rows_are_set_where_they_stand():
    edited = with_rows_edited(TABLE, {2: {"title": "壹"}, 3: {"due": "2018-01-01"}, 6: {"title": "a,b"}})
    assert edited == 'id,title,due\nM1,壹,2017-12-31\n"M2","二,\n2",2018-01-01\n\nM3,"a,b"\n'


def test_a_missing_column_is_added_once_and_an_empty_cell_needs_none():
    edited = with_rows_edited(TABLE, {2: {"goal": "x"}, 3: {"goal": "y", "upkeep": ""}})
    assert edited == 'id,title,due,goal\nM1,一,2017-12-31,x\n"M2","二,\n2",,y\n\nM3\n'


def test_cells_are_set_as_one_after_the_other_would_set_them():
    table = TABLE.replace("\n", "\r\n")
    expected = with_cell(with_cell(table, 2, "title", "壹"), 3, "due", "2018-01-01")
    assert with_rows_edited(table, {2: {"title": "壹"}, 3: {"due": "2018-01-01"}}) == expected


@pytest.mark.parametrize("text", [TABLE, TABLE.replace("\n", "\r\n"), "id,title\nM1,一", "title,id\n"])
def test_new_rows_come_to_the_same_as_one_after_the_other(text):
    rows = [{"id": "N1", "title": 'a "b"'}, {"id": "N2", "goal": "= 3"}, {"id": "N3"}]
    expected = with_row(text, {"id": "N1", "title": 'a "b"', "goal": ""})
    for row in rows[1:]:
        expected = with_row(expected, row)
    assert with_rows(text, rows) == expected


def test_a_table_that_is_none_is_refused():
    with pytest.raises(CannotEdit, match="not sound CSV"):
        with_rows_edited('id,title\nM1,"x\n', {2: {"title": "y"}})
