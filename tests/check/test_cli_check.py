"""`ledger check`: what it prints, what it counts as failure, and that it only reads."""

from __future__ import annotations

import hashlib
import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ledger.rule.registry import RULES
from tests.conftest import DATA, ROOT
from tests.paper import files, item

pytestmark = pytest.mark.quick

LATE = {
    "ledger.yaml": "ledger: 1\ntitle: t\nstart: 2017-01-01\nbooks: {m: {name: m, path: m.yaml}}\n",
    "m.yaml": "- {id: M1, title: t, lead: a, due: 2017-06-30, goal: g, steps: [s]}\n",
    "journal/2017/office.csv": "date,item,event\n2017-03-01,M1,start\n",
}


def codes(result) -> list[str]:
    return [finding["code"] for finding in json.loads(result.out)["findings"]]


def test_an_unknown_time_zone_is_a_finding_and_everything_else_is_judged_all_the_same(run, make_ledger):
    root = make_ledger({**LATE, "ledger.yaml": LATE["ledger.yaml"] + "timezone: Mars/X\n"})
    for day in (["--as-of", "2017-08-01"], []):
        assert codes(run("-C", root, "check", *day, "--format", "json", code=1)) == ["L104", "L801"]


def test_the_contradictions_of_the_published_report_are_found(run):
    found = json.loads(run("-C", DATA, "check", "--format", "json", code=1).out)
    said = {(finding["code"], finding["item"]) for finding in found["findings"]}
    assert said >= {
        ("L401", "M14"), ("L403", "M14"), ("L402", "M18"), ("L401", "M20"), ("L404", "M16"), ("L404", "M19"),
        ("L604", None), ("L602", None),
    }  # fmt: skip
    assert found["schema"] == "ledger/check/1"
    assert found["as_of"] == "2017-12-31"
    assert sum(found["counts"].values()) == len(found["findings"])


def test_a_finding_has_every_key_that_programs_rely_on(run):
    found = json.loads(run("-C", DATA, "check", "--format", "json", code=1).out)
    keys = {"code", "severity", "item", "path", "line", "column", "message", "hint"}
    assert all(set(finding) == keys for finding in found["findings"])


def test_findings_are_sorted_and_none_stands_twice(run):
    found = json.loads(run("-C", DATA, "check", "--format", "json", code=1).out)["findings"]
    places = [(finding["path"], finding["line"], finding["column"]) for finding in found]
    assert places == sorted(places)
    assert len({json.dumps(finding) for finding in found}) == len(found)


@pytest.mark.parametrize("level, code", [("error", 0), ("warning", 1), ("info", 1)])
def test_it_fails_from_the_wanted_level_on(run, make_ledger, level, code):
    root = make_ledger(LATE)
    result = run("-C", root, "check", "--as-of", "2017-08-01", "--fail-on", level, "--format", "json", code=code)
    assert codes(result) == ["L801"]


def test_a_group_of_rules_can_be_selected_and_one_of_them_ignored(run):
    shown = codes(run("-C", DATA, "check", "--select", "L4,602", "--ignore", "L409", "--format", "json", code=1))
    assert set(shown) == {"L401", "L402", "L403", "L404", "L405", "L602"}


def test_what_is_not_selected_does_not_fail(run):
    run("-C", DATA, "check", "--select", "L404", code=0)


def test_an_unknown_code_is_a_usage_error_with_a_way_out(run):
    result = run("-C", DATA, "check", "--select", "L777", code=2)
    assert "there is no rule L777" in result.err
    assert result.out == ""


def test_a_book_that_cannot_be_read_is_a_finding(run, make_ledger):
    root = make_ledger({**LATE, "m.yaml": ""})
    assert "L107" in codes(run("-C", root, "check", "--format", "json", "--as-of", "2017-08-01", code=1))


def test_settings_that_cannot_be_read_leave_nothing_to_judge(run, make_ledger):
    result = run("-C", make_ledger({**LATE, "ledger.yaml": ""}), "check", code=2)
    assert "ledger.yaml:1:1" in result.err


def test_statistics_count_by_rule(run):
    lines = run("-C", DATA, "check", "--statistics", code=1).out.splitlines()
    assert any(line.split()[:2] == ["3", "L401"] for line in lines)


