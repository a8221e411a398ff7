"""Where an included ledger lies: a folder beside this one, a commit of a repository, or a bundle that came in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path, PurePath, PurePosixPath

from ledger.model.record import NamedTuple
from ledger.model.setting import Include
from ledger.model.words import NO_WORDS, Refused, Words
from ledger.storage.files import Files, Folder
from ledger.storage.ledger import SETTINGS_FILE


class Lost(Refused):
    """Why an included ledger cannot be read; `key` is the field of the include that says where it lies."""

    def __init__(self, message: Words, hint: Words = NO_WORDS, key: str = "") -> None:
        super().__init__(message, hint)
        self.key = key


class Source(NamedTuple):
    """The files of an included ledger, and what is known of them; see `Child`."""

    files: Files
    prefix: str
    revision: str = ""
    known_on: date | None = None
    stated: Mapping[date, bool] = {}
    unheld: frozenset[str] = frozenset()
    """Columns of the journal that these files never hold."""


def place_of(root: Path, include: Include) -> Path:
    """Where an include lies, by which two of one place are told. Raises `Lost` for a path through a link."""
    if include.path:
        return _ledger_in(_plain(root, include.path, "path"))
    if include.git:
        top = _plain(root, include.git, "git")
        top = top.parent if top.name == ".git" else top
        return top / _inner(include)
    return _plain(root, include.bundle, "bundle")


def _inner(include: Include) -> PurePosixPath:
    """The folder in the repository. Raises `Lost` for one outside it."""
    inner = PurePosixPath(include.dir)
    if inner.is_absolute() or ".." in inner.parts:
        raise Lost(Words("dir 要在仓库之内：{dir}", "`dir` lies outside the repository: {dir}").fill(dir=include.dir),
                   Words("从仓库的根写起，如 data", "write it from the root of the repository, such as data"),
                   "dir")  # fmt: skip
    return inner


def _plain(root: Path, text: str, key: str) -> Path:
    """The path, seen from the ledger's folder. Raises `Lost` if it goes through a symbolic link or is no path."""
    path = PurePath(text)
    place = Path(path.anchor) if path.is_absolute() else root.resolve()
    try:
        for part in path.parts[1:] if path.is_absolute() else path.parts:
            place = place.parent if part == ".." else place / part
            if os.path.islink(place):  # noqa: PTH114 - it takes any name
                raise Lost(
                    Words("{path} 经过符号链接", "{path} goes through a symbolic link").fill(path=text),
                    Words("写真正的路径", "write the real path"), key,
                )  # fmt: skip
    except ValueError:
        raise Lost(Words("不是路径：{path}", "not a path: {path}").fill(path=repr(text)), key=key) from None
    return place


def _ledger_in(folder: Path) -> Path:
    """The folder with the settings: this one or, as with `-C`, its `data`."""
    inner = folder / "data"
    return folder if (folder / SETTINGS_FILE).exists() or not (inner / SETTINGS_FILE).is_file() else inner


@contextmanager
def opened(root: Path, include: Include, beside: Files | None = None) -> Iterator[Source]:
    """The files of an included ledger, until the context ends. Raises `Lost` where there are none to be had.

    `beside` are the files of the ledger that includes it, in which a bundle may lie that is no longer in the folder.
    """
    place = place_of(root, include)
    if include.path:
        if not (place / SETTINGS_FILE).is_file():
            raise Lost(Words("{path} 里没有台账", "there is no ledger in {path}").fill(path=include.path),
                       Words("核对路径；只是暂缺就加 --without {name}",
                             "check the path; count on without it by --without {name}").fill(name=include.id),
                       "path")  # fmt: skip
        below = PurePath(include.path)
        shown = below / "data" if place.name == "data" and below.name != "data" else below
        yield Source(Folder(place), f"{shown.as_posix()}/")
    elif include.git:
        with _committed(root, include) as source:
            yield source
    else:
        yield _bundled(place, include, beside)


