"""Where included ledgers are kept once they are read: a nation of them does not fit into memory at once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable

from ledger.model.ledger import Ledger


class Shelf:
    """As many ledgers as fit; one that had to go is read again when somebody asks for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, Ledger] = {}

    def get(self, key: Hashable, read: Callable[[], Ledger]) -> Ledger:
        """The ledger of that key, read if it is not there; those that were not asked for longest go for it."""
        if key in self._kept:
            self._kept[key] = self._kept.pop(key)
            return self._kept[key]
        self._make_room()
        found = self._kept[key] = read()
        return found

    def _make_room(self) -> None:
        """Once all is full the half is left free: how much the next one needs is known when it is there."""
        size = sum(ledger.weight for ledger in self._kept.values())
        if size <= self._most:
            return
        while self._kept and size > self._most // 2:
            size -= self._kept.pop(next(iter(self._kept))).weight
        # Commands run without the collector, and boards and their items name each other.
        gc.collect()
