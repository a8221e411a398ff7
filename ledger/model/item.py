"""Items of the plan: measures, problems and actions are one kind of record."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ledger.model.goal import Goal
from ledger.model.place import NOWHERE, Where
from ledger.model.words import NO_WORDS, Words

UNSTATED = "unstated"
IMMEDIATE = "immediate"
LONG_TERM = "long_term"


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
    weight: Fraction = Fraction(1)
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    source: str = ""
    remark: str = ""
    where: Where = NOWHERE

    @property
    def reporters(self) -> tuple[str, ...]:
        """The units that report on the item: every responsible unit, else the lead."""
        if self.responsible:
            return self.responsible
        return (self.lead,) if self.lead != UNSTATED else ()

    def linked(self, book: str) -> tuple[str, ...]:
        """The ids the item links to in `book`."""
        return next((ids for name, ids in self.links if name == book), ())

    def target(self, key: str) -> Target | None:
        """The target of that key, or None."""
        return next((target for target in self.targets if target.key == key), None)
