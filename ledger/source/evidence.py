"""Evidence: files in the ledger's folder whose hash an entry keeps."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


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


def sha256_of(path: Path) -> str:
    """The hash of a file of any size, read piece by piece. Raises `OSError`."""
    import hashlib  # noqa: PLC0415 - it loads a library of 10 ms, and most runs hash nothing

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
