"""A finding: one thing the ledger has to say about its own files; its place: file, line and column; and the text of a
file, in which places are looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, Protocol

from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.text.safe import safe


class Place(NamedTuple):
    """A position in a file of the ledger; `path` is relative to its folder, line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


_LARGE = 1 << 17
"""Bytes above which a text is worth packing."""
_unpacked: dict[str, Any] = {}
"""The packed source that was looked into last, and its bytes."""


class Source:
    """The text of a file, without a BOM, as UTF-8: it takes half of what a `str` takes, and a line is found in it
    without reading the others. Lines end in LF, CRLF or CR, as for the csv module.

    The texts of 30,000 items and 400,000 entries and the places of their lines took 60 MiB; as bytes they take 32, and
    packed, which nearly all are that nobody looks into again, 4.
    """

    __slots__ = ("_data", "_is_packed", "_starts")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._is_packed = False
        self._starts: Sequence[int] = ()

    @property
    def data(self) -> bytes:
        """The bytes of the text."""
        if not self._is_packed:
            return self._data
        # Who looks for places mostly stays in one file for a while.
        if _unpacked.get("source") is not self:
            from zlib import decompress  # noqa: PLC0415 - only what is large is packed

            _unpacked.update(source=self, data=decompress(self._data))
        data: bytes = _unpacked["data"]
        return data

    def pack(self) -> None:
        """Lets a large text take a tenth of its memory: 28 of 32 MiB with 30,000 items, for 0.14 s
        (`python bench/run.py --size 30k --only status`)."""
        if len(self._data) >= _LARGE and not self._is_packed:
            from zlib import compress  # noqa: PLC0415

            self._data, self._is_packed = compress(self._data, 1), True

    @classmethod
    def of(cls, text: str) -> Source:
        """The source of a text that stands in no file."""
        return cls(text.encode("utf-8", "surrogatepass"))

    @property
    def text(self) -> str:
        """The whole text."""
        return self.data.decode("utf-8", "surrogatepass")

    def lines(self, first: int) -> Iterator[str]:
        """The lines from number `first` (from 1) on with their ends."""
        if not self._starts:
            from array import array  # noqa: PLC0415 - few commands look for a line

            self._starts = array("Q", accumulate(map(len, self.data.splitlines(keepends=True)), initial=0))
        starts, data = self._starts, self.data
        for number in range(min(first, len(starts)) - 1, len(starts) - 1):
            yield data[starts[number] : starts[number + 1]].decode("utf-8", "surrogatepass")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.data)


NO_SOURCE = Source(b"")


class Where(Protocol):
    """Tells the place of any field of one record, worked out only when somebody asks."""

    def place(self, *keys: str) -> Place:
        """The place of the field at `keys`, such as `("targets", "started", "goal")`.

        A field that is not written has the place of the nearest thing around it that is.
        """
        ...


class Nowhere:
    """The `Where` of a record that was made in a program and stands in no file."""

    def place(self, *keys: str) -> Place:
        """A place that names no file."""
        return Place("")


NOWHERE = Nowhere()


SEVERITIES = ("error", "warning", "info")

# What the reader finds by itself, before any rule runs: the file was not read whole.
UNREADABLE = frozenset({101, 102, 103, 104, 105, 106, 107, 108, 110})
# Of these, what may hide something that stood there: beside an unknown column, or without a line end, all else is read.
HIDING = UNREADABLE - {103, 107}
# Of these, what may have kept all of a file or folder from being read; an empty file at least says nothing.
LOSING = frozenset({101, 108, 110})


class Finding(NamedTuple):
    """One sentence with its place. `key` tells findings of one code and item apart when files are compared."""

    place: Place
    code: int
    message: Words
    hint: Words = NO_WORDS
    item: str = ""
    severity: str = "error"
    key: str = ""

    @property
    def label(self) -> str:
        """The code as people see it, such as `L401`."""
        return f"L{self.code}"

    def as_json(self, lang: str) -> dict[str, Any]:
        """The finding for programs; what it does not have is null, also the position of one that stands in no file."""
        place = self.place if self.place.path else None
        return {
            "code": self.label,
            "severity": self.severity,
            "item": safe(self.item) or None,
            "path": place.path if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "message": safe(self.message.pick(lang)),
            "hint": safe(self.hint.pick(lang)) or None,
        }


def in_order(findings: list[Finding]) -> list[Finding]:
    """The findings by file, line, column and code, each once."""
    return sorted(dict.fromkeys(findings), key=lambda f: (f.place, f.code, f.item, f.message))
