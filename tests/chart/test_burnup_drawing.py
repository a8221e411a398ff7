"""The curve on paper: names at the ends of the curves leave the way of what will be due free."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.chart.burnup import burn_up
from ledger.chart.burnup_drawing import LOOKS, burnup_drawing
from ledger.chart.drawing import Drawing, Line, extent, in_language
from ledger.state.board import Board
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

DAY = date(2017, 12, 31)


def drawn(due: int, done: int, later: int) -> Drawing:
    """The curve of so many items that are due, done, and due later."""
    items = [item(f"M{n}", due="2017-12-01" if n <= due else "2018-12-01") for n in range(1, due + later + 1)]
    facts = [fact("2017-11-01", "done", f"M{n}") for n in range(1, done + 1)]
    board = Board(sound(files(items, facts, time_nodes=[{"id": "2020", "date": "2020-12-31"}])), DAY)
    return in_language(burnup_drawing(burn_up(board)), "en")


@pytest.mark.parametrize(
    "due, done, later", [(30, 32, 7), (17, 17, 3), (30, 10, 30), (1, 0, 30), (10, 40, 31), (20, 18, 2)]
)
def test_no_name_lies_on_the_curve_of_what_will_be_due(due: int, done: int, later: int):
    drawing = drawn(due, done, later)
    ahead = next(
        mark
        for mark in drawing.flat()
        if isinstance(mark, Line) and mark.look == LOOKS["due"]._replace(width=1.2, dash=(3, 3))
    )
    level = ahead.points[0][1]
    for name in ("total", "due", "done"):
        (label,) = [one for one in drawing.labels() if one.bold and one.text.startswith(f"{name} ")]
        _, top, _, bottom = extent(label)
        assert bottom <= level or top >= level
