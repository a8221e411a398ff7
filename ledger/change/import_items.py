"""Rows of a sheet as items: what each row would add to a book or change in it, or why it cannot be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

from ledger.change.import_cell import sheet_notes
from ledger.change.import_header import Header
from ledger.change.import_row import ABSENT, ItemCells, Terms, held_value
from ledger.change.import_words import folded
from ledger.model.field import ITEM, MILESTONE, Field
from ledger.model.import_result import ChangedItem, FieldChange, NewItem, Read, Spot
from ledger.model.item import Item
from ledger.model.item_cells import item_cells, value_cells
from ledger.model.ledger import Ledger
from ledger.model.value import BadValue, read_value
from ledger.model.words import NO_WORDS, Words
from ledger.source.decode import missing
from ledger.source.sheet import Cell, Sheet, at


def read_items(sheet: Sheet, header: Header, book: str, only: str, ledger: Ledger, fields: Mapping[str, Field],
               terms: Terms) -> Read:  # fmt: skip
    """What the rows below the header mean, compared with the ledger as it is.

    New items go into `book`; without one they are rejected. Items of other books than `only` are, if that is given.
    """
    return _Reader(sheet, header, book, only, ledger, fields, terms).read()


class _Reader:
    """One pass over the rows of a sheet."""

    def __init__(self, sheet: Sheet, header: Header, book: str, only: str, ledger: Ledger, fields: Mapping[str, Field],
                 terms: Terms) -> None:  # fmt: skip
        self.sheet = sheet
        self.header = header
        self.book = book
        self.only = only
        self.fields = fields
        self.terms = terms
        self.items = {item.id.casefold(): item for item in ledger.items}
        self.standing = Counter(item.id.casefold() for item in ledger.items)
        self.size = Counter(item.book for item in ledger.items)
        self.cells = ItemCells(sheet.name, header, ledger, terms)
        self.first: dict[str, int] = {}

    def read(self) -> Read:
        """All rows."""
        new: list[NewItem] = []
        changed: list[ChangedItem] = []
        known = 0
        for number, cells in self.sheet.rows:
            if number <= self.header.last or not any(cell.value.strip() or cell.kind == "error" for cell in cells):
                continue
            found = self._row(number, cells)
            if isinstance(found, NewItem):
                new.append(found)
            elif found is not None and found.changes:
                changed.append(found)
            elif found is not None:
                known += 1
        named = Counter(self.items[id_].book for id_ in self.first if id_ in self.items)
        target = " ".join(book for book in self.size if book in named) or self.book
        absent = sum(self.size[book] - named[book] for book in named)
        notes = sheet_notes(self.sheet, self.cells.said)
        return Read(self.sheet.name, target, new, changed, (), known, self.cells.rejected, self.cells.kept,
                    self.header.left_out, notes, absent)  # fmt: skip

    def _row(self, number: int, cells: Sequence[Cell]) -> NewItem | ChangedItem | None:
        """What a row means; None if it is rejected or no record."""
        id_ = self._id(number, cells)
        if not id_:
            return None
        item = self.items.get(id_.casefold())
        before = len(self.cells.rejected)
        spot = Spot(self.sheet.name, number)
        made: NewItem | ChangedItem
        if item is None:
            values = self._new(number, cells, id_)
            title = values.get(("title",))
            made = NewItem(spot, id_, self.book, title if isinstance(title, Words) else NO_WORDS, values)
        else:
            made = ChangedItem(spot, item.id, item.book, self._changes(number, cells, item))
            if made.changes and self.only and item.book != self.only:
                message = Words("{id} 在账 {book} 里，这里会改动它", "{id} is in the book {book}, and would be changed")
                hint = Words("核对编号，或用 --book {book}", "check the id, or use --book {book}")
                message, hint = message.fill(id=item.id, book=item.book), hint.fill(book=item.book)
                self.cells.reject(number, None, item.id, message, hint)
        return made if len(self.cells.rejected) == before else None

    def _id(self, number: int, cells: Sequence[Cell]) -> str:
        """The id of a row; empty if it has none that can be used, which is said."""
        column = self.header.column("id")
        assert column is not None
        cell = at(cells, column.number)
        if folded(cell.value) == folded(column.title):
            # Long tables repeat their header on every page.
            return ""
        try:
            id_: str = read_value(self.cells.text(_as_shown(cell), column, None), column.field) if is_said(cell) else ""
        except BadValue as bad:
            self.cells.reject(number, column, "", bad.message, bad.hint)
            return ""
        if not id_:
            message, _ = missing(column.field)
            hint = Words("填上编号，或删去这一行", "give the row an id, or delete it")
            self.cells.reject(number, column, "", message, hint)
            return ""
        known = self.items.get(id_.casefold())
        if id_.casefold() in self.first:
            message = Words("{id} 在第 {row} 行已经有了", "{id} stands in row {row} already")
            hint = Words("一个事项只留一行", "keep one row an item")
            self.cells.reject(number, column, id_, message.fill(id=id_, row=self.first[id_.casefold()]), hint)
            return ""
        self.first[id_.casefold()] = number
        if self.standing[id_.casefold()] > 1:
            message = Words("{id} 在台账里有 {n} 个", "{id} stands {n} times in the ledger")
            hint = Words("先改成不同的编号", "give them different ids first")
            self.cells.reject(number, column, id_, message.fill(id=id_, n=self.standing[id_.casefold()]), hint)
            return ""
        if known is None and not self.book:
            message = Words("{id} 是新事项，没有说放进哪本账", "{id} is new, and no book is named").fill(id=id_)
            self.cells.reject(number, column, id_, message, Words("用 --book 指明", "name it with --book"))
            return ""
        return id_

    def _new(self, number: int, cells: Sequence[Cell], id_: str) -> dict[tuple[str, ...], object]:
        """The values of a new item by path; what it lacks is said."""
        values: dict[tuple[str, ...], object] = {("id",): id_, ("added",): self.terms.added}
        bad = len(self.cells.rejected)
        for path, given in self.cells.given(number, cells, id_, {}, None).items():
            made = self.cells.value(number, id_, path, given, ABSENT)
            if made is not ABSENT:
                values[path] = made
        wanted = {(field.name,): field for field in ITEM if field.required}
        self._require(number, id_, wanted | _of_milestones(values), values, bad)
        return values

    def _require(
        self,
        number: int,
        id_: str,
        wanted: Mapping[tuple[str, ...], Field],
        given: Container[tuple[str, ...]],
        bad: int,
    ) -> None:
        """Rejects a row that does not give the wanted fields, unless the rejections from number `bad` on said so."""
        for path, field in wanted.items():
            column = next((column for column in self.header.columns if column.path == path), None)
            said = column is not None and any(one.spot.column == column.number for one in self.cells.rejected[bad:])
            if path not in given and not said:
                message = Words("新的 {id} 缺少 {name}（{label}）", "{id} is new and needs {name} ({label})")
                hint = Words("填上：{help}", "fill it in: {help}").fill(help=field.help)
                what = ".".join(path[:2]) if len(path) > 1 else id_
                message = message.fill(id=what, name=".".join(path), label=field.label)
                self.cells.reject(number, column, id_, message, hint)

    def _changes(self, number: int, cells: Sequence[Cell], item: Item) -> list[FieldChange]:
        """The fields of an item that a row changes."""
        current = item_cells(item, self.fields.values())
        changes: list[FieldChange] = []
        bad = len(self.cells.rejected)
        given_texts = self.cells.given(number, cells, item.id, current, item)
        new = [path for path in given_texts if held_value(item, path, self.fields) is ABSENT]
        self._require(number, item.id, _of_milestones(new), given_texts, bad)
        for path, given in given_texts.items():
            held = held_value(item, path, self.fields)
            value = self.cells.value(number, item.id, path, given, held)
            if value is ABSENT or value == held:
                continue
            held = None if held is ABSENT else held
            was = value_cells(".".join(path), held)
            now = value_cells(".".join(path), value)
            spot = Spot(self.sheet.name, number, given[0][0].number)
            changes += [
                FieldChange(spot, name, path, was.get(name, ""), now.get(name, ""), held, value)
                for name in dict.fromkeys([*was, *now])
                if was.get(name, "") != now.get(name, "")
            ]
        return changes


def is_said(cell: Cell) -> bool:
    """Whether anything stands in a cell, be it only an error."""
    return bool(cell.value.strip()) or cell.kind == "error"


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


def _of_milestones(paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Field]:
    """The required fields of the milestones that some paths lead into."""
    keys = dict.fromkeys(path[:2] for path in paths if path[0] == "milestones")
    return {(*key, field.name): field for key in keys for field in MILESTONE if field.required}
