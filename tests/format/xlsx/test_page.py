"""Workbooks: what stands in a cell is what was put in, whoever opens it; and the bytes are the same on any day."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange.sheet.sheet import LIMITS
from ledger.exchange.sheet.xlsx import workbook_sheets
from ledger.format.office import MissingExtra
from ledger.format.xlsx.bytes import workbook_bytes
from ledger.format.xlsx.page import Cell, SheetColumn, SheetPage, TooLarge, Value

COLUMNS = [
    SheetColumn("编号", 10),
    SheetColumn("事项", 20, "wrapped"),
    SheetColumn("读数", 8, "number", locked=False, hint="只写数字"),
    SheetColumn("预计", 12, "date", locked=False, least=date(2017, 1, 1)),
    SheetColumn("程度", 8, choices=("完成", '基本,"完成"'), locked=False),
    SheetColumn("率", 8, "percent"),
]
ROW: list[Value] = ["M1", "=1+1", Fraction(857, 10), date(2018, 6, 30), "完成", Fraction(7, 8)]


def page(rows: Sequence[Sequence[Value | Cell]] = (ROW,), **changes: Any) -> SheetPage:
    return SheetPage("整改台账", COLUMNS, rows)._replace(**changes)


def opened(*pages: SheetPage, **how: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(pages, **how)))


def heard(value: Value, column: SheetColumn = COLUMNS[1]) -> str:
    """What the program's own reader hears in the one cell of a sheet."""
    data = workbook_bytes([SheetPage("s", [column._replace(choices=())], [[value]])])
    (sheet,), _ = workbook_sheets(data, LIMITS)
    return "".join(cell.value for _, cells in sheet.rows[1:] for cell in cells)


def test_numbers_days_and_shares_are_values_with_their_formats():
    cells = opened(page()).active[2]
    assert [cell.value for cell in cells[2:4]] == [85.7, cells[3].value]
    assert cells[3].value.date() == date(2018, 6, 30)
    assert cells[5].value == 0.875
    assert [cell.number_format for cell in cells] == ["@", "@", "General", "yyyy-mm-dd", "@", "0.0%"]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1-1", "@SUM(1)", "\t=1", "007", "1e3", "#REF!", "TRUE"]
)
def test_text_stays_text_whatever_it_looks_like(text: str):
    cell = opened(page([[text, None, None, None, None, None]])).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert heard(text) == text


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30
    )
)
def test_any_text_is_heard_as_it_was_written(text: str):
    assert heard(text) == text


@given(st.fractions(-(10**12), 10**12, max_denominator=10**9).filter(lambda value: 10**9 % value.denominator == 0))
def test_any_number_a_ledger_holds_is_heard_exactly(value: Fraction):
    assert Fraction(heard(value, COLUMNS[2])) == value


@given(st.dates())
def test_any_day_is_heard_as_that_day(day: date):
    assert heard(day, COLUMNS[3]) == day.isoformat()


@pytest.mark.parametrize("value, kept", [
    (123456789012345678, "123456789012345678"), (Fraction("0.1234567"), 0.1234567), (Fraction(1, 3), 1 / 3), (0, 0),
    (date(1900, 2, 28), "1900-02-28"), ("", None), ("a\r\nb\rc", "a\nb c"), ("a\x00\x1bb", "ab"), ("\ud800x", "x"),
    ("_x000D_", "_x005F_x000D_"),
], ids=repr)  # fmt: skip
def test_what_excel_cannot_hold_is_kept_as_text_or_left_out(value: Value, kept: object):
    assert opened(page([["M1", value, None, None, None, None]])).active["B2"].value == kept


def test_what_looks_like_the_code_of_a_character_stays_what_it_is():
    assert heard("_x000D_ _x0041_") == "_x000D_ _x0041_"


def test_text_longer_than_a_cell_is_cut_with_a_mark_that_tells_its_length():
    value = opened(page([["M1", "环" * 40_000, None, None, None, None]])).active["B2"].value
    assert len(value) == 32_767
    assert value.endswith("环…[40000]")
    astral = opened(page([["M1", "𠮷" * 20_000, None, None, None, None]])).active["B2"].value
    assert len(astral.encode("utf-16-le")) // 2 <= 32_767
    assert astral.endswith("𠮷…[20000]")


