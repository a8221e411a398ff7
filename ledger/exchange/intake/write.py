"""The files that an import changes: many edits of one file at once, each made where it belongs and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from ledger.edit.item import canonical, words_tree
from ledger.edit.journal import appended
from ledger.edit.plan import file_text, placed
from ledger.edit.typed import RECORDS, TONGUES
from ledger.exchange.intake.result import ChangedItem, FieldChange, Import, NewItem
from ledger.model.field import Field
from ledger.model.ledger import Ledger
from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.model.setting import Book
from ledger.model.words import Words
from ledger.storage.csv.book import value_cells
from ledger.storage.csv.set_cell import new_table, with_rows, with_rows_edited
from ledger.storage.files import Decoded, Files, decoded
from ledger.storage.glob import is_table
from ledger.storage.ledger import SETTINGS_FILE
from ledger.storage.plan import item_fields
from ledger.storage.refusal import CannotChange, CannotEdit
from ledger.storage.save import Change
from ledger.storage.yaml.edit import Edit, Keys, with_elements, with_elements_edited, with_value, without
from ledger.storage.yaml.span import span_tree
from ledger.storage.yaml.splice import Bare, Tree
from ledger.text.safe import guarded


def tree_of(value: object) -> Tree:
    """A value as it is written: dates, numbers and flags bare, words in two languages as a mapping."""
    if isinstance(value, Words):
        return words_tree(value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [tree_of(part) for part in value]
    if isinstance(value, bool):
        return Bare("true" if value else "false")
    if isinstance(value, date):
        return Bare(value.isoformat())
    if isinstance(value, Fraction):
        return Bare(plain(value))
    return Bare(value) if isinstance(value, int) else str(value)


def edited_element(text: str, keys: Keys, changes: Sequence[FieldChange], fields: Mapping[str, Field]) -> str:
    """A text with the fields of the item at `keys` changed; a target without any field left is taken out."""
    for path, change in {change.path: change for change in changes}.items():
        whole = [*keys, *path]
        order: list[Sequence[str]] = [*([()] * len(keys)), canonical(fields), (), list(RECORDS.get(path[0], ()))]
        if change.value is None:
            text = _removed(text, whole, len(keys))
        elif isinstance(change.value, Words) and isinstance(change.held, Words) and change.held.zh != change.held.en:
            text = _worded(text, whole, change.held, change.value)
        else:
            text = with_value(text, whole, tree_of(change.value), order)
    return text


def _worded(text: str, keys: Keys, held: Words, value: Words) -> str:
    """The text with those languages of a text changed that differ; it stands as a mapping."""
    for tongue in TONGUES:
        before, after = getattr(held, tongue), getattr(value, tongue)
        if after and before != after:
            text = with_value(text, [*keys, tongue], after, [*([()] * len(keys)), TONGUES])
        elif before and not after:
            text = without(text, [*keys, tongue])
    return text


def _removed(text: str, keys: Keys, depth: int) -> str:
    """The text without the field at `keys`, and without the mappings around it that hold nothing any more."""
    while len(keys) > depth:
        text = without(text, keys)
        keys = keys[:-1]
        node = span_tree(text)
        for key in keys:
            node = node.child(key) if node else None
        if node is None or node.pairs or node.items or len(keys) <= depth:
            break
    return text


def new_tree(item: NewItem, fields: Mapping[str, Field]) -> dict[str, Tree]:
    """A new item as a mapping, its fields in the order of a plan."""
    made: dict[str, Any] = {}
    order = canonical(fields)
    for path, value in sorted(item.values.items(), key=lambda pair: order.index(pair[0][0])):
        inner = made
        for key in path[:-1]:
            inner = inner.setdefault(key, {})
        inner[path[-1]] = tree_of(value)
    for name, known in RECORDS.items():
        names = list(known)
        for key, record in made.get(name, {}).items():
            made[name][key] = {one: record[one] for one in sorted(record, key=names.index)}
    return made


def new_cells(item: NewItem, fields: Mapping[str, Field]) -> dict[str, str]:
    """A new item as the cells of a row."""
    order = canonical(fields)
    cells: dict[str, str] = {}
    for path, value in sorted(item.values.items(), key=lambda pair: order.index(pair[0][0])):
        cells |= {name: guarded(cell) for name, cell in value_cells(".".join(path), value).items() if cell}
    return cells


def row_cells(changes: Sequence[FieldChange]) -> Mapping[str, str]:
    """The cells of a row that change."""
    return {change.name: guarded(change.after) for change in changes}


def import_changes(files: Files, ledger: Ledger, found: Import, writer: str) -> list[Change]:
    """The files before and after. Raises `CannotChange` where one is written in a way that cannot be edited safely."""
    changed = [one for read in found.reads for one in read.changed]
    new = [one for read in found.reads for one in read.items]
    rows = [entry.row for read in found.reads for entry in read.entries]
    changes = []
    for path, work in _work(files, ledger, changed, new).items():
        before = files.read(path) if work.exists else None
        file = file_text(ledger, files, path) if work.exists else Decoded("")
        try:
            text = (_csv if is_table(path) else _yaml)(file, work, ledger)
        except CannotEdit as refused:
            raise placed(path, refused) from None
        after = file.encode(text)
        if after != before:
            changes.append(Change(path, before, after))
    changes += _declared(files, ledger, [*new, *changed])
    return changes + appended(files, ledger.settings.journal, rows, writer)


def _declared(files: Files, ledger: Ledger, touched: Sequence[NewItem | ChangedItem]) -> list[Change]:
    """The settings with the tags declared that items bear for the first time; none if all of them are."""
    known = item_fields(ledger.settings)["tags"].choices
    names: dict[str, None] = {}
    for one in touched:
        paths = one.values if isinstance(one, NewItem) else [change.path for change in one.changes]
        names |= dict.fromkeys(path[1] for path in paths if path[0] == "tags" and path[1] not in known)
    if not names:
        return []
    before = files.read(SETTINGS_FILE)
    file = decoded(before, gb18030=False)
    text = file.text
    try:
        for name in names:
            text = with_value(text, ["tags", name], {})
    except CannotEdit as refused:
        raise placed(SETTINGS_FILE, refused) from None
    return [Change(SETTINGS_FILE, before, file.encode(text))]


class _Work(NamedTuple):
    """What is to be done in one file."""

    changed: list[ChangedItem]
    new: list[NewItem]
    exists: bool = True


def _work(
    files: Files, ledger: Ledger, changed: Iterable[ChangedItem], new: Iterable[NewItem]
) -> dict[str, _Work]:  # fmt: skip
    """The edits by the path of their file."""
    home = {item.id: item.where.place().path for item in ledger.items}
    work: dict[str, _Work] = {}
    for one in changed:
        work.setdefault(home[one.id], _Work([], [])).changed.append(one)
    books = {book.id: book for book in ledger.settings.books}
    for item in new:
        path, exists = _home(files, ledger, books[item.book])
        work.setdefault(path, _Work([], [], exists)).new.append(item)
    return work


def _home(files: Files, ledger: Ledger, book: Book) -> tuple[str, bool]:
    """The file that takes new items of a book, the last one that has some, and whether it is there already."""
    own = [item.where.place().path for item in ledger.book(book.id)]
    present = files.matching(book.path)
    if own or present:
        return (own or present)[-1], True
    if any(sign in book.path for sign in "*?["):
        message = Words("账 {book} 还没有文件：{path}", "the book {book} has no file yet: {path}")
        hint = Words("先建一个空文件（[]）", "make an empty file first, holding []")
        raise CannotChange(message.fill(book=book.id, path=book.path), hint)
    return book.path, False


def _yaml(file: Decoded, work: _Work, ledger: Ledger) -> str:
    """The text of a YAML book after the edits."""
    edits: dict[str, Edit] = {}
    for one in work.changed:
        edits[one.id] = partial(edited_element, changes=one.changes, fields=item_fields(ledger.settings))
    text = with_elements_edited(file.text, edits) if edits else file.text
    trees = [new_tree(item, item_fields(ledger.settings)) for item in work.new]
    return with_elements(text, trees) if trees else text


def _csv(file: Decoded, work: _Work, ledger: Ledger) -> str:
    """The text of a CSV book after the edits."""
    # No column bears this name, so it is the place of the first cell.
    lines = {item.id: item.where.place("?").line for item in ledger.items}
    text = file.text
    edits = {lines[one.id]: row_cells(one.changes) for one in work.changed}
    if edits:
        text = with_rows_edited(text, edits)
    cells = [new_cells(item, item_fields(ledger.settings)) for item in work.new]
    if cells and not text.strip():
        header: Mapping[str, str] = dict.fromkeys((name for row in cells for name in row), "")
        text, cells = new_table({**header, **cells[0]}), cells[1:]
    return with_rows(text, cells) if cells else text
