"""The wall chart on paper: every item once, bars inside their frame, as few sheets as can be read."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.chart.bar import bar_marks
from ledger.chart.drawing import PAPERS, Box, Dot, Drawing, Label, Line, Part, extent, shown, span
from ledger.chart.frame import Axis, Frame
from ledger.chart.gantt import LEAST, MOST, Bar, BarGroup, Heading, gantt, plan
from ledger.chart.gantt_drawing import gantt_drawings
from ledger.model.words import Words
from ledger.state.board import Board
from tests.chart.drawn import outside, overlapping, spoken
from tests.paper import fact, files, item, sound
from tests.state.lively import ledger_of, lively
from tests.strategy import days

DAY = date(2017, 12, 31)
A3 = PAPERS["A3"]


def sheets(items, facts=(), lang: str = "en", paper: str = "A3", **settings_: object) -> list[Drawing]:
    board = Board(sound(files(items, facts, **settings_)), DAY)
    return spoken(gantt_drawings(gantt(board, board.standings), PAPERS[paper]), lang)


def rows(drawings: list[Drawing]) -> list[Part]:
    """The rows of items: parts that name a light."""
    return [mark for one in drawings for mark in one.marks if isinstance(mark, Part) and len(mark.marks) > 5]


@given(lively(), days)
def test_every_item_is_drawn_once(written: dict[str, Any], day: date):
    board = Board(ledger_of(written), day)
    drawn = rows(spoken(gantt_drawings(gantt(board, board.standings), A3), "zh"))
    assert sorted(part.title.split()[0] for part in drawn) == sorted(standing.id for standing in board.standings)


@given(lively(), days, st.dates(), st.dates())
def test_bars_lie_inside_the_axis_whatever_it_covers(written: dict[str, Any], day: date, first: date, last: date):
    board = Board(ledger_of(written), day)
    first, last = sorted((first, last))
    frame = Frame(100, 50, 400, 20, Axis(first, last if last > first else date.max))
    for bar in gantt(board, board.standings).bars:
        for mark in bar_marks(bar, frame, 50, 20, day):
            if isinstance(mark, Box):
                assert mark.wide >= 0
                assert frame.left <= mark.x
                assert mark.x + mark.wide <= frame.right + 1e-6
            if isinstance(mark, Dot):
                assert frame.left <= mark.x <= frame.right


def groups_of(*sizes: int) -> list[BarGroup]:
    """Groups with so many empty bars; their rows are only counted."""
    bar = Bar(None, None, None, None, None, (), ())
    return [BarGroup(Words.same(str(n)), (bar,) * size) for n, size in enumerate(sizes)]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(100, 4000), st.integers(60, 3000))
def test_a_layout_holds_every_row_within_the_paper(sizes: list[int], wide: int, tall: int):
    layout = plan(groups_of(*sizes), wide, tall)
    columns = list(chain.from_iterable(layout.sheets))
    assert sum(isinstance(row, Bar) for column in columns for row in column) == sum(sizes)
    assert all(isinstance(column[0], Heading) for column in columns)
    assert not any(isinstance(column[-1], Heading) for column in columns)
    assert LEAST <= layout.row <= MOST
    assert max(map(len, columns)) * layout.row <= max(tall, 3 * MOST) + 1e-6
    assert sum(not row.goes_on for column in columns for row in column if isinstance(row, Heading)) == len(sizes)


def test_a_hundred_and_fifty_two_items_of_thirty_units_fit_on_one_a3_in_type_of_six_points():
    items = [item(f"M{n}", lead=f"第{n % 29}局", title="垃圾填埋场渗滤液处理设施建设") for n in range(152)]
    (sheet,) = sheets(items, lang="zh")
    assert (sheet.wide, sheet.tall) == (1680, 1188)
    sizes = [label.size for part in rows([sheet]) for label in part.marks if hasattr(label, "size")]
    assert min(sizes) / 4 / 25.4 * 72 >= 5.9
    told = {label.text for label in sheet.labels()}
    assert "垃圾填埋场渗滤液处理设施建设" in told


def test_what_does_not_fit_goes_on_the_next_sheet_which_says_so():
    found = sheets([item(f"M{n}") for n in range(400)])
    assert len(found) > 1
    assert [f"sheet {n} of {len(found)}" in one.desc for n, one in enumerate(found, 1)] == [True] * len(found)
    assert len(rows(found)) == 400
    assert any("continued" in label.text for label in found[1].labels())


@pytest.mark.parametrize("lang, words", [("zh", "开始晚于时限"), ("en", "start after the deadline: M1")])
def test_a_start_after_the_deadline_is_said_in_the_head(lang: str, words: str):
    (sheet,) = sheets([item(start="2018-01-01", due="2017-06-30")], lang=lang)
    assert any(words in label.text for label in sheet.labels())


@pytest.mark.parametrize("facts, word", [
    ([fact("2018-01-05", "extend", until="2018-06-30")], "due 2017-12-31"),
    ([fact("2017-06-05", "extend", until="2018-06-30")], "originally 2017-12-31"),
    ([fact("2017-06-05", "done")], "done on 2017-06-05"),
])  # fmt: skip
def test_a_row_tells_what_its_bar_shows(facts: list[dict[str, str]], word: str):
    assert word in rows(sheets([item()], facts))[0].title


def test_lights_are_words_and_shapes_too():
    plan = [item(due="2017-06-30"), item("M2", due="2018-01-15"), *(item(f"M{n}", due="2018-12-31") for n in (3, 4))]
    found = rows(sheets(plan, [fact("2017-03-01", "start", "M4")]))
    kinds = {part.title.split()[0]: type(part.marks[0]).__name__ for part in found}
    assert kinds == {"M1": "Box", "M2": "Shape", "M3": "Dot", "M4": "Dot"}
    assert [part.marks[1].text for part in found] == ["red", "yellow", "grey", "green"]
    assert found[2].marks[0].look != found[3].marks[0].look


def test_the_whole_of_a_long_title_is_there_though_the_row_shows_its_beginning():
    long = "整改" * 2500
    (part,) = rows(sheets([item(title=long)]))
    assert shown(long) in part.title
    assert any(label.text.endswith("…") for label in part.marks if hasattr(label, "text"))


@pytest.mark.parametrize("paper, least", [("A4", 1), ("A3", 1), ("A1", 1.9), ("A0", 2.7)])
def test_type_grows_with_the_paper(paper: str, least: float):
    items = [item(f"M{n}", lead=f"第{n % 9}局") for n in range(40)]
    (small,), (large,) = sheets(items), sheets(items, paper=paper)
    assert (large.wide, large.tall) == PAPERS[paper]
    for one, other in zip(small.labels()[:3], large.labels()[:3], strict=True):
        assert other.text == one.text
        assert other.size >= one.size * least


def test_what_needs_several_sheets_has_the_usual_type_on_any_paper():
    found = sheets([item(f"M{n}") for n in range(1500)], paper="A2")
    assert len(found) > 1
    assert found[0].labels()[0].size == sheets([item()])[0].labels()[0].size


def titles(named: str, number: int = 1) -> list[str]:
    """The titles that are shown of items that are named so."""
    return [
        part.marks[3].text
        for part in rows(sheets([item(f"M{n}", title=named, lead=f"第{n % 29}局") for n in range(number)]))
    ]


def test_long_titles_have_the_room_that_bars_can_spare():
    long = "Small hydropower stations keep no ecological flow in Xinsi"
    assert titles(long, 152) == [long] * 152


@pytest.mark.parametrize("number, share", [(2, 0.25), (40, 0.25), (2, 0.4), (40, 0.4)])
def test_a_title_is_whole_where_it_takes_less_than_its_share_of_the_sheet_though_others_are_shorter(
    number: int, share: float
):
    short = [item(f"M{n}", title="Docks") for n in range(number)]
    room = share * A3.wide
    long = max(("Sewage plant " * n for n in range(1, 40)), key=lambda text: (span(text, 12) < room, len(text))).strip()
    (sheet,) = sheets([*short, item("L", title=long)])
    assert long in [label.text for label in sheet.labels()]


@pytest.mark.parametrize("number", [1, 3, 40])
def test_titles_longer_than_their_share_leave_bars_that_can_be_read(number: int):
    long = "Small hydropower stations keep no ecological flow in the rivers of all three counties " * 2
    (sheet,) = sheets([item(f"M{n}", title=long) for n in range(number)])
    shown_title = next(
        label for part in rows([sheet]) for label in part.marks if getattr(label, "text", "")[-1:] == "…"
    )
    bar = next(mark for part in rows([sheet]) for mark in part.marks if isinstance(mark, Box) and mark.wide > 50)
    assert 0.4 < extent(shown_title)[2] / sheet.wide < bar.x / sheet.wide < 0.6


def test_one_title_without_end_does_not_take_the_room_of_all():
    short = [item(f"M{n}", title="码头") for n in range(30)]
    for items in (short, [*short, item("L", title="长" * 900)]):
        (sheet,) = sheets(items)
        axis = next(mark for part in rows([sheet]) for mark in part.marks if isinstance(mark, Box) and mark.wide > 50)
        assert axis.x < sheet.wide * 0.2


def test_a_long_name_of_a_group_leaves_half_the_row_free_and_no_line_goes_through_it():
    (sheet,) = sheets([item(lead="领" * 300), item("M2", lead="领" * 300)])
    (heading,) = [mark for mark in sheet.marks if isinstance(mark, Part) and mark.title == "领" * 300]
    ground, name, told = heading.marks
    assert name.text.endswith("…")
    assert told.text == "2 items · yellow 2"
    assert told.x < sheet.wide * 0.6
    assert ground.x <= name.x
    assert ground.x + ground.wide >= extent(told)[2] - 0.01
    assert list(sheet.marks).index(heading) > max(
        n for n, mark in enumerate(sheet.marks) if isinstance(mark, Part) and isinstance(mark.marks[0], Line)
    )


SHORT = item(targets={"t": {"goal": 46, "due": "2017-06-30"}}, due="2018-12-31")
READ = [fact("2017-06-20", "reading", key="t", value=43), fact("2017-06-20", "milestone", key="t")]


def texts(part: Part) -> list[str]:
    return [mark.text for mark in part.marks if isinstance(mark, Label)]


@pytest.mark.parametrize("lang, words, head", [
    ("zh", "阶段完成，欠1", "绿灯 2（欠指标 1）"), ("en", "stage done, short 1", "green 2 (1 short)"),
])  # fmt: skip
def test_what_is_at_its_stage_and_short_does_not_look_like_green(lang: str, words: str, head: str):
    other = item("M2", milestones={"m": {"due": "2017-06-30"}}, due="2018-12-31")
    facts = [*READ, fact("2017-06-20", "milestone", "M2", key="m")]
    (sheet,) = sheets([SHORT, other], facts, lang=lang)
    short, sound_ = rows([sheet])
    assert words in texts(short)
    assert short.marks[0].look != sound_.marks[0].look
    assert head in sheet.desc
    assert len(short.marks) > len(sound_.marks) + 5


@pytest.mark.parametrize("facts, kind", [
    ([], "missed"), (READ, "short"), (READ[:1], "missed"), ([*READ, fact("2017-07-20", "reading", key="t", value=46)], "met"),
    ([fact("2017-07-20", "done")], "short"),
])  # fmt: skip
def test_a_milestone_says_whether_it_is_met_missed_or_only_called_met(facts: list[dict[str, str]], kind: str):
    (bar,) = gantt(board := Board(sound(files([SHORT], facts)), DAY), board.standings).bars
    assert [bar.kind_of(stage) for stage in bar.stages] == [kind]


def test_a_milestone_to_come_is_not_called_missed():
    board = Board(sound(files([item(due="2018-12-31", milestones={"m": {"due": "2018-06-30"}})])), DAY)
    (bar,) = gantt(board, board.standings).bars
    assert [bar.kind_of(stage) for stage in bar.stages] == ["coming"]


def many(number: int = 150) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """So many items that are done, one that is done and short, one that is overdue and one that is open."""
    plan = [item(f"M{n}") for n in range(number)]
    plan += [item("S", targets={"t": {"goal": 5}}), item("L", due="2017-06-30"), item("O", due="2018-12-31")]
    facts = [fact("2017-11-01", "done", one["id"]) for one in plan[:-2]]
    return plan, [*facts, fact("2017-11-01", "reading", "S", key="t", value=4)]


def ids(drawings: list[Drawing[str]]) -> set[str]:
    return {part.title.split()[0] for part in rows(drawings)}


def drawn_many(fold: bool | None, number: int = 150) -> list[Drawing[str]]:
    plan_, facts = many(number)
    board = Board(sound(files(plan_, facts)), DAY)
    return spoken(gantt_drawings(gantt(board, board.standings), A3, fold=fold), "en")


def test_on_a_large_chart_what_is_done_has_one_row_a_group_but_not_what_is_short():
    found = drawn_many(None, 400)
    assert len(found) == 1
    assert {"S", "L", "O"} <= ids(found)
    assert len(rows(found)) == 3
    assert "400 of them folded: done and not short" in found[0].desc
    assert "403 items" in found[0].desc
    assert any("400 done, none short" in label.text for label in found[0].labels())


def test_a_small_chart_is_not_folded_unless_asked_and_a_large_one_can_be_unfolded():
    assert len(ids(drawn_many(None, 20))) == 23
    assert ids(drawn_many(True, 20)) == {"S", "L", "O"}
    assert len(ids(drawn_many(False, 400))) == 403


def test_what_is_red_is_large_where_most_is_not():
    sizes = {part.title.split()[0]: part.marks[3].size for part in rows(drawn_many(False, 20))}
    assert sizes["L"] > sizes["O"] == sizes["M1"]
    (sheet,) = sheets([item(due="2017-06-30"), item("M2", due="2017-06-30")])
    assert {label.size for part in rows([sheet]) for label in part.marks if isinstance(label, Label)} == {12.0}


def test_a_folded_chart_has_no_label_on_another():
    for lang in ("zh", "en"):
        plan_, facts = many(400)
        board = Board(sound(files(plan_, facts)), DAY)
        for sheet in spoken(gantt_drawings(gantt(board, board.standings), A3), lang):
            assert not overlapping(sheet)
            assert not outside(sheet)
