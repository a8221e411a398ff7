"""What differs between two versions of one item of the plan, field by field."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

from ledger.figure.compare_target import milestone_differences, target_differences
from ledger.figure.written import meaning, written
from ledger.model.field import ITEM, Field
from ledger.model.item import Item
from ledger.model.setting import Settings

_KINDS = {"title": "retitled", "lead": "lead_changed", "weight": "weight_changed"}
# An id pairs the versions, a deadline has a direction, and targets and milestones are records of their own.
_APART = frozenset({"id", "due", "targets", "milestones", "tags"})
_FIELDS = tuple(field for field in ITEM if field.name not in _APART)


class PlanDifference(NamedTuple):
    """A field of an item that differs: its dotted path, and its values as they would be written."""

    kind: str
    field: str
    before: str | None
    after: str | None


class Names:
    """The names of units in two versions: one that was renamed is the same unit."""

    def __init__(self, before: Settings, after: Settings) -> None:
        self._before = before.present_names
        self._after = after.present_names

    def old(self, name: str) -> str:
        """A name of the earlier version as the later one would write it."""
        present = self._before.get(name, name)
        return self._after.get(present, present)

    def new(self, name: str) -> str:
        """A name of the later version as it is borne now."""
        return self._after.get(name, name)


def plan_differences(old: Item, new: Item, names: Names) -> Iterator[PlanDifference]:
    """Every field but the deadline that means something else in the second version."""
    for field in _FIELDS:
        before, after = getattr(old, field.slot), getattr(new, field.slot)
        if before != after and _sense(before, field, names.old) != _sense(after, field, names.new):
            yield PlanDifference(_KINDS.get(field.name, "field_changed"), field.name, written(before), written(after))
    if old.book != new.book:
        yield PlanDifference("field_changed", "book", old.book, new.book)
    if old.links != new.links:
        yield from _link_differences(old, new)
    if old.tags != new.tags:
        yield from _tag_differences(old, new)
    if old.targets != new.targets:
        yield from (PlanDifference(*found) for found in target_differences(old.targets, new.targets))
    if old.milestones != new.milestones:
        yield from (PlanDifference(*found) for found in milestone_differences(old.milestones, new.milestones))


def _sense(value: Any, field: Field, named: Any) -> Hashable:  # noqa: ANN401 - any field's value
    """What a value means: units by the names they bear now, lists of units in no order."""
    if field.kind == "unit":
        result: Hashable = named(value)
        return result
    if field.kind == "units":
        return frozenset(map(named, value))
    return meaning(value)


def _tag_differences(old: Item, new: Item) -> Iterator[PlanDifference]:
    for tag in dict.fromkeys(name for name, _ in (*old.tags, *new.tags)):
        before, after = old.tagged(tag), new.tagged(tag)
        if frozenset(before) != frozenset(after):
            yield PlanDifference("field_changed", f"tags.{tag}", written(before), written(after))


def _link_differences(old: Item, new: Item) -> Iterator[PlanDifference]:
    for book in dict.fromkeys(book for book, _ in (*old.links, *new.links)):
        before, after = old.linked(book), new.linked(book)
        if frozenset(before) != frozenset(after):
            yield PlanDifference("field_changed", book, written(before), written(after))
