"""A book as CSV: one row an item, the columns are the fields; the same model and the same checks as in YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import product, repeat, zip_longest
from operator import itemgetter
from typing import Any

from ledger.model.field import ELEMENT, ITEM, LISTS, MILESTONE, SCALARS, TARGET, Field
from ledger.model.finding import Finding, Place, Where
from ledger.model.item import Item, Milestone, Target
from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.model.setting import Book
from ledger.model.value import BadValue, joined, parted, read_value
from ledger.model.words import Words, some
from ledger.storage.csv.table import Table, read_table
from ledger.storage.decode import (
    SHARED_KEY,
    UNFIT_NAME,
    Values,
    by_name,
    missing,
    unknown_field,
    unknown_tag,
)
from ledger.storage.files import Text
from ledger.text.safe import unguarded


def item_cells(item: Item, fields: Iterable[Field]) -> dict[str, str]:
    """The text of every field by the name of its column: `due`, `title.zh`, `targets.started.goal`; empty for none."""
    cells: dict[str, str] = {}
    for field in fields:
        if field.kind == "records":
            for record in getattr(item, field.slot):
                inner = TARGET if field.name == "targets" else MILESTONE
                for own in inner:
                    cells.update(value_cells(f"{field.name}.{record.key}.{own.name}", getattr(record, own.slot)))
        elif field.kind == "tags":
            for name in dict.fromkeys((*field.choices, *(name for name, _ in item.tags))):
                cells.update(value_cells(f"tags.{name}", item.tagged(name)))
        elif hasattr(item, field.slot):
            cells.update(value_cells(field.name, getattr(item, field.slot)))
        else:
            cells.update(value_cells(field.name, item.linked(field.name)))
    if item.weight == 1:
        cells["weight"] = ""
    return cells


def value_cells(name: str, value: object) -> dict[str, str]:
    """A value as the cell of its column; words in two languages as two columns."""
    if value is None:
        return {name: ""}
    if isinstance(value, Words):
        if value.zh == value.en or not (value.zh and value.en):
            return {name: value.zh or value.en}
        return {f"{name}.zh": value.zh, f"{name}.en": value.en}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        if any(isinstance(part, Words) and part.zh != part.en for part in value):
            return {f"{name}.{tongue}": joined(getattr(part, tongue) for part in value) for tongue in ("zh", "en")}
        return {name: joined(part.zh if isinstance(part, Words) else str(part) for part in value)}
    if isinstance(value, Fraction):
        return {name: plain(value)}
    return {name: value.isoformat() if isinstance(value, date) else str(value)}


DERIVED = "now."
"""Columns with this prefix are printed for people and ignored when they come back."""

_PLAIN = frozenset(field.name for field in ITEM)
_NESTED = {"targets": by_name(TARGET), "milestones": by_name(MILESTONE)}
_TONGUES = ("zh", "en")

Tag = tuple[str, tuple[str, ...]]
"""A tag with the values it bears."""


def make_item(values: Values, book: Book, fields: dict[str, Field], where: Where) -> Item:
    """The item of decoded values; `targets` and `milestones` are lists of key, node and values."""
    links = tuple((name, values.pop(name)) for name in fields if name in values and name not in _PLAIN)
    targets = tuple(Target(key, **inner) for key, _, inner in values.pop("targets", ()))
    milestones = tuple(Milestone(key, **inner) for key, _, inner in values.pop("milestones", ()))
    if "tags" in values:
        values["tags"] = in_order_of(values["tags"], fields)
    return Item(book=book.id, links=links, targets=targets, milestones=milestones, where=where, **values)


def in_order_of(tags: Iterable[Tag], fields: dict[str, Field]) -> tuple[Tag, ...]:
    """Tags in the order of the settings, so that YAML and the columns of a sheet make one model."""
    declared = list(fields["tags"].choices)
    return tuple(sorted(tags, key=lambda tag: declared.index(tag[0])))


class _Column(NamedTuple):
    """A column: the number of its cell from 0, the slots that lead to its field, the language of its words if it holds
    one alone, its field, and how its text is read."""

    cell: int
    path: tuple[str, ...]
    tongue: str
    field: Field
    read: Callable[[str], Any]


class RowWhere:
    """Places of the fields of one row."""

    __slots__ = ("_line", "_table")

    def __init__(self, table: Table, line: int) -> None:
        self._table = table
        self._line = line

    def place(self, *keys: str) -> Place:
        """The place of a field's cell; of the first cell of the row if there is no such column."""
        name = ".".join(keys)
        header = self._table.header
        cell = header.index(name) + 1 if name in header else 1
        return self._table.place(self._line, cell)


