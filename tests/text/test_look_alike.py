"""Characters that pass for others are named, so that somebody can find them; and what somebody probably meant to type."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text.look_alike import folded, look, nearest, odd_characters

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    "name", ["⾦水区", "金水区\ufe00", "金水区 ", "金 水区", "金\u3000水区", "金\u00a0水区", "金\u200b水区"]
)
def test_names_that_look_the_same_look_the_same(name: str):
    assert look(name) == "金水区"


@pytest.mark.parametrize("text, like, odd", [
    ("⾦水区", "金水区", ["⾦ U+2FA6"]), ("金水区\ufe00", "金水区", ["U+FE00"]), ("金\u3000水区", "金水区", ["U+3000"]),
    ("М18", "M18", ["М U+041C"]), ("М18", "", ["М U+041C"]), ("１２", "", ["１ U+FF11", "２ U+FF12"]),
    ("2018−01−02", "", ["− U+2212"]), ("市城菅委", "市城管委", []), ("完成", "", []), ("12", "", []),
    ("12\u00a0", "", ["U+00A0"]), ("Ｍ18", "M18", ["Ｍ U+FF2D"]),
])  # fmt: skip
def test_the_odd_character_is_named_by_its_code(text: str, like: str, odd: list[str]):
    assert odd_characters(text, like) == odd


@given(st.text())
def test_composed_and_decomposed_text_is_one(text: str):
    assert folded(normalize("NFD", text)) == folded(normalize("NFC", text))
    assert folded(folded(text)) == folded(text)


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
