"""What the cells of a workbook say: values as a ledger writes them, and what the reader has to tell about them."""

from __future__ import annotations

import io
import math
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange.sheet.file import read_sheets
from ledger.exchange.sheet.sheet import EMPTY, Cell, Sheet, Sheets, error_words
from tests.exchange.sheet.xlsx_paper import MAIN, packed, parts, relations, sheet, styles, workbook

PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"


@pytest.fixture
def read(tmp_path):
    def call(data: bytes) -> Sheets:
        (tmp_path / "a.xlsx").write_bytes(data)
        return read_sheets(tmp_path / "a.xlsx")

    return call


@pytest.fixture
def cells(read):
    """The cells of the first row of a workbook with this row."""

    def call(*row: object, **settings: object) -> list[Cell]:
        ((_, found),) = read(workbook(row, **settings)).sheets[0].rows
        return found

    return call


def notes(found: Sheet) -> list[str]:
    return [note.words.en for note in found.notes]


def values(found: Sheet) -> list[list[str]]:
    return [[cell.value for cell in row] for _, row in found.rows]


# Numbers


@pytest.mark.parametrize(
    "stored, value",
    [
        ("46", "46"), ("46.0", "46"), ("0.30000000000000004", "0.3"), ("0.1", "0.1"), ("1E3", "1000"), ("1.5e-3", "0.0015"),
        ("1E+20", "100000000000000000000"), ("-0", "0"), ("-3.50", "-3.5"), ("123456789012345678", "123456789012346000"),
        ("85.7", "85.7"), (".5", "0.5"), (" 7 ", "7"),
    ],
)  # fmt: skip
def test_numbers_are_plain_and_without_binary_noise(cells, stored, value):
    assert cells((stored, "n")) == [Cell(value, "number")]


@pytest.mark.parametrize("stored", ["1_0", "inf", "nan", "0x10", "1e999", "--1", "１"])
def test_what_is_no_number_is_an_error_cell(cells, stored):
    assert cells((stored, "n"))[0].kind == "error"


def test_a_number_with_more_decimals_than_a_ledger_holds_is_rounded_and_said(read):
    found = read(workbook([(1 / 3, "n")])).sheets[0]
    assert values(found) == [["0.333333333"]]
    assert notes(found) == ["1 cell: rounded to nine decimals"]


@pytest.mark.parametrize("code", ["0%", "0.0%", "0.00%;[Red]-0.00%", 9, 10])
def test_percent_cells_are_the_number_before_the_percent_sign(cells, code):
    assert cells((0.875, "n", 1), (0.571, "n", 1), style=styles(code)) == [
        Cell("87.5", "percent"), Cell("57.1", "percent")]  # fmt: skip


@given(st.decimals(0, 100, places=3))
def test_a_percentage_comes_out_as_it_was_typed(share):
    text, kind = share_read(float(share / 100))
    assert (Fraction(text), kind) == (Fraction(share), "percent")


def share_read(value: float) -> tuple[str, str]:
    from ledger.exchange.sheet.rows import number_cell

    cell, said = number_cell(repr(value), "percent", from_1904=False)
    assert not any(said)
    return cell.value, cell.kind


@pytest.mark.parametrize("code", ["0.00", "#,##0", "General", "0.00E+00", '0" km"', "[Red]0", "@", "# ?/?", "_ * #,##0", 1, 3, 49,
                                  "0.0\\%", '"d"0', "¥#,##0.00", "[$¥-804]#,##0.00", "G/通用格式"])  # fmt: skip
def test_other_formats_do_not_change_a_number(cells, code):
    assert cells((43100, "n", 1), style=styles(code))[0][:3] == Cell("43100", "number")[:3]


@pytest.mark.parametrize(
    "code, shown",
    [("000", "007"), ('"M"00', "M07"), ("\\M0", "M7"), ('0"号"', "7号"), ("00-", "07-"), ("0", ""), ("General", ""),
     ("#,##0", ""), ("0.0", ""), ("0%", ""), ("[Red]000;000", "007"), ('"第"0"项"', "第7项")],
)  # fmt: skip
def test_a_number_is_kept_as_its_format_shows_it_where_that_is_more_than_its_digits(cells, code, shown):
    assert cells((7, "n", 1), style=styles(code))[0].shown == shown


