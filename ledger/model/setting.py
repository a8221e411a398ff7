"""The settings of a ledger, as `ledger.yaml` gives them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ledger.model.place import NOWHERE, Where
from ledger.model.words import NO_WORDS, Words

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


LATER = "later"
"""The id of the row for what falls due after the last time node."""


class TimeNode(NamedTuple):
    """A date of the plan at which work is counted."""

    id: str
    date: date
    name: Words = NO_WORDS
    where: Where = NOWHERE


class Book(NamedTuple):
    """One list of items; `path` may be a glob."""

    id: str
    name: Words
    path: str


class Unit(NamedTuple):
    """A department or district; `was` are its former names."""

    name: str
    kind: str = ""
    was: tuple[str, ...] = ()


class Week(NamedTuple):
    """`closes` is a weekday, 0 for Monday; with `roll_call` every reporting unit must report each week."""

    closes: int = 6
    roll_call: bool = False


class Closing(NamedTuple):
    """What closing asks for. Notices count in calendar days, or in working days of the Chinese calendar."""

    steps: tuple[str, ...] = ()
    notice_days: int = 0
    notice_calendar: str = "calendar"
    lookback_days: int = 0


class Warning(NamedTuple):
    """Days before a deadline that turn the light yellow, and days that `immediate` allows."""

    due_soon_days: int = 30
    immediate_days: int = 30


class Baseline(NamedTuple):
    """The approved plan: a tag and the commit it must stay on."""

    tag: str = ""
    commit: str = ""


class Settings(NamedTuple):
    """Everything `ledger.yaml` says."""

    title: Words = NO_WORDS
    language: str = "zh"
    timezone: str = ""
    start: date | None = None
    archived: date | None = None
    time_nodes: tuple[TimeNode, ...] = ()
    books: tuple[Book, ...] = ()
    journal: str = "journal/**/*.csv"
    units: tuple[Unit, ...] = ()
    approvers: tuple[str, ...] = ()
    week: Week = Week()
    closing: Closing = Closing()
    warning: Warning = Warning()
    baseline: Baseline = Baseline()
    where: Where = NOWHERE

    @property
    def present_names(self) -> dict[str, str]:
        """Every name of a listed unit, former ones too, with the name it bears now.

        A name that a unit bears now is its own, whoever claims to have borne it.
        """
        former = {name: unit.name for unit in self.units for name in unit.was}
        return former | {unit.name: unit.name for unit in self.units}
