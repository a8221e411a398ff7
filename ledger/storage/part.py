"""The part of a ledger's files that speaks of a few items, with every line where it was.

To append one fact the program must know the item, what happened to it and what is linked to it, and nothing of the
other thirty thousand. Finding an id in the bytes of a file costs a hundredth of parsing them, so the lines that do not
matter are replaced by empty ones before anybody parses: readers, rules and line numbers stay the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.storage.files import Files, has_conflict
from ledger.storage.glob import is_table

_WHOLE = frozenset({"ledger.yaml", "claims.yaml", "waivers.yaml", "workdays.yaml"})
_OF_IDS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
_ITEM = b"\n- "


class Excerpt:
    """Books and journal cut down to what mentions any of some ids; settings, claims and waivers as they are."""

    def __init__(self, files: Files, ids: Iterable[str]) -> None:
        self._files = files
        self._ids = [id_.encode() for id_ in ids if id_]

    def read(self, path: str) -> bytes:
        """The content, empty lines in place of items and rows that mention none of the ids."""
        data = self._files.read(path)
        if path in _WHOLE or has_conflict(data):
            return data
        return _rows(data, self._ids) if is_table(path) else _blocks(data, self._ids)

    def matching(self, pattern: str) -> list[str]:
        """The paths that match a glob."""
        return self._files.matching(pattern)


def mentions(data: bytes, id_: str) -> bool:
    """Whether an id stands anywhere in a file as a whole word."""
    return id_.encode() in data and bool(_mentions(data, [id_.encode()]))


def pieces(path: str, data: bytes, id_: str) -> tuple[bytes, ...]:
    """What a file says of an id, as written: the header and its rows, or its items; nothing where there are none."""
    ids = [id_.encode()]
    if is_table(path):
        header = _row_end(data, 0)
        rows = [data[start:end] for start, end in _row_spans(data, header, ids)]
        return (data[:header], *rows) if rows else ()
    first = _first_item(data)
    if first < 0:
        return (data,) if mentions(data, id_) else ()
    return tuple(data[start:end] for start, end in _block_spans(data, first, ids))


def _mentions(data: bytes, ids: Iterable[bytes]) -> list[int]:
    """Where any of the ids stands as a whole word, in order."""
    places = []
    for id_ in ids:
        at = data.find(id_)
        while at >= 0:
            end = at + len(id_)
            if (at == 0 or data[at - 1] not in _OF_IDS) and (end == len(data) or data[end] not in _OF_IDS):
                places.append(at)
            at = data.find(id_, end)
    return sorted(places)


def _blocks(data: bytes, ids: Iterable[bytes]) -> bytes:
    """The items of a block list that mention an id; a book written in any other way as it is."""
    first = _first_item(data)
    if first < 0:
        return data
    kept, end = _spread(data, first, _block_spans(data, first, ids))
    return data[:first] + kept if end > first else b"[]\n"


def _first_item(data: bytes) -> int:
    """Where the first item of a block list begins; -1 in a book written in any other way."""
    if data.startswith(_ITEM[1:]):
        return 0
    at = data.find(_ITEM)
    return at + 1 if at >= 0 else -1


def _block_spans(data: bytes, first: int, ids: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    end = first
    for at in _mentions(data, ids):
        if at >= end:
            start = data.rfind(_ITEM, 0, at) + 1 if data.rfind(_ITEM, 0, at) >= 0 else first
            following = data.find(_ITEM, at)
            end = following + 1 if following >= 0 else len(data)
            yield start, end


def _rows(data: bytes, ids: Iterable[bytes]) -> bytes:
    """The header of a CSV file and the rows that mention an id."""
    header = _row_end(data, 0)
    kept, end = _spread(data, header, _row_spans(data, header, ids))
    if data.endswith(b"\n"):
        return data[:header] + kept
    rest = data[end:]
    # A last line without a line end is cut off, whoever it speaks of: that must not get lost.
    return b"".join([data[:header], kept, b"\n" * rest.count(b"\n"), rest[rest.rfind(b"\n") + 1 :]])


def only_new_lines(before: bytes, after: bytes) -> bytes:
    """A CSV file that grew, with empty lines in place of the rows it had before."""
    header = _row_end(before, 0)
    return before[:header] + b"\n" * before.count(b"\n", header) + after[len(before) :]


def _row_spans(data: bytes, header: int, ids: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    """Where rows that mention an id begin and end. A line inside quotes begins no row."""
    end = header
    for at in _mentions(data, ids):
        if at >= end:
            start = max(data.rfind(b"\n", end, at) + 1, end)
            while data.count(b'"', end, start) % 2:
                start = max(data.rfind(b"\n", end, start - 1) + 1, end)
            end = _row_end(data, start)
            yield start, end


def _row_end(data: bytes, start: int) -> int:
    """Where the row that begins at `start` ends, its line end included."""
    end, quotes = start, 0
    while True:
        following = data.find(b"\n", end)
        following = following + 1 if following >= 0 else len(data)
        quotes += data.count(b'"', end, following)
        end = following
        if quotes % 2 == 0 or end == len(data):
            return end


def _spread(data: bytes, first: int, spans: Iterable[tuple[int, int]]) -> tuple[bytes, int]:
    """The spans with as many line ends before each as there were since `first`, and where the last one ends."""
    parts, end = [], first
    for start, stop in spans:
        parts += [b"\n" * data.count(b"\n", end, start), data[start:stop]]
        end = stop
    return b"".join(parts), end
