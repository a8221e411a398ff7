"""Names of files on the web."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.site.pages import web_names

pytestmark = pytest.mark.quick

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")

names = st.lists(st.text(max_size=70) | st.from_regex(r"[A-Za-z0-9._~-]{1,6}", fullmatch=True), max_size=12)


@given(names)
def test_every_name_is_safe_and_no_two_are_the_same_anywhere(texts: list[str]):
    found = web_names(texts)
    assert set(found) == set(texts)
    assert len({name.casefold() for name in found.values()}) == len(found)
    for name in found.values():
        assert SAFE.fullmatch(name)
        assert not name.endswith(".")
        assert not RESERVED.fullmatch(name.partition(".")[0])


@given(names, st.text(max_size=20))
def test_a_name_does_not_depend_on_the_others_unless_they_differ_only_in_case(texts: list[str], text: str):
    others = [other for other in texts if other.casefold() != text.casefold()]
    assert web_names([*others, text])[text] == web_names([text])[text]


@pytest.mark.parametrize("text", ["M18", "P-landfill.2", "a", "A" * 64])
def test_a_plain_id_is_its_own_name(text: str):
    assert web_names([text]) == {text: text}


@pytest.mark.parametrize(
    "text", ["../etc", "CON", "nul.txt", "end.", "万州区", "", "a b", "x--1", "<b>", ".hidden", "A" * 65]
)
def test_any_other_text_gets_a_name_with_its_hash(text: str):
    assert re.fullmatch(r"[A-Za-z0-9._-]+--[0-9a-f]{12}", web_names([text])[text])


def test_ids_that_differ_only_in_case_get_names_that_differ_in_more():
    found = web_names(["m1", "M1", "M2"])
    assert found["M2"] == "M2"
    assert len({name.casefold() for name in found.values()}) == 3
