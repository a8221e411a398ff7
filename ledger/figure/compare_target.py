"""What differs between the targets and milestones of two versions of an item, and whether more or less is promised."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ledger.figure.written import meaning, written
from ledger.model.item import Milestone, Target
from ledger.model.number import Goal

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
