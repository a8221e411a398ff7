"""`history: auto`: every command that writes ends in one commit of the files it wrote, and never fails by that."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.history import git


@pytest.fixture
def book(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new ledger whose changes are committed, by 张三."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("LEDGER_WRITER", "张三")
    run("init", "book")
    return tmp_path / "book"


def log(root: Path, form: str = "%s") -> list[str]:
    return git(root, "log", f"--format={form}").splitlines()


@pytest.mark.quick
def test_init_makes_a_repository_and_commits_what_it_wrote(book: Path):
    assert log(book) == ["the history of this ledger begins"]
    assert git(book, "status", "--porcelain") == ""
    assert "history: auto" in (book / "ledger.yaml").read_text()


def test_a_command_that_writes_ends_in_one_commit_of_its_files_with_its_own_words(run, book: Path):
    told = run("record", "M1", "upgraded=3", cwd=book).out
    assert log(book, "%an <%ae> %s")[0].removeprefix("张三 <张三@ledger.invalid> ") in told
    assert git(book, "-c", "core.quotePath=false", "show", "--format=", "--name-only") == (
        f"journal/{told.split('journal/')[1][:4]}/张三.csv"
    )
    run("set", "M1", "lead=environment office", cwd=book)
    assert log(book)[0] == "M1 lead: city works department → environment office"
    assert len(log(book)) == 3
    assert git(book, "status", "--porcelain") == ""


def test_a_dry_run_and_a_refusal_commit_nothing(run, book: Path):
    run("set", "M1", "lead=x", "-n", cwd=book)
    run("set", "M1", "due=soon", cwd=book, code=2)
    assert len(log(book)) == 1


def test_the_writer_of_the_option_is_the_author(run, book: Path):
    run("record", "done", "P1", "--writer", "万州区", cwd=book)
    assert log(book, "%an")[0] == "万州区"


def test_without_a_writer_the_author_is_whom_git_knows(run, book: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("LEDGER_WRITER")
    run("record", "done", "P1", cwd=book)
    git(book, "config", "user.name", "李四")
    git(book, "config", "user.email", "li@example.org")
    run("record", "M1", "upgraded=3", cwd=book)
    assert log(book, "%an <%ae>")[:2] == ["李四 <li@example.org>", "office <office@ledger.invalid>"]


def test_what_else_is_changed_or_staged_is_left_alone_and_named(run, book: Path):
    (book / "problems.yaml").write_text((book / "problems.yaml").read_text() + "# mine\n")
    (book / "notes.txt").write_text("mine")
    git(book, "add", "notes.txt")
    told = run("set", "M1", "lead=x", cwd=book).err
    assert told == "ledger: other changes were left as they are, not committed: problems.yaml\n"
    assert git(book, "show", "--format=", "--name-only") == "measures.yaml"
    assert git(book, "status", "--porcelain").splitlines() == ["A  notes.txt", " M problems.yaml"]


def test_what_was_changed_by_hand_in_the_same_file_is_a_commit_of_its_own(run, book: Path):
    (book / "measures.yaml").write_text((book / "measures.yaml").read_text() + "# mine\n")
    run("set", "M1", "lead=x", cwd=book)
    assert log(book)[:2] == ["M1 lead: city works department → x", "changed by hand: measures.yaml"]
    assert git(book, "show", "--format=", "--numstat").split()[:2] == ["1", "1"]


def test_hooks_and_signatures_of_the_user_are_not_run(run, book: Path):
    hook = book / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\ntouch "$(git rev-parse --show-toplevel)/ran"\nexit 1\n')
    hook.chmod(0o755)
    git(book, "config", "commit.gpgSign", "true")
    git(book, "config", "gpg.program", str(hook))
    run("set", "M1", "lead=x", cwd=book)
    assert len(log(book)) == 2
    assert not (book / "ran").exists()


def test_a_file_that_goes_through_a_filter_is_not_committed_as_it_is(run, book: Path):
    git(book, "config", "filter.crypt.clean", f"touch {book}/ran; cat")
    (book / ".git" / "info").mkdir(exist_ok=True)
    (book / ".git" / "info" / "attributes").write_text("measures.yaml filter=crypt\n")
    told = run("set", "M1", "lead=x", cwd=book).err
    assert "written, but not committed: measures.yaml goes through the filter crypt first" in told
    assert not (book / "ran").exists()
    run("record", "done", "P1", cwd=book)
    assert len(log(book)) == 2


def test_a_commit_that_fails_loses_nothing_and_is_said(run, book: Path):
    (book / ".git" / "index.lock").touch()
    told = run("set", "M1", "lead=x", cwd=book)
    assert "measures.yaml:5" in told.out
    assert "written, but not committed: another git is writing this repository" in told.err
    assert "lead: x" in (book / "measures.yaml").read_text()
    (book / ".git" / "index.lock").unlink()
    run("set", "M1", "lead=y", cwd=book)
    assert log(book)[:2] == ["M1 lead: x → y", "changed by hand: measures.yaml"]


def test_outside_of_a_repository_the_fact_is_written_and_the_way_to_a_history_named(run, book: Path, tmp_path: Path):
    import shutil

    shutil.rmtree(book / ".git")
    told = run("record", "done", "P1", cwd=book)
    assert "written, but not committed: the ledger is not in a git repository" in told.err
    assert "ledger history --begin" in told.err


def test_without_git_a_new_ledger_has_no_history(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    told = run("init", "book").out
    assert "history --begin" in told
    assert "history: off" in (tmp_path / "book" / "ledger.yaml").read_text()
    assert run("record", "done", "P1", cwd=tmp_path / "book").err == ""


def test_in_a_repository_that_was_there_the_first_change_commits_the_ledger(run, tmp_path: Path):
    git(tmp_path, "init", "-q", "-b", "main")
    assert "the folder is in a git repository" in run("init", "book").out
    assert not (tmp_path / "book" / ".git").exists()
    run("set", "M1", "lead=x", cwd=tmp_path / "book")
    assert log(tmp_path) == ["M1 lead: city works department → x", "the history of this ledger begins"]
    assert not [line for line in git(tmp_path, "status", "--porcelain").splitlines() if ".schema" not in line]


def test_an_example_is_no_repository(run, tmp_path: Path):
    run("init", "book", "--example", "chongqing")
    assert not (tmp_path / "book" / ".git").exists()


def test_without_history_nothing_is_committed(run, book: Path):
    (book / "ledger.yaml").write_text((book / "ledger.yaml").read_text().replace("history: auto", "history: off"))
    run("set", "M1", "lead=x", cwd=book)
    assert len(log(book)) == 1


def test_publishing_is_a_commit_too(run, book: Path):
    text = (book / "ledger.yaml").read_text()
    (book / "ledger.yaml").write_text(
        "\n".join("start: 2020-01-01" if line.startswith("start:") else line for line in text.splitlines()) + "\n"
    )
    run("report", "weekly", "--publish", "-o", "week.md", cwd=book)
    assert log(book)[0].startswith("published weekly-")
    assert git(book, "show", "--format=", "--name-only") == "claims.yaml"


def test_two_ledgers_that_begin_in_one_second_are_two(run, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name in ("one", "two"):
        run("init", name, "--empty")
    ids = {git(tmp_path / name, "log", "--format=%(trailers:key=Ledger-Id,valueonly)") for name in ("one", "two")}
    # All else that a commit is made of (files, author, second) may be the same.
    assert len(ids) == 2
    assert all(len(one) == 32 for one in ids)