# Days


@pytest.mark.parametrize(
    "code",
    ["yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "[$-804]yyyy年m月d日;@", "m/d/yy", "d-mmm-yy", "[DBNum1]yyyy年m月d日",
     "yyyy\\-mm\\-dd", "[$-F800]dddd, mmmm dd, yyyy", 14, 15, 31, 58],
)  # fmt: skip
def test_days_are_read_from_their_serial_numbers(cells, code):
    assert cells((43100, "n", 1), style=styles(code)) == [Cell("2017-12-31", "date")]


@pytest.mark.parametrize(
    "serial, day", [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (2958465, "9999-12-31")]
)
def test_the_first_and_last_days_of_the_calendar_of_1900(cells, serial, day):
    assert cells((serial, "n", 1), style=styles("yyyy-mm-dd")) == [Cell(day, "date")]


@pytest.mark.parametrize("serial", [0, 60, -1, 2958466, 1e300])
def test_a_serial_that_is_no_day_is_an_error_cell_and_said(read, serial):
    found = read(workbook([(serial, "n", 1)], style=styles("yyyy-mm-dd"))).sheets[0]
    assert found.rows[0][1][0].kind == "error"
    assert notes(found) == ["1 cell: no day that exists"]


@given(st.dates(date(1904, 1, 1), date(2100, 1, 1)))
def test_days_are_read_in_the_calendar_of_1904_too(day):
    from ledger.exchange.sheet.rows import number_cell

    serial = (day - date(1904, 1, 1)).days
    assert number_cell(str(serial), "date", from_1904=True)[0] == Cell(day.isoformat(), "date")


def test_a_workbook_says_which_calendar_it_uses(cells):
    row = cells((41638, "n", 1), style=styles("yyyy-mm-dd"), settings='<workbookPr date1904="1"/>')
    assert row == [Cell("2017-12-31", "date")]


def test_a_time_of_day_is_left_out_and_said(read):
    found = read(workbook([(43100.375, "n", 1)], [(43100, "n", 1)], style=styles("yyyy-mm-dd hh:mm"))).sheets[0]
    assert values(found) == [["2017-12-31"], ["2017-12-31"]]
    assert notes(found) == ["1 cell: the time of day is left out"]


def test_a_moment_before_midnight_is_not_the_day_after(cells):
    assert cells((43100 + 86399 / 86400, "n", 1), style=styles("yyyy-mm-dd hh:mm:ss"))[0].value == "2017-12-31"
    assert cells((43099.9999999999, "n", 1), style=styles("yyyy-mm-dd"))[0].value == "2017-12-31"


@pytest.mark.parametrize("code", ['yyyy"年"m"月"', "mmm-yy", 17, 57])
def test_a_date_that_shows_only_its_month_is_said(read, code):
    found = read(workbook([(43070, "n", 1)], style=styles(code))).sheets[0]
    assert values(found) == [["2017-12-01"]]
    assert "shows only a month" in notes(found)[0]


@pytest.mark.parametrize(
    "code, serial, text",
    [("h:mm", 0.375, "09:00:00"), (20, 0.5, "12:00:00"), ("[h]:mm", 1.5, "36:00:00"), ("[h]:mm", 0, "0:00:00"), ("h:mm", 0, "00:00:00"), (46, 0.25, "6:00:00"),
     ("mm:ss.0", 0.5, "12:00:00"), (55, 0.375, "09:00:00")],
)  # fmt: skip
def test_times_without_a_day_are_text(cells, code, serial, text):
    assert cells((serial, "n", 1), style=styles(code)) == [Cell(text, "text")]


@pytest.mark.parametrize("stored, value", [("2017-12-31", "2017-12-31"), ("2017-12-31T08:30:00Z", "2017-12-31")])
def test_strict_workbooks_store_days_as_text(cells, stored, value):
    assert cells((stored, "d")) == [Cell(value, "date")]
    assert cells(("2017-02-30", "d"))[0].kind == "error"


