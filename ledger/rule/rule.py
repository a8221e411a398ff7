"""What a rule is: a code, a severity, and a small generator of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from ledger.model.claim import Seal, Waiver
from ledger.model.entry import Entry
from ledger.model.finding import Finding, Place
from ledger.model.ledger import Ledger
from ledger.model.once import once
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Board, Standing
from ledger.state.clock import Clock, clocks
from ledger.state.decision import Approvals
from ledger.state.figure.claim import Recount
from ledger.state.seal import Sealed, seals_now
from ledger.storage.csv import table
from ledger.storage.evidence import Hashed

if TYPE_CHECKING:
    from ledger.rule.include import Told


ByEvent = dict[str, list[tuple[Standing, list[Entry]]]]
"""By event: the items that have entries of it in force, each with these in their order."""

_BY = attrgetter("by")


def _told(items: Iterable[Standing]) -> ByEvent:
    found: ByEvent = {}
    for standing in items:
        own: dict[str, list[Entry]] = {}
        for entry in standing.course.entries:
            event = entry.event
            if event in own:
                own[event].append(entry)
            else:
                own[event] = [entry]
        for event, entries in own.items():
            found.setdefault(event, []).append((standing, entries))
    return found


class Case:
    """What rules look at. `day` is judged; `today` is the real day, after which nothing can have happened yet.

    `evidence` tells the hashes of evidence files; None where files are not to be touched.
    """

    def __init__(self, recount: Recount, day: date, today: date, evidence: Hashed | None = None) -> None:
        self.ledger = recount.ledger
        self.board = recount.board(day)
        self.day = day
        self.today = today
        self.evidence = evidence
        self.recount = recount
        self.below: Callable[[], Mapping[str, Told]] = dict
        """What is to be said of each included ledger; set by whoever knows all rules."""

    @once
    def all_time(self) -> Board:
        """The board of the last of days, for rules that look at every entry; the judged one if nothing comes later."""
        later = any(own and own[-1].date > self.day for own in self.ledger.journal.values())
        return Board(self.ledger, date.max) if later else self.board

    @once
    def listed(self) -> Mapping[str, str]:
        """Every name of a unit here, with the one that it bears now."""
        listed = dict(self.ledger.settings.present_names)
        for standing in self.board.everything:
            for unit in (standing.plan.lead, *standing.plan.responsible, *standing.plan.cooperating):
                listed.setdefault(unit, unit)
        return listed

    @once
    def told(self) -> ByEvent:
        """The entries in force on the judged day, of the items that are in the ledger then, by event: gathered in one
        pass, so that a rule about readings does not walk through all that was ever reported."""
        return _told(self.board.standings)

    @once
    def ever_told(self) -> ByEvent:
        """The entries in force on the last of days, of all items, by event."""
        if self.all_time is self.board and len(self.board.standings) == len(self.board.everything):
            return self.told
        return _told(self.all_time.everything)

    @once
    def speakers(self) -> dict[str, None]:
        """Every unit that an entry of an item names, each once, as they come."""
        journal = self.ledger.journal
        entries = chain.from_iterable(journal[standing.plan.id] for standing in self.all_time.everything)
        return dict.fromkeys(map(_BY, entries))

    @once
    def clocks(self) -> list[tuple[Standing, Clock]]:
        """The items that have to be closed by some day and are not overdue, each with the time it has left."""
        return [(one, clock) for one, clock in clocks(self.board) if one.schedule != "overdue"]

    @once
    def seals(self) -> dict[Seal, Sealed]:
        """What the seals up to that day would be, put on now, each by its own rule."""
        return seals_now(self.ledger, self.day)

    def said(self, standing: Standing) -> tuple[Entry, ...]:
        """The entries of an item that no void takes back, and the voids that say which do not count."""
        counting, journal = standing.on_record, self.ledger.journal[standing.plan.id]
        if len(counting) == len(journal):
            return counting
        kept = set(counting)
        return tuple(entry for entry in journal if entry in kept or entry.event == "void")

    @property
    def approvals(self) -> Approvals:
        """Who decides what."""
        return self.board.decisions.approvals

    def objection_to(self, waiver: Waiver) -> Words | None:
        """What is wrong with who waived; None if nothing is, or if nobody is named for it."""
        item = self.board.by_id.get(waiver.item)
        return self.approvals.objection_to_waiver(waiver.by, self.day, self.own_units(item) if item else set())

    def canonical(self, unit: str) -> str:
        """The name a unit bears now."""
        return self.board.present.get(unit, unit)

    def own_units(self, standing: Standing) -> set[str]:
        """The lead and the responsible units of an item under the names they bear now."""
        return self.approvals.own_units(standing.item)

    def place(self, entry: Entry, column: str = "event") -> Place:
        """The place of a cell of an entry; of its first cell if its file has no such column."""
        return cell_place(self.ledger, entry, column)


def cell_place(ledger: Ledger, entry: Entry, column: str) -> Place:
    """The place of a cell of an entry, found in the text of its file."""
    text = ledger.texts.get(entry.path, "")
    header = table.header_of(text)
    cell = header.index(column) + 1 if column in header else 1
    return table.cell_place(entry.path, text, entry.line, cell)


def deadline_place(case: Case, standing: Standing) -> Place:
    """Where the deadline in force is written: in the plan, or in the entry that moved it."""
    moves = standing.course.moves
    return case.place(moves[-1], "until") if moves else standing.plan.where.place("due")


Check = Callable[[Case], Iterator[Finding]]


class Rule(NamedTuple):
    """One rule: its code, how bad it is, and what looks for it. `check` is None for what the reader itself finds."""

    code: int
    severity: str
    check: Check | None = None

    @property
    def label(self) -> str:
        """The code as people see it, such as `L401`."""
        return f"L{self.code}"


AGAINST = {
    701: "error", 702: "error", 703: "error", 704: "error", 705: "error", 706: "warning", 707: "error", 708: "error",
    709: "error", 710: "error",
}  # fmt: skip
"""The rules about two versions, with how bad each is: one version alone says nothing about them, but for 705."""


def found(
    place: Place,
    code: int,
    zh: str,
    en: str,
    item: str = "",
    *,
    key: str = "",
    hint: Words = NO_WORDS,
    **values: object,
) -> Finding:
    """A finding whose sentence is filled with `values`; the registry gives it the severity of its rule."""
    return Finding(place, code, Words(zh, en).fill(**values), hint, item, key=key)
