"""Items as a workbook: the cells of the CSV list, with real days and numbers."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from ledger.exchange.sheet.sheet import LIMITS
from ledger.exchange.sheet.xlsx import workbook_sheets
from ledger.format.xlsx.page import TooLarge
from ledger.model.ledger import Ledger
from ledger.state.board import Board
from ledger.text.safe import unguarded
from ledger.view.list import list_csv, list_workbook
from tests.paper import fact, files, item, sound

FULL = {
    "title": {"zh": "=填埋场", "en": "Landfill"}, "responsible": ["甲区", "乙区"], "origin": "feedback", "weight": "0.5",
    "steps": ["方案; 一", "开工"], "problems": ["P1"], "milestones": {"plans": {"name": "方案", "due": "2017-06-30"}},
    "targets": {"a": {"name": "开工", "unit": "座", "goal": "= 46", "from": "1.5", "firm": "basic"}},
}  # fmt: skip
LEDGER = sound(files(
    [item(**FULL), item("M2", due="long_term", added="2017-02-02")], [fact("2017-05-01", "done")],
    problems=[item("P1")], units=[{"name": name} for name in ("市环保局", "甲区", "乙区", "领导小组")],
))  # fmt: skip


def workbook(ledger: Ledger = LEDGER, lang: str = "zh", book: str = "") -> bytes:
    board = Board(ledger, date(2017, 5, 2))
    standings = board.book(book) if book else board.standings
    return list_workbook(standings, ledger.settings, board.day, lang)


def opened(**how: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(**how)))


def column(sheet: Any, name: str) -> list[Any]:
    """The cells below that title, of the items."""
    number = next(cell.column for cell in sheet[1] if cell.value == name)
    return [sheet.cell(row, number) for row in (2, 3, 4)]


def test_its_cells_say_what_the_csv_says():
    board = Board(LEDGER, date(2017, 5, 2))
    rows = list(csv.reader(io.StringIO(list_csv(board.standings, LEDGER.settings, "zh"))))
    (sheet, *_), _ = workbook_sheets(workbook(), LIMITS)
    header, *told = [[cell.value for cell in own] for _, own in sheet.rows]
    assert sorted(header) == sorted(rows[0])
    kept = [dict(zip(header, row + [""] * len(header), strict=False)) for row in told]
    assert [[own[name] for name in rows[0] if name != "now.short"] for own in kept] == [
        [unguarded(cell) for cell, name in zip(row, rows[0], strict=True) if name != "now.short"] for row in rows[1:]
    ]


def seen(sheet: Any) -> list[str]:
    """The names of the columns that are not folded away."""
    return [cell.value for cell in sheet[1] if not sheet.column_dimensions[cell.column_letter].hidden]


def test_what_people_read_comes_first_and_is_as_wide_as_one_page_the_rest_is_folded_behind_it():
    sheet = opened().worksheets[0]
    names = [cell.value for cell in sheet[1]]
    assert seen(sheet) == [
        "id", "title.zh", "lead", "responsible", "now.due", "now.state", "now.schedule", "now.light", "now.short",
    ]  # fmt: skip
    assert names[: len(seen(sheet))] == seen(sheet)
    assert {sheet.column_dimensions[cell.column_letter].outlineLevel for cell in sheet[1][len(seen(sheet)) :]} == {1}
    assert (sheet.page_setup.fitToWidth, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
    assert "截至 2017-05-02" in sheet.oddHeader.left.text
    assert "title.en" in seen(opened(lang="en").worksheets[0])


def test_people_see_labels_and_words_where_programs_read_names():
    sheet = opened().worksheets[0]
    assert sheet["A1"].number_format == ';;;"编号"'
    rules = {str(key.sqref): [(rule.formula[0], rule.dxf.numFmt.formatCode) for rule in key.rules]
             for key in sheet.conditional_formatting}  # fmt: skip
    light = next(cell.column_letter for cell in sheet[1] if cell.value == "now.light")
    assert ('"red"', ';;;"红灯"') in rules[f"{light}2:{light}204"]
    assert ('"unstated"', ';;;"未载明"') in rules["C2:C204"]
    assert column(sheet, "now.short")[0].value == "开工", "the name of the target, not its key"


def test_chosen_columns_are_all_seen():
    board = Board(LEDGER, date(2017, 5, 2))
    made = list_workbook(board.standings, LEDGER.settings, board.day, "zh", ("id", "origin", "steps"))
    assert seen(openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]) == ["id", "origin", "steps"]


def test_days_and_numbers_are_real_ones_and_words_for_deadlines_are_text():
    sheet = opened().worksheets[0]
    assert [cell.is_date for cell in column(sheet, "due")] == [True, False, True]
    assert column(sheet, "due")[1].value == "long_term"
    assert column(sheet, "weight")[0].value == 0.5
    assert column(sheet, "targets.a.from")[0].value == 1.5
    assert column(sheet, "milestones.plans.due")[0].is_date
    assert column(sheet, "added")[1].is_date


def test_nothing_in_it_is_a_formula():
    sheet = opened().worksheets[0]
    assert (column(sheet, "title.zh")[0].value, column(sheet, "title.zh")[0].data_type) == ("=填埋场", "s")
    assert column(sheet, "targets.a.goal")[0].data_type == "s"


def test_choices_are_offered_also_in_the_rows_for_new_items():
    book = opened()
    sheet = book.worksheets[0]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == "origin")
    rule = rules[f"{letter}2:{letter}204"]
    listed = rule.formula1.split("$")[1]
    assert [cell.value for cell in book["_lists"][listed] if cell.value] == [
        "feedback",
        "self_found",
        "petition",
        "inspection",
    ]
    assert "反馈" in rules[f"{letter}1"].prompt
    lead = next(cell.column_letter for cell in sheet[1] if cell.value == "lead")
    offered = book["_lists"][rules[f"{lead}2:{lead}204"].formula1.split("$")[1]]
    assert [cell.value for cell in offered if cell.value] == ["市环保局", "甲区", "乙区", "领导小组", "unstated"]


def test_what_is_derived_is_grey_and_the_light_has_its_colour():
    sheet = opened().worksheets[0]
    assert column(sheet, "now.state")[0].fill.fgColor.rgb == "00EDEDED"
    assert column(sheet, "now.light")[0].fill.fgColor.rgb == "00FFF2CC"
    assert "worked out by the ledger" in next(
        rule.prompt
        for rule in opened(lang="en").worksheets[0].data_validations.dataValidation
        if rule.promptTitle == "now.state"
    )


@pytest.mark.parametrize(
    "book, lang, name",
    [("measures", "zh", "措施"), ("", "zh", "事项"), ("", "en", "items"), ("problems", "en", "problems")],
)
def test_the_sheet_is_named_after_the_book(book: str, lang: str, name: str):
    assert opened(book=book, lang=lang).sheetnames[0] == name


def test_a_text_that_a_cell_would_cut_off_is_refused_with_its_place():
    ledger = sound(files([item(remark="环" * 40_000)]))
    with pytest.raises(TooLarge) as refused:
        workbook(ledger)
    assert "M1" in refused.value.message.zh
    assert "remark" in refused.value.message.zh


def test_no_item_at_all_is_an_empty_sheet_with_its_titles():
    ledger = sound(files([]))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(ledger))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["id", "title", "lead", "due"]
    assert sheet.max_row == 1
