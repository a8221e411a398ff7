"""git called as a program that can change, fetch and start nothing; and its objects, each read once per content."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO

from ledger.model.record import NamedTuple
from ledger.storage.files import MAX_BYTES
from ledger.storage.git.errors import GitTrouble, ambiguous, broken_off, lost_object, not_installed
from ledger.text.pattern import regex

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


def command_line(root: Path, arguments: tuple[str, ...]) -> list[str]:
    """The words of `git -C root …`, with no pager and no file system monitor. Raises `GitTrouble` on Windows alone."""
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


def is_installed() -> bool:
    """Whether there is a git to call."""
    import shutil  # noqa: PLC0415 - it loads three kinds of archives

    try:
        return shutil.which(_program()) is not None
    except GitTrouble:
        return False


def environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """The variables under which git sees the repository around the ledger, fetches nothing and asks nobody."""
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
            command_line(root, arguments), stdin=subprocess.DEVNULL, capture_output=True, env=environment(os.environ),
            check=False,
        )  # fmt: skip
    except (FileNotFoundError, PermissionError):
        raise not_installed() from None
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def git_talking(root: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A running `git -C root …` that is asked on its standard input. Raises `GitTrouble` if there is no git."""
    try:
        return subprocess.Popen(
            command_line(root, arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment(os.environ),
        )  # fmt: skip
    except (FileNotFoundError, PermissionError):
        raise not_installed() from None


_HEAD = regex(rb"([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)\n")
# Questions that git has not answered must fit into the pipe to it, or both would wait for ever.
_AHEAD = 50
_TREE, _LINK, _MODULE, _FILES = "40000", "120000", "160000", ("100644", "100755", "100664")


class GitObject(NamedTuple):
    """An object: its id, its kind (`commit`, `tree`, `blob`, `tag`) and its content."""

    id: str
    kind: str
    data: bytes


class Branch(NamedTuple):
    """One folder of a revision: the ids of its regular files and of its folders, by name; its symbolic links, and its
    submodules. Neither is followed: what they point at need not be in the revision.
    """

    files: dict[str, str]
    folders: dict[str, str]
    links: set[str]
    modules: set[str]


class Objects:
    """Reads objects by name; `with` it, or close it, to end the process."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._branches: dict[str, Branch] = {}
        self._blobs: dict[str, bytes] = {}

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process, if one was needed."""
        process, self._process = self._process, None
        if process is not None:
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    # A process that died has nobody at the other end for what is still in the pipe.
                    with contextlib.suppress(BrokenPipeError):
                        stream.close()
            process.wait()

    def find(self, name: str) -> GitObject | None:
        """The object that a revision or id names; None if there is none. Raises `GitTrouble` for a name of several."""
        talk, answers = self._streams()
        try:
            talk.write(name.encode("utf-8", "surrogateescape") + b"\n")
            talk.flush()
            head = answers.readline()
        except BrokenPipeError:
            head = b""
        if not head:
            self.close()
            raise broken_off("cat-file")
        match = _HEAD.fullmatch(head)
        if match is None:
            if head.endswith(b" ambiguous\n"):
                raise ambiguous(name)
            return None
        return GitObject(match[1].decode(), match[2].decode(), _content(answers, int(match[3]), name))

    def blob(self, id_: str) -> bytes:
        """The content of a file. Raises `GitTrouble` if the repository lacks it, `OverflowError` over `MAX_BYTES`."""
        if id_ not in self._blobs:
            self._blobs[id_] = self._get(id_).data
        return self._blobs[id_]

    def fetch(self, ids: Iterable[str]) -> None:
        """Reads the contents of many files at once, so that `blob` knows them. One that is too large stays unknown."""

        def keep(id_: str, data: bytes | None) -> None:
            if data is not None:
                self._blobs[id_] = data

        wanted = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._blobs]
        if wanted:
            self.look_at(wanted, keep)

    def look_at(self, ids: Iterable[str], see: Callable[[str, bytes | None], None]) -> None:
        """Shows `see` the content of each of many files, in that order, and keeps none; None for one over `MAX_BYTES`.

        git is asked for some files ahead, so that it unpacks one while another is looked at. Raises `GitTrouble`.
        """
        wanted = list(ids)
        talk, answers = self._streams()
        asked = 0
        try:
            for number, id_ in enumerate(wanted):
                if number + _AHEAD >= asked < len(wanted):
                    talk.writelines(id_.encode("ascii") + b"\n" for id_ in wanted[asked : asked + _AHEAD])
                    talk.flush()
                    asked += _AHEAD
                see(id_, self._next(answers, id_))
        except BaseException as error:
            # What was asked for and not read would be taken for the answer to the next question.
            self.close()
            if isinstance(error, BrokenPipeError):
                raise broken_off("cat-file") from None
            raise

    def _next(self, answers: IO[bytes], id_: str) -> bytes | None:
        """The next content that git was asked for."""
        head = answers.readline()
        match = _HEAD.fullmatch(head)
        if match is None:
            raise lost_object(id_) if head else broken_off("cat-file")
        try:
            return _content(answers, int(match[3]), id_)
        except OverflowError:
            return None

    def branch(self, tree: str) -> Branch:
        """The folder with that id. Raises `GitTrouble` if the repository lacks it."""
        if tree not in self._branches:
            self._branches[tree] = _branch(self._get(tree).data, len(tree) // 2)
        return self._branches[tree]

    def _get(self, id_: str) -> GitObject:
        found = self.find(id_)
        if found is None:
            raise lost_object(id_)
        return found

    def _streams(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            self._process = git_talking(self._root, "cat-file", "--batch")
        talk, answers = self._process.stdin, self._process.stdout
        if talk is None or answers is None:  # pragma: no cover - both are pipes
            raise broken_off("cat-file")
        return talk, answers


def _content(answers: IO[bytes], size: int, name: str) -> bytes:
    """The bytes that follow an answer; those of a file too large for a ledger are passed over."""
    if size > MAX_BYTES:
        left = size + 1
        while left:
            left -= len(answers.read(min(left, 1 << 20)))
        raise OverflowError(name)
    data = answers.read(size + 1)
    if len(data) != size + 1:
        raise broken_off("cat-file")
    return data[:-1]


def _branch(data: bytes, width: int) -> Branch:
    """A tree object taken apart: `MODE NAME`, a zero byte and `width` bytes of id, again and again."""
    branch = Branch({}, {}, set(), set())
    at = 0
    while at < len(data):
        blank, end = data.index(b" ", at), data.index(b"\0", at)
        mode, name = data[at:blank].decode("ascii"), data[blank + 1 : end].decode("utf-8", "surrogateescape")
        at = end + 1 + width
        id_ = data[end + 1 : at].hex()
        if mode == _TREE:
            branch.folders[name] = id_
        elif mode in _FILES:
            branch.files[name] = id_
        elif mode == _LINK:
            branch.links.add(name)
        elif mode == _MODULE:
            branch.modules.add(name)
    return branch
