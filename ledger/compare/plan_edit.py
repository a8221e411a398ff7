"""What was edited in the plan itself, and the approved line of the journal that explains it, if there is one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.compare.difference import Difference, written
from ledger.compare.pair import Both
from ledger.compare.plan import PlanDifference, plan_differences
from ledger.model.entry import Entry
from ledger.model.item import IMMEDIATE, Item
from ledger.model.value import BadValue
from ledger.state.amendment import with_field
from ledger.state.course import original_deadline


def item_added(item: Item) -> Difference:
    """An item that the plan did not have."""
    place = item.where.place()
    return Difference("added", item.id, "", None, written(item.title), place.path, place.line)


def item_removed(both: Both, old: Item) -> Difference:
    """An item that the plan no longer has; an approved withdrawal explains it, though it should have stayed there."""
    place = old.where.place()
    reason = next((line for line in both.counted_after if line.event == "withdraw" and both.approves(line)), None)
    title = written(old.title)
    return Difference("removed", old.id, "", title, None, place.path, place.line, reason is not None, reason)


def item_edited(both: Both, old: Item, new: Item) -> Iterator[Difference]:
    """Every field of the plan that was edited, the deadline first."""
    if old.due != new.due or old.added != new.added:
        yield from _deadline(both, old, new)
    old, new = _with_defaults(both, old, new)
    for found in plan_differences(old, new, both.frame.names):
        reason = _amendment_for(both, found, new)
        gone = found.after is None
        place = (old if gone else new).where.place(*found.field.split("."))
        kind, field, before, after = found
        yield Difference(
            kind, old.id, field, before, after, place.path, place.line, reason is not None, reason, is_edit=True
        )


def _with_defaults(both: Both, old: Item, new: Item) -> tuple[Item, Item]:
    """The items with a start that one of them leaves to the ledger's; an `added` that is a deadline is told as one."""
    was, now = both.frame.before.start, both.frame.after.start
    if old.added != new.added:
        is_deadline = old.due == new.due == IMMEDIATE
        old = old._replace(added=None if is_deadline else old.added or was)
        new = new._replace(added=None if is_deadline else new.added or now)
    if old.start != new.start:
        old, new = old._replace(start=old.start or was), new._replace(start=new.start or now)
    return old, new


def _amendment_for(both: Both, found: PlanDifference, new: Item) -> Entry | None:
    """The approved amendment that says what was also written into the plan."""
    amendments = (line for line in both.counted_after if line.event == "amend" and line.key == found.field)
    return next((line for line in amendments if _says(line, found, new) and both.approves(line)), None)


def _says(line: Entry, found: PlanDifference, new: Item) -> bool:
    """Whether an amendment of a field says what the plan says now.

    One that names a whole target or milestone can only mean that it is given up; one of a part of it never does.
    """
    try:
        return with_field(new, line.key, line.value) == new
    except BadValue:
        return False
    except KeyError:
        return found.kind in ("target_removed", "milestone_removed")


def _deadline(both: Both, old: Item, new: Item) -> Iterator[Difference]:
    """The deadline in the plan itself, by the settings of the earlier version: those have a difference of their own."""
    settings = both.frame.before
    was, now = original_deadline(old, settings), original_deadline(new, settings)
    if was == now and old.due == new.due:
        return
    reason = None
    if now is not None:
        moves = [line for line in both.counted_after if line.event == "extend" and line.until_day == now]
        reason = next((line for line in moves if both.approves(line)), None)
    field = "due" if old.due != new.due else "added"
    place = new.where.place(field)
    before, after = (was, now) if was and now and was != now else (old.due, new.due)
    yield Difference(
        direction(was, now), old.id, field, written(before), written(after), place.path, place.line,
        reason is not None, reason, was, is_edit=True,
    )  # fmt: skip


def direction(was: date | None, now: date | None) -> str:
    """Which way a deadline moved; no day at all is later than any."""
    if was == now:
        return "field_changed"
    return "postponed" if now is None or (was is not None and now > was) else "advanced"
