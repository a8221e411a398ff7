"""The curve on paper: names at the ends of the curves leave the way of what will be due free."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.chart.burnup import burn_up
from ledger.chart.burnup_drawing import LOOKS, NARROW, burnup_drawing
from ledger.chart.drawing import Drawing, Line, Part, extent, in_language
from ledger.chart.frame import Axis, bent
from ledger.model.setting import TimeNode
from ledger.model.words import Words
from ledger.state.board import Board
from tests.chart.drawn import outside, overlapping
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


def lines(facts: list[dict[str, str]], **cells: object) -> Drawing[str]:
    board = Board(sound(files([item(due="2017-06-30", **cells), item("M2", due="2018-12-31")], facts)), DAY)
    return in_language(burnup_drawing(burn_up(board)), "en")


def curve(drawing: Drawing[str], name: str) -> list[Line]:
    found = [mark for mark in drawing.marks if isinstance(mark, Part) and mark.title.startswith(f"{name} 2017-12-31")]
    return [own for part in found for own in part.marks if isinstance(own, Line)]


def test_the_curve_of_what_is_done_begins_with_the_first_entry():
    late = lines([fact("2017-10-01", "done")])
    assert curve(late, "done")[0].points[0][0] > curve(late, "due")[0].points[0][0]


def test_where_nobody_told_anything_there_is_no_curve_of_what_is_done_and_no_number():
    drawing = lines([])
    assert curve(drawing, "done") == []
    told = [label.text for label in drawing.labels()]
    assert "done unknown" in told
    assert "done 0" not in told
    assert any("nobody has told yet what is done" in text for text in told)


def test_a_long_time_without_any_entry_is_a_gap():
    drawing = lines([fact("2017-02-01", "start"), fact("2017-02-20", "start", "M2"), fact("2017-12-20", "done")])
    solid, gap = curve(drawing, "done")[:2]
    assert not solid.look.dash
    assert gap.look.dash
    assert "nothing told for 8 weeks" in [label.text for label in drawing.labels()]


def test_the_axis_goes_to_the_next_node_and_what_comes_later_is_compressed():
    axis = bent(Axis(date(2017, 1, 1), date(2020, 12, 31)), DAY, [TimeNode("2018", date(2018, 12, 31), Words("", ""))])
    assert axis.place(date(2018, 12, 31)) == pytest.approx(0.82)
    assert (axis.place(axis.first), axis.place(axis.last)) == (0, 1)
    assert bent(axis._replace(bend=None, main=1.0), DAY, []).bend is None


@pytest.mark.parametrize("facts, words", [
    ([fact("2017-06-01", "done")], "nothing overdue, 1/2 done"), ([fact("2017-06-01", "start")], "1 overdue, 0/2 done"),
])  # fmt: skip
def test_the_title_is_what_is_found(facts: list[dict[str, str]], words: str):
    assert lines(facts).labels()[0].text == words


@pytest.mark.parametrize("due, done, later", [(30, 32, 7), (1, 0, 30), (20, 18, 2)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_telephone_it_is_narrow_and_tells_the_same_in_letters_of_the_same_size(due, done, later, lang):
    items = [item(f"M{n}", due="2017-12-01" if n <= due else "2018-12-01") for n in range(1, due + later + 1)]
    facts = [fact("2017-11-01", "done", f"M{n}") for n in range(1, done + 1)]
    found = burn_up(Board(sound(files(items, facts)), DAY))
    drawing = in_language(burnup_drawing(found, wide=NARROW), lang)
    told = " ".join(label.text for label in drawing.labels())
    assert drawing.wide == 360
    assert (outside(drawing), overlapping(drawing)) == ([], [])
    assert {"zh": f"到期 {due}", "en": f"due {due}"}[lang] in told
    assert "…" not in told
    assert min(label.size for label in drawing.labels()) >= 12
