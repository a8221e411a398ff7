"""The formats of tabulate: framed by the library, measured by us."""

from __future__ import annotations

import pytest
from tabulate import tabulate_formats

from ledger.format.document import Code, Column, Document, Head, Heading, Paragraph, Table
from ledger.format.tabulate import tabulated
from ledger.format.writer import TABULATED, WRITERS
from ledger.text.width import cell_width

COLUMNS = [Column("编号"), Column("事项", flexible=True, least=12), Column("完成率", right=True)]
ROWS = [["M1", "垃圾填埋场渗滤液处理设施基本全覆盖，过渡期转运处置", "100.0%"], ["M2", "a|b =1", "–"]]
DOCUMENT: Document = [
    Head("整改台账", lang="zh"), Paragraph("截至 2017-12-31"), Heading("措施"), Table(COLUMNS, ROWS, notes=["注"]),
    Code("x: 1"), Table(COLUMNS, [], empty="没有"),
]  # fmt: skip
FRAMED = [form for form in TABULATED if form.endswith("grid")]


def test_every_format_of_the_library_is_known_but_the_two_for_the_web():
    assert set(tabulate_formats) - {"html", "unsafehtml"} <= set(TABULATED)
    assert set(TABULATED).isdisjoint(WRITERS)


@pytest.mark.parametrize("form", TABULATED)
def test_every_format_says_all_of_the_document(form: str):
    text = tabulated(DOCUMENT, form, 80)
    assert all(word in text for word in ("整改台账", "截至 2017-12-31", "措施", "M2", "100.0", "注", "x: 1", "没有"))


@pytest.mark.parametrize("form", FRAMED)
@pytest.mark.parametrize("width", [30, 44, 80])
def test_a_frame_with_chinese_is_straight_and_fits(form: str, width: int):
    lines = tabulated([Table(COLUMNS, ROWS)], form, width).splitlines()
    assert len({cell_width(line) for line in lines}) == 1
    assert cell_width(lines[0]) <= width


def test_the_grid_by_example():
    assert tabulated([Heading("台账", 1), Table(COLUMNS, ROWS[1:])], "grid", 80) == (
        "台账\n\n"
        "+------+--------+--------+\n"
        "| 编号 | 事项   | 完成率 |\n"
        "+======+========+========+\n"
        "| M2   | a|b =1 |      – |\n"
        "+------+--------+--------+\n"
    )


@pytest.mark.parametrize("form", ["github", "pipe", "jira", "asciidoc"])
def test_a_bar_in_a_cell_parts_nothing(form: str):
    assert r"a\|b" in tabulated(DOCUMENT, form, 80)


def test_headings_are_those_of_the_format():
    assert "\n## 措施\n" in tabulated(DOCUMENT, "github", 80)
    assert "\n措施\n----\n" in tabulated(DOCUMENT, "rst", 80)


def test_no_spreadsheet_runs_a_cell_of_tsv():
    lines = tabulated([Table(COLUMNS[:2], [["=1+1", "a\tb\nc"]])], "tsv", 80).splitlines()
    assert [cell.strip() for cell in lines[1].split("\t")] == ["'=1+1", "a b c"]


def test_what_is_read_by_programs_is_not_wrapped():
    assert ROWS[0][1] in tabulated(DOCUMENT, "latex", 30)
    assert ROWS[0][1] in tabulated(DOCUMENT, "github", 30)
