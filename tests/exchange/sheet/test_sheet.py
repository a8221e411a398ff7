"""Reading tables from strangers: what is taken and what is turned away before anything is looked at."""

from __future__ import annotations

import codecs

import pytest

from ledger.exchange.sheet.file import read_sheets
from ledger.exchange.sheet.sheet import EMPTY, Cell, Limits, RefusedSheet, at, column_letter, place_words
from tests.exchange.sheet.xlsx_paper import workbook

pytestmark = pytest.mark.quick


@pytest.fixture
def read(tmp_path):
    """Reads bytes, or a text as UTF-8, as a file of that name."""

    def call(content: bytes | str, name: str = "a.csv", **limits: int):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_sheets(path, Limits(**limits))

    return call


@pytest.fixture
def refused(read):
    """Why a file is refused, in English, with the hint."""

    def call(content: bytes | str, name: str = "a.csv", **limits: int) -> str:
        with pytest.raises(RefusedSheet) as error:
            read(content, name, **limits)
        return f"{error.value.message.en} | {error.value.hint.en}"

    return call


def texts(sheets) -> list[tuple[int, list[str]]]:
    return [(number, [cell.value for cell in cells]) for number, cells in sheets.sheets[0].rows]


def test_every_cell_of_a_csv_is_text_as_it_stands(read):
    sheets = read('id,title\nM1," 007, ""x"""\n')
    assert sheets.sheets[0].rows[1] == (2, [Cell("M1", "text"), Cell(' 007, "x"', "text")])
    assert sheets.sheets[0].name == "a"


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(read):
    assert texts(read('a\n\n"b\nc"\nd\n')) == [(1, ["a"]), (3, ["b\nc"]), (4, ["d"])]


def test_a_row_ends_with_its_last_filled_cell_and_reads_empty_beyond(read):
    ((_, cells),) = read("a,,b,,\n").sheets[0].rows
    assert [cell.value for cell in cells] == ["a", "", "b"]
    assert cells[1] is EMPTY
    assert at(cells, 3).value == "b"
    assert at(cells, 4) is EMPTY
    assert at(cells, 0) is EMPTY


@pytest.mark.parametrize(
    "text, row",
    [
        ("a;b\n1,5;2\n", ["1,5", "2"]),
        ("a\tb\n1,5\t2\n", ["1,5", "2"]),
        ('"a,b,c";d\n1;2\n', ["1", "2"]),
        ("sep=|\na|b\n1|2\n", ["1", "2"]),
        ("a\n1\n", ["1"]),
        ("a,b;c;d\n1;2\n", ["1", "2"]),
    ],
)
def test_cells_are_parted_by_what_parts_the_header(read, text, row):
    assert texts(read(text))[-1] == (2, row)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_is_read_in_every_encoding_that_spreadsheets_write(read, encoding):
    text = "编号,事项\nM1,取缔排污口\n" if encoding != "utf-16" else "编号\t事项\nM1\t取缔排污口\n"
    sheets = read(text.encode(encoding), "表.txt")
    assert texts(sheets)[1] == (2, ["M1", "取缔排污口"])
    said = [note.words.en for note in sheets.sheets[0].notes]
    assert said == {"gb18030": ["read as GB18030"], "utf-16": ["read as UTF-16"]}.get(encoding, [])


def test_gb18030_whose_first_character_is_also_utf_8_is_still_gb18030(read):
    data = "id,title\nM1,取缔\n".encode("gb18030")
    assert data.split(b",")[2][:2].decode("utf-8")  # the trap: 取 is a letter of UTF-8 as well
    assert texts(read(data))[1] == (2, ["M1", "取缔"])


def test_a_damaged_byte_in_utf_8_is_not_taken_for_gb18030(refused):
    data = "编号,事项\nM1,取缔排污口".encode()
    assert "line 2: this byte is not UTF-8 text" in refused(data[:-1] + b"\xff\n")


def test_half_a_utf_16_file_is_refused(refused):
    assert "not UTF-16" in refused(codecs.BOM_UTF16_LE + "编号".encode("utf-16-le") + b"\x00")


@pytest.mark.parametrize(
    "name, words",
    [
        ("a.xls", "an old Excel file (.xls) is not read"),
        ("a.XLSM", "a workbook with macros (.xlsm)"),
        ("a.xlsb", "a binary workbook"),
        ("a.ods", "a LibreOffice spreadsheet"),
        ("a.numbers", "a Numbers spreadsheet"),
        ("a.et", "a WPS spreadsheet"),
        ("a.pdf", "only .xlsx and .csv are read, not .pdf"),
        ("a", "only .xlsx and .csv are read, not a"),
        ("~$a.xlsx", "the lock file of an open workbook"),
        (".~lock.a.xlsx#", "the lock file of an open workbook"),
    ],
)
def test_other_files_are_refused_by_name_with_what_to_do(refused, name, words):
    told = refused("x", name)
    assert words in told
    assert told.split(" | ")[1]


def test_a_workbook_or_a_web_page_under_the_name_of_csv_is_said_to_be_one(refused):
    assert "this is a workbook, not CSV" in refused(workbook(["a"]))
    assert "this is a web page" in refused("<html><table><tr><td>编号</td></tr></table></html>")


def test_an_unclosed_quote_is_named_with_its_line(refused):
    assert "not CSV from line" in refused('a,b\n"c,d\n')


def test_empty_and_missing_files_are_refused(refused, tmp_path):
    assert "the file is empty" in refused("  \n")
    with pytest.raises(RefusedSheet, match="cannot be read"):
        read_sheets(tmp_path / "none.csv")
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(RefusedSheet, match="a folder under a file's name"):
        read_sheets(tmp_path / "folder.xlsx")


def test_what_is_larger_than_any_ledger_is_refused(refused):
    assert "larger than 2 MiB" in refused("x" * ((2 << 20) + 1), file=2 << 20)
    assert "larger than 1 KiB" in refused("x" * 1025, file=1024)
    assert "more than 2 rows" in refused("a\nb\nc\n", rows=2)
    assert "more than 2 columns" in refused("a,b,c\n", columns=2)
    assert "more than 3 cells" in refused("a,b\nc,d\n", cells=3)
    assert "a cell of row 2 is longer than 5" in refused("a\nbbbbbb\n", text=5)


def test_limits_are_the_largest_that_is_still_read(read):
    assert len(read("a,b\nc,d\n", rows=2, columns=2, cells=4, text=1, file=8).sheets[0].rows) == 2


def test_blank_lines_before_the_header_do_not_hide_the_separator(read):
    assert texts(read("\n \na;b\n"))[-1] == (3, ["a", "b"])


@pytest.mark.parametrize("column, name", [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_named_as_spreadsheets_name_them(column, name):
    assert column_letter(column) == name


def test_places_are_named_as_people_find_them():
    assert place_words("台账", 5, 6).zh == "台账!F5"
    assert place_words("台账", 5).zh == "台账!5:5"
    assert place_words("台账", 0, 6).zh == "台账!F:F"
    assert place_words("台账").zh == "台账"