def csv_items(text: Text, book: Book, fields: dict[str, Field]) -> tuple[list[Item], list[Finding]]:
    """The items of a CSV book, and what is wrong with it."""
    table, findings = read_table(text.text or "", text.path, text.source)
    if table is None:
        return [], findings
    reader = _Reader(table, fields, findings)
    items = reader.items(book)
    # Row by row, as somebody reads who mends them.
    reader.found.sort(key=itemgetter(0))
    return items, findings + [finding for _, finding in reader.found]


class _Reader:
    """Reads a table column by column: each different cell once, and of columns that make one thing, such as targets or
    tags, each different row of them. The items are then made without a step of Python for each field."""

    def __init__(self, table: Table, fields: dict[str, Field], findings: list[Finding]) -> None:
        self.table = table
        self.fields = fields
        self.findings = findings
        self.found: list[tuple[int, Finding]] = []
        """What is wrong in the rows, by their numbers."""
        self.columns = [column for index, name in enumerate(table.header) if (column := self._column(index, name))]
        self.ids = table.columns[table.header.index("id")] if "id" in table.header else [""] * len(table.lines)
        self.bad: dict[int, list[_Column]] = {}
        """The columns of the cells that are no value, by the number of their row."""

    def _column(self, index: int, name: str) -> _Column | None:
        """How a column is read; None for a derived, empty or unknown one."""
        if not name or name.startswith(DERIVED) or name in self.table.header[:index]:
            return None
        path = name.split(".")
        if path[0] == "tags":
            return self._tag_column(index, name)
        known = self.fields
        if path[0] in _NESTED and len(path) >= 3:
            known = _NESTED[path[0]]
            field = known.get(path[2])
            tongue = path[3:]
        else:
            field = known.get(path[0])
            tongue = path[1:]
        if path[0] in _NESTED and len(path) >= 3 and (not path[1] or "/" in path[1]):
            self.findings.append(Finding(self.table.place(1, index + 1), 104, *UNFIT_NAME))
            return None
        spoken = field is not None and field.kind in ("words", "phrases")
        bilingual = spoken and len(tongue) == 1 and tongue[0] in _TONGUES
        if field is None or (tongue and not bilingual) or field.kind not in SCALARS | LISTS:
            message, hint = unknown_field(name, known)
            self.findings.append(Finding(self.table.place(1, index + 1), 103, message, hint))
            return None
        slots = (path[0], path[1], field.slot) if path[0] in _NESTED else (field.slot,)
        return _Column(index, slots, "".join(tongue), field, _reader(field))

    def _tag_column(self, index: int, name: str) -> _Column | None:
        """How a column such as `tags.类别` is read."""
        declared = self.fields["tags"].choices
        tag = name.partition(".")[2]
        if tag not in declared:
            self.findings.append(Finding(self.table.place(1, index + 1), 103, *unknown_tag(tag, declared)))
            return None
        field = Field(name, "texts", declared[tag])
        return _Column(index, ("tags", tag), "", field, _reader(field))

    def items(self, book: Book) -> list[Item]:
        """The items of the rows; an empty row is none, and one without a readable id is left out."""
        groups: dict[str, list[_Column]] = {}
        for column in self.columns:
            groups.setdefault(column.path[0], []).append(column)
        told = {slot: self._told(columns) for slot, columns in groups.items()}
        self._find_long_rows()
        self._find_missing(told)
        self._part_shared(told)
        self._find_told_twice()
        place_of = self.table._replace(lines=[], columns=[], extra={})
        own = {
            "book": repeat(book.id),
            "links": self._links(told),
            "where": [RowWhere(place_of, line) for line in self.table.lines],
        }
        columns = [own[slot] if slot in own else _filled(told.get(slot), default) for slot, default in _SLOTS.items()]
        return [item for item in map(_RECORD, zip(*columns, strict=False)) if item.id is not None]

    def _told(self, columns: list[_Column]) -> list[Any]:
        """What the columns of one field say in each row; None where they say nothing."""
        texts = [self.table.columns[column.cell] for column in columns]
        known = list(map(self._known, columns, texts))
        if len(columns) == 1 and columns[0].path == (columns[0].field.slot,) and not columns[0].tongue:
            return list(map(known[0].__getitem__, texts[0]))
        rows = list(zip(*texts, strict=True))
        made = {}
        for row in set(rows):
            values: Values = {}
            for column, cells, text in zip(columns, known, row, strict=True):
                if cells[text] is not None:
                    _put(values, column, cells[text])
            made[row] = self._finished(columns[0].path[0], values)
        return list(map(made.__getitem__, rows))

    def _known(self, column: _Column, texts: list[str]) -> dict[str, Any]:
        """The value of each different cell of a column, None of an empty one; finds those that are no value."""
        known: dict[str, Any] = {}
        refused: dict[str, BadValue] = {}
        for text in set(texts):
            try:
                known[text] = column.read(text) if text.strip() else None
            except BadValue as wrong:
                known[text], refused[text] = None, wrong
        for number, text in enumerate(texts if refused else ()):
            if text in refused:
                self.bad.setdefault(number, []).append(column)
                self._find(number, column.cell, 104, refused[text].message, refused[text].hint)
        return known

    def _finished(self, slot: str, values: Values) -> Any:  # noqa: ANN401 - any field's value
        """The value of a field that several columns make."""
        value = values.get(slot)
        if value is None:
            return None
        if slot == "targets":
            return tuple(Target(key, **inner) for key, inner in value.items())
        if slot == "milestones":
            return tuple(Milestone(key, **inner) for key, inner in value.items())
        if slot == "tags":
            return in_order_of(value.items(), self.fields)
        return value

    def _links(self, told: dict[str, list[Any]]) -> Iterable[Any]:
        """The links of each row, in the order of the settings."""
        names = [name for name in self.fields if name in told and name not in _PLAIN]
        rows = list(zip(*(told[name] for name in names), strict=True))
        if not names:
            return repeat(())
        made = {
            row: tuple((name, ids) for name, ids in zip(names, row, strict=True) if ids is not None)
            for row in set(rows)
        }  # fmt: skip
        return list(map(made.__getitem__, rows))

    def _find_long_rows(self) -> None:
        """Finds the rows that have more cells than the header."""
        width = len(self.table.header)
        for number, extra in self.table.extra.items():
            if any(self.table.row(number)):
                message = Words(f"这一行多出 {len(extra)} 格", f"this row has {some(len(extra), 'cell')} too many")
                hint = Words("含逗号的文字要加双引号", "text that holds a comma needs double quotes")
                self._find(number, width, 104, message, hint)

    def _find_missing(self, told: dict[str, list[Any]]) -> None:
        """Finds required fields without a value, those of milestones too."""
        header = self.table.header
        nothing = [None] * len(self.table.lines)
        for field in (field for field in self.fields.values() if field.required):
            cell = header.index(field.name) if field.name in header else 0
            for number, value in enumerate(told.get(field.slot, nothing)):
                if value is None and not self._is_bad(number, field) and any(self.table.row(number)):
                    self._find(number, cell, 105, *missing(field))
        for number, milestones in enumerate(told.get("milestones", ())):
            for milestone, field in product(milestones or (), MILESTONE):
                if field.required and getattr(milestone, field.slot) is None and not self._is_bad(number, field):
                    name = f"milestones.{milestone.key}.{field.name}"
                    self._find(number, header.index(name) if name in header else 0, 105, *missing(field))

    def _is_bad(self, number: int, field: Field) -> bool:
        """Whether a row has a cell for this slot that is no value: that is said already."""
        return any(column.field.slot == field.slot for column in self.bad.get(number, ()))

    def _part_shared(self, told: dict[str, list[Any]]) -> None:
        """Takes out of each row the targets, or the milestones, whose key is taken by the other of the two."""
        keys = [{column.path[1] for column in self.columns if column.path[0] == name} for name in _NESTED]
        if not set.intersection(*keys):
            return
        for number, row in enumerate(zip(told.get("id", ()), told["targets"], told["milestones"], strict=False)):
            if not all(row):
                continue
            first = self._first_nested(number)
            second = "milestones" if first == "targets" else "targets"
            taken = {one.key for one in told[first][number]}
            for key in [one.key for one in told[second][number] if one.key in taken]:
                cell = next(column.cell for column in self.columns if column.path[:2] == (second, key))
                self._find(number, cell, 102, SHARED_KEY[0].fill(key=key), SHARED_KEY[1])
            told[second][number] = tuple(one for one in told[second][number] if one.key not in taken)

    def _find_told_twice(self) -> None:
        """Finds the rows that give a field whole and by language: one of the two would be lost in silence."""
        message = Words("{name} 写了一次不分语言的，又写了单一语言的", "{name} is given whole and by language")
        hint = Words("只留 {name}，或只留 {name}.zh 和 {name}.en", "keep {name} alone, or {name}.zh and {name}.en")
        spoken = [column for column in self.columns if column.tongue]
        for whole in self.columns if spoken else ():
            for column in spoken:
                if whole.tongue or column.path != whole.path:
                    continue
                name = self.table.header[whole.cell]
                for number in range(len(self.table.lines)):
                    if self._cell(number, whole).strip() and self._cell(number, column).strip():
                        self._find(number, column.cell, 102, message.fill(name=name), hint.fill(name=name))

    def _first_nested(self, number: int) -> str:
        """Which stands first in a row that has both, `targets` or `milestones`."""
        bad = self.bad.get(number, ())
        filled = (column for column in self.columns if column not in bad and self._cell(number, column).strip())
        return next(column.path[0] for column in filled if column.path[0] in _NESTED)

    def _cell(self, number: int, column: _Column) -> str:
        return self.table.columns[column.cell][number]

    def _find(self, number: int, cell: int, code: int, message: Words, hint: Words) -> None:
        """Notes what is wrong with a cell of a row, both counted from 0."""
        place = self.table.place(self.table.lines[number], cell + 1)
        self.found.append((number, Finding(place, code, message, hint, self.ids[number])))


