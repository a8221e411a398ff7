"""An included ledger as its parent sees it: the one place where `M3` becomes `wanzhou/M3`, and whose law holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ledger.model.entry import Entry, rank
from ledger.model.finding import Finding, Place, Where
from ledger.model.item import Item
from ledger.model.ledger import ABOUT_OTHERS, Ledger, parted_id
from ledger.model.setting import Settings, Unit
from ledger.model.value import parted


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
