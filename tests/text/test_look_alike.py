"""Characters that pass for others are named, so that somebody can find them."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text.look_alike import folded, look, odd_characters

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
