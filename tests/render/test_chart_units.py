"""The bars of units on paper."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.figure.board import Board
from ledger.figure.chart_units import unit_bars
from ledger.render.chart_units import unit_drawings
from ledger.render.paper import PAPERS
from tests.paper import files, item, sound

pytestmark = pytest.mark.quick

DAY = date(2017, 12, 31)


@pytest.mark.parametrize("lang, words", [("zh", "合计只看份额"), ("en", "on a scale of its own")])
def test_the_scale_of_the_total_is_told(lang: str, words: str):
    board = Board(sound(files([item(f"M{n}", lead=f"第{n}局") for n in range(3)])), DAY)
    for paper in ("A4", "A3", "A0"):
        (sheet,) = unit_drawings(unit_bars(board, board.standings), PAPERS[paper], lang)
        assert any(words in label.text for label in sheet.labels())
