"""The plan in force: items with their approved amendments on top."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.model.entry import Entry
from ledger.model.field import ELEMENT, ITEM, LISTS, MILESTONE, SCALARS, TARGET, Field
from ledger.model.item import Item
from ledger.model.value import BadValue, parted, read_value

_ITEM = {field.name: field for field in ITEM}
_TARGET = {field.name: field for field in TARGET}
_MILESTONE = {field.name: field for field in MILESTONE}

# An id is for ever, and only `extend` moves a deadline.
FIXED = frozenset({"id", "due", "added"})


def amended(item: Item, entries: Iterable[Entry]) -> Item:
    """The item with every amendment among the entries; one that names no field or holds no value changes nothing."""
    for entry in entries:
        if entry.event == "amend":
            try:
                item = with_field(item, entry.key, entry.value)
            except (KeyError, BadValue):
                continue
    return item


def with_field(item: Item, path: str, text: str) -> Item:
    """The item with the field at `path` (`lead`, `targets.started.goal`, …) set to the value written as `text`.

    Raises `KeyError` if there is no such field that may be amended, `BadValue` if it cannot hold the value.
    """
    head, _, rest = path.partition(".")
    key, _, name = rest.rpartition(".")
    if head == "targets":
        target = item.target(key)
        if target is None:
            raise KeyError(path)
        field = _TARGET[name]
        new = target._replace(**{field.slot: _value(text, field)})
        return item._replace(targets=tuple(new if old.key == key else old for old in item.targets))
    if head == "milestones":
        if key not in {milestone.key for milestone in item.milestones}:
            raise KeyError(path)
        change = {_MILESTONE[name].slot: _value(text, _MILESTONE[name])}
        return item._replace(
            milestones=tuple(old._replace(**change) if old.key == key else old for old in item.milestones)
        )
    if head == "tags" and rest:
        tags = dict(item.tags) | {rest: tuple(parted(text))}
        return item._replace(tags=tuple((name, values) for name, values in tags.items() if values))
    field = _ITEM[path]
    if path in FIXED or field.kind not in SCALARS | LISTS:
        raise KeyError(path)
    value = _value(text, field)
    if "/" in item.id and field.kind in ("id", "ids"):
        # Of an included ledger: its journal names its own items, and here they bear its name as well.
        name = item.id.partition("/")[0]
        value = f"{name}/{value}" if field.kind == "id" else tuple(f"{name}/{id_}" for id_ in value)
    return item._replace(**{field.slot: value})


def _value(text: str, field: Field) -> Any:  # noqa: ANN401 - the type depends on the field
    if field.kind in LISTS:
        element = field._replace(kind=ELEMENT[field.kind])
        return tuple(read_value(part, element) for part in parted(text))
    return read_value(text, field)
