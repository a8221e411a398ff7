"""XLSX files that are no honest sheet: each is refused in one sentence, before any of it is believed."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from ledger.source.sheet import Limits, RefusedSheet
from ledger.source.sheet_file import read_sheets
from tests.source.xlsx_paper import MAIN, packed, parts, relations, sheet, workbook

ROWS = [["id", "title"], ["M1", "x"]]


@pytest.fixture
def refused(tmp_path):
    """Why these bytes, or a workbook of these parts, are refused, in English."""

    def call(content: bytes | dict, **limits: int) -> str:
        path = tmp_path / "a.xlsx"
        path.write_bytes(content if isinstance(content, bytes) else packed(content))
        with pytest.raises(RefusedSheet) as error:
            read_sheets(path, Limits(**limits))
        assert error.value.message.zh
        assert error.value.hint.zh
        assert error.value.hint.en
        return error.value.message.en

    return call


@pytest.fixture
def good():
    """The parts of a sound workbook, to be spoilt."""
    return parts(sheet(ROWS))


def test_the_sound_workbook_of_these_tests_is_read(tmp_path, good):
    (tmp_path / "a.xlsx").write_bytes(packed(good))
    assert len(read_sheets(tmp_path / "a.xlsx").sheets[0].rows) == 2


@pytest.mark.parametrize("cut", [40, 200, -30, -1])
def test_a_file_that_was_cut_off_is_refused(refused, cut):
    assert refused(workbook(*ROWS)[:cut]) in ("the zip file is damaged or cut off", "this is no .xlsx workbook")


def test_text_under_the_name_of_a_workbook_is_refused(refused):
    assert refused("编号,事项\n".encode()) == "this is no .xlsx workbook"


def test_junk_before_the_zip_is_refused(refused):
    assert refused(b"#!/bin/sh\n" + workbook(*ROWS)) == "this is no .xlsx workbook"


def test_an_old_or_encrypted_workbook_under_the_new_name_is_told_apart(refused):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    assert refused(ole) == "this is an old .xls file under another name"
    assert refused(ole + "EncryptedPackage".encode("utf-16-le")) == "the workbook has a password"


def test_a_zip_of_something_else_is_refused(refused):
    assert refused({"word/document.xml": "<a/>"}) == "this is a zip file, but no workbook"
    assert refused({"[Content_Types].xml": "<Types/>"}) == "this is a zip file, but no workbook"


def test_an_encrypted_zip_is_refused(refused):
    data = bytearray(workbook(*ROWS))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    assert refused(bytes(data)) == "the zip file has a password"


def test_a_part_that_stands_twice_is_refused(refused, good):
    stream = io.BytesIO(packed(good))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refused(stream.getvalue()) == "the zip file holds xl/workbook.xml twice"
    assert refused({**good, "XL/Workbook.xml": "<workbook/>"}) == "the zip file holds xl/workbook.xml twice"


def test_a_packing_that_no_spreadsheet_uses_is_refused(refused, good):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        for name, text in good.items():
            archive.writestr(name, text)
    assert "packed in an unknown way" in refused(stream.getvalue())


def test_too_many_parts_are_refused(refused, good):
    assert refused({**good, **{f"xl/media/{n}.png": "" for n in range(20)}}, parts=20).endswith("more than 20 parts")


# Bombs


def test_a_bomb_is_refused_by_what_comes_out_of_it(refused, good):
    good["xl/worksheets/sheet1.xml"] = sheet(ROWS).replace("<sheetData>", "<!--" + " " * 2_000_000 + "--><sheetData>")
    assert refused(good, unzipped=1 << 20) == "larger than 1 MiB when unzipped"


def test_a_bomb_that_lies_about_its_size_is_cut_short(refused, good):
    good["xl/worksheets/sheet1.xml"] = sheet(ROWS).replace("<sheetData>", "<!--" + " " * 2_000_000 + "--><sheetData>")
    data = bytearray(packed(good))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(mark, 0, data.rfind(b"xl/worksheets/sheet1.xml" if offset == 24 else b"\xff\xff\xff"))
        at = at if offset == 24 else data.find(b"xl/worksheets/sheet1.xml") - 30
        assert data[at : at + 4] == mark
        data[at + offset : at + offset + 4] = struct.pack("<I", 500)
    assert refused(bytes(data), unzipped=1 << 20) == "xl/worksheets/sheet1.xml cannot be unzipped"


def test_a_part_that_unzips_to_many_times_its_size_is_refused(refused, good):
    good["xl/worksheets/sheet1.xml"] = sheet(ROWS).replace("<sheetData>", "<!--" + " " * 200_000 + "--><sheetData>")
    assert "unzips to over 50 times its size" in refused(good, ratio=50, ratio_from=100_000)


def test_a_bomb_in_a_part_that_nobody_reads_is_refused_by_its_declared_size(refused, good):
    good["xl/media/image1.png"] = " " * 2_000_000
    assert refused(good, unzipped=1 << 20) == "larger than 1 MiB when unzipped"


def test_one_giant_tag_is_refused_before_it_eats_the_day(refused, good):
    good["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}" x="{"a" * (7 << 20)}"/>'
    assert "a tag that is too large" in refused(good, ratio=5000)


def test_nesting_without_end_is_refused(refused, good):
    good["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}">' + "<a>" * 100_000
    assert refused(good).endswith("is nested too deep")


# XML that is more than data

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'


@pytest.mark.parametrize("text", [LAUGHS, EXTERNAL, '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>'])
@pytest.mark.parametrize(
    "part",
    ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml", "_rels/.rels", "docProps/core.xml",
     "xl/theme/theme1.xml", "customXml/item1.xml"],
)  # fmt: skip
def test_a_document_type_is_refused_in_every_part(refused, good, part, text):
    assert refused({**good, part: text}) == "the workbook's XML holds a DOCTYPE"


def test_a_document_type_in_another_encoding_is_refused_too(refused, good):
    good["xl/worksheets/sheet1.xml"] = LAUGHS.replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")
    assert refused(good) == "the workbook's XML holds a DOCTYPE"


def test_a_part_that_is_no_xml_is_named_with_its_line(refused, good):
    good["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}">\n<sheetData></worksheet>'
    assert refused(good) == "xl/worksheets/sheet1.xml is not XML in line 2"


def test_a_drawing_that_is_no_xml_does_no_harm(tmp_path, good):
    (tmp_path / "a.xlsx").write_bytes(packed({**good, "xl/drawings/vmlDrawing1.vml": "<xml><br></xml>"}))
    assert read_sheets(tmp_path / "a.xlsx").sheets


# What could run, fetch or embed something


@pytest.mark.parametrize(
    "part, words",
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other files"),
        ("xl/embeddings/oleObject1.bin", "embedded objects"),
        ("xl/activeX/activeX1.xml", "embedded objects"),
        ("xl/connections.xml", "data connections"),
        ("xl/queryTables/queryTable1.xml", "data connections"),
        ("xl/model/item.data", "data connections"),
        ("XL\\VBAPROJECT.BIN", "macros"),
    ],
)
def test_parts_that_could_do_something_are_refused(refused, good, part, words):
    assert refused({**good, part: "<a/>"}) == f"the workbook holds {words}"


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main", "macros"),
        ("openxmlformats-officedocument.spreadsheetml.worksheet", "ms-excel.intlmacrosheet", "macros"),
        ("openxmlformats-officedocument.spreadsheetml.worksheet", "ms-office.vbaProject", "macros"),
        ("openxmlformats-officedocument.spreadsheetml.worksheet",
         "openxmlformats-officedocument.spreadsheetml.externalLink", "links to other files"),
    ],
)  # fmt: skip
def test_their_content_types_are_refused_whatever_the_parts_are_called(refused, good, old, new, words):
    good["[Content_Types].xml"] = good["[Content_Types].xml"].replace(old, new)
    assert refused(good) == f"the workbook holds {words}"


@pytest.mark.parametrize(
    "kind, words",
    [("oleObject", "embedded objects"), ("vbaProject", "macros"), ("connections", "data connections")],
)
def test_their_relations_are_refused_whatever_the_parts_are_called(refused, good, kind, words):
    good["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("rId1", kind, "../harmless.bin"))
    assert refused(good) == f"the workbook holds {words}"


def test_a_relation_that_leads_out_of_the_file_is_refused(refused, good):
    good["xl/drawings/_rels/drawing1.xml.rels"] = relations(
        ("rId1", "image", "http://example.invalid/spy.png"), external=True
    )
    assert refused(good) == "the workbook holds links to other files"


def test_a_hyperlink_is_only_text(tmp_path, good):
    good["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        ("rId1", "hyperlink", "http://example.invalid/"), external=True
    )
    (tmp_path / "a.xlsx").write_bytes(packed(good))
    assert read_sheets(tmp_path / "a.xlsx").sheets


# More than a sheet holds


def test_rows_columns_cells_sheets_and_texts_are_counted_while_they_are_read(refused):
    rows = [["a", "b"]] * 4
    assert refused(workbook(*rows), rows=3) == "Sheet1 has more than 3 rows"
    assert refused(workbook(["a", "b", "c"]), columns=2) == "Sheet1 has more than 2 columns"
    assert refused(workbook(*rows), cells=7) == "Sheet1 holds too many cells"
    assert refused(packed(parts(sheet(rows), sheet(rows))), cells=15) == "Sheet2 holds too many cells"
    assert refused(packed(parts(sheet(rows), sheet(rows))), sheets=1) == "more than 1 sheets"
    assert refused(workbook(["a" * 11]), text=10) == "the text of Sheet1!A1 is longer than 10 characters"
    assert refused(workbook(["a" * 40]), text=10) == "the text of Sheet1!A1 is longer than 10 characters"
    assert refused(workbook([(0, "s")], texts=["a" * 11]), text=10).startswith("the text of Sheet1!A1 is longer")
    assert refused(workbook(["a"], texts=["b"] * 4), cells=3) == "more than 3 texts"


def test_the_largest_that_may_be_is_read(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(workbook(["a", "bb"], ["c", "d"], texts=["x"]))
    found = read_sheets(tmp_path / "a.xlsx", Limits(rows=2, columns=2, cells=4, sheets=1, text=2, parts=7))
    assert len(found.sheets[0].rows) == 2


def test_a_cell_far_out_counts_the_empty_ones_before_it(refused):
    assert refused(workbook([*[None] * 9, "x"]), cells=9) == "Sheet1 holds too many cells"


def test_merged_ranges_without_end_are_counted_too(refused, good):
    good["xl/worksheets/sheet1.xml"] = sheet([["a", "b"], ["c", "d"]], merged=["A1:XFD1048576"] * 50)
    assert refused(good, cells=100) == "Sheet1 holds too many cells"


@pytest.mark.parametrize(
    "body, words",
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', "row 1 stands twice"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>', "Sheet1!B1 is out of place"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "Sheet1!A1 is out of place"),
        ('<row r="1"><c r="A2"><v>1</v></c></row>', "Sheet1!A2 is out of place"),
        ('<row r="1"><c r="$A$1"><v>1</v></c></row>', "Sheet1!$A$1 is out of place"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "Sheet1!XFE1 is out of place"),
        ('<row r="0"><c><v>1</v></c></row>', "row 0 stands twice or cannot be"),
        ('<row r="1048577"><c><v>1</v></c></row>', "row 1048577 stands twice or cannot be"),
    ],
)
def test_cells_that_another_reader_could_take_differently_are_refused(refused, good, body, words):
    good["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    assert words in refused(good)


def test_merged_cells_that_are_none_are_refused(refused, good):
    good["xl/worksheets/sheet1.xml"] = sheet(ROWS, merged=["A1:B"])
    assert refused(good) == "bad merged cells A1:B"


def test_a_workbook_without_sheets_is_refused(refused, good):
    good["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}"/>'
    assert refused(good) == "it holds no sheet"


def test_a_relation_out_of_the_package_finds_nothing(refused, good):
    good["xl/_rels/workbook.xml.rels"] = relations(("rId1", "worksheet", "../../../../etc/passwd"))
    assert refused(good) == "it holds no sheet"
