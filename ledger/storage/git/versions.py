"""The versions of a ledger at many revisions: what two of them share is read once, what only grew is gone on from."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import accumulate
from operator import itemgetter

from ledger.model.entry import Entry
from ledger.model.finding import UNREADABLE, Finding
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Book, Settings
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import GitFiles, blob_id, files_at
from ledger.storage.git.two_versions import NO_LEDGER
from ledger.storage.glob import fits
from ledger.storage.journal import read_journal
from ledger.storage.ledger import SETTINGS_FILE, by_item, in_line
from ledger.storage.plan import read_book
from ledger.storage.settings import read_settings

_LINE = itemgetter(Entry._fields.index("line"))

Unread = Finding
"""Why a version cannot be read: the first fault that hides something."""


class Versions:
    """The plan and the journal of one ledger at many revisions; `later` is the last, None for the working tree.

    `today` is the ledger as it was read from there: a file of an earlier version that is the beginning of one of today
    says what that one says up to there, in the same records. Claims, waivers and workdays are left out: no figure rests
    on them.
    """

    def __init__(self, repository: Repository, later: Revision | None, today: Ledger | None = None) -> None:
        self._repository = repository
        self._later = later
        self._today = _Today(today) if today else None
        self._settings: dict[str, tuple[Settings | None, list[Finding]]] = {}
        self._books: dict[tuple[str, ...], tuple[list[Item], list[Finding]]] = {}
        self._journals: dict[tuple[str, ...], tuple[list[Entry], list[Finding]]] = {}
        self._tails: dict[str, tuple[bytes, list[Entry]]] = {}
        self._gathered = _Gathered({}, (), {})

    def files(self, revision: Revision) -> GitFiles:
        """The ledger's files at a revision, wherever its folder was then; with the same `tree` they are the same."""
        return files_at(self._repository, revision, self._later)

    def ledger(self, files: GitFiles, day: date) -> Ledger | Unread:
        """The ledger that the files make; without a `ledger.yaml` it is empty. Raises `GitTrouble`.

        `day` is the one on which they were in force: they mostly say what those of today say up to it.
        """
        content = files.content_id(SETTINGS_FILE) if files.tree else ""
        if not content:
            return NO_LEDGER
        if content not in self._settings:
            self._settings[content] = self._read_settings(files)
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
        contents = files.contents(settings.journal)
        self._take_from_today(contents, settings, content, day)
        self._repository.objects.fetch(
            id_ for path, id_ in contents if id_ and (content, path, id_) not in self._journals
        )
        parts: dict[str, list[Entry]] = {}
        for path, id_ in contents:
            parts[path], found = self._journal(files, settings, path, (content, path, id_))
            faults += found
        hiding = [fault for fault in faults if fault.code in UNREADABLE and fault.severity == "error"]
        if hiding:
            return hiding[0]
        self._gathered = _gather(self._gathered, parts, tuple(items))
        return NO_LEDGER._replace(settings=settings, items=self._gathered.items, journal=self._gathered.journal)

    def _take_from_today(
        self, contents: Iterable[tuple[str, str]], settings: Settings, content: str, day: date
    ) -> None:
        """Takes from today the files of the journal that held what those of today hold up to a day.

        The id of a content tells that without asking git for it, which would take longer than all the rest
        (`python bench/run.py --history --only "report trend --recorded"`).
        """
        if self._today is None or settings is not self._today.settings:
            return
        for path, id_ in contents:
            key = (content, path, id_)
            if id_ and key not in self._journals:
                data, own = self._today.until(path, day)
                if data and blob_id(data, id_) == id_:
                    self._journals[key] = own, []

    def _read_settings(self, files: GitFiles) -> tuple[Settings | None, list[Finding]]:
        """The settings; those of today where they are written in the same bytes."""
        if self._today and self._today.has(SETTINGS_FILE, files.read(SETTINGS_FILE)):
            return self._today.settings, []
        return read_settings(files, SETTINGS_FILE, {})

    def _book(
        self, files: GitFiles, book: Book, settings: Settings, path: str, key: tuple[str, ...]
    ) -> tuple[list[Item], list[Finding]]:
        """The items of one file of a book."""
        if key not in self._books:
            today = self._today if self._today and settings is self._today.settings else None
            if today and key[-1] and today.has(path, files.read(path)):
                self._books[key] = today.items(book, path), []
            else:
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
            today = self._today if self._today and settings is self._today.settings else None
            known = today.entries(path, data) if today and data else None
            self._journals[key] = (known, []) if known is not None else self._read_journal(
                files, settings, path, key[0], data
            )  # fmt: skip
        return self._journals[key]

    def _read_journal(
        self, files: GitFiles, settings: Settings, path: str, content: str, data: bytes
    ) -> tuple[list[Entry], list[Finding]]:
        before, known = self._tails.get(path + "\0" + content, (b"", []))
        if before and data.startswith(before):
            head = before[: before.index(b"\n") + 1]
            lines, found = read_journal(_One(files, path, head + data[len(before) :]), settings, {})
            lines = [*known, *lines]
        else:
            lines, found = read_journal(_One(files, path), settings, {})
        # Only where nothing was amiss and the last line was ended, what follows stands on its own.
        if not found and data.endswith(b"\n"):
            self._tails[path + "\0" + content] = data, lines
        return lines, found


