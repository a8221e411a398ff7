"""The type of PNG and PDF: found by what it can show, and never a box for what it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.render.drawing import Box, Drawing, Label, Look, Part
from ledger.render.typeface import MissingFont, lacking, settable, typeface_for
from ledger.source.font import PACKAGES, installed_fonts
from tests.render.small_font import write_font

pytestmark = pytest.mark.quick

DRAWING = Drawing(100, 50, "t", "d", (Label(0, 10, "中文", 10), Part("p", (Label(0, 20, "a𠮷", 10),)),
                                      Box(0, 0, 1, 1, Look("ink"))))  # fmt: skip


def test_the_first_font_that_has_every_sign_is_taken(tmp_path: Path):
    paths = [write_font(tmp_path / "one.ttf", "中a", "One"), write_font(tmp_path / "two.ttf", "中文a", "Two"),
             write_font(tmp_path / "three.ttf", "中文a𠮷", "Three")]  # fmt: skip
    assert typeface_for([DRAWING], paths, PACKAGES).family == "Three"
    face = typeface_for([DRAWING], paths[:2], PACKAGES)
    assert (face.family, lacking([DRAWING], face)) == ("Two", ["𠮷"])


def test_what_a_font_lacks_becomes_a_question_mark(tmp_path: Path):
    face = typeface_for([DRAWING], [write_font(tmp_path / "f.ttf", "中文a?")], PACKAGES)
    assert [label.text for label in settable(DRAWING, face).labels()] == ["中文", "a?"]


@pytest.mark.parametrize("content", [None, b"", b"no font at all", b"ttcf\x00\x01\x00\x00"])
def test_without_a_chinese_font_the_sentence_names_the_packages(tmp_path: Path, content: bytes | None):
    paths = [write_font(tmp_path / "latin.ttf", "abc")]
    if content is not None:
        paths.append(tmp_path / "broken.ttf")
        paths[1].write_bytes(content)
    with pytest.raises(MissingFont) as caught:
        typeface_for([DRAWING], paths, PACKAGES)
    for hint in caught.value.hint:
        assert all(package in hint for package in PACKAGES)


def test_a_chart_without_chinese_signs_needs_no_chinese_font(tmp_path: Path):
    drawing = Drawing(100, 50, "t", "d", (Label(0, 10, "abc", 10),))
    assert typeface_for([drawing], [write_font(tmp_path / "latin.ttf", "abc", "Latin")], PACKAGES).family == "Latin"


def test_fonts_are_looked_for_below_the_folders_and_the_better_ones_come_first(tmp_path: Path):
    for place in ("a/wqy-microhei.ttc", "b/c/NotoSansCJK-Regular.ttc", "b/Other.ttf", "a/DejaVuSans.ttf"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(b"")
    found = installed_fonts([tmp_path / "nowhere", tmp_path / "a", tmp_path / "b"])
    assert [path.name for path in found] == ["NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "DejaVuSans.ttf"]
