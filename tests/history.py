"""Repositories for tests: whole histories written by one `git fast-import`, with authors and days that never change."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

_ENV = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_AUTHOR_NAME": "科员",
    "GIT_AUTHOR_EMAIL": "k@example.org", "GIT_COMMITTER_NAME": "科员", "GIT_COMMITTER_EMAIL": "k@example.org",
    "GIT_AUTHOR_DATE": "2018-01-04T09:00:00+0800", "GIT_COMMITTER_DATE": "2018-01-04T09:00:00+0800", "LC_ALL": "C",
}  # fmt: skip


class Commit(NamedTuple):
    """One commit with all files it has; an empty `parent` is the commit before it on that branch.

    `merge` is a second parent. Both may name a branch other than its own, `refs/heads/work`, or a commit by its id.
    """

    files: Mapping[str, str | bytes]
    subject: str = "周报"
    day: str = "2018-01-04"
    branch: str = "main"
    parent: str = ""
    author: str = "科员 <k@example.org>"
    merge: str = ""


def git(folder: Path, *arguments: str, data: bytes = b"") -> str:
    """What git answers in a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], input=data, capture_output=True, env={**kept, **_ENV}, check=False
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def repository(folder: Path, commits: Iterable[Commit] = (), *, checkout: bool = True) -> Path:
    """A repository with these commits; the working tree is that of `main` if it is wanted."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    stream = b"".join(_imported(commit) for commit in commits)
    if stream:
        git(folder, "fast-import", "--quiet", "--date-format=raw", "--force", data=stream)
    if checkout and stream:
        git(folder, "reset", "--quiet", "--hard", "main")
    return folder


def _imported(commit: Commit) -> bytes:
    seconds = int(datetime.fromisoformat(f"{commit.day}T01:00:00").replace(tzinfo=UTC).timestamp())
    head = [f"commit refs/heads/{commit.branch}", f"author {commit.author} {seconds} +0800",
            f"committer 科员 <k@example.org> {seconds} +0800"]  # fmt: skip
    lines = "\n".join(head).encode() + b"\n" + _data(commit.subject.encode())
    if commit.parent:
        lines += f"from {commit.parent}\n".encode()
    if commit.merge:
        lines += f"merge {commit.merge}\n".encode()
    lines += b"deleteall\n"
    for path, content in commit.files.items():
        data = content if isinstance(content, bytes) else content.encode()
        lines += f'M 100644 inline "{path}"\n'.encode() + _data(data)
    return lines + b"\n"


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)
