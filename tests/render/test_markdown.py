"""Markdown that no text of a ledger can break."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ledger.render.document import Column, Heading, Paragraph, Table
from ledger.render.markdown import markdown


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