_SLOTS = {slot: Item._field_defaults.get(slot) for slot in Item._fields}
_RECORD = partial(tuple.__new__, Item)


def _filled(values: list[Any] | None, default: object) -> Iterable[Any]:
    """The values of a field, with its default where there is none."""
    return repeat(default) if values is None else [default if value is None else value for value in values]


def _put(values: Values, column: _Column, value: Any) -> None:  # noqa: ANN401 - any field's value
    """Sets a nested value; of words in one language that language."""
    *outer, name = column.path
    for slot in outer:
        values = values.setdefault(slot, {})
    before, tongue = values.get(name), column.tongue
    if tongue and isinstance(value, Words):
        value = (before or Words())._replace(**{tongue: getattr(value, tongue)})
    elif tongue:
        pairs = zip_longest(before or (), value, fillvalue=Words())
        value = tuple(old._replace(**{tongue: getattr(new, tongue)}) for old, new in pairs)
    values[name] = value


def _reader(field: Field) -> Callable[[str], Any]:
    """How the cells of a column are read. Raises `BadValue`."""
    element = field._replace(kind=ELEMENT[field.kind]) if field.kind in LISTS else None

    def read(text: str) -> Any:  # noqa: ANN401 - any field's value
        # An exported list guards what a spreadsheet would take for a formula: `= 3` stands as `'= 3`.
        bare = unguarded(text)
        if element is not None:
            return tuple(read_value(part, element) for part in parted(bare))
        return read_value(bare, field)

    return read
