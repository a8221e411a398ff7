"""The order in which items are listed: by book, then by id as people count, whatever file a line stands in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ledger.model.setting import Settings
from ledger.state.board import Standing
from ledger.text.pattern import regex

_NUMBER = regex(r"(\d+)")


@lru_cache(maxsize=65536)
def natural(id_: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which M2 comes before M10. A command sorts the same ids several times over."""
    parts = filter(None, _NUMBER.split(id_))
    return tuple((int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in parts)


def in_plan_order(standings: Iterable[Standing], settings: Settings) -> list[Standing]:
    """The items in the order of the books, and within one by id; those of included ledgers behind the own ones."""
    books = [book.id for book in settings.books]

    def place(standing: Standing) -> tuple[int, str, tuple[tuple[int, str], ...], str]:
        name, slash, own = standing.id.partition("/")
        return (books.index(standing.item.book), name if slash else "", natural(own or name), standing.id)

    return sorted(standings, key=place)
