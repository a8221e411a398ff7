"""What stands in a file must not drive somebody's terminal."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text.safe import json_text, odd_control, one_line, safe, spaced

pytestmark = pytest.mark.quick


def test_escape_sequences_lose_their_escape():
    assert safe("\x1b[31m红\x1b[0m") == "[31m红[0m"
    assert safe("\x1b]0;title\x07text") == "]0;titletext"
    assert safe("\x9b2Jgone?") == "2Jgone?"


def test_carriage_returns_and_backspaces_cannot_overwrite_what_stands_there():
    assert safe("done\r\x08\x08open") == "done open"


def test_marks_that_turn_the_reading_direction_are_taken_out():
    assert safe("a\u202eb\u2066c\u200fd") == "abcd"


def test_line_ends_and_tabs_are_kept_and_joined_where_one_line_is_wanted():
    assert safe("a\tb\nc") == "a\tb\nc"
    assert one_line(" a\t b\n\x1bc ") == "a b c"


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\r", "\x85", "\u2028", "\u2029"], ids=repr)
def test_what_separates_lines_becomes_a_blank_and_never_nothing(mark: str):
    assert (safe(f"3{mark}5"), one_line(f"3{mark}5"), spaced(f"3{mark}5")) == ("3 5", "3 5", "3 5")


def test_the_line_end_of_windows_is_one_line_end():
    assert safe("3\r\n5") == spaced("3\r\n5") == "3\n5"


def test_a_control_character_that_separates_nothing_is_named():
    assert [odd_control(text) for text in ("a\x07b", "\x9b", "a\x0bb\n\t", "\u202e")] == ["U+0007", "U+009B", "", ""]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_hides_no_character_and_gives_each_back(text: str):
    written = json_text({"a": text})
    assert json.loads(written) == {"a": text}
    assert safe(written) == written


def test_half_a_character_is_escaped_in_json():
    assert json_text(["\udcff"], compact=True) == '["\\udcff"]'


@given(st.text())
def test_nothing_else_is_taken_out(text: str):
    kept = safe(text)
    assert not any(unicodedata.category(char) == "Cc" and char not in "\t\n" for char in kept)
    gone = [char for char in text if char not in kept]
    assert all(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in gone)
