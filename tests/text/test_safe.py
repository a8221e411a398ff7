"""What stands in a file must not drive somebody's terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text.safe import one_line, safe

pytestmark = pytest.mark.quick


def test_escape_sequences_lose_their_escape():
    assert safe("\x1b[31m红\x1b[0m") == "[31m红[0m"
    assert safe("\x1b]0;title\x07text") == "]0;titletext"
    assert safe("\x9b2Jgone?") == "2Jgone?"


def test_carriage_returns_and_backspaces_cannot_overwrite_what_stands_there():
    assert safe("done\r\x08\x08open") == "doneopen"


def test_marks_that_turn_the_reading_direction_are_taken_out():
    assert safe("a\u202eb\u2066c\u200fd") == "abcd"


def test_line_ends_and_tabs_are_kept_and_joined_where_one_line_is_wanted():
    assert safe("a\tb\nc") == "a\tb\nc"
    assert one_line(" a\t b\n\x1bc ") == "a b c"


@given(st.text())
def test_nothing_else_is_taken_out(text: str):
    kept = safe(text)
    assert not any(unicodedata.category(char) == "Cc" and char not in "\t\n" for char in kept)
    gone = [char for char in text if char not in kept]
    assert all(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in gone)
