"""Evidence: files in the ledger's folder whose hash an entry keeps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ledger.model.record import NamedTuple
from ledger.storage.files import Files, is_through_link, require_regular
from ledger.text.pattern import regex

Hashed = Callable[[str], str | None]
"""Tells the SHA-256 of the evidence at a path below the ledger's folder; None if there is none."""


_POINTER = regex(rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-.*\n)*oid sha256:([0-9a-f]{64})\n")


class Evidence(NamedTuple):
    """A file by its path below the ledger's folder, with `/`, and the SHA-256 of its content in hexadecimal."""

    path: str
    sha256: str


class NotInside(ValueError):
    """The file does not lie in the ledger's folder, so nobody who has only the ledger could check it."""


def evidence(root: Path, path: Path) -> Evidence:
    """The evidence at `path`. Raises `NotInside`, or `OSError` if it cannot be read."""
    root, real = root.resolve(), path.resolve()
    if not real.is_relative_to(root):
        raise NotInside(str(path))
    return Evidence(real.relative_to(root).as_posix(), sha256_of(real))


def hashed_in(root: Path) -> Hashed:
    """The hashes of what lies in a folder. What a path outside of it leads to is no evidence, nor what stands behind a
    symbolic link: in git a link is only where it points, so nobody could tell that the file behind it was replaced."""
    whole = root.resolve()

    def sha256(path: str) -> str | None:
        try:
            target = root / path
            inside = target.resolve().is_relative_to(whole) and not is_through_link(root, path)
            return sha256_of(target) if inside and target.is_file() else None
        except (OSError, ValueError):
            return None

    return sha256


def hashed_at(files: Files) -> Hashed:
    """The hashes of what a revision has; None also for a file too large to be read from there.

    Where git only has a pointer of Git LFS, the hash is the one it points with.
    """

    def sha256(path: str) -> str | None:
        import hashlib  # noqa: PLC0415 - see below

        try:
            content = files.read(path)
        except (OSError, OverflowError, ValueError):
            return None
        pointer = _POINTER.match(content)
        return pointer[1].decode() if pointer else hashlib.sha256(content).hexdigest()

    return sha256


def sha256_of(path: Path) -> str:
    """The hash of a file of any size, read piece by piece. Raises `OSError`, `NotAFile` for what is no regular file."""
    import hashlib  # noqa: PLC0415 - it loads a library of 10 ms, and most runs hash nothing

    require_regular(path, path.stat().st_mode)
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
