"""Rows of a sheet as items: what each row would add to a book or change in it, or why it cannot be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date

from ledger.exchange.intake.cell import sheet_notes
from ledger.exchange.intake.result import ChangedItem, FieldChange, NewEntry, NewItem, Read, Spot, Understood
from ledger.exchange.intake.row import ABSENT, ItemCells, Terms, held_value
from ledger.exchange.intake.vocabulary import Column, Header
from ledger.exchange.list.facts import ListFacts
from ledger.exchange.list.ids import Parts, RowIds, group_parts
from ledger.exchange.list.numbered import Group, list_rows
from ledger.exchange.list.told import LeftOpen, Telling, asked, children_proposed, total_notes, undated, unnumbered
from ledger.exchange.sheet.sheet import Cell, Sheet, at
from ledger.model.field import ITEM, MILESTONE, Field
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.words import NO_WORDS, Words
from ledger.storage.csv.book import item_cells, value_cells

Path = tuple[str, ...]


def read_items(sheet: Sheet, header: Header, book: str, only: str, ledger: Ledger, fields: Mapping[str, Field],
               terms: Terms, units: frozenset[str] = frozenset(),
               tick: Callable[[int], None] = lambda _done: None) -> Read:  # fmt: skip
    """What the rows below the header mean, compared with the ledger as it is.

    New items go into `book`; without one they are rejected. Items of other books than `only` are, if that is given.
    `units` are names that stay whole in cells that hold several. `tick` hears how many rows are read.
    """
    return _Reader(sheet, header, book, only, ledger, fields, terms, units).read(tick)


class _Reader:
    """One pass over the rows of a sheet."""

    def __init__(self, sheet: Sheet, header: Header, book: str, only: str, ledger: Ledger, fields: Mapping[str, Field],
                 terms: Terms, units: frozenset[str]) -> None:  # fmt: skip
        self.sheet = sheet
        self.header = header
        self.book = book
        self.only = only
        self.ledger = ledger
        self.fields = fields
        self.terms = terms
        self.items = {item.id.casefold(): item for item in ledger.items}
        self.size = Counter(item.book for item in ledger.items)
        self.cells = ItemCells(sheet.name, header, ledger, terms, units)
        self.by_id = header.column("id") is not None
        self.rows = list_rows(sheet, header)
        self.ids = RowIds(self.cells, header, self.rows, ledger, book)
        self.telling = Telling(self.cells, header)
        self.facts = ListFacts(ledger, terms.as_of or date.max, self._source())
        self.new: list[NewItem] = []
        self.changed: list[ChangedItem] = []
        self.entries: list[NewEntry] = []
        self.open = LeftOpen(ledger, terms, by_id=self.by_id)
        self.known = 0
        self.undated: list[int] = []
        """Rows that tell what happened, where nobody said on which day that holds."""

    def read(self, tick: Callable[[int], None]) -> Read:
        """All rows; `tick` hears how many are done."""
        several = [group for group in self.rows.groups if self._has_children(group)]
        own = {id(group) for group in several}
        for done, group in enumerate(self.rows.groups):
            tick(done)
            if id(group) in own:
                self._several(group)
            else:
                self._single(group)
        if several and not self.terms.children:
            rejected = children_proposed(self.sheet.name, several, self.header.column("steps"))
            self.cells.rejected.append(rejected)
        self.cells.rejected += unnumbered(self.sheet, self.rows.unnumbered, self.header.column("number"))
        self.cells.rejected += asked(self.sheet.name, self.cells.phrases.listed())
        if self.undated:
            raise undated(self.sheet.name, self.telling.columns, self.header.column("due"))
        named = Counter(self.items[id_].book for id_ in self.ids.first if id_ in self.items)
        target = " ".join(book for book in self.size if book in named) or self.book
        absent = sum(self.size[book] - named[book] for book in named)
        gone = {row for one in self.cells.rejected for row in (one.spot.row, *one.rows)}
        back = [(Spot(self.sheet.name, row), item, words) for row, item, words in self.facts.went_back]
        understood = [Understood(one.number, one.title, one.name) for one in self.header.columns]
        return Read(
            self.sheet.name, target,
            [one for one in self.new if one.spot.row not in gone],
            [one for one in self.changed if one.spot.row not in gone],
            [one for one in self.entries if one.spot.row not in gone],
            self.known, self.cells.rejected, self.cells.kept, self.header.left_out, self._notes(), absent, understood,
            self.cells.phrases.listed(), self.rows.passed, back, self.header.last,
        )  # fmt: skip

    def _notes(self) -> list[tuple[Spot, Words]]:
        """What a reader should know of the sheet: its reader's notes, what was assumed, and totals that differ."""
        assumed = [(Spot(self.sheet.name), words) for words in self.open.told(self.ids.in_order)]
        totals = total_notes(self.sheet.name, self.header, self.rows, self.telling)
        return [*sheet_notes(self.sheet, self.cells.said), *assumed, *totals]

    def _source(self) -> str:
        """The file and the sheet, as new items and entries name them."""
        file = self.terms.source
        return file if file.lower().endswith((".csv", ".tsv", ".txt")) else f"{file} {self.sheet.name}".strip()

    # Groups of rows

    def _has_children(self, group: Group) -> bool:
        """Whether the rows of one number are measures of one problem: several of them name one."""
        column = self.header.column("steps")
        return (
            column is not None
            and len(group.rows) > 1
            and sum(1 for _, cells in group.rows if at(cells, column.number).value.strip()) > 1
        )

    def _single(self, group: Group) -> None:
        """An item of one row, or of rows that differ in their units and deadlines only."""
        number, cells = group.rows[0]
        id_ = self.ids.of(group)
        if id_:
            parts = group_parts(group, self.sheet, self.header)
            values = self._made(number, cells, id_, self.book, parts.rest)
            self._tell(number, id_, values, parts.whole, None)

    def _several(self, group: Group) -> None:
        """A problem with a measure in each row: the problem, and below it an item for each measure."""
        id_ = self.ids.of(group)
        if not id_:
            return
        parts = group_parts(group, self.sheet, self.header, several=True)
        number = group.rows[0][0]
        values = self._made(number, parts.whole, id_, self.book, parts.rest)
        self._tell(number, id_, values, parts.whole, parts)
        if not self.terms.children:
            return
        for place, (row, cells) in enumerate(parts.children, 1):
            child = f"{id_}-{place}"
            if child.casefold() in self.ids.first:
                continue
            self.ids.first[child.casefold()] = row
            more: dict[Path, object] = {("under",): id_}
            made = self._made(row, cells, child, self.terms.children, (), more)
            self._tell(row, child, made, cells, None)

    # Items

    def _made(
        self, number: int, cells: Sequence[Cell], id_: str, book: str,
        rest: Sequence[tuple[int, Sequence[Cell]]], more: Mapping[Path, object] = {},
    ) -> Mapping[Path, object] | Item | None:  # fmt: skip
        """What a row means for the item: the values of a new one, the item as it is, or None if it is rejected.

        `rest` are further rows of the same item, `more` values that no cell gives.
        """
        item = self.items.get(id_.casefold())
        before = len(self.cells.rejected)
        spot = Spot(self.sheet.name, number)
        if item is None:
            values = self._new(number, cells, id_, book, rest, more)
            if len(self.cells.rejected) > before:
                return None
            title = values.get(("title",))
            self.new.append(NewItem(spot, id_, book, title if isinstance(title, Words) else NO_WORDS, values))
            return values
        found = ChangedItem(spot, item.id, item.book, self._changes(number, cells, item, rest))
        if found.changes and self.only and item.book not in (self.only, self.terms.children):
            message = Words("{id} 在账 {book} 里，这里会改动它", "{id} is in the book {book}, and would be changed")
            hint = Words("核对编号，或用 --book {book}", "check the id, or use --book {book}")
            message, hint = message.fill(id=item.id, book=item.book), hint.fill(book=item.book)
            self.cells.reject(number, None, item.id, message, hint)
        if len(self.cells.rejected) > before:
            return None
        if found.changes:
            self.changed.append(found)
        else:
            self.known += 1
        return item

    def _given(
        self, number: int, cells: Sequence[Cell], id_: str, current: Mapping[str, str], item: Item | None,
        rest: Sequence[tuple[int, Sequence[Cell]]],
    ) -> dict[Path, list[tuple[Column, str]]]:  # fmt: skip
        """The texts that the rows of an item give: the units of all of them, the latest deadline, else the first."""
        if not rest:
            return self.cells.given(number, cells, id_, current, item)
        # What rows say together is compared with the ledger, not what each of them says.
        given = self.cells.given(number, cells, id_, {}, None)
        for row, others in rest:
            self.cells.combine(given, self.cells.given(row, others, id_, {}, None))
        return given

    def _new(
        self, number: int, cells: Sequence[Cell], id_: str, book: str, rest: Sequence[tuple[int, Sequence[Cell]]],
        more: Mapping[Path, object],
    ) -> dict[Path, object]:  # fmt: skip
        """The values of a new item by path; what it lacks is said."""
        values: dict[Path, object] = {("id",): id_, **more}
        bad = len(self.cells.rejected)
        for path, given in self._given(number, cells, id_, {}, None, rest).items():
            made = self.cells.value(number, id_, path, given, ABSENT)
            if made is not ABSENT:
                values[path] = made
        self.open.fill(values, asked=self.cells.phrases.asked(number), leads=self.cells.leads)
        if self.terms.source and (not self.by_id or self.terms.source.endswith(".docx")):
            values.setdefault(("source",), f"{self._source()} 行{number}")
        values.setdefault(("added",), self.open.added(values, book))
        wanted = {(field.name,): field for field in ITEM if field.required}
        self._require(number, id_, wanted | _of_milestones(values), values, bad)
        return values

    def _require(
        self,
        number: int,
        id_: str,
        wanted: Mapping[Path, Field],
        given: Container[Path],
        bad: int,
    ) -> None:
        """Rejects a row that does not give the wanted fields, unless the rejections from number `bad` on said so."""
        for path, field in wanted.items():
            if path == ("due",) and self.cells.phrases.asked(number):
                continue
            column = next((column for column in self.header.columns if column.path == path), None)
            said = column is not None and any(one.spot.column == column.number for one in self.cells.rejected[bad:])
            if path not in given and not said:
                message = Words("新的 {id} 缺少 {name}（{label}）", "{id} is new and needs {name} ({label})")
                hint = Words("填上：{help}", "fill it in: {help}").fill(help=field.help)
                what = ".".join(path[:2]) if len(path) > 1 else id_
                message = message.fill(id=what, name=".".join(path), label=field.label)
                self.cells.reject(number, column, id_, message, hint)

    def _changes(
        self, number: int, cells: Sequence[Cell], item: Item, rest: Sequence[tuple[int, Sequence[Cell]]]
    ) -> list[FieldChange]:
        """The fields of an item that a row changes."""
        current = item_cells(item, self.fields.values())
        changes: list[FieldChange] = []
        bad = len(self.cells.rejected)
        given_texts = self._given(number, cells, item.id, current, item, rest)
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

    # Facts

    def _tell(
        self, number: int, id_: str, made: Mapping[Path, object] | Item | None, cells: Sequence[Cell],
        parts: Parts | None,
    ) -> None:  # fmt: skip
        """Adds the lines of the journal that a row gives; of a problem whose measures all are done, that it is."""
        told = self.telling.told(number, cells, id_)
        if parts is not None and told is not None:
            rows = enumerate(parts.children, 1)
            told = self.telling.together(told, [self.telling.told(row, own, f"{id_}-{n}") for n, (row, own) in rows])
        if told is not None and not told.is_empty and self.terms.as_of is None:
            self.undated.append(number)
        if made is None or told is None or self.terms.as_of is None:
            return
        lead = made.lead if isinstance(made, Item) else str(made.get(("lead",), ""))
        own = made.id if isinstance(made, Item) else id_
        lines = self.facts.entries(number, own, lead, told, _stages(made))
        self.entries += [NewEntry(Spot(self.sheet.name, number), row) for row in lines]


def _stages(made: Mapping[Path, object] | Item) -> dict[str, date]:
    """The milestones of an item, or of the values of a new one, with their days."""
    if isinstance(made, Item):
        return {stage.key: stage.due for stage in made.milestones if stage.due}
    found = {path[1]: value for path, value in made.items() if path[0] == "milestones" and path[-1] == "due"}
    return {key: day for key, day in found.items() if isinstance(day, date)}


def _of_milestones(paths: Iterable[Path]) -> dict[Path, Field]:
    """The required fields of the milestones that some paths lead into."""
    keys = dict.fromkeys(path[:2] for path in paths if path[0] == "milestones")
    return {(*key, field.name): field for key in keys for field in MILESTONE if field.required}
