"""New content that waits on the disk under a hidden name, beside the file whose name it will take."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from stat import S_IMODE, S_ISREG

from ledger.text.pattern import regex

_HIDDEN = regex(r"\.ledger-[0-9a-f]{16}\.tmp")
_STALE_SECONDS = 3600
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def resolved(path: Path) -> Path:
    """Where a path really lies, all links followed.

    Raises `OSError` (ELOOP) where they go round in a circle: `Path.resolve` fails with a `RuntimeError` there, and from
    Python 3.13 on takes the link itself for the place, which a save would replace.
    """
    real = Path(os.path.realpath(path))
    if any(os.path.islink(one) for one in (real, *real.parents)):  # noqa: PTH114 - it never raises
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return real


def hidden_beside(target: Path) -> Path:
    """A name in the folder of `target` that nobody has, that no glob of a ledger matches and that says whose it is."""
    return target.with_name(f".ledger-{os.urandom(8).hex()}.tmp")


def write_staged(hidden: Path, data: bytes, like: Path) -> os.stat_result:
    """Puts `data` on the disk at `hidden`, with the mode and as far as may be the owner of `like` if that exists.

    Gives the identity of the new file. Raises `OSError`; what was written until then stays for the caller to remove.
    """
    try:
        kept = like.stat()
    except FileNotFoundError:
        kept = None
    handle = os.open(hidden, _NEW, 0o666 if kept is None else 0o600)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        if kept is not None:
            _copy_rights(like, kept, hidden)
        os.fsync(handle)
        return os.fstat(handle)
    finally:
        os.close(handle)


def take_rights(like: Path, hidden: Path) -> None:
    """Gives a staged file the rights of `like` if that exists. Raises `OSError`."""
    if like.exists():
        _copy_rights(like, like.stat(), hidden)


def _copy_rights(like: Path, kept: os.stat_result, hidden: Path) -> None:
    """Owner and group where the system lets us, access lists and other attributes where it has them, and the mode."""
    if hasattr(os, "chown"):
        for owner, group in ((-1, kept.st_gid), (kept.st_uid, -1)):
            with contextlib.suppress(OSError):
                os.chown(hidden, owner, group)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(like):
                with contextlib.suppress(OSError):
                    os.setxattr(hidden, name, os.getxattr(like, name))
    # Last, for a change of owner takes bits away; and only where needed, for some file systems know no modes.
    if S_IMODE(hidden.stat().st_mode) != S_IMODE(kept.st_mode):
        hidden.chmod(S_IMODE(kept.st_mode))


def sync_file(path: Path | str) -> None:
    """Brings the content of a file to the disk. Raises `OSError`."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Brings the names in `folder` to the disk. Where a system cannot do that for folders, it keeps its own promise."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, _FOLDER)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(hidden: Path) -> None:
    """Takes a staged file away if it is still there."""
    with contextlib.suppress(OSError):
        hidden.unlink()


def remove_leftovers(folder: Path, now: float) -> None:
    """Removes the staged files in `folder` whose writer was killed: ours by name, and over an hour old.

    `now` is the time that the file system itself has just given to a new file, so no clock has to agree with another.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if _HIDDEN.fullmatch(entry.name):
                status = entry.stat(follow_symlinks=False)
                if S_ISREG(status.st_mode) and now - status.st_mtime > _STALE_SECONDS:
                    remove(Path(entry.path))
