"""Saving a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path


def save_text(path: Path, text: str) -> None:
    """Puts `text` as UTF-8 at `path`; a crash or a full disk leaves the old content. Raises `OSError`.

    The new content goes to a hidden file beside the target, reaches the disk, and takes the target's name at the end.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def save_new_files(root: Path, files: dict[str, str]) -> None:
    """Writes new files below `root`. Raises `FileExistsError` before the first one if any of them exists.

    A folder that is not there yet appears with all of them or not at all.
    """
    for path in files:
        if (root / path).exists():
            raise FileExistsError(errno.EEXIST, "exists", str(root / path))
    if root.exists():
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            save_text(root / path, text)
        return
    root.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root.parent, prefix=".", suffix=".tmp") as staged:
        for path, text in files.items():
            target = Path(staged, "new", path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="")
        Path(staged, "new").replace(root)


def _umask() -> int:
    """The bits that new files do not get; the system tells them only while setting them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
