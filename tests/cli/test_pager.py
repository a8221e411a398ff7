"""Long output on a terminal goes through the pager of the environment, and nothing is lost where that fails."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from ledger.cli.main import _exit_code
from ledger.cli.terminal import progress, working
from ledger.model.words import Words
from tests.paper import fact, files, item

pytestmark = [pytest.mark.quick, pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")]

LONG = files([item(f"M{n}", due="2017-06-30") for n in range(60)], [fact("2017-03-01", "start", "M1")])


class Terminal(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="", write_through=True)

    def isatty(self) -> bool:
        return True

    def getvalue(self) -> str:
        return self.buffer.getvalue().decode()


@pytest.fixture
def book(make_ledger) -> Path:
    return make_ledger(LONG)


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Runs a command on a terminal of 24 lines; gives what stands on it, and what the pager was given."""

    def call(*arguments: object, pager: str = "", rows: int = 24, **env: str) -> tuple[int, str, str]:
        kept = tmp_path / "paged.txt"
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("LINES", str(rows))
        monkeypatch.setenv("PAGED", str(kept))
        monkeypatch.setenv("LEDGER_PAGER", pager or 'cat > "$PAGED"')
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        screen = Terminal()
        monkeypatch.setattr(sys, "stdout", screen)
        code = _exit_code([str(argument) for argument in arguments])
        return code, screen.getvalue(), kept.read_text("utf-8") if kept.exists() else ""

    return call


def test_what_is_longer_than_the_screen_goes_to_the_pager(on_terminal, book):
    code, screen, paged = on_terminal("-C", book, "due", "--as-of", "2017-12-31")
    assert (code, screen) == (1, "")
    assert "title of M59" in paged


def test_what_fits_on_the_screen_stays_there(on_terminal, book):
    _, screen, paged = on_terminal("-C", book, "due", "--as-of", "2017-12-31", rows=500)
    assert "title of M59" in screen
    assert paged == ""


def test_no_pager_is_asked_for_none(on_terminal, book):
    _, screen, paged = on_terminal("-C", book, "--no-pager", "due", "--as-of", "2017-12-31")
    assert ("title of M59" in screen, paged) == (True, "")


@pytest.mark.parametrize("pager", ["false", "no-such-program-anywhere", "cat", " "])
def test_a_pager_that_fails_or_is_none_loses_nothing(on_terminal, book, pager: str):
    _, screen, _ = on_terminal("-C", book, "due", "--as-of", "2017-12-31", pager=pager)
    assert "title of M59" in screen


def test_the_pager_of_the_ledger_beats_that_of_the_environment(on_terminal, book):
    _, _, paged = on_terminal("-C", book, "due", "--as-of", "2017-12-31", PAGER="false")
    assert "title of M59" in paged


@pytest.mark.parametrize("options", [("--format", "json"), ("--format", "csv"), ("-o", "due.txt")])
def test_what_programs_read_and_files_go_through_no_pager(on_terminal, book, options):
    _, _, paged = on_terminal("-C", book, "due", "--as-of", "2017-12-31", *options)
    assert paged == ""


def test_ledger_alone_inside_a_ledger_shows_what_needs_attention(on_terminal, book, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LEDGER_DIR", str(book))
    code, screen, _ = on_terminal()
    assert code == 0
    assert "overdue 60" in screen
    lines = screen.splitlines()
    assert sum("title of M" in line for line in lines) == 10
    assert "and 50 more" in screen
    assert [line.split("  ")[1] for line in lines[-3:]] == ["ledger due", "ledger status", "ledger check"]


def test_ledger_alone_outside_of_a_ledger_or_into_a_pipe_is_help(on_terminal, run_any, book, monkeypatch):
    piped = run_any(cwd=book)
    assert "Usage" in piped.out + piped.err
    monkeypatch.delenv("LEDGER_DIR", raising=False)
    _, screen, _ = on_terminal()
    assert "overdue" not in screen


def test_long_work_is_named_on_a_terminal_only_and_taken_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm")
    told = {}
    for kind in (Terminal, io.StringIO):
        monkeypatch.setattr(sys, "stderr", kind())
        with working(Words("画", "drawing"), 2887, "en"):
            pass
        told[kind] = sys.stderr.getvalue()
    assert told == {Terminal: "\r\x1b[Kledger: drawing 2,887 items …\r\x1b[K", io.StringIO: ""}


def test_counting_says_nothing_in_the_first_second(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress(Words("收表", "forms"), 3, "en") as tell:
        tell(2)
    assert sys.stderr.getvalue() == ""
