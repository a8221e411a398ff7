"""Saving files whole or not at all, and never over what somebody else has written meanwhile."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.storage.refusal import ChangedMeanwhile, NotSaved, OutsideLedger, saying
from ledger.storage.staged import (
    hidden_beside,
    remove,
    remove_leftovers,
    resolved,
    sync_folder,
    take_rights,
    write_staged,
)

__all__ = [
    "Beside",
    "Change",
    "ChangedMeanwhile",
    "NotSaved",
    "OutsideLedger",
    "save_bytes",
    "save_changes",
    "save_new_files",
    "save_text",
]


class Change(NamedTuple):
    """One file of a ledger before and after an edit; `before` is None for a new file, `after` for one that goes.

    Where both are the same, the file is not written, but it must be as it was: an edit may depend on it.
    """

    path: str
    before: bytes | None
    after: bytes | None


class Beside(NamedTuple):
    """A result outside the ledger that takes its name together with the changes: `hidden` holds it until then."""

    hidden: Path
    target: Path


class _Staged(NamedTuple):
    """A new content on the disk that has not its name yet; `old` is a copy of what it will replace.

    Of a file that goes the content is the old one, and `hidden` the name that it takes on its way.
    """

    path: str
    target: Path
    hidden: Path
    status: os.stat_result
    old: Path | None
    goes: bool = False


def save_changes(
    root: Path, changes: Sequence[Change], *, beside: Beside | None = None, first: Callable[[], None] = lambda: None
) -> None:
    """Writes all changes or none, as far as a file system can. Belongs inside `locked(root)`, as the reading does.

    Everything is checked and on the disk before the first file takes its name, a result `beside` the ledger last of
    all. `first` is called just before: what it raises leaves everything as it was. A failure on the way puts back what
    was replaced already. Raises `NotSaved` with a sentence for the user.
    """
    both = list(zip(changes, _targets(root, changes), strict=True))
    for change, target in both:
        _verify(change, target)
    written = [(change, target) for change, target in both if change.before != change.after]
    folders = dict.fromkeys(target.parent for _, target in written)
    with contextlib.ExitStack() as cleaning:
        staged = [
            _stage(change, target, folders, cleaning, last=number == len(written) and beside is None)
            for number, (change, target) in enumerate(written, 1)
        ]
        staged += [_staged_beside(beside)] if beside else []
        for change, target in both:
            # Once more: an editor that knows no lock may have saved while we wrote.
            _verify(change, target)
        first()
        _give_names(staged)
        for folder in dict.fromkeys([*folders, *(one.target.parent for one in staged)]):
            sync_folder(folder)


def _targets(root: Path, changes: Sequence[Change]) -> list[Path]:
    """The real files behind the changes; two changes of one file would undo each other, whatever links they came by."""
    seen: dict[Path, str] = {}
    for change in changes:
        target = _target(root, change.path)
        if target in seen:
            words = Words("{a} 和 {b} 是同一个文件；什么也没有写", "{a} and {b} are one file; nothing was written")
            raise NotSaved(words.fill(a=seen[target], b=change.path))
        seen[target] = change.path
    return list(seen)


def _target(root: Path, path: str) -> Path:
    """The real file behind a path below `root`; `OutsideLedger` if it is not below it."""
    below = PurePosixPath(path)
    if below.is_absolute() or ".." in below.parts:
        raise OutsideLedger(path)
    try:
        folder, target = resolved(root), resolved(root / below)
    except (OSError, ValueError):
        # A link that leads back to itself, or a name that no file system takes.
        raise OutsideLedger(path) from None
    if folder not in target.parents:
        raise OutsideLedger(path)
    return target


def _verify(change: Change, target: Path) -> None:
    """Refuses unless the file is what the edit started from, and one that may be replaced."""
    with saying(change.path):
        try:
            status = target.lstat()
        except FileNotFoundError:
            if change.before is None:
                return
            raise ChangedMeanwhile(change.path, Words("不见了", "is gone")) from None
        if not S_ISREG(status.st_mode):
            raise OSError(errno.EISDIR, "not a regular file")
        if change.before is None:
            raise ChangedMeanwhile(change.path, Words("已经有了", "exists by now"))
        if status.st_size != len(change.before) or target.read_bytes() != change.before:
            raise ChangedMeanwhile(change.path, Words("读取之后被改过", "changed after it was read"))
        # A rename does not ask the file. One that nobody may write was made so on purpose: that binds root as well.
        if change.before != change.after and not (status.st_mode & 0o222 and os.access(target, os.W_OK)):
            raise PermissionError(errno.EACCES, "read-only")


def _stage(
    change: Change, target: Path, folders: dict[Path, None], cleaning: contextlib.ExitStack, *, last: bool
) -> _Staged:
    """The new content on the disk, and a copy of the old one where a later file may fail; `cleaning` removes both."""
    with saying(change.path):
        _make_folder(target.parent, folders, cleaning)
        hidden = hidden_beside(target)
        cleaning.callback(remove, hidden)
        if change.after is None:
            return _Staged(change.path, target, hidden, target.lstat(), None, goes=True)
        status = write_staged(hidden, change.after, target)
        remove_leftovers(target.parent, status.st_mtime)
        old = None
        if change.before is not None and not last:
            old = hidden_beside(target)
            cleaning.callback(remove, old)
            write_staged(old, change.before, target)
        return _Staged(change.path, target, hidden, status, old)


def _staged_beside(beside: Beside) -> _Staged:
    with saying(str(beside.target)):
        take_rights(beside.target, beside.hidden)
        return _Staged(str(beside.target), beside.target, beside.hidden, beside.hidden.stat(), None)


def _make_folder(folder: Path, folders: dict[Path, None], cleaning: contextlib.ExitStack) -> None:
    """The folder and those above it. What was made for nothing, `cleaning` removes: only an empty folder can be."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, folders, cleaning)
    folders[folder.parent] = None
    with contextlib.suppress(FileExistsError):
        folder.mkdir()
        cleaning.callback(_remove_empty, folder)


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


