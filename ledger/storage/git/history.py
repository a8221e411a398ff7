"""What the commits of a repository say of one item: its part of the plan and of the journal, version by version.

A history holds hundreds of versions of a ledger, and few of them say anything new of one item. Whether one does is seen
from its bytes: files whose content is known by its id are looked at once, and only the lines that name the item are
kept of them. Nothing is parsed before two versions differ in these lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.model.entry import Entry
from ledger.model.finding import HIDING, Finding
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Book, Settings
from ledger.storage.files import fits
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import GitFiles, files_at
from ledger.storage.git.two_versions import NO_LEDGER
from ledger.storage.journal import read_journal
from ledger.storage.ledger import SETTINGS_FILE
from ledger.storage.part import Excerpt, mentions, pieces
from ledger.storage.plan import read_book
from ledger.storage.settings import read_claims, read_settings
from ledger.text.pattern import regex

_CLAIMS = "claims.yaml"
_DAY = regex(rb"\d{4}-\d\d-\d\d")

Told = tuple[tuple[str, tuple[bytes, ...]], ...]
"""The name of a book, empty for the journal, and what a file of it says of the item."""


class Part(NamedTuple):
    """What one version of the files says of the item.

    `told` are the lines that name it; where they are equal, so is everything read from them. `claims` is the id of the
    content of `claims.yaml`. Without `settings` the version cannot be read.
    """

    told: Told
    contents: dict[str, bytes]
    settings: Settings | None
    claims: str


class Version(NamedTuple):
    """One commit and its part; `parents` are those of its parents that are here: a shallow clone lacks some."""

    revision: Revision
    parents: tuple[str, ...]
    part: Part

    @property
    def is_edge(self) -> bool:
        """Whether a shallow clone ends here: what this commit has may be older than it."""
        return len(self.parents) < len(self.revision.parents)


class _Held:
    """Files in memory, some of which may be asked for."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self._contents = contents

    def read(self, path: str) -> bytes:
        return self._contents[path]

    def matching(self, pattern: str) -> list[str]:
        return sorted(path for path in self._contents if path == pattern or fits(pattern, path))


class _Listed(NamedTuple):
    """The files of a version: name of the book, empty for the journal, path, id of the content."""

    settings: Settings | None
    files: list[tuple[str, str, str]]
    claims: str


class _Spoken(NamedTuple):
    """What a file says of the item: every line where it was, and as it is written."""

    excerpt: bytes
    told: tuple[bytes, ...]


_SILENT = _Spoken(b"", ())


