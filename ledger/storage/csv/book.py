"""A book as CSV: one row an item, the columns are the fields; the same model and the same checks as in YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from ledger.model.field import ELEMENT, ITEM, LISTS, MILESTONE, SCALARS, TARGET, Field
from ledger.model.finding import Finding, Place, Where
from ledger.model.item import Item, Milestone, Target
from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.model.setting import Book
from ledger.model.value import BadValue, joined, parted, read_value
from ledger.model.words import Words
from ledger.storage.csv.table import Table, read_table
from ledger.storage.decode import (
    SHARED_KEY,
    UNFIT_NAME,
    Values,
    by_name,
    missing,
    shared_keys,
    unknown_field,
    unknown_tag,
)
from ledger.storage.files import Text
from ledger.text.plural import some
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


def make_item(values: Values, book: Book, fields: dict[str, Field], where: Where) -> Item:
    """The item of decoded values; `targets` and `milestones` are lists of key, node and values."""
    links = tuple((name, values.pop(name)) for name in fields if name in values and name not in _PLAIN)
    targets = tuple(Target(key, **inner) for key, _, inner in values.pop("targets", ()))
    milestones = tuple(Milestone(key, **inner) for key, _, inner in values.pop("milestones", ()))
    if "tags" in values:
        # In the order of the settings, so that YAML and the columns of a sheet make one model.
        declared = list(fields["tags"].choices)
        values["tags"] = tuple(sorted(values["tags"], key=lambda tag: declared.index(tag[0])))
    return Item(book=book.id, links=links, targets=targets, milestones=milestones, where=where, **values)


class _Column(NamedTuple):
    """A column: the number of its cell, the path of its field, and how its text is read."""

    cell: int
    name: str
    path: tuple[str, ...]
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
    table, findings = read_table(text.text or "", text.path)
    if table is None:
        return [], findings
    reader = _Reader(table, fields, findings)
    items = [reader.item(line, row, book) for line, row in table.rows]
    return [item for item in items if item is not None], findings


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, fields: dict[str, Field], findings: list[Finding]) -> None:
        self.table = table
        self.fields = fields
        self.findings = findings
        self.columns = [column for index, name in enumerate(table.header) if (column := self._column(index, name))]
        self.required = [field for field in fields.values() if field.required]

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
        slots = [path[0] if path[0] in _NESTED else field.slot, *([path[1], field.slot] if path[0] in _NESTED else [])]
        return _Column(index, name, (*slots, *tongue), field, _reader(field))

    def _tag_column(self, index: int, name: str) -> _Column | None:
        """How a column such as `tags.类别` is read."""
        declared = self.fields["tags"].choices
        tag = name.partition(".")[2]
        if tag not in declared:
            self.findings.append(Finding(self.table.place(1, index + 1), 103, *unknown_tag(tag, declared)))
            return None
        field = Field(name, "texts", declared[tag])
        return _Column(index, name, ("tags", tag), field, _reader(field))

    def item(self, line: int, row: list[str], book: Book) -> Item | None:
        """The item of a row; None for an empty row, and for one without a readable id."""
        if not any(row):
            return None
        table, width = self.table, len(row)
        id_ = row[table.header.index("id")] if "id" in table.header and width > table.header.index("id") else ""
        values: Values = {}
        bad: set[str] = set()
        for column in self.columns:
            cell = row[column.cell] if column.cell < width else ""
            if not cell or not cell.strip():
                continue
            try:
                value = column.read(cell)
            except BadValue as wrong:
                bad.add(column.field.slot)
                self._find(line, column.cell + 1, 104, wrong.message, wrong.hint, id_)
                continue
            if column.path[0] == "tags":
                values.setdefault("tags", {})[column.path[1]] = value
            elif len(column.path) == 1:
                values[column.path[0]] = value
            else:
                _put(values, column.path, value)
        if width > len(table.header):
            extra = width - len(table.header)
            message = Words(f"这一行多出 {extra} 格", f"this row has {some(extra, 'cell')} too many")
            hint = Words("含逗号的文字要加双引号", "text that holds a comma needs double quotes")
            self._find(line, len(table.header) + 1, 104, message, hint, id_)
        self._complete(line, values, bad, id_)
        if "id" not in values:
            return None
        for name in _NESTED:
            if name in values:
                values[name] = [(key, None, inner) for key, inner in values[name].items()]
        if "tags" in values:
            values["tags"] = tuple(values["tags"].items())
        second, shared = shared_keys(values)
        for key in shared:
            cells = [column.cell for column in self.columns if column.path[:2] == (second, key)]
            self._find(line, cells[0] + 1, 102, SHARED_KEY[0].fill(key=key), SHARED_KEY[1], id_)
        return make_item(values, book, self.fields, RowWhere(table, line))

    def _complete(self, line: int, values: Values, bad: set[str], id_: str) -> None:
        """Finds required fields without a value, those of milestones too."""
        wanted = [(field.name, field, values) for field in self.required]
        for key, inner in values.get("milestones", {}).items():
            wanted += [(f"milestones.{key}.{field.name}", field, inner) for field in MILESTONE if field.required]
        for name, field, held in wanted:
            if field.slot not in held and field.slot not in bad:
                cell = self.table.header.index(name) + 1 if name in self.table.header else 1
                self._find(line, cell, 105, *missing(field), id_)

    def _find(self, line: int, cell: int, code: int, message: Words, hint: Words, item: str) -> None:
        self.findings.append(Finding(self.table.place(line, cell), code, message, hint, item))


def _put(values: Values, path: tuple[str, ...], value: Any) -> None:  # noqa: ANN401 - any field's value
    """Sets a nested value; of words in one language that language."""
    tongue = path[-1] if path[-1] in _TONGUES else ""
    names = path[:-1] if tongue else path
    for name in names[:-1]:
        values = values.setdefault(name, {})
    before = values.get(names[-1])
    if tongue and isinstance(value, Words):
        value = (before or Words())._replace(**{tongue: getattr(value, tongue)})
    elif tongue:
        pairs = zip_longest(before or (), value, fillvalue=Words())
        value = tuple(old._replace(**{tongue: getattr(new, tongue)}) for old, new in pairs)
    values[names[-1]] = value


def _reader(field: Field) -> Callable[[str], Any]:
    """Reads the cells of a column, each different text once: most columns repeat a few."""
    known: dict[str, Any] = {}
    element = field._replace(kind=ELEMENT[field.kind]) if field.kind in LISTS else None

    def read(text: str) -> Any:  # noqa: ANN401 - any field's value
        if text not in known:
            # An exported list guards what a spreadsheet would take for a formula: `= 3` stands as `'= 3`.
            bare = unguarded(text)
            if element is not None:
                known[text] = tuple(read_value(part, element) for part in parted(bare))
            else:
                known[text] = read_value(bare, field)
        return known[text]

    return read
