"""Shell completion: the script, and what it offers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.conftest import DATA, ROOT
from tests.paper import files, item


@pytest.mark.parametrize(
    "shell, sign",
    [("bash", "complete -o"), ("zsh", "#compdef ledger"), ("fish", "complete --no-files --command ledger")],
)
def test_the_script_of_a_shell(run, shell: str, sign: str):
    out = run("completion", shell).out
    assert sign in out
    assert "_LEDGER_COMPLETE" in out


def offered(spawn, *words: str) -> list[str]:
    """What bash offers for the last word."""
    env = {
        "_LEDGER_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["ledger", *words]),
        "COMP_CWORD": str(len(words)),
        "LEDGER_DIR": str(DATA),
    }
    return [line.split(",", 1)[1] for line in spawn(**env).out.splitlines()]


def test_commands_are_completed(spawn):
    assert offered(spawn, "st") == ["status"]


def test_ids_are_completed_whatever_their_case(spawn):
    assert offered(spawn, "show", "M1") == [f"M1{n}" for n in range(10)]
    assert offered(spawn, "show", "p-sewer-") == ["P-sewer-xipeng", "P-sewer-shimahe", "P-sewer-28"]


def test_fields_of_a_query_and_their_words_are_completed(spawn):
    assert offered(spawn, "list", "sched") == ["schedule:"]
    assert offered(spawn, "list", "schedule:o") == ["schedule:overdue", "schedule:on_schedule", "schedule:on_time"]
    assert offered(spawn, "list", "lead:市城管") == ["lead:市城管委"]


def test_without_a_ledger_nothing_is_offered_and_nothing_said(spawn, tmp_path):
    env = {
        "_LEDGER_COMPLETE": "bash_complete",
        "COMP_WORDS": "ledger show M",
        "COMP_CWORD": "2",
        "LEDGER_DIR": str(tmp_path),
    }
    result = spawn(**env)
    assert (result.out.strip(), result.err) == ("", "")


def test_a_broken_ledger_still_offers_what_it_holds(spawn, make_ledger):
    root = make_ledger({
        "ledger.yaml": "ledger: 1\ntitle: t\nbooks:\n  m: {name: m, path: m.yaml}\n",
        "m.yaml": "- {id: M1, title: t, lead: l, due: 2017-12-31}\n- {id: M2, title: [\n",
    })  # fmt: skip
    env = {
        "_LEDGER_COMPLETE": "bash_complete",
        "COMP_WORDS": "ledger show M",
        "COMP_CWORD": "2",
        "LEDGER_DIR": str(root),
    }
    result = spawn(**env)
    assert (result.out, result.err) == ("plain,M1\nplain,M2\n", "")


_SHELLS = {
    "bash": 'source {script}; COMP_LINE="{line}"; COMP_POINT=${{#COMP_LINE}}; COMP_WORDBREAKS=" =:"; '
    '_ledger_completion ledger 2>/dev/null; printf "%s\\n" "${{COMPREPLY[@]}}"',
    "fish": "source {script}; complete -C '{line}'",
}


@pytest.mark.parametrize("shell", list(_SHELLS))
@pytest.mark.parametrize("line, offered", [
    ("ledger record M1 ", "upgraded="), ("ledger record M1 done -u Nor", "North district"),
])  # fmt: skip
def test_the_shell_itself_completes(run, tmp_path: Path, shell: str, line: str, offered: str):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    run("init", "book")
    (tmp_path / "script").write_text(run("completion", shell).out)
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "ledger").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m ledger "$@"\n')
    (bin_ / "ledger").chmod(0o755)
    text = _SHELLS[shell].format(script=tmp_path / "script", line=line)
    env = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}
    done = subprocess.run([shell, "-c", text], cwd=tmp_path / "book", env=env, capture_output=True, check=False)
    found = [one.split("\t")[0].replace("\\ ", " ") for one in done.stdout.decode().splitlines()]
    assert offered in found, done.stderr.decode()


@pytest.mark.quick
def test_whatever_a_command_says_it_offers_can_be_asked_for(monkeypatch):
    from ledger.cli.main import PLACES, main

    monkeypatch.chdir(DATA)
    ctx = click.Context(main, resilient_parsing=True)
    for name in PLACES:
        command = main.get_command(ctx, name)
        assert command is not None
        inner = click.Context(command, parent=ctx, info_name=name, resilient_parsing=True)
        for param in command.get_params(inner):
            param.shell_complete(inner, "")


@pytest.mark.parametrize("line, names", [
    (("status", "--by", "tag."), ["tag.class", "tag.person"]), (("forecast", "--by", "b"), ["book"]),
    (("hand-up", "--with", "tags."), ["tags.person"]),
    (("report", "trend", "--figure", "measures.rates.done_of_d"),
     ["measures.rates.done_of_due", "measures.rates.done_of_due_original"]),
])  # fmt: skip
def test_groups_private_tags_and_figures_are_completed(make_ledger, line, names):
    from click.shell_completion import ShellComplete

    from ledger.cli.main import main

    book = make_ledger(files([item("M1")], tags={"class": {"public": True}, "person": {}}))
    *words, begun = line
    asked = ShellComplete(main, {}, "ledger", "_LEDGER_COMPLETE")
    assert [one.value for one in asked.get_completions(["-C", str(book), *words], begun)] == names
