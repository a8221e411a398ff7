"""ledger undo: the last change is taken back by its reverse, and the trace of both stays."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.history import git


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a ledger but those of git."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(root).parts}  # fmt: skip


def changes(run, root: Path) -> list[dict]:
    return json.loads(run("history", "--format", "json", cwd=root).out)["changes"]


@pytest.mark.quick
def test_a_fact_is_taken_back_with_the_file_that_it_began(run, book: Path, subjects):
    before = contents(book)
    run("record", "M1", "upgraded=3", "--writer", "万州区", cwd=book)
    told = run("undo", "--yes", cwd=book)
    assert "upgraded" in told.out
    assert contents(book) == before
    assert subjects(book)[0].startswith("taken back: recorded M1 reading upgraded = 3")
    assert git(book, "status", "--porcelain") == ""


def test_an_example_on_its_own_is_only_shown(run, book: Path, subjects):
    run("set", "M1", "lead=x", cwd=book)
    before = contents(book)
    told = run("undo", "-n", cwd=book)
    assert "x → city works department" in " ".join(told.out.split())
    assert "nothing was written" in told.err
    assert "add --yes" in run("undo", cwd=book, code=2).err
    assert (contents(book), len(subjects(book))) == (before, 2)


def test_at_a_terminal_it_asks_and_takes_no_for_an_answer(run, book: Path, monkeypatch, subjects):
    run("set", "M1", "lead=x", cwd=book)
    monkeypatch.setattr("ledger.history.cli_undo._agreed", lambda lang: False)
    assert "nothing was taken back" in run("undo", cwd=book, code=1).err
    assert len(subjects(book)) == 2


def test_what_has_changed_since_is_not_taken_back(run, book: Path):
    run("set", "M1", "lead=x", cwd=book)
    (book / "measures.yaml").write_text((book / "measures.yaml").read_text() + "# mine\n")
    assert "measures.yaml has changes that are not committed" in run("undo", "--yes", cwd=book, code=2).err
    git(book, "commit", "-qam", "mine")
    told = run("undo", "--yes", cwd=book, code=2).err
    assert "measures.yaml has changed since (2018-01-04 科员: mine)" in told


def test_a_commit_of_other_files_is_no_hindrance_and_is_not_taken_back(run, book: Path):
    run("set", "M1", "lead=x", cwd=book)
    (book / "problems.yaml").write_text((book / "problems.yaml").read_text() + "# mine\n")
    git(book, "commit", "-qam", "mine")
    run("undo", "--yes", cwd=book)
    assert "# mine" in (book / "problems.yaml").read_text()
    assert "there is no change to take back" in run("undo", "--yes", cwd=book, code=2).err


@pytest.fixture
def old(run, book: Path) -> Path:
    """The ledger as if it had begun in 2020, so that a week can be published."""
    path = book / "ledger.yaml"
    lines = ["start: 2020-01-01" if line.startswith("start:") else line for line in path.read_text().splitlines()]
    path.write_text("\n".join(lines) + "\n")
    git(book, "commit", "-qam", "begun long ago")
    return book


def test_what_was_published_since_stands_between(run, old: Path):
    run("set", "M1", "lead=x", cwd=old)
    run("report", "weekly", "--publish", "-o", "week.md", cwd=old)
    git(old, "reset", "-q", "--soft", "HEAD~1")
    git(old, "commit", "-qm", "published by hand")
    assert "something was published since" in run("undo", "--yes", cwd=old, code=2).err


def test_a_publication_itself_can_be_taken_back_and_that_is_said(run, old: Path):
    before = contents(old)
    run("report", "weekly", "--publish", "-o", "week.md", cwd=old)
    assert "what has gone out stays out" in run("undo", "--yes", cwd=old).err
    (old / "week.md").unlink()
    assert contents(old) == before


def test_what_the_approved_plan_holds_is_not_taken_back(run, book: Path):
    run("set", "M1", "lead=x", cwd=book)
    head = git(book, "rev-parse", "HEAD")
    path = book / "ledger.yaml"
    path.write_text(path.read_text() + f"baseline: {{tag: approved, commit: {head}}}\n")
    assert "the approved plan holds it" in run("undo", "--yes", cwd=book, code=2).err


def test_a_file_that_an_edit_broke_is_put_back(run, book: Path):
    run("set", "M1", "lead=x", cwd=book)
    (book / "measures.yaml").write_text("- {id: M1, title: [\n")
    git(book, "commit", "-qam", "edited\n\nLedger-Command: edit")
    told = run("undo", "--yes", cwd=book)
    assert "-- {id: M1, title: [" in told.out
    assert "lead: x" in (book / "measures.yaml").read_text()


def test_line_ends_of_a_checkout_stay(run, book: Path):
    run("set", "M1", "lead=x", cwd=book)
    git(book, "config", "core.autocrlf", "true")
    lying = (book / "measures.yaml").read_bytes().replace(b"\n", b"\r\n")
    (book / "measures.yaml").write_bytes(lying)
    run("undo", "--yes", cwd=book)
    assert (book / "measures.yaml").read_bytes() == lying.replace(b"lead: x", b"lead: city works department")


def test_without_a_repository_it_says_how_to_begin(run, book: Path):
    shutil.rmtree(book / ".git")
    assert "ledger history --begin" in run("undo", cwd=book, code=2).err


def _by_hand(book: Path, run, dice: random.Random) -> None:
    path = book / dice.choice(["measures.yaml", "problems.yaml"])
    path.write_text(path.read_text() + f"# {dice.random()}\n")
    run("set", "M1" if path.name == "measures.yaml" else "P1", f"remark=r{dice.random()}", cwd=book)


_DEEDS: list[Callable[[Path, Callable, random.Random], object]] = [
    lambda book, run, dice: run("record", "report", "M1", "-m", f"r{dice.random()}", cwd=book),
    lambda book, run, dice: run("record", "M1", "upgraded=3", "-m", f"r{dice.random()}", "--writer",
                                dice.choice(["甲", "乙"]), "-d", dice.choice(["today", "-0d"]), cwd=book),
    lambda book, run, dice: run("set", "M2", f"lead=u{dice.random()}", cwd=book),
    lambda book, run, dice: run("set", "M1", f"targets.upgraded.goal=>= {dice.randint(1, 99)}", cwd=book),
    lambda book, run, dice: run("add", "problems", f"title=t{dice.random()}", "lead=x", "due=2099-01-01", cwd=book),
    _by_hand,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_as_many_undos_as_changes_leave_every_byte_as_it_was_and_every_step_in_the_history(run, book: Path, seed: int):
    dice = random.Random(seed)
    start = contents(book)
    for _ in range(6):
        dice.choice(_DEEDS)(book, run, dice)
        if dice.random() < 0.25:
            run("undo", "--yes", cwd=book)
    made = [one for one in changes(run, book) if one["command"] != "begin"]
    standing = [one for one in made if not one["undoes"] and not one["undone_by"]]
    for left in range(len(standing), 0, -1):
        run("undo", "--yes", cwd=book)
        assert sum(not one["undoes"] and not one["undone_by"] for one in changes(run, book)) == left
    assert contents(book) == start
    assert len(changes(run, book)) == 1 + len(made) + len(standing)
    assert "there is no change to take back" in run("undo", "--yes", cwd=book, code=2).err
