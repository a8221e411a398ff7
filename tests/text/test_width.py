"""Cells of a terminal: measuring, filling up, cutting and wrapping. `wcwidth` is the judge."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from ledger.text.width import cell_width, clip, pad, wrap

# What a ledger holds: Chinese, Latin, digits, both kinds of punctuation, arrows, boxes, some accents and an emoji.
_chars = st.one_of(
    st.sampled_from("，。；：、（）《》“”‘’…—·℃±≥≤→–％①█─　 ,.;:()[]{}<>\"'%&/-_=+é漢字あ한🌊"),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
)
texts = st.text(_chars, max_size=60)
_known = st.characters(
    min_codepoint=0xA0, max_codepoint=0x33FF, exclude_categories=["Mn", "Me", "Mc", "Cf", "Cn", "Zl", "Zp"]
)


def without_blanks(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "text, cells",
    [("", 0), ("M18", 3), ("整改", 4), ("整改M18", 7), ("17/20 85.0%", 11), ("“序时”", 6), ("≥ 46 座", 7)],
)
def test_chinese_characters_take_two_cells(text: str, cells: int):
    assert cell_width(text) == cells


@given(texts)
def test_the_width_is_that_of_the_unicode_tables(text: str):
    assert cell_width(text) == wcswidth(text)


@given(_known)
def test_the_width_of_every_single_sign_is_that_of_the_unicode_tables(char: str):
    assume(wcswidth(char) >= 0)
    assert cell_width(char) == wcswidth(char)


@given(texts, st.integers(0, 80), st.booleans())
def test_the_padded_width_is_exact(text: str, width: int, right: bool):
    padded = pad(text, width, right=right)
    assert cell_width(padded) == max(width, cell_width(text))
    assert padded.endswith(text) if right else padded.startswith(text)


@given(texts, st.integers(1, 60))
def test_a_clipped_text_fits_and_says_that_something_is_missing(text: str, width: int):
    cut = clip(text, width)
    assert cell_width(cut) <= width
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(texts, st.integers(2, 60))
def test_wrapped_lines_are_never_wider_than_asked(text: str, width: int):
    assert max(map(cell_width, wrap(text, width))) <= width


@given(texts, st.integers(2, 60))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int):
    assert without_blanks("".join(wrap(text, width))) == without_blanks(text)


@given(st.lists(texts.map(str.strip), min_size=1, max_size=4), st.integers(2, 60))
def test_line_breaks_of_the_text_are_kept(lines: list[str], width: int):
    assume(all(lines))
    wrapped = wrap("\n".join(lines), width)
    assert len(wrapped) >= len(lines)
    assert wrapped == [line for text in lines for line in wrap(text, width)]


@given(texts.map(str.strip))
def test_a_text_that_fits_stays_one_line(text: str):
    assert wrap(text, max(cell_width(text), 2)) == [text]


@given(st.text(st.sampled_from("渗滤液处理设施，。；：、）》”"), min_size=1, max_size=40), st.integers(8, 30))
def test_no_line_starts_with_closing_punctuation(text: str, width: int):
    # A run of punctuation longer than a line has to be broken somewhere.
    assume(not any(run in text for run in ["，。；", "））"]))
    runs = "".join(char if char in "，。；：、）》”" else " " for char in text).split()
    assume(all(len(run) <= 2 for run in runs) and text[0] not in "，。；：、）》”")
    assert not any(line[0] in "，。；：、）》”" for line in wrap(text, width))


@pytest.mark.parametrize("text, width, lines", [
    ("渗滤液处理", 4, ["渗滤", "液处", "理"]),
    ("渗滤液，处理", 6, ["渗滤", "液，处", "理"]),
    ("landfill leachate", 10, ["landfill", "leachate"]),
    ("leachate渗滤液", 10, ["leachate渗", "滤液"]),
    ("（一）方案", 4, ["（一", "）方", "案"]),
    ("unbreakable", 4, ["unbr", "eaka", "ble"]),
    ("journal/2017/report.csv:46:33", 16, ["journal/2017/", "report.csv:46:33"]),
    ("measures.yaml:250:15", 16, ["measures.yaml:", "250:15"]),
    ("a/unbreakable", 6, ["a/unbr", "eakabl", "e"]),
    ("a\n\nb", 10, ["a", "", "b"]),
    ("", 10, [""]),
])  # fmt: skip
def test_wrapping_by_example(text: str, width: int, lines: list[str]):
    assert wrap(text, width) == lines