def _give_names(staged: Sequence[_Staged]) -> None:
    """Every staged file takes its name, or none has it at the end."""
    try:
        for one in staged:
            with saying(one.path):
                first, second = (one.target, one.hidden) if one.goes else (one.hidden, one.target)
                first.replace(second)
    except BaseException:
        if not _has_name(staged[-1]):
            _put_back([one for one in staged if _has_name(one)])
        raise


def _has_name(one: _Staged) -> bool:
    """Whether the file of that name is the staged one, or gone as it should: asked of the disk, for an interrupt can
    fall anywhere."""
    try:
        return os.path.samestat((one.hidden if one.goes else one.target).lstat(), one.status)
    except OSError:
        return False


def _put_back(renamed: Sequence[_Staged]) -> None:
    """The old content again, and no file where there was none. `NotSaved` names the files where even that failed."""
    stuck = []
    for one in reversed(renamed):
        try:
            if one.goes:
                one.hidden.replace(one.target)
            elif one.old is None:
                one.target.unlink()
            else:
                one.old.replace(one.target)
        except OSError:
            stuck.append(one.path)
    if stuck:
        words = Words("只写成了一部分，改不回去：{paths}", "only a part was written and could not be put back: {paths}")
        hint = Words("用 git diff 核对，再从 git 找回", "look at git diff, and restore from git")
        raise NotSaved(words.fill(paths=", ".join(stuck)), hint)


def save_text(path: Path, text: str) -> None:
    """Puts `text` as UTF-8 at `path`, like `save_bytes`."""
    save_bytes(path, text.encode("utf-8"))


def save_bytes(path: Path, data: bytes) -> None:
    """Puts `data` at `path`; a crash or a full disk leaves the old content. Raises `OSError`.

    A symbolic link is written through. What is no regular file, such as `/dev/null`, gets the data and stays.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    target = resolved(path)
    hidden = hidden_beside(target)
    try:
        write_staged(hidden, data, target)
        hidden.replace(target)
    finally:
        remove(hidden)
    sync_folder(target.parent)


def save_new_files(root: Path, files: dict[str, str]) -> None:
    """Writes new files below `root`, all or none. Raises `FileExistsError` if any exists, `NotSaved` or `OSError`.

    A folder that is not there yet appears with all of them or not at all, even if the process is killed.
    """
    for path in files:
        if (root / path).exists():
            raise FileExistsError(errno.EEXIST, "exists", str(root / path))
    if root.exists():
        save_changes(root, [Change(path, None, text.encode("utf-8")) for path, text in files.items()])
        return
    import shutil  # noqa: PLC0415 - it loads three kinds of archives

    root.parent.mkdir(parents=True, exist_ok=True)
    staged = hidden_beside(resolved(root))
    try:
        for path, text in files.items():
            target = staged / path
            target.parent.mkdir(parents=True, exist_ok=True)
            write_staged(target, text.encode("utf-8"), target)
        staged.replace(root)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    sync_folder(root.parent)
