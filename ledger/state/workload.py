"""Back-planning of a plan that is still being made: every step, the closings of each week, and who gets too much."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from ledger.model.entry import Entry
from ledger.model.period import week_of
from ledger.model.record import NamedTuple
from ledger.state.board import Board, Standing
from ledger.state.clock import Clock, PlannedStep, clock_of

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