class ItemVersions:
    """The versions of one item up to a revision; `later` is that revision, None if the working tree follows it."""

    def __init__(self, repository: Repository, id_: str, until: Revision, later: Revision | None) -> None:
        self._objects = repository.objects
        self._id = id_
        # What a symbolic link leads to nobody knows.
        self._spoken: dict[str, _Spoken | None] = {"": None}
        self._settings: dict[str, Settings | None] = {}
        self._items: dict[object, tuple[list[Item], bool]] = {}
        self._ledgers: dict[int, Ledger] = {}
        self._seals: dict[str, tuple[bytes, date | None]] = {}
        self.versions = self._read_versions(repository, until, later)

    def _read_versions(self, repository: Repository, until: Revision, later: Revision | None) -> list[Version]:
        """Every commit before those made from it. A ledger that moved is followed to where it was."""
        commits = repository.ancestry(until)
        here = {revision.id for revision in commits}
        places = [files_at(repository, revision, later) for revision in commits]
        trees = {tree: self._listed(files) for tree, files in {files.tree: files for files in places}.items()}
        self._look_at(listed for listed in trees.values())
        parts = {tree: self._part(listed) for tree, listed in trees.items()}
        return [
            Version(revision, tuple(id_ for id_ in revision.parents if id_ in here), parts[files.tree])
            for revision, files in zip(commits, places, strict=True)
        ]

    def _listed(self, files: GitFiles) -> _Listed:
        """The books and the journal of a version, file by file. Without `ledger.yaml` there is no ledger yet."""
        content = files.content_id(SETTINGS_FILE) if files.tree else ""
        if not content:
            return _Listed(NO_LEDGER.settings, [], "")
        if content not in self._settings:
            self._settings[content] = read_settings(files, SETTINGS_FILE, {})[0]
        settings = self._settings[content]
        if settings is None:
            return _Listed(None, [], "")
        patterns = (*((book.id, book.path) for book in settings.books), ("", settings.journal))
        found = [(name, path, id_) for name, pattern in patterns for path, id_ in files.contents(pattern)]
        return _Listed(settings, found, files.content_id(_CLAIMS))

    def _look_at(self, versions: Iterable[_Listed]) -> None:
        """Keeps of every file that any version has what it says of the item."""
        # Of the name only the ending counts, by which a table is told from a list.
        kinds = {id_: path[-4:].lower() for listed in versions for _, path, id_ in listed.files if id_}

        def see(id_: str, data: bytes | None) -> None:
            if data is None:
                self._spoken[id_] = None
            elif mentions(data, self._id) and (told := pieces(kinds[id_], data, self._id)):
                self._spoken[id_] = _Spoken(Excerpt(_Held({kinds[id_]: data}), [self._id]).read(kinds[id_]), told)
            else:
                self._spoken[id_] = _SILENT

        # git keeps the newest version whole and the older ones as differences from it: it unpacks fastest backwards.
        self._objects.look_at(reversed(kinds), see)

    def _part(self, listed: _Listed) -> Part:
        contents: dict[str, bytes] = {}
        told: list[tuple[str, tuple[bytes, ...]]] = []
        for name, path, id_ in listed.files:
            found = self._spoken[id_]
            if found is None:
                return Part((), {}, None, listed.claims)
            if found.told:
                contents[path] = found.excerpt
                told.append((name, found.told))
        return Part(tuple(sorted(told)), contents, listed.settings, listed.claims)

    def ledger(self, part: Part) -> Ledger:
        """The settings of a version with the item and its entries alone.

        `broken` holds `plan` or `journal` where that cannot be read: then nobody knows what it said.
        """
        key = id(part)
        if key not in self._ledgers:
            settings = part.settings
            self._ledgers[key] = _UNREAD if settings is None else self._read(part.contents, settings)
        return self._ledgers[key]

    def _read(self, contents: dict[str, bytes], settings: Settings) -> Ledger:
        files = _Held(contents)
        items: list[Item] = []
        broken = set()
        for book in settings.books:
            more, is_broken = self._book(files, book, settings)
            items += more
            broken |= {"plan"} if is_broken else set()
        entries, faults = read_journal(files, settings, {})
        # A bad line of the journal is merely not there; a file that cannot be read may hold anything.
        broken |= {"journal"} if any(_hides(finding, "") for finding in faults) else set()
        own = part_of(NO_LEDGER._replace(settings=settings, items=tuple(items), orphans=tuple(entries)), self._id)
        return own._replace(broken=frozenset(broken))

    def _book(self, files: _Held, book: Book, settings: Settings) -> tuple[list[Item], bool]:
        """The item as far as it stands in a book, and whether something of it could not be read."""
        paths = files.matching(book.path)
        key = (id(settings), book.id, *((path, files.read(path)) for path in paths))
        if key not in self._items:
            items, faults = read_book(files, book, settings, {}) if paths else ([], [])
            own = [item for item in items if item.id == self._id]
            self._items[key] = own, any(_hides(finding, self._id) for finding in faults)
        return self._items[key]

    def sealed_through(self, version: Version, day: date) -> date | None:
        """The last day that a seal of a version covers, if it covers `day`; None too if the seals cannot be read."""
        content = version.part.claims
        if not content:
            return None
        if content not in self._seals:
            data = self._objects.blob(content)
            newest = max(_DAY.findall(data), default=b"") if b"seals" in data else b""
            self._seals[content] = newest, None
        newest, through = self._seals[content]
        # To look for anything that resembles a day is much faster than to read all seals of years.
        if newest < day.isoformat().encode():
            return None
        if through is None:
            claims, _ = read_claims(_Held({_CLAIMS: self._objects.blob(content)}), {})
            through = max((seal.through for seal in claims.seals), default=date.min)
            self._seals[content] = newest, through
        return through if day <= through else None


_UNREAD = NO_LEDGER._replace(broken=frozenset({"plan", "journal"}))


def _hides(finding: Finding, id_: str) -> bool:
    """Whether something may have been there that was not read."""
    return finding.item in ("", id_) and finding.code in HIDING and finding.severity == "error"


def part_of(ledger: Ledger, id_: str) -> Ledger:
    """The ledger with the settings, the item and its entries alone, whether the plan has that item or not."""
    own = sorted(entry for entry in (*ledger.journal.get(id_, ()), *ledger.orphans) if entry.item == id_)
    once: dict[object, Entry] = {}
    for entry in own:
        once.setdefault(entry.content, entry)
    items = tuple(item for item in ledger.items if item.id == id_)
    return NO_LEDGER._replace(settings=ledger.settings, items=items, journal={id_: tuple(once.values())})


def working_part(ledger: Ledger, id_: str) -> Ledger:
    """The same of the ledger as it lies in its folder; `broken` if a file that may speak of the item was not read."""
    broken = set()
    for finding in ledger.findings:
        path = finding.place.path
        text = ledger.texts.get(path)
        if text is not None and not mentions(text.data, id_):
            continue
        if fits(ledger.settings.journal, path):
            broken |= {"journal"} if _hides(finding, "") else set()
        elif any(fits(book.path, path) for book in ledger.settings.books) and _hides(finding, id_):
            broken.add("plan")
    return part_of(ledger, id_)._replace(broken=frozenset(broken))
