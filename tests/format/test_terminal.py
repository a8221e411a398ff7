"""Terminal text: aligned in cells, never wider than the terminal, nothing lost."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.format.cell import course_cell
from ledger.format.document import Code, Column, Document, Fact, Head, Heading, Paint, Paragraph, Table, in_language
from ledger.format.terminal import terminal_text
from ledger.state.order import in_plan_order
from ledger.text.safe import xml_safe
from ledger.view.item import item_document
from ledger.view.list import list_document
from ledger.view.overview.status import GROUPINGS
from ledger.view.overview.status_document import status_document
from tests.conftest import DATA, SAMPLE
from tests.format.page import COLOR, board_of, cells, crooked, opened, status_of, tables, widest
from tests.format.report_sample import NASTY, ROWS, numbers_table, overdue_table, progress_table, report, widest_table

DAY = "2017-12-31"
NUMBERS = {"error": 4, "warning": 3, "info": 2}
LEDGERS = [DATA, SAMPLE]


@cache
def pages(folder: Path, lang: str) -> list[tuple[str, Document]]:
    """Every page of a ledger: the status in all groupings, the list, and each item."""
    board = board_of(folder, DAY)
    settings = board.ledger.settings
    return [
        *(
            (by or "status", in_language(status_document(status_of(folder, DAY, by), NUMBERS), lang))
            for by in ("", *GROUPINGS)
        ),
        ("list", in_language(list_document(in_plan_order(board.standings, settings), settings, board.day, ""), lang)),
        *((standing.id, in_language(item_document(standing), lang)) for standing in board.standings),
    ]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("folder", LEDGERS, ids=["chongqing", "sample"])
def test_no_line_of_any_page_is_wider_than_the_terminal_and_columns_stand_straight(folder: Path, lang: str, width: int):
    for name, document in pages(folder, lang):
        text = terminal_text(document, width)
        assert widest(text) <= width, name
        assert crooked(text) == [], name


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("folder", LEDGERS, ids=["chongqing", "sample"])
def test_at_eighty_columns_every_table_is_still_a_table(folder: Path, lang: str):
    for name, document in pages(folder, lang):
        headed = [b for b in document if isinstance(b, Table) and b.rows and any(column.title for column in b.columns)]
        assert len(tables(terminal_text(document, 80))) == len(headed), name


@pytest.mark.parametrize("width", [24, 40])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_narrow_terminal_loses_no_column(lang: str, width: int):
    for name, document in pages(SAMPLE, lang):
        text = "".join(terminal_text(document, width).split())
        for block in document:
            if isinstance(block, Table):
                for column, *column_cells in zip([c.title for c in block.columns], *block.rows, strict=True):
                    if any(column_cells):
                        assert "".join(column.split()) in text, (name, column)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60])
def test_a_narrow_terminal_is_not_overrun(lang: str, width: int):
    for name, document in pages(SAMPLE, lang):
        assert widest(terminal_text(document, width)) <= width, name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_colours_change_nothing_but_colours(lang: str):
    for name, document in pages(SAMPLE, lang):
        plain, painted = terminal_text(document, 80), terminal_text(document, 80, color=True)
        assert "\x1b" not in plain
        assert "\x1b[" in painted, name
        assert [line.rstrip() for line in COLOR.sub("", painted).splitlines()] == plain.splitlines()


def test_no_line_ends_in_blanks_and_the_last_one_ends():
    for _, document in pages(SAMPLE, "zh"):
        text = terminal_text(document, 80)
        assert text.endswith("\n")
        assert not any(line.endswith(" ") for line in text.splitlines())


_cell = st.text(st.sampled_from("整改措施 M18，。ab-x"), max_size=20)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    count = draw(st.integers(1, 5))
    titles = draw(st.lists(st.text(st.sampled_from("列名ab"), min_size=1, max_size=6), min_size=count, max_size=count))
    columns = [
        Column(title, right=draw(st.booleans()), flexible=draw(st.booleans()), least=draw(st.integers(2, 10)))
        for title in titles
    ]
    return Table(columns, draw(st.lists(st.lists(_cell, min_size=count, max_size=count), min_size=1, max_size=4)))


@given(_tables(), st.integers(10, 120))
def test_any_table_stands_straight_or_is_taken_apart(table: Table, width: int):
    text = terminal_text([table], width)
    assert crooked(text) == []
    if tables(text):
        assert widest(text) <= width


@given(_tables(), st.integers(30, 120))
def test_nothing_of_any_cell_is_lost(table: Table, width: int):
    text = terminal_text([table], width)
    for row in table.rows:
        for cell in row:
            for char in set("".join(cell.split())):
                assert text.count(char) >= sum(c.count(char) for r in table.rows for c in r), char


def test_a_right_hand_column_ends_at_one_edge():
    text = terminal_text([Table([Column("项"), Column("n", right=True)], [["甲", "5"], ["乙", "105"]])], 80)
    assert text == "项    n\n--  ---\n甲    5\n乙  105\n"


def test_only_flexible_columns_are_wrapped():
    table = Table([Column("id"), Column("title", flexible=True)], [["P-long-identifier", "垃圾填埋场渗滤液处理设施"]])
    assert terminal_text([table], 33) == (
        "id                 title\n"
        "-----------------  --------------\n"
        "P-long-identifier  垃圾填埋场渗滤\n"
        "                   液处理设施\n"
    )


def test_the_widest_column_gives_way_first():
    table = Table(
        [Column("a", flexible=True), Column("b", flexible=True)], [["渗滤液处", "landfill leachate treatment"]]
    )
    assert terminal_text([table], 30) == (
        "a         b\n--------  --------------------\n渗滤液处  landfill leachate\n          treatment\n"
    )


def test_blocks_are_set_apart_and_lines_of_one_paragraph_are_not():
    document: Document = [
        Heading("台账", 1),
        Paragraph("一"),
        Paragraph("二"),
        Heading("表"),
        Table([Column("n")], [["1"]]),
        Paragraph("三"),
    ]
    assert terminal_text(document, 40) == "台账\n一\n二\n\n表\nn\n-\n1\n\n三\n"


def test_a_tone_is_shown_only_as_an_addition_to_the_word():
    painted = terminal_text([Table([Column("灯")], [[Paint("红灯", "red")]])], 40, color=True)
    assert painted == "灯\n----\n\x1b[31m红灯\x1b[0m\n"


def test_control_characters_of_a_file_reach_no_page():
    document: Document = [Heading("a\x1b[2J", 1), Paragraph("b\x9b31m"), Table([Column("c")], [["d\x1b]0;x\x07"]])]
    assert not set(terminal_text(document, 40)) & {"\x1b", "\x9b", "\x07"}


def test_the_page_tells_crooked_tables_from_straight_ones():
    straight = "名    n\n----  -\n措施  1\n"
    assert crooked(straight) == []
    assert crooked(straight.replace("措施  1", "措施甲1")) == ["措施甲1"]
    assert cells("措M") == ["措", "", "M"]
    assert len(opened(SAMPLE).items) == 6


def test_the_head_is_the_title_and_as_many_facts_a_line_as_fit():
    head = Head("台账", [Fact("as_of", "截至", "2017-12-31"), Fact("week", "周", "2017-W52"), Fact("z", "时区", "UTC")])
    assert terminal_text([head, Paragraph("一")], 40) == "台账\n截至 2017-12-31  周 2017-W52  时区 UTC\n\n一\n"
    assert terminal_text([head], 30) == "台账\n截至 2017-12-31  周 2017-W52\n时区 UTC\n"


def test_a_table_has_its_title_over_it_and_its_notes_below():
    table = Table([Column("n")], [["1"]], title="统计表", notes=["注"])
    assert terminal_text([table], 40) == "统计表\nn\n-\n1\n\n注\n"
    assert terminal_text([table._replace(rows=[], notes=[], empty="没有。")], 40) == "统计表\n没有。\n"


def test_what_has_nothing_to_say_leaves_no_gap():
    assert terminal_text([Paragraph("一"), Table([Column("n")], []), Paragraph("二")], 40) == "一\n二\n"


def test_what_is_said_once_is_shown_once():
    rows = terminal_text([progress_table()], 80).splitlines()[3:9]
    assert [row.split()[0] for row in rows] == [
        "整改措施",
        "2018年年底",
        "2020年年底",
        "具体问题",
        "2018年年底",
        "2020年年底",
    ]


def test_titles_over_numbers_are_wrapped_before_a_table_is_taken_apart():
    table = Table(
        [Column("单位"), Column("整改事项总数", right=True), Column("done of due", right=True)], [["甲", "3", "4"]]
    )
    assert terminal_text([table], 20) == (
        "单位  整改事    done\n      项总数  of due\n----  ------  ------\n甲         3       4\n"
    )


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_of_numbers_that_is_too_wide_is_cut_into_several(lang: str, width: int):
    table = numbers_table(lang)
    text = terminal_text([table], width)
    found = tables(text)
    assert len(found) > 1
    assert crooked(text) == []
    assert widest(text) <= width
    first = lines_of_first_column(found)
    assert first == [first[0]] * len(found)


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_name_of_a_row_is_wrapped_before_a_table_of_numbers_falls_apart(lang: str, width: int):
    table = numbers_table(lang)
    first = table.columns[0]._replace(flexible=True)
    named = ["领导小组办公室" * 5, *table.rows[0][1:]]
    long = table._replace(columns=[first, *table.columns[1:]], rows=[named, *table.rows])
    text = terminal_text([long], width)
    found = tables(text)
    assert len(found) <= len(tables(terminal_text([table], width))) + 3
    assert crooked(text) == []
    assert widest(text) <= width
    names = lines_of_first_column(found)
    assert names == [names[0]] * len(found)
    assert "领导小组办公室" * 5 in "".join(names[0])
    assert 16 <= found[0][0].index(" ") <= width // 2


def lines_of_first_column(found: list[tuple[str, list[str]]]) -> list[list[str]]:
    return [["".join(cells(line)[: rule.index(" ")]).strip() for line in lines] for rule, lines in found]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_whole_report_fits_the_terminal(lang: str, width: int):
    text = terminal_text(report(lang, 30), width)
    assert crooked(text) == []
    assert widest(text) <= width
    for hostile in NASTY:
        assert "".join(xml_safe(hostile).split())[:8] in "".join(text.split())


def test_a_long_list_is_whole_in_either_form():
    for width in (80, 160):
        text = terminal_text([overdue_table()], width)
        assert all(f"{row[0]} " in text or f"{row[0]}\n" in text for row in overdue_table().rows)
        assert text.count("2017-12-28") == ROWS // 2
    assert "编号        P001\n" in terminal_text([overdue_table()], 80)


def test_any_number_of_columns_can_be_read():
    text = terminal_text([widest_table()], 80)
    assert widest(text) <= 80
    assert len(tables(text)) == 15


def test_an_id_is_whole_in_a_narrow_table_though_a_path_beside_it_is_not():
    columns = [Column(title, flexible=True, least=least) for title, least in (("事项", 8), ("发现", 20), ("位置", 12))]
    row = ["P-changshou-lake", "报完成而关联的没有完成" * 4, "journal/2017/report.csv:46:33"]
    lines = terminal_text([Table(columns, [row])], 56).splitlines()
    assert [line.split()[0] for line in lines[2:3]] == ["P-changshou-lake"]
    assert [line.split()[-1] for line in lines[2:4]] == ["journal/2017/", "report.csv:46:33"]


def test_code_stands_as_it_is():
    assert terminal_text([Code("a\n  b\x1b[2J\n")], 20) == "    a\n      b[2J\n"


def test_a_course_has_fewer_bars_before_its_table_falls_apart():
    table = Table([Column("figure"), Column("course")], [["measures.done", course_cell(list(range(520)))]])
    lines = terminal_text([table], 80).splitlines()
    assert len(lines) == 3
    assert widest("\n".join(lines)) == 80


@pytest.mark.parametrize("width", [8, 11, 14, 40])
def test_parts_of_a_paragraph_keep_their_tones_over_the_ends_of_lines(width: int):
    parts = [Paint("three days late", "red"), Paint("short", "yellow"), Paint("active", "")]
    block = Paragraph(" · ".join(parts), 0, parts)
    coloured = terminal_text([block], width, color=True)
    assert COLOR.sub("", coloured) == terminal_text([block], width)
    toned = {tone: "".join("".join(found).split()) for tone, found in (
        (code, re.findall(rf"\x1b\[{code}m([^\x1b]*)", coloured)) for code in ("31", "33"))}  # fmt: skip
    assert toned == {"31": "threedayslate", "33": "short"}
