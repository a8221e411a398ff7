"""Word plans as sheets: tables with merged cells, and paragraphs with labels below numbered headings."""

from __future__ import annotations

import io
import zipfile

import pytest

from ledger.exchange.sheet.file import read_sheets
from ledger.exchange.sheet.sheet import RefusedSheet
from tests.exchange.sheet.xlsx_paper import relations

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def paragraph(text: str, more: str = "") -> str:
    return f"<w:p>{more}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text) if text else '<w:p/>'}</w:tc>"


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


@pytest.fixture
def document(tmp_path):
    """Writes a document of this body, with further parts, and gives its sheets."""

    def read(body: str, layout: str = "auto", **parts: str):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", relations(("rId1", "officeDocument", "word/document.xml")))
            archive.writestr("word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>')
            for name, text in parts.items():
                archive.writestr(name.replace("__", "/"), text)
        (tmp_path / "plan.docx").write_bytes(stream.getvalue())
        return read_sheets(tmp_path / "plan.docx", layout=layout).sheets

    return read


def values(sheet) -> list[list[str]]:
    return [[one.value for one in cells] for number, cells in sheet.rows if number > 0]


def test_each_table_is_a_sheet_and_cells_merged_downwards_have_their_value_in_each_row(document):
    go_on = "<w:vMerge/>"
    body = table(
        [cell("序号"), cell("问题", '<w:gridSpan w:val="2"/>'), cell("时限")],
        [cell("1", '<w:vMerge w:val="restart"/>'), cell("甲"), cell("乙"), cell("2019年底")],
        [cell("", go_on), cell("丙"), cell("丁"), cell("2020年底")],
    )
    first, second = document(body + paragraph("说明") + table([cell("x"), cell("y")]))
    assert (first.name, second.name) == ("表1", "表2")
    assert values(first) == [["序号", "问题", "", "时限"], ["1", "甲", "乙", "2019年底"], ["1", "丙", "丁", "2020年底"]]
    assert sorted(first.merged) == [(1, 2, 1, 3), (2, 1, 3, 1)]


def test_text_between_tables_is_said_and_the_title_stands_above_its_table(document):
    body = paragraph("某市整改清单") + paragraph("截至2019年6月30日") + table([cell("a"), cell("b")]) + paragraph("完")
    (sheet,) = document(body)
    assert [(number, cells[0].value) for number, cells in sheet.rows if number < 1] == [
        (-2, "某市整改清单"), (-1, "截至2019年6月30日")]  # fmt: skip
    assert [note.words.en for note in sheet.notes] == ["3 paragraphs outside the tables are not read"]


def test_deleted_text_is_gone_and_several_paragraphs_of_a_cell_are_lines(document):
    deleted = "<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:r><w:t>新</w:t></w:r></w:p>"
    (sheet,) = document(table([f"<w:tc>{deleted}{paragraph('二')}</w:tc>", cell("b")]))
    assert values(sheet) == [["新\n二", "b"]]


def test_numbers_that_the_word_processor_counts_are_counted(document):
    counted = '<w:tc><w:p><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:p></w:tc>'
    (sheet,) = document(table([cell("序号"), cell("问题")], [counted, cell("甲")], [counted, cell("乙")]))
    assert values(sheet)[1:] == [["1", "甲"], ["2", "乙"]]


def test_a_plan_in_paragraphs_is_a_sheet_with_its_labels_as_columns(document):
    texts = [
        "整改方案", "一、总体要求", "坚持问题导向。", "二、任务", "（一）污水直排。", "整改措施：", "1.制定方案；", "2.组织实施。",
        "牵头单位：市住建局；配合单位：各区", "整改时限：2019年底前", "（二）扬尘。整改措施：洒水", "整改时限：立行立改", "三、保障", "加强领导。",
    ]  # fmt: skip
    (sheet,) = document("".join(map(paragraph, texts)), "paragraphs")
    header, *items = [[one.value for one in cells] for number, cells in sheet.rows if number >= 0]
    assert header == ["序号", "整改任务", "整改措施", "牵头单位", "配合单位", "整改时限"]
    assert items[0] == ["（一）", "污水直排", "1.制定方案；\n2.组织实施。", "市住建局", "各区", "2019年底前"]


@pytest.mark.parametrize(
    "body, layout, reason",
    [(paragraph("只有文字"), "auto", "no table"), (paragraph("只有文字"), "paragraphs", "no labels")],
)
def test_a_document_without_what_is_asked_for_is_refused_with_the_other_layout(document, body, layout, reason):
    with pytest.raises(RefusedSheet) as refused:
        document(body, layout)
    assert reason in refused.value.message.en
    assert "--layout" in refused.value.hint.en


def test_a_document_is_guarded_as_workbooks_are(document):
    with pytest.raises(RefusedSheet):
        document(table([cell("a")]), word__vbaProject="x")
    with pytest.raises(RefusedSheet, match="DOCTYPE"):
        document(table([cell("a")]), **{"word__styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'})


def test_documents_are_read_only_where_lists_are_imported(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    with pytest.raises(RefusedSheet, match=r"only \.xlsx and \.csv"):
        read_sheets(tmp_path / "a.docx")
