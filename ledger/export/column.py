"""What a table of the export is made of: its columns, each with its type and meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.model.record import NamedTuple
from ledger.model.words import Words

Value = str | int | float | None
"""A cell: texts, days as `2017-12-31`, whole numbers (flags are 0 or 1), numbers; None where there is none."""

Row = Sequence[Value]


class Column(NamedTuple):
    """A column: its type is `text`, `day`, `whole`, `number` or `flag` (0 or 1); what is `internal` is never public."""

    name: str
    type: str
    meaning: Words
    internal: bool = False


class Table(NamedTuple):
    """A table: the columns that tell its rows apart, and the columns that name a row of another table."""

    name: str
    meaning: Words
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    refers: tuple[tuple[str, str, str], ...] = ()
    """Column, and the table and column it points at."""

    def without_internal(self) -> Table:
        """The table with its public columns only."""
        return self._replace(columns=tuple(column for column in self.columns if not column.internal))


class Filled(NamedTuple):
    """A table with its rows, which may be read once."""

    table: Table
    rows: Iterable[Row]


def text(name: str, zh: str, en: str, *, internal: bool = False) -> Column:
    """A column of texts."""
    return Column(name, "text", Words(zh, en), internal)


def day(name: str, zh: str, en: str) -> Column:
    """A column of days."""
    return Column(name, "day", Words(zh, en))


def whole(name: str, zh: str, en: str) -> Column:
    """A column of whole numbers."""
    return Column(name, "whole", Words(zh, en))


def number(name: str, zh: str, en: str) -> Column:
    """A column of numbers."""
    return Column(name, "number", Words(zh, en))


def flag(name: str, zh: str, en: str) -> Column:
    """A column of 0 and 1."""
    return Column(name, "flag", Words(zh, en))
