"""Findings as JUnit XML."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from ledger.check.ci import junit_report
from tests.check.findings import DONE, FINDINGS, NUMBERS, TEXTS, WILD

pytestmark = pytest.mark.quick

ENGLISH = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ledger check" tests="5" failures="3" errors="0">
  <testsuite name="ledger check" tests="5" failures="3" errors="0" skipped="0">
    <testcase classname="ledger check" name="data/measures.yaml" file="data/measures.yaml" time="0">
      <failure type="L902" message="text to be published holds &lt;a&gt; &amp; M18">\
data/measures.yaml:2:10: error L902 text to be published holds &lt;a&gt; &amp; M18</failure>
    </testcase>
    <testcase classname="ledger check" name="data/journal/2017/report.csv" file="data/journal/2017/report.csv" time="0">
      <failure type="L401" message="M20: done, but leachate, plants: &lt;46">\
data/journal/2017/report.csv:3:16: error L401 M20: done, but leachate, plants: &lt;46
check the reading</failure>
      <system-out>data/journal/2017/report.csv:2:35: warning L407 M18: 27+16 is 95% of it, not 43
part, of and value must agree: part = value</system-out>
    </testcase>
    <testcase classname="ledger check" name="data/claims.yaml" file="data/claims.yaml" time="0" />
    <testcase classname="ledger check" name="data/实施 方案.yaml" file="data/实施 方案.yaml" time="0">
      <failure type="L703" message="M21: the item is gone">\
data/实施 方案.yaml:7:3: error L703 M21: the item is gone</failure>
    </testcase>
    <testcase classname="ledger check" name="ledger" time="0">
      <system-out>info L805 市环保局 has not reported</system-out>
    </testcase>
  </testsuite>
</testsuites>
"""


def read(text: str) -> ET.Element:
    """The suite of a document, read as a CI server reads it: from bytes."""
    suite = ET.fromstring(text.encode()).find("testsuite")
    assert suite is not None
    return suite


def test_every_file_is_a_test_case_and_errors_fail_it():
    assert junit_report(FINDINGS, list(TEXTS), "en", "data/") == ENGLISH


def test_a_ledger_without_findings_passes_with_every_file():
    suite = read(junit_report([], ["a.yaml", "b.csv"], "zh", ""))
    assert [case.get("name") for case in suite] == ["a.yaml", "b.csv"]
    assert [list(case) for case in suite] == [[], []]
    assert suite.get("failures") == "0"


def test_what_was_written_reads_back():
    first, second, *_ = read(junit_report(FINDINGS, list(TEXTS), "zh", ""))
    assert first.find("failure").attrib == {"type": "L902", "message": "公布的文字里有 <号码> & “M18”"}
    assert (
        second.find("failure").text == "journal/2017/report.csv:3:16: 错误 L401 M20: 报完成，但渗滤液 <46 座\n核对读数"
    )
    assert "95% 的 分子，不是 43" in second.find("system-out").text


def test_warnings_alone_let_a_file_pass():
    suite = read(junit_report([NUMBERS], [], "en", ""))
    assert suite.get("tests") == "1"
    assert suite.get("failures") == "0"
    assert suite.find("testcase/failure") is None


def test_every_error_of_a_file_is_a_failure_and_the_file_fails_once():
    suite = read(junit_report([DONE, DONE._replace(code=402)], [], "en", ""))
    assert [failure.get("type") for failure in suite.iter("failure")] == ["L401", "L402"]
    assert suite.get("failures") == "1"


def test_characters_that_xml_cannot_hold_are_left_out():
    (case,) = read(junit_report([WILD], ["a,b:c%.csv"], "en", "\x1b\ud800"))
    assert case.get("name") == "a,b:c%.csv"
    assert case.find("failure").get("message") == "M1: [31mred[0m ::error::100% ,:"
