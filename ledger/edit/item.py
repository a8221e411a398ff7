"""An item as it reads once a field of the plan has another value: what the file must say after an edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.edit.assignment import Assignment
from ledger.model.field import ITEM, Field
from ledger.model.item import Item, Milestone, Target
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.storage.refusal import CannotChange
from ledger.text.near import nearest

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
