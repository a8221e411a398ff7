"""Included ledgers read and put beside the ledger that names them; what cannot be counted is never left out unsaid."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from ledger.model.field import SETTINGS
from ledger.model.finding import NO_SOURCE, UNREADABLE, Finding
from ledger.model.ledger import VAST, Child, Ledger
from ledger.model.setting import Book, Include, Settings
from ledger.model.words import NO_WORDS, Words
from ledger.storage.files import Files
from ledger.storage.include.source import Lost, is_past, opened, place_of
from ledger.storage.include.view import excerpt, moved, named_of, seen_from, told_of
from ledger.storage.ledger import SETTINGS_FILE, UnreadableLedger, read_ledger


def attached(
    root: Path, ledger: Ledger, without: Collection[str] = (), *, pinned: bool = False, files: Files | None = None,
    known: Mapping[str, Child] = MappingProxyType({}), look: Callable[[Child], None] | None = None,
) -> Ledger:  # fmt: skip
    """The ledger with its included ones, but for those `without` names; `absent` tells what keeps one from counting.

    Each is read whole from where `root`, the ledger's folder, sees it; `files` are the ledger's own, of an earlier
    version perhaps, in which a bundle may lie. `pinned` refuses those that are read from files as they lie: of an
    earlier day nobody knows what these were. One of `known` that is included in the same way is not read again. `look`
    is shown each that can be counted while it is in memory: of a nation none stays there.
    """
    settings = ledger.settings
    absent = list(_misnamed(ledger))
    children: dict[str, Child] = {}
    places: dict[Path, str] = {root.resolve(): ""}
    shelf = _Shelf(VAST)
    for include in settings.includes:
        if include.id in without:
            continue
        if include.id in known and known[include.id].include == include and not (pinned and include.path):
            children[include.id] = known[include.id]
            continue
        try:
            _require_own_place(root, include, places)
            if pinned and include.path:
                raise Lost(Words("要用固定的版本：写 git 和 rev，或 bundle",
                                 "it must be pinned: by git and rev, or bundle"), key="path")  # fmt: skip
            child, own = _child(root, include, files, shelf, ledger)
        except Lost as lost:
            absent.append(_absence(settings, include.id, lost.message, lost.hint, lost.key))
        except UnreadableLedger as error:
            absent.append(_absence(settings, include.id, Words("读不出来", "cannot be read")))
            absent += (one._replace(key=include.id) for one in error.findings)
        else:
            faults = own.unread
            if faults:
                words = Words("没有读全", "could not be read whole")
                absent.append(_absence(settings, include.id, words))
                absent += (moved(one, include.id, child.prefix)._replace(key=include.id) for one in faults)
            children[include.id] = child
            if look is not None and not absent:
                look(child)
            del own
    left = tuple(one.id for one in settings.includes if one.id in without)
    return with_views(ledger._replace(includes=children, absent=tuple(absent), without=left))


def with_views(ledger: Ledger) -> Ledger:
    """The ledger with its included ones as it sees them now: by its settings, and what its journal says of them."""

    def seen(child: Child, name: str) -> Child:
        told = told_of(ledger, name)

        def view(of: Callable[[], Ledger]) -> Ledger:
            return seen_from(of(), name, child.prefix, ledger.settings, told)

        # What can be kept is made once.
        keep = (lambda made: made) if ledger.is_vast else cache
        return child._replace(view=keep(partial(view, child.read)), named=cache(partial(view, child.parts)))

    return ledger._replace(includes={name: seen(child, name) for name, child in ledger.includes.items()})


def _require_own_place(root: Path, include: Include, places: dict[Path, str]) -> None:
    """Raises `Lost` for the ledger itself, and for a place that another include names already."""
    place = place_of(root, include)
    other = places.setdefault(place, include.id)
    way = "path" if include.path else "git" if include.git else "bundle"
    if other == include.id:
        return
    if not other:
        raise Lost(Words("就是本台账自己", "is this ledger itself"), key=way)
    raise Lost(Words("和 {other} 是同一个地方", "is the same place as {other}").fill(other=other), key=way)


def _absence(settings: Settings, name: str, why: Words, hint: Words = NO_WORDS, key: str = "") -> Finding:
    place = settings.where.place("includes", name, key) if key else settings.where.place("includes", name)
    message = Words("下级台账 {name}：{why}", "the included ledger {name}: {why}").fill(name=name, why=why)
    return Finding(place, 101, message, hint, key=name)


def _misnamed(ledger: Ledger) -> Iterator[Finding]:
    """What is wrong with the settings of includes: of such a one nobody knows which ledger is meant."""
    block = _block(ledger.texts.get(SETTINGS_FILE, NO_SOURCE).text, ledger.settings)
    for finding in ledger.findings:
        if finding.place.path == SETTINGS_FILE and finding.place.line in block and finding.code in UNREADABLE:
            yield finding


def _block(text: str, settings: Settings) -> range:
    """The lines of `ledger.yaml` in which its includes stand: up to the value of the key behind them."""
    lines = text.splitlines()
    first = next((n for n, line in enumerate(lines, 1) if line.lstrip("\"' {").startswith("includes")), 0)
    if not first:
        return range(0)
    others = (settings.where.place(field.name).line for field in SETTINGS if field.name != "includes")
    return range(first, min((line for line in others if line > first), default=len(lines) + 1))


class _Shelf:
    """As many included ledgers as fit into memory; one that had to go is read again when somebody asks for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[str, Ledger] = {}

    def get(self, name: str, read: Callable[[], Ledger]) -> Ledger:
        """The ledger of that name, read if it is not there; those that were not asked for longest go for it."""
        if name in self._kept:
            self._kept[name] = self._kept.pop(name)
            return self._kept[name]
        self._make_room()
        found = self._kept[name] = read()
        return found

    def _make_room(self) -> None:
        """Once all is full the half is left free: how much the next one needs is known when it is there."""
        size = sum(ledger.weight for ledger in self._kept.values())
        if size <= self._most:
            return
        while self._kept and size > self._most // 2:
            size -= self._kept.pop(next(iter(self._kept))).weight


