"""The folder of a public site: written whole, and only where it is ours."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from stat import S_ISLNK

from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.storage.files import NotAFile, fits, fixed_part, read_regular
from ledger.storage.refusal import NotSaved, saying
from ledger.storage.staged import hidden_beside, resolved, sync_file, sync_folder
from ledger.text.pattern import regex

_FOLDER = Path(__file__).parent / "asset"


def asset(name: str) -> str:
    """The text of a file in `ledger/site/asset`."""
    return (_FOLDER / name).read_text(encoding="utf-8")


MANIFEST = "site-files.json"
SCHEMA = "ledger/site-files/1"

_MOST_SHOWN = 5
_PATH = regex(r"(?:[A-Za-z0-9][A-Za-z0-9._~-]*/)*[A-Za-z0-9][A-Za-z0-9._~-]*", re.ASCII)
_OURS = regex(r"\.ledger-[0-9a-f]{16}\.tmp")


class Written(NamedTuple):
    """What a build did: files written, files that were the same, files removed.

    `kept` are the other files there if the manifest was damaged: some may be pages of an earlier build.
    """

    written: int
    same: int
    removed: int
    kept: tuple[str, ...] = ()


def require_ours(folder: Path) -> frozenset[str] | None:
    """The files that an earlier build wrote there; none for a folder that is new or empty.

    None where the manifest is one of ours but damaged: a build may write its files over what is there, but not remove
    any. Raises `NotSaved` for a file, a folder with files of somebody else, and a manifest that no build wrote.
    """
    with saying(str(folder)):
        if not folder.exists():
            return frozenset()
        found = [entry.name for entry in os.scandir(folder) if not _OURS.fullmatch(entry.name)]
        if not found:
            return frozenset()
        if MANIFEST not in found:
            message = Words("{dir} 里有别的文件，不像是公开网页的目录；什么也没有写",
                            "{dir} holds other files and is no site of ours; nothing was written")  # fmt: skip
            raise NotSaved(message.fill(dir=folder), Words("换一个新的或空的目录", "name a new or an empty folder"))
        return _manifest(folder)


def _manifest(folder: Path) -> frozenset[str] | None:
    data = read_regular(folder / MANIFEST)
    paths: object = None
    try:
        found = json.loads(data)
        paths = found["files"] if found["schema"] == SCHEMA else None
    except (ValueError, KeyError, TypeError, RecursionError):
        # Cut off, or merged by git: it still begins as a build wrote it.
        if data.startswith(_manifest_bytes(())[: -len(b"[]\n}\n")]):
            return None
    if not isinstance(paths, list) or not all(isinstance(path, str) and _PATH.fullmatch(path) for path in paths):
        message = Words("{dir} 的 {name} 读不出来；什么也没有写", "{name} in {dir} cannot be read; nothing was written")
        hint = Words(
            "从备份或 git 找回这个文件；或换一个新目录，把自己放的文件（如 CNAME）移过去",
            "restore that file from a backup or from git; or name a new folder and move your own files (CNAME) there",
        )
        raise NotSaved(message.fill(dir=folder, name=MANIFEST), hint)
    return frozenset(paths) - {MANIFEST}


def require_unread(folder: Path, root: Path, patterns: Iterable[str], paths: Sequence[str]) -> None:
    """Refuses a folder in which files of a site, such as these `paths`, would be read as files of the ledger in `root`.

    `patterns` are the globs of the ledger. Raises `NotSaved`.
    """
    for pattern in patterns:
        fixed = fixed_part(pattern)
        base = resolved(root / fixed)
        for path in paths:
            target = resolved(folder) / path
            below = target.relative_to(base).as_posix() if base in target.parents else ""
            if below and not _is_hidden(below) and fits(pattern, fixed + below):
                message = Words(
                    "台账会把 {dir} 里的文件当作自己的（{pattern}）；什么也没有写",
                    "the ledger would read files in {dir} as its own ({pattern}); nothing was written",
                )
                hint = Words("换一个目录", "name another folder")
                raise NotSaved(message.fill(dir=folder, pattern=pattern), hint)


def write_site(folder: Path, files: Iterable[tuple[str, bytes]]) -> Written:
    """Writes the files of a site, and removes those that an earlier build wrote and that are not among them.

    Everything that differs is on the disk beside the site before the first file takes its name; a failure or an
    interrupt until the last one has its name leaves the site as it was. Raises `NotSaved`.
    """
    before = require_ours(folder)
    is_new = not folder.exists()
    with saying(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
        staging = hidden_beside(folder / "site")
        (staging / "new").mkdir(parents=True)
        (staging / "old").mkdir()
    try:
        done = _write(folder, staging, before, files)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        if is_new:
            _remove_empty(folder)
        raise
    shutil.rmtree(staging, ignore_errors=True)
    return done


def _write(folder: Path, staging: Path, ours: frozenset[str] | None, files: Iterable[tuple[str, bytes]]) -> Written:
    root, before = resolved(folder), ours or frozenset()
    # On some systems `m1.html` and `M1.html` are one file: it is ours under either name, but has to be written anew.
    folded = {path.casefold() for path in before}
    known: list[str] = []
    changed: list[str] = []
    checked: set[str] = set()
    made: set[str] = set()
    for path, data in files:
        known.append(path)
        is_renamed = path not in before and path.casefold() in folded
        # A text and no `Path`: there are thousands of files, and to join paths takes longer than to look for a file.
        target = f"{folder}/{path}"
        with saying(target):
            _verify(root, target, ours is None or path in before or is_renamed, path, checked)
            if is_renamed or not _is_same(target, data):
                _stage(staging, path, data, made)
                changed.append(path)
    stale = sorted(before.difference(known))
    kept = () if ours is not None else tuple(_others(folder, known))
    for path in stale:
        _verify(root, f"{folder}/{path}", True, path, checked)
    is_listed = ours is not None and set(known) == before
    if not is_listed:
        # Until all have their names both builds are ours, so that the next one can put in order what is left.
        _stage(staging, f"{MANIFEST}.both", _manifest_bytes(before.union(known)), made)
        _stage(staging, MANIFEST, _manifest_bytes(known), made)
    _sync(folder, staging, [*changed, *(() if is_listed else (f"{MANIFEST}.both", MANIFEST))])
    _give_names(folder, staging, changed, stale, is_listed=is_listed)
    for parent in sorted({path.rpartition("/")[0] for path in (MANIFEST, *changed, *stale)}):
        sync_folder(folder / parent)
    return Written(len(changed), len(known) - len(changed), len(stale), kept)


def _others(folder: Path, known: Iterable[str]) -> list[str]:
    """The files in the folder that are none of these, nor our manifest; hidden ones are nobody's pages."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    return sorted(path for path in found.difference(known, {MANIFEST}) if not _is_hidden(path))


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _manifest_bytes(paths: Iterable[str]) -> bytes:
    text = json.dumps({"schema": SCHEMA, "files": sorted(paths)}, indent=0)
    return f"{text}\n".encode()


