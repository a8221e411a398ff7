"""Findings as other programs read them."""

from __future__ import annotations

import json

import pytest

from ledger.check.text import findings_json
from tests.check.findings import DAY, FINDINGS, WILD

pytestmark = pytest.mark.quick


def test_the_document_has_exactly_the_keys_that_other_programs_rely_on():
    assert findings_json(FINDINGS, DAY, "en") == {
        "schema": "ledger/check/1",
        "as_of": "2017-12-31",
        "findings": [
            {"code": "L902", "severity": "error", "item": "M18", "path": "measures.yaml", "line": 2, "column": 10,
             "message": "text to be published holds <a> & M18", "hint": None},
            {"code": "L407", "severity": "warning", "item": "M18", "path": "journal/2017/report.csv", "line": 2,
             "column": 35, "message": "27+16 is 95% of\nit, not 43",
             "hint": "part, of and value must agree: part = value"},
            {"code": "L401", "severity": "error", "item": "M20", "path": "journal/2017/report.csv", "line": 3,
             "column": 16, "message": "done, but leachate, plants: <46", "hint": "check the reading"},
            {"code": "L703", "severity": "error", "item": "M21", "path": "实施 方案.yaml", "line": 7, "column": 3,
             "message": "the item is gone", "hint": None},
            {"code": "L805", "severity": "info", "item": None, "path": None, "line": None, "column": None,
             "message": "市环保局 has not reported", "hint": None},
        ],
        "counts": {"error": 3, "warning": 1, "info": 1},
    }  # fmt: skip


def test_the_sentences_are_in_the_language_asked_for():
    found = findings_json(FINDINGS, DAY, "zh")["findings"]
    assert found[2]["message"] == "报完成，但渗滤液 <46 座"
    assert found[2]["hint"] == "核对读数"


def test_no_findings_are_an_empty_list_with_its_counts():
    assert findings_json([], DAY, "en") == {
        "schema": "ledger/check/1", "as_of": "2017-12-31", "findings": [],
        "counts": {"error": 0, "warning": 0, "info": 0},
    }  # fmt: skip


def test_control_characters_are_left_out_and_the_document_reads_back():
    document = findings_json([WILD], DAY, "en")
    assert document["findings"][0]["message"] == "[31mred[0m\n::error::100% ,:\ufffe"
    assert json.loads(json.dumps(document, ensure_ascii=False)) == document
