"""Items of the plan (measures, problems and actions are one kind of record), and the words for how one stands."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ledger.model.day import Duration
from ledger.model.finding import NOWHERE, Where
from ledger.model.number import Goal
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words

UNSTATED = "unstated"
IMMEDIATE = "immediate"
LONG_TERM = "long_term"
ONE = Fraction(1)
"""The weight of nearly every item."""


class Target(NamedTuple):
    """A number an item must reach; with its own `due` it is a milestone too. Without a goal it only records."""

    key: str
    name: Words = NO_WORDS
    unit: str = ""
    goal: Goal | None = None
    due: date | None = None
    firm: str = ""
    sum: str = ""
    start: Fraction | None = None
    """The starting value, written `from`: progress towards a `<=` goal is measured from it."""


class Milestone(NamedTuple):
    """A dated intermediate goal without a number."""

    key: str
    name: Words = NO_WORDS
    due: date | None = None


class Item(NamedTuple):
    """One measure, problem or action as the plan has it; what happened to it is in the journal."""

    id: str
    book: str
    title: Words = NO_WORDS
    lead: str = UNSTATED
    responsible: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    origin: str = ""
    added: date | None = None
    start: date | None = None
    due: date | str = UNSTATED
    due_basis: str = ""
    goal: Words = NO_WORDS
    steps: tuple[Words, ...] = ()
    upkeep: str = ""
    links: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Book name and the ids it links to there, in the order written."""
    under: str = ""
    weight: Fraction = ONE
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    tags: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Names of tags with the values it bears, in the order written."""
    takes: Duration | None = None
    """How long the work itself takes, before the first closing step."""
    closing: str = ""
    """The kind of its closing, if it is not the usual one."""
    parts: tuple[str, ...] = ()
    """Items of included ledgers of which it is made up, such as `wanzhou/M3`."""
    source: str = ""
    remark: str = ""
    where: Where = NOWHERE

    @property
    def reporters(self) -> tuple[str, ...]:
        """The units that report on the item: every responsible unit, else the lead."""
        if self.responsible:
            return self.responsible
        return (self.lead,) if self.lead != UNSTATED else ()

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that the item names: the lead, then the others in order."""
        return (() if self.lead == UNSTATED else (self.lead,)) + self.responsible + self.cooperating

    def named_units(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every unit that the item names, with the keys under which it stands: the lead, then the others in order."""
        named: list[tuple[str, tuple[str, ...]]] = [(self.lead, ("lead",))] if self.lead != UNSTATED else []
        named += [(unit, ("responsible", str(number))) for number, unit in enumerate(self.responsible)]
        named += [(unit, ("cooperating", str(number))) for number, unit in enumerate(self.cooperating)]
        return named

    def linked(self, book: str) -> tuple[str, ...]:
        """The ids the item links to in `book`."""
        return next((ids for name, ids in self.links if name == book), ())

    def tagged(self, tag: str) -> tuple[str, ...]:
        """The values it bears under a tag."""
        return next((values for name, values in self.tags if name == tag), ())

    def target(self, key: str) -> Target | None:
        """The target of that key, or None."""
        return next((target for target in self.targets if target.key == key), None)


STATES = {
    "planned": Words("未启动", "planned"),
    "active": Words("进行中", "active"),
    "stage_done": Words("阶段完成", "stage done"),
    "done": Words("整改完成", "done"),
    "closed": Words("已销号", "closed"),
    "relapsed": Words("反弹", "relapsed"),
}
"""How far an item is."""

SCHEDULES = {
    "overdue": Words("逾期", "overdue"),
    "behind": Words("未达序时", "behind"),
    "on_schedule": Words("达到序时", "on schedule"),
    "unknown": Words("序时不明", "schedule unknown"),
    "early": Words("提前完成", "early"),
    "on_time": Words("按期完成", "on time"),
    "late": Words("逾期完成", "late"),
    "undated": Words("无时限", "undated"),
}
"""How it stands against time: the first four of open items, the others of done ones; unknown may be said of both."""

LIGHTS = {
    "red": Words("红灯", "red"),
    "yellow": Words("黄灯", "yellow"),
    "grey": Words("不明", "grey"),
    "green": Words("绿灯", "green"),
}
"""The worst first: grey is what nobody knows, and that is no green."""
