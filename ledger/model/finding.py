"""A finding: one thing the ledger has to say about its own files."""

from __future__ import annotations

from typing import NamedTuple

from ledger.model.place import Place
from ledger.model.words import NO_WORDS, Words

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


def in_order(findings: list[Finding]) -> list[Finding]:
    """The findings by file, line, column and code, each once."""
    return sorted(dict.fromkeys(findings), key=lambda f: (f.place, f.code, f.item, f.message))
