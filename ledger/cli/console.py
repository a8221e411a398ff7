"""The terminal itself: long words for people go through the pager; a console of Windows may obey escape sequences."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from typing import Any

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


_ESCAPES = 0x0004
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING, which consoles before Windows 10 do not take."""


class Console:
    """What the system's library says of consoles. It can be made on Windows only."""

    def __init__(self) -> None:
        self._library: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]

    def mode(self, file: int) -> int | None:
        """The mode of the console behind a file descriptor; None where there is no console, such as `NUL`."""
        held = ctypes.c_uint32()
        return held.value if self._library.GetConsoleMode(self._handle(file), ctypes.byref(held)) else None

    def set_mode(self, file: int, mode: int) -> bool:
        """Sets it; whether the console took it."""
        return bool(self._library.SetConsoleMode(self._handle(file), mode))

    def _handle(self, file: int) -> Any:  # noqa: ANN401 - a handle of Windows
        import msvcrt  # noqa: PLC0415 - on Windows only

        return ctypes.c_void_p(msvcrt.get_osfhandle(file))  # type: ignore[attr-defined]


def escapes_are_on(file: int, console: Console) -> bool:
    """Whether the console behind a file descriptor obeys escape sequences, after it was asked to."""
    mode = console.mode(file)
    return mode is not None and (bool(mode & _ESCAPES) or console.set_mode(file, mode | _ESCAPES))
