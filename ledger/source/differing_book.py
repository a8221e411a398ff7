"""One book in two versions, cut down to the items that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from ledger.source.glob import is_table
from ledger.source.record_text import Closed, records
from ledger.source.row_text import rows

Contents = Mapping[str, bytes]
"""Files by path."""


_Sense = tuple[bytes, bytes] | None


class _Piece(NamedTuple):
    """One item as text. `sense` is the same for the same text under the same columns; None if it bears no id."""

    start: int
    end: int
    id: str
    sense: _Sense


class CutBook(NamedTuple):
    """The files of a book with empty lines for some items, and the lines on which those left in YAML begin."""

    contents: dict[str, bytes]
    lines: dict[str, list[int]]


class BookPair:
    """The files of a book in either version, taken apart. `ids` are those of the items whose text differs.

    `is_clear` is false where an item that differs does not begin with its id: then nothing may be cut.
    """

    def __init__(self, before: Contents, after: Contents) -> None:
        self._is_closed = Closed()
        self._files = (before, after)
        same = {path for path, data in before.items() if after.get(path) == data}
        self._same = same
        self._pieces = tuple(
            {path: _pieces(path, data) for path, data in files.items() if path not in same} for files in self._files
        )
        was, now = (Counter(piece.sense for piece in _all(side)) for side in self._pieces)
        self._shared = Counter({sense: n for sense, n in (was & now).items() if self._can_be_cut(sense)})
        self.ids = {
            piece.id for side in self._pieces for piece in _all(side)
            if was[piece.sense] != now[piece.sense] or not self._shared[piece.sense]
        }  # fmt: skip
        self.is_clear = "" not in self.ids

    def cut(self, number: int, kept: Collection[str]) -> CutBook:
        """The files of the earlier (0) or later (1) version without the items that are the same in both.

        Those whose id is in `kept` stay. Of a text that one version has more often than the other the first stay away.
        """
        left = self._shared.copy()
        contents: dict[str, bytes] = {}
        lines: dict[str, list[int]] = {}
        mentioned = [id_.encode() for id_ in kept]
        for path, data in self._files[number].items():
            whole = path in self._same
            if whole and not any(id_ in data for id_ in mentioned):
                contents[path], lines[path] = _emptied(path, data), []
                continue
            pieces = _pieces(path, data) if whole else self._pieces[number][path]
            if pieces is None:
                continue
            staying = [piece for piece in pieces if piece.id in kept or not self._taken(piece, left, whole)]
            contents[path] = _with_only(path, data, pieces, staying)
            lines[path] = [data.count(b"\n", 0, piece.start) + 1 for piece in staying]
        return CutBook(contents, {path: found for path, found in lines.items() if not is_table(path)})

    def _taken(self, piece: _Piece, left: Counter[_Sense], whole: bool) -> bool:
        """Whether a piece is cut out; in a file that is the same in both versions every piece is that can be."""
        if whole:
            return self._can_be_cut(piece.sense)
        left[piece.sense] -= 1
        return left[piece.sense] >= 0

    def _can_be_cut(self, sense: _Sense) -> bool:
        """A row is one line; a record in YAML must be closed."""
        return sense is not None and (bool(sense[0]) or self._is_closed(sense[1]))


def _all(side: Mapping[str, list[_Piece] | None]) -> Iterator[_Piece]:
    return (piece for pieces in side.values() for piece in pieces or ())


def _pieces(path: str, data: bytes) -> list[_Piece] | None:
    """The items of a file; None if it is not written in a way that can be taken apart."""
    if is_table(path):
        return _row_pieces(data)
    found = records(data)
    if found is None:
        return None
    return [_Piece(record.start, record.end, record.id, (b"", record.text) if record.id else None) for record in found]


def _row_pieces(data: bytes) -> list[_Piece] | None:
    table = rows(data)
    if table is None or "id" not in table.columns:
        return None
    pieces = []
    at = data.index(b"\n") + 1
    for line, id_ in zip(table.lines, table.column("id"), strict=True):
        end = data.index(b"\n", at) + 1
        text = line.rstrip(b",")
        if text:
            pieces.append(_Piece(at, end, id_.decode("utf-8", "replace"), (table.header, text) if id_ else None))
        at = end
    return pieces


def _emptied(path: str, data: bytes) -> bytes:
    return data[: data.index(b"\n") + 1] if is_table(path) and b"\n" in data else b"[]\n"


def _with_only(path: str, data: bytes, pieces: list[_Piece], staying: list[_Piece]) -> bytes:
    """The file with its other lines emptied; in YAML by a comment sign, which ends any text before it."""
    if not staying:
        return _emptied(path, data)
    empty = b"\n" if is_table(path) else b"#\n"
    kept = set(staying)
    parts = [data[: pieces[0].start]]
    for piece in pieces:
        parts.append(
            data[piece.start : piece.end] if piece in kept else empty * data.count(b"\n", piece.start, piece.end)
        )
    return b"".join(parts)
