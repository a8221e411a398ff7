"""How every item of a ledger stands on a day: state, schedule, light, what is short, progress."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import islice

from ledger.model.entry import ACTIVE, Entry
from ledger.model.item import Item, Target
from ledger.model.ledger import Ledger
from ledger.model.number import number, total
from ledger.model.period import WorkingDays
from ledger.model.record import NamedTuple, once
from ledger.model.words import Words
from ledger.state.course import Course, amended, day_of, original_deadline
from ledger.state.decision import NO_ITEM, Decisions
from ledger.state.reading import Reading, Share, as_entry, even_mean, last_reading, readings, shares, target_progress

FINISHED = frozenset({"done", "closed"})

OPEN = (ACTIVE - {"step"}) | {"expect", "extend", "reopen"}
"""Events that show an item open on their day."""

STALE_DAYS = 180
"""Days without a word after which what was on schedule is called stale."""


_ALL = Fraction(1)


@lru_cache(maxsize=1024)
def _share_of(percent: str) -> Fraction:
    """A percentage as a share from 0 to 1. A journal knows a hundred of them, and divides them thousands of times."""
    return (number(percent) or Fraction(0)) / 100


def _fails(entry: Entry) -> bool:
    return entry.event == "lookback" and entry.key == "relapsed"


class Stage(NamedTuple):
    """A milestone on a day; one with a number has its `target`. `reported` is the day somebody called it met."""

    key: str
    name: Words
    due: date
    met_on: date | None
    reported: date | None
    target: Target | None


class Standing:
    """How one item stands on a day. What costs something is worked out when it is asked for, and once."""

    paths: tuple[str, ...] | None = None
    """In which figures it counts, once `memberships` in the table of figures has told somebody."""

    def __init__(self, board: Board, plan: Item, course: Course) -> None:
        self.board = board
        self.plan = plan
        """The item as the plan file has it."""
        self.item = amended(plan, course.entries) if course.amendments else plan
        """The item with its amendments."""
        self.course = course
        self.id = plan.id
        self.is_done = course.done_by is not None
        """Done or closed."""
        # What everybody asks of every item is worked out at once.
        settings, moves = board.ledger.settings, course.moves
        added = plan.added or settings.start
        self.is_added = added is None or added <= board.day
        """Added on or before that day."""
        self.exists = self.is_added and course.withdrawn is None
        """In the ledger on that day: added, and not withdrawn."""
        self.original = original_deadline(plan, settings)
        """The deadline of the plan; None where it names no date."""
        self.deadline = moves[-1].until_day if moves else self.original
        """The deadline with the extensions and the reopening up to that day."""

    @property
    def lines(self) -> tuple[Entry, ...]:
        """All of its lines, of whatever day."""
        return self.board.ledger.journal[self.plan.id]

    @once
    def on_record(self) -> tuple[Entry, ...]:
        """Its lines up to that day that no void takes back, those without effect among them; voids left out."""
        if self.course.entries is self.lines or not self.objected:
            return self.course.entries
        return self.board.decisions.on_record(self.plan, self.lines, self.board.day)

    @once
    def objected(self) -> dict[Entry, Words]:
        """Those of its lines on record that have no effect, as somebody else decides them, with what is wrong."""
        # Where all of its lines are in force, none is objected to, and nobody has to be asked again.
        if self.course.entries is self.lines:
            return {}
        return self.board.decisions.objected(self.plan, self.lines, self.board.day)

    def deadline_on(self, day: date) -> date | None:
        """The deadline as it was on `day`."""
        if not self.course.moves:
            return self.original
        moved = [entry.until_day for entry in self.course.moves if entry.date <= day]
        return moved[-1] if moved else self.original

    @once
    def first_deadline(self) -> date | None:
        """The first deadline of the current round: that of the plan, or the one that the last reopening set."""
        if not self.course.moves:
            return self.original
        reopenings = [entry for entry in self.course.moves if entry.event == "reopen"]
        return reopenings[-1].until_day if reopenings else self.original

    @property
    def is_postponed(self) -> bool:
        """Whether extensions have moved the deadline of the current round to a later day."""
        return self._moved_by > 0

    @property
    def is_advanced(self) -> bool:
        """Whether extensions have moved the deadline of the current round to an earlier day."""
        return self._moved_by < 0

    @property
    def _moved_by(self) -> int:
        """Days by which the deadline in force lies after the first one of the round; 0 where there are not both."""
        if not self.course.moves or self.deadline is None or self.first_deadline is None:
            return 0
        return (self.deadline - self.first_deadline).days

    @once
    def state(self) -> str:
        """planned, active, stage_done, done, closed or relapsed."""
        course = self.course
        if course.relapsed:
            return "relapsed"
        if course.closed_on:
            return "closed"
        if course.done:
            return "done"
        reached = self.stages and [stage.met_on is not None for stage in self.stages if self._counts(stage)]
        if reached and all(reached):
            return "stage_done"
        return "active" if course.active else "planned"

    def _counts(self, stage: Stage) -> bool:
        """Whether a milestone has come due in the current round; those of the round before stay on record only."""
        reopened = self.course.reopened_on
        return stage.due <= self.board.day and (reopened is None or stage.due > reopened)

    @once
    def schedule(self) -> str:
        """Against time: overdue, behind, on_schedule or unknown; once done early, on_time, late, undated or unknown."""
        if self.course.done_by is not None:
            return self._done_schedule(self.course.done_by)
        if self.deadline is not None and self.deadline < self.board.day:
            return "overdue"
        if not self.stages:
            return "unknown"
        if self.missed:
            return "behind"
        return "on_schedule" if any(s.met_on for s in self.stages if self._counts(s)) else "unknown"

    def _done_schedule(self, done: Entry) -> str:
        """How the day it was done stands to the deadline in force on that day."""
        day = day_of(done)
        deadline = self.deadline_on(day)
        if deadline is None:
            return "undated"
        nodes = self.board.node_days
        before = bisect_left(nodes, deadline)
        if before and day <= nodes[before - 1]:
            return "early"
        if day <= deadline:
            return "on_time"
        return "unknown" if self.may_be_by(done, deadline) else "late"

    def may_be_by(self, done: Entry, deadline: date) -> bool:
        """Whether something done at some day before that of its entry may have been done by a deadline.

        It was not while an entry or a sealed week still shows the item open.
        """
        if done.approx != "before":
            return False
        return self._seen_open(done) < deadline

    def _seen_open(self, done: Entry) -> date:
        """The last day before that of a `done` on which an entry or a sealed week shows the item open."""
        shown = [e.date for e in self.course.entries if e.date < done.date and (e.event in OPEN or _fails(e))]
        added = self.item.added or self.board.ledger.settings.start or date.min
        seals = self.board.ledger.claims.seals
        shown += [seal.through for seal in seals if added <= seal.through < done.date]
        return max(shown, default=date.min)

    @once
    def is_stage_closed(self) -> bool:
        """Closed for a stage, until the next milestone falls due."""
        close = self.course.stage_close
        if close is None:
            return False
        named = next((stage.due for stage in self.stages if stage.key == close.value), close.date)
        coming = [stage.due for stage in self.stages if stage.due > max(named, close.date)]
        return not coming or self.board.day < coming[0]

    @property
    def is_stale(self) -> bool:
        """On schedule or at its stage, and nothing shows that it still is.

        That is so if nothing was told for more than 180 days and no milestone falls due before the deadline.
        """
        if self.schedule != "on_schedule" and self.state != "stage_done":
            return False
        told = self.course.told_on
        if self.is_done or (told is not None and (self.board.day - told).days <= STALE_DAYS):
            return False
        last = self.deadline or date.max
        return not any(self.board.day < stage.due < last for stage in self.stages)

    @once
    def missed(self) -> tuple[Stage, ...]:
        """Milestones whose day has passed and that nobody has met."""
        return tuple(
            stage
            for stage in self.stages
            if stage.due < self.board.day and stage.met_on is None and self._counts(stage)
        )

    @property
    def is_due_soon(self) -> bool:
        """Open, with a deadline from that day to the warning days after it."""
        if self.is_done or self.deadline is None:
            return False
        return 0 <= (self.deadline - self.board.day).days <= self.board.ledger.settings.warning.due_soon_days

    @property
    def expected_late(self) -> bool:
        """Open, and its own unit expects to be done only after the deadline."""
        expected = self.course.expected
        until = expected.until_day if expected else None
        return not self.is_done and until is not None and self.deadline is not None and until > self.deadline

    @once
    def light(self) -> str:
        """red, yellow, green, or grey where nobody knows."""
        if self.state == "relapsed" or self.schedule == "overdue":
            return "red"
        if self.is_done:
            return "yellow" if self.short else "green"
        if self.schedule == "behind" or self.is_due_soon or self.expected_late:
            return "yellow"
        return "grey" if self._is_unknown else "green"

    @property
    def _is_unknown(self) -> bool:
        """Open, and either nothing has come due that could tell anything, or nobody ever told anything."""
        told, added = self.course.told_on, self.item.added or self.board.ledger.settings.start
        if told is None or (added is not None and told < added):
            return True
        return self.deadline is None and not any(stage.due <= self.board.day for stage in self.stages)

    @once
    def history(self) -> dict[str, list[Reading]]:
        """The readings of each target up to that day, in order; no key where there is none."""
        found = ((target, self.readings_of(target)) for target in self.item.targets)
        return {target.key: own for target, own in found if own}

    def readings_of(self, target: Target) -> list[Reading]:
        """The readings of one target up to that day, in order."""
        return readings(target, *self.shares_of(target))

    @once
    def _latest(self) -> dict[str, Reading]:
        """The latest reading of each target. Few ask for those before, and adding them up takes longest of all."""
        found = ((target, last_reading(target, *self.shares_of(target))) for target in self.item.targets)
        return {target.key: own for target, own in found if own}

    def shares_of(self, target: Target) -> tuple[list[Share], tuple[str, ...]]:
        """What was said of a target up to that day, and who should have said something if it is a sum."""
        board = self.board
        if target.sum == "actions":
            below = board.actions_of(self.id)
            given = [
                (child.id, entry)
                for child in below
                for entry in child.course.entries
                if entry.event == "reading" and entry.key == target.key
            ]
            if given:
                return given, tuple(child.id for child in below)
        if target.sum == "parts" and self.item.parts:
            parts = board.parts_of(self)
            given = [(part.id, as_entry(one)) for part in parts for one in part.history.get(target.key, ())]
            if given:
                there = {part.id for part in parts}
                gone = {one.id for own in board.named_below.values() for one in own.everything if one.id not in there}
                return given, tuple(part for part in self.item.parts if part not in gone)
        given = shares(self.item, target, self.course.entries, board.present)
        expected = tuple(board.present.get(unit, unit) for unit in self.item.reporters)
        return given, expected if target.sum == "units" else ()

    def reading(self, key: str) -> Reading | None:
        """The latest reading of a target."""
        return self._latest.get(key)

    @once
    def stages(self) -> tuple[Stage, ...]:
        """All milestones, by date: those without a number, and the targets with a deadline of their own."""
        item = self.item
        if not item.milestones and (not item.targets or not any(target.due for target in item.targets)):
            return ()
        met = self.course.met
        stages = [
            Stage(own.key, own.name, own.due, met.get(own.key), met.get(own.key), None)
            for own in self.item.milestones
            if own.due
        ]
        for target in self.item.targets:
            if target.due:
                days = [met[target.key]] if target.key in met else []
                goal = target.goal
                reached = (r.day for r in self.readings_of(target) if goal is not None and r.meets(goal))
                first = min([*days, *islice(reached, 1)], default=None)
                stages.append(Stage(target.key, target.name, target.due, first, met.get(target.key), target))
        return tuple(sorted(stages, key=lambda stage: (stage.due, stage.key)))

    @once
    def short(self) -> tuple[str, ...]:
        """Keys of the targets that it should have reached and has not, though it is done or at its stage."""
        if not self.item.targets or self.state not in ("done", "closed", "stage_done"):
            return ()
        return tuple(
            target.key
            for target in self.item.targets
            if target.goal is not None and (self.is_done or self.has_come(target)) and not self.is_met(target)
        )

    def has_come(self, target: Target) -> bool:
        """Whether the day of a target has come that has a deadline of its own."""
        return target.due is not None and target.due <= self.board.day

    def is_met(self, target: Target) -> bool:
        """Whether a target reaches its goal; one without a reading does not."""
        reading = self.reading(target.key)
        return reading is not None and target.goal is not None and reading.meets(target.goal)

    @once
    def progress(self) -> Fraction | None:
        """How far it is, from 0 to 1; None where nobody can know."""
        targets = self.item.targets
        aims = [target for target in targets if target.goal is not None] if targets else ()
        if aims:
            shares = []
            for target in aims:
                reading = self.reading(target.key)
                if reading is None:
                    return None
                shares.append(target_progress(target, reading))
            return shares[0] if len(shares) == 1 else total(shares) / len(shares)
        if self.is_done:
            return _ALL
        if self.course.percent is not None:
            return _share_of(self.course.percent.value)
        return self.board.mean_below(self)


class Board:
    """Every item of a ledger on a day."""

    def __init__(self, ledger: Ledger, day: date) -> None:
        self.ledger = ledger
        self.day = day
        self.present = ledger.settings.present_names
        self.decisions = Decisions.of(ledger)
        self._asking: set[str] = set()

    @once
    def everything(self) -> tuple[Standing, ...]:
        """Every item of the plan, also those not yet added or withdrawn."""
        ledger, day = self.ledger, self.day
        own = [item for item in ledger.items if "/" not in item.id] if ledger.is_whole else ledger.items
        everything = [Standing(self, item, self.course_of(item, day)) for item in own]
        if ledger.is_whole:
            everything += (standing for board in self.below.values() for standing in board.everything)
        return tuple(everything)

    @once
    def node_days(self) -> list[date]:
        """The days of the time nodes, in order."""
        return [node.date for node in self.ledger.settings.time_nodes]

    @once
    def standings(self) -> tuple[Standing, ...]:
        """The items that are in the ledger on that day."""
        return tuple(standing for standing in self.everything if standing.exists)

    @once
    def withdrawn(self) -> tuple[Standing, ...]:
        """Those that were taken out of the totals by that day."""
        return tuple(s for s in self.everything if s.is_added and s.course.withdrawn is not None)

    @once
    def below(self) -> dict[str, Board]:
        """The boards of the included ledgers on that day, by name, as the parent sees them."""
        return {name: Board(child.view(), self.day) for name, child in self.ledger.includes.items()}

    @property
    def named_below(self) -> Mapping[str, Board]:
        """The same with at least the items that the ledger names: as parts, or in its journal."""
        return self._excerpts if self.ledger.is_vast else self.below

    @once
    def _excerpts(self) -> dict[str, Board]:
        return {name: Board(child.named(), self.day) for name, child in self.ledger.includes.items()}

    def course_of(self, item: Item, day: date) -> Course:
        """What happened to an item of the plan up to a day, by the lines that have effect."""
        return Course(self.decisions.in_effect(item, self.ledger.journal[item.id], day))

    @property
    def returns(self) -> tuple[Entry, ...]:
        """The returns of units that came in by that day and that no void takes back."""
        return self.decisions.in_effect(NO_ITEM, self.ledger.returns, self.day)

    @once
    def working_days(self) -> WorkingDays:
        """Which days are worked, as the ledger and the calendar say."""
        return WorkingDays(self.ledger.workdays)

    def book(self, name: str) -> list[Standing]:
        """The existing items of a book."""
        return [standing for standing in self.standings if standing.item.book == name]

    @once
    def by_id(self) -> dict[str, Standing]:
        """The existing items by id."""
        return {standing.id: standing for standing in reversed(self.standings)}

    @once
    def _below(self) -> dict[str, list[Standing]]:
        below: dict[str, dict[str, Standing]] = {}
        for standing in self.standings:
            if standing.item.under:
                below.setdefault(standing.item.under, {})[standing.id] = standing
            for linked in standing.item.linked("actions"):
                if linked in self.by_id:
                    below.setdefault(standing.id, {})[linked] = self.by_id[linked]
        return {id_: list(children.values()) for id_, children in below.items()}

    def actions_of(self, id_: str) -> list[Standing]:
        """The existing actions of an item: those under it, and those it links to."""
        return self._below.get(id_, [])

    def parts_of(self, standing: Standing) -> list[Standing]:
        """The existing items of included ledgers that make up an item."""
        if not standing.item.parts:
            return []
        known = (board.by_id for board in self.named_below.values())
        found = {part: own[part] for own in known for part in standing.item.parts if part in own}
        return [found[part] for part in standing.item.parts if part in found]

    def mean_below(self, standing: Standing) -> Fraction | None:
        """The mean progress of the actions and parts of an item; None if none is known, or if it is under itself."""
        if standing.id in self._asking:
            return None
        self._asking.add(standing.id)
        try:
            return even_mean(child.progress for child in (*self.actions_of(standing.id), *self.parts_of(standing)))
        finally:
            self._asking.discard(standing.id)

    def forget(self) -> None:
        """Lets go of everything, once nothing will be asked of it or its items any more.

        It and its items name each other, and commands run without the collector: what is not let go of stays in memory.
        """
        self.__dict__.clear()

    def entries(self) -> Iterable[Entry]:
        """Every entry that counts on that day."""
        return (entry for standing in self.standings for entry in standing.course.entries)
