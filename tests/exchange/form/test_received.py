"""Whose form a file is: told by what is in it, whatever it is called now."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.exchange.form.weekly_round import XLSX
from tests.returned import WAN, facts, journal, returns


@pytest.mark.parametrize("name", [
    "万州区（已填）", "2017-W50 万州区", "万州区_2017-W50", f"{WAN}-20171214", f"{WAN}(终稿)", f"{WAN}人民政府", "W50_万州区",
    f"{WAN}_修改", f"关于报送{WAN}", "新建 Microsoft Excel 工作表", "2017-W49_开州区",
])  # fmt: skip
def test_a_file_may_be_called_anything(weekly, name):
    weekly.fill({("M3", "progress this week"): "拆了"})
    (weekly.forms / XLSX).rename(weekly.forms / f"{name}.xlsx")
    weekly.collect()
    assert [(fact["by"], fact["text"]) for fact in facts(weekly.root)] == [("万州区", "拆了")]


def strip(path, *, properties: bool, heading: bool) -> None:
    """Takes the marks out of a form, and what else tells whose it is."""
    book = load_workbook(path)
    for sheet in book.worksheets[:2]:
        titles = next(row for row in sheet.iter_rows(max_row=6) if row[0].value == "id")
        sheet.delete_cols(next(cell.column for cell in titles if str(cell.value).startswith("mark")))
        if heading:
            sheet.cell(1, 1).value = "report"
            sheet.cell(2, 1).value = None
    if properties:
        for name in ("ledger-week", "ledger-unit"):
            del book.custom_doc_props[name]
    book.save(path)


@pytest.mark.parametrize("properties, heading", [(False, True), (True, False), (True, True)],
                         ids=["by the properties", "by the heading", "by the name"])  # fmt: skip
def test_where_the_marks_are_gone_something_else_tells(weekly, properties, heading):
    weekly.fill({("M3", "progress this week"): "拆了"})
    strip(weekly.forms / XLSX, properties=properties, heading=heading)
    target = weekly.forms / (f"关于{WAN}.xlsx" if properties and heading else "x.xlsx")
    (weekly.forms / XLSX).rename(target)
    weekly.collect()
    assert [fact["by"] for fact in facts(weekly.root)] == ["万州区"]


def test_a_file_that_nobody_can_tell_is_held_and_no_other_unit_is_named(weekly):
    weekly.fill({("M3", "progress this week"): "拆了"})
    strip(weekly.forms / XLSX, properties=True, heading=True)
    (weekly.forms / XLSX).rename(weekly.forms / "x.xlsx")
    out = weekly.collect(code=1).out
    said = out[out.index("x.xlsx\n") :].split("not reported")[0]
    assert "whose form this is, and for which week, cannot be told" in said
    assert "开州区" not in said
    assert "市水利局" not in said


def test_the_box_above_the_table_makes_a_return_with_nothing_new(weekly):
    book = load_workbook(weekly.forms / XLSX)
    sheet = book["items"]
    assert sheet["B3"].value == "nothing new this week"
    sheet["C3"].value = "yes"
    book.save(weekly.forms / XLSX)
    weekly.collect()
    assert ("万州区", "2017-W50", "2017-12-14", "0") in returns(weekly.root)


def test_a_file_that_is_not_read_is_a_return_whose_rows_nobody_knows(weekly):
    (weekly.forms / XLSX).replace(weekly.forms / f"{WAN}.et")
    assert "a WPS spreadsheet (.et) is not read" in weekly.collect(code=1).out
    (own,) = [row for row in journal(weekly.root) if row["event"] == "return" and row["by"] == "万州区"]
    assert "value" not in own


def test_a_completion_and_an_extension_are_asked_for_not_recorded(weekly):
    weekly.fill({("M3", "done?"): "是", ("M3", "done on"): "12月10日", ("M1", "extension asked until"): "2019年6月底",
                 ("M1", "reason for asking"): "汛期"})  # fmt: skip
    weekly.collect()
    told = [{name: fact.get(name) for name in ("item", "key", "value", "until", "note")} for fact in facts(weekly.root)]
    assert told == [
        {"item": "M1", "key": "extend", "value": None, "until": "2019-06-30", "note": "汛期"},
        {"item": "M3", "key": "done", "value": "2017-12-10", "until": None, "note": None},
    ]


def test_a_share_up_to_one_after_a_percentage_above_it_is_asked_about(weekly):
    weekly.fill({("M1", "share", "reading now"): 0.85})
    out = weekly.collect(code=1).out
    assert "80% before, 0.85 now: is it 85%, or did it fall to 0.85%?" in out
    assert facts(weekly.root) == []


def test_a_first_percentage_below_one_is_asked_about_too(weekly):
    weekly.fill({("M3", "percent done"): 0.75})
    assert "0.75: is it 75%, or 0.75%?" in weekly.collect(code=1).out
    assert facts(weekly.root) == []
    weekly.fill({("M3", "percent done"): "0.75%"})
    weekly.collect()
    assert [fact["value"] for fact in facts(weekly.root)] == ["0.75"]
