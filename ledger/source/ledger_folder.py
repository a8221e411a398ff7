"""Finding a ledger and reading all of it."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISDIR

from ledger.model.entry import Entry
from ledger.model.finding import Finding, in_order
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.source.excerpt import Excerpt
from ledger.source.files import Files
from ledger.source.journal import read_journal
from ledger.source.plan import read_book
from ledger.source.settings import read_claims, read_settings, read_waivers, read_workdays

SETTINGS_FILE = "ledger.yaml"


class NoLedger(Exception):
    """There is no ledger at any of the places looked at."""

    def __init__(self, looked: list[Path]) -> None:
        super().__init__(", ".join(map(str, looked)))
        self.looked = looked


class UnreadableLedger(Exception):
    """`ledger.yaml` cannot be read, so nothing can be said about the rest."""

    def __init__(self, findings: list[Finding], texts: dict[str, str]) -> None:
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


def read_ledger(files: Files) -> Ledger:
    """Everything the files hold. What cannot be read is in `findings`; the rest is there all the same.

    Raises `UnreadableLedger` only if `ledger.yaml` itself says nothing.
    """
    texts: dict[str, str] = {}
    settings, findings = read_settings(files, SETTINGS_FILE, texts)
    if settings is None:
        raise UnreadableLedger(in_order(findings), texts)
    items: list[Item] = []
    broken = set()
    for book in settings.books:
        more, found = read_book(files, book, settings, texts)
        items += more
        findings += found
        if found:
            broken.add(book.id)
    entries, found = read_journal(files, settings, texts)
    findings += found
    if found:
        broken.add("journal")
    claims, found = read_claims(files, texts)
    findings += found
    waivers, found = read_waivers(files, texts)
    findings += found
    workdays, found = read_workdays(files, texts)
    findings += found
    journal, orphans = by_item((entry for entry in entries if entry.item), items)
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
        in_line(entry for entry in entries if not entry.item),
        frozenset(broken),
    )


def read_related(files: Files, ids: Iterable[str]) -> Ledger:
    """The ledger as far as its errors about some items go: the plan and the journal of these items.

    Where a target is summed over actions, the item it belongs to and all actions under it are read too. Everything is
    read only if something of that part cannot be read.
    """
    wanted = set(ids)
    found = read_ledger(Excerpt(files, wanted))
    above = {item.under for item in found.items if item.id in wanted} - {""}
    summed = {item.id for item in found.items if item.id in wanted and _is_summed(item)}
    if above:
        found = read_ledger(Excerpt(files, wanted | above))
        summed |= {item.id for item in found.items if item.id in above and _is_summed(item)}
    if summed:
        found = read_ledger(Excerpt(files, wanted | summed | {item.id for item in found.items if item.under in summed}))
    return read_ledger(files) if found.unread else found


def _is_summed(item: Item) -> bool:
    return any(target.sum == "actions" for target in item.targets)


def by_item(entries: Iterable[Entry], items: Iterable[Item]) -> tuple[dict[str, tuple[Entry, ...]], tuple[Entry, ...]]:
    """The entries of each item in their order, exact duplicates once, and those whose item does not exist."""
    gathered: dict[str, list[Entry]] = {item.id: [] for item in items}
    orphans: list[Entry] = []
    for entry in entries:
        gathered.get(entry[2], orphans).append(entry)
    return {id_: in_line(own) for id_, own in gathered.items()}, tuple(sorted(orphans))


def in_line(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in their order, exact duplicates once."""
    own = sorted(entries)
    return tuple(entry for before, entry in zip((None, *own), own, strict=False) if not _same(before, entry))


def _same(before: Entry | None, entry: Entry) -> bool:
    """Whether two neighbours say exactly the same, so that the second is a copy."""
    return before is not None and before[0] == entry[0] and before[1] == entry[1] and before[:-2] == entry[:-2]
