"""`ledger check` by itself: what no longer is as the commit of the last publication has it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.history import git


@pytest.fixture
def published(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of which a week was published, in a repository; and some commits after that."""
    monkeypatch.setenv("LEDGER_WRITER", "张三")
    run("init", "book")
    root = tmp_path / "book"
    lines = (root / "ledger.yaml").read_text().splitlines()
    text = "\n".join("start: 2020-01-01" if line.startswith("start:") else line for line in lines) + "\n"
    (root / "ledger.yaml").write_text(text)
    run("record", "report", "M1", "-m", "one", "-d", "2020-01-02", cwd=root)
    run("report", "weekly", "--publish", "-o", "week.md", cwd=root)
    run("record", "report", "M1", "-m", "two", cwd=root)
    return root


def found(run, root: Path, *more: str) -> list[tuple[str, str]]:
    out = json.loads(run("check", "--format", "json", *more, cwd=root, code=1).out)
    return [(one["code"], one["severity"]) for one in out["findings"] if one["code"].startswith("L7")]


@pytest.mark.quick
def test_a_ledger_that_goes_on_has_nothing_to_answer_for(run, published: Path):
    run("check", "--select", "L7", cwd=published)
    out = run("check", cwd=published).out
    assert "with what differs from" in out
    document = json.loads(run("check", "--format", "json", cwd=published).out)
    assert git(published, "log", "-1", "--format=%s", document["sealed"]["commit"]).startswith("published weekly-")


def test_a_deadline_changed_in_the_plan_is_named_beside_the_broken_seal(run, published: Path):
    path = published / "measures.yaml"
    path.write_text(path.read_text().replace("  due: 20", "  due: 21", 1))
    assert ("L701", "error") in found(run, published)


def test_a_line_taken_out_is_named_where_it_stood(run, published: Path):
    path = next(path for path in published.glob("journal/**/*.csv") if "one" in path.read_text())
    path.write_text("".join(line for line in path.read_text().splitlines(keepends=True) if "one" not in line))
    out = run("check", cwd=published, code=1).out
    assert "L704" in out
    assert ",one," in out


def test_a_line_put_into_sealed_days_is_named_and_not_only_counted(run, published: Path):
    path = next(published.glob("journal/2020/*.csv"))
    path.write_text(path.read_text() + path.read_text().splitlines()[-1].replace("one", "late") + "\n")
    out = run("check", "--select", "L705", cwd=published, code=1).out
    assert "an entry was added into sealed days" in out
    assert "more than were sealed" not in out


def test_softer_settings_are_told_and_fail_nothing(run, published: Path):
    path = published / "ledger.yaml"
    path.write_text(path.read_text().replace("approvers: [leading group]", "approvers: [leading group, office]"))
    out = json.loads(run("check", "--format", "json", "--select", "L7", cwd=published).out)
    assert [(one["code"], one["severity"]) for one in out["findings"]] == [("L709", "info")]


def test_without_the_seal_in_a_commit_nothing_is_compared(run, published: Path):
    git(published, "checkout", "-q", "--orphan", "other")
    git(published, "rm", "-q", "--cached", "claims.yaml")
    git(published, "commit", "-qm", "without")
    assert "sealed" not in json.loads(run("check", "--format", "json", cwd=published).out)


def test_the_last_publication_counts_whatever_was_committed_to_the_claims_since(run, published: Path):
    path = published / "claims.yaml"
    path.write_text(path.read_text() + "# a remark\n")
    git(published, "commit", "-qam", "a remark")
    document = json.loads(run("check", "--format", "json", cwd=published).out)
    assert git(published, "log", "-1", "--format=%s", document["sealed"]["commit"]).startswith("published weekly-")
