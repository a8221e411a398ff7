"""Findings as workflow commands of GitHub."""

from __future__ import annotations

import pytest

from ledger.check.ci import github_commands
from ledger.model.finding import Finding, Place
from ledger.model.words import Words
from tests.check.findings import FINDINGS, WILD

pytestmark = pytest.mark.quick

ENGLISH = """\
::error file=data/measures.yaml,line=2,col=10,title=ledger L902::text to be published holds <a> & M18
::error file=data/journal/2017/report.csv,line=3,col=16,title=ledger L401::M20: done, but leachate, plants: <46%0A\
check the reading
::error file=data/实施 方案.yaml,line=7,col=3,title=ledger L703::M21: the item is gone
::warning file=data/journal/2017/report.csv,line=2,col=35,title=ledger L407::M18: 27+16 is 95%25 of%0Ait, not 43%0A\
part, of and value must agree: part = value
::notice title=ledger L805::市环保局 has not reported
"""


def many(severity: str, number: int) -> list[Finding]:
    return [
        Finding(Place("a.yaml", n + 1), 104, Words.same(f"{severity} {n}"), severity=severity) for n in range(number)
    ]


def test_the_worst_come_first_with_their_places():
    assert github_commands(FINDINGS, "en", "data/") == ENGLISH


def test_no_findings_are_no_text():
    assert github_commands([], "en", "") == ""


def test_nothing_in_a_message_or_a_path_can_end_the_command_or_start_another():
    assert github_commands([WILD], "en", "x,y/") == (
        "::error file=x%2Cy/a%2Cb%3Ac%25.csv,line=1,col=1,title=ledger L104::"
        "M1: [31mred[0m%0D%0A::error::100%25 ,:\ufffe\n"
    )


def test_at_most_ten_of_each_level_are_shown_and_the_others_stand_behind_as_plain_text():
    findings = many("info", 11) + many("warning", 12) + many("error", 13)
    lines = github_commands(findings, "en", "").splitlines()
    levels = [line.split(" ")[0] for line in lines[:30]]
    assert levels == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert lines[9].endswith("::error 9")
    assert lines[30:] == [
        "and 6 more:", "a.yaml:11:1: error L104 error 10", "a.yaml:12:1: error L104 error 11",
        "a.yaml:13:1: error L104 error 12", "a.yaml:11:1: warning L104 warning 10",
        "a.yaml:12:1: warning L104 warning 11", "a.yaml:11:1: info L104 info 10",
    ]  # fmt: skip


def test_a_plain_line_behind_is_no_command_either():
    findings = [one._replace(place=Place("::error::x.yaml")) for one in many("error", 11)]
    assert github_commands(findings, "en", "").splitlines()[-1].startswith("- ::error::x.yaml")


def test_ten_of_each_level_are_all_there_is_to_say():
    text = github_commands(many("error", 10) + many("info", 10), "en", "")
    assert text.count("\n") == 20
    assert "more" not in text


def test_what_is_left_out_is_counted_in_chinese_too():
    assert github_commands(many("warning", 12), "zh", "").endswith(
        "\n另有 2 个：\na.yaml:11:1: 警告 L104 warning 10\na.yaml:12:1: 警告 L104 warning 11\n"
    )
