"""An item once a field of the plan has another value: how it reads then, and the text of its book.

Only the lines of that field change, in YAML and in CSV.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.edit.typed import RECORDS, TONGUES, Assignment
from ledger.model.field import ITEM, Field
from ledger.model.item import Item, Milestone, Target
from ledger.model.number import number, plain
from ledger.model.value import joined
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.storage.csv.set_cell import with_cell
from ledger.storage.csv.table import header_of
from ledger.storage.refusal import CannotChange
from ledger.storage.yaml.edit import Keys, with_value, without
from ledger.storage.yaml.items import item_part
from ledger.storage.yaml.span import span_tree
from ledger.storage.yaml.splice import Bare, Tree
from ledger.text.look_alike import nearest
from ledger.text.safe import guarded

BY_HAND = Words("请用编辑器改", "change it in an editor")

_PLAIN = frozenset(field.name for field in ITEM)


def edited_item(item: Item, edit: Assignment, fields: Mapping[str, Field]) -> Item:
    """The item after the edit; `fields` are those of an item of this ledger, in their order.

    Raises `CannotChange` for what would leave a required field empty, and for a text in two languages of which the edit
    would lose one.
    """
    head = edit.keys[0]
    if head == "targets":
        return item._replace(targets=_records(item.targets, Target(edit.keys[1]), edit))
    if head == "milestones":
        return item._replace(milestones=_records(item.milestones, Milestone(edit.keys[1]), edit))
    assert edit.field is not None
    old = current(item, edit)
    value = _value(old, edit)
    if edit.field.required and (value is None or value == NO_WORDS):
        raise _needed(edit)
    if head == "tags":
        tags = {**dict(item.tags), edit.keys[1]: value}
        return item._replace(tags=tuple((name, tags[name]) for name in fields["tags"].choices if tags.get(name)))
    if head in _PLAIN:
        return item._replace(**{edit.field.slot: Item._field_defaults[edit.field.slot] if value is None else value})
    links = {**dict(item.links), head: value}
    return item._replace(links=tuple((name, links[name]) for name in fields if links.get(name)))


def current(item: Item, edit: Assignment) -> Any:  # noqa: ANN401 - the type depends on the field
    """The value that the whole field of an edit has now, all languages of a text; None where nothing is written."""
    head = edit.keys[0]
    if head in ("targets", "milestones"):
        record = record_of(item, edit)
        if record is None or edit.field is None:
            return record
        value = getattr(record, edit.field.slot)
        return None if value == record._field_defaults[edit.field.slot] else value
    assert edit.field is not None
    if head == "tags":
        return item.tagged(edit.keys[1]) or None
    if head not in _PLAIN:
        return item.linked(head) or None
    value = getattr(item, edit.field.slot)
    return None if value == Item._field_defaults.get(edit.field.slot) and not edit.field.required else value


def record_of(item: Item, edit: Assignment) -> Target | Milestone | None:
    """The target or milestone that an edit speaks of, or None."""
    records: tuple[Target | Milestone, ...] = item.targets if edit.keys[0] == "targets" else item.milestones
    return next((record for record in records if record.key == edit.keys[1]), None)


def _records(records: tuple[Any, ...], new: Any, edit: Assignment) -> tuple[Any, ...]:  # noqa: ANN401
    """Targets or milestones after an edit of one of them, which may be new."""
    if edit.field is None:
        return tuple(record for record in records if record.key != new.key)
    old = next((record for record in records if record.key == new.key), new)
    value = _value(getattr(old, edit.field.slot), edit)
    if edit.field.required and value is None:
        raise _needed(edit)
    value = old._field_defaults[edit.field.slot] if value is None else value
    changed = old._replace(**{edit.field.slot: value})
    if old is not new:
        return tuple(changed if record.key == new.key else record for record in records)
    return (*records, changed) if edit.text else records


def _value(old: Any, edit: Assignment) -> Any:  # noqa: ANN401 - any field's value
    """The value after an edit of one that is `old`, None if nothing is left of it."""
    if edit.sign != "=":
        return _changed_list(tuple(old or ()), edit) or None
    if edit.field is not None and edit.field.kind == "words":
        return _words(old or NO_WORDS, edit)
    if edit.is_list and edit.text and any(isinstance(one, Words) and one.zh != one.en for one in old or ()):
        raise CannotChange(
            Words("{name} 有中英两种文字", "{name} stands in two languages").fill(name=edit.name), BY_HAND
        )
    return edit.value if edit.text else None


def _changed_list(old: tuple[Any, ...], edit: Assignment) -> tuple[Any, ...]:
    if edit.sign == "+=":
        return (*old, *(value for value in dict.fromkeys(edit.value) if value not in old))
    gone = edit.value
    shown = {value: str(value.zh if isinstance(value, Words) else value) for value in (*old, *gone)}
    for value in gone:
        near = nearest(shown[value], [shown[one] for one in old]) if value not in old else ""
        if near and near != shown[value]:
            message = Words("{name} 里没有 {text}", "{name} does not hold {text}").fill(
                name=edit.name, text=shown[value]
            )
            raise CannotChange(message, did_you_mean(near))
    return tuple(value for value in old if value not in gone)


def _words(old: Words, edit: Assignment) -> Words | None:
    """A text after an edit of all of it, or of one language."""
    if edit.tongue:
        changed = old._replace(**{edit.tongue: edit.text})
        return changed if any(changed) else None
    if edit.text and all(old) and old.zh != old.en:
        raise CannotChange(
            Words("{name} 有中英两种文字", "{name} stands in two languages").fill(name=edit.name),
            Words("写 {name}.zh=… 或 {name}.en=…", "write {name}.zh=… or {name}.en=…").fill(name=edit.name),
        )
    return Words.same(edit.text) if edit.text else None


def _needed(edit: Assignment) -> CannotChange:
    """The refusal to empty a field that every item or milestone must have."""
    assert edit.field is not None
    message = Words("{name}（{label}）必须填写，不能删去", "{name} ({label}) is required and cannot be removed")
    hint = edit.field.help
    if len(edit.keys) > 2:
        hint = Words("要删去整个，写 {name}=", "to remove all of it write {name}=").fill(name=".".join(edit.keys[:2]))
    return CannotChange(message.fill(name=edit.name, label=edit.field.label), hint)


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
