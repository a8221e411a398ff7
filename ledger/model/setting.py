"""The settings of a ledger, as `ledger.yaml` gives them."""

from __future__ import annotations

from datetime import date

from ledger.model.day import Duration, Limit
from ledger.model.finding import NOWHERE, Where
from ledger.model.record import NamedTuple
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


class Approver(NamedTuple):
    """Who may decide, from its first to its last day, both included; None where that end is open.

    `was` are its former names.
    """

    name: str
    since: date | None = None
    until: date | None = None
    was: tuple[str, ...] = ()

    def decides_on(self, day: date) -> bool:
        """Whether it may decide on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Week(NamedTuple):
    """`closes` is a weekday, 0 for Monday; with `roll_call` every reporting unit must report each week but those in
    `none`, such as `2017-W40`."""

    closes: int = 6
    roll_call: bool = False
    none: tuple[str, ...] = ()

    def asks(self, label: str) -> bool:
        """Whether the units must report for the week of that name, such as `2017-W50`. Where they need not, nobody who
        says nothing is silent."""
        return self.roll_call and label not in self.none


class ClosingKind(NamedTuple):
    """Other closing steps, for the items whose `closing` names this kind."""

    id: str
    name: Words = NO_WORDS
    steps: tuple[str, ...] = ()


class Closing(NamedTuple):
    """What closing asks for. Notices count in calendar days, or in working days of the Chinese calendar.

    `takes` are steps with how long each takes. `books` are the books whose items are closed at all; every one if
    nothing is said. `by` is the last day to be closed; None if there is no clock on closing.
    """

    steps: tuple[str, ...] = ()
    notice_days: int = 0
    notice_calendar: str = "calendar"
    lookback_days: int = 0
    kinds: tuple[ClosingKind, ...] = ()
    books: tuple[str, ...] = ()
    takes: tuple[tuple[str, Duration], ...] = ()
    by: Limit | None = None

    def kind(self, id_: str) -> ClosingKind | None:
        """The kind of that name, or None."""
        return next((kind for kind in self.kinds if kind.id == id_), None)

    def steps_of(self, kind: str) -> tuple[str, ...]:
        """The steps of a kind of closing; the usual ones for an empty or unknown name."""
        own = self.kind(kind)
        return own.steps if own else self.steps

    @property
    def all_steps(self) -> tuple[str, ...]:
        """Every step that any item may take, the usual ones first."""
        return tuple(dict.fromkeys((*self.steps, *(step for kind in self.kinds for step in kind.steps))))


class Warning(NamedTuple):
    """Days before a deadline that turn the light yellow, and days that `immediate` allows.

    `levels` are names of warning with the days before the deadline from which each holds, the farthest first; 0 is
    overdue.
    """

    due_soon_days: int = 30
    immediate_days: int = 30
    levels: tuple[tuple[str, int], ...] = ()


class Tag(NamedTuple):
    """A free property that items of this ledger may bear; private unless it is `public`."""

    id: str
    name: Words = NO_WORDS
    public: bool = False


TOTAL = "total"
"""What a ledger and all that it includes are called together; no include bears that name."""


INCLUDE = "include"
"""The grouping by the ledger in which an item stands."""


class Include(NamedTuple):
    """Another ledger that this one rolls up: by `path`, by `git` with `rev` and `dir`, or by `bundle` with `sha256`."""

    id: str
    path: str = ""
    git: str = ""
    rev: str = ""
    dir: str = ""
    bundle: str = ""
    sha256: str = ""


class Letterhead(NamedTuple):
    """What stands on a report that is signed: who issues it, to whom, and who signs."""

    issuer: Words = NO_WORDS
    to: Words = NO_WORDS
    sign: Words = NO_WORDS


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
    approvers: tuple[Approver, ...] = ()
    decides: tuple[tuple[str, tuple[Approver, ...]], ...] = ()
    """Who decides what: an event such as `extend`, or a closing step such as `step.acceptance`."""
    week: Week = Week()
    closing: Closing = Closing()
    warning: Warning = Warning()
    rules: tuple[tuple[int, str], ...] = ()
    """Codes of rules with the severity they have here, or `off`."""
    tags: tuple[Tag, ...] = ()
    headline: str = "done_of_due"
    """The rate that comes first."""
    queries: tuple[tuple[str, str], ...] = ()
    """Saved queries by name."""
    answer_days: int = 10
    """Working days within which a request is to be answered."""
    includes: tuple[Include, ...] = ()
    history: str = ""
    """`auto` if every command that writes commits what it wrote."""
    letterhead: Letterhead = Letterhead()
    baseline: Baseline = Baseline()
    where: Where = NOWHERE

    @property
    def approver_names(self) -> tuple[str, ...]:
        """The names of all approvers, whatever their days."""
        return tuple(approver.name for approver in self.approvers)

    @property
    def decider_names(self) -> frozenset[str]:
        """Every name, former ones too, under which somebody decides anything."""
        deciders = (*self.approvers, *(one for _, own in self.decides for one in own))
        return frozenset(name for one in deciders for name in (one.name, *one.was))

    def tag(self, id_: str) -> Tag | None:
        """The declared tag of that name, or None."""
        return next((tag for tag in self.tags if tag.id == id_), None)

    @property
    def present_names(self) -> dict[str, str]:
        """Every name of a listed unit, former ones too, with the name it bears now.

        A name that a unit bears now is its own, whoever claims to have borne it.
        """
        former = {name: unit.name for unit in self.units for name in unit.was}
        return former | {unit.name: unit.name for unit in self.units}
