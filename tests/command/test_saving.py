"""What a command says that could not save."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from ledger.command import changing
from ledger.source.lock import locked
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
    assert "journal/2017/office.csv is not inside the ledger's folder; nothing was written" in result.err
    assert (tmp_path / "elsewhere.csv").read_bytes() == before
