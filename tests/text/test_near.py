"""What somebody probably meant to type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text.near import nearest

pytestmark = pytest.mark.quick

FIELDS = ["id", "title", "lead", "responsible", "due", "due_basis", "牵头单位", "整改时限"]
UNITS = ["市环保局", "市城管委", "万州区", "开州区", "市环境监察办"]


@pytest.mark.parametrize("word, meant", [
    ("leed", "lead"), ("LEAD", "lead"), ("titel", "title"), ("responsable", "responsible"), ("due_basics", "due_basis"),
    ("牵头单元", "牵头单位"), ("zzz", ""), ("", ""),
])  # fmt: skip
def test_a_slip_in_a_field(word: str, meant: str):
    assert nearest(word, FIELDS) == meant


@pytest.mark.parametrize(
    "word, meant",
    [("环保局", "市环保局"), ("万洲区", "万州区"), ("市城管局", "市城管委"), ("环境监察办", "市环境监察办")],
)
def test_a_slip_in_a_unit(word: str, meant: str):
    assert nearest(word, UNITS) == meant


@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=10), max_size=6))
def test_what_is_offered_is_on_the_list(word: str, names: list[str]):
    assert nearest(word, names) in (*names, "")


@given(
    st.lists(
        st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=10), min_size=1, unique=True
    ),
    st.data(),
)
def test_a_word_of_the_list_is_nearest_to_itself(names: list[str], data: st.DataObject):
    word = data.draw(st.sampled_from(names))
    assert nearest(word, names) == word


def test_a_word_without_end_costs_nothing():
    assert nearest("x" * 100_000, FIELDS) == ""
