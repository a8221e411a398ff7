"""A report as a Word document: official typography, whole tables, the same bytes on any day."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from ledger.format.cell import course_cell
from ledger.format.document import Column, Document, Head, Heading, Paragraph, Table
from ledger.format.docx.style import TURNED, UPRIGHT
from ledger.format.docx.table import MARGIN, layout
from ledger.format.docx.word import word_document
from ledger.text.safe import xml_safe
from tests.format.report_sample import (
    NASTY,
    ROWS,
    numbers_table,
    overdue_table,
    progress_table,
    report,
    trend_table,
    widest_table,
)


@pytest.fixture(scope="module")
def data() -> bytes:
    return word_document(report())


@pytest.fixture(scope="module")
def file(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def opened(document: Document) -> Any:
    return docx.Document(io.BytesIO(word_document(document)))


def texts(file: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == style]


def rows_of(table: Any) -> list[list[str]]:
    """The texts of a table, line breaks as line ends."""
    return [["".join(_said(part) for part in cell.iter()) for cell in row.iter(qn("w:tc"))]
            for row in table._tbl.iter(qn("w:tr"))]  # fmt: skip


def _said(element: Any) -> str:
    signs = {qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}
    return signs.get(element.tag) or ((element.text or "") if element.tag == qn("w:t") else "")


def faces(file: Any, style: str) -> tuple[str, float]:
    """The Chinese typeface and the size of a style."""
    looks = file.styles[style].element.rPr
    return looks.find(qn("w:rFonts")).get(qn("w:eastAsia")), file.styles[style].font.size.pt


def test_the_title_and_the_facts_stand_at_the_head(file: Any):
    assert [paragraph.text for paragraph in file.paragraphs[:2]] == [
        "重庆市中央环境保护督察整改周报",
        "截至 2017-12-28　周 2017-W52　版本 –　时区 Asia/Shanghai",
    ]
    assert [paragraph.style.name for paragraph in file.paragraphs[:2]] == ["Title", "Subtitle"]


def test_headings_are_headings_so_that_the_document_has_an_outline(file: Any):
    assert texts(file, "Heading 1") == ["一、整改进度", "二、本周变化", "三、按牵头单位", "四、逾期清单", "五、走势",
                                        "六、不敢恭维的文字"]  # fmt: skip
    assert texts(file, "Heading 2") == ["（一）新完成", "（二）新销号"]


def test_typefaces_and_sizes_are_those_of_official_documents(file: Any):
    assert faces(file, "Title") == ("黑体", 22)
    assert faces(file, "Heading 1") == ("黑体", 16)
    assert faces(file, "Body Text") == ("仿宋", 16)
    assert file.styles["Body Text"].element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_chinese_stays_chinese_in_an_english_report():
    file = opened(report("en", 2))
    assert faces(file, "Body Text") == ("仿宋", 12)
    assert texts(file, "Heading 1")[0] == "1. Progress"


def test_every_typeface_names_others_to_take_instead(data: bytes):
    table = zipfile.ZipFile(io.BytesIO(data)).read("word/fontTable.xml").decode()
    assert re.findall('w:name="([^"]*)"', table) == ["宋体", "方正小标宋简体", "黑体", "仿宋", "楷体"]
    assert "FangSong,仿宋_GB2312" in table


def test_paper_is_a4_with_official_margins_and_turned_for_wide_tables(file: Any):
    upright, turned = file.sections
    assert [round(upright.page_width.mm), round(upright.page_height.mm)] == [210, 297]
    margins = upright.top_margin, upright.bottom_margin, upright.left_margin, upright.right_margin
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert (upright.orientation, turned.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert round(turned.page_width.mm) == 297


def test_paper_that_is_wide_from_the_start_has_one_section():
    assert [part.orientation for part in opened([Head("h"), widest_table()]).sections] == [WD_ORIENT.LANDSCAPE]
    assert [part.orientation for part in opened([Head("h"), progress_table()]).sections] == [WD_ORIENT.PORTRAIT]


def height(paragraph: Any) -> tuple[Any, ...]:
    """The line of a paragraph and the space around it, in points, as far as it says so itself."""
    own = paragraph.paragraph_format
    return own.line_spacing and own.line_spacing.pt, own.space_before, own.space_after


def test_paper_is_turned_by_the_last_paragraph_so_that_no_page_holds_only_the_turn():
    noted = progress_table()._replace(notes=["一个注。"])
    for table, said in ((progress_table()._replace(notes=[]), ""), (noted, "一个注。")):
        file = opened([Head("h"), Heading("甲"), table, Heading("乙"), widest_table()])
        (turning,) = (one for one in file.paragraphs if one._p.pPr is not None and one._p.pPr.sectPr is not None)
        assert turning.text == said
        assert turning._p.getprevious().tag == qn("w:tbl")
        assert turning._p.pPr[-1].tag == qn("w:sectPr")
        assert len(file.sections) == 2


def test_what_stands_behind_the_last_table_of_a_full_page_needs_no_page_of_its_own():
    bare = progress_table()._replace(notes=[])
    file = opened([Head("h"), Heading("甲"), bare, Heading("乙"), widest_table()._replace(notes=[])])
    assert [height(one) for one in file.paragraphs if not one.text] == [(1, 0, 0)] * 2
    noted = opened([Head("h"), bare._replace(notes=["一个注。"])])
    assert height(noted.paragraphs[-1]) == (None, None, None)


def test_pages_are_numbered_outside_at_the_foot(file: Any):
    assert file.settings.odd_and_even_pages_header_footer
    for footer, align in ((file.sections[0].footer, "right"), (file.sections[0].even_page_footer, "left")):
        paragraph = footer.paragraphs[0]._p
        assert paragraph.pPr.find(qn("w:jc")).get(qn("w:val")) == align
        assert paragraph.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
    assert file.sections[1].footer.is_linked_to_previous


def test_every_row_of_a_long_table_is_there_under_a_head_that_is_repeated(file: Any):
    table = file.tables[3]
    rows = rows_of(table)
    assert rows[0] == [column.title for column in overdue_table().columns]
    assert len(rows) == ROWS + 1
    assert rows[1:] == [list(row) for row in overdue_table().rows]
    found = list(table._tbl.iter(qn("w:tr")))
    assert found[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in found)


def test_hostile_text_is_shown_as_it_is(file: Any):
    found = [row[0] for row in rows_of(file.tables[5])[1:]]
    assert found == [xml_safe(text).replace("\t", " ") for text in NASTY]


def once(rows: int) -> Any:
    """A table whose only name is said once, so many rows long."""
    columns = [Column("账", once=True), Column("数", right=True)]
    return opened([Head("x"), Table(columns, [["措施", str(n)] for n in range(rows)], "x")]).tables[0]


def test_the_rows_of_one_name_stay_on_a_page_and_the_next_name_may_start_another():
    styles = [row.cells[1].paragraphs[0].style.name[:10] for row in once(3).rows]
    assert styles == ["Table Head", "Table Kept", "Table Kept", "Table Text"]


def test_a_table_that_breaks_across_pages_says_the_name_in_each_row():
    assert [row[0] for row in rows_of(once(21))[1:]] == ["措施"] * 21
    assert [row[0] for row in rows_of(once(20))[1:3]] == ["措施", ""]


def test_a_paragraph_with_a_hash_is_not_stretched_to_both_edges():
    told = opened([Head("x"), Paragraph("见 " + "0f" * 32 + " 为止"), Paragraph("没有长词的一段")]).paragraphs
    assert [one.alignment is None for one in told[-2:]] == [False, True]


def test_a_book_that_is_said_once_takes_its_rows_together(file: Any):
    merges = [row.find(qn("w:tc")).tcPr.find(qn("w:vMerge")) for row in file.tables[0]._tbl.iter(qn("w:tr"))]
    values = [None if merge is None else merge.get(qn("w:val")) for merge in merges]
    assert values == [None, "restart", None, None, "restart", None, None]
    assert [merge is not None for merge in merges] == [False] + [True] * 6


def test_numbers_stand_at_the_right_and_warnings_are_strong(file: Any):
    cell = file.tables[0].rows[1].cells[5]
    assert cell.text == "1"
    assert cell.paragraphs[0]._p.pPr.find(qn("w:jc")).get(qn("w:val")) == "right"
    assert cell.paragraphs[0].runs[0].font.bold
    assert str(cell.paragraphs[0].runs[0].font.color.rgb) == "B00020"


@pytest.mark.parametrize("paper", [UPRIGHT, TURNED])
@pytest.mark.parametrize(
    "table", [progress_table(), numbers_table(), overdue_table(rows=9), trend_table(), widest_table()]
)
def test_no_table_is_wider_than_the_paper(table: Table, paper: Any):
    size, widths = layout(table, paper.room)
    assert sum(widths) <= paper.room + 0.01
    assert all(wide > 2 * MARGIN for wide in widths)
    assert size >= 8


@pytest.mark.parametrize("weeks", [38, 52, 520])
def test_a_course_stands_on_one_line_whatever_typeface_draws_its_bars(weeks: int):
    columns = [Column("账"), Column("数"), Column("期初", right=True), Column("走势"), Column("期末", right=True)]
    course = course_cell(list(range(weeks)))
    table = opened([Head("h"), Table(columns, [["整改措施", "欠指标", "2735", course, "2735"]])]).tables[0]
    (cell,) = (cell for cell in table.rows[1].cells if "█" in cell.text)
    (run,) = cell.paragraphs[0].runs
    assert run._r.rPr.find(qn("w:w")).get(qn("w:val")) == "50"
    assert len(cell.text) * cell.paragraphs[0].style.font.size.pt / 2 <= cell.width.pt - 2 * MARGIN
    assert min(weeks, 100) <= len(cell.text) <= weeks


def test_text_is_as_large_as_the_table_allows():
    assert layout(progress_table(), UPRIGHT.room).size == 10.5
    assert layout(overdue_table(rows=9), TURNED.room).size == 9
    assert layout(widest_table(), TURNED.room).size == 8


def test_an_empty_table_says_so_in_its_place(file: Any):
    texts_ = [paragraph.text for paragraph in file.paragraphs]
    assert texts_[texts_.index("（一）新完成") + 1] == "本周没有新完成的事项。"
    assert len(opened([Head("h"), Table([Column("a")], [])]).tables) == 0


def test_two_tables_in_a_row_stay_two():
    table = Table([Column("a")], [["1"]])
    assert len(opened([Head("h"), table, table]).tables) == 2


def test_notes_stand_under_their_table(file: Any):
    following = file.tables[0]._tbl.getnext()
    assert "".join(part.text for part in following.iter(qn("w:t"))) == "完成含已销号事项；0/0 记为“–”。"


def test_the_same_document_is_the_same_file_on_any_day(data: bytes):
    assert word_document(report()) == data
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_of_the_librarys_template_is_left_over(data: bytes):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert sorted(name for name in archive.namelist() if name.endswith((".jpeg", ".xml"))) == [
        "[Content_Types].xml", "docProps/app.xml", "docProps/core.xml", "word/document.xml", "word/fontTable.xml",
        "word/footer1.xml", "word/footer2.xml", "word/settings.xml", "word/styles.xml", "word/theme/theme1.xml",
    ]  # fmt: skip
    assert "python-docx" not in archive.read("docProps/core.xml").decode()


_text = st.text(st.characters(), max_size=20)


@given(_text, _text, st.lists(st.lists(_text, min_size=2, max_size=2), min_size=1, max_size=2))
def test_any_text_comes_back_from_the_file(title: str, sentence: str, rows: list[list[str]]):
    file = opened([Head("h"), Heading(title), Paragraph(sentence), Table([Column("a"), Column("b")], rows)])
    said = lambda text: "\n".join(xml_safe(text).splitlines()).replace("\t", " ")
    assert texts(file, "Heading 1") == [" ".join(xml_safe(title).split())]
    assert texts(file, "Body Text") == [said(sentence)]
    assert rows_of(file.tables[0])[1:] == [[said(cell) for cell in row] for row in rows]
