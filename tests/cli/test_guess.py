"""What people type who know other programs, help in its many forms, and what is asked on a terminal."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from pathlib import Path

import pytest

from ledger.cli import guess
from ledger.cli.main import COMMANDS, GROUPS, PLACES
from ledger.model.entry import EVENTS
from tests.conftest import ROOT
from tests.paper import fact, files, item


@pytest.mark.parametrize("typed, line", [
    ("done M18", "ledger record done M18"), ("销号 M18", "ledger record close M18"), ("extend", "ledger record extend ID"),
    ("lint", "ledger check"), ("rm M18", "ledger record withdraw M18 --by … --doc … --note …"), ("view M1", "ledger show M1"),
    ("ls", "ledger list"), ("grep 污水", "ledger list 污水"), ("search a b", "ledger list a b"), ("log", "ledger history"),
    ("balance", "ledger status"), ("reg", "ledger list --entries"), ("next", "ledger due"), ("annotate M1", "ledger record report M1 -m …"),
    ("周报", "ledger report weekly"), ("导入 a.xlsx", "ledger import a.xlsx"), ("M18", "ledger show M18"),
    ("M18 started=46", "ledger record M18 started=46"), ("modify M1 lead=x", "ledger set M1 lead=x"), ("version", "ledger --version"),
    ("完成 M1", "ledger record done M1"), ("甘特图", "ledger chart gantt -o wall.svg"), ("pr", "ledger requests"),
])  # fmt: skip
def test_a_guess_is_answered_with_the_line_to_type(run, typed: str, line: str):
    err = run(*typed.split(), code=2).err
    assert err.rstrip().endswith(f"no such command: {typed.split()[0]}. Write {line}")


def test_every_guess_leads_to_a_command_that_there_is_and_hides_none():
    for word, line in guess.GUESSES.items():
        assert word not in PLACES, word
        # Commands that are still being built are offered as soon as they are there.
        assert line.split()[0] in {*PLACES, "sync", "edit", "undo", "history", "--version", "help"}, line


def test_help_has_every_command_in_a_group_with_examples_before_and_the_environment_behind(run):
    out = run("--help").out
    assert out.index("Examples:") < out.index("ledger status") < out.index("Commands:")
    assert all(name in out for name in COMMANDS)
    shown = [name for names in GROUPS.values() for name in names]
    assert len(shown) == len(set(shown))
    assert out.index("LEDGER_UNIT") > out.index("completion")


def test_help_of_a_command_can_be_asked_for_in_front(run):
    assert run("help", "list").out == run("list", "--help").out
    assert run("help", "report", "weekly").out == run("report", "weekly", "--help").out
    assert run("help").out == run("--help").out


@pytest.mark.parametrize("event", EVENTS)
def test_record_tells_what_each_event_needs(run, event: str):
    out = run("record", "--help", event).out
    needed = out.partition("Needed:")[2].partition("\n\n")[0]
    own = list(EVENTS[event].required)
    assert all(f"--{name}" in needed for name in own)
    assert out == run("help", EVENTS[event].label.zh).out
    assert out.startswith(f"{event} (")


def test_json_is_short_for_the_format(run, make_ledger):
    here = make_ledger(files([item("M1")], archived="2017-12-31"))
    for command in ("list", "status", "due", "check"):
        short = run("-C", here, command, "--json").out
        assert short == run("-C", here, command, "--format", "json").out
    assert '"ledger/refused/1"' in run("-C", here, "list", "leed:x", "--json", code=2).out


class Terminal:
    """A terminal on which `ledger` runs; somebody types the answers when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str, answers: tuple[str, ...] = ()) -> tuple[int, str]:
        pid, stream = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.environ.update(PYTHONPATH=str(ROOT), LEDGER_LANG="en", PYTHONUTF8="1")
            os.execv(sys.executable, [sys.executable, "-m", "ledger", *arguments])
        said, left = b"", list(answers)
        end = time.monotonic() + 50
        while time.monotonic() < end:
            if not select.select([stream], [], [], 0.1)[0]:
                # A question ends in a colon and a blank, and then nothing comes.
                if left and said.endswith(b": "):
                    os.write(stream, left.pop(0).encode() + b"\n")
                    said += b"\0"
                continue
            try:
                said += os.read(stream, 4096)
            except OSError:
                break
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said.decode()


@pytest.fixture
def terminal(make_ledger) -> Terminal:
    plan = [item("M1", targets={"built": {"name": "建成", "goal": 3}, "open": {"name": "开放", "goal": 4}})]
    return Terminal(make_ledger(files(plan, [fact("2017-10-01", "start", "M1")])))


def test_what_is_missing_is_asked_for_on_a_terminal_with_the_choices(terminal: Terminal):
    code, said = terminal.run("record", "reading", "M1", answers=("shut", "开放", "2"))
    assert code == 0
    assert "open  开放" in said
    assert "M1 has no shut" in said
    text = "".join(path.read_text() for path in terminal.folder.glob("journal/**/*.csv"))
    assert "M1,reading,open,2" in text


def test_a_new_item_is_asked_for_field_by_field(terminal: Terminal):
    code, said = terminal.run("add", "measures", answers=("a title", "a lead", "soon", "immediate"))
    assert code == 0
    assert "immediate" in said
    assert '"title": "a title"' in (terminal.folder / "measures.yaml").read_text()


def test_an_argument_that_is_missing_is_asked_for_and_beginnings_are_taken(terminal: Terminal):
    code, said = terminal.run("sho", answers=("M1",))
    assert code == 0, said
    assert "ledger: sho → show" in said
    assert "M1  title of M1" in said


def test_without_a_terminal_nothing_is_ever_asked(run, terminal: Terminal):
    for arguments in (("record", "reading", "M1"), ("add", "measures"), ("show",), ("sho", "M1"), ("record",)):
        before = {path: path.read_bytes() for path in terminal.folder.rglob("*") if path.is_file()}
        run(*arguments, code=2, cwd=terminal.folder)
        assert {path: path.read_bytes() for path in terminal.folder.rglob("*") if path.is_file()} == before


def test_a_short_letter_means_one_thing_in_every_command():
    import click

    from ledger.cli.main import main

    shared: dict[str, set[str]] = {}
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        for param in command.params:
            letters = [one for one in param.opts if len(one) == 2] if isinstance(param, click.Option) else []
            for letter in letters:
                own = {one for one in param.opts if one.startswith("--")} or {param.name or ""}
                shared[letter] = shared.get(letter, own) & own
    # Every short letter has a long spelling that goes with it wherever it stands.
    assert all(shared.values()), shared
    assert set(shared) == {"-C", "-d", "-m", "-n", "-o", "-q", "-u", "-y"}


@pytest.mark.parametrize(
    "asked, line", [("record", "EVENT ID…"), ("done", "ledger record done ID"), ("show", "show [")]
)
def test_help_is_told_behind_the_folder_of_a_ledger_too(run, tmp_path: Path, asked: str, line: str):
    assert line in run("-C", tmp_path, "help", asked).out
