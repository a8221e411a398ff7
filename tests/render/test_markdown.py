"""Markdown that no text of a ledger can break."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.render.document import Code, Column, Fact, Head, Heading, Paragraph, Table
from ledger.render.markdown import markdown
from tests.render.report_sample import NASTY, ROWS, progress_table, report

pytestmark = pytest.mark.quick


def test_a_document_by_example():
    table = Table([Column("账"), Column("n", right=True)], [["措施", "37"], ["问题", "115"]])
    assert markdown([Heading("台账", 1), Paragraph("一句话"), Heading("表"), table]) == (
        "# 台账\n\n一句话\n\n## 表\n\n| 账 | n |\n| --- | ---: |\n| 措施 | 37 |\n| 问题 | 115 |\n"
    )


def test_signs_of_markdown_are_taken_as_they_are():
    assert markdown([Paragraph("a_b *c* [d](e) <f> `g`")]) == "a\\_b \\*c\\* \\[d\\](e) \\<f\\> \\`g\\`\n"


def test_an_empty_table_is_nothing():
    assert markdown([Heading("h", 1), Table([Column("a")], [])]) == "# h\n"


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_row_stays_one_row_whatever_stands_in_its_cells(rows: list[list[str]]):
    text = markdown([Table([Column("a"), Column("b")], rows)])
    lines = text.removesuffix("\n").split("\n")
    assert len(lines) == 2 + len(rows)
    for line in lines:
        bars = re.findall(r"(?<!\\)(?:\\\\)*\|", line)
        assert len(bars) == 3
        assert not set(line) & {"\x1b", "\r", "\x07"}


@given(st.text(max_size=40))
def test_a_heading_stays_one_line(text: str):
    assert markdown([Heading(text, 2)]).count("\n") == 1


def test_the_head_is_the_title_with_its_facts():
    head = Head("台账", [Fact("as_of", "截至", "2017-12-31"), Fact("week", "周", "2017-W52")])
    assert markdown([head]) == "# 台账\n\n截至 2017-12-31 · 周 2017-W52\n"
    assert markdown([Head("台账")]) == "# 台账\n"


def test_a_table_has_its_title_over_it_and_its_notes_below():
    table = Table([Column("n")], [["1"]], title="统计表", notes=["注一", "注二"])
    assert markdown([table]) == "**统计表**\n\n| n |\n| --- |\n| 1 |\n\n注一\n\n注二\n"
    assert markdown([table._replace(rows=[], empty="没有。", notes=[])]) == "**统计表**\n\n没有。\n"


def test_what_is_said_once_is_shown_once():
    lines = markdown([progress_table()]).splitlines()[4:10]
    assert [line.split("|")[1].strip() for line in lines] == ["整改措施", "", "", "具体问题", "", ""]


def test_a_sentence_never_turns_into_a_list_a_heading_or_a_rule():
    said = ["# a", "- b", "+ c", "1. d", "12) e", "---", "===", "#"]
    assert markdown([Paragraph(text) for text in said]).split("\n\n") == [
        "\\# a", "\\- b", "\\+ c", "1\\. d", "12\\) e", "--\\-", "==\\=", "\\#\n"]  # fmt: skip
    assert markdown([Paragraph("3.5 和 -2 和 #3")]) == "3.5 和 -2 和 #3\n"


def test_signs_at_the_end_of_a_heading_are_part_of_it():
    assert markdown([Heading("C #")]) == "## C \\#\n"


def test_entities_and_struck_text_are_taken_as_they_are():
    assert markdown([Paragraph("&lt; ~~x~~")]) == "\\&lt; \\~\\~x\\~\\~\n"


def test_fences_are_longer_than_those_within():
    assert markdown([Code("a\n```\nb\n")]) == "````\na\n```\nb\n````\n"
    assert markdown([Code("  a")]) == "```\n  a\n```\n"


def test_a_whole_report_keeps_its_tables():
    text = markdown(report())
    assert text.count("\n| --- |") >= 5
    assert sum(line.startswith("| ") for line in text.splitlines()) >= ROWS + len(NASTY)
    text.encode("utf-8")
