"""Drawings as SVG: well-formed, the same bytes each time, with words for those who cannot see, and nothing active."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from ledger.chart.drawing import PALETTE, Box, Dot, Drawing, Label, Line, Look, Part, Shape
from ledger.chart.svg import figure, svg
from tests.chart.drawn import DAY, everything, hostile_ledger

NS = {"s": "http://www.w3.org/2000/svg"}
LOOK = Look("red", "ink", 2, (3, 1.5))
DRAWING = Drawing(
    400, 200, "标题 <b>", "说明 & 更多",
    (
        Box(1, 2.5, 3.14159, 4, LOOK),
        Part("一行 <script>", (Line(((0, 0), (10, 0), (10, 5.005), (12, 7)), Look(line="blue")), Dot(5, 5, 2, LOOK))),
        Shape(((0, 0), (4, 0), (4, 4)), Look("green")),
        Label(20, 30, "文字 <i>\x1b", 12, "quiet", "end", bold=True),
    ),
)  # fmt: skip


def test_a_drawing_is_written_as_expected(golden):
    golden("drawing.svg", svg(DRAWING))


def test_title_and_description_come_first_and_are_text():
    root = etree.fromstring(svg(DRAWING).encode())
    assert root.get("role") == "img"
    assert [child.tag.split("}")[1] for child in root][:2] == ["title", "desc"]
    assert [child.text for child in root][:2] == ["标题 <b>", "说明 & 更多"]
    assert root.findtext("s:g/s:title", namespaces=NS) == "一行 <script>"


def test_it_is_as_wide_as_the_window_and_on_paper_as_large_as_the_paper():
    window, paper = svg(DRAWING), svg(DRAWING, in_mm=True)
    assert 'width="100%" style="height:auto" viewBox="0 0 400 200"' in window
    assert 'width="100mm" height="50mm" viewBox="0 0 400 200"' in paper


def test_its_styles_touch_nothing_outside_and_load_nothing():
    text = svg(DRAWING)
    style = etree.fromstring(text.encode()).findtext("s:style", namespaces=NS)
    selectors = re.findall(r"([^{}]+)\{(?!\.)", style)
    assert all(part.strip().startswith(".ledger-chart ") for part in selectors)
    assert "url(" not in text
    assert "@import" not in text
    assert "@font-face" not in text


def test_the_night_has_other_colours_but_paper_has_not():
    assert "@media screen and (prefers-color-scheme:dark)" in svg(DRAWING)
    assert PALETTE["red"].dark in svg(DRAWING)
    assert PALETTE["red"].dark not in svg(DRAWING, night=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_text_is_text_in_every_chart(lang: str):
    for drawing in everything(hostile_ledger(), DAY, lang):
        root = etree.fromstring(svg(drawing).encode())
        names = {element.tag.split("}")[1] for element in root.iter()}
        assert names <= {"svg", "title", "desc", "style", "rect", "path", "circle", "g", "text"}
        attributes = {name for element in root.iter() for name in element.attrib}
        assert not [name for name in attributes if name.startswith("on") or "href" in name]


def test_the_whole_title_is_there_for_whoever_points_at_a_row():
    gantt = everything(hostile_ledger(), DAY, "zh")[0]
    titles = [title.text for title in etree.fromstring(svg(gantt).encode()).iterfind(".//s:g/s:title", NS)]
    assert any("超长" * 2500 in title for title in titles)


def test_the_same_ledger_makes_the_same_bytes():
    first, second = ([svg(one) for one in everything(hostile_ledger(), DAY, "zh")] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "value, text", [(1, "1"), (1.5, "1.5"), (0.005, "0.01"), (-0.001, "0"), (100, "100"), (1 / 3, "0.33")]
)
def test_lengths_have_two_decimals_at_most(value: float, text: str):
    assert figure(value) == text


def luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("time", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "head", "faint"])
def test_text_stands_out_from_every_ground_it_stands_on(time: str, ground: str):
    for name in ("ink", "quiet"):
        assert contrast(getattr(PALETTE[name], time), getattr(PALETTE[ground], time)) >= 4.5
