"""The weekly and the monthly report as a workbook: five sheets, the totals first, made to be printed."""

from __future__ import annotations

import openpyxl
import pytest

from tests.exchange.form.round_paper import papers, tables

WEEK = ("report", "weekly", "--week", "2017-W52", "--as-of", "2017-12-31")


@pytest.fixture
def root(make_ledger):
    return make_ledger(papers())


@pytest.fixture
def book(run, root, tmp_path):
    run("-C", root, *WEEK, "--lang", "zh", "-o", tmp_path / "week.xlsx")
    return openpyxl.load_workbook(tmp_path / "week.xlsx")


def cells(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_it_has_five_sheets_the_progress_table_first(book):
    assert book.sheetnames == ["总表", "变动", "逾期与欠指标", "单位", "说明"]
    assert ["账", "时间节点", "事项"] in [row[:3] for row in cells(book["总表"])]


def test_every_sheet_is_printed_on_a3_across_as_wide_as_one_page(book):
    for sheet in book:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 8)
        assert (sheet.page_setup.fitToWidth, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)


def test_the_totals_have_a_chart_and_data_bars_and_the_lists_filter_buttons(book):
    assert len(book["总表"]._charts) == 1
    assert sum(len(sheet._charts) for sheet in book) == 1
    assert book["总表"].conditional_formatting
    assert all(book[name].auto_filter.ref for name in ("总表", "单位"))


def test_what_was_done_stands_there_item_by_item(run, root, tmp_path):
    month = ("-C", root, "report", "monthly", "--month", "2017-12", "--lang", "zh")
    run(*month, "-o", tmp_path / "month.xlsx")
    found = tables(run(*month, "--format", "json").out)["movement_done"]
    told = [row[1] for row in cells(openpyxl.load_workbook(tmp_path / "month.xlsx")["变动"]) if row[0] == "新完成"]
    assert found
    assert told == [row["item"] for row in found]


def test_the_month_has_the_same_five_sheets_and_the_same_bytes_twice(run, root, tmp_path):
    written = []
    for name in ("one", "two"):
        run("-C", root, "report", "monthly", "--month", "2017-12", "-o", tmp_path / f"{name}.xlsx")
        written.append((tmp_path / f"{name}.xlsx").read_bytes())
    assert written[0] == written[1]
    assert openpyxl.load_workbook(tmp_path / "one.xlsx").sheetnames == [
        "totals", "movement", "overdue and short", "units", "notes",
    ]  # fmt: skip
