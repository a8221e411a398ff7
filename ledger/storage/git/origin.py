"""From which branch an item and its journal lines came, as git tells: for two that took the same next id."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from ledger.model.entry import Entry
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import files_at
from ledger.storage.ledger import UnreadableLedger, read_ledger

_MOST_MERGES = 20
"""Merges looked back at: what lies deeper has been published long ago."""


class Origin:
    """What git knows of a ledger's items and lines; without a repository nothing is committed. Close it."""

    def __init__(self, root: Path, ledger: Ledger) -> None:
        self._ledger = ledger
        self._repository: Repository | None = None
        self._sides: list[tuple[Ledger, Ledger]] | None = None
        self._ledgers: dict[str, Ledger | None] = {}
        try:
            self._repository = Repository(root)
        except GitTrouble:
            # Where no git is, or no repository, nobody has committed anything.
            return

    def __enter__(self) -> Origin:
        return self

    def __exit__(self, *_: object) -> None:
        if self._repository is not None:
            self._repository.objects.close()

    def is_committed(self, entry: Entry) -> bool:
        """Whether a line stands in the last commit, or in the one that is being merged."""
        there = [self._at("HEAD"), self._at("MERGE_HEAD")]
        return any(entry.content in _contents(one, entry.item) for one in there if one is not None)

    def is_in_commit(self, item: Item) -> bool:
        """Whether the item stands in the last commit as it reads now."""
        head = self._at("HEAD")
        return head is not None and _has(head, item)

    def is_in_baseline(self, item: Item, *, alone: bool) -> bool:
        """Whether the approved plan has the item; of two with one id (not `alone`) the one that says the same.

        A baseline that cannot be read holds everything.
        """
        baseline = self._ledger.settings.baseline
        if not (baseline.commit or baseline.tag):
            return False
        approved = self._at(baseline.commit) if baseline.commit else None
        if approved is None:
            return True
        same = [one for one in approved.items if one.id.casefold() == item.id.casefold()]
        return any(alone or one.title == item.title for one in same)

    def lines_of(self, item: Item, entries: Sequence[Entry], *, alone: bool) -> list[Entry]:
        """The lines among `entries` that came with the item: all if it is `alone`, else those of its branch alone."""
        if alone:
            return list(entries)
        for one, other in self._both():
            for own, foreign in ((one, other), (other, one)):
                if _has(own, item) and not _has(foreign, item) and _named(foreign, item.id):
                    mine = _contents(own, item.id) - _contents(foreign, item.id)
                    return [entry for entry in entries if entry.content in mine]
        head = self._at("HEAD")
        if head is not None and _named(head, item.id) and not _has(head, item):
            # It was typed since the last commit, and so were its lines.
            return [entry for entry in entries if not self.is_committed(entry)]
        return []

    def _both(self) -> list[tuple[Ledger, Ledger]]:
        """The ledgers of the two sides of a merge that is under way, and of those that were committed last."""
        if self._sides is None:
            pairs = [("HEAD", "MERGE_HEAD"), *self._merges()]
            read = [(self._at(one), self._at(other)) for one, other in pairs]
            self._sides = [(one, other) for one, other in read if one is not None and other is not None]
        return self._sides

    def _merges(self) -> Iterator[tuple[str, str]]:
        """The parents of the last merges of this branch."""
        if self._repository is None:
            return
        try:
            revision: Revision | None = self._repository.revision("HEAD")
            found = 0
            while revision is not None and found < _MOST_MERGES:
                if len(revision.parents) > 1:
                    found += 1
                    yield revision.parents[0], revision.parents[1]
                revision = self._repository.revision(revision.parents[0]) if revision.parents else None
        except GitTrouble:
            return

    def _at(self, name: str) -> Ledger | None:
        """The ledger at a revision; None where there is no such revision, or no ledger in it that can be read."""
        if name not in self._ledgers:
            self._ledgers[name] = None
            if self._repository is not None:
                with contextlib.suppress(GitTrouble, UnreadableLedger):
                    self._ledgers[name] = read_ledger(files_at(self._repository, self._repository.revision(name)))
        return self._ledgers[name]


def _named(ledger: Ledger, id_: str) -> bool:
    return any(one.id == id_ for one in ledger.items)


def _has(ledger: Ledger, item: Item) -> bool:
    """Whether a ledger has the item as it reads now, its place apart."""
    return any(one.id == item.id and one.title == item.title and one.lead == item.lead for one in ledger.items)


def _contents(ledger: Ledger, id_: str) -> set[tuple[object, ...]]:
    """What the lines of an id say."""
    return {entry.content for entry in (*ledger.journal.get(id_, ()), *ledger.orphans) if entry.item == id_}
