"""A report as a workbook: real numbers, days and percentages, a sheet for each table."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from ledger.format.cell import course_cell, day_cell, list_cell, number_cell, percent_cell
from ledger.format.document import Column, Document, Head, Heading, Paint, Paragraph, Table
from ledger.format.xlsx.report import report_workbook
from ledger.text.safe import xml_safe
from tests.format.report_sample import NASTY, ROWS, overdue_table, report


@pytest.fixture(scope="module")
def data() -> bytes:
    return report_workbook(report())


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def opened(document: Document) -> Any:
    return openpyxl.load_workbook(io.BytesIO(report_workbook(document)))


def values(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def under(sheet: Any, title: str) -> list[Any]:
    """The cells under a column title."""
    rows = list(sheet.iter_rows())
    start = next(n for n, row in enumerate(rows) if title in [cell.value for cell in row])
    place = [cell.value for cell in rows[start]].index(title)
    return [row[place] for row in rows[start + 1 :]]


def test_there_is_a_sheet_for_each_table_with_rows_and_one_before_them(book: Any):
    assert book.sheetnames == ["报告", "整改进度统计表", "（二）新销号", "按牵头单位", "四、逾期清单", "走势",
                               "<script>alert('x')< script>"]  # fmt: skip
    assert book.properties.title == "重庆市中央环境保护督察整改周报"


def test_the_first_sheet_tells_the_head_the_sentences_and_where_the_tables_are(book: Any):
    rows = values(book["报告"])
    assert rows[0][0] == "重庆市中央环境保护督察整改周报"
    assert ["截至", "2017-12-28"] in rows
    assert ["一、整改进度", "见工作表：整改进度统计表"] in rows
    assert ["（一）新完成", "本周没有新完成的事项。"] in rows
    assert [None, "按原时限计算，到期完成率为 29/34，即 85.3%。" * 4] in rows


def test_over_each_table_stand_its_title_the_day_and_its_notes(book: Any):
    column = [row[0] for row in values(book["整改进度统计表"])]
    assert column[:3] == ["整改进度统计表", "截至 2017-12-28  周 2017-W52  版本 –  时区 Asia/Shanghai",
                          "完成含已销号事项；0/0 记为“–”。"]  # fmt: skip


def test_numbers_are_numbers_and_each_row_names_its_book(book: Any):
    assert values(book["整改进度统计表"])[4:6] == [
        ["整改措施", "2017年年底", 30, 29, 1, 1, 29, 30, 0.967],
        ["整改措施", "2018年年底", 6, 2, 4, 0, 2, 6, 0.333],
    ]


def test_a_percentage_is_a_share_that_shows_as_percent(book: Any):
    cell = under(book["整改进度统计表"], "完成率 %")[0]
    assert (cell.value, cell.number_format) == (0.967, "0.0%")
    assert under(book["整改进度统计表"], "完成率 %")[-1].value == "–"


def test_days_are_days(book: Any):
    cells = under(book["四、逾期清单"], "时限")
    assert len(cells) == ROWS
    assert cells[0].value == datetime(2017, 12, 27)
    assert cells[0].is_date
    assert [cell.value for cell in under(book["四、逾期清单"], "原时限")][3] == "–"


def test_text_is_text_whatever_it_begins_with(book: Any):
    cells = under(book.worksheets[-1], "编号")
    assert [cell.value for cell in cells] == [xml_safe(text) for text in NASTY]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_list_is_whole(book: Any):
    assert under(book["（二）新销号"], "事项")[0].value == " ".join(f"P{n:03}" for n in range(30))


def test_a_list_too_long_for_the_highest_row_says_how_many_more_there_are():
    def listed(number: int) -> str:
        columns = [Column("编号", id="ids", flexible=True)]
        table = Table(columns, [[list_cell([f"P{n:03}" for n in range(number)])]], "x")
        return str(opened([Head("x"), table]).worksheets[1]["A3"].value)

    assert listed(30).endswith("P029")
    assert listed(400).endswith("… +392")


def test_a_dash_among_numbers_stands_where_they_stand():
    columns = [Column("数", right=True), Column("日期")]
    rows = [[number_cell(3), day_cell(date(2017, 12, 28))], [number_cell(None), day_cell(None)]]
    sheet = opened([Head("x"), Table(columns, rows, "x")]).worksheets[1]
    assert [[sheet.cell(row, column).alignment.horizontal for row in (3, 4)] for column in (1, 2)] == [
        ["right", "right"],
        ["center", "center"],
    ]


def test_titles_stay_in_sight_and_on_every_printed_page(book: Any):
    sheet = book["四、逾期清单"]
    row = next(n for n, line in enumerate(values(sheet), 1) if line[0] == "编号")
    assert sheet.freeze_panes == f"A{row + 1}"
    assert sheet.print_title_rows == f"${row}:${row}"
    assert sheet.auto_filter.ref == f"A{row}:I{row + ROWS}"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_columns_are_as_wide_as_what_stands_in_them_and_no_wider_than_can_be_read(book: Any):
    widths = {letter: column.width for letter, column in book["四、逾期清单"].column_dimensions.items()}
    assert widths["A"] >= 4
    assert 10 <= widths["D"] <= 16
    assert max(widths.values()) <= 40


@pytest.mark.parametrize("weeks", [52, 520])
def test_a_course_stands_whole_in_its_cell_also_where_a_bar_is_as_wide_as_a_character(weeks: int):
    table = Table([Column("数"), Column("走势")], [["事项", course_cell(list(range(weeks)))]])
    sheet = opened([Head("h"), table]).worksheets[1]
    (cell,) = under(sheet, "走势")
    assert len(cell.value) == min(weeks, 60)
    assert sheet.column_dimensions["B"].width > 2 * len(cell.value)


def test_a_tone_is_a_fill_beside_the_word():
    table = Table([Column("灯"), Column("n")], [[Paint("红灯", "red"), Paint("暗", "dim")]])
    row = list(opened([Head("h"), Heading("表"), table]).worksheets[1].iter_rows())[-1]
    assert [cell.fill.fgColor.rgb[-6:] for cell in row] == ["FADBD8", "EDEDED"]


def test_a_column_of_several_kinds_is_text():
    table = Table([Column("x")], [[number_cell(3)], [percent_cell(50.0)], ["词"]])
    assert [cell.value for cell in under(opened([Head("h"), table]).worksheets[1], "x")] == ["3", "50.0%", "词"]


def test_a_report_without_tables_has_one_sheet():
    assert opened([Head("h"), Paragraph("一")]).sheetnames == ["报告"]
    assert opened([Head("h", lang="en"), Paragraph("one")]).sheetnames == ["report"]


def test_tables_of_one_title_have_sheets_of_their_own():
    table = Table([Column("a")], [["1"]])
    assert opened([Head("h"), Heading("表"), table, table]).sheetnames == ["报告", "表", "表 2"]


def test_the_same_document_is_the_same_file_on_any_day(data: bytes):
    assert report_workbook(report()) == data


def test_the_sample_holds_what_these_tests_speak_of():
    assert overdue_table().rows[0][3] == "2017-12-27"
    assert date(2017, 12, 27).isoformat() == overdue_table().rows[0][3]
