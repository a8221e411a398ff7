"""Text that any file can hold."""

from __future__ import annotations

from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text.xml_safe import xml_safe

pytestmark = pytest.mark.quick


def test_half_characters_and_no_characters_are_left_out():
    assert xml_safe("半\ud83d个\uffff字\ufffe") == "半个字"


def test_control_characters_and_marks_of_direction_are_left_out_but_lines_stay():
    assert xml_safe("a\x00\x1b\x9bb\u202ec\nd\te") == "abc\nd\te"


def test_whole_characters_beyond_the_first_plane_stay():
    assert xml_safe("𠮷😀") == "𠮷😀"


@given(st.text(st.characters()))
def test_what_is_left_can_be_stored_and_parsed(text: str):
    kept = xml_safe(text)
    kept.encode("utf-8")
    assert (ET.fromstring(f"<a>{escape(kept)}</a>").text or "") == kept


@given(st.text())
def test_clean_text_stays_as_it_is(text: str):
    assert xml_safe(xml_safe(text)) == xml_safe(text)
