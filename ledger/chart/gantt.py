"""The wall chart (挂图): from when to when every item runs, what it should have reached by when, and how it stands.

A `plan` shares its rows out among columns and sheets of paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil
from typing import Any

from ledger.chart.frame import Axis, axis_over, core_days
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import INCLUDE, LATER, TimeNode
from ledger.model.words import Words
from ledger.state.board import Board, Stage, Standing
from ledger.state.clock import PlannedStep, clock_of
from ledger.state.course import node_of
from ledger.state.figure.rolled import OWN_NAME, ledger_of
from ledger.state.figure.unit_table import NO_UNIT, lead_of
from ledger.state.order import in_plan_order

GROUPINGS = ("lead", "node", INCLUDE)
"""By what the items of a wall chart can be grouped: lead unit or time node."""


class Bar(NamedTuple):
    """An item: when its work begins and by when it must end, what was known of it on the way.

    `original` and `deadline` are None where the plan names no day. `readings` are the days of readings.
    """

    standing: Standing
    start: date | None
    original: date | None
    deadline: date | None
    done_on: date | None
    stages: tuple[Stage, ...]
    readings: tuple[date, ...]
    steps: tuple[PlannedStep, ...] = ()
    """The steps that are not recorded yet, each with its latest days."""
    is_large: bool = False
    """Drawn in a higher row than the others: what is red among many that are not."""

    @property
    def short(self) -> int:
        """How many targets it misses though it is done or at its stage."""
        return len(self.standing.short)

    @property
    def can_fold(self) -> bool:
        """Done, and nothing is left to say of it."""
        return self.standing.is_done and self.standing.light == "green" and not self.short

    def kind_of(self, stage: Stage) -> str:
        """`met`; `short` where it, or all of the item, was called done and its reading misses the goal; `missed`; else
        `coming`."""
        target = stage.target
        if target is not None and target.key in self.standing.short:
            return "short"
        if stage.met_on is not None:
            is_short = target is not None and target.goal is not None and not self.standing.is_met(target)
            return "short" if is_short else "met"
        return "missed" if stage in self.standing.missed else "coming"

    def as_json(self, lang: str) -> dict[str, Any]:
        """What is drawn of the item, for a program."""
        own = self.standing
        days = {"start": self.start, "original_due": self.original, "due": self.deadline, "done": self.done_on}
        stages = [
            {"key": stage.key, "name": stage.name.pick(lang), "due": stage.due.isoformat(),
             "state": self.kind_of(stage), "met_on": stage.met_on.isoformat() if stage.met_on else None}
            for stage in self.stages
        ]  # fmt: skip
        steps = [
            {"step": one.step, "latest_start": one.latest_start.isoformat(), "latest_end": one.latest_end.isoformat()}
            for one in self.steps
        ]
        return {
            "id": own.id, "title": own.item.title.pick(lang), "state": own.state, "schedule": own.schedule,
            "light": own.light, "short": self.short,
            **{name: day.isoformat() if day else None for name, day in days.items()},
            "milestones": stages, "readings": [day.isoformat() for day in self.readings], "steps": steps,
        }  # fmt: skip

    @property
    def days(self) -> list[date]:
        """The days that its bar shows, but for readings."""
        found = (self.start, self.original, self.deadline, self.done_on, *(stage.due for stage in self.stages))
        return [day for day in found if day is not None]

    @property
    def is_backwards(self) -> bool:
        """It would begin after its deadline: a slip in the plan."""
        return self.start is not None and self.deadline is not None and self.start > self.deadline


class BarGroup(NamedTuple):
    """The items of one lead unit or time node, those due first at the top.

    `bars` have a row each; the `folded` ones, all done, share a single row below them.
    """

    name: Words
    bars: tuple[Bar, ...]
    folded: tuple[Bar, ...] = ()

    @property
    def items(self) -> tuple[Bar, ...]:
        """All of them."""
        return self.bars + self.folded


class Gantt(NamedTuple):
    """Every item once, in groups, over one axis of days."""

    ledger: Ledger
    day: date
    axis: Axis
    nodes: tuple[TimeNode, ...]
    groups: tuple[BarGroup, ...]
    query: str

    def as_json(self, lang: str) -> dict[str, Any]:
        """What is drawn, for a program: every item in its group, folded or not."""
        groups = [
            {"name": group.name.pick(lang), "items": [bar.as_json(lang) for bar in group.items]}
            for group in self.groups
        ]
        return {"query": self.query, "groups": groups}

    @property
    def bars(self) -> list[Bar]:
        """The items that have a row of their own."""
        return [bar for group in self.groups for bar in group.bars]

    @property
    def items(self) -> list[Bar]:
        """All items, folded ones too."""
        return [bar for group in self.groups for bar in group.items]

    def folded(self) -> Gantt:
        """The same chart with what is done and in order in one row a group."""
        groups = (_folded(group) for group in self.groups)
        return self._replace(groups=tuple(groups))

    def emphasized(self) -> Gantt:
        """The same chart with the red items large, if they are no more than a third of those with a row."""
        late = sum(bar.standing.light == "red" for bar in self.bars)
        if not late or late * 3 > len(self.bars):
            return self
        groups = (
            group._replace(bars=tuple(bar._replace(is_large=bar.standing.light == "red") for bar in group.bars))
            for group in self.groups
        )
        return self._replace(groups=tuple(groups))


def _folded(group: BarGroup) -> BarGroup:
    own = [bar for bar in group.items if bar.can_fold]
    return group._replace(bars=tuple(bar for bar in group.items if not bar.can_fold), folded=tuple(own))


def gantt(board: Board, standings: Sequence[Standing], grouping: str = "lead", query: str = "") -> Gantt:
    """The wall chart of these items, by one of `GROUPINGS`."""
    settings = board.ledger.settings
    bars = [item_bar(standing) for standing in in_plan_order(standings, settings)]
    nodes = settings.time_nodes
    axis = axis_over([day for bar in bars for day in (*bar.days, *bar.readings)], core_days(settings, board.day))
    groups = _by_node(bars, nodes) if grouping == "node" else _by_owner(bars, grouping)
    return Gantt(board.ledger, board.day, axis, nodes, tuple(groups), query)


def item_bar(standing: Standing) -> Bar:
    """The bar of one item."""
    item = standing.item
    readings = sorted({reading.day for own in standing.history.values() for reading in own})
    start = item.start or item.added or standing.board.ledger.settings.start
    return Bar(standing, start, standing.original, standing.deadline, standing.course.done_on, standing.stages,
               tuple(readings), _open_steps(standing))  # fmt: skip


def _open_steps(standing: Standing) -> tuple[PlannedStep, ...]:
    clock = clock_of(standing)
    return tuple(step for step in clock.steps if step.recorded is None) if clock else ()


def _by_owner(bars: Iterable[Bar], grouping: str) -> list[BarGroup]:
    """By lead unit or ledger: those with most that is overdue first, then the largest; the items of nobody last, or
    those of this ledger."""
    members: dict[str, list[Bar]] = {}
    for bar in bars:
        owner = ledger_of(bar.standing) if grouping == INCLUDE else "".join(lead_of(bar.standing))
        members.setdefault(owner, []).append(bar)
    nobody = OWN_NAME if grouping == INCLUDE else NO_UNIT["lead"]

    def place(lead: str) -> tuple[bool, int, int, str]:
        late = sum(bar.standing.schedule == "overdue" for bar in members[lead])
        return not lead, -late, -len(members[lead]), lead

    order = sorted(members, key=place)
    return [BarGroup(Words.same(lead) if lead else nobody, _by_deadline(members[lead])) for lead in order]


def _by_node(bars: Iterable[Bar], nodes: Sequence[TimeNode]) -> list[BarGroup]:
    """By date, then what is due later, last what has no date."""
    members: dict[str, list[Bar]] = {}
    for bar in bars:
        members.setdefault(node_of(bar.deadline, nodes), []).append(bar)
    names = {node.id: node.name if any(node.name) else Words.same(node.id) for node in nodes}
    names |= {LATER: Words("以后", "later"), "": Words("（无日期）", "(no date)")}
    return [BarGroup(name, _by_deadline(members[id_])) for id_, name in names.items() if id_ in members]


def _by_deadline(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    return tuple(sorted(bars, key=lambda bar: bar.deadline or date.max))


LEAST, USUAL, MOST = 10.4, 12.0, 20.0
"""Heights of a row in units of a quarter of a millimetre; the type is four fifths of that (6, 7 and 10 points)."""

_COLUMN = 720.0
"""The least width of a column: a title of some twenty signs and a time axis in which months can be told apart."""


class Heading(NamedTuple):
    """The line above a group; `goes_on` where a column begins in the middle of it."""

    group: BarGroup
    goes_on: bool


class Folded(NamedTuple):
    """The row of a group's folded items."""

    group: BarGroup


