"""git called as a program: with lists of arguments, nothing that could change, fetch, ask or start another program."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from ledger.source.git_trouble import not_installed

# Variables by which a caller, such as a hook, points git at a repository of its own. The one around the ledger counts.
_FOREIGN = frozenset({
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_REPLACE_REF_BASE",
    "GIT_IMPLICIT_WORK_TREE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_TRACE",
})  # fmt: skip

_QUIET = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # Versions of git that do not know the line above fetch missing objects; with no protocol allowed they cannot.
    "GIT_ALLOW_PROTOCOL": "",
    # History as it was hashed, not as a local `git replace` or graft shows it.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
}
_NO_PROGRAMS = ("-c", "core.fsmonitor=false", "-c", "log.showSignature=false")


def _command(root: Path, arguments: tuple[str, ...]) -> list[str]:
    return [_program(), "--no-pager", "-C", str(root), *_NO_PROGRAMS, *arguments]


def _program() -> str:
    """The program to start. Windows would look into the current folder first, which may be anybody's, before PATH."""
    return program_on(os.environ.get("PATH", "")) if os.name == "nt" else "git"


def program_on(path: str) -> str:
    """The `git.exe` of the first folder of a PATH that has one; folders are named in full. Raises `GitTrouble`."""
    places = (Path(folder) for folder in path.split(os.pathsep))
    found = next((place / "git.exe" for place in places if place.is_absolute() and (place / "git.exe").is_file()), None)
    if found is None:
        raise not_installed()
    return str(found)


def _environment(inherited: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in inherited.items() if name not in _FOREIGN} | _QUIET


class Answer:
    """What git said: its exit code, and both streams (the second decoded, for people)."""

    __slots__ = ("code", "out", "said")

    def __init__(self, code: int, out: bytes, said: str) -> None:
        self.code = code
        self.out = out
        self.said = said


def git(root: Path, *arguments: str) -> Answer:
    """The answer of `git -C root …`. Raises `GitTrouble` if there is no git."""
    try:
        done = subprocess.run(
            _command(root, arguments), stdin=subprocess.DEVNULL, capture_output=True, env=_environment(os.environ),
            check=False,
        )  # fmt: skip
    except (FileNotFoundError, PermissionError):
        raise not_installed() from None
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def git_talking(root: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A running `git -C root …` that is asked on its standard input. Raises `GitTrouble` if there is no git."""
    try:
        return subprocess.Popen(
            _command(root, arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(os.environ),
        )  # fmt: skip
    except (FileNotFoundError, PermissionError):
        raise not_installed() from None
