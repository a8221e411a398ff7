"""Processes that write a ledger and are killed, or meet a full disk, at a chosen step.

Run as a program: `python -m tests.source.doomed EXPERIMENT FOLDER …`. It forks its victims itself, being a process without
threads, and prints what it saw as JSON. The steps are counted by wrapping the calls of `os`; the product knows nothing of it.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import json
import os
import re
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ledger.source import lock
from ledger.source.files import Folder
from ledger.source.ledger_folder import read_ledger
from ledger.source.lock import locked
from ledger.source.not_saved import NotSaved
from ledger.source.save import Change, save_changes
from tests.paper import fact, files, item, journal

JOURNAL = "journal/2017/office.csv"
PLAN = "measures.yaml"
STEPS = (
    "open", "write", "fsync", "fstat", "close", "stat", "lstat", "chmod", "chown", "scandir", "mkdir", "rmdir", "unlink",
    "replace",
)  # fmt: skip
WRITING = ("open", "write", "fsync", "close", "chmod", "mkdir", "replace")
DIED, REFUSED, SAVED, UNHARMED, CRASHED = "died", "refused", "saved", "unharmed", "crashed"
_CODES = {70: CRASHED, 71: REFUSED, 72: SAVED, 73: UNHARMED}

_write, _read = os.write, os.read


def line_of(name: str) -> bytes:
    """One line of a journal; `name` is in its text."""
    return journal([fact("2017-06-30", "report", text=name)]).splitlines()[1].encode() + b"\n"


def make_ledger(root: Path) -> None:
    """A sound ledger with one item and one fact."""
    for path, text in files([item()], [fact("2017-06-30", "start", text="first")]).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())


def append(root: Path, name: str, path: str = JOURNAL) -> None:
    """One entry more in a journal file, which is started if there is none."""
    with locked(root, 300):
        target = root / path
        before = target.read_bytes() if target.exists() else None
        save_changes(root, [Change(path, before, (journal([]).encode() if before is None else before) + line_of(name))])


def edit_two(root: Path, name: str) -> None:
    """A new title in the plan and an entry in the journal."""
    with locked(root, 300):
        plan, facts = (root / PLAN).read_bytes(), (root / JOURNAL).read_bytes()
        edited = re.sub(rb"title of \w+", b"title of " + name.encode(), plan)
        save_changes(root, [Change(PLAN, plan, edited), Change(JOURNAL, facts, facts + line_of(name))])


WORK: dict[str, Callable[[Path], None]] = {
    "append": lambda root: append(root, "x"),
    "start a file": lambda root: append(root, "x", "journal/2018/office.csv"),
    "edit two": lambda root: edit_two(root, "x"),
}


def doom(step: int, names: tuple[str, ...], strike: Callable[[], None]) -> Callable[[], bool]:
    """Wraps these calls of `os` in this process: at the `step`-th of them comes `strike()`. Tells whether it has come.

    It comes in the middle of a write, after a close and after a file was opened as a stream, and before anything else.
    """
    left = step

    def wrapped(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **more: Any) -> Any:
            nonlocal left
            if name == "open file" and not set("wax+") & set(str((*arguments, "r")[1])):
                return call(*arguments, **more)
            left -= 1
            if left == 0:
                if name == "write":
                    call(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                if name in ("close", "open file"):
                    call(*arguments, **more)
                strike()
            return call(*arguments, **more)

        return counted

    for name in names:
        setattr(os, name, wrapped(name, getattr(os, name)))
    # Whoever opens a file to write it in its place has emptied it by the time of the strike.
    io.open = builtins.open = wrapped("open file", io.open)
    return lambda: left <= 0


def die() -> None:
    """As `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def fill_the_disk() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def in_a_child(work: Callable[[], str]) -> str:
    """What became of a process that does `work`, which names the end it came to."""
    child = os.fork()
    if child == 0:
        end = CRASHED
        try:
            end = work()
        except NotSaved:
            end = REFUSED
        finally:
            os._exit(next(code for code, name in _CODES.items() if name == end))
    _, status = os.waitpid(child, 0)
    return DIED if os.WIFSIGNALED(status) else _CODES[os.WEXITSTATUS(status)]


def struck(step: int, how: str, work: Callable[[], None]) -> str:
    """What became of `work` in a process that is killed at that step, or whose disk is full at it."""

    def run() -> str:
        reached = doom(step, STEPS, die) if how == "kill" else doom(step, WRITING, fill_the_disk)
        work()
        return SAVED if reached() else UNHARMED

    return in_a_child(run)


def seen(root: Path) -> dict[str, Any]:
    """The files of a ledger, what a reader of it finds wrong, and the texts of its entries."""
    ledger = read_ledger(Folder(root))
    contents = {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}
    return {
        "visible": {path: text for path, text in contents.items() if "/." not in "/" + path},
        "hidden": sorted(path for path in contents if "/." in "/" + path),
        "findings": [f"{found.place} {found.message.en}" for found in ledger.findings],
        "texts": [entry.text for entries in ledger.journal.values() for entry in entries],
    }


def each_step(root: Path, what: str, how: str) -> list[dict[str, Any]]:
    """A piece of work, struck at its first, second, … step, each time on a fresh ledger, until it gets through unharmed."""
    results: list[dict[str, Any]] = []
    while not results or results[-1]["end"] != UNHARMED:
        folder = root / str(len(results))
        make_ledger(folder)
        end = struck(len(results) + 1, how, lambda folder=folder: WORK[what](folder))
        results.append({"end": end, **seen(folder)})
    return results


def each_size(root: Path, what: str) -> list[dict[str, Any]]:
    """A piece of work where the system itself lets no file grow over so many bytes: it cuts a write and refuses the rest."""
    results = []
    for limit in range(0, 400, 25):
        folder = root / str(limit)
        make_ledger(folder)

        def run(folder: Path = folder, limit: int = limit) -> str:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            WORK[what](folder)
            return SAVED

        results.append({"end": in_a_child(run), **seen(folder)})
    return results


def many_deaths(root: Path, entries: int, first: int = 1) -> dict[str, Any]:
    """Records so many entries in one ledger, every third with an edit of the plan, killed and started anew at many steps.

    The first writer is killed at the step `first`.
    """
    make_ledger(root)
    deaths, faults = 0, []
    reader, writer = os.pipe()
    os.set_blocking(reader, False)

    def record(start: int) -> None:
        for number in range(start, entries):
            (append if number % 3 else edit_two)(root, f"n{number:03}")
            _write(writer, b".")

    now = seen(root)
    while (start := len(now["texts"]) - 1) < entries:
        end = struck(1 + (first - 1 + deaths * 7) % 307, "kill", lambda start=start: record(start))
        deaths += end == DIED
        told = start
        with contextlib.suppress(BlockingIOError):
            told += len(_read(reader, 10_000))
        now = seen(root)
        if end == CRASHED or not sound(now, told):
            faults.append({"end": end, "told": told, **now})
    return {"deaths": deaths, "faults": faults, **now}


def sound(now: dict[str, Any], told: int) -> bool:
    """Whether nothing that was told to be saved is lost, and at most one piece of work more is there, whole or begun."""
    there = len(now["texts"]) - 1
    edited = range(0, there + 1, 3)
    titles = ["M1", *(f"n{number:03}" for number in edited)]
    # The plan is written first: it may be one edit ahead of the journal, if that edit is the next work.
    possible = titles[-2:] if edited[-1] == there else titles[-1:]
    return (
        now["texts"] == ["first", *(f"n{number:03}" for number in range(there))]
        and there in (told, told + 1)
        and not now["findings"]
        and any(f'"title of {title}"' in now["visible"][PLAN] for title in possible)
    )


def many_writers(root: Path, writers: int, entries: int, folder_locks: int) -> dict[str, Any]:
    """So many processes at once, each recording so many entries in the same file; 0: on a system without folder locks."""
    make_ledger(root)
    if not folder_locks:
        lock.fcntl = None  # type: ignore[assignment]
    started = time.monotonic()
    children = []
    for writer in range(writers):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                for number in range(entries):
                    append(root, f"w{writer}-{number}")
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitpid(child, 0)[1] for child in children]
    return {"codes": codes, "seconds": round(time.monotonic() - started, 2), **seen(root)}


def main(experiment: str, folder: str, *arguments: str) -> None:
    """Runs one experiment and prints what it saw."""
    root = Path(folder)
    result: Any
    if experiment == "steps":
        result = each_step(root, *arguments)
    elif experiment == "sizes":
        result = each_size(root, *arguments)
    else:
        result = {"deaths": many_deaths, "writers": many_writers}[experiment](root, *map(int, arguments))
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
