"""Text in drawings: cut where there is no room, and never estimated narrower than it may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.chart.drawing import Label, extent, fitted, lines_of, span, told
from ledger.model.words import Words

pytestmark = pytest.mark.quick


@given(st.text(max_size=60), st.floats(1, 400), st.sampled_from([8.0, 12.0]), st.booleans())
def test_fitted_text_has_room(text: str, room: float, size: float, bold: bool):
    found = fitted(text, room, size, bold=bold)
    assert found == "" or span(found, size, bold=bold) <= room
    assert "\n" not in found


def test_what_has_room_stays_whole_and_what_has_not_ends_in_dots():
    assert fitted("垃圾填埋场", 50, 10) == "垃圾填埋场"
    assert fitted("垃圾填埋场", 49, 10) == "垃圾填…"
    assert fitted("垃圾填埋场", 5, 10) == ""


def test_a_title_of_a_million_signs_is_cut_at_once():
    assert fitted("长" * 1_000_000, 100, 10) == "长" * 9 + "…"


def test_marks_that_turn_the_direction_and_controls_are_gone():
    assert fitted("a\u202eb\x1b[31m\x00c\ud800", 400, 10) == "ab[31mc"


@pytest.mark.parametrize("sign, least", [("中", 1.0), ("，", 1.0), ("W", 0.94), ("n", 0.57), ("0", 0.57), ("i", 0.3)])
def test_no_sign_is_taken_for_narrower_than_the_usual_type_has_it(sign: str, least: float):
    assert span(sign, 1) >= least


@pytest.mark.parametrize("at, left", [("start", 100), ("middle", 90), ("end", 80)])
def test_a_label_reaches_from_where_it_is_held(at: str, left: float):
    assert extent(Label(100, 50, "中文", 10, at=at))[::2] == (left, left + 20)


def test_parts_are_joined_while_a_line_has_room():
    assert lines_of(["甲", "乙", "丙"], 40, 10) == [told(["甲", "乙"]), "丙"]


def test_words_have_the_room_of_the_longer_language_and_each_is_cut_for_itself():
    words = Words("垃圾填埋场", "landfill")
    assert span(words, 10) == max(span(words.zh, 10), span(words.en, 10))
    assert fitted(words, 49, 10) == Words("垃圾填…", "landfill")
