"""`check --format gitlab|concise`, `check -q`, and `due --format github|junit`."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

from tests.paper import fact, files, item

pytestmark = pytest.mark.quick

PLAN = [item("M1", title="甲", due="2017-12-01", lead="市农委"), item("M2", title="乙", due="2018-01-15", lead="a%b")]


@pytest.fixture
def here(make_ledger):
    facts = [fact("2017-10-01", "start", "M1"), fact("2017-10-02", "start", "M9")]
    return make_ledger(files(PLAN, facts, archived="2017-12-31"))


def test_gitlab_gets_a_list_of_issues_with_all_that_its_schema_asks_for(run, here):
    issues = json.loads(run("-C", here, "check", "--format", "gitlab", code=1).out)
    assert {issue["check_name"] for issue in issues} >= {"L204", "L801"}
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert re.fullmatch("[0-9a-f]{64}", issue["fingerprint"])
        assert set(issue["location"]) == {"path", "lines"}
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith(("/", "./"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_a_fingerprint_stays_where_only_the_line_moves(run, here):
    before = json.loads(run("-C", here, "check", "--format", "gitlab", code=1).out)
    path = here / "measures.yaml"
    path.write_text("# a comment\n" + path.read_text())
    after = json.loads(run("-C", here, "check", "--format", "gitlab", code=1).out)
    assert [one["fingerprint"] for one in after] == [one["fingerprint"] for one in before]
    assert after != before


def test_concise_is_one_line_a_finding_that_editors_jump_to(run, here):
    lines = run("check", "--format", "concise", code=1, cwd=here).out.splitlines()
    assert lines
    assert all(re.match(r"\S+:\d+:\d+: (error|warning|info) L\d{3} \S", line) for line in lines)


def test_quiet_prints_findings_alone_and_nothing_where_there_are_none(run, here):
    out = run("check", "-q", code=1, cwd=here).out
    assert "L204" in out
    assert "as of" not in out
    assert run("check", "-q", "--select", "L601", cwd=here).out == ""


def test_a_ledger_that_cannot_be_read_is_told_to_gitlab_too(run, here):
    (here / "ledger.yaml").write_text("books: [\n")
    issues = json.loads(run("-C", here, "check", "--format", "gitlab", code=2).out)
    assert issues[0]["location"]["path"].endswith("ledger.yaml")


def test_github_sees_what_is_over_as_errors_and_what_comes_as_notices(run, here):
    lines = run("due", "--format", "github", "--lang", "en", code=1, cwd=here).out.splitlines()
    assert re.match(r"::error file=measures\.yaml,line=\d+,col=\d+,title=ledger due%3A overdue::M1 甲: overdue, 2017-12-01, "
                    "30 days late", lines[0])  # fmt: skip
    assert lines[1].startswith("::notice file=measures.yaml")
    assert lines[1].endswith("15 days left, a%25b")


def test_junit_has_a_case_a_line_which_fails_if_it_is_over(run, here):
    root = ET.fromstring(run("due", "--format", "junit", code=1, cwd=here).out)
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    assert [len(case.findall("failure")) for case in root.iter("testcase")] == [1, 0]
    run("record", "done", "M1", "-d", "2017-12-20", cwd=here)
    root = ET.fromstring(run("due", "--format", "junit", "--within", "1d", cwd=here).out)
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
