"""`--at REV`: the ledger as it was known then, judged on the day it was committed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.compare.compare_paper import Edit, adds, edited
from tests.history import Commit, git, repository

FOLDER = "整改 台账/2018 年/"
DAYS = ("2017-07-06", "2017-09-07", "2018-01-11")
EDITS: tuple[Edit, ...] = (adds("2017-09-01", "done", "M2"), lambda s: s.item("M1").update(due="2018-06-30"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of three commits in a folder with blanks: as approved, M2 done, M1 quietly postponed."""
    commits = [
        Commit({FOLDER + path: text for path, text in edited(*EDITS[:n]).files().items()}, f"第 {n} 版", day)
        for n, day in enumerate(DAYS)
    ]
    return repository(tmp_path_factory.mktemp("at"), commits) / FOLDER


def status(run, root: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("-C", root, "status", "--format", "json", *arguments).out)
    return found


def test_the_default_day_is_that_of_the_commit(run, root: Path):
    assert [status(run, root, "--at", f"HEAD~{n}")["as_of"] for n in (2, 1, 0)] == list(DAYS)


def test_the_day_of_the_commit_is_that_in_the_time_zone_of_the_ledger(run, tmp_path: Path):
    # 09:00 in China is still the day before in Honolulu.
    book = edited(lambda s: s.settings.update(timezone="Pacific/Honolulu")).files()
    repository(tmp_path / "book", [Commit(book, day="2017-07-06")])
    assert status(run, tmp_path / "book", "--at", "HEAD")["as_of"] == "2017-07-05"


def test_another_day_may_be_asked_for(run, root: Path):
    assert status(run, root, "--at", "HEAD~2", "--as-of", "2018-02-01")["as_of"] == "2018-02-01"


def test_an_archived_ledger_is_judged_on_its_last_day(run, tmp_path: Path):
    book = edited(lambda s: s.settings.update(archived="2017-06-30")).files()
    repository(tmp_path / "book", [Commit(book, day="2018-07-06")])
    assert status(run, tmp_path / "book", "--at", "HEAD")["as_of"] == "2017-06-30"


def test_figures_are_those_that_were_known_then(run, root: Path):
    done = [status(run, root, "--at", f"HEAD~{n}", "--as-of", "2017-12-31")["books"]["measures"]["done"]
            for n in (2, 1, 0)]  # fmt: skip
    assert done == [0, 1, 1]


def test_a_tag_a_branch_and_the_baseline(run, tmp_path: Path):
    approved = repository(tmp_path / "book", [Commit(edited().files(), day=DAYS[0])])
    first = git(approved, "rev-parse", "HEAD")
    named: Edit = lambda s: s.settings.update(baseline={"tag": "plan-approved", "commit": first})
    later = Commit(edited(named, *EDITS).files(), day=DAYS[2], branch="work", parent=first)
    repository(approved, [later])
    git(approved, "tag", "-a", "-m", "批准", "plan-approved", first)
    git(approved, "checkout", "--quiet", "work")
    figures = {name: status(run, approved, "--at", name) for name in (first, "plan-approved", "main", "baseline")}
    assert {name: told["revision"] for name, told in figures.items()} == dict.fromkeys(figures, first)
    assert [told for told in figures.values() if told != figures[first]] == []
    assert figures[first] != status(run, approved, "--at", "work")


def test_the_revision_is_in_the_json(run, root: Path):
    assert status(run, root, "--at", "HEAD~1")["revision"] == git(root, "rev-parse", "HEAD~1")
    assert status(run, root)["revision"] is None


@pytest.mark.parametrize("command", ["list", "show M1", "check", "due", "report submissions"])
def test_every_json_names_the_revision(run_any, root: Path, command: str):
    told = run_any("-C", root, *command.split(), "--at", "HEAD~1", "--format", "json")
    assert json.loads(told.out)["revision"] == git(root, "rev-parse", "HEAD~1")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["status", "list", "list --entries", "show M1", "check", "due", "report weekly",
                                     "report submissions", "report trend", "report supervision", "report monthly"])  # fmt: skip
def test_every_text_names_the_revision(run_any, root: Path, command: str, lang: str):
    told = run_any("-C", root, *command.split(), "--at", "HEAD~1", "--lang", lang)
    assert told.code in (0, 1)
    assert told.out.count(git(root, "rev-parse", "HEAD~1")[:10]) == 1


@pytest.mark.parametrize("command", ["status", "list", "show M1", "report weekly"])
def test_markdown_names_it_too(run_any, root: Path, command: str):
    told = run_any("-C", root, *command.split(), "--at", "HEAD~1", "--format", "md")
    assert told.out.count(git(root, "rev-parse", "HEAD~1")[:10]) == 1


