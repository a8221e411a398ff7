"""What a command says that could not save."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from ledger.edit import session as changing
from ledger.storage.lock import locked
from tests.history import git
from tests.paper import files, item

RECORD = ("record", "report", "M1", "--date", "2017-06-30", "--text", "x")


@pytest.fixture
def ledger(make_ledger) -> Path:
    return make_ledger(files([item()]))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_while_another_process_writes_it_waits_and_then_gives_up(run, ledger: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(changing, "locked", functools.partial(locked, seconds=0.1))
    before = contents(ledger)
    with locked(ledger):
        result = run("-C", ledger, *RECORD, code=2)
    assert result.err == (
        "ledger: another process is writing this ledger; waited 0.1 s; nothing was written\n"
        "  run the command again when it has finished\n"
    )
    assert result.out == ""
    assert contents(ledger) == before
    run("-C", ledger, *RECORD)


def test_a_read_only_journal_is_said_and_kept(run, ledger: Path):
    (ledger / "journal" / "2017" / "office.csv").chmod(0o444)
    before = contents(ledger)
    result = run("-C", ledger, *RECORD, code=2)
    assert "cannot write journal/2017/office.csv: permission denied; nothing was written" in result.err
    assert contents(ledger) == before


def test_a_journal_that_leads_out_of_the_ledger_is_refused(run, ledger: Path, tmp_path: Path):
    journal = ledger / "journal" / "2017" / "office.csv"
    journal.rename(tmp_path / "elsewhere.csv")
    journal.symlink_to(tmp_path / "elsewhere.csv")
    before = (tmp_path / "elsewhere.csv").read_bytes()
    result = run("-C", ledger, *RECORD, code=2)
    assert "journal/2017/office.csv:1:1: L101 a symbolic link is not read" in result.err
    assert (tmp_path / "elsewhere.csv").read_bytes() == before


@pytest.mark.parametrize("command, output", [
    (("report", "weekly", "--week", "2017-W20"), "journal/2017/new.csv"),
    (("report", "weekly", "--week", "2017-W20", "--publish", "--format", "text"), "claims.yaml"),
    (("report", "weekly", "--week", "2017-W20", "--format", "text"), "measures.yaml"),
    (("status", "--as-of", "2017-06-30"), "ledger.yaml"), (("list", "--as-of", "2017-06-30"), "waivers.yaml"),
    (("list", "--as-of", "2017-06-30", "--at", "HEAD"), "ledger.yaml"), (("explain", "L401"), "ledger.yaml"),
    (("form", "--all", "--format", "csv", "--week", "2017-W20"), "journal/forms"),
    (("chart", "gantt", "--as-of", "2017-06-30"), "measures.yaml"),
])  # fmt: skip
def test_a_result_is_never_written_over_what_the_ledger_reads(run, make_ledger, command, output):
    root = make_ledger(files([item()], time_nodes=[{"id": "2017", "date": "2017-12-31"}]))
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "plan")
    before = contents(root)
    place = () if command[0] == "explain" else ("-C", root)
    result = run(*place, *command, "-o", output, code=2, cwd=root)
    assert "is a file of the ledger itself; nothing was written" in result.err
    assert contents(root) == before


def test_a_result_may_lie_beside_the_files_of_the_ledger(run, ledger: Path):
    run("-C", ledger, "list", "--as-of", "2017-06-30", "--format", "csv", "-o", ledger / "list.csv")
    assert (ledger / "list.csv").is_file()
