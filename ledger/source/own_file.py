"""Which files are a ledger's own: what it reads, a result must never be written over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ledger.model.setting import Settings
from ledger.source.files import Folder, fits
from ledger.source.ledger_folder import SETTINGS_FILE
from ledger.source.settings import read_settings

NAMED_FILES = (SETTINGS_FILE, "claims.yaml", "waivers.yaml", "workdays.yaml")
"""The files that every ledger has under the same name, if it has them."""


def own_patterns(settings: Settings | None) -> tuple[str, ...]:
    """The paths and globs of everything that a ledger reads; only what has a fixed name where nobody knows more."""
    if settings is None:
        return NAMED_FILES
    return (*NAMED_FILES, *(book.path for book in settings.books), settings.journal)


def is_read(patterns: tuple[str, ...], path: str) -> bool:
    """Whether a file at a path below the ledger's folder would be read, were there one."""
    if any(part.startswith(".") for part in PurePosixPath(path).parts):
        return path in patterns
    return any(fits(PurePosixPath(pattern).as_posix(), path) for pattern in patterns)


def reading_ledger(file: Path) -> Path | None:
    """The folder of the ledger that reads this file, or would read it once it is there; None if no ledger does."""
    for place, root in _folders_above(file):
        files = Folder(root)
        patterns = own_patterns(read_settings(files, SETTINGS_FILE, {})[0])
        if is_read(patterns, place.relative_to(root).as_posix()) or _is_linked(place, files, patterns):
            return root
    return None


def _folders_above(file: Path) -> Iterator[tuple[Path, Path]]:
    """The folders above a file that hold a ledger, each with the file as it lies there, links followed and not."""
    try:
        places = dict.fromkeys([file.resolve(), file.absolute()])
    except (OSError, RuntimeError, ValueError):
        # A circle of links, or a name that no system takes: whoever writes there is told so.
        return
    for place in places:
        for root in place.parents:
            if _is_file(root / SETTINGS_FILE):
                yield place, root


def _is_file(path: Path) -> bool:
    """Whether a regular file is there, as far as we may look."""
    try:
        return path.is_file()
    except OSError:
        return False


def _is_linked(place: Path, files: Folder, patterns: tuple[str, ...]) -> bool:
    """Whether a file that is there is one that the ledger reads by another name: a link, or other capitals."""
    if not _is_file(place):
        return False
    return any(_is_one(files.root / path, place) for pattern in patterns for path in files.matching(pattern))


def _is_one(path: Path, place: Path) -> bool:
    try:
        return path.samefile(place)
    except OSError:
        return False
