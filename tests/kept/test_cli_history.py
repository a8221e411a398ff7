"""ledger history: what was changed, by whom and when, in words."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.history import git


@pytest.fixture
def lived(run, book: Path) -> Path:
    """A ledger with three changes, the middle one by another writer, and a commit by somebody with git."""
    run("record", "M1", "upgraded=3", cwd=book)
    run("record", "done", "P1", "--writer", "万州区", cwd=book)
    run("set", "M2", "lead=x", cwd=book)
    (book / "problems.yaml").write_text((book / "problems.yaml").read_text() + "# by git\n")
    git(book, "commit", "-qam", "a comment")
    return book


def told(run, root: Path, *words: str) -> list[dict]:
    return json.loads(run("history", *words, "--format", "json", cwd=root).out)["changes"]


@pytest.mark.quick
def test_changes_are_listed_newest_first_with_day_writer_and_sentence(run, lived: Path):
    found = told(run, lived)
    assert [one["author"] for one in found] == ["科员", "张三", "万州区", "张三", "张三"]
    assert [one["command"] for one in found] == [None, "set", "record", "record", "begin"]
    assert found[1]["what"] == "M2 lead: environment office → x"
    assert "a comment [git commit]" in run("history", cwd=lived).out


def test_an_item_or_a_query_leaves_what_changed_those_items(run, lived: Path):
    assert [one["command"] for one in told(run, lived, "P1")] == ["record", "begin"]
    assert [one["command"] for one in told(run, lived, "book:measures")] == ["set", "record", "begin"]


def test_an_item_that_the_plan_has_no_more_can_be_asked_for(run, lived: Path):
    (lived / "problems.yaml").write_text("[]\n")
    git(lived, "commit", "-qam", "gone")
    assert told(run, lived, "P1")[0]["what"] == "gone"


def test_a_limit_leaves_the_newest_and_says_what_is_left_out(run, lived: Path):
    out = run("history", "--limit", "2", cwd=lived).out
    assert "a comment" in out
    assert "upgraded" not in out
    assert "3 more changes before that" in out


def test_without_a_repository_it_says_how_to_begin(run, book: Path):
    shutil.rmtree(book / ".git")
    assert "ledger history --begin" in run("history", cwd=book, code=2).err


class TestBegin:
    def test_it_makes_a_repository_and_commits_the_ledger_and_sets_the_setting(
        self, run, tmp_path: Path, subjects, monkeypatch
    ):
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        run("init", "book", "--example", "chongqing")
        root = tmp_path / "book"
        before = (root / "ledger.yaml").read_text()
        assert "a repository made in" in run("history", "--begin", cwd=root).out
        assert [
            line for line in (root / "ledger.yaml").read_text().splitlines() if line not in before.splitlines()
        ] == ["history: auto"]
        assert git(root, "status", "--porcelain") == "?? README.md"
        assert subjects(root) == ["the history of this ledger begins"]

    def test_off_becomes_auto_on_its_own_line(self, run, book: Path, subjects):
        path = book / "ledger.yaml"
        path.write_text(path.read_text().replace("history: auto", "history: off"))
        run("history", "--begin", cwd=book)
        assert git(book, "status", "--porcelain") == ""
        run("set", "M2", "lead=x", cwd=book)
        assert len(subjects(book)) == 2

    def test_twice_changes_nothing(self, run, book: Path, subjects):
        assert "being kept already" in run("history", "--begin", cwd=book).out
        assert len(subjects(book)) == 1
