"""What undo, edit, sync and history do, told to a program."""

from __future__ import annotations

import json
from pathlib import Path

from tests.history import git


def told(result):
    value = json.loads(result.out)
    assert value["schema"] == "ledger/written/1"
    return value


def test_undo_names_the_commit_and_what_changes_by_meaning(run, book: Path):
    run("-C", book, "record", "M1", "start")
    newest = git(book, "rev-parse", "HEAD").strip()
    shown = told(run("-C", book, "undo", "-n", "--json"))
    assert (shown["written"], shown["dry_run"], shown["undoes"]) == (False, True, newest)
    done = told(run("-C", book, "undo", "--yes", "--json"))
    assert (done["written"], done["undoes"]) == (True, newest)
    assert [one["kind"] for one in done["changes"]] == ["entry_removed"] == [one["kind"] for one in shown["changes"]]


def test_edit_tells_what_it_broke(run, book: Path, monkeypatch):
    monkeypatch.setenv("EDITOR", "sed -i s/2027-12-31/soon/")
    done = told(run("-C", book, "edit", "M1", "--json", code=1))
    assert [one["path"] for one in done["files"]] == ["measures.yaml"]
    assert {(one["code"], one["severity"]) for one in done["findings"]} == {("L104", "error")}


def test_sync_counts_what_went_which_way(run, book: Path, tmp_path: Path):
    (tmp_path / "stick").mkdir()
    first = told(run("-C", book, "sync", tmp_path / "stick", "--json"))
    assert (first["brought"], first.get("conflicts")) == (0, None)
    assert first["taken"] > 0
    assert told(run("-C", book, "sync", "--json"))["written"] is False
    other = told(run("sync", tmp_path / "stick", "--clone", tmp_path / "other", "--json"))
    assert other["next"].endswith("status")


def test_the_history_that_is_there_begins_no_more(run, book: Path):
    assert told(run("-C", book, "history", "--begin", "--json"))["written"] is False


def test_a_sync_is_looked_at_before_it_is_done(run, book: Path, tmp_path: Path):
    (tmp_path / "stick").mkdir()
    run("-C", book, "record", "M1", "start")
    shown = told(run("-C", book, "sync", tmp_path / "stick", "-n", "--json"))
    assert (shown["written"], shown["brought"], shown["taken"]) == (False, 0, 2)
    assert not list((tmp_path / "stick").iterdir())
    assert told(run("-C", book, "sync", tmp_path / "stick", "--json"))["taken"] == 2
