"""Values of the model as they are written into a book: edits of one item, and whole new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.edit.assignment import RECORDS, TONGUES
from ledger.edit.plan_text import canonical, words_tree
from ledger.model.field import Field
from ledger.model.import_result import FieldChange, NewItem
from ledger.model.number import plain
from ledger.model.words import Words
from ledger.storage.csv.book import value_cells
from ledger.storage.yaml.edit import Keys, with_value, without
from ledger.storage.yaml.scalar import Bare, Tree
from ledger.storage.yaml.span import span_tree
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
