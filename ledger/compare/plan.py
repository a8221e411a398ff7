"""What differs between two versions of one item of the plan, field by field, and whether more or less is promised."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction
from typing import Any

from ledger.compare.difference import meaning, written
from ledger.model.field import ITEM, Field
from ledger.model.item import Item, Milestone, Target
from ledger.model.number import Goal
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings

Found = tuple[str, str, str | None, str | None]
"""Kind, dotted field, and both values as written."""

_FIRM = {"full": 3, "": 2, "basic": 1, "advance": 0}
"""How much a verb promises. Without a verb the number itself counts: more than 基本, less than all of it in words."""


def target_differences(before: tuple[Target, ...], after: tuple[Target, ...]) -> Iterator[Found]:
    """Targets added, removed, weakened, strengthened, moved or renamed; their order means nothing."""
    old = {target.key: target for target in before}
    new = {target.key: target for target in after}
    for key in old.keys() | new.keys():
        path = f"targets.{key}"
        if key not in new:
            yield "target_removed", path, _promise(old[key]), None
        elif key not in old:
            yield "target_added", path, None, _promise(new[key])
        elif old[key] != new[key]:
            yield from _target(path, old[key], new[key])


def _target(path: str, old: Target, new: Target) -> Iterator[Found]:
    if meaning(old.name) != meaning(new.name):
        yield "field_changed", f"{path}.name", written(old.name), written(new.name)
    if old.goal != new.goal:
        yield _toward(goal_is_weaker(old.goal, new.goal)), f"{path}.goal", written(old.goal), written(new.goal)
    if old.firm != new.firm:
        yield _toward(_FIRM[new.firm] < _FIRM[old.firm]), f"{path}.firm", written(old.firm), written(new.firm)
    if old.start != new.start:
        yield _toward(_starts_farther(old.start, new.start)), f"{path}.from", written(old.start), written(new.start)
    # Other units of measure, or a sum over others, make the same number mean something else: nobody can say it is more.
    if meaning(old.unit) != meaning(new.unit):
        yield "weakened", f"{path}.unit", written(old.unit), written(new.unit)
    if old.sum != new.sum:
        yield "weakened", f"{path}.sum", written(old.sum), written(new.sum)
    if old.due != new.due:
        yield _dated(f"{path}.due", old.due, new.due)


def _toward(weaker: bool) -> str:
    return "weakened" if weaker else "strengthened"


def goal_is_weaker(old: Goal | None, new: Goal | None) -> bool:
    """Whether the second goal promises less, or merely something else: only what implies the first is stronger."""
    if new is None or old is None:
        return new is None
    if new.sign == "=":
        return not old.met_by(new.value) or old.sign == "="
    if new.sign != old.sign:
        return True
    return new.value < old.value if new.sign == ">=" else new.value > old.value


def _starts_farther(old: Fraction | None, new: Fraction | None) -> bool:
    """Whether progress now counts from a start that is farther away, so that the same reading looks like more."""
    return new is not None and (old is None or new > old)


def milestone_differences(before: tuple[Milestone, ...], after: tuple[Milestone, ...]) -> Iterator[Found]:
    """Milestones without a number that were added, removed, moved or renamed."""
    old = {milestone.key: milestone for milestone in before}
    new = {milestone.key: milestone for milestone in after}
    for key in old.keys() | new.keys():
        path = f"milestones.{key}"
        if key not in new:
            yield "milestone_removed", path, written(old[key].due), None
        elif key not in old:
            yield "milestone_added", path, None, written(new[key].due)
        elif old[key] != new[key]:
            if meaning(old[key].name) != meaning(new[key].name):
                yield "field_changed", f"{path}.name", written(old[key].name), written(new[key].name)
            if old[key].due != new[key].due:
                yield "milestone_moved", f"{path}.due", written(old[key].due), written(new[key].due)


def _dated(path: str, old: Any, new: Any) -> Found:  # noqa: ANN401 - a day or none
    """A target with a day of its own is a milestone too."""
    if new is None:
        return "milestone_removed", path, written(old), None
    return ("milestone_moved" if old else "milestone_added"), path, written(old), written(new)


def _promise(target: Target) -> str | None:
    """A whole target as one text: its goal, else its name."""
    return written(target.goal) or written(target.name) or target.key


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
