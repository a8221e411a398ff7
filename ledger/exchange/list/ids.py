"""The items of a list by its numbers: the ids they get or have by now, and what the rows of one number say together.

Of the rows of one number some say something of the problem as a whole, others of the measure in each row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from string import ascii_uppercase

from ledger.exchange.intake.column_role import FACT_FIELDS
from ledger.exchange.intake.row import ItemCells, bare
from ledger.exchange.intake.vocabulary import Column, Header
from ledger.exchange.list.numbered import Group, ListRows, bare_step, digits_shown, is_said
from ledger.exchange.sheet.sheet import EMPTY, Cell, Sheet, at
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Book
from ledger.model.value import BadValue, read_value
from ledger.model.words import Words
from ledger.storage.decode import missing
from ledger.text.pattern import regex

_ID = regex(r"([A-Za-z]+[._]?)([0-9]+)((?:-[0-9]+)*)")
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


class RowIds:
    """Finds the ids of groups of rows; what cannot be used is rejected."""

    def __init__(self, cells: ItemCells, header: Header, rows: ListRows, ledger: Ledger, book: str) -> None:
        self.cells = cells
        self.header = header
        self.book = book
        self.by_id = header.column("id") is not None
        self.known = {item.id.casefold() for item in ledger.items}
        self.standing = Counter(item.id.casefold() for item in ledger.items)
        numbers = [group.number[0] for group in rows.groups if group.number]
        self.made = ListIds(ledger, book, max(numbers, default=len(rows.groups)), _shown(header, rows))
        self.first: dict[str, int] = {}
        """The row in which each id, in small letters, stands first."""
        self.in_order = 0
        """How many rows without a number were numbered in order."""

    def of(self, group: Group) -> str:
        """The id of a group of rows; empty if it has none that can be used, which is said."""
        number, cells = group.rows[0]
        column = self.header.column("id") or self.header.column("number")
        try:
            if self.by_id:
                id_ = self._own_id(cells)
            elif group.number:
                id_ = self.made.numbered(group.number)
            elif column is not None and is_said(at(cells, column.number)):
                raise _no_number(_as_shown(at(cells, column.number)))
            else:
                id_ = self._by_title(number, cells)
        except BadValue as bad:
            self.cells.reject(number, column, "", bad.message, bad.hint)
            return ""
        return id_ if self._is_usable(number, column, id_) else ""

    def _own_id(self, cells: Sequence[Cell]) -> str:
        """The id in a row. Raises `BadValue`."""
        column = self.header.column("id")
        assert column is not None
        cell = at(cells, column.number)
        if not is_said(cell):
            message, _ = missing(column.field)
            raise BadValue(message, Words("填上编号，或删去这一行", "give the row an id, or delete it"))
        id_: str = read_value(self.cells.text(_as_shown(cell), column, None), column.field)
        return id_

    def _by_title(self, number: int, cells: Sequence[Cell]) -> str:
        """The id of a row of a list without numbers: that of the item of its title, or the next. Raises `BadValue`."""
        column = next((one for one in self.header.columns if one.path == ("title",)), None)
        title = at(cells, column.number).value.strip() if column else ""
        if not title:
            raise BadValue(Words("既没有序号，也没有事项", "neither a number nor a title"))
        self.in_order += 1
        return self.made.titled(title)

    def _is_usable(self, number: int, column: Column | None, id_: str) -> bool:
        """Whether an id stands once in the sheet and in the ledger, and in a book; else that is said."""
        key = id_.casefold()
        if key in self.first:
            message = Words("{id} 在第 {row} 行已经有了", "{id} stands in row {row} already")
            hint = Words("一个事项只留一行", "keep one row an item")
            self.cells.reject(number, column, id_, message.fill(id=id_, row=self.first[key]), hint)
            return False
        self.first[key] = number
        if self.standing[key] > 1:
            message = Words("{id} 在台账里有 {n} 个", "{id} stands {n} times in the ledger")
            hint = Words("先改成不同的编号", "give them different ids first")
            self.cells.reject(number, column, id_, message.fill(id=id_, n=self.standing[key]), hint)
            return False
        if key not in self.known and not self.book:
            message = Words("{id} 是新事项，没有说放进哪本账", "{id} is new, and no book is named").fill(id=id_)
            self.cells.reject(number, column, id_, message, Words("用 --book 指明", "name it with --book"))
            return False
        return True


def _shown(header: Header, rows: ListRows) -> int:
    """How many digits the numbers of the list have at least."""
    column = header.column("number")
    cells = [at(group.rows[0][1], column.number) for group in rows.groups] if column else []
    return min((digits_shown(cell.shown or cell.value) for cell in cells if is_said(cell)), default=0)


_MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps: the others it has made zeros."""


