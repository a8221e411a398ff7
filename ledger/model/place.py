"""Where a value stands: the file, line and column that every finding names."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Place(NamedTuple):
    """A position in a file of the ledger; `path` is relative to its folder, line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


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
