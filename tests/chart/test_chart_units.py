"""The bars of units on paper."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.chart.drawing import PAPERS
from ledger.chart.units import unit_bars, unit_drawings
from ledger.state.board import Board
from tests.chart.drawn import spoken
from tests.paper import files, item, sound

pytestmark = pytest.mark.quick

DAY = date(2017, 12, 31)


@pytest.mark.parametrize("lang, words", [("zh", "合计只看份额"), ("en", "on a scale of its own")])
def test_the_scale_of_the_total_is_told(lang: str, words: str):
    board = Board(sound(files([item(f"M{n}", lead=f"第{n}局") for n in range(3)])), DAY)
    for paper in ("A4", "A3", "A0"):
        (sheet,) = spoken(unit_drawings(unit_bars(board, board.standings), PAPERS[paper]), lang)
        assert any(words in label.text for label in sheet.labels())
