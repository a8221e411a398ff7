"""What new lines of the journal make of the plan: deadlines moved, fields amended, numbers exempted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.compare.difference import Difference, written
from ledger.compare.pair import Both
from ledger.compare.plan import plan_differences
from ledger.compare.plan_edit import direction
from ledger.model.entry import Entry
from ledger.model.item import Item
from ledger.model.number import plain
from ledger.state.amendment import amended
from ledger.state.course import Course, moved_deadline, original_deadline
from ledger.state.reading import readings, shares

_MOVING = frozenset({"extend", "reopen"})


def item_affected(both: Both, old: Item, new: Item) -> Iterator[Difference]:
    """The effects, each with the line that has it. The plan is that of the later version: its edits are told apart."""
    yield from _deadline(both, old, new)
    yield from _amendments(both, new)
    yield from _exemptions(both, new)


def _deadline(both: Both, old: Item, new: Item) -> Iterator[Difference]:
    """The deadline in force. A reopening sets one for a new round; only what moves that one counts as moving."""
    if not any(line.event in _MOVING for lines in (both.before, both.after) for line in lines):
        return
    before, after = Course(both.counted_before).moves, Course(both.counted_after).moves
    if not before and not after:
        return
    settings = both.frame.before
    reopenings = [line for line in after if line.event == "reopen" and line in both.fresh]
    was = moved_deadline(new, settings, reopenings[-1:] or before)
    now = moved_deadline(new, settings, after)
    if was == now:
        return
    last = after[-1] if after else None
    made = last if last in both.fresh else both.new_void_of(_unequal(before, after))
    place = _placed(made, before)
    approved = made is not None and both.approves(made)
    yield Difference(
        direction(was, now), both.id, "due", written(was or new.due), written(now or new.due), *place, approved, made,
        original_deadline(old, settings),
    )  # fmt: skip


def _unequal(before: Sequence[Entry], after: Sequence[Entry]) -> list[Entry]:
    """The lines that count in one version only, the last ones first."""
    return [line for line in reversed(after) if line not in before] + [
        line for line in reversed(before) if line not in after
    ]


def _placed(made: Entry | None, before: Sequence[Entry]) -> tuple[str, int]:
    """Where the line stands that has the effect; else where the line stood that no longer has one."""
    line = made or (before[-1] if before else None)
    return (line.path, line.line) if line else ("", 0)


def _amendments(both: Both, new: Item) -> Iterator[Difference]:
    """Fields that mean something else by amendments, or because one was taken back."""
    before = [line for line in both.counted_before if line.event == "amend"]
    after = [line for line in both.counted_after if line.event == "amend"]
    if not before and not after:
        return
    for kind, field, was, now in plan_differences(amended(new, before), amended(new, after), both.frame.names):
        made = next((line for line in reversed(after) if line.key == field and line in both.fresh), None)
        old = [line for line in before if line.key == field]
        if made is None:
            made = both.new_void_of(_unequal(old, [line for line in after if line.key == field]))
        place = _placed(made, old)
        approved = made is not None and both.approves(made)
        yield Difference(kind, both.id, field, was, now, *place, approved, made)


def _exemptions(both: Both, new: Item) -> Iterator[Difference]:
    """Readings that exempt more than before: the same goal then asks for less."""
    fresh = frozenset(both.lines.fresh)
    exempted: dict[tuple[str, str], Entry] = {}
    for line in both.counted_before:
        if line.event == "reading" and line.exempt:
            exempted[line.key, both.frame.names.old(line.by)] = line
    for line in both.counted_after:
        if line.event != "reading" or not line.exempted or line not in fresh:
            continue
        who = (line.key, both.frame.names.new(line.by))
        was = exempted.get(who)
        if was is None or line.exempted > was.exempted:
            reason = _lower_goal(both, new, line)
            yield Difference(
                "weakened", both.id, f"targets.{line.key}.exempt", plain(was.exempted) if was else None,
                plain(line.exempted), line.path, line.line, reason is not None, line,
            )  # fmt: skip
        exempted[who] = line


def _lower_goal(both: Both, new: Item, line: Entry) -> Entry | None:
    """The approved amendment that asks for no more than was reached without what a reading exempts.

    Whoever lowered the goal and exempts as well would lower it twice.
    """
    amendments = [one for one in both.counted_after if one.event == "amend" and one.key == f"targets.{line.key}.goal"]
    target = amended(new, amendments).target(line.key)
    if not amendments or target is None or target.goal is None or not both.approves(amendments[-1]):
        return None
    until = [one for one in both.counted_after if one.date <= line.date]
    reading = readings(target, shares(new, target, until, both.frame.after.present_names))[-1]
    exempted = reading.counted - reading.value
    bare = reading._replace(low=reading.low - exempted, high=reading.high - exempted)
    return amendments[-1] if bare.meets(target.goal) else None