def test_strict_workbooks_tell_a_time_of_day_too(read):
    assert notes(read(workbook([("2017-12-31T08:30:00", "d"), ("2017-12-31T00:00:00", "d")])).sheets[0]) == [
        "1 cell: the time of day is left out"]  # fmt: skip


# Other kinds


def test_truth_values_errors_and_empty_cells(cells):
    row = cells((1, "b"), (0, "b"), ("#REF!", "e"), (None, "n"), ("", ""), "x")
    assert row == [Cell("true", "flag"), Cell("false", "flag"), Cell("#REF!", "error"), EMPTY, EMPTY, Cell("x", "text")]


def test_texts_keep_their_blanks_zeros_and_line_breaks(cells):
    assert [cell.value for cell in cells(" 007 ", "a\nb", "=1+1", "'=1")] == [" 007 ", "a\nb", "=1+1", "'=1"]


def test_shared_texts_are_looked_up_rich_ones_joined_and_phonetic_guides_left_out(cells):
    rich = "<si><r><rPr><b/></rPr><t>整</t></r><r><t xml:space='preserve'>改 </t></r><rPh sb='0' eb='1'><t>zhěng</t></rPh></si>"
    row = cells((0, "s"), (1, "s"), (2, "s"), (7, "s"), texts=["台账", rich, "a_x000D_\nb_x005F_x0041_"])
    assert [cell.value for cell in row[:3]] == ["台账", "整改 ", "a\r\nb_x0041_"]
    assert row[3].kind == "error"


def test_halves_of_characters_are_joined_or_replaced(cells):
    assert cells((0, "s"), texts=["_xD83D__xDE00_ _xD83D_ _xZZZZ_"])[0].value == "\U0001f600 \ufffd _xZZZZ_"


def test_cells_without_references_stand_one_after_the_other(read):
    body = '<row><c t="str"><v>a</v></c><c><v>1</v></c></row><row r="5"><c><v>2</v></c></row><row><c><v>3</v></c></row>'
    text = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    found = read(packed(parts(text))).sheets[0]
    assert [(number, [cell.value for cell in row]) for number, row in found.rows] == [
        (1, ["a", "1"]), (5, ["2"]), (6, ["3"])]  # fmt: skip


def test_strict_namespaces_are_read_too(read):
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    made = {name: text.replace(MAIN, strict) for name, text in parts(sheet([["a"]])).items()}
    assert values(read(packed(made)).sheets[0]) == [["a"]]


# Formulas


def test_a_formula_is_taken_by_its_stored_result_and_said(read):
    found = read(workbook([(92, "n", 0, "B1*2"), ("ok", "str", 0, 'IF(1,"ok")')])).sheets[0]
    assert found.rows[0][1] == [Cell("92", "number", "=B1*2"), Cell("ok", "text", '=IF(1,"ok")')]
    assert notes(found) == ["1 cell: formulas, taken by their results"] * 2


def test_a_formula_without_a_stored_result_is_an_error_that_says_so(read):
    found = read(workbook([(None, "n", 0, "1+1")], [(None, "n", 0, "1+2")])).sheets[0]
    (cell,) = found.rows[0][1]
    assert cell == Cell("", "error", "=1+1")
    assert "no stored result: =1+1" in error_words(cell)[0].en
    assert notes(found) == ["2 cells: formulas without a stored result"]


def test_an_empty_text_as_a_result_is_no_error(cells):
    assert cells(("", "str", 0, 'IF(0,"x","")'), "b")[0] == Cell("", "text", '=IF(0,"x","")')


def test_an_error_as_a_result_names_itself(cells):
    (cell,) = cells(("#DIV/0!", "e", 0, "1/0"))
    assert cell == Cell("#DIV/0!", "error", "=1/0")
    assert error_words(cell)[0].en == "the cell holds the error #DIV/0!"


def test_shared_formulas_all_show_the_first_one(read):
    body = ('<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2">B1*2</f><v>2</v></c></row>'
            '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>')  # fmt: skip
    text = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    found = read(packed(parts(text))).sheets[0]
    assert [row[0] for _, row in found.rows] == [Cell("2", "number", "=B1*2"), Cell("4", "number", "=B1*2")]