def test_the_head_stands_over_the_table_and_the_titles_stay_in_sight():
    sheet = opened(page(head=["填报表", "填写办法"], fixed=1, filtered=True)).active
    assert [sheet.cell(row, 1).value for row in (1, 2, 3, 4)] == ["填报表", "填写办法", "编号", "M1"]
    assert sorted(str(merged) for merged in sheet.merged_cells.ranges) == ["A1:F1", "A2:F2"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("B4", "$3:$3", "A3:F4")
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth) == ("landscape", 9, 1)


def test_a_column_is_as_wide_as_its_cells_of_a_terminal_and_a_row_as_high_as_its_text():
    sheet = opened(page([["M1", "很长的整改事项" * 10, None, None, None, None]])).active
    assert sheet.column_dimensions["B"].width == 21
    assert sheet.row_dimensions[2].height > 7 * 15
    assert sheet["B2"].alignment.wrap_text


@pytest.mark.parametrize("characters", [1008, 2000])
def test_a_column_is_made_broader_before_its_text_is_cut_at_the_highest_row(characters: int):
    text = "字" * characters
    sheet = opened(SheetPage("s", [SheetColumn("措施", 36, "wrapped")], [(text,)])).active
    assert sheet["A2"].value == text
    cells_of_a_line, lines = sheet.column_dimensions["A"].width * 0.9, sheet.row_dimensions[2].height / 15.5
    assert cells_of_a_line * lines > 2 * characters
    assert sheet.row_dimensions[2].height <= 409


def test_a_column_grows_no_broader_than_can_be_read_and_loses_nothing():
    text = "字" * 20_000
    sheet = opened(SheetPage("s", [SheetColumn("措施", 36, "wrapped"), SheetColumn("n", 36)], [(text, text)])).active
    assert [sheet.column_dimensions[name].width for name in "AB"] == [201, 37]
    assert (sheet["A2"].value, sheet.row_dimensions[2].height) == (text, 409)


def test_a_table_too_wide_to_read_on_one_page_is_not_shrunk():
    wide = page(columns=[column._replace(width=60) for column in COLUMNS])
    assert not opened(wide).active.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("more", [0, 10])
def test_a_table_whose_columns_grew_is_as_wide_as_one_page_so_that_paper_shows_all_its_text(more: int):
    columns = [*[SheetColumn(name, 36, "wrapped") for name in ("事项", "困难")], *[SheetColumn("n", 36)] * more]
    sheet = opened(SheetPage("s", columns, [("字" * 2000, "字" * 2000, *[""] * more)])).active
    assert sum(sheet.column_dimensions[name].width for name in "AB") > 320
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_only_open_cells_can_be_changed_in_a_protected_workbook():
    book = opened(page([[*ROW[:4], Cell("完成", locked=True), ROW[5]]]), protected=True)
    sheet = book.active
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert book.security.lockStructure
    assert [cell.protection.locked for cell in sheet[2]] == [True, True, False, False, True, True]
    fills = [cell.fill.fgColor.rgb for cell in sheet[2]]
    assert fills[2] == fills[3] == "00FFFDE7"
    assert fills[0] == fills[4] == "00000000"


def test_an_open_workbook_is_not_protected():
    book = opened(page())
    assert not book.active.protection.sheet
    assert not book.security.lockStructure


def rules(sheet: Any) -> dict[str, Any]:
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


def test_drop_down_lists_stand_on_a_hidden_sheet_and_may_hold_anything():
    units = [f"第{number}区（原县），“部”" for number in range(100)]
    book = opened(page(columns=[*COLUMNS[:4], COLUMNS[4]._replace(choices=units), COLUMNS[5]], spare=3))
    rule = rules(book.worksheets[0])["E2:E5"]
    assert (rule.type, rule.formula1, rule.showErrorMessage, rule.allow_blank) == (
        "list",
        "_lists!$A$1:$A$100",
        True,
        True,
    )
    lists = book["_lists"]
    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in lists["A"]] == units


def test_equal_lists_are_kept_once():
    book = opened(page(columns=[column._replace(choices=("甲", "乙")) for column in COLUMNS]))
    assert book["_lists"].max_column == 1


