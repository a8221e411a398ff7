"""One writer at a time: the lock of a ledger."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ledger.model.words import Words
from ledger.storage.refusal import NotSaved, saying

try:
    import fcntl
except ImportError:  # Windows has no such lock.
    fcntl = None  # type: ignore[assignment]

LOCK_FILE = ".ledger.lock"
"""Where a folder cannot be locked, this file in it is the lock: made by one process, removed by it at the end."""

_POLL_SECONDS = 0.02
_HELD = frozenset({errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK})
_UNKNOWN_HERE = frozenset({errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.EBADF})
_Release = Callable[[], None]


class Locked(NotSaved):
    """Another process was writing all the time that this one waited."""


@contextlib.contextmanager
def locked(root: Path, seconds: float = 30.0) -> Iterator[None]:
    """Keeps every other writer of the ledger out: hold it from before reading until the changes are saved.

    Waits up to `seconds` and then raises `Locked`. The folder itself is locked: nothing is left behind, and the system
    frees the lock of a killed process. One process must not take it twice. Other failures are `NotSaved` too.
    """
    deadline = time.monotonic() + seconds
    while (release := _taken(root)) is None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise _refusal(root, seconds)
        # Uneven steps, so that several who wait do not come at once, and shorter ones for who has waited long.
        time.sleep(_POLL_SECONDS * max(left / seconds, 0.05) * os.urandom(1)[0] / 255)
    try:
        yield
    finally:
        release()


def _taken(root: Path) -> _Release | None:
    """How to free the lock that was taken now; None if another has it."""
    with saying(root.name or str(root)):
        return _taken_file(root) if fcntl is None else _taken_folder(root)


def _taken_folder(root: Path) -> _Release | None:
    """The lock of the folder itself, else the lock file where this file system cannot lock folders."""
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Git may have taken the folder away and made it anew while we waited.
        taken = os.path.samestat(os.fstat(handle), root.stat())
    except OSError as error:
        _close(handle)
        if error.errno in _HELD:
            return None
        if error.errno in _UNKNOWN_HERE:
            return _taken_file(root)
        raise
    if taken:
        return lambda: _close(handle)
    _close(handle)
    return None


def _close(handle: int) -> None:
    # Frees the lock, whatever the system has to say about it.
    with contextlib.suppress(OSError):
        os.close(handle)


def _taken_file(root: Path) -> _Release | None:
    """A file that only one process can make; None if it is there."""
    path = root / LOCK_FILE
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return None
    except PermissionError:
        # Windows refuses so while another process removes the file; where nobody may write, it stays so.
        if os.name == "nt" and os.access(root, os.W_OK):
            return None
        raise
    return lambda: _removed(path)


def _removed(path: Path) -> None:
    """Takes the lock file away. Windows refuses while another process looks at it, which takes a moment only."""
    for _ in range(100):
        try:
            path.unlink(missing_ok=True)
        except PermissionError:
            time.sleep(_POLL_SECONDS)
        else:
            return


def _refusal(root: Path, seconds: float) -> Locked:
    words = Words(
        "另一个程序正在写这本台账，等了 {seconds} 秒；什么也没有写",
        "another process is writing this ledger; waited {seconds} s; nothing was written",
    )
    hint = Words("等它写完，再运行一次", "run the command again when it has finished")
    if (root / LOCK_FILE).exists():
        hint = Words(
            "等它写完，再运行一次；若没有 ledger 在运行，删除 {path}",
            "run the command again when it has finished; if no ledger is running, delete {path}",
        ).fill(path=root / LOCK_FILE)
    return Locked(words.fill(seconds=f"{seconds:g}"), hint)
