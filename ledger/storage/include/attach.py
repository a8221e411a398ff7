"""Included ledgers read and put beside the ledger that names them, and seen by its law; none is left out unsaid."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from ledger.model.entry import Entry, rank
from ledger.model.field import SETTINGS
from ledger.model.finding import NO_SOURCE, UNREADABLE, Finding, Place, Where
from ledger.model.item import Item
from ledger.model.ledger import ABOUT_OTHERS, VAST, Child, Ledger, parted_id
from ledger.model.setting import Book, Include, Settings, Unit
from ledger.model.value import parted
from ledger.model.words import NO_WORDS, Words
from ledger.storage.files import Files
from ledger.storage.include.source import Lost, is_past, opened, place_of
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


def under_law(own: Settings, law: Settings) -> Settings:
    """The settings of an included ledger with what is the parent's to say.

    Its zone, closing, who decides, who approves, the rules and the time nodes are the parent's. Units are those of
    both; one that the parent knows, by its name or a former one, bears the parent's name.
    """
    return own._replace(
        timezone=law.timezone, archived=None, time_nodes=law.time_nodes or own.time_nodes, closing=law.closing,
        approvers=law.approvers, decides=law.decides, rules=law.rules, units=_units(own, law),
        answer_days=law.answer_days, headline=law.headline,
    )  # fmt: skip


def _units(own: Settings, law: Settings) -> tuple[Unit, ...]:
    """The parent's units, with what each is called below as a former name; and those that only the ledger below has."""
    known = law.present_names
    also: dict[str, list[str]] = {}
    left = []
    for unit in own.units:
        now = next((known[name] for name in (unit.name, *unit.was) if name in known), "")
        if now:
            also.setdefault(now, []).extend(name for name in (unit.name, *unit.was) if name not in known)
        else:
            left.append(unit)
    return (*(unit._replace(was=(*unit.was, *also.get(unit.name, ()))) for unit in law.units), *left)


class _Elsewhere:
    """The places of a record in a file that lies elsewhere."""

    __slots__ = ("_prefix", "_where")

    def __init__(self, where: Where, prefix: str) -> None:
        self._where = where
        self._prefix = prefix

    def place(self, *keys: str) -> Place:
        """The place, with what stands before the paths of that ledger."""
        found = self._where.place(*keys)
        return found._replace(path=self._prefix + found.path)


def moved(finding: Finding, name: str, prefix: str) -> Finding:
    """A finding of an included ledger as the parent tells it: with the path from here, and the name of the ledger."""
    item = f"{name}/{finding.item}" if finding.item else ""
    return finding._replace(place=finding.place._replace(path=prefix + finding.place.path), item=item)


def judged_by(own: Ledger, law: Settings) -> Ledger:
    """The ledger in its own words, under the law of the parent: its closing steps stand in the parent's order."""
    settings = under_law(own.settings, law)
    steps = settings.closing.all_steps
    if steps == own.settings.closing.all_steps:
        return own._replace(settings=settings)
    journal = {id_: tuple(sorted(entry._replace(rank=rank(entry.event, entry.key, steps)) for entry in entries))
               for id_, entries in own.journal.items()}  # fmt: skip
    return own._replace(settings=settings, journal=journal)


def told_of(above: Ledger, name: str) -> list[Entry]:
    """What the journal of the parent says of the items of an included ledger."""
    return [entry for entry in above.orphans if entry.event in ABOUT_OTHERS and parted_id(entry.item)[0] == name]


def with_told(own: Ledger, told: Iterable[Entry]) -> Ledger:
    """The ledger in its own words, with what the parent's journal says of its items."""
    journal = dict(own.journal)
    for entry in told:
        id_ = parted_id(entry.item)[1]
        if id_ in journal:
            journal[id_] = tuple(sorted((*journal[id_], entry._replace(item=id_))))
    return own._replace(journal=journal)


def seen_from(own: Ledger, name: str, prefix: str, law: Settings, told: Iterable[Entry]) -> Ledger:
    """The ledger under the parent's law and with its ids; `told` is what `told_of` gives."""
    settings = under_law(own.settings, law)
    steps = settings.closing.all_steps
    ranked = steps != own.settings.closing.all_steps

    paths = {path: prefix + path for path in own.texts}

    def entry_there(entry: Entry, id_: str) -> Entry:
        place = rank(entry.event, entry.key, steps) if ranked else entry.rank
        # A province has 140,000 of them: with `_replace`, and an id and a path of its own for each, they took half as
        # long again and 57 MiB instead of 35.
        path = paths.get(entry.path) or prefix + entry.path
        return Entry._make((entry.date, place, id_, *entry[3:-2], path, entry.line))

    journal: dict[str, tuple[Entry, ...]] = {}
    for id_, entries in own.journal.items():
        there = f"{name}/{id_}"
        made = [entry_there(entry, there) for entry in entries]
        journal[there] = tuple(sorted(made) if ranked else made)
    for entry in told:
        if entry.item in journal:
            journal[entry.item] = tuple(sorted((*journal[entry.item], entry)))
    return own._replace(
        settings=settings,
        items=tuple(_item_there(item, name, prefix) for item in own.items),
        journal=journal,
        orphans=(),
        returns=(),
        waivers=(),
        texts={prefix + path: text for path, text in own.texts.items()},
        findings=tuple(moved(finding, name, prefix) for finding in own.findings),
    )


def _item_there(item: Item, name: str, prefix: str) -> Item:
    return item._replace(
        id=f"{name}/{item.id}",
        under=f"{name}/{item.under}" if item.under else "",
        links=tuple((book, tuple(f"{name}/{id_}" for id_ in ids)) for book, ids in item.links),
        parts=(),
        where=_Elsewhere(item.where, prefix),
    )


def named_of(above: Ledger, name: str) -> frozenset[str]:
    """The ids, as they are there, of the items of an included ledger that the one above names."""
    told = {entry.item for entry in above.orphans}
    for item in above.items:
        told.update(item.parts)
        told.update(part for entry in above.journal[item.id] if entry.key == "parts" for part in parted(entry.value))
    return frozenset(own for one, own in map(parted_id, told) if one == name)


class _Noted:
    """The places of a record whose file is let go: those that anybody asks for of an item of another ledger."""

    __slots__ = ("_due", "_place")

    def __init__(self, where: Where) -> None:
        self._place = where.place()
        self._due = where.place("due")

    def place(self, *keys: str) -> Place:
        """The place of the deadline, or that of the record."""
        return self._due if keys == ("due",) else self._place


def excerpt(ledger: Ledger, ids: Collection[str]) -> Ledger:
    """The ledger with only these items and, as they stand by them, the actions below them; without its files."""
    wanted = set(ids)
    below: dict[str, set[str]] = {}
    if wanted:
        for item in ledger.items:
            under = {item.under} | {one.value for one in ledger.journal[item.id] if one.key == "under"}
            for id_ in under - {""}:
                below.setdefault(id_, set()).add(item.id)
            below.setdefault(item.id, set()).update(item.linked("actions"))
    coming = list(wanted)
    while coming:
        more = below.get(coming.pop(), set()) - wanted
        wanted |= more
        coming += more
    items = tuple(item._replace(where=_Noted(item.where)) for item in ledger.items if item.id in wanted)
    journal = {item.id: ledger.journal[item.id] for item in items}
    return ledger._replace(
        items=items, journal=journal, orphans=(), returns=(), waivers=(), texts={}, findings=(), includes={}
    )
