"""The clock before a deadline: by when each step towards closing must begin, and when an item can be closed at all.

Backwards from the last day to be closed each step takes its time; what is left before the first of them is the latest
day to be done. Forwards from the day itself what is not recorded yet takes its time again; the end of that is the
earliest day to be closed. Where the settings name no `closing.by` there is no clock. For a plan that is still being
made the same days of all its items say how much each week brings, and who gets too much.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from ledger.model.day import Duration
from ledger.model.entry import CLOSING_STEPS, Entry
from ledger.model.period import days_after, week_of
from ledger.model.record import NamedTuple
from ledger.model.setting import Closing
from ledger.model.words import Words
from ledger.state.board import Board, Standing

WORK = "work"
"""The name of the work itself among the steps."""
WORK_NAME = Words("整改工作", "the work itself")


class PlannedStep(NamedTuple):
    """A step with the last days on which it may begin and end. `recorded` is the day it is on record in this round.

    It is provisional where the holidays of a year are not known yet.
    """

    step: str
    latest_start: date
    latest_end: date
    recorded: date | None = None
    is_provisional: bool = False


class Clock(NamedTuple):
    """What time an item has left. `slack` are working days from its earliest closing to its limit, below 0 if too late.

    `latest_begin` is None where the plan does not say how long the work takes; else the work is the first of `steps`.
    """

    limit: date
    steps: tuple[PlannedStep, ...]
    latest_done: date
    latest_begin: date | None
    earliest_close: date
    slack: int
    provisional: tuple[date, ...] = ()
    """Those of its days that rest on years whose holidays nobody knows yet."""

    @property
    def closing_steps(self) -> tuple[PlannedStep, ...]:
        """The steps without the work itself."""
        return tuple(step for step in self.steps if step.step != WORK)


class LateStep(NamedTuple):
    """A closing step that is late: to be over on its day, or else to begin."""

    step: PlannedStep
    day: date
    is_end: bool


class _Span(NamedTuple):
    first: date
    last: date


def clocks(board: Board) -> list[tuple[Standing, Clock]]:
    """Every item of the board that has a clock, with it."""
    if board.ledger.settings.closing.by is None:
        return []
    alike: Alike = {}
    found = ((standing, clock_of(standing, alike=alike)) for standing in board.standings)
    return [(standing, clock) for standing, clock in found if clock is not None]


Alike = dict[tuple[date, tuple[str, ...]], Clock]
"""Clocks of one board by the day they are counted from and the closing steps: of items of which no step is recorded
yet, and no time for the work itself is named, nothing else matters. Thousands of items share a few deadlines."""


def clock_of(standing: Standing, *, planned: bool = False, alike: Alike | None = None) -> Clock | None:
    """The clock of an item; None where it has none: withdrawn, undated or closed, or of a book that is never closed.

    A limit that is counted from the day it was done is not known before; where only the plan counts (`planned`) it is
    taken to be done on its deadline. `alike` are clocks that were reckoned before on the same board.
    """
    closing = standing.board.ledger.settings.closing
    if closing.by is None or standing.course.closed_on is not None or not standing.exists:
        return None
    if standing.deadline is None or (closing.books and standing.item.book not in closing.books):
        return None
    done = standing.course.done_day
    base = (done or (standing.deadline if planned else None)) if closing.by.base == "done" else standing.deadline
    if base is None:
        return None
    reckoning = _Reckoning(standing, base)
    if alike is None or standing.item.takes is not None or recorded_steps(standing, reckoning.names):
        return reckoning.clock()
    key = base, tuple(reckoning.names)
    if key not in alike:
        alike[key] = reckoning.clock()
    return alike[key]


class _Reckoning:
    """The reckoning of one clock; it remembers whether a count rested on a year nobody knows."""

    def __init__(self, standing: Standing, base: date) -> None:
        self.standing = standing
        self.days = standing.board.working_days
        self.closing = standing.board.ledger.settings.closing
        self.names = self.closing.steps_of(standing.item.closing)
        self.base = base
        self.guessed = False

    def clock(self) -> Clock:
        """Backwards for the latest days, forwards for the earliest."""
        limit = self._limit()
        latest_done, steps, doubtful = self._backwards(limit)
        takes = self.standing.item.takes
        if takes is not None:
            work = self._back(latest_done, takes)
            done = self.standing.course.done_day
            steps = [PlannedStep(WORK, *work, done, self.guessed), *steps]
        doubtful += [day for step in steps if step.is_provisional for day in (step.latest_start, step.latest_end)]
        self.guessed = False
        earliest = self._forwards()
        doubtful += [earliest] if self.guessed else []
        return Clock(limit, tuple(steps), latest_done, steps[0].latest_start if takes else None, earliest,
                     self.days.between(earliest, limit), tuple(sorted(set(doubtful))))  # fmt: skip

    def _limit(self) -> date:
        """The last day to be closed."""
        after = self.closing.by.after if self.closing.by else None
        return self.base if after is None else self._forth(days_after(self.base, 1), after).last

    def _backwards(self, limit: date) -> tuple[date, list[PlannedStep], list[date]]:
        """The latest day to be done, every closing step in order, and which of these days is doubtful beside them."""
        doubtful = [limit] if self.guessed else []
        recorded = recorded_steps(self.standing, self.names)
        steps: list[PlannedStep] = []
        for name in reversed(self.names):
            span = self._back(limit, time_of(self.closing, name))
            entry = recorded.get(name)
            steps.insert(0, PlannedStep(name, *span, entry.date if entry else None, self.guessed))
            limit = limit if time_of(self.closing, name) is None else days_after(span.first, -1)
        return limit, steps, doubtful + ([limit] if self.guessed else [])

    def _forwards(self) -> date:
        """The earliest day on which everything that is not recorded yet can be over; never before the day itself."""
        today, recorded = self.standing.board.day, recorded_steps(self.standing, self.names)
        last, free = today, today
        if self.standing.item.takes is not None:
            end = self._work_ends(self.standing.item.takes)
            last, free = max(end, today), max(days_after(end, 1), today)
        for name in self.names:
            entry, takes = recorded.get(name), time_of(self.closing, name)
            if entry is not None:
                end = self._notice_ends(entry, takes) if name == "notice" else entry.date
                last, free = max(end, today), max(days_after(end, 1), today)
            elif takes is not None:
                last = self._forth(free, takes).last
                free = days_after(last, 1)
        return last

    def _work_ends(self, takes: Duration) -> date:
        """The day it was done, else the earliest day on which the work, begun on its `start`, can be over."""
        course, today = self.standing.course, self.standing.board.day
        if course.done_day is not None:
            return course.done_day
        started = next((entry.date for entry in this_round(self.standing) if entry.event == "start"), today)
        return max(self._forth(started, takes).last, today)

    def _notice_ends(self, entry: Entry, takes: Duration | None) -> date:
        """A notice ends on the day that it says; one that does not say so takes as long as any."""
        if entry.until_day is not None or takes is None:
            return entry.until_day or entry.date
        return self._forth(entry.date, takes).last

    def _back(self, limit: date, takes: Duration | None) -> _Span:
        """The latest days of what must be over by a limit; a working day ends it, where it counts working days."""
        if takes is None:
            return _Span(limit, limit)
        if not takes.working:
            return _Span(days_after(limit, 1 - takes.days), limit)
        last = self.days.nth(limit, 1, -1)
        span = _Span(self.days.nth(last, takes.days, -1), last)
        self.guessed = self.guessed or not self.days.knows(span.first, limit)
        return span

    def _forth(self, first: date, takes: Duration) -> _Span:
        """The earliest days of what begins on a day, or on the next one that is worked."""
        if not takes.working:
            return _Span(first, days_after(first, takes.days - 1))
        span = _Span(self.days.nth(first, 1), self.days.nth(first, takes.days))
        self.guessed = self.guessed or not self.days.knows(first, span.last)
        return span


def late_steps(standing: Standing, clock: Clock) -> list[LateStep]:
    """The closing steps whose latest end has passed without them, or whose latest start without what comes before."""
    found, day, is_recorded = [], standing.board.day, standing.is_done
    for step in clock.closing_steps:
        was_recorded, is_recorded = is_recorded, step.recorded is not None
        if step.latest_end < day and not is_recorded:
            found.append(LateStep(step, step.latest_end, is_end=True))
        elif step.latest_start < day and not was_recorded:
            found.append(LateStep(step, step.latest_start, is_end=False))
    return found


def step_name(step: str) -> Words:
    """The name of a step for readers."""
    return WORK_NAME if step == WORK else CLOSING_STEPS.get(step, Words.same(step))


def time_of(closing: Closing, step: str) -> Duration | None:
    """How long a closing step takes; None where nobody says."""
    if step == "notice" and closing.notice_days:
        return Duration(closing.notice_days, closing.notice_calendar == "working")
    return dict(closing.takes).get(step)


def this_round(standing: Standing) -> Sequence[Entry]:
    """What happened to an item since its last relapse or reopening; everything where there was none."""
    course, begun = standing.course, 0
    if not course.kinds & {"reopen", "lookback"}:
        return course.entries
    for number, entry in enumerate(course.entries):
        failed = entry.event == "lookback" and entry.key == "relapsed" and course.reopened_on != entry.date
        if failed or (entry.event == "reopen" and entry in course.moves):
            begun = number + 1
    return course.entries[begun:]


def recorded_steps(standing: Standing, names: Sequence[str]) -> dict[str, Entry]:
    """The closing steps on record in this round, each with its last line; one counts only if all before it do."""
    if "step" not in standing.course.kinds:
        return {}
    taken = {entry.key: entry for entry in this_round(standing) if entry.event == "step"}
    found: dict[str, Entry] = {}
    for name in names:
        if name not in taken:
            break
        found[name] = taken[name]
    return found


ACCEPTANCE = "acceptance"


class Planned(NamedTuple):
    """A step of an item."""

    standing: Standing
    step: PlannedStep


class Load(NamedTuple):
    """More acceptances than an acceptor ever made in one week: how many must be over by the end of a week.

    `acceptor` is empty where the settings do not name one; `best` is the most that the journal knows of one week.
    """

    week: str
    acceptor: str
    planned: int
    best: int


class Workload(NamedTuple):
    """What a plan asks for. `closings` are numbers of items to be closed by week; `undated` have no clock."""

    steps: tuple[Planned, ...]
    closings: dict[str, int]
    loads: tuple[Load, ...]
    undated: tuple[Standing, ...]


def workload(board: Board, among: Sequence[Standing]) -> Workload:
    """What the plan asks for, whatever the journal says; that only tells how fast an acceptor has been."""
    bare = Board(board.ledger._replace(journal=defaultdict[str, tuple[Entry, ...]](tuple)), board.day)
    wanted = {standing.id for standing in among}
    own = [standing for standing in bare.standings if standing.id in wanted]
    clocked = [(one, clock_of(one, planned=True)) for one in own]
    clocks = [(one, clock) for one, clock in clocked if clock is not None]
    steps = [Planned(one, step) for one, clock in clocks for step in clock.steps]
    closes = board.ledger.settings.week.closes
    weeks = Counter(week_of(clock.limit, closes).label for _, clock in clocks)
    return Workload(
        tuple(sorted(steps, key=lambda one: (one.step.latest_start, one.step.latest_end))),
        dict(sorted(weeks.items())),
        tuple(_loads(board, clocks, _acceptors(board))),
        tuple(one for one, clock in clocked if clock is None),
    )


def _acceptors(board: Board) -> tuple[str, ...]:
    """Who accepts on the board's day, as the settings decide; nobody where they do not say."""
    named = dict(board.ledger.settings.decides).get(f"step.{ACCEPTANCE}", ())
    return tuple(one.name for one in named if one.decides_on(board.day))


def _loads(board: Board, clocks: Sequence[tuple[Standing, Clock]], acceptors: Sequence[str]) -> list[Load]:
    """The weeks in which more must be accepted than the acceptor ever managed; several of them count together."""
    closes, name = board.ledger.settings.week.closes, acceptors[0] if len(acceptors) == 1 else ""
    done: dict[date, set[str]] = defaultdict(set)
    for entry in board.entries():
        if entry.event == "step" and entry.key == ACCEPTANCE and (not name or _is(board, entry, name)):
            done[week_of(entry.date, closes).last].add(entry.item)
    best = max(map(len, done.values()), default=0)
    planned = Counter(
        week_of(step.latest_end, closes).last for _, clock in clocks for step in clock.steps if step.step == ACCEPTANCE
    )
    if not best:
        return []
    return [Load(week_of(last, closes).label, name, n, best) for last, n in sorted(planned.items()) if n > best]


def _is(board: Board, entry: Entry, name: str) -> bool:
    return board.present.get(entry.by, entry.by) == board.present.get(name, name)