def _as_shown(cell: Cell) -> Cell:
    """The cell of an id as people see it. Raises `BadValue` where a spreadsheet has made something else of it."""
    hint = Words("把这一列设为文本，再填一次编号", "give the column the format `text`, and type the id again")
    if cell.kind == "date":
        message = Words("编号成了日期：{text}", "the id has become a day: {text}")
        raise BadValue(message.fill(text=cell.value), hint)
    if cell.kind == "flag":
        raise BadValue(Words("编号成了逻辑值：{text}", "the id has become {text}").fill(text=cell.value.upper()), hint)
    if cell.kind == "number" and len(cell.value.lstrip("-").replace(".", "")) > _MOST_DIGITS:
        message = Words(
            "编号超过 15 位，表格程序没有存全：{text}", "more than 15 digits, which a spreadsheet does not keep: {text}"
        )
        raise BadValue(message.fill(text=cell.value), hint)
    return Cell(cell.shown, "text") if cell.shown else cell


def _no_number(cell: Cell) -> BadValue:
    return BadValue(Words("不是序号：{text}", "not a number: {text}").fill(text=cell.value))


Row = tuple[int, list[Cell]]

_OF_ROWS = frozenset({"lead", "responsible", "cooperating", "due"})
"""What each row of a number may say for itself; a blank cell means what stands above it."""


class Parts(NamedTuple):
    """`whole` are the cells of the item itself, `rest` further rows of it, `children` those of its measures."""

    whole: list[Cell]
    rest: list[Row]
    children: list[Row]


def group_parts(group: Group, sheet: Sheet, header: Header, *, several: bool = False) -> Parts:
    """The rows of a number told apart; with `several` each row with a measure of its own is an item below it."""
    (_, first), *others = group.rows
    if not others:
        return Parts(list(first), [], [])
    if not several:
        return Parts(list(first), [(row, _kept(cells, header, _is_of_rows)) for row, cells in others], [])
    own = {column.number for column in header.columns if _is_own(column, group, sheet)}
    whole = _kept(first, header, lambda column: column.number not in own or column.path[0] == "lead")
    rest = [(row, _kept(cells, header, lambda column: column.path[0] == "due")) for row, cells in group.rows]
    return Parts(whole, rest, _children(group, header, own))


def _is_of_rows(column: Column) -> bool:
    return column.path[0] in _OF_ROWS


def _is_own(column: Column, group: Group, sheet: Sheet) -> bool:
    """Whether a column speaks of each row for itself: beyond the first row it holds something of its own."""
    if column.path[0] in ("number", "id", "title", "goal"):
        return False
    if column.path[0] == "steps":
        return True
    if column.path[0] not in (*_OF_ROWS, "tags", "remark", *FACT_FIELDS):
        return False
    covered = {
        row for top, left, bottom, right in sheet.merged for row in range(top + 1, bottom + 1)
        if left <= column.number <= right
    }  # fmt: skip
    return any(is_said(at(cells, column.number)) and row not in covered for row, cells in group.rows[1:])


def _children(group: Group, header: Header, own: set[int]) -> list[Row]:
    """The rows that name a measure, its text standing where the title of an item stands."""
    steps = header.column("steps")
    title = header.column("title")
    children: list[Row] = []
    above: Sequence[Cell] = ()
    for row, cells in group.rows:
        filled = list(cells)
        filled.extend([EMPTY] * (max(len(above), _width(header)) - len(filled)))
        for column in header.columns:
            place = column.number - 1
            if _is_of_rows(column):
                filled[place] = filled[place] if is_said(filled[place]) else at(above, column.number)
            elif column.number not in own:
                filled[place] = EMPTY
        above = list(filled)
        if steps is not None and title is not None and filled[steps.number - 1].value.strip():
            measure = filled[steps.number - 1]
            filled[title.number - 1] = measure._replace(value=bare_step(measure.value))
            filled[steps.number - 1] = EMPTY
            children.append((row, filled))
    return children


def _width(header: Header) -> int:
    return max(column.number for column in header.columns)


def _kept(cells: Sequence[Cell], header: Header, wanted: Callable[[Column], bool]) -> list[Cell]:
    """The cells of some columns, the others empty."""
    numbers = {column.number for column in header.columns if wanted(column)}
    return [cell if number in numbers else EMPTY for number, cell in enumerate(cells, 1)]