Row = Heading | Bar | Folded
Column = tuple[Row, ...]


class Plan(NamedTuple):
    """The height of a row, and the columns of every sheet."""

    row: float
    sheets: tuple[tuple[Column, ...], ...]


def plan(groups: Sequence[BarGroup], wide: float, tall: float) -> Plan:
    """The layout on sheets with so much room: on one sheet if rows stay legible, in as few columns as are wide enough.

    Otherwise as many sheets as it takes, in rows of the usual height.
    """
    rows = sum(1 + sum(map(row_height, _below(group))) for group in groups)
    most = max(int(wide // _COLUMN), 1)
    best: tuple[float, list[Column]] | None = None
    for count in range(1, most + 1):
        found = _balanced(groups, rows, count)
        height = min(tall / max(map(column_height, found), default=1), MOST)
        if height >= LEAST and (best is None or height > best[0] * 1.2):
            best = height, found
        if best is not None and best[0] >= USUAL:
            break
    if best is not None:
        return Plan(best[0], (tuple(best[1]),))
    columns = _filled(groups, max(int(tall // USUAL), 3))
    sheets = [tuple(columns[at : at + most]) for at in range(0, len(columns), most)]
    return Plan(USUAL, tuple(sheets))


def _balanced(groups: Sequence[BarGroup], rows: float, count: int) -> list[Column]:
    """At most so many columns, about equally long."""
    room = max(ceil(rows / count), 3)
    while len(found := _filled(groups, room)) > count:
        room += 1
    return found


_LARGE = 1.6
"""The height of a large row in usual ones; its type grows less."""


def row_height(row: Row) -> float:
    """The height of a row in usual ones."""
    return _LARGE if isinstance(row, Bar) and row.is_large else 1.0


def column_height(column: Column) -> float:
    """The height of all its rows, in usual ones."""
    return sum(map(row_height, column))


def _below(group: BarGroup) -> list[Row]:
    """What stands below the heading of a group."""
    return [*group.bars, *([Folded(group)] if group.folded else [])]


def _filled(groups: Sequence[BarGroup], room: int) -> list[Column]:
    """Columns as high as so many usual rows, no group's heading alone at the foot of one; what goes on is headed
    again."""
    columns: list[list[Row]] = [[]]
    used = 0.0
    for group in groups:
        rows = _below(group)
        if columns[-1] and room - used < 1 + row_height(rows[0]):
            columns.append([])
            used = 0
        columns[-1].append(Heading(group, goes_on=False))
        used += 1
        for row in rows:
            if used + row_height(row) > room:
                columns.append([Heading(group, goes_on=True)])
                used = 1
            columns[-1].append(row)
            used += row_height(row)
    return [tuple(column) for column in columns if column]
