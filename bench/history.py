"""A made-up ledger with 150 weekly commits, and what looking back costs beside git reading the same files."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

WEEKS, LOOK_BACK = 150, 52
_KEPT = 4
"""Of the reports and readings of the example every fourth is kept, for some 200 lines a week."""
_OFTEN = (",report,", ",reading,", ",progress,")


def history(folder: Path, ledger: list[str], env: dict[str, str]) -> Path:
    """A repository with 3,000 items and a weekly commit of what every unit recorded, made by one `git fast-import`."""
    book = folder / "history"
    size = ["--items", "3000", "--weeks", str(WEEKS)]
    subprocess.run([*ledger, "init", str(book), "--example", "full", *size], check=True, env=env, capture_output=True)
    journals = {
        path: _lines(book / path) for path in sorted(p.relative_to(book) for p in book.glob("journal/**/*.csv"))
    }
    plan = [path for path in book.rglob("*.*") if path.is_file() and path.parent == book]
    end = max(day for _, lines in journals.values() for day, _ in lines)
    end -= timedelta(days=(end.weekday() - 3) % 7)  # the example's weeks close on Thursdays
    stream: list[bytes] = []
    for week in range(WEEKS):
        closes = end - timedelta(weeks=WEEKS - 1 - week)
        stream.append(_commit(closes))
        if week == 0:
            stream += [_file(path.name, path.read_bytes()) for path in plan]
        since = date.min if week == 0 else closes - timedelta(weeks=1)
        for path, (head, lines) in journals.items():
            if any(since < day <= closes for day, _ in lines):
                text = head + "".join(line for day, line in lines if day <= closes)
                stream.append(_file(path.as_posix(), text.encode()))
        stream.append(b"\n")
    git = ["git", "-C", str(book)]
    kept = {
        **{name: value for name, value in env.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    subprocess.run([*git, "init", "-q", "--initial-branch=main"], check=True, env=kept)
    subprocess.run([*git, "fast-import", "--quiet", "--force"], input=b"".join(stream), check=True, env=kept)
    subprocess.run([*git, "reset", "-q", "--hard", "main"], check=True, env=kept)
    subprocess.run([*git, "repack", "-adq"], check=True, env=kept)
    return book


def commands(book: Path, ledger: list[str]) -> dict[str, list[str]]:
    """What is timed: git reading every file of the weeks that are looked back on once, and our ways of doing so."""
    git = ["git", "-C", str(book), "rev-list"]
    weeks = subprocess.run([*git, f"-{LOOK_BACK + 1}", "HEAD"], check=True, capture_output=True, text=True).stdout
    listed = subprocess.run([*git, "--objects", "--no-walk", "--filter=object:type=blob", "--filter-provided-objects",
                             *weeks.split()], check=True, capture_output=True, text=True).stdout  # fmt: skip
    objects = book.with_name("objects")
    objects.write_text("".join(line.split()[0] + "\n" for line in listed.splitlines()), encoding="utf-8")
    read = f"exec git -C '{book}' cat-file --batch < '{objects}'"
    ours = [*ledger, "-C", str(book)]
    return {
        f"git cat-file --batch of {len(listed.splitlines())} objects": ["sh", "-c", read],
        "diff HEAD~52": [*ours, "diff", f"HEAD~{LOOK_BACK}"],
        "report trend, history": [*ours, "report", "trend"],
        "report trend --recorded": [*ours, "report", "trend", "--recorded"],
    }


def _lines(path: Path) -> tuple[str, list[tuple[date, str]]]:
    """The head of a journal file, and the lines that are kept, each with its date."""
    head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for n, line in enumerate(lines) if n % _KEPT == 0 or not any(word in line for word in _OFTEN)]
    return head, [(date.fromisoformat(line[:10]), line) for line in kept]


def _commit(closes: date) -> bytes:
    seconds = int(datetime(closes.year, closes.month, closes.day, 9, tzinfo=UTC).timestamp())
    who = f"clerk <clerk@example.org> {seconds} +0800"
    subject = f"week to {closes}".encode()
    return f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(subject)}\n".encode() + subject + b"\n"


def _file(path: str, data: bytes) -> bytes:
    return f'M 100644 inline "{path}"\ndata {len(data)}\n'.encode() + data + b"\n"
