"""The text of a book with a field of one item set: only the lines of that field change, in YAML and in CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.edit.assignment import RECORDS, TONGUES, Assignment
from ledger.edit.item import BY_HAND, current
from ledger.model.field import ITEM, Field
from ledger.model.item import Item
from ledger.model.number import number, plain
from ledger.model.value import joined
from ledger.model.words import Words
from ledger.storage.csv.set_cell import with_cell
from ledger.storage.csv.table import header_of
from ledger.storage.refusal import CannotChange
from ledger.storage.yaml.edit import Keys, with_value, without
from ledger.storage.yaml.items import item_part
from ledger.storage.yaml.scalar import Bare, Tree
from ledger.storage.yaml.span import span_tree
from ledger.text.safe import guarded

_BARE = frozenset({"date", "number", "whole", "flag"})


def in_yaml(text: str, item: Item, edits: Sequence[tuple[Assignment, Item]], fields: Mapping[str, Field]) -> str:
    """A YAML book with the edits of an item, each given with the item after it. Raises `CannotEdit`."""
    place = item.where.place()
    part = item_part(text, item.id, place.line, place.column)

    def edited(piece: str) -> str:
        for edit, after in edits:
            piece = _yaml_edit(piece, (part.number,), edit, after, fields)
        return piece

    return part.edited(text, edited)


def in_csv(text: str, item: Item, edits: Sequence[tuple[Assignment, Item]]) -> str:
    """A CSV book with the edits of an item, each given with the item after it. Raises `CannotEdit`."""
    # No column bears this name, so it is the place of the first cell.
    line = item.where.place("?").line
    for edit, after in edits:
        for column, cell in _cells(edit, after, header_of(text)).items():
            text = with_cell(text, line, column, guarded(cell))
    return text


def canonical(fields: Mapping[str, Field]) -> list[str]:
    """The names of an item's fields in the order in which they are written; links stand behind `under`."""
    plain = [field.name for field in ITEM]
    links = [name for name in fields if name not in plain]
    behind = plain.index("under") + 1
    return [*plain[:behind], *links, *plain[behind:]]


def _yaml_edit(text: str, base: Keys, edit: Assignment, after: Item, fields: Mapping[str, Field]) -> str:
    """The text with one edit of the item at `base`."""
    value = current(after, edit)
    keys = [*base, *edit.keys]
    order: list[Sequence[str]] = [*([()] * len(base)), canonical(fields), (), list(RECORDS.get(edit.keys[0], ()))]
    if edit.tongue:
        if value is None:
            return without(text, keys[:-1])
        if not edit.text:
            return without(text, keys)
        root = span_tree(text)
        said: Any = root.plain(text) if root else None
        if not isinstance(_at(said, keys[:-1]), dict):
            return with_value(text, keys[:-1], words_tree(value), order)
        return with_value(text, keys, edit.text, [*order[: len(keys) - 1], TONGUES])
    if is_removal(edit, value):
        records = getattr(after, edit.keys[0]) if edit.field is None or edit.keys[0] == "tags" else True
        # The last target goes with the word `targets` above it.
        return without(text, keys if records else keys[:-1])
    return with_value(text, keys, field_tree(after, edit), order)


def is_removal(edit: Assignment, value: Any) -> bool:  # noqa: ANN401 - any field's value
    """Whether nothing is left of a field that now holds `value`. A value that is the default is one all the same."""
    return value is None and (not edit.text or edit.sign != "=")


def _at(said: Any, keys: Keys) -> Any:  # noqa: ANN401 - whatever a YAML text says
    """What stands at `keys`, None if nothing does."""
    for key in keys:
        if isinstance(said, list) and isinstance(key, int):
            said = said[key]
        else:
            said = said.get(key) if isinstance(said, dict) else None
    return said


def field_tree(item: Item, edit: Assignment) -> Tree:
    """The field of an edit as it is written in YAML after it: `item` has the whole value, `edit` how it was typed."""
    assert edit.field is not None
    kind, value = edit.field.kind, current(item, edit)
    if edit.is_list:
        return [words_tree(one) if isinstance(one, Words) else _scalar(one) for one in value or ()]
    if isinstance(value, Words):
        return words_tree(value)
    bare = kind in _BARE or (kind == "due" and isinstance(value, date))
    return Bare(edit.text) if bare or (kind == "goal" and number(edit.text) is not None) else edit.text


def words_tree(words: Words) -> Tree:
    """A text as one string where both languages are the same, else as a mapping of those that are there."""
    if words.zh == words.en:
        return words.zh
    return {tongue: text for tongue, text in zip(TONGUES, words, strict=True) if text}


def _scalar(value: date | str) -> str:
    return Bare(value.isoformat()) if isinstance(value, date) else value


def _cells(edit: Assignment, after: Item, header: list[str]) -> dict[str, str]:
    """The cells of an item's row that an edit sets, by column."""
    name = edit.name
    value = current(after, edit)
    if is_removal(edit, value) and not edit.tongue:
        return {column: "" for column in header if column == name or column.startswith(name + ".")}
    check_column(edit, header)
    return {name: joined(map(shown, value)) if edit.is_list else edit.text}


def check_column(edit: Assignment, header: Sequence[str]) -> None:
    """Raises `CannotChange` for a text without a language in a book that has columns for each language only."""
    spoken = [f"{edit.name}.{tongue}" for tongue in TONGUES if f"{edit.name}.{tongue}" in header]
    if spoken and edit.name not in header and not edit.tongue:
        message = Words("这本账的 {name} 分语言写", "this book writes {name} by language").fill(name=edit.name)
        raise CannotChange(
            message, BY_HAND if edit.is_list else Words("写 {name}=…", "write {name}=…").fill(name=spoken[0])
        )


def shown(value: Any) -> str:  # noqa: ANN401 - any field's value
    """A value as it reads in the text."""
    if isinstance(value, Words):
        return value.zh
    if isinstance(value, Fraction):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)