def test_formulas_of_other_parts_of_a_sheet_are_no_cells(read):
    rules = "<conditionalFormatting><cfRule><formula>A1</formula></cfRule></conditionalFormatting>" + (
        '<extLst><ext xmlns:xm="x"><xm:f>' + "A" * 70_000 + "</xm:f></ext></extLst>"
    )
    assert values(read(workbook(["a"], behind=rules)).sheets[0]) == [["a"]]


# Merged, hidden, filtered


def test_every_row_of_a_merged_range_gets_its_value_once(read):
    rows = [["编号", "目标指标", None], [None, "名称", "目标值"], ["M1", "开工", (46, "n")], [None, "完工", (40, "n")]]
    found = read(workbook(*rows, merged=["A1:A2", "B1:C1", "A3:A4"])).sheets[0]
    assert values(found) == [
        ["编号", "目标指标"], ["编号", "名称", "目标值"], ["M1", "开工", "46"], ["M1", "完工", "40"]]  # fmt: skip
    assert notes(found) == ["merged cells: 2 more cells get the value of their range"]
    assert found.merged == ((1, 1, 2, 1), (1, 2, 1, 3), (3, 1, 4, 1))


def test_a_merged_title_does_not_make_rows_or_columns_of_its_own(read):
    found = read(workbook(["台账"], ["a", "b"], merged=["A1:XFD1", "A5:B9"])).sheets[0]
    assert values(found) == [["台账"], ["a", "b"]]


@pytest.mark.parametrize("formula", ['_xlfn.DISPIMG("ID_0A1B",1)', '_xlfn.IMAGE("https://a/b.png")', 'DISPIMG("x",1)'])
def test_a_picture_in_a_cell_is_no_text(read, formula):
    found = read(workbook(["a", (f"={formula.removeprefix('_xlfn.')}", "str", 0, formula)])).sheets[0]
    cell = found.rows[0][1][1]
    assert (cell.value, error_words(cell)[0].en) == ("", "the cell holds a picture, which is no text")
    assert notes(found) == ["1 cell: pictures, which are no text"]


def test_the_text_of_a_pictures_formula_and_an_error_that_stands_for_one_are_pictures_too(read):
    text = sheet([['=DISPIMG("ID_1",1)', ("#VALUE!", "e"), ("#VALUE!", "e")]])
    found = read(packed(parts(text.replace('<c r="B1" t="e"', '<c r="B1" t="e" vm="1"')))).sheets[0]
    told = [error_words(cell)[0].en for cell in found.rows[0][1]]
    assert told == ["the cell holds a picture, which is no text"] * 2 + ["the cell holds the error #VALUE!"]


def test_what_is_struck_out_is_read_and_said(read):
    style = styles("General").replace("<cellXfs>", "<fonts><font/><font><strike/></font></fonts><cellXfs>")
    style = style.replace('<xf numFmtId="164"/>', '<xf numFmtId="0" fontId="1"/>')
    texts = ["<si><r><t>市环保局</t></r><r><rPr><strike/></rPr><t>（原）</t></r></si>", "甲"]
    rows = [["a", (46, "n", 1)], [(0, "s"), (1, "s")]]
    found = read(workbook(*rows, style=style, texts=texts)).sheets[0]
    assert values(found) == [["a", "46"], ["市环保局（原）", "甲"]]
    assert [(note.row, note.column, note.words.en) for note in found.notes] == [
        (2, 1, "1 cell: struck out, and read all the same"), (1, 2, "1 cell: struck out, and read all the same")]  # fmt: skip


def test_comments_are_said_with_their_place_and_words(read):
    made = parts(sheet([["a", "b"]]))
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("rId1", "comments", "../comments1.xml"))
    made["xl/comments1.xml"] = (
        f'<comments xmlns="{MAIN}"><authors/><commentList><comment ref="B1" authorId="0"><text><t>以此为准</t></text>'
        "</comment></commentList></comments>"
    )
    (note,) = read(packed(made)).sheets[0].notes
    assert (note.row, note.column, note.words.en) == (1, 2, "has a comment, which is not read: 以此为准")


def test_columns_that_are_folded_show_their_button_and_are_no_secret(read):
    text = sheet([["a", "b"]], before='<cols><col min="2" max="2" hidden="1" outlineLevel="1"/></cols>')
    assert notes(read(packed(parts(text))).sheets[0]) == []


