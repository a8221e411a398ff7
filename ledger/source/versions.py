"""Many versions of one ledger, as the commits of a branch have them; what they have in common is read once."""

from __future__ import annotations

from typing import NamedTuple

from ledger.model.entry import Entry
from ledger.model.finding import UNREADABLE, Finding
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.setting import Book, Settings
from ledger.source.differing import NO_LEDGER
from ledger.source.files import fits
from ledger.source.git import Repository, Revision
from ledger.source.journal import read_journal
from ledger.source.ledger_folder import SETTINGS_FILE, by_item
from ledger.source.plan import read_book
from ledger.source.settings import read_settings
from ledger.source.snapshot import GitFiles, files_at

Unread = Finding
"""Why a version cannot be read: the first fault that hides something."""


class Versions:
    """The plan and the journal of one ledger at many revisions; `later` is the last, None for the working tree.

    Claims, waivers and workdays are left out: no figure rests on them.
    """

    def __init__(self, repository: Repository, later: Revision | None) -> None:
        self._repository = repository
        self._later = later
        self._settings: dict[str, tuple[Settings | None, list[Finding]]] = {}
        self._books: dict[tuple[str, ...], tuple[list[Item], list[Finding]]] = {}
        self._journals: dict[tuple[str, ...], tuple[list[Entry], list[Finding]]] = {}
        self._tails: dict[str, tuple[bytes, list[Entry]]] = {}
        self._gathered = _Gathered({}, {})

    def files(self, revision: Revision) -> GitFiles:
        """The ledger's files at a revision, wherever its folder was then; with the same `tree` they are the same."""
        return files_at(self._repository, revision, self._later)

    def ledger(self, files: GitFiles) -> Ledger | Unread:
        """The ledger that the files make; without a `ledger.yaml` it is empty. Raises `GitTrouble`."""
        content = files.content_id(SETTINGS_FILE) if files.tree else ""
        if not content:
            return NO_LEDGER
        if content not in self._settings:
            self._settings[content] = read_settings(files, SETTINGS_FILE, {})
        settings, faults = self._settings[content]
        if settings is None:
            return faults[0]
        items: list[Item] = []
        faults = list(faults)
        for book in settings.books:
            contents = files.contents(book.path)
            if not contents:
                faults += read_book(files, book, settings, {})[1]
            for path, id_ in contents:
                more, found = self._book(files, book, settings, path, (content, book.id, path, id_))
                items += more
                faults += found
        parts: dict[str, list[Entry]] = {}
        for path, id_ in files.contents(settings.journal):
            lines, found = self._journal(files, settings, path, (content, path, id_))
            parts[path] = lines
            faults += found
        hiding = [fault for fault in faults if fault.code in UNREADABLE and fault.severity == "error"]
        if hiding:
            return hiding[0]
        self._gathered = _gather(self._gathered, parts, items)
        return NO_LEDGER._replace(settings=settings, items=tuple(items), journal=self._gathered.journal)

    def _book(
        self, files: GitFiles, book: Book, settings: Settings, path: str, key: tuple[str, ...]
    ) -> tuple[list[Item], list[Finding]]:
        """The items of one file of a book."""
        if key not in self._books:
            self._books[key] = read_book(_One(files, path), book._replace(path=path), settings, {})
        return self._books[key]

    def _journal(
        self, files: GitFiles, settings: Settings, path: str, key: tuple[str, ...]
    ) -> tuple[list[Entry], list[Finding]]:
        """The entries of one file of the journal; of one that only grew, what came is read and nothing else."""
        if key not in self._journals:
            try:
                data = files.read(path)
            except (OverflowError, OSError):
                data = b""
            before, known = self._tails.get(path + "\0" + key[0], (b"", []))
            if before and data.startswith(before):
                head = before[: before.index(b"\n") + 1]
                lines, found = read_journal(_One(files, path, head + data[len(before) :]), settings, {})
                lines = [*known, *lines]
            else:
                lines, found = read_journal(_One(files, path), settings, {})
            self._journals[key] = lines, found
            # Only where nothing was amiss and the last line was ended, what follows stands on its own.
            if not found and data.endswith(b"\n"):
                self._tails[path + "\0" + key[0]] = data, lines
        return self._journals[key]


class _Gathered(NamedTuple):
    """The journal of a version by item, and the entries of each file it was gathered from, by path."""

    parts: dict[str, list[Entry]]
    journal: dict[str, tuple[Entry, ...]]


def _gather(before: _Gathered, parts: dict[str, list[Entry]], items: list[Item]) -> _Gathered:
    """The entries of each item in their order; of items of which no file says anything new, those of `before`."""
    known = before.journal
    touched = {item.id for item in items if item.id not in known}
    for path in before.parts.keys() | parts.keys():
        touched.update(entry.item for entry in _changed(before.parts.get(path, []), parts.get(path, [])))
    entries = [entry for part in parts.values() for entry in part if entry.item in touched]
    anew, _ = by_item(entries, [item for item in items if item.id in touched])
    return _Gathered(parts, {item.id: anew[item.id] if item.id in touched else known[item.id] for item in items})


def _changed(old: list[Entry], new: list[Entry]) -> list[Entry]:
    """The entries that may be in one list and not in the other; a list that only grew shares its first entries."""
    if old is new:
        return []
    grown = 0 < len(old) <= len(new) and old[0] is new[0] and old[-1] is new[len(old) - 1]
    return new[len(old) :] if grown else old + new


class _One:
    """One file, alone, perhaps with another content."""

    def __init__(self, files: GitFiles, path: str, content: bytes | None = None) -> None:
        self._files, self._path, self._content = files, path, content

    def read(self, path: str) -> bytes:
        return self._files.read(path) if self._content is None else self._content

    def matching(self, pattern: str) -> list[str]:
        return [self._path] if self._path == pattern or fits(pattern, self._path) else []