def test_text_names_the_place_and_shows_the_line(run):
    out = run("-C", DATA, "check", "--select", "L402", code=1, cwd=ROOT).out
    assert "data/journal/2017/report.csv:" in out
    assert "M18" in out
    assert "^^^" in out


def test_a_file_gets_findings_and_summary(run, tmp_path: Path):
    run("-C", DATA, "check", "--select", "L402", "-o", tmp_path / "found.txt", code=1)
    text = (tmp_path / "found.txt").read_text(encoding="utf-8")
    assert "L402" in text
    assert text.splitlines()[-1] == "as of 2017-12-31: 1 error, 0 warnings, 0 infos"


def test_every_format_is_what_it_says(run):
    sarif = json.loads(run("-C", DATA, "check", "--format", "sarif", code=1).out)
    assert len(sarif["runs"][0]["tool"]["driver"]["rules"]) == len(RULES)
    assert ET.fromstring(run("-C", DATA, "check", "--format", "junit", code=1).out).tag in ("testsuite", "testsuites")
    assert run("-C", DATA, "check", "--format", "github", code=1).out.startswith("::error ")


def test_in_chinese_a_claim_names_what_its_items_have_in_common(run):
    out = run("-C", DATA, "check", "--claim", "this-ledger", "--lang", "zh").out
    assert "完成（17）：M01 M02" in out
    assert "done (" not in out


def test_a_claim_is_shown_with_the_items_it_was_counted_over(run):
    out = run("-C", DATA, "check", "--claim", "this-ledger").out
    assert "stage_done (3): M16 M18 M19" in " ".join(out.split())


def test_an_unknown_claim_is_answered_with_the_nearest(run):
    assert "did you mean this-ledger?" in run("-C", DATA, "check", "--claim", "this-leger", code=2).err


def test_evidence_is_looked_at_and_its_hash_compared(run, make_ledger):
    digest = hashlib.sha256(b"opinion").hexdigest()
    rows = (
        "date,item,event,file,sha256\n2017-03-01,M1,start,,\n"
        f"2017-03-02,M1,report,e/ok.txt,{digest}\n2017-03-03,M1,report,e/changed.txt,{digest}\n"
        "2017-03-04,M1,report,e/gone.txt,\n2017-03-05,M1,report,../outside.txt,\n"
    )
    files = {**LATE, "journal/2017/office.csv": rows, "e/ok.txt": "opinion", "e/changed.txt": "other"}
    root = make_ledger(files)
    (root.parent / "outside.txt").write_text("x")
    found = json.loads(run("-C", root, "check", "--as-of", "2017-04-01", "--format", "json", code=1).out)["findings"]
    assert [(finding["code"], finding["line"]) for finding in found] == [("L505", 4), ("L505", 5), ("L505", 6)]


def fingerprint(root: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(root)): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_checking_changes_no_byte_of_the_tree_and_of_git(run, make_ledger):
    root = make_ledger(LATE)
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", "-C", str(root), *command], check=True, capture_output=True)
    before = fingerprint(root)
    for form in ("text", "json", "github", "sarif", "junit"):
        run("-C", root, "check", "--as-of", "2017-08-01", "--format", form)
    for command in ("status", "list", "due --within 9d", "show M1", "check --statistics"):
        code = 1 if command.startswith("due") else 0
        run("-C", root, *command.split(), "--as-of", "2017-08-01", code=code)
    assert fingerprint(root) == before


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
@pytest.mark.parametrize("stand", ["data", ".", ".."])
def test_paths_for_ci_start_at_the_root_of_the_repository(run_any, make_ledger, form: str, stand: str):
    root = make_ledger({f"data/{path}": text for path, text in files([item()]).items()}, "repo")
    (root / ".git").mkdir()
    out = run_any("-C", root / "data", "check", "--as-of", "2018-06-01", "--format", form, cwd=root / stand).out
    assert {"github": "file=data/measures.yaml", "sarif": '"uri": "data/measures.yaml"',
            "junit": 'file="data/measures.yaml"'}[form] in out  # fmt: skip


def test_without_a_repository_they_start_at_the_workspace_of_github(run_any, make_ledger, monkeypatch):
    root = make_ledger({f"data/{path}": text for path, text in files([item()]).items()}, "repo")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(root))
    out = run_any("-C", root / "data", "check", "--as-of", "2018-06-01", "--format", "github", cwd=root / "data").out
    assert "file=data/measures.yaml" in out
