"""What a file of sheets means for a ledger: where each sheet belongs, and what its rows add and change.

The user's request comes first; the sheets themselves say to which book they belong and which day they hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from ledger.edit.new_item import book_of
from ledger.exchange.intake.column_role import ENTRY_WORDS, ITEM_WORDS
from ledger.exchange.intake.entries import read_entries
from ledger.exchange.intake.header import find_header, find_list_header, title_at, widest_header, with_cells_asked
from ledger.exchange.intake.items import read_items
from ledger.exchange.intake.result import Import, Read, Rejected, without
from ledger.exchange.intake.row import Terms
from ledger.exchange.intake.vocabulary import Header, Mapped, Vocabulary
from ledger.exchange.list.cells import read_units, spelled
from ledger.exchange.list.deadline import day_text, days_named
from ledger.exchange.list.numbered import list_rows
from ledger.exchange.sheet.sheet import Sheet, Sheets, at
from ledger.model.field import ITEM, JOURNAL, Field
from ledger.model.finding import NOWHERE
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.storage.plan import item_fields
from ledger.storage.refusal import CannotChange
from ledger.text.pattern import regex

JOURNAL_TARGET = "journal"
_ITEM_NEEDS = ("id",)
_ENTRY_NEEDS = ("date", "item", "event")


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


def imported(sheets: Sheets, ledger: Ledger, request: Request, books: Mapping[str, str] = {}) -> Import:
    """What the sheets mean for the ledger as it is. Raises `CannotChange` where none can be understood.

    `books` names the book of new items sheet by sheet, where the request names none.
    """
    if request.book:
        request = request._replace(book=book_of(ledger, request.book).id)
    if request.terms.children:
        children = book_of(ledger, request.terms.children).id
        request = request._replace(terms=request.terms._replace(children=children))
    desk = _Desk(ledger, request, books)
    desk.know_units(sheets.sheets)
    reads: list[Read] = []
    passed: list[tuple[str, Words]] = []
    for sheet in sheets.sheets:
        read = desk.read(sheet)
        if sheet.hidden and read is not None:
            passed.append((sheet.name, Words("隐藏的工作表，没有读", "a hidden sheet, not read")))
        elif read is not None:
            reads.append(read)
        elif sheet.rows and not sheet.hidden:
            passed.append((sheet.name, Words("没有找到列名，没有读", "no column names found, not read")))
    if not reads:
        raise _nothing_read(sheets.sheets, ledger, request)
    unused = [name for name in request.mapped if name not in desk.used]
    return Import(_each_once(reads), passed, unused, desk.spellings)


class _Desk:
    """Where sheets are told apart."""

    def __init__(self, ledger: Ledger, request: Request, books: Mapping[str, str]) -> None:
        self.ledger = ledger
        self.request = request
        self.books = books
        self.fields = item_fields(ledger.settings)
        self.entries = Vocabulary({field.name: field for field in JOURNAL}, ENTRY_WORDS, request.mapped)
        # A book is not linked to itself: in a sheet of problems the column 具体问题 is what the problem is.
        unnamed = [request.book] if request.book else ()
        self.units: frozenset[str] = frozenset()
        """Names of units beside those that the ledger lists."""
        self.spellings: dict[str, list[str]] = {}
        """Names that the sheets spell in several ways, with the other spellings."""
        self.items = Vocabulary(self.fields, ITEM_WORDS, request.mapped, unnamed, guesses=True)

    @property
    def used(self) -> set[str]:
        """The headers of the map that were found."""
        return self.entries.used | self.items.used

    def know_units(self, sheets: Iterable[Sheet]) -> None:
        """Looks at all units that sheets name, so that one spelling of each is used throughout."""
        times: Counter[str] = Counter()
        listed = frozenset(self.ledger.settings.present_names)
        for sheet in sheets:
            header = None if sheet.hidden or self.request.journal else find_list_header(sheet, self.items)
            for number, cells in sheet.rows if header else ():
                for column in header.columns if header and number > header.last else ():
                    if column.path[0] in ("lead", "responsible", "cooperating"):
                        found = read_units(at(cells, column.number).value, listed)
                        times.update(name for names in found[:4] for name in names)
        groups: dict[str, list[str]] = {}
        for name, _ in times.most_common():
            groups.setdefault(spelled(name), []).append(name)
        self.units = frozenset(names[0] for names in groups.values())
        self.spellings = {names[0]: names[1:] for names in groups.values() if names[1:]}

    def read(self, sheet: Sheet) -> Read | None:
        """What a sheet says; None if it is no table of items or entries."""
        journal = None if self.request.book else find_header(sheet, self.entries, _ENTRY_NEEDS)
        if journal is not None:
            _check(sheet, journal)
            return read_entries(sheet, journal, self.ledger, self.request.terms)
        header = None if self.request.journal else find_list_header(sheet, self.items)
        if header is None and self.request.proposing and not sheet.hidden:
            header = widest_header(sheet, self.items)
            header = header and with_cells_asked(sheet, header, self.fields)
        if header is None:
            return None
        terms = self.request.terms
        if terms.as_of is None:
            stated = stated_day(sheet, header, terms.source)
            terms = terms._replace(as_of=stated or (terms.added if self.request.proposing else None))
        if not self.request.proposing:
            self._refuse_unclear(sheet, header)
        return read_items(sheet, header, self._book(sheet, header), self.request.book, self.ledger, self.fields,
                          terms, self.units, self.request.tick)  # fmt: skip

    def _refuse_unclear(self, sheet: Sheet, header: Header) -> None:
        """Raises `CannotChange` where two columns mean one field, or where nothing beside the id is known."""
        _check(sheet, header)
        if header.known == 1:
            message = Words("{sheet} 除了编号没有认得的列", "beside the id no column of {sheet} is known")
            names = " ".join(one.title for one in header.left_out)
            hint = Words("用 --map 说明各列：{names}", "say with --map what they are: {names}").fill(names=names)
            raise CannotChange(message.fill(sheet=sheet.name), hint)

    def _book(self, sheet: Sheet, header: Header) -> str:
        """The book that takes new items: the one asked for, else the one that all known ids of the sheet are in."""
        books = self.ledger.settings.books
        if sheet.name in self.books:
            return self.books[sheet.name]
        if self.request.book or len(books) == 1:
            return self.request.book or books[0].id
        home = {item.id.casefold(): item.book for item in self.ledger.items}
        column = header.column("id")
        if column is None:
            named = book_by_title(header)
            return named if named in {book.id for book in books} else ""
        ids = (at(cells, column.number).value.strip().casefold() for _, cells in sheet.rows)
        found = {home[id_] for id_ in ids if id_ in home}
        return found.pop() if len(found) == 1 else ""


def _each_once(reads: Sequence[Read]) -> list[Read]:
    """The sheets, a new item that stands in two of them rejected in the second."""
    seen: dict[str, str] = {}
    checked = []
    for read in reads:
        twice = []
        for spot, id_ in read.touched:
            first = seen.setdefault(id_.casefold(), read.sheet)
            if first != read.sheet:
                message = Words("{id} 在工作表 {sheet} 里已经有了", "{id} stands in the sheet {sheet} already")
                hint = Words("一个事项只留一行", "keep one row an item")
                twice.append(Rejected(spot, id_, message.fill(id=id_, sheet=first), hint))
        checked.append(without(read, twice))
    return checked


def _check(sheet: Sheet, header: Header) -> None:
    """Refuses a sheet two of whose columns mean the same field."""
    for first, second in header.twice:
        message = Words("{sheet} 有两列都是 {name}：{a}，{b}", "two columns of {sheet} are {name}: {a}, {b}")
        hint = Words("用 --map 去掉一列：{title}: null", "leave one out with --map: {title}: null")
        raise CannotChange(
            message.fill(sheet=sheet.name, name=first.name, a=title_at(first), b=title_at(second)),
            hint.fill(title=second.title),
        )


def _nothing_read(sheets: Sequence[Sheet], ledger: Ledger, request: Request) -> CannotChange:
    """Why no sheet could be read, with the columns that one needs."""
    if not any(sheet.rows for sheet in sheets if not sheet.hidden):
        return CannotChange(Words("表里没有内容", "the sheet holds nothing"))
    needs = _ENTRY_NEEDS if request.journal else _ITEM_NEEDS
    fields: Iterable[Field] = JOURNAL if request.journal else item_fields(ledger.settings).values()
    named = [field for field in fields if field.name in (needs if request.journal else ("title", "lead", "due"))]
    labels = Words("、".join(field.label.zh for field in named), ", ".join(field.name for field in named))
    message = Words("没有找到列名行：要有 {labels}", "no row of column names found: it needs {labels}")
    hint = Words("用 --propose map.yaml 写出对照表，说明哪一列是什么，再用 --map map.yaml",
                 "--propose map.yaml writes a map of the columns; say what they are, then --map map.yaml")  # fmt: skip
    return CannotChange(message.fill(labels=labels), hint)


def is_carried_out(sheets: Sheets, before: Ledger, after: Ledger, request: Request, found: Import) -> bool:
    """Whether `after` says what the sheets say, and of everything else what `before` said."""
    refused = {(one.spot.sheet, one.spot.row) for one in found.rejected}
    for read in imported(sheets, after, request).reads:
        open_rows = [spot for spot, _ in read.touched] + [entry.spot for entry in read.entries]
        if any((spot.sheet, spot.row) not in refused for spot in open_rows):
            return False
    touched = {id_ for read in found.reads for _, id_ in read.touched}
    items = [
        [one._replace(where=NOWHERE) for one in ledger.items if one.id not in touched] for ledger in (before, after)
    ]
    unread = {finding.message for finding in before.unread}
    return items[0] == items[1] and all(finding.message in unread for finding in after.unread)


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
