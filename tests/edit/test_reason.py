"""Who wants a change of the plan, since when and why: it stands in the history behind the sentence of the change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.history import git
from tests.paper import files, item


@pytest.fixture
def book(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    run("init", "book")
    return tmp_path / "book"


@pytest.mark.parametrize("line, told", [
    ("set M1 lead=South -u Mayor -d 2026-11-20 -m agreed", "(Mayor 2026-11-20: agreed)"),
    ("set M1 lead=South --by Mayor", "(Mayor)"),
    ("set M1 lead=South --text agreed", "(agreed)"),
    ("add measures title=Noise lead=South due=2027-12-31 -u Mayor -m agreed", "(Mayor: agreed)"),
])  # fmt: skip
def test_the_reason_stands_in_the_history(run, book: Path, line: str, told: str):
    run(*line.split(), cwd=book)
    assert git(book, "log", "-1", "--format=%s").endswith(told)
    assert told in " ".join(run("history", cwd=book).out.split())


def test_undo_says_why_too(run, book: Path):
    run("set", "M1", "lead=South", cwd=book)
    run("undo", "--yes", "-m", "the wrong item", cwd=book)
    assert git(book, "log", "-1", "--format=%s").endswith("(the wrong item)")


def test_the_day_of_add_is_the_day_it_entered(run, book: Path):
    run("add", "measures", "title=Noise", "lead=South", "due=2027-12-31", "-d", "2026-11-02", cwd=book)
    assert "added: 2026-11-02" in (book / "measures.yaml").read_text()


def test_where_there_is_no_history_it_is_said_that_the_reason_is_kept_nowhere(run, make_ledger):
    here = make_ledger(files([item("M1", lead="North")]))
    assert "kept nowhere" in run("set", "M1", "lead=South", "-m", "agreed", cwd=here).err
    assert "kept nowhere" not in run("set", "M1", "lead=East", cwd=here).err


def test_import_takes_unit_and_day_for_rows_that_name_none(run, make_ledger):
    here = make_ledger(files([item("M1", lead="North")]))
    rows = "date,item,event,value,by\n,M1,report,,\n2026-11-03,M1,progress,40,South\n"
    (here / "facts.csv").write_text(rows)
    run("import", "facts.csv", "--journal", "-u", "North", "-d", "2026-11-02", cwd=here)
    written = "".join(path.read_text() for path in here.glob("journal/**/*.csv"))
    assert "2026-11-02,M1,report,,,North," in written
    assert "2026-11-03,M1,progress,,40,South," in written
    assert (
        "nothing to write" in run("import", "facts.csv", "--journal", "-u", "North", "-d", "2026-11-02", cwd=here).out
    )


def test_a_decision_in_a_sheet_is_never_taken_in_the_name_of_the_option(run, make_ledger):
    here = make_ledger(files([item("M1", lead="North")]))
    (here / "facts.csv").write_text("date,item,event,until,doc,note\n2026-11-03,M1,extend,2027-01-01,n. 1,floods\n")
    assert "by" in run("import", "facts.csv", "--journal", "-u", "North", code=2, cwd=here).out


@pytest.mark.parametrize(
    "line", ["form --all -n", "letter reminder -n", "add measures title=x lead=y due=2027-01-01 -n"]
)
def test_a_dry_run_writes_nothing_and_says_so(run, book: Path, line: str):
    before = sorted(book.rglob("*"))
    assert "nothing was written" in run(*line.split(), cwd=book).err
    assert sorted(path for path in book.rglob("*") if ".git" not in path.parts) == [
        path for path in before if ".git" not in path.parts
    ]
