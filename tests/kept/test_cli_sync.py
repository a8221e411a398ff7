"""ledger sync: two people and a stick between them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.history import git


class Person:
    """Somebody with a clone of the ledger."""

    def __init__(self, name: str, root: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self._name, self._run, self._monkeypatch = name, run, monkeypatch

    def __call__(self, *words: object, code: int = 0) -> Any:
        self._monkeypatch.setenv("LEDGER_WRITER", self._name)
        return self._run(*words, cwd=self.root, code=code)


class Two(NamedTuple):
    jia: Person
    yi: Person
    stick: Path


@pytest.fixture
def meet(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Two]:
    """A ledger of one, carried to another on a stick."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setattr(os, "sync", lambda: None)

    def made(*more: str) -> Two:
        stick = tmp_path / "stick"
        stick.mkdir()
        run("init", "jia")
        run("sync", stick, *more, cwd=tmp_path / "jia")
        run("sync", stick, "--clone", "yi")
        persons = [Person(who, tmp_path / name, run, monkeypatch) for who, name in (("甲", "jia"), ("乙", "yi"))]
        return Two(*persons, stick)

    return made


@pytest.fixture
def two(meet: Callable[..., Two]) -> Two:
    """With a repository on the stick."""
    return meet()


@pytest.fixture(params=["repository", "bundle"])
def either(request: pytest.FixtureRequest, meet: Callable[..., Two]) -> Two:
    """With a repository, and with a bundle."""
    return meet(*(["--bundle"] if request.param == "bundle" else []))


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*")
            if path.is_file() and ".git" not in path.relative_to(root).parts}  # fmt: skip


def test_back_and_forth_both_have_everything_and_nobody_types_the_folder_again(either: Two):
    either.jia("set", "M1", "lead=x")
    either.yi("record", "M1", "upgraded=3")
    either.yi("add", "problems", "title=t", "lead=y", "due=2099-01-01")
    assert "brought 0 changes, took 1 change there" in either.jia("sync").out
    assert "brought 1 change (甲 1), took 2 changes there" in either.yi("sync").out
    assert "brought 2 changes (乙 2), took 0 changes there" in either.jia("sync").out
    assert "nothing to sync" in either.yi("sync").out
    assert files(either.jia.root) == files(either.yi.root)
    assert "journal/" in "".join(files(either.jia.root))
    assert git(either.jia.root, "status", "--porcelain") == ""


def test_two_lines_of_one_writer_merge_by_union(two: Two):
    two.jia("record", "report", "M1", "-m", "one", "--writer", "office")
    two.yi("record", "report", "M2", "-m", "two", "--writer", "office")
    two.jia("sync")
    two.yi("sync")
    two.jia("sync")
    assert files(two.jia.root) == files(two.yi.root)
    lines = next(data for path, data in files(two.jia.root).items() if path.endswith("office.csv")).decode()
    assert ",one," in lines
    assert ",two," in lines


def test_one_place_changed_on_both_sides_is_110_with_the_way_out(either: Two):
    either.jia("set", "M2", "lead=x")
    either.yi("set", "M2", "lead=y")
    either.jia("sync")
    told = either.yi("sync", code=1).err
    assert "measures.yaml:20:1: L110" in told
    assert "run ledger sync again" in told
    assert "L110" in either.yi("check", code=1).out
    assert "L110" in either.yi("sync", code=1).err
    path = either.yi.root / "measures.yaml"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if line[:7] not in ("<<<<<<<", "=======", ">>>>>>>") and "lead: x" not in line)
    )
    either.yi("sync")
    either.jia("sync")
    assert files(either.jia.root) == files(either.yi.root)
    assert [one in either.jia("history").out for one in ("→ x", "→ y")] == [True, True]


def test_a_conflict_can_be_given_up(two: Two):
    two.jia("set", "M2", "lead=x")
    two.yi("set", "M2", "lead=y")
    before = files(two.yi.root)
    two.jia("sync")
    two.yi("sync", code=1)
    two.yi("sync", "--abort")
    assert files(two.yi.root) == before
    assert "no merge to give up" in two.yi("sync", "--abort", code=2).err


