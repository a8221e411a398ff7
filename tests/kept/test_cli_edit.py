"""ledger edit: an item in one's own editor; what came of it is checked, told by meaning, and kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ledger.history.cli_edit import editor_line
from tests.history import git


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An editor called `vi` that replaces one text by another in the file it is given, and keeps how it was called."""

    def set_to(old: str, new: str, code: int = 0) -> Path:
        called, script = tmp_path / "called", tmp_path / "vi"
        script.write_text(
            f"#!{sys.executable}\nimport sys, pathlib\npathlib.Path({str(called)!r}).write_text(' '.join(sys.argv[1:]))\n"
            f"p = pathlib.Path(sys.argv[-1])\np.write_text(p.read_text().replace({old!r}, {new!r}, 1))\nsys.exit({code})\n"
        )
        script.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(script))
        monkeypatch.delenv("VISUAL", raising=False)
        return called

    return set_to


@pytest.mark.quick
def test_the_editor_opens_at_the_line_and_the_change_is_told_and_kept(run, book: Path, editor, subjects):
    called = editor("lead: environment office", "lead: x")
    told = run("edit", "m2", cwd=book).out
    assert called.read_text() == f"+18 {book}/measures.yaml"
    assert "lead: environment office → x" in " ".join(told.split())
    assert subjects(book)[0] == "edited M2: lead changed"
    assert git(book, "status", "--porcelain") == ""


def test_nothing_changed_is_said_and_commits_nothing(run, book: Path, editor, subjects):
    editor("no such text", "")
    assert run("edit", "M2", cwd=book).out == "nothing was changed\n"
    assert len(subjects(book)) == 1


def test_a_broken_edit_is_said_and_kept_and_can_be_mended_or_taken_back(run, book: Path, editor):
    before = (book / "measures.yaml").read_text()
    editor("title: A responsibility", "title: [A responsibility")
    told = run("edit", "M2", cwd=book, code=1).err
    assert "measures.yaml:19:10: L104" in told or "measures.yaml:20:" in told
    assert "ledger edit M2 to mend it, or ledger undo to take it back" in told
    called = editor("title: [A responsibility", "title: A responsibility")
    run("edit", "M2", cwd=book)
    assert f"{book}/measures.yaml" in called.read_text()
    assert (book / "measures.yaml").read_text() == before
    run("undo", "--yes", cwd=book)
    run("undo", "--yes", cwd=book)
    assert (book / "measures.yaml").read_text() == before


def test_an_error_that_was_not_there_is_said_with_its_place(run, book: Path, editor):
    editor("id: M2", "id: M1")
    told = run("edit", "M2", cwd=book, code=1).err
    assert "measures.yaml:18:7: L201" in told


def test_what_was_changed_by_hand_before_is_a_commit_of_its_own(run, book: Path, editor, subjects):
    (book / "measures.yaml").write_text((book / "measures.yaml").read_text() + "# mine\n")
    editor("lead: environment office", "lead: x")
    run("edit", "M2", cwd=book)
    assert subjects(book)[:2] == ["edited M2: lead changed", "changed by hand: measures.yaml"]


def test_without_a_history_it_edits_all_the_same(run, book: Path, editor, subjects):
    path = book / "ledger.yaml"
    path.write_text(path.read_text().replace("history: auto", "history: off"))
    editor("lead: environment office", "lead: x")
    run("edit", "M2", cwd=book)
    assert len(subjects(book)) == 1


def test_an_editor_that_fails_is_not_taken_for_an_edit(run, book: Path, editor):
    editor("a", "a", code=1)
    assert "the editor ended with 1" in run("edit", "M2", cwd=book, code=2).err


def test_without_an_editor_or_a_terminal_it_says_what_to_set(run, book: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    assert "set EDITOR" in run("edit", "M2", cwd=book, code=2).err
    monkeypatch.setenv("EDITOR", str(book / "none"))
    assert "cannot start the editor" in run("edit", "M2", cwd=book, code=2).err


@pytest.mark.parametrize("editor, line", [
    ("vi", "vi +7 f.yaml"), ("/usr/bin/nano -w", "/usr/bin/nano -w +7 f.yaml"), ("emacs", "emacs +7 f.yaml"),
    ("code", "code --wait -g f.yaml:7"), ("code --wait", "code --wait -g f.yaml:7"), ("codium -w", "codium -w -g f.yaml:7"),
    ("hx", "hx f.yaml:7"), ("subl", "subl --wait f.yaml:7"), ("notepad++.exe", "notepad++.exe -n7 f.yaml"),
    ("gedit2", "gedit2 f.yaml"),
])  # fmt: skip
def test_each_editor_is_told_the_line_in_its_own_way(editor: str, line: str):
    if os.name != "nt":
        assert " ".join(editor_line(editor, "f.yaml", 7)) == line


def test_an_item_that_is_not_there_is_a_sentence(run, book: Path, editor):
    editor("a", "a")
    assert "the ledger has no item M9" in run("edit", "M9", cwd=book, code=2).err
