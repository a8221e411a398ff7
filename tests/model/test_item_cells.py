"""An item as the cells of a table."""

from __future__ import annotations

import pytest

from ledger.model.item_cells import item_cells, value_cells
from ledger.model.words import Words
from ledger.source.plan import item_fields
from tests import paper

pytestmark = pytest.mark.quick


def cells(**fields: object) -> dict[str, str]:
    ledger = paper.sound(paper.files([paper.item(**fields)], problems=[paper.item("P1")]))
    return {
        name: cell for name, cell in item_cells(ledger.items[0], item_fields(ledger.settings).values()).items() if cell
    }


def test_every_field_is_a_column_by_its_path():
    found = cells(
        title={"zh": "一", "en": "one"}, responsible=["万州区", "开;州"], problems=["P1"], weight="0.5", goal="x",
        targets={"a": {"goal": "≥ 46", "due": "2017-12-31", "from": "0"}}, milestones={"p": {"due": "2017-09-30"}},
    )  # fmt: skip
    assert found == {
        "id": "M1", "title.zh": "一", "title.en": "one", "lead": "市环保局", "due": "2017-12-31", "goal": "x",
        "responsible": "万州区;开\\;州", "problems": "P1", "weight": "0.5", "targets.a.goal": ">= 46",
        "targets.a.due": "2017-12-31", "targets.a.from": "0", "milestones.p.due": "2017-09-30",
    }  # fmt: skip


def test_a_weight_of_one_is_the_default_and_no_cell():
    assert "weight" not in cells(weight="1")


def test_words_are_one_column_unless_they_differ():
    assert value_cells("x", Words("一", "one")) == {"x.zh": "一", "x.en": "one"}
    assert value_cells("x", Words("一", "一")) == {"x": "一"}
    assert value_cells("x", Words("", "one")) == {"x": "one"}
    assert value_cells("x", (Words("一", "one"), Words("二", "二"))) == {"x.zh": "一;二", "x.en": "one;二"}
    assert value_cells("x", None) == {"x": ""}
