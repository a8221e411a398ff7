"""The journal in two versions, cut down to the lines that differ and those that decide what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from ledger.storage.csv.table import Rows, rows

_PLAIN = frozenset({
    b"start", b"report", b"progress", b"reading", b"trouble", b"milestone", b"step", b"supervise", b"lift", b"expect",
})  # fmt: skip
"""Events that move no deadline, change no field, and do not settle whether an item is done: such a line speaks for
itself, and no other line means anything else because of it."""

_TURNING = frozenset({b"done", b"close"})
"""Events whose effect depends on other lines, but not on the plan unless the settings name who decides them."""

_Tables = dict[str, Rows | None]


class JournalPair:
    """The files of the journal in either version, taken apart.

    `is_clear` is false where a file that differs cannot be taken apart: then nothing may be cut. `planned` are the
    items of which the plan matters for what the lines mean. `decided` are the events of which the settings of either
    version name who decides them: whether such a line has effect depends on whose item it is.
    """

    def __init__(self, before: Mapping[str, bytes], after: Mapping[str, bytes], decided: Collection[str] = ()) -> None:
        self._decided = {event.encode() for event in decided}
        same = {path for path, data in before.items() if after.get(path) == data}
        grown = _grown(before, after, same)
        shared: _Tables = {path: rows(before[path]) for path in same} | {path: old for path, (old, _) in grown.items()}
        self._same = shared
        """What both versions have: whole files, and of those that only grew what was there before."""
        self._own: tuple[_Tables, _Tables] = (
            {path: rows(data) for path, data in before.items() if path not in shared},
            {path: grown[path][1] if path in grown else rows(data) for path, data in after.items() if path not in same},
        )
        self._cells: dict[int, tuple[list[bytes], list[bytes], list[bytes]]] = {}
        self.is_clear = all(table is not None for side in self._own for table in side.values())
        self._usual = _most_common_header([*_known(shared), *_known(self._own[0]), *_known(self._own[1])])
        self._differing = self._differing_lines()
        self._newest = max((_newest_day(table) for table in self._tables(0)), default=b"")
        newest = [_of_day(table, self._newest) for table in self._tables(0) if _newest_day(table) == self._newest]
        self._of_newest = _told(newest)
        self._staying = tuple(_united(self._of_newest, lines) for lines in self._differing)
        """The lines that stay whatever they speak of."""
        self._left: dict[int, list[bytes]] = {}
        """What is left of the lines that both versions have, part by part."""
        self._whole = set[bytes]()
        """Items about which every line matters: lines are gone that somebody may have voided, new ones name others or
        exempt something, or the same line may be written in two ways."""
        self._turned = set[bytes]()
        """Items of which all lines but plain ones matter."""
        planned = set[bytes]()
        for number in (0, 1):
            self._sort_ids(number, planned)
        self.planned = {id_.decode("utf-8", "replace") for id_ in self._whole | planned}

    def _tables(self, number: int) -> Iterator[Rows]:
        return chain(_known(self._same), _known(self._own[number]))

    def _differing_lines(self) -> tuple[dict[bytes, set[bytes]], dict[bytes, set[bytes]]]:
        """The lines that only one version has, by the columns under which they stand."""
        was, now = (_told(_known(side)) for side in self._own)
        gone = {header: lines - now.get(header, set()) for header, lines in was.items()}
        fresh = {header: lines - was.get(header, set()) for header, lines in now.items()}
        for table in _known(self._same):
            for lines in (gone.get(table.header), fresh.get(table.header)):
                if lines:
                    lines.difference_update(self._looked_at(table)[0])
        return gone, fresh

    def _sort_ids(self, number: int, planned: set[bytes]) -> None:
        """Finds out about which items more must be kept than the lines that differ."""
        odd = self._odd_ids() if any(self._differing[number].values()) else set()
        tables = {table.header: table for table in _known(self._own[number])}
        for header, differing in self._differing[number].items():
            lines = [line for line in differing if line]
            part = tables[header]._replace(lines=lines, has_quotes=any(b'"' in line for line in lines))
            cells = part.cells("item", "event", "exempt", "date", "key")
            for id_, event, exempt, day, key in zip(*cells, strict=True):
                is_decided = event in self._decided
                is_plain = not is_decided and (event in _PLAIN or (event == b"lookback" and key == b"held"))
                if number == 0 or event == b"void" or exempt or id_ in odd:
                    self._whole.add(id_)
                elif not is_plain:
                    self._turned.add(id_)
                if is_decided or not (is_plain or event in _TURNING) or day < self._newest:
                    planned.add(id_)

    def _odd_ids(self) -> set[bytes]:
        """The items of lines that another line may repeat in other bytes: under other columns, or without quotes."""
        found = set[bytes]()
        for table in chain(self._tables(0), self._tables(1)):
            if table.header != self._usual:
                found.update(table.column("item"))
            elif table.has_quotes:
                quoted = [line for line in table.lines if b'"' in line]
                found.update(table._replace(lines=quoted).column("item"))
        return found

    def cut(self, number: int, edited: Collection[str]) -> dict[str, bytes]:
        """The files of the earlier (0) or later (1) version without the lines that both have and that decide nothing.

        `edited` are the items that differ in the plan, for both versions the same. Of the earlier version the newest
        day stays: it decides what is backdated.
        """
        turned = self._turned | {id_.encode() for id_ in edited}
        contents = {}
        for path in self._same | self._own[number]:
            shared, own = self._same.get(path), self._own[number].get(path)
            kept: list[bytes] = []
            if shared is not None:
                if id(shared) not in self._left:
                    # None of them differs, so that both versions keep the same.
                    self._left[id(shared)] = self._kept(shared, self._of_newest, turned)
                kept += self._left[id(shared)]
            if own is not None:
                kept += self._kept(own, self._staying[number], turned)
            if first := shared or own:
                contents[path] = b"\n".join([first.header, *(kept if any(kept) else []), b""])
        return contents

    def _kept(self, table: Rows, staying: Mapping[bytes, set[bytes]], turned: set[bytes]) -> list[bytes]:
        """The lines of a file, those empty that do not stay."""
        stays = self._staying_lines(table, staying.get(table.header, set()), turned)
        return [line if n in stays else b"" for n, line in enumerate(table.lines)]

    def _looked_at(self, table: Rows) -> tuple[list[bytes], list[bytes], list[bytes]]:
        """What each line tells, its item and its event; of a part that both versions have that is worked out once."""
        if (key := id(table)) not in self._cells:
            items, events = table.cells("item", "event")
            self._cells[key] = (table.told, items, events)
        return self._cells[key]

    def _staying_lines(self, table: Rows, staying: set[bytes], turned: set[bytes]) -> set[int]:
        """The numbers of the lines that stay."""
        told, items, events = self._looked_at(table)
        stays = {n for n, text in enumerate(told) if text in staying} if staying else set[int]()
        turning = [n for n, event in enumerate(events) if event not in _PLAIN]
        stays.update(n for n in turning if items[n] in turned)
        if self._whole:
            stays.update(n for n, item in enumerate(items) if item in self._whole)
        return stays


def _grown(
    before: Mapping[str, bytes], after: Mapping[str, bytes], same: Collection[str]
) -> dict[str, tuple[Rows, Rows | None]]:
    """The files to which lines were only added: those that were there, and the new ones under the same header.

    So it is in a usual week; the lines that were there are then looked at once instead of twice.
    """
    found = {}
    for path, data in before.items():
        now = after.get(path, b"")
        if path not in same and now.startswith(data) and (old := rows(data)) is not None:
            found[path] = (old, rows(old.header + b"\n" + now[len(data) :]))
    return found


def _known(tables: Mapping[str, Rows | None]) -> list[Rows]:
    return [table for table in tables.values() if table is not None]


def _most_common_header(tables: list[Rows]) -> bytes:
    headers = Counter(table.header for table in tables)
    return headers.most_common(1)[0][0] if headers else b""


def _newest_day(table: Rows) -> bytes:
    """The last day in a file. Where the day comes first, as it mostly does, it is that of the greatest line."""
    if table.columns[:1] == ("date",) and not table.has_quotes:
        return max(table.lines, default=b"").partition(b",")[0]
    return max(table.column("date"), default=b"")


def _of_day(table: Rows, day: bytes) -> Rows:
    """The file with only the lines of a day."""
    days = table.column("date")
    return table._replace(lines=[line for line, own in zip(table.lines, days, strict=True) if own == day])


def _united(first: dict[bytes, set[bytes]], second: dict[bytes, set[bytes]]) -> dict[bytes, set[bytes]]:
    return {header: first.get(header, set()) | second.get(header, set()) for header in first.keys() | second.keys()}


def _told(tables: list[Rows]) -> dict[bytes, set[bytes]]:
    """Every line of some files by the columns under which it stands."""
    lines: dict[bytes, set[bytes]] = {}
    for table in tables:
        lines.setdefault(table.header, set()).update(table.told)
    return lines