def test_open_numbers_and_days_take_nothing_else():
    found = rules(opened(page()).active)
    number, day = found["C2"], found["D2"]
    assert (number.type, number.prompt, number.showInputMessage) == ("decimal", "只写数字", True)
    assert (day.type, day.operator, int(day.formula1)) == (
        "date",
        "between",
        (date(2017, 1, 1) - date(1899, 12, 30)).days,
    )
    assert number.showErrorMessage
    assert day.showErrorMessage


def test_what_is_said_about_a_column_is_said_at_its_title():
    found = rules(opened(page(columns=[COLUMNS[0]._replace(title_hint="唯一"), *COLUMNS[1:]])).active)
    assert (found["A1"].promptTitle, found["A1"].prompt, found["A1"].showErrorMessage) == ("编号", "唯一", False)


def test_tones_and_hidden_columns_and_sheets():
    hidden = page(name="内部", hidden=True, columns=[COLUMNS[0]._replace(hidden=True), *COLUMNS[1:]])
    book = opened(hidden, page([[Cell("M1", "red"), Cell("x", "bold"), None, None, None, None]]))
    assert book["内部"].sheet_state == "hidden"
    assert book["内部"].column_dimensions["A"].hidden
    assert book.active.title == "整改台账"
    assert book.active["A2"].fill.fgColor.rgb == "00FADBD8"
    assert book.active["B2"].font.bold


def test_empty_cells_have_borders_unless_the_sheet_is_sparse():
    empty: list[Value] = ["M1", *[None] * 5]
    full, sparse = opened(page([empty])).active, opened(page([empty], sparse=True)).active
    assert full["B2"].border.left.style == "thin"
    assert sparse["B2"].border.left.style is None
    assert (full.sheet_view.showGridLines, sparse.sheet_view.showGridLines) == (False, True)


@pytest.mark.parametrize("name, clean", [
    ("a/b:c*[d]?\\", "a b c d"), ("", "Sheet"), ("'", "Sheet"), ("台" * 40, "台" * 31), ("History", "History 2"), ("_lists", "_lists 2"),
    ("𠮷" * 20, "𠮷" * 15),
])  # fmt: skip
def test_names_of_sheets_are_such_as_excel_takes(name: str, clean: str):
    assert opened(page(name=name)).sheetnames[0] == clean


def test_two_sheets_never_bear_one_name():
    book = opened(page(name="Table"), page(name="TABLE"), page(name="t" * 40), page(name="t" * 35))
    assert book.sheetnames[:4] == ["Table", "TABLE 2", "t" * 31, "t" * 29 + " 2"]


def test_properties_of_the_document_and_of_our_own():
    book = opened(page(), properties={"title": "报送表", "ledger-unit": "万州区"})
    assert (book.properties.title, book.properties.creator) == ("报送表", "ledger")
    assert book.custom_doc_props["ledger-unit"].value == "万州区"


def test_a_table_larger_than_a_sheet_is_refused_in_a_sentence():
    with pytest.raises(TooLarge) as refused:
        workbook_bytes([page(spare=1_048_576)])
    assert "1048578 rows: a sheet holds 1048576" in refused.value.message.en
    with pytest.raises(TooLarge):
        workbook_bytes([SheetPage("s", [COLUMNS[0]] * 16_385, [])])


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    for name in ("ledger.format.xlsx.write", "ledger.format.xlsx.write"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra) as missing:
        workbook_bytes([page()])
    assert missing.value.hint.en == "pip install openpyxl"


def test_the_bytes_are_the_same_in_every_process_and_on_every_day(spawn, tmp_path: Path):
    code = (
        "import sys; from tests.format.xlsx.test_page import page, workbook_bytes;"
        "open(sys.argv[1], 'wb').write(workbook_bytes([page(head=['a', 'b', 'c'])], properties={'k': 'v'}, protected=True))"
    )
    made = []
    for seed in ("1", "2"):
        spawn(tmp_path / seed, python=("-W", "ignore", "-c", code), PYTHONHASHSEED=seed)
        made.append((tmp_path / seed).read_bytes())
    assert made[0] == made[1] == workbook_bytes([page(head=["a", "b", "c"])], properties={"k": "v"}, protected=True)
