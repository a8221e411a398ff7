"""Finding a ledger and reading all of it; which files are its own; and its files as they would be after an edit."""

from __future__ import annotations

import errno
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path, PurePosixPath
from stat import S_ISDIR

from ledger.model.claim import Claims, Waiver
from ledger.model.entry import Entry
from ledger.model.finding import Finding, Source, in_order
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.storage.files import Files, Folder, fits, read_text
from ledger.storage.journal import read_journal
from ledger.storage.part import Excerpt, only_new_lines
from ledger.storage.plan import read_book
from ledger.storage.settings import read_claims, read_settings, read_waivers, read_workdays
from ledger.storage.staged import resolved

SETTINGS_FILE = "ledger.yaml"


class NoLedger(Exception):
    """There is no ledger at any of the places looked at."""

    def __init__(self, looked: list[Path]) -> None:
        super().__init__(", ".join(map(str, looked)))
        self.looked = looked


class UnreadableLedger(Exception):
    """`ledger.yaml` cannot be read, so nothing can be said about the rest."""

    def __init__(self, findings: list[Finding], texts: dict[str, Source]) -> None:
        super().__init__("; ".join(str(finding.place) for finding in findings))
        self.findings = findings
        self.texts = texts


def find_ledger(start: Path, given: Path | None) -> Path:
    """The folder of the ledger: `given`, else the nearest with a `ledger.yaml` from `start` upwards, `data/` included.

    Raises `NoLedger` with every place it looked at.
    """
    if given is not None:
        looked = [given / SETTINGS_FILE, given / "data" / SETTINGS_FILE]
    else:
        folders = [start, *start.parents]
        looked = [place / SETTINGS_FILE for folder in folders for place in (folder, folder / "data")]
    for path in looked:
        if _stands(path):
            return path.parent
    raise NoLedger(looked)


def _stands(path: Path) -> bool:
    """Whether something other than a folder bears the name, or may: reading it tells what keeps it from being read.

    To pass over a pipe or a broken link would be to take the ledger of a folder above for the one that was meant.
    """
    try:
        return not S_ISDIR(path.lstat().st_mode)
    except OSError as error:
        return error.errno in (errno.EACCES, errno.EPERM)


class Named(NamedTuple):
    """What stands in the files that every ledger has under the same name, with the texts of these and what is wrong
    with them."""

    settings: Settings
    claims: Claims
    waivers: tuple[Waiver, ...]
    workdays: dict[date, bool]
    texts: dict[str, Source]
    findings: list[Finding]


def read_named(files: Files) -> Named:
    """The settings of a ledger, what was published, waivers and working days.

    Raises `UnreadableLedger` only if `ledger.yaml` itself says nothing.
    """
    texts: dict[str, Source] = {}
    settings, findings = read_settings(files, SETTINGS_FILE, texts)
    if settings is None:
        raise UnreadableLedger(in_order(findings), texts)
    claims, of_claims = read_claims(files, texts)
    waivers, of_waivers = read_waivers(files, texts)
    workdays, of_days = read_workdays(files, texts)
    return Named(settings, claims, waivers, workdays, texts, [*findings, *of_claims, *of_waivers, *of_days])


def read_ledger(files: Files, unheld: frozenset[str] = frozenset(), named: Named | None = None) -> Ledger:
    """Everything the files hold. What cannot be read is in `findings`; the rest is there all the same.

    `unheld` are columns of the journal that these files leave out on purpose, so that none is missed; `named` is what
    `read_named` gave of these files, if that was asked for before. Raises `UnreadableLedger` only if `ledger.yaml`
    itself says nothing.
    """
    settings, claims, waivers, workdays, known, wrong = named or read_named(files)
    texts, findings = dict(known), list(wrong)
    items: list[Item] = []
    broken = set()
    for book in settings.books:
        more, found = read_book(files, book, settings, texts)
        items += more
        findings += found
        if found:
            broken.add(book.id)
    entries, found = read_journal(files, settings, texts, unheld)
    findings += found
    if found:
        broken.add("journal")
    journal, orphans, returns = by_item(entries, items)
    return Ledger(
        settings,
        tuple(items),
        journal,
        orphans,
        claims,
        waivers,
        workdays,
        tuple(in_order(findings)),
        texts,
        returns,
        frozenset(broken),
    )


