"""Findings as SARIF 2.1.0, held against the schema of the format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ledger.check.ci import sarif_log
from ledger.model.finding import Place
from tests.check.findings import DONE, FINDINGS, LOST, NUMBERS, PAGES, RULES, SILENT, WILD

pytestmark = pytest.mark.quick

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text(encoding="utf-8"))


def document(findings, rules=RULES, pages=PAGES, lang="en", prefix="data/"):
    return sarif_log(findings, rules, pages, lang, prefix, "0.2.0")


def results(findings, **settings):
    return document(findings, **settings)["runs"][0]["results"]


def fingerprints(findings):
    return [result["partialFingerprints"]["ledgerFinding/v1"] for result in results(findings)]


def uri(path, prefix):
    (result,) = results([DONE._replace(place=Place(path))], prefix=prefix)
    return result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def rule(code, level):
    return {
        "id": f"L{code}", "shortDescription": {"text": f"规则 {code}"}, "fullDescription": {"text": "为何"},
        "help": {"text": "怎样改"}, "defaultConfiguration": {"level": level},
    }  # fmt: skip


def test_a_run_names_its_rules_and_places_every_result():
    assert document([NUMBERS, LOST], lang="zh") == {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "ledger", "version": "0.2.0", "rules": [
                rule(401, "error"), rule(407, "warning"), rule(703, "error"), rule(805, "note"), rule(902, "error"),
            ]}},
            "language": "zh-CN",
            "columnKind": "unicodeCodePoints",
            "results": [
                {
                    "ruleId": "L407", "ruleIndex": 1, "level": "warning",
                    "message": {"text": "M18: 27+16 是 95% 的 分子，不是 43\npart, of 和 value 要一致：part = value"},
                    "locations": [{"physicalLocation": {
                        "artifactLocation": {"uri": "data/journal/2017/report.csv"},
                        "region": {"startLine": 2, "startColumn": 35},
                    }}],
                    "partialFingerprints": {"ledgerFinding/v1": "04a77309e5c1bb85b05276cd0291929b:1"},
                },
                {
                    "ruleId": "L703", "ruleIndex": 2, "level": "error",
                    "message": {"text": "M21: 事项不见了"},
                    "locations": [{"physicalLocation": {
                        "artifactLocation": {"uri": "data/%E5%AE%9E%E6%96%BD%20%E6%96%B9%E6%A1%88.yaml"},
                        "region": {"startLine": 7, "startColumn": 3},
                    }}],
                    "partialFingerprints": {"ledgerFinding/v1": "9eaa01a4c608cafb02886e762dbb1b27:1"},
                },
            ],
        }],
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("findings", [FINDINGS, [], [WILD, WILD]], ids=["all", "none", "wild"])
def test_every_document_is_valid_by_the_schema_of_the_format(findings, lang):
    faults = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document(findings, lang=lang))]
    assert faults == []


def test_the_schema_does_refuse_what_is_no_sarif():
    broken = document(FINDINGS)
    broken["runs"][0]["results"][0]["level"] = "info"
    assert not Draft202012Validator(SCHEMA).is_valid(broken)


def test_a_fingerprint_stays_when_lines_move_and_words_change():
    moved = [
        finding._replace(place=Place("other.csv", finding.place.line + 7, 1), message=LOST.message)
        for finding in FINDINGS
    ]
    assert fingerprints(moved) == fingerprints(FINDINGS)


def test_a_fingerprint_tells_code_item_and_key_apart():
    others = [DONE, DONE._replace(code=402), DONE._replace(item="M21"), DONE._replace(key="started"),
              DONE._replace(item="", key="M20covered")]  # fmt: skip
    assert len({mark.split(":")[0] for mark in fingerprints(others)}) == 5


def test_two_findings_about_the_same_thing_stay_two():
    first, second = fingerprints([DONE, DONE._replace(place=Place("a.csv", 9))])
    assert first.removesuffix(":1") == second.removesuffix(":2")


def test_a_result_without_a_file_is_put_at_the_settings_because_github_takes_none_without():
    (result,) = results([SILENT])
    assert result["locations"] == [{"physicalLocation": {
        "artifactLocation": {"uri": "data/ledger.yaml"}, "region": {"startLine": 1, "startColumn": 1}}}]  # fmt: skip


def test_a_path_is_a_reference_that_cannot_be_misread():
    assert uri("a b%#?.csv", "") == "a%20b%25%23%3F.csv"
    assert uri("c:d.csv", "") == "c%3Ad.csv"
    assert uri("a.csv", "/home/台账/") == "file:///home/%E5%8F%B0%E8%B4%A6/a.csv"


def test_a_code_that_no_rule_has_is_still_a_result():
    (result,) = results([WILD])
    assert result["ruleId"] == "L104"
    assert "ruleIndex" not in result


def test_a_rule_that_is_named_twice_stands_once():
    rules = document(FINDINGS, rules=RULES + RULES)["runs"][0]["tool"]["driver"]["rules"]
    assert len(rules) == len(RULES)
    assert results(FINDINGS, rules=RULES + RULES) == results(FINDINGS)


def test_a_rule_without_a_page_is_named_all_the_same():
    rules = document([], pages={})["runs"][0]["tool"]["driver"]["rules"]
    assert rules[0] == {"id": "L401", "defaultConfiguration": {"level": "error"}}