def test_what_the_two_make_wrong_together_is_said(two: Two):
    two.jia("add", "measures", "id=X1", "title=t", "lead=y", "due=2099-01-01")
    two.yi("add", "problems", "id=X1", "title=t", "lead=y", "due=2099-01-01")
    two.jia("sync")
    told = two.yi("sync").err
    assert "the merge brought" in told
    assert "L201" in told


def test_what_was_changed_by_hand_and_evidence_go_along(two: Two):
    (two.jia.root / "proof.pdf").write_bytes(b"%PDF")
    two.jia("record", "done", "P1", "--file", "proof.pdf")
    (two.jia.root / "measures.yaml").write_text((two.jia.root / "measures.yaml").read_text() + "# mine\n")
    two.jia("sync")
    two.yi("sync")
    assert files(two.yi.root)["proof.pdf"] == b"%PDF"
    assert "changed by hand" in two.yi("history").out


def test_the_tag_of_the_approved_plan_goes_along(two: Two):
    path = two.jia.root / "ledger.yaml"
    head = git(two.jia.root, "rev-parse", "HEAD")
    git(two.jia.root, "tag", "approved")
    path.write_text(path.read_text() + f"baseline: {{tag: approved, commit: {head}}}\n")
    two.jia("sync")
    two.yi("sync")
    assert git(two.yi.root, "rev-parse", "approved") == head


def test_a_folder_that_is_not_there_is_a_sentence(two: Two):
    shutil.rmtree(two.stick)
    told = two.jia("sync", code=2).err
    assert told.startswith(f"ledger: there is no folder {two.stick}\n")
    assert "stick" in told


def test_another_ledger_is_not_mixed_in(either: Two, run, tmp_path: Path):
    run("init", "other")
    before = files(tmp_path / "other")
    more = ["--bundle"] if (either.stick / "ledger.bundle").exists() else []
    assert "another ledger lies there" in run("sync", either.stick, *more, cwd=tmp_path / "other", code=2).err
    assert files(tmp_path / "other") == before


def test_what_is_damaged_there_is_a_sentence_and_nothing_changes(either: Two):
    either.jia("set", "M2", "lead=x")
    if (either.stick / "ledger.bundle").exists():
        (either.stick / "ledger.bundle").write_bytes(b"half a ")
    else:
        (either.stick / "ledger.git" / "HEAD").unlink()
    before = files(either.jia.root)
    told = either.jia("sync", code=2).err
    assert f"cannot read {either.stick}" in told
    assert files(either.jia.root) == before


def test_hooks_on_the_stick_are_not_run(two: Two):
    for name in ("pre-receive", "update", "post-receive", "post-update", "reference-transaction"):
        hook = two.stick / "ledger.git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {two.stick}/ran\n")
        hook.chmod(0o755)
    two.jia("set", "M2", "lead=x")
    two.jia("sync")
    two.yi("sync")
    assert not (two.stick / "ran").exists()


def test_who_was_overtaken_fetches_once_more(two: Two, monkeypatch: pytest.MonkeyPatch):
    from ledger.history import cli_sync

    two.jia("set", "M1", "lead=x")
    two.yi("set", "M2", "lead=y")
    original, overtaken = cli_sync.carry, []

    def late(work, place, tag):
        if not overtaken:
            overtaken.append(True)
            git(two.yi.root, "push", "-q", str(two.stick / "ledger.git"), "HEAD:main")
        return original(work, place, tag)

    monkeypatch.setattr(cli_sync, "carry", late)
    assert "brought 1 change (乙 1)" in two.jia("sync").out
    two.yi("sync")
    assert files(two.jia.root) == files(two.yi.root)


def test_the_first_time_the_folder_has_to_be_named(run, book: Path):
    assert "name it the first time" in run("sync", cwd=book, code=2).err


def test_without_a_history_what_is_open_is_not_carried_silently(two: Two):
    path = two.jia.root / "ledger.yaml"
    path.write_text(path.read_text().replace("history: auto", "history: off"))
    assert "not committed: ledger.yaml" in two.jia("sync", code=2).err
