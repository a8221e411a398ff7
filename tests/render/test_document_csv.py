"""A report as CSV: a spreadsheet opens it, a program reads it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.render.cell import number_cell, percent_cell
from ledger.render.document import Column, Head, Heading, Table
from ledger.render.document_csv import report_csv
from ledger.text.formula import unguarded
from ledger.text.safe import one_line
from ledger.text.xml_safe import xml_safe
from tests.render.report_sample import NASTY, ROWS, report

pytestmark = pytest.mark.quick

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def read(data: bytes) -> list[list[list[str]]]:
    """The parts of the file between its empty lines."""
    parts: list[list[list[str]]] = [[]]
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        if row:
            parts[-1].append(row)
        else:
            parts.append([])
    return parts


@pytest.fixture(scope="module")
def parts() -> list[list[list[str]]]:
    return read(report_csv(report()))


def table(parts: list[list[list[str]]], id_: str) -> list[list[str]]:
    return next(part for part in parts[1:] if part[0][0] == id_)


def test_the_head_comes_first(parts: list[list[list[str]]]):
    assert parts[0] == [["title", "重庆市中央环境保护督察整改周报"], ["as_of", "截至", "2017-12-28"], ["week", "周", "2017-W52"],
                        ["revision", "版本", "–"], ["timezone", "时区", "Asia/Shanghai"]]  # fmt: skip


def test_each_table_has_its_id_its_title_and_its_notes(parts: list[list[list[str]]]):
    assert [part[0][0] for part in parts[1:]] == [
        "progress",
        "newly_done",
        "closed",
        "by_unit",
        "overdue",
        "trend",
        "nasty",
    ]
    assert table(parts, "progress")[0] == ["progress", "整改进度统计表", "完成含已销号事项；0/0 记为“–”。"]
    assert table(parts, "newly_done") == [["newly_done", "（一）新完成", "本周没有新完成的事项。"], ["编号", "事项"]]


def test_a_rate_takes_three_columns_and_each_row_names_its_book(parts: list[list[list[str]]]):
    rows = table(parts, "progress")
    assert rows[1][-3:] == ["完成率 n", "完成率 N", "完成率 %"]
    assert rows[3] == ["整改措施", "2018年年底", "6", "2", "4", "0", "2", "6", "33.3%"]
    assert rows[7][-3:] == ["0", "0", "–"]


def test_every_row_is_there_and_as_long_as_its_head(parts: list[list[list[str]]]):
    rows = table(parts, "overdue")
    assert len(rows) == ROWS + 2
    assert {len(row) for row in rows[1:]} == {9}


def test_lists_and_courses_are_whole(parts: list[list[list[str]]]):
    assert len(table(parts, "closed")[2][0].split(";")) == 30
    assert table(parts, "trend")[2][1].startswith(";;0;0;0;0;0;1;")


def test_hostile_text_is_no_formula_and_comes_back(parts: list[list[list[str]]]):
    rows = table(parts, "nasty")[2:]
    assert [unguarded(row[0]) for row in rows] == [one_line(xml_safe(text)) for text in NASTY]
    assert not any(row[0].startswith(_RISKY) for row in rows)


def test_numbers_below_nought_stay_numbers():
    columns = [Column("n"), Column("%"), Column("text")]
    data = report_csv([Head("h"), Table(columns, [[number_cell(-3), percent_cell(-3.5), "-3"]])])
    assert read(data)[1][2] == ["-3", "-3.5%", "-3"]


def test_excel_knows_the_encoding_and_lines_end_as_it_likes():
    data = report_csv([Head("台账"), Heading("表"), Table([Column("a")], [["b"]], id="t")])
    assert data == "\ufefftitle,台账\r\n\r\nt,表\r\na\r\nb\r\n".encode()


@given(st.lists(st.lists(st.text(st.characters(), max_size=20), min_size=2, max_size=2), min_size=1, max_size=4))
def test_any_text_stays_in_its_cell_and_is_no_formula(rows: list[list[str]]):
    found = read(report_csv([Head("h"), Table([Column("a"), Column("b")], rows)]))[1][2:]
    assert [[unguarded(cell) for cell in row] for row in found] == [
        [one_line(xml_safe(c)) for c in row] for row in rows
    ]
