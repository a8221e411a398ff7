"""`ledger collect`: what is not in order is held back with its sentence, and the rest recorded."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from tests.exchange.form.weekly_round import XLSX, lines
from tests.returned import Filled, Formula, facts

HELD: dict[str, tuple[Filled, str, str]] = {
    "a wrong id": ({("M3", "id"): "M9", ("M3", "progress this week"): "x"},
                   "items!A6  there is no item M9; it was M3 when sent out", "put M3 back and collect again"),
    "the id of another of its items": (
        {("M3", "id"): "M1", ("M3", "progress this week"): "x"},
        "items!A6  “id” was changed from M3 to M1: nobody knows which is meant", "put M3 back; M1 has a row of its own"),
    "a key that the item does not have": (
        {("M1", "built", "key"): "bulit", ("M1", "built", "reading now"): 5},
        "readings!D5  “key” was changed from built to bulit: nobody knows which is meant", "put built back"),
    "text where a number belongs": ({("M1", "built", "reading now"): "六座"}, "readings!J5  not a number: 六座",
                                    "if 6 is meant, write 6"),
    "a percentage of plants": ({("M1", "built", "reading now"): "60%"}, "readings!J5  no percentage belongs here: 60%",
                               "give the number of 座"),
    "a date where a number belongs": ({("M1", "built", "part"): date(2017, 3, 4), ("M1", "built", "reading now"): 5},
                                      "readings!K5  this is a day: 2017-03-04", "digits only"),
    "no date": ({("M3", "expected by"): "春节前"}, "items!J6  not a date: 春节前", "name the day, such as 2018-06-30"),
    "no such day": ({("M3", "expected by"): "2018-02-30"}, "items!J6  there is no such day: 2018-02-30",
                    "check month and day"),
    "a day gone by": ({("M3", "expected by"): date(2017, 12, 13)},
                      "items!J6  the expected day 2017-12-13 lies before 2017-12-14", "say yes under `done?`"),
    "more than everything": ({("M3", "percent done"): 101}, "items!K6  progress lies between 0 and 100: 101", ""),
    "a percentage where targets tell": ({("M1", "percent done"): 50}, "items!K5  M1 has targets: they tell how far it is",
                                        "give the figures in the sheet `readings`"),
    "a share below nothing": ({("M1", "share", "part"): -1, ("M1", "share", "reading now"): 5},
                              "readings!K6  cannot be below 0: -1", ""),
    "no choice": ({("M1", "built", "firmness"): "差不多", ("M1", "built", "reading now"): 5},
                  "readings!M5  差不多 is none of the choices", "one of: 基本, basic"),
    "a remark without its reading": ({("M1", "built", "remark"): "设备检修"}, "readings!J5  the cell `reading now` is empty",
                                     "give the reading even if it is unchanged"),
    "a formula without a result": ({("M1", "built", "reading now"): Formula("=3+3")},
                                   "readings!J5  the formula has no result: =3+3", "type the result itself"),
    "a novel": ({("M3", "progress this week"): "很" * 5001}, "items!H6  5001 characters long, at most 5000",
                "write the main points"),
}  # fmt: skip


@pytest.mark.parametrize("filled, sentence, hint", HELD.values(), ids=HELD)
def test_what_is_wrong_in_a_cell_is_held_back_and_the_rest_recorded(weekly, filled, sentence, hint):
    weekly.fill({("M3" if ("M3", "id") not in filled else "M1", "trouble"): "缺资金", **filled})
    result = weekly.collect(code=1)
    assert "held back, not recorded (1)" in result.out
    assert sentence in lines(result.out)
    assert hint in result.out
    assert [fact["event"] for fact in facts(weekly.root)] == ["trouble"]


def test_another_units_item_is_held_back(weekly):
    sheet = load_workbook(weekly.forms / XLSX)
    row = sheet.worksheets[0].max_row + 1
    sheet.worksheets[0].cell(row, 1, "M2")
    sheet.worksheets[0].cell(row, 8, "替市水利局报")
    sheet.save(weekly.forms / XLSX)
    result = weekly.collect(code=1)
    assert "items!A7  M2 is reported on by 市水利局, not by 万州区" in lines(result.out)
    assert facts(weekly.root) == []


def test_a_row_that_was_added_for_an_item_of_its_own_is_recorded(weekly):
    sheet = load_workbook(weekly.forms / XLSX)
    sheet.worksheets[0].delete_rows(6)
    sheet.worksheets[0].cell(6, 1, "M3")
    sheet.worksheets[0].cell(6, 8, "补报")
    sheet.save(weekly.forms / XLSX)
    weekly.collect()
    assert weekly.told() == [("M3", "report", "补报")]


def test_a_row_from_another_units_form_is_held_back(weekly):
    theirs = load_workbook(weekly.forms / "2017-W50_开州区.xlsx").worksheets[0]
    book = load_workbook(weekly.forms / XLSX)
    for column in range(1, theirs.max_column + 1):
        book.worksheets[0].cell(5, column).value = theirs.cell(5, column).value
    book.worksheets[0].cell(5, 8, "抄来的")
    book.save(weekly.forms / XLSX)
    result = weekly.collect(code=1)
    assert "items!5:5  this row comes from the form for 2017-W50 sent to 开州区" in lines(result.out)


def test_another_units_form_under_this_units_name_is_that_units_own(weekly):
    weekly.fill({("M1", "progress this week"): "x"}, "2017-W50_开州区.xlsx")
    (weekly.forms / "2017-W50_开州区.xlsx").replace(weekly.forms / XLSX)
    result = weekly.collect()
    assert "its name says 2017-W50 万州区, but it is the form for 2017-W50 of 开州区" in result.out
    assert [fact["by"] for fact in facts(weekly.root)] == ["开州区"]


def test_last_weeks_form_under_this_weeks_name_is_held_back_whole(weekly):
    weekly.run("-C", weekly.root, "form", "--unit", "万州区", "--week", "2017-W49", "-o", weekly.forms)
    (weekly.forms / "2017-W49_万州区.xlsx").replace(weekly.forms / XLSX)
    weekly.fill({("M3", "progress this week"): "x"})
    assert "this is the form for 2017-W49, not for 2017-W50" in weekly.collect(code=1).out


def test_a_form_of_another_week_is_named_with_the_way_to_collect_it(weekly):
    weekly.run("-C", weekly.root, "form", "--unit", "万州区", "--week", "2017-W49", "-o", weekly.forms)
    result = weekly.collect(code=1)
    assert "this is the form for 2017-W49, not for 2017-W50" in lines(result.out)
    assert "collect it with --week 2017-W49" in result.out


def test_a_locked_cell_that_was_changed_is_told_and_harms_nothing(weekly):
    weekly.fill(
        {("M3", "title"): "关闭两个码头", ("M3", "progress this week"): "拆了", ("M1", "built", "last reading"): 9}
    )
    result = weekly.collect()
    assert "items!B6  “title” was changed from “Close a pier” to “关闭两个码头”" in lines(result.out)
    assert "readings!H5  “last reading” was changed from “4” to “9”" in lines(result.out)
    assert weekly.told() == [("M3", "report", "拆了")]


def test_a_mark_that_was_changed_is_told_and_harms_nothing(weekly):
    weekly.fill({("M3", "mark (leave as it is)"): "x", ("M3", "progress this week"): "拆了"})
    assert "what else was changed in this row cannot be told" in weekly.collect().out
    assert weekly.told() == [("M3", "report", "拆了")]


def test_a_missing_sheet_is_told_and_the_other_one_recorded(weekly):
    weekly.fill({("M3", "progress this week"): "拆了"})
    book = load_workbook(weekly.forms / XLSX)
    del book["readings"]
    book.save(weekly.forms / XLSX)
    result = weekly.collect(code=1)
    assert "the sheet `readings` is missing" in lines(result.out)
    assert weekly.told() == [("M3", "report", "拆了")]


def test_a_sheet_that_got_another_name_is_known_by_its_columns(weekly):
    weekly.fill({("M1", "built", "reading now"): 6})
    book = load_workbook(weekly.forms / XLSX)
    book["readings"].title = "Sheet9"
    book.save(weekly.forms / XLSX)
    weekly.collect()
    assert weekly.told() == [("M1", "reading", "built", "6")]


def test_a_column_that_lost_its_title_is_told(weekly):
    weekly.fill({("M3", "progress this week"): "拆了", ("M3", "trouble"): "缺资金"})
    book = load_workbook(weekly.forms / XLSX)
    next(cell for cell in book["items"][4] if cell.value == "trouble").value = "难处"
    book.save(weekly.forms / XLSX)
    result = weekly.collect(code=1)
    assert "items  the column “trouble” is gone; nothing was read from it" in lines(result.out)
    assert "items!I:I  there is no column “难处”" in lines(result.out)
    assert weekly.told() == [("M3", "report", "拆了")]
