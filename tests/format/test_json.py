"""A report as JSON: values under stable keys."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.format.document import Code, Column, Heading, Names, Paragraph, Percent, Samples, Table
from ledger.format.json import json_value, report_json, report_value
from ledger.state.figure.count import Rate
from tests.format.report_sample import NASTY, ROWS, report

pytestmark = pytest.mark.quick


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    return json.loads(report_json(report()))


def blocks(read: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [block for section in read["sections"] for block in section["blocks"] if block["kind"] == kind]


def table(read: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(block for block in blocks(read, "table") if block["id"] == id_)


def test_the_head_is_named_for_programs(read: dict[str, Any]):
    assert {key: value for key, value in read.items() if key != "sections"} == {
        "schema": "ledger/report/1", "report": "weekly", "language": "zh", "title": "重庆市中央环境保护督察整改周报",
        "head": {"as_of": "2017-12-28", "week": "2017-W52", "revision": None, "timezone": "Asia/Shanghai"},
    }  # fmt: skip


def test_rows_are_values_by_column(read: dict[str, Any]):
    found = table(read, "progress")
    assert [column["id"] for column in found["columns"]] == ["book", "node", "due", "done", "open", "overdue", "rate"]
    assert found["rows"][1] == {
        "book": "measures", "node": "2018年年底", "due": 6, "done": 2, "open": 4, "overdue": 0,
        "rate": {"part": 2, "of": 6, "percent": 33.3},
    }  # fmt: skip
    assert found["rows"][5]["rate"] == {"part": 0, "of": 0, "percent": None}
    assert found["notes"] == ["完成含已销号事项；0/0 记为“–”。"]


def test_what_people_see_once_stands_in_every_row(read: dict[str, Any]):
    assert [row["book"] for row in table(read, "progress")["rows"]] == ["measures"] * 3 + ["problems"] * 3


def test_days_and_unknown_percentages(read: dict[str, Any]):
    rows = table(read, "overdue")["rows"]
    assert len(rows) == ROWS
    assert (rows[0]["deadline"], rows[0]["expected"], rows[3]["original"]) == ("2017-12-27", None, None)
    assert (rows[0]["progress"], rows[6]["progress"]) == (0.5, None)


def test_a_list_is_whole_and_an_empty_table_is_there(read: dict[str, Any]):
    assert len(table(read, "closed")["rows"][0]["items"]) == 30
    assert table(read, "newly_done")["rows"] == []


def test_the_course_of_a_figure_is_its_numbers(read: dict[str, Any]):
    assert table(read, "trend")["rows"][0]["course"][:5] == [None, None, 0, 0, 0]


def test_hostile_text_is_the_text(read: dict[str, Any]):
    assert [row["item"] for row in table(read, "nasty")["rows"]] == list(NASTY)


def test_sections_keep_titles_levels_and_order(read: dict[str, Any]):
    assert [(part["id"], part["level"]) for part in read["sections"]][:4] == [
        ("section", None), ("progress", 2), ("movement", 2), ("done", 3)]  # fmt: skip
    assert [block["kind"] for block in read["sections"][1]["blocks"]] == ["table", "paragraph"]


def test_a_document_without_a_head_by_example():
    document = [Heading("台账", 1), Paragraph("一"), Heading("表"), Table([Column("n")], [["1"]]), Code("x\n y")]
    assert report_value(document) == {
        "schema": "ledger/report/1", "report": None, "language": "zh", "title": "台账", "head": {},
        "sections": [
            {"id": "section", "title": None, "level": None, "blocks": [{"kind": "paragraph", "text": "一"}]},
            {"id": "section_2", "title": "表", "level": 2, "blocks": [
                {"kind": "table", "id": "table", "title": "表", "columns": [{"id": "column_1", "title": "n"}],
                 "rows": [{"column_1": "1"}], "notes": []},
                {"kind": "code", "text": "x\n y"},
            ]},
        ],
    }  # fmt: skip


@pytest.mark.parametrize("value, expected", [
    (Fraction(3), 3), (Fraction(7, 2), 3.5), (date(2017, 1, 2), "2017-01-02"), (Percent(None), None), (None, None),
    (Names(("a", "b")), ["a", "b"]), (Samples((None, Fraction(1, 2))), [None, 0.5]),
    (Rate(1, 3), {"part": 1, "of": 3, "percent": 33.3}), ("overdue", "overdue"),
])  # fmt: skip
def test_values(value: Any, expected: object):
    assert json_value(value) == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_makes_one_json_document(text: str):
    written = report_json([Paragraph(text)])
    written.encode("utf-8")
    assert json.loads(written)["sections"][0]["blocks"][0]["text"] == text
    assert not set(written) & {"\x1b", "\x9b", "\u2028"}