@contextmanager
def _committed(root: Path, include: Include) -> Iterator[Source]:
    """The files of a commit, read from the objects of its repository."""
    from ledger.storage.git.errors import GitTrouble  # noqa: PLC0415 - only where git is asked
    from ledger.storage.git.objects import Objects  # noqa: PLC0415
    from ledger.storage.git.repository import commit_of  # noqa: PLC0415
    from ledger.storage.git.snapshot import GitFiles, folder_id  # noqa: PLC0415

    top = _plain(root, include.git, "git")
    if not ((top / ".git").exists() or ((top / "HEAD").is_file() and (top / "objects").is_dir())):
        # Without this git would look in the folders above, and take a repository that nobody named.
        raise Lost(Words("{path} 不是 git 仓库", "{path} is no git repository").fill(path=include.git), key="git")
    try:
        with Objects(top) as objects:
            commit = commit_of(objects, include.rev)
            if commit is None:
                raise Lost(Words("{path} 里没有提交 {rev}", "{path} has no commit {rev}").fill(
                               path=include.git, rev=include.rev[:12]),
                           Words("在那里 git fetch，或核对 rev", "git fetch there, or check `rev`"), "rev")  # fmt: skip
            folder = _inner(include).as_posix()
            files = GitFiles(objects, folder_id(objects, commit.tree, folder))
            if not files.tree or not files.content_id(SETTINGS_FILE):
                raise Lost(Words("提交 {rev} 的 {dir} 里没有台账", "commit {rev} has no ledger in {dir}").fill(
                               rev=commit.short, dir=include.dir or "."),
                           Words("核对 dir", "check `dir`"), "dir")  # fmt: skip
            inner = "" if folder == "." else f"{folder}/"
            yield Source(files, f"{include.git}@{commit.short}:{inner}", commit.id, commit.day)
    except GitTrouble as trouble:
        raise Lost(trouble.message, trouble.hint, "git") from None


def descends(root: Path, was: Include, now: Include) -> bool:
    """Whether the commit of the later pin has that of the earlier one in its past, as the later repository knows it."""
    return is_past(root, now, was.rev)


def is_past(root: Path, now: Include, commit: str) -> bool:
    """Whether a commit lies in the past of a pin; what is not pinned to a commit has no past that could be asked."""
    if not now.git or commit == now.rev:
        return True
    from ledger.storage.git.objects import git  # noqa: PLC0415 - only where git is asked

    if not re.fullmatch(r"[0-9a-f]{40}([0-9a-f]{24})?", commit):
        return False
    return git(_plain(root, now.git, "git"), "merge-base", "--is-ancestor", commit, now.rev).code == 0


def _bundled(path: Path, include: Include, beside: Files | None) -> Source:
    """The ledger in a bundle that is the one its include names. Raises `Lost`."""
    from hashlib import sha256  # noqa: PLC0415 - it loads a library of 10 ms, and few ledgers have bundles

    from ledger.storage.include.bundle import UNHELD, BadBundle, bundle_bytes, read_bundle  # noqa: PLC0415

    data, why = b"", None
    try:
        data = bundle_bytes(path)
    except BadBundle as bad:
        why = Lost(bad.message, bad.hint, "bundle")
    wanted = include.sha256.lower()
    if sha256(data).hexdigest() != wanted and beside is not None:
        with suppress(OSError, OverflowError):
            data = beside.read(PurePosixPath(include.bundle).as_posix())
            why = None
    if why is not None:
        raise why
    if sha256(data).hexdigest() != wanted:
        words = Words(
            "{path} 不是记下的那个上报包：哈希不符", "{path} is not the bundle it should be: its hash differs"
        )
        hint = Words(
            "找回原来的文件；新的用 ledger collect 收", "get the file back; take a new one in by ledger collect"
        )
        raise Lost(words.fill(path=include.bundle), hint, "sha256")
    try:
        manifest, files = read_bundle(data)
    except BadBundle as bad:
        raise Lost(bad.message, bad.hint, "bundle") from None
    return Source(files, f"{include.bundle}/", manifest.commit, manifest.as_of, manifest.seals, UNHELD)