def _verify(root: Path, target: str, is_ours: bool, path: str, checked: set[str]) -> None:
    """Refuses a path that leads out of the folder, and a file there that no build of ours has written."""
    if not _PATH.fullmatch(path) or path == MANIFEST:
        raise ValueError(path)
    parent = target.rpartition("/")[0]
    if parent not in checked:
        real = resolved(Path(parent))
        if real != root and root not in real.parents:
            message = Words(
                "{path} 经符号链接通到目录外；什么也没有写",
                "{path} leads out of the folder by a link; nothing was written",
            )
            raise NotSaved(message.fill(path=target))
        checked.add(parent)
    if not is_ours and os.path.lexists(target):
        message = Words(
            "{path} 不是我们写的文件；什么也没有写", "{path} is a file of somebody else; nothing was written"
        )
        raise NotSaved(
            message.fill(path=target), Words("把它移走，再运行一次", "move it away and run the command again")
        )


def _is_same(target: str, data: bytes) -> bool:
    try:
        status = os.lstat(target)
        return not S_ISLNK(status.st_mode) and status.st_size == len(data) and read_regular(Path(target)) == data
    except (FileNotFoundError, NotADirectoryError, NotAFile):
        return False


def _stage(staging: Path, path: str, data: bytes, made: set[str]) -> None:
    """Writes a file beside the site; `made` are the folders that are there already."""
    target = f"{staging}/new/{path}"
    parent = target.rpartition("/")[0]
    if parent not in made:
        Path(parent).mkdir(parents=True, exist_ok=True)
        made.add(parent)
    with open(target, "wb") as file:  # noqa: PTH123 - as above
        file.write(data)


