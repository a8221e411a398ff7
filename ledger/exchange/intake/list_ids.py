"""The ids of an office's list: made of its numbers and the letter of the book, found again by their value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from string import ascii_uppercase

from ledger.exchange.intake.worded import bare
from ledger.model.ledger import Ledger
from ledger.model.setting import Book

_ID = re.compile(r"([A-Za-z]+[._]?)([0-9]+)((?:-[0-9]+)*)")
Number = tuple[int, ...]


class ListIds:
    """The ids of one book, by number and by title. `shown` is how many digits the list writes at least."""

    def __init__(self, ledger: Ledger, book: str, largest: int, shown: int) -> None:
        items = ledger.book(book)
        parsed = [(match, item.id) for item in items if (match := _ID.fullmatch(item.id))]
        first = [match for match, _ in parsed if not match[3]]
        prefixes = Counter(match[1] for match in first)
        self.prefix = prefixes.most_common(1)[0][0] if prefixes else letter(ledger.settings.books, book)
        own = [match for match in first if match[1] == self.prefix]
        self.width = min((len(match[2]) for match in own), default=max(2, shown, len(str(largest))))
        self.by_number: dict[Number, str] = {}
        for match, id_ in parsed:
            if match[1] == self.prefix:
                self.by_number.setdefault(_levels(match), id_)
        self.by_title = {bare(text): item.id for item in items for text in item.title if text}
        self.next = max((number[0] for number in self.by_number), default=0)

    def numbered(self, number: Number) -> str:
        """The id of the item with that number, known or new."""
        first, *rest = number
        made = f"{self.prefix}{first:0{self.width}}" + "".join(f"-{level}" for level in rest)
        return self.by_number.get(number, made)

    def titled(self, title: str) -> str:
        """The id of the item of that title, or the next one."""
        known = self.by_title.get(bare(title))
        if known:
            return known
        self.next += 1
        return self.numbered((self.next,))


def letter(books: Sequence[Book], book: str) -> str:
    """The letter of a book's ids: the first of its name that no book before it has."""
    taken: set[str] = set()
    for one in books:
        letters = [sign for sign in one.id.upper() if sign in ascii_uppercase]
        free = [sign for sign in (*letters[:1], *letters[1:], *ascii_uppercase) if sign not in taken]
        mine = free[0] if free else "X"
        if one.id == book:
            return mine
        taken.add(mine)
    return book[:1].upper()


def _levels(match: re.Match[str]) -> Number:
    return (int(match[2]), *(int(level) for level in match[3].split("-")[1:]))
