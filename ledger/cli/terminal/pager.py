"""Long words for people go through the pager of the environment, where stdout is a terminal."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys

import click

_USUAL = "FRX"
"""What `less` does unless `$LESS` says otherwise: what fits on the screen stays there, colours are colours."""


def paged(text: str) -> bool:
    """Shows a text on the terminal that stdout is, in the pager; False where it is short, not wanted, or the pager
    failed: then nothing is lost if the caller writes it as it is.

    `$LEDGER_PAGER` beats `$PAGER`, both beat `less`; one that is empty, or `cat`, is none; so does `--no-pager`.
    """
    if not _is_wanted() or text.count("\n") < shutil.get_terminal_size((80, 24)).lines:
        return False
    command = _pager()
    return bool(command) and _piped(text, command)


def _is_wanted() -> bool:
    ctx = click.get_current_context(silent=True)
    return ctx is None or not ctx.find_root().params.get("no_pager")


def _pager() -> str:
    """The command line of the pager; empty for none."""
    for name in ("LEDGER_PAGER", "PAGER"):
        if (command := os.environ.get(name)) is not None:
            return "" if command.strip() in ("", "cat") else command
    return "less" if shutil.which("less") else ""


def _piped(text: str, command: str) -> bool:
    """Whether the pager took the text. The reader who leaves it early has seen enough; Ctrl-C is the pager's own."""
    env = {"LESS": _USUAL, "LV": "-c", **os.environ}
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    sys.stdout.flush()
    try:
        # A shell, as for git: people write `PAGER='less -R | tee log'`.
        pager = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=env)
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pager.communicate(text.encode(encoding, "backslashreplace"))
    except OSError:
        pager.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return pager.returncode == 0