def _sync(folder: Path, staging: Path, paths: Iterable[str]) -> None:
    """Brings the staged files to the disk: behind all of them, for so the system writes many at a time."""
    for path in paths:
        with saying(f"{folder}/{path}"):
            sync_file(f"{staging}/new/{path}")


def _give_names(folder: Path, staging: Path, changed: Sequence[str], stale: Sequence[str], *, is_listed: bool) -> None:
    """Every staged file takes its name and every stale one goes; after a failure all is as it was."""
    undo: list[tuple[str, str | None]] = []
    there: set[str] = set()
    new, old = f"{staging}/new", f"{staging}/old"
    try:
        if not is_listed:
            _replace(f"{new}/{MANIFEST}.both", f"{folder}/{MANIFEST}", f"{old}/{MANIFEST}.both", undo, there)
        for path in stale:
            _replace(None, f"{folder}/{path}", f"{old}/{path}", undo, there)
        for path in changed:
            _replace(f"{new}/{path}", f"{folder}/{path}", f"{old}/{path}", undo, there)
        if not is_listed:
            _replace(f"{new}/{MANIFEST}", f"{folder}/{MANIFEST}", f"{old}/{MANIFEST}", undo, there)
    except BaseException:
        stuck = [target for target, kept in reversed(undo) if not _is_put_back(target, kept)]
        if stuck:
            words = Words("只写成了一部分，改不回去：{paths}",
                          "only a part was written and could not be put back: {paths}")  # fmt: skip
            hint = Words("再运行一次，写全这个目录", "run the command again: it puts the folder in order")
            raise NotSaved(words.fill(paths=", ".join(str(Path(one)) for one in stuck[:_MOST_SHOWN])), hint) from None
        raise
    for parent in sorted({(folder / path).parent for path in stale} - {folder}, reverse=True):
        _remove_empty(parent)


def _replace(
    new: str | None, target: str, old: str, undo: list[tuple[str, str | None]], there: set[str]
) -> None:  # fmt: skip
    """`new` takes the name of `target`; nothing takes it if there is none. What was there is kept as `old`.

    `there` are the folders that were seen or made already.
    """
    with saying(target):
        if os.path.lexists(target):
            Path(old).parent.mkdir(parents=True, exist_ok=True)
            _keep(target, old)
            undo.append((target, old))
        else:
            parent = target.rpartition("/")[0]
            if parent not in there:
                Path(parent).mkdir(parents=True, exist_ok=True)
                there.add(parent)
            undo.append((target, None))
        if new is None:
            Path(target).unlink(missing_ok=True)
        else:
            os.replace(new, target)  # noqa: PTH105 - asked of every file


def _keep(target: str, old: str) -> None:
    """A second name for the file, or a copy of it where the file system knows only one."""
    try:
        os.link(target, old, follow_symlinks=False)
    except OSError:
        shutil.copy2(target, old, follow_symlinks=False)


def _is_put_back(target: str, kept: str | None) -> bool:
    """Whether a file is as it was, after it was tried."""
    try:
        if kept is None:
            Path(target).unlink(missing_ok=True)
            _remove_empty(Path(target).parent)
        elif os.path.lexists(kept):
            os.replace(kept, target)  # noqa: PTH105 - as above
        return True
    except OSError:
        return False


def _remove_leftovers(folder: Path) -> None:
    """What a build that was killed has left. Two builds at once would undo each other anyway."""
    for entry in list(os.scandir(folder)):
        if _OURS.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()
