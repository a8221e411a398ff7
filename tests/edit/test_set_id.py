"""`ledger set ID id=NEW`: two branches took the same next id, and one of the two items gets another."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.history import git
from tests.paper import item, yaml

HEADER = "date,item,event,key,value,by,until,doc,text,note\n"


SETTINGS = """\
ledger: 1
title: t
language: en
start: 2017-01-01
archived: 2018-12-31
books: {measures: {path: measures.yaml}}
"""


def _plan(*items: dict) -> str:
    return yaml(list(items))


M1, X, Y = item("M1", title="first"), item("M2", title="X"), item("M2", title="Y")


@pytest.fixture
def book(make_ledger) -> Path:
    """A repository in which two branches that both took M2 are merged; neither merge nor lines are in any seal."""
    root = make_ledger({
        "ledger.yaml": SETTINGS,
        "measures.yaml": _plan(M1),
        "journal/2018/office.csv": HEADER + "2018-01-01,M1,start,,,u,,,,\n",
        ".gitattributes": "journal/**/*.csv merge=union\n",
    })  # fmt: skip
    git(root, "init", "--quiet", "-b", "main")
    _commit(root, "start")
    git(root, "checkout", "--quiet", "-b", "works")
    _write(root, _plan(M1, Y), "works", "2018-03-01,M2,start,,,v,,,,\n2018-03-02,M2,report,,,v,,,words of Y,\n")
    _commit(root, "Y")
    git(root, "checkout", "--quiet", "main")
    _write(root, _plan(M1, X), "office2", "2018-02-01,M2,start,,,u,,,,\n")
    _commit(root, "X")
    git(root, "merge", "--quiet", "--no-commit", "-s", "ours", "works")
    git(root, "checkout", "works", "--", "journal/2018/works.csv")
    (root / "measures.yaml").write_text(_plan(M1, X, Y))
    return root


def _write(root: Path, plan: str, writer: str, lines: str) -> None:
    (root / "measures.yaml").write_text(plan)
    (root / "journal" / "2018" / f"{writer}.csv").write_text(HEADER + lines)


def _commit(root: Path, message: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", message)


def _rows(root: Path) -> list[tuple[str, str, str, str]]:
    found = []
    for path in sorted((root / "journal").rglob("*.csv")):
        with path.open(newline="") as stream:
            found += [(row["item"], row["date"], row["event"], row["key"]) for row in csv.DictReader(stream)]
    return sorted(found)


def test_the_finding_says_what_to_do(book: Path, run):
    out = run("-C", book, "check", "--select", "L201", code=1).out
    assert "error L201 the id M2 is taken at" in out
    assert "ledger set M2 id=NEW renumbers this one with its" in out


@pytest.mark.parametrize("merged", [False, True])
def test_the_later_item_goes_with_the_lines_of_its_branch_by_void_and_new_line(book: Path, run, merged: bool):
    if merged:
        _commit(book, "merge")
    result = run("-C", book, "set", "M2", "id=M3")
    assert "M2 (Y) is M3 now; journal lines changed in place: 0, voided and written anew: 2" in result.out
    assert (book / "measures.yaml").read_text() == _plan(M1, X, Y | {"id": "M3"})
    rows = _rows(book)
    assert all(re.fullmatch(r"2018-03-0./(start|report)///v#[0-9a-f]{8}", key) for *_, event, key in rows
               if event == "void")  # fmt: skip
    assert [row[:3] for row in rows] == [
        ("M1", "2018-01-01", "start"), ("M2", "2018-02-01", "start"), ("M2", "2018-03-01", "start"),
        ("M2", "2018-03-01", "void"), ("M2", "2018-03-02", "report"), ("M2", "2018-03-02", "void"),
        ("M3", "2018-03-01", "start"), ("M3", "2018-03-02", "report"),
    ]  # fmt: skip
    assert "0 errors" in run("-C", book, "check").out
    assert "words of Y" in run("-C", book, "show", "M3").out


def test_uncommitted_lines_are_changed_where_they_stand(book: Path, run):
    git(book, "reset", "--quiet", "--hard", "main")
    (book / "measures.yaml").write_text(_plan(M1, X, Y))
    path = book / "journal" / "2018" / "office.csv"
    before = path.read_text()
    path.write_text(before + "2018-03-01,M2,report,,,v,,,typed today,\n")
    result = run("-C", book, "set", "M2", "id=M3")
    assert "changed in place: 1, voided and written anew: 0" in result.out
    assert path.read_text() == before + "2018-03-01,M3,report,,,v,,,typed today,\n"
    assert ("M2", "2018-02-01", "start", "") in _rows(book)


def test_an_item_alone_takes_all_its_lines_and_the_links_to_it_along(book: Path, run):
    git(book, "reset", "--quiet", "--hard", "works")
    (book / "measures.yaml").write_text(_plan(M1 | {"measures": ["M2"]}, Y))
    assert "links changed in M1" in run("-C", book, "set", "M2", "id=M9").out
    assert (book / "measures.yaml").read_text() == _plan(M1 | {"measures": ["M9"]}, Y | {"id": "M9"})
    assert "0 errors" in run("-C", book, "check").out


def test_what_a_seal_covers_keeps_its_id_and_the_other_one_goes(book: Path, run):
    """X was sealed before the merge, and stands behind Y in the plan."""
    git(book, "reset", "--quiet", "--hard", "main")
    (book / "ledger.yaml").write_text(SETTINGS + "time_nodes: [{id: a, date: 2018-12-31}]\n")
    run("-C", book, "report", "weekly", "--week", "2018-W10", "--publish")
    (book / "measures.yaml").write_text(_plan(M1, Y, X))
    assert "M2 (Y) is M3 now" in run("-C", book, "set", "M2", "id=M3").out
    refused = run("-C", book, "set", "M2", "id=M4", code=2).err
    assert "M2 is in the baseline or in a seal: its id stays" in refused
    assert "ledger record withdraw M2" in refused


def test_what_the_baseline_has_keeps_its_id(book: Path, run):
    git(book, "reset", "--quiet", "--hard", "main")
    commit = git(book, "rev-parse", "HEAD").strip()
    (book / "ledger.yaml").write_text(SETTINGS + f"baseline: {{tag: approved, commit: {commit}}}\n")
    (book / "measures.yaml").write_text(_plan(M1, Y, X))
    assert "M2 (Y) is M3 now" in run("-C", book, "set", "M2", "id=M3").out
    assert "its id stays" in run("-C", book, "set", "M2", "id=M4", "--force", code=2).err


@pytest.mark.parametrize("new, word", [("M1", "is taken"), ("m1", "is taken"), ("a b", "id")])
def test_an_id_that_is_taken_or_is_none_is_refused(book: Path, run, new: str, word: str):
    assert word in run("-C", book, "set", "M2", f"id={new}", code=2).err


def test_two_lines_that_a_void_could_not_tell_apart_are_refused(book: Path, run):
    path = book / "journal" / "2018" / "office2.csv"
    path.write_text(path.read_text() + "2018-03-01,M2,start,,,v,,,,another note\n")
    before = _rows(book)
    assert "cannot be told apart" in run("-C", book, "set", "M2", "id=M3", code=2).err
    assert _rows(book) == before


def test_two_lines_of_other_words_are_told_apart_by_their_fingerprint(book: Path, run):
    path = book / "journal" / "2018" / "office2.csv"
    path.write_text(path.read_text() + "2018-03-01,M2,start,,,v,,,the same day,\n")
    assert "M2 (Y) is M3 now" in run("-C", book, "set", "M2", "id=M3").out
    assert "words of Y" in run("-C", book, "show", "M3").out
    assert "the same day" in run("-C", book, "show", "M2").out