def test_hidden_and_filtered_rows_and_columns_are_read_and_said(read):
    text = sheet([["a", "b"], ["c", "d"], ["e", "f"]], before='<cols><col min="2" max="2" hidden="1"/></cols>')
    text = text.replace('<row r="2">', '<row r="2" hidden="1">')
    found = read(packed(parts(text))).sheets[0]
    assert values(found) == [["a", "b"], ["c", "d"], ["e", "f"]]
    assert notes(found) == [
        "1 row is hidden or filtered out, and read all the same",
        "hidden columns, read all the same: B",
    ]
    assert found.notes[0].row == 2
    assert found.notes[1].column == 2


def test_one_cell_or_nothing_merged_is_nothing(read):
    found = read(workbook(["a", "b"], ["c", None], merged=["A1:A1", "B2:C3", "A9"])).sheets[0]
    assert values(found) == [["a", "b"], ["c"]]
    assert notes(found) == []


def test_sheets_keep_their_order_and_say_whether_they_are_hidden(read):
    data = packed(parts(sheet([["a"]]), sheet([["b"]]), sheet([["c"]]), names=["一", "二", "三"],
                        states=["visible", "hidden", "veryHidden"]))  # fmt: skip
    assert [(one.name, one.hidden) for one in read(data).sheets] == [("一", False), ("二", True), ("三", True)]


def test_chart_sheets_are_passed_over(read):
    made = parts(sheet([["a"]]), sheet([["b"]]))
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace('/worksheet"', '/chartsheet"', 1)
    assert [one.name for one in read(packed(made)).sheets] == ["Sheet2"]


def test_properties_of_the_document_and_of_its_maker_are_read(read):
    made = parts(sheet([["a"]]))
    made["_rels/.rels"] = made["_rels/.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{PROPERTIES}/core-properties" Target="docProps/core.xml"/>'
        '<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'custom-properties" Target="docProps/custom.xml"/></Relationships>',
    )
    made["docProps/core.xml"] = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>周报</dc:title><dc:creator/></cp:coreProperties>'
    )
    made["docProps/custom.xml"] = (
        '<Properties xmlns="p" xmlns:vt="v"><property name="ledger-unit" pid="2"><vt:lpwstr>万州区</vt:lpwstr></property>'
        '<property name="n" pid="3"><vt:i4>5</vt:i4></property></Properties>'
    )
    assert read(packed(made)).properties == {"title": "周报", "ledger-unit": "万州区", "n": "5"}


# Against other programs

_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6)),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=8),
)  # fmt: skip


@given(st.lists(st.lists(_VALUES, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_openpyxl_writes_is_read_as_it_was_meant(tmp_path_factory, rows):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    page = book.active
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                made = page.cell(number, column, value)
                if isinstance(value, str):
                    made.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path_factory.getbasetemp() / "oracle.xlsx"
    path.write_bytes(stream.getvalue())
    found = {(number, column): cell for number, row in read_sheets(path).sheets[0].rows
             for column, cell in enumerate(row, 1) if cell is not EMPTY}  # fmt: skip
    wanted = {(n, c): value for n, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value is not None}
    assert found.keys() == wanted.keys()
    for place, value in wanted.items():
        assert says(found[place], value), (found[place], value)


def says(cell: Cell, value: object) -> bool:
    if isinstance(value, bool):
        return cell == Cell(str(value).lower(), "flag")
    if isinstance(value, date):
        return cell == Cell(value.isoformat(), "date")
    if isinstance(value, str):
        return cell == Cell(value, "text")
    return cell.kind == "number" and math.isclose(
        float(Fraction(cell.value)), float(value), rel_tol=1e-14, abs_tol=1e-9
    )  # type: ignore[arg-type]


def test_day_arithmetic_agrees_with_the_calendar():
    from ledger.exchange.sheet.rows import number_cell

    for serial in range(61, 80_000, 997):
        day = date(1899, 12, 30) + timedelta(days=serial)
        assert number_cell(str(serial), "date", from_1904=False)[0].value == day.isoformat()