def test_a_format_without_a_head_leaves_it_to_stderr(run, root: Path):
    told = run("-C", root, "list", "--at", "HEAD", "--format", "csv")
    assert told.out.startswith("id,")
    assert "as known at revision" in told.err


def test_a_deadline_is_that_of_the_revision(run, root: Path):
    due = [json.loads(run("-C", root, "list", "M1", "--at", rev, "--format", "json").out)["items"][0]["due"]
           for rev in ("HEAD~1", "HEAD")]  # fmt: skip
    assert due == ["2017-12-31", "2018-06-30"]


def test_what_is_not_committed_is_not_known(run, tmp_path: Path):
    repository(tmp_path / "book", [Commit(edited().files())])
    (tmp_path / "book" / "measures.yaml").write_text("[]\n", encoding="utf-8")
    assert status(run, tmp_path / "book", "--at", "HEAD")["books"]["measures"]["total"] == 4


def test_evidence_is_looked_for_in_the_revision(run, tmp_path: Path):
    proof = "6d79b3bc0c9b0d8cc5d1ddc65c1d8bb5ba6ab0a9a2e5b9ea1a3cbd2d6f0b7c11"
    book = edited(adds("2017-08-01", "report", "M2", file="evidence/a.txt", sha256=proof)).files()
    root = repository(tmp_path / "book", [Commit({**book, "evidence/a.txt": "as it was"})])
    (root / "evidence" / "a.txt").unlink()
    told = json.loads(run("-C", root, "check", "--select", "L505", "--at", "HEAD", "--format", "json", code=1).out)
    assert ["differs" in one["message"] or "is not what" in one["message"] for one in told["findings"]] == [True]


class TestWhatCannotBeKnown:
    @pytest.mark.parametrize("name, said", [
        ("nowhere", "no revision nowhere"), ("-p", "not a revision"), ("--output=x", "not a revision"),
        ("baseline", "names no baseline"), ("", "not a revision"),
    ])  # fmt: skip
    def test_a_revision_that_is_none(self, run, root: Path, name: str, said: str):
        told = run("-C", root, "status", f"--at={name}", code=2)
        assert said in told.err
        assert told.out == ""
        assert "Traceback" not in told.err

    def test_no_repository(self, run, make_ledger):
        assert (
            "not in a git repository" in run("-C", make_ledger(edited().files()), "status", "--at", "HEAD", code=2).err
        )

    def test_a_commit_before_there_was_a_ledger(self, run, tmp_path: Path):
        root = repository(tmp_path / "book", [Commit({"a.txt": "a"}), Commit(edited().files())])
        assert "no such ledger yet" in run("-C", root, "status", "--at", "HEAD~1", code=2).err

    def test_a_commit_whose_settings_are_broken(self, run, tmp_path: Path):
        root = repository(tmp_path / "book", [Commit({"ledger.yaml": "a: ["}), Commit(edited().files())])
        assert "cannot be read in 2018-01-04" in run("-C", root, "status", "--at", "HEAD~1", code=2).err

    def test_a_shallow_clone_says_how_to_get_the_rest(self, run, root: Path, tmp_path: Path):
        git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root.parent.parent}", "shallow")
        said = run("-C", tmp_path / "shallow" / FOLDER, "status", "--at", "HEAD~1", code=2).err
        assert "shallow" in said
        assert "--unshallow" in said

    def test_a_book_that_could_not_be_read_then_is_said(self, run, tmp_path: Path):
        root = repository(
            tmp_path / "book", [Commit({**edited().files(), "problems.yaml": "- {"}), Commit(edited().files())]
        )
        assert "could not be read" in run("-C", root, "status", "--at", "HEAD~1", code=2).err

    def test_nothing_is_published_from_the_past(self, run, root: Path):
        said = run("-C", root, "report", "weekly", "--at", "HEAD~1", "--publish", code=2).err
        assert "--publish does not go with --at" in said

    def test_check_compares_either_with_or_at_a_revision(self, run, root: Path):
        assert "either --at or --against" in run("-C", root, "check", "--at", "HEAD", "--against", "HEAD~1", code=2).err

    @pytest.mark.parametrize("command", ["record done M1", "set M1 due=2018-01-01", "add measures", "diff", "init x"])
    def test_no_edit_takes_a_revision(self, run, root: Path, command: str):
        assert "--at" in run("-C", root, *command.split(), "--at", "HEAD", code=2).err
