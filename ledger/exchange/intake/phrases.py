"""The phrases of a sheet that had to be understood, and the rows that have them."""

from __future__ import annotations

from ledger.exchange.intake.column_words import folded
from ledger.exchange.intake.result import Phrase
from ledger.exchange.intake.vocabulary import Column
from ledger.model.words import Words


class Phrases:
    """The phrases of a sheet that had to be understood, each with the rows that have it."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str], tuple[Phrase, list[int]]] = {}

    def add(self, number: int, column: Column, text: str, value: str, said: Words, *, asked: bool = False) -> None:
        """Notes a phrase of a row; `value` is what a map would say of it."""
        key = (column.number, folded(text))
        if key not in self._found:
            self._found[key] = (Phrase(column.number, text, value, said, (), asked), [])
        self._found[key][1].append(number)

    def listed(self) -> list[Phrase]:
        """The phrases, by column and then by how many rows have them."""
        found = [phrase._replace(rows=tuple(rows)) for phrase, rows in self._found.values()]
        return sorted(found, key=lambda one: (one.column, -len(one.rows)))

    def asked(self, row: int) -> bool:
        """Whether a phrase of that row must be asked about."""
        return any(phrase.asked and row in rows for phrase, rows in self._found.values())
