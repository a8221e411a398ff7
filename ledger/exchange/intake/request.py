"""What the user asked for, and what the sheets themselves say of where they belong and of which day they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from ledger.exchange.intake.column_role import ITEM_WORDS
from ledger.exchange.intake.header import find_list_header
from ledger.exchange.intake.map import Mapped
from ledger.exchange.intake.row import Terms
from ledger.exchange.intake.vocabulary import Header, Vocabulary
from ledger.exchange.list.numbered import list_rows
from ledger.exchange.phrase.day import day_text, days_named
from ledger.exchange.sheet.sheet import Sheet, Sheets
from ledger.model.field import ITEM
from ledger.model.record import NamedTuple
from ledger.text.pattern import regex


class Request(NamedTuple):
    """What the user asked for: the book, or the journal, or neither; the map; and how rows are taken."""

    book: str
    journal: bool
    mapped: Mapping[str, Mapped]
    terms: Terms
    proposing: bool = False
    """Whether only the map of the columns is wanted: then nothing is refused."""
    tick: Callable[[int], None] = lambda _done: None
    """Hears how many rows are read."""

    def headers(self, sheets: Sheets) -> list[tuple[Sheet, Header]]:
        """The visible sheets that are lists of items, with their headers, as far as no ledger is needed to tell."""
        fields = {field.name: field for field in ITEM}
        found = []
        for sheet in sheets.sheets:
            vocabulary = Vocabulary(fields, ITEM_WORDS, self.mapped, guesses=True)
            header = None if sheet.hidden else find_list_header(sheet, vocabulary)
            if header is not None:
                found.append((sheet, header))
        return found


def book_by_title(header: Header) -> str:
    """The book that a list is by what its items are called: problems, else measures."""
    title = next((column.title for column in header.columns if column.path[0] == "title"), "")
    return "problems" if re.search("问题|隐患|线索|短板|finding|issue|problem", title.lower()) else "measures"


def sheet_books(sheets: Sheets, request: Request) -> dict[str, str]:
    """The book of each sheet of a file that starts a ledger: sheets that count on are one book, others are another."""
    books: dict[str, str] = {}
    numbers: dict[str, set[object]] = {}
    for sheet, header in request.headers(sheets):
        own = {group.number for group in list_rows(sheet, header).groups if group.number}
        wanted = request.book or book_by_title(header)
        name, n = wanted, 1
        while own & numbers.get(name, set()):
            n += 1
            name = f"{wanted}{n}"
        numbers.setdefault(name, set()).update(own)
        books[sheet.name] = name
    return books


_AS_OF = regex(r"(?:数据|情况|进展)?截[至止](?:到|时间|日期)?[:：]?")


def stated_day(sheet: Sheet, header: Header, file: str) -> date | None:
    """The day as of which a list holds, as its titles, its name or that of its file say: 截至2019年6月30日."""
    above = [cell.value for number, cells in sheet.rows if number < header.first for cell in cells]
    for text in (*above, sheet.name, file):
        match = _AS_OF.search(text)
        found = next(days_named(day_text(text[match.end() :])), None) if match else None
        if found is not None and found.start == 0 and found.day is not None:
            return found.day
    return None
