"""`ledger report trend --recorded`: what was known week by week, beside what is known now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.format.writer import WRITERS
from tests.format.page import crooked, widest
from tests.history import Commit, git, repository
from tests.paper import fact, files, item

PLAN = [item("M1", due="2017-05-08"), item("M2", due="2017-12-31")]
REPORTED, DONE = fact("2017-05-03", "report", "M1"), fact("2017-05-10", "done", "M1")
DAY = ("--as-of", "2017-06-05")
FOLDER = "整改 台账/2017/"


def version(*facts: dict[str, str], **settings: Any) -> dict[str, str]:
    return {FOLDER + path: text for path, text in files(PLAN, list(facts), **settings).items()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """M1 was done on 10 May, and that was recorded on 1 June."""
    broken = version(REPORTED)
    broken[FOLDER + "measures.yaml"] += "  - : : ["
    return repository(tmp_path / "repo", [
        Commit(version(REPORTED), day="2017-05-05"), Commit(broken, day="2017-05-12"),
        Commit(version(REPORTED), day="2017-05-17"), Commit(version(REPORTED, DONE), day="2017-06-01"),
    ]) / FOLDER  # fmt: skip


@pytest.fixture
def rows(run):
    """The weeks of one figure, as JSON."""

    def told(root: Path, path: str, *arguments: str) -> list[dict[str, Any]]:
        asked = ("--figure", path, *DAY, "--format", "json", *arguments)
        found = json.loads(run("-C", root, "report", "trend", "--recorded", *asked).out)
        tables = [block for part in found["sections"] for block in part["blocks"] if block["kind"] == "table"]
        weeks: list[dict[str, Any]] = next(t["rows"] for t in tables if t["id"] == f"weeks_{path.replace('.', '_')}")
        return weeks

    return told


def test_what_was_recorded_late_was_not_known_then(rows, root):
    found = {row["week"]: (row["then"], row["now"], row["difference"]) for row in rows(root, "measures.overdue")}
    assert (found["2017-W20"], found["2017-W21"], found["2017-W22"]) == ((1, 0, -1), (1, 0, -1), (0, 0, 0))


def test_each_week_names_the_last_commit_by_the_end_of_its_closing_day(rows, root):
    ids = git(root, "rev-list", "--reverse", "HEAD").split()
    found = {row["week"]: row["revision"] for row in rows(root, "measures.done", "--weeks", "5")}
    short = [id_[:10] for id_ in ids]
    assert found == {"2017-W18": short[0], "2017-W19": short[1], "2017-W20": short[2], "2017-W21": short[2],
                     "2017-W22": short[3]}  # fmt: skip


def test_what_was_known_is_what_status_says_at_that_revision(run, rows, root):
    for row in rows(root, "measures.done", "--weeks", "3"):
        asked = ("--at", row["revision"], "--as-of", row["as_of"], "--format", "json")
        assert json.loads(run("-C", root, "status", *asked).out)["books"]["measures"]["done"] == row["then"]


def test_before_the_first_entry_nobody_knows_how_things_stood(run, rows, root):
    assert rows(root, "measures.total", "--weeks", "7")[0]["week"] == "2017-W18"


def test_before_the_first_commit_nobody_knew(run, rows, tmp_path):
    told = version(REPORTED, fact("2017-04-20", "start", "M2"))
    root = repository(tmp_path / "early", [Commit(told, day="2017-05-05")]) / FOLDER
    first = rows(root, "measures.total", "--weeks", "7")[0]
    assert (first["week"], first["revision"], first["then"], first["now"]) == ("2017-W16", None, None, 2)
    shown = run("-C", root, "report", "trend", "--recorded", "--weeks", "7", *DAY)
    assert "Up to 2017-W17 nothing was committed" in shown.out


def test_a_revision_that_cannot_be_read_is_named_once(run, rows, root):
    assert {row["week"]: row["then"] for row in rows(root, "measures.total")}["2017-W19"] is None
    shown = run("-C", root, "report", "trend", "--recorded", *DAY)
    assert shown.out.count("could not be read whole") == 1
    assert "measures.yaml:" in shown.out


def test_a_ledger_that_moved_is_followed(rows, tmp_path):
    before = {path.replace(FOLDER, "old/"): text for path, text in version(REPORTED).items()}
    root = repository(
        tmp_path / "repo", [Commit(before, day="2017-05-05"), Commit(version(REPORTED), day="2017-06-01")]
    )
    assert [row["then"] for row in rows(root / FOLDER, "measures.total", "--weeks", "3")] == [2, 2, 2]


def test_a_clock_set_back_does_not_make_a_late_commit_early(rows, tmp_path):
    commits = [Commit(version(REPORTED), day="2017-05-30"), Commit(version(REPORTED, DONE), day="2017-05-12")]
    found = rows(repository(tmp_path / "repo", commits) / FOLDER, "measures.total", "--weeks", "3")
    assert [row["then"] for row in found] == [None, None, 2]


def test_a_figure_that_was_not_counted_then_is_unknown(rows, tmp_path):
    later = version(REPORTED, time_nodes=[{"id": "2017", "date": "2017-12-31"}, {"id": "2019", "date": "2019-12-31"}])
    commits = [Commit(version(REPORTED), day="2017-05-05"), Commit(later, day="2017-06-01")]
    found = rows(repository(tmp_path / "repo", commits) / FOLDER, "measures.time_nodes.2019.due", "--weeks", "2")
    assert [(row["then"], row["now"]) for row in found] == [(None, 0), (0, 0)]


def test_at_a_revision_nothing_later_is_known(rows, root):
    found = rows(root, "measures.done", "--at", "HEAD~1")
    assert {(row["then"], row["now"]) for row in found if row["then"] is not None} == {(0, 0)}


def test_a_journal_that_only_grew_reads_as_a_whole_one(rows, tmp_path):
    facts = [REPORTED, DONE, fact("2017-05-20", "done", "M2")]
    commits = [Commit(version(*facts[: n + 1]), day=f"2017-05-{9 + 7 * n:02}") for n in range(3)]
    found = rows(repository(tmp_path / "repo", commits) / FOLDER, "measures.done", "--weeks", "4")
    assert [row["then"] for row in found] == [0, 1, 2, 2]


def test_a_shallow_clone_says_what_it_cannot_know(run, root, tmp_path):
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{tmp_path / 'repo'}", "shallow")
    shown = run("-C", tmp_path / "shallow" / FOLDER, "report", "trend", "--recorded", *DAY)
    assert "git fetch --unshallow" in shown.out


def test_without_git_it_says_so_and_ends_with_2(run, make_ledger):
    shown = run("-C", make_ledger(files(PLAN, [REPORTED])), "report", "trend", "--recorded", *DAY, code=2)
    assert shown.out == ""
    assert "git" in shown.err


def test_a_figure_there_is_not_is_refused(run, root):
    shown = run("-C", root, "report", "trend", "--recorded", "--figure", "measures.doen", *DAY, code=2)
    assert "measures.done" in shown.err


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_it_fits_the_terminal(run, root, monkeypatch, lang, width):
    monkeypatch.setenv("COLUMNS", str(width))
    shown = run("-C", root, "report", "trend", "--recorded", "--weeks", "7", *DAY, "--lang", lang)
    assert widest(shown.out) <= width
    assert not crooked(shown.out)


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_every_format_has_it(run, root, tmp_path, form):
    out = tmp_path / f"trend.{form}"
    assert run("-C", root, "report", "trend", "--recorded", *DAY, "--format", form, "-o", out).code == 0
    assert out.stat().st_size > 500


def test_what_was_taken_out_of_the_middle_of_a_journal_is_no_longer_known(rows, tmp_path):
    facts = [REPORTED, DONE, fact("2017-05-11", "done", "M2")]
    commits = [Commit(version(*facts), day="2017-05-12"), Commit(version(REPORTED, facts[2]), day="2017-05-20"),
               Commit(version(facts[2], DONE, REPORTED), day="2017-05-26")]  # fmt: skip
    found = rows(repository(tmp_path / "repo", commits) / FOLDER, "measures.done", "--weeks", "4")
    assert [row["then"] for row in found] == [2, 1, 2, 2]