def _child(root: Path, include: Include, files: Files | None, shelf: _Shelf, above: Ledger) -> tuple[Child, Ledger]:
    """An included ledger, and what was read of it. Raises `Lost`, and `UnreadableLedger` with paths from here."""
    with opened(root, include, files) as source:
        try:
            own = shelf.get(include.id, lambda: read_ledger(source.files, source.unheld))
        except UnreadableLedger as error:
            findings = [moved(one, include.id, source.prefix) for one in error.findings]
            raise UnreadableLedger(findings, error.texts) from None
    known = _hashes(own)

    def read() -> Ledger:
        with opened(root, include, files) as source:
            found = read_ledger(source.files, source.unheld)
        if _hashes(found) != known:
            raise Lost(Words("{name} 在读的时候被改动", "{name} was changed while it was read").fill(name=include.id),
                       Words("再运行一次", "run it again"))  # fmt: skip
        return found

    notes = []
    if own.settings.includes:
        names = "、".join(one.id for one in own.settings.includes)
        notes.append(Words("它自己的下级台账不读：{names}", "its own includes are not read: {names}").fill(names=names))
    again = partial(shelf.get, include.id, read)
    wanted = named_of(above, include.id)
    parts = cache(lambda: excerpt(again(), wanted))
    child = Child(
        include, again, again, again, parts, own.weight, source.prefix, source.revision, source.known_on, source.stated,
        tuple(notes), partial(is_past, root, include),
    )  # fmt: skip
    if 31 * own.weight > VAST and wanted:
        # While it is there: of many as large as this it may have to be read again for it.
        parts()
    return child, own


def _hashes(ledger: Ledger) -> dict[str, int]:
    return {path: hash(text) for path, text in ledger.texts.items()}


def whole(ledger: Ledger) -> Ledger:
    """The ledger with the items of its included ones among its own: what `--includes` shows."""
    views = [child.view() for child in ledger.includes.values()]
    if not views or ledger.is_whole:
        return ledger
    settings = ledger.settings
    books = {book.id: book for book in settings.books}
    tags = {tag.id: tag for tag in settings.tags}
    units = {unit.name: unit for unit in settings.units}
    for view in views:
        for book in view.settings.books:
            books.setdefault(book.id, Book(book.id, book.name, ""))
        tags = {tag.id: tag for tag in view.settings.tags} | tags
        for unit in view.settings.units if settings.units else ():
            known = units.get(unit.name, unit)
            units[unit.name] = known._replace(was=tuple(dict.fromkeys((*known.was, *unit.was))))
    joined = settings._replace(
        books=tuple(books.values()), tags=tuple(tags.values()), units=tuple(units.values()) if settings.units else ()
    )
    items, journal, texts = list(ledger.items), dict(ledger.journal), dict(ledger.texts)
    for view in views:
        start = view.settings.start
        items += (item if item.added else item._replace(added=start) for item in view.items)
        journal.update(view.journal)
        texts.update(view.texts)
    return ledger._replace(settings=joined, items=tuple(items), journal=journal, texts=texts, is_whole=True)