class _Today:
    """The ledger of today by its files, so far as nothing is amiss in them."""

    def __init__(self, ledger: Ledger) -> None:
        self.settings = ledger.settings
        amiss = {finding.place.path for finding in ledger.findings}
        self._bytes = {path: text.data for path, text in ledger.texts.items() if path not in amiss}
        self._items: dict[tuple[str, str], list[Item]] = {}
        for item in ledger.items:
            self._items.setdefault((item.book, item.where.place().path), []).append(item)
        lines: dict[str, list[Entry]] = defaultdict(list)
        for own in (*ledger.journal.values(), ledger.orphans, ledger.returns):
            for entry in own:
                lines[entry[-2]].append(entry)
        self._lines = {path: sorted(own, key=_LINE) for path, own in lines.items() if path in self._bytes}
        self._days: dict[str, tuple[list[date], list[int]]] = {}

    def has(self, path: str, data: bytes) -> bool:
        """Whether a file holds these bytes."""
        return self._bytes.get(path) == data

    def items(self, book: Book, path: str) -> list[Item]:
        """The items in a file of a book."""
        return self._items.get((book.id, path), [])

    def until(self, path: str, day: date) -> tuple[bytes, list[Entry]]:
        """What a file of the journal holds before the first line of a later day, and the entries there; nothing where
        some line may be no entry, or part of one."""
        own = self._lines.get(path)
        if own is None:
            return b"", []
        if path not in self._days:
            ends = list(accumulate(map(len, self._bytes[path].splitlines(keepends=True))))
            self._days[path] = list(accumulate((entry.date for entry in own), max)), ends
        days, ends = self._days[path]
        number = bisect_right(days, day)
        data = self._bytes[path][: ends[number]] if 0 < number < len(ends) else b""
        return (data, own[:number]) if _are_all(own, number, data) else (b"", [])

    def entries(self, path: str, data: bytes) -> list[Entry] | None:
        """The entries in the beginning of a file of the journal; None if `data` is not the beginning of one, or some
        line of it may be no entry, or part of one."""
        own = self._lines.get(path)
        if own is None or not data.endswith(b"\n") or not self._bytes[path].startswith(data):
            return None
        number = data.count(b"\n") - 1
        return own[:number] if _are_all(own, number, data) else None


def _are_all(own: list[Entry], number: int, data: bytes) -> bool:
    """Whether the first entries of a file are all that its first bytes say: every line behind the header is one of
    them, and none was left out as a copy of another."""
    return (
        0 < number <= len(own) and own[number - 1][-1] == number + 1
        and data.endswith(b"\n") and data.count(b"\n") == number + 1
    )  # fmt: skip


class _Gathered(NamedTuple):
    """The journal of a version by item, the items, and the entries of each file it was gathered from, by path."""

    parts: dict[str, list[Entry]]
    items: tuple[Item, ...]
    journal: dict[str, tuple[Entry, ...]]


def _gather(before: _Gathered, parts: dict[str, list[Entry]], items: tuple[Item, ...]) -> _Gathered:
    """The entries of each item in their order; of items of which no file says anything new, those of `before`."""
    known = before.journal
    is_new_plan = items != before.items
    touched = {item.id for item in items if item.id not in known} if is_new_plan else set[str]()
    fresh: dict[str, list[Entry]] = {}
    for path in before.parts.keys() | parts.keys():
        old, new = before.parts.get(path, []), parts.get(path, [])
        if old is new:
            continue
        if old and not _has_grown(old, new):
            touched.update(entry.item for entry in (*old, *new))
        else:
            for entry in new[len(old) :]:
                fresh.setdefault(entry.item, []).append(entry)
    journal = {item.id: known.get(item.id, ()) for item in items} if is_new_plan else dict(known)
    for id_, more in fresh.items():
        own = journal.get(id_)
        if own is not None:
            later = in_line(more) if len(more) > 1 else (more[0],)
            is_behind = not own or own[-1].date < later[0].date
            journal[id_] = own + later if is_behind else in_line((*own, *later))
    if touched:
        anew, *_ = by_item(_about(touched, parts), [item for item in items if item.id in touched])
        journal |= anew
    return _Gathered(parts, items if is_new_plan else before.items, journal)


def _has_grown(old: list[Entry], new: list[Entry]) -> bool:
    """Whether a list begins with all of another: one that only grew shares its first entries."""
    return len(old) <= len(new) and old[0] is new[0] and old[-1] is new[len(old) - 1]


def _about(ids: Iterable[str], parts: dict[str, list[Entry]]) -> list[Entry]:
    wanted = set(ids)
    return [entry for part in parts.values() for entry in part if entry.item in wanted]


class _One:
    """One file, alone, perhaps with another content."""

    def __init__(self, files: GitFiles, path: str, content: bytes | None = None) -> None:
        self._files, self._path, self._content = files, path, content

    def read(self, path: str) -> bytes:
        return self._files.read(path) if self._content is None else self._content

    def matching(self, pattern: str) -> list[str]:
        return [self._path] if self._path == pattern or fits(pattern, self._path) else []
