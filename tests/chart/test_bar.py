"""The bar of an item and the legend: what a chart draws is explained, and can be seen on any screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from ledger.chart.bar import bar_marks, key_marks
from ledger.chart.drawing import PALETTE, Drawing, Label, Mark, Shape, in_language
from ledger.chart.frame import Frame
from ledger.chart.gantt import Gantt, gantt
from ledger.state.board import Board
from tests.chart.drawn import contrast
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

DAY = date(2017, 12, 31)


def chart(*items: dict[str, object], facts: Iterable[dict[str, str]] = (), **settings: object) -> Gantt:
    board = Board(sound(files(list(items), list(facts), **settings)), DAY)
    return gantt(board, board.standings)


def drawn(found: Gantt) -> tuple[Frame, list[Mark]]:
    """The frame and the marks of the only bar."""
    frame = Frame(100, 50, 400, 20, found.axis)
    return frame, bar_marks(found.bars[0], frame, 50, 20, DAY)


def arrows(found: Gantt) -> list[str]:
    frame, marks = drawn(found)
    points = {mark.points[1][0] for mark in marks if isinstance(mark, Shape) and len(mark.points) == 3}
    return [name for name, x in (("left", frame.left), ("right", frame.right)) if x in points]


def keys(found: Gantt) -> list[str]:
    marks, _ = key_marks(found, 0, 1600)
    return [label.text for label in in_language(Drawing(1600, 100, "", "", tuple(marks)), "en").labels()]


@pytest.mark.parametrize("cells, sides", [
    ({"start": "1990-01-01"}, ["left"]), ({"start": "1990-01-01", "due": "1990-12-31"}, ["left"]),
    ({"start": "2017-05-01", "due": "2099-12-31"}, ["right"]), ({"start": "1990-01-01", "due": "2099-12-31"}, ["left", "right"]),
    ({"milestones": {"m": {"due": "2099-12-31"}}}, ["right"]), ({}, []),
])  # fmt: skip
def test_an_arrow_stands_at_the_edge_beyond_which_a_day_lies(cells: dict[str, object], sides: list[str]):
    found = chart(item(**cells))
    assert arrows(found) == sides
    assert ("a day beyond the picture" in keys(found)) == bool(sides)


@pytest.mark.parametrize("word, found", [
    ("done after the deadline", chart(item(due="2017-06-30"), facts=[fact("2017-07-01", "done")])),
    ("deadline, and a start after it", chart(item(start="2017-08-01", due="2017-06-30"))),
    ("time node", chart(item())),
])  # fmt: skip
def test_the_legend_explains_a_rare_sign_where_it_is_drawn_and_only_there(word: str, found: Gantt):
    assert word in keys(found)
    assert word not in keys(chart(item(due="2017-06-30"), facts=[fact("2017-06-30", "done")], time_nodes=[]))


def test_the_legend_names_what_is_drawn_and_nothing_else():
    found = chart(item(due="2018-12-31"), facts=[fact("2017-06-01", "start")], time_nodes=[])
    assert keys(found) == ["green", "until the deadline", "the day judged on"]


@pytest.mark.parametrize("at", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize("ground", ["red", "yellow", "green", "pale-red", "pale-yellow", "pale-green", "paper"])
def test_ticks_milestones_and_arrows_have_paper_and_ink_of_which_one_stands_out_from_any_bar(ground: str, at: int):
    facts = [fact("2017-05-01", "done"), fact("2017-04-01", "milestone", key="m")]
    found = chart(
        item(start="1990-01-01", milestones={"m": {"due": "2017-04-30"}, "n": {"due": "2017-11-30"}}), facts=facts
    )
    inks = {"ink", "quiet", "paper"}
    _, marks = drawn(found)
    pairs = [mark.look for mark in marks if isinstance(mark, Shape)]
    assert len(pairs) == 3
    for look in pairs:
        assert {look.fill, look.line} <= inks
        assert max(contrast(PALETTE[name][at], PALETTE[ground][at]) for name in (look.fill, look.line)) >= 3
    assert not any(isinstance(mark, Label) for mark in marks)
