"""The journal in two versions, cut down to the lines that differ and those that decide what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from ledger.source.row_text import Rows, rows

_PLAIN = frozenset({
    b"start", b"report", b"progress", b"reading", b"trouble", b"milestone", b"step", b"supervise", b"lift", b"expect",
})  # fmt: skip
"""Events that move no deadline, change no field, and do not settle whether an item is done: such a line speaks for
itself, and no other line means anything else because of it."""

_TURNING = frozenset({b"done", b"close", b"lookback"})
"""Events whose effect depends on other lines, but not on the plan."""


class _Table:
    """A journal file whose every line is one row, with the cells that decide what may be left out."""

    def __init__(self, table: Rows) -> None:
        self.header = table.header
        self.lines = table.lines
        self.has_quotes = table.has_quotes
        # Empty cells at the end of a line say nothing.
        self.told = [line.rstrip(b",") for line in table.lines]
        self.days, self.items, self.events = (table.column(name) for name in ("date", "item", "event"))
        self.exempt = table.column("exempt") if b"exempt" in table.header else [b""] * len(table.lines)

    def odd_ids(self, usual: bytes) -> set[bytes]:
        """The items of lines that another line may repeat in other bytes: under other columns, or without quotes."""
        if self.header != usual:
            return set(self.items)
        if not self.has_quotes:
            return set()
        return {item for item, line in zip(self.items, self.lines, strict=True) if b'"' in line}


class JournalPair:
    """The files of the journal in either version, taken apart.

    `is_clear` is false where a file that differs cannot be taken apart: then nothing may be cut. `whole` are the items
    about which every line matters: lines are gone that somebody may have voided, new ones name others or exempt
    something, or the same line may be written in two ways. `planned` are those of which the plan matters as well.
    """

    def __init__(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
        self._files = (before, after)
        known: dict[bytes, _Table | None] = {}
        self._tables = tuple({path: _known(data, known) for path, data in files.items()} for files in self._files)
        self.is_clear = all(
            found is not None or self._files[1 - number].get(path) == self._files[number][path]
            for number, side in enumerate(self._tables)
            for path, found in side.items()
        )
        was, now = (_told(side) for side in self._tables)
        self._shared = {header: lines & now.get(header, set()) for header, lines in was.items()}
        self._newest = max((max(table.days, default=b"") for table in _each(self._tables[0])), default=b"")
        self._whole, self._turned, self._planned = self._sorted_ids()
        self.planned = {id_.decode("utf-8", "replace") for id_ in self._whole | self._planned}

    def _sorted_ids(self) -> tuple[set[bytes], set[bytes], set[bytes]]:
        """The items of which every line, every line but plain ones, and the plan must be kept."""
        headers = Counter(table.header for side in self._tables for table in _each(side))
        usual = headers.most_common(1)[0][0] if headers else b""
        odd = set[bytes]().union(*(table.odd_ids(usual) for side in self._tables for table in _each(side)))
        whole, turned, planned = set[bytes](), set[bytes](), set[bytes]()
        for number, side in enumerate(self._tables):
            for table in _each(side):
                shared = self._shared.get(table.header, set())
                for at, told in enumerate(table.told):
                    if told in shared:
                        continue
                    id_, event = table.items[at], table.events[at]
                    if number == 0 or event == b"void" or table.exempt[at] or id_ in odd:
                        whole.add(id_)
                    elif event not in _PLAIN:
                        turned.add(id_)
                        if event not in _TURNING:
                            planned.add(id_)
        return whole, turned, planned

    def cut(self, number: int, edited: Collection[str]) -> dict[str, bytes]:
        """The files of the earlier (0) or later (1) version without the lines that both have and that decide nothing.

        `edited` are the items that differ in the plan. Of the earlier version the newest day stays: it decides what is
        backdated.
        """
        turned = self._turned | {id_.encode() for id_ in edited}
        return {
            path: b"\n".join([table.header, *self._cut_lines(table, turned), b""])
            for path, table in self._tables[number].items()
            if table is not None
        }

    def _cut_lines(self, table: _Table, turned: set[bytes]) -> Iterator[bytes]:
        shared, whole, newest = self._shared.get(table.header, set()), self._whole, self._newest
        for line, told, day, item, event in zip(
            table.lines, table.told, table.days, table.items, table.events, strict=True
        ):
            stays = told not in shared or day == newest or item in whole or (item in turned and event not in _PLAIN)
            yield line if stays else b""


def _known(data: bytes, known: dict[bytes, _Table | None]) -> _Table | None:
    """The rows of a content, taken apart once."""
    if data not in known:
        table = rows(data)
        known[data] = None if table is None else _Table(table)
    return known[data]


def _each(side: Mapping[str, _Table | None]) -> Iterator[_Table]:
    return (table for table in side.values() if table is not None)


def _told(side: Mapping[str, _Table | None]) -> dict[bytes, set[bytes]]:
    """Every line of a version by the columns under which it stands."""
    lines: dict[bytes, set[bytes]] = {}
    for table in _each(side):
        lines.setdefault(table.header, set()).update(table.told)
    return lines
