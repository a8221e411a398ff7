"""One item in two versions of a ledger, side by side: what was edited in its plan, and what new lines make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ledger.compare.difference import Difference, written
from ledger.compare.journal import JournalPair, journal_pair
from ledger.compare.plan import Names, PlanDifference, plan_differences
from ledger.model.entry import Entry
from ledger.model.item import IMMEDIATE, Item
from ledger.model.number import plain
from ledger.model.record import NamedTuple, once
from ledger.model.setting import Settings
from ledger.model.value import BadValue
from ledger.state.course import Course, amended, moved_deadline, original_deadline, voided, with_field
from ledger.state.course import names as is_named
from ledger.state.decision import Decisions
from ledger.state.reading import readings, shares


class Frame(NamedTuple):
    """What all items of a comparison share: both settings, names of units, who decides, and what had been told.

    `was` and `now` tell what has effect in either version; `decisions`, who may explain a change: the earlier version.
    Facts of days for which `is_told` holds belong to a time that the earlier version already spoke of.
    """

    before: Settings
    after: Settings
    names: Names
    was: Decisions
    now: Decisions
    decisions: Decisions
    sealed: date | None
    newest: date | None

    def is_told(self, day: date) -> bool:
        """On or before the last seal; without seals, before the newest line that there was."""
        if self.sealed is not None:
            return day <= self.sealed
        return self.newest is not None and day < self.newest


class Both:
    """One id: the item in either version, None where the plan has it not, and the lines about it."""

    def __init__(
        self, frame: Frame, id_: str, old: Item | None, new: Item | None,
        before: tuple[Entry, ...], after: tuple[Entry, ...],
    ) -> None:  # fmt: skip
        self.frame = frame
        self.id = id_
        self.old = old
        self.new = new
        self.before = before
        self.after = after
        self.lines = JournalPair()
        self.differs = before != after
        if self.differs:
            self.lines = journal_pair(before, after, frame.names.old, frame.names.new)

    @once
    def counted_before(self) -> tuple[Entry, ...]:
        """The lines of the earlier version that have effect."""
        return self.frame.was.in_effect(self._plans[0], self.before, date.max)

    @once
    def recorded_before(self) -> tuple[Entry, ...]:
        """The lines of the earlier version that no void takes back, with effect or without."""
        return self.frame.was.on_record(self._plans[0], self.before, date.max)

    @once
    def counted_after(self) -> tuple[Entry, ...]:
        """The lines of the later version that have effect in it."""
        return self.frame.now.in_effect(self._plans[-1], self.after, date.max)

    @once
    def _plans(self) -> tuple[Item, ...]:
        """The item in either plan; one without units where none has it."""
        return tuple(item for item in (self.old, self.new) if item is not None) or (Item(self.id, ""),)

    @once
    def fresh(self) -> frozenset[Entry]:
        """Lines that the earlier version did not have, or not with these words."""
        return frozenset(self.lines.fresh) | {pair.new for pair in self.lines.rewritten}

    @once
    def _objected(self) -> frozenset[Entry]:
        """The lines of the later version that are objected to, by the units that either plan gives the item."""
        found = (self.frame.decisions.objections(item, self.after, date.max) for item in self._plans)
        return frozenset(entry for own in found for entry in own)

    def approves(self, entry: Entry) -> bool:
        """Whether a line may explain something: by who decides it, not by the item's own unit, and not rewritten."""
        return entry not in self._objected and all(entry != pair.new for pair in self.lines.rewritten)

    @once
    def voids(self) -> tuple[Entry, ...]:
        """The voids of the later version that have effect in it and are not taken back themselves."""
        if not any(line.event == "void" for line in self.after):
            return ()
        objected = self.frame.now.objections(self._plans[-1], self.after, date.max)
        left = [line for line in self.after if line.event != "void" or line not in objected]
        gone = voided(left)
        return tuple(line for line in left if line.event == "void" and line not in gone)

    def new_void_of(self, entries: Iterable[Entry]) -> Entry | None:
        """The new line that takes back one of these entries, or brings it back by voiding what had taken it back."""
        all_voids = [line for line in self.after if line.event == "void"]
        for entry in entries:
            about = [entry]
            left = all_voids
            while about:
                found = [void for void in left if any(is_named(void.key, line) for line in about)]
                made = next((void for void in found if void in self.voids and void in self.fresh), None)
                if made is not None:
                    return made
                left = [void for void in left if void not in found]
                about = found
        return None

    def same_as(self, made: Entry) -> set[Entry]:
        """The new lines whose effect is told together with that of `made`: of many extensions the last one counts."""
        if made.event not in ("extend", "amend", "withdraw"):
            return {made}
        return {line for line in self.fresh if (line.event, line.key) == (made.event, made.key)}


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
        yield from _edited_deadline(both, old, new)
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


def _edited_deadline(both: Both, old: Item, new: Item) -> Iterator[Difference]:
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


_MOVING = frozenset({"extend", "reopen"})


def item_affected(both: Both, old: Item, new: Item) -> Iterator[Difference]:
    """The effects, each with the line that has it. The plan is that of the later version: its edits are told apart."""
    yield from _deadline_affected(both, old, new)
    yield from _amendments(both, new)
    yield from _exemptions(both, new)


def _deadline_affected(both: Both, old: Item, new: Item) -> Iterator[Difference]:
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
