"""The picture of one item: its plan, moves, milestones, readings and steps, and nothing where nobody told anything."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.chart.drawing import Drawing, Line
from ledger.chart.item import item_drawing
from ledger.state.board import Board
from tests.chart.drawn import outside, overlapping, spoken
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

DAY = date(2017, 12, 31)
TARGET = {"t": {"name": "开工", "unit": "座", "goal": ">= 46", "due": "2017-12-31"}}


def drawn(
    facts: list[dict[str, str]], lang: str = "en", settings: dict[str, Any] | None = None, **cells: Any
) -> Drawing[str]:
    board = Board(sound(files([item(**cells)], facts, **(settings or {}))), DAY)
    (drawing,) = spoken([item_drawing(board.standings[0])], lang)
    assert not overlapping(drawing)
    assert not outside(drawing)
    return drawing


def texts(drawing: Drawing[str]) -> list[str]:
    return [label.text for label in drawing.labels()]


@pytest.mark.parametrize("lang, words", [("zh", "还没有读数"), ("en", "no reading yet")])
def test_a_target_without_a_reading_has_no_curve(lang: str, words: str):
    def curves(drawing: Drawing[str]) -> int:
        return sum(isinstance(mark, Line) and mark.look.line == "green" for mark in drawing.flat())

    facts = [fact("2017-06-01", "reading", key="t", value=20), fact("2017-09-01", "reading", key="t", value=43)]
    assert words in texts(drawn([], lang, targets=TARGET))
    assert curves(drawn([], lang, targets=TARGET)) == 0
    assert curves(drawn(facts, lang, targets=TARGET)) == 1
    assert words not in texts(drawn(facts, lang, targets=TARGET))


def test_every_extension_has_a_row_with_the_day_of_its_decision():
    facts = [fact("2017-06-01", "extend", until="2018-06-30"), fact("2017-09-01", "extend", until="2018-12-31")]
    found = texts(drawn(facts))
    assert found.index("extended 2017-06-01") < found.index("extended 2017-09-01")
    assert "to 2018-12-31" in found


@pytest.mark.parametrize(
    "own, words", [({}, "not recorded"), ({"by": "due", "takes": {"self_check": "5w"}}, "at the latest")]
)
def test_closing_steps_tell_their_latest_days_only_where_there_is_a_clock(own: dict[str, Any], words: str):
    closing = {"closing": {"steps": ["self_check", "notice"], "notice_days": 7, **own}}
    found = texts(drawn([], settings=closing, due="2018-03-31"))
    assert "self-check" in found
    assert any(words in text for text in found)


def test_what_is_called_done_and_short_says_so_first():
    facts = [fact("2017-11-01", "reading", key="t", value=43), fact("2017-11-01", "done")]
    assert "done on 2017-11-01, short of 1 target" in drawn(facts, targets=TARGET).desc