def with_lines(ledger: Ledger, files: Files, grown: Mapping[str, bytes]) -> Ledger:
    """The ledger with lines put behind those of some of its journal files, as `files` have them now; `grown` holds
    these files as they were, nothing for a new one.

    Only the new lines are read: the rest is what it was, in a ledger of thirty thousand items as in one of three
    (`python bench/run.py --only record`).
    """
    contents = {path: only_new_lines(before, files.read(path)) for path, before in grown.items()}
    texts: dict[str, Source] = {}
    entries, found = read_journal(Overlay(NoFiles(), contents), ledger.settings, texts)
    texts = {path: read_text(files, path, gb18030=True).source for path in grown}
    # What is wrong with a header was found before.
    found = [one for one in found if one.place.line > grown[one.place.path].count(b"\n")]
    journal, orphans, returns = by_item(entries, ledger.items)
    journal = {id_: in_line((*ledger.journal[id_], *more)) for id_, more in journal.items() if more}
    return ledger._replace(
        journal={**ledger.journal, **journal},
        orphans=tuple(sorted((*ledger.orphans, *orphans))),
        returns=in_line((*ledger.returns, *returns)),
        findings=tuple(in_order([*ledger.findings, *found])),
        texts={**ledger.texts, **texts},
        broken=ledger.broken | ({"journal"} if found else set()),
    )


def read_related(files: Files, ids: Iterable[str], named: Named | None = None) -> Ledger:
    """The ledger as far as its errors about some items go: the plan and the journal of these items, and the seals.

    Of figures that were published and of sums nothing is kept: these items alone do not come to them. Where a target is
    summed over actions, the item it belongs to and all actions under it are read too. Everything is read only if
    something of that part cannot be read.
    """
    named, wanted = named or read_named(files), set(ids)
    found = read_ledger(Excerpt(files, wanted), named=named)
    above = {item.under for item in found.items if item.id in wanted} - {""}
    summed = {item.id for item in found.items if item.id in wanted and _is_summed(item)}
    if above:
        found = read_ledger(Excerpt(files, wanted | above), named=named)
        summed |= {item.id for item in found.items if item.id in above and _is_summed(item)}
    if summed:
        below = {item.id for item in found.items if item.under in summed}
        found = read_ledger(Excerpt(files, wanted | summed | below), named=named)
    return read_ledger(files, named=named) if found.unread else found._replace(claims=Claims(seals=found.claims.seals))


def _is_summed(item: Item) -> bool:
    return any(target.sum == "actions" for target in item.targets)


Journal = dict[str, tuple[Entry, ...]]
"""The entries of each item in their order, exact duplicates once."""
_ITEM = itemgetter(2)


def by_item(entries: Sequence[Entry], items: Iterable[Item]) -> tuple[Journal, tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries of each item in their order, exact duplicates once; those whose item does not exist; and those of no
    item, in their order."""
    known = dict.fromkeys(item.id for item in items)
    gathered: defaultdict[str, list[Entry]] = defaultdict(list)
    # Each entry goes to the list of its item without a step of Python.
    deque(map(list.append, map(gathered.__getitem__, map(_ITEM, entries)), entries), maxlen=0)
    returns = in_line(gathered.pop("", ()))
    orphans = [entry for id_ in gathered.keys() - known.keys() for entry in gathered[id_]]
    return {id_: in_line(gathered.get(id_, ())) for id_ in known}, tuple(sorted(orphans)), returns


_WHEN = itemgetter(0, 1)


def in_line(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in their order, exact duplicates once."""
    own = sorted(entries)
    if len(set(map(_WHEN, own))) == len(own):
        # Nothing happened twice on a day, so that nothing is a copy; nearly every item is like that.
        return tuple(own)
    return tuple(entry for before, entry in zip((None, *own), own, strict=False) if not _same(before, entry))


def _same(before: Entry | None, entry: Entry) -> bool:
    """Whether two neighbours say exactly the same, so that the second is a copy."""
    return before is not None and before[0] == entry[0] and before[1] == entry[1] and before[:-2] == entry[:-2]


class Overlay:
    """Files of which some have other content, are there only in this view, or (where that is None) are not."""

    def __init__(self, files: Files, contents: Mapping[str, bytes | None]) -> None:
        self._files = files
        self._contents = contents

    def read(self, path: str) -> bytes:
        """The content after the edit."""
        if path not in self._contents:
            return self._files.read(path)
        content = self._contents[path]
        if content is None:
            raise FileNotFoundError(errno.ENOENT, "No such file", path)
        return content

    def matching(self, pattern: str) -> list[str]:
        """The paths that match a glob, new files too."""
        new = [path for path in self._contents if path == pattern or fits(pattern, path)]
        gone = {path for path, content in self._contents.items() if content is None}
        return sorted({*self._files.matching(pattern), *new} - gone)


class NoFiles:
    """A folder that is not there yet."""

    def read(self, path: str) -> bytes:
        """There is nothing to read."""
        raise FileNotFoundError(path)

    def matching(self, pattern: str) -> list[str]:
        """There is nothing that matches."""
        return []


class Remembered:
    """Files each of which is read once, so that what was judged is what will be compared before saving."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._contents: dict[str, bytes] = {}

    def read(self, path: str) -> bytes:
        """The content as it was at the first reading."""
        if path not in self._contents:
            self._contents[path] = self._files.read(path)
        return self._contents[path]

    def matching(self, pattern: str) -> list[str]:
        """The paths that match a glob."""
        return self._files.matching(pattern)


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
        places = dict.fromkeys([resolved(file), file.absolute()])
    except (OSError, ValueError):
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
