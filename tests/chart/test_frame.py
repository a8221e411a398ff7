"""The days named above a chart: each can be told from the others, and its line leads to its name."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.chart.burnup import burn_up
from ledger.chart.burnup_drawing import burnup_drawing
from ledger.chart.drawing import PAPERS, Drawing, Label, Part
from ledger.chart.frame import Axis, Frame, axis_over, flag_marks, flag_rows, flags, ticks
from ledger.chart.gantt import gantt
from ledger.chart.gantt_drawing import gantt_drawings
from ledger.format.document import Text
from ledger.model.setting import TimeNode
from ledger.model.words import Words
from ledger.state.board import Board
from tests.chart.drawn import spoken
from tests.paper import files, item, sound

pytestmark = pytest.mark.quick

DAY = date(2017, 12, 31)
QUARTERS = [
    {"id": f"{year}q{number}", "date": f"{year}-{day}", "name": f"end of quarter {number} of {year}"}
    for year in (2017, 2018, 2019, 2020)
    for number, day in enumerate(("03-31", "06-30", "09-30", "12-31"), 1)
]
NEAR = [{"id": f"n{day}", "date": f"2018-01-{day:02}", "name": f"第{day}日验收"} for day in (1, 5, 9)]


def charts(nodes: list[dict[str, str]], lang: str) -> list[Drawing]:
    board = Board(sound(files([item(due="2020-12-31")], time_nodes=nodes)), DAY)
    drawings = [*gantt_drawings(gantt(board, board.standings), PAPERS["A3"]), burnup_drawing(burn_up(board))]
    return spoken(drawings, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("nodes", [QUARTERS, NEAR], ids=["quarters", "days"])
def test_every_time_node_has_its_name_or_its_id_in_the_picture(nodes: list[dict[str, str]], lang: str):
    for drawing in charts(nodes, lang):
        told = {label.text for label in drawing.labels()}
        assert [node for node in nodes if node["name"] not in told and node["id"] not in told] == []


def read(text: Text) -> str:
    return text if isinstance(text, str) else text.en


def rows_of(*days: date, wide: float = 600) -> tuple[Frame, list[list[tuple[float, str]]]]:
    nodes = [TimeNode(str(n), day, Words.same("a name of some length")) for n, day in enumerate(days)]
    frame = Frame(0, 100, wide, 50, Axis(date(2017, 1, 1), date(2018, 12, 31)))
    rows = flag_rows(flags(nodes, DAY, frame.axis), frame, 10)
    return frame, [[(left, read(flag.text)) for left, flag in row] for row in rows]


def test_a_name_stands_over_its_line_where_there_is_room_and_beside_it_on_the_same_day_as_another():
    frame, rows = rows_of(DAY, date(2017, 5, 1))
    assert [text for row in rows for _, text in row] == [
        "as of 2017-12-31",
        "a name of some length",
        "a name of some length",
    ]
    assert rows[1][0][0] == frame.x(DAY) + 4


def test_names_without_room_give_way_to_ids():
    _, rows = rows_of(*(date(2017, month, 1) for month in range(1, 13)))
    assert {text for row in rows for _, text in row} >= {str(n) for n in range(12)}


def test_the_line_of_a_day_reaches_up_to_its_name():
    nodes = [TimeNode("n", DAY, Words.same("end of 2017"))]
    frame = Frame(0, 100, 600, 50, Axis(date(2017, 1, 1), date(2018, 12, 31)))
    marks = flag_marks(flags(nodes, DAY, frame.axis), frame, 10, 60)
    tops = {read(mark.title): mark.marks[0].points[0][1] for mark in marks if isinstance(mark, Part)}
    bases = {read(mark.text): mark.y for mark in marks if isinstance(mark, Label)}
    assert 0 < tops["as of 2017-12-31"] - bases["as of 2017-12-31"] < 5


any_day = st.dates()


@given(any_day, any_day, any_day, st.integers(1, 30))
def test_places_lie_between_the_ends_and_ticks_on_the_axis(one: date, other: date, day: date, most: int):
    axis = axis_over([one, other], [one])
    assert 0 <= axis.place(day) <= 1
    assert axis.first < axis.last
    found = ticks(axis, most)
    assert len(found) <= most
    assert all(axis.holds(tick.day) for tick in found)
    assert all(first.day < second.day for first, second in pairwise(found))


def test_a_single_day_has_a_month_around_it():
    assert axis_over([], [date(2017, 12, 31)]) == Axis(date(2017, 12, 16), date(2018, 1, 15))


def test_one_mistyped_year_does_not_press_all_others_into_a_corner():
    axis = axis_over([date(2017, 1, 1), date(2999, 12, 31), date(17, 1, 1)], [date(2017, 12, 31)])
    assert axis == Axis(date(2017, 1, 1), date(2017, 12, 31))


def test_ticks_are_months_quarters_or_years_as_there_is_room():
    axis = Axis(date(2017, 4, 12), date(2020, 12, 31))
    assert [tick.text for tick in ticks(axis, 4)] == ["2018", "2019", "2020"]
    assert [tick.text for tick in ticks(axis, 8)][:2] == ["2017-07", "2018-01"]
    assert len(ticks(axis, 100)) == 44


def test_a_short_axis_has_whole_days():
    axis = Axis(date(2017, 12, 16), date(2018, 1, 15))
    assert [tick.text for tick in ticks(axis, 5)] == [
        "2017-12-16",
        "2017-12-23",
        "2017-12-30",
        "2018-01-06",
        "2018-01-13",
    ]
