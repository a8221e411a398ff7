"""What was amended between two days: the fields of the plan in force that mean something else, and by which entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.compare.plan import Names, PlanDifference, plan_differences
from ledger.model.entry import Entry
from ledger.state.amendment import amended
from ledger.state.board import Standing


class Amendment(NamedTuple):
    """A field that was amended in between: from what to what, and whether that is softer (`difference.kind`).

    `entry` names who approved it; it is None where an earlier amendment was taken back by a void.
    """

    standing: Standing
    difference: PlanDifference
    entry: Entry | None


def amendments(before: Standing, after: Standing, fresh: tuple[Entry, ...]) -> Iterator[Amendment]:
    """The amendments of an item that came into force between two days, `fresh` being its entries of that time.

    Each is set against what was in force just before it, so that a goal that was lowered twice is told twice.
    """
    if not after.exists or not (before.course.amendments or after.course.amendments):
        return
    settings = after.board.ledger.settings
    names = Names(settings, settings)
    new = [entry for entry in fresh if entry.event == "amend"]
    item = amended(after.plan, after.course.entries[: len(after.course.entries) - len(fresh)])
    for difference in plan_differences(before.item, item, names):
        yield Amendment(after, difference, None)
    for entry in new:
        was, item = item, amended(item, [entry])
        for difference in plan_differences(was, item, names):
            yield Amendment(after, difference, entry)
