"""What a rule is: a code, a severity, and a small generator of findings."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, compress, pairwise
from operator import eq, itemgetter
from typing import TYPE_CHECKING

from ledger.model.claim import Seal, Sum, Waiver
from ledger.model.entry import Entry
from ledger.model.finding import NO_SOURCE, Finding, Place
from ledger.model.ledger import ABOUT_OTHERS, Ledger, parted_id
from ledger.model.record import NamedTuple, once
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Board, Standing
from ledger.state.clock import Clock, clocks
from ledger.state.decision import Approvals
from ledger.state.figure.claim import Recount
from ledger.state.figure.relation import BadRelation, Verdict, verdict_or_why
from ledger.state.seal import Sealed, seals_now
from ledger.storage.csv import table

if TYPE_CHECKING:
    from ledger.rule.include import Told
    from ledger.storage.evidence import Hashed


ByEvent = list[tuple[Standing, list[Entry]]]
"""The items that have entries of an event in force, each with these in their order."""

_EVENT, _BY, _DETAILS = (itemgetter(Entry._fields.index(name)) for name in ("event", "by", "details"))
_DAY_AND_EVENT = itemgetter(Entry._fields.index("date"), Entry._fields.index("event"))


class Sifted:
    """The items of a board by what rules ask of them, each kind in the order of the plan.

    They are sifted in one pass: a rule about milestones then looks at the eighty items that have one, and forty rules
    do not walk past thousands of items each (`python bench/run.py --profile status` shows the rules one by one).
    """

    def __init__(self, everything: Iterable[Standing]) -> None:
        self.everything = tuple(everything)
        self.open: list[Standing] = []
        """Neither done nor closed."""
        self.done: list[Standing] = []
        self.targeted: list[Standing] = []
        """Those with targets."""
        self.staged: list[Standing] = []
        """Those with milestones, whether they have a number or not."""
        self.moved: list[Standing] = []
        """Those whose deadline an entry has moved."""
        self.requesting: list[Standing] = []
        """Those with a request that waits."""
        self._with: dict[str, list[int]] = {}
        self._entries: dict[str, ByEvent] = {}
        self._altered: list[int] = []
        for number, standing in enumerate(self.everything):
            item, course = standing.item, standing.course
            (self.done if course.done_by else self.open).append(standing)
            if item.targets:
                self.targeted.append(standing)
            if (item.targets or item.milestones) and standing.stages:
                self.staged.append(standing)
            if course.moves:
                self.moved.append(standing)
            if course.requests:
                self.requesting.append(standing)
            if course.entries is not standing.lines:
                self._altered.append(number)
            for event in course.kinds:
                self._with.setdefault(event, []).append(number)

    def having(self, *events: str) -> list[Standing]:
        """The items that have an entry in force of any of these events."""
        return self._in_order(chain.from_iterable(self._with.get(event, ()) for event in events))

    def with_lines(self, *events: str) -> list[Standing]:
        """Those that have a line of any of these events, whether it is in force or not."""
        wanted = frozenset(events)
        altered = (one for one in self._altered if not wanted.isdisjoint(map(_EVENT, self.everything[one].lines)))
        return self._in_order(chain(altered, *(self._with.get(event, ()) for event in events)))

    def _in_order(self, numbers: Iterable[int]) -> list[Standing]:
        return [self.everything[number] for number in sorted(set(numbers))]

    def told(self, event: str) -> ByEvent:
        """The entries of an event in force, item by item: gathered once, so that no rule about readings walks through
        all that was ever reported."""
        if event not in self._entries:
            self._entries[event] = [
                (one, [entry for entry in one.course.entries if entry.event == event]) for one in self.having(event)
            ]
        return self._entries[event]


class Heard:
    """What the lines of all items say, of whatever day.

    There are ten times as many lines as items, and fetching each from memory takes longer than what is asked of it. So
    everything is asked of some thousands while they are at hand (`python bench/run.py --profile check`).
    """

    def __init__(self, everything: Sequence[Standing], journal: Mapping[str, tuple[Entry, ...]]) -> None:
        self.speakers: dict[str, None] = {}
        """Every unit that a line names, each once, as they come."""
        self.texts: set[str] = set()
        """Every text of a line, those without effect and those taken back among them."""
        self.filed: list[Entry] = []
        """The lines that name a file and that no void takes back."""
        self.has_twins = False
        """Whether two lines that no void takes back are of one item, day, event, key and unit, which is rare."""
        for first in range(0, len(everything), _AT_HAND):
            some = everything[first : first + _AT_HAND]
            said = list(chain.from_iterable(journal[standing.plan.id] for standing in some))
            self.speakers.update(dict.fromkeys(map(_BY, said)))
            # Many lines share one record of details, so that there are few to look at.
            details = dict(zip(map(id, map(_DETAILS, said)), map(_DETAILS, said), strict=True)).values()
            self.texts.update(one.text for one in details)
            on_record = list(chain.from_iterable(standing.on_record for standing in some))
            if any(one.file for one in details):
                self.filed += (entry for entry in on_record if entry.file)
            # They stand in their order: such lines are neighbours, and most neighbours are of another day or event.
            days = list(map(_DAY_AND_EVENT, on_record))
            close = compress(pairwise(on_record), map(eq, days, days[1:]))
            self.has_twins = self.has_twins or any(one.identity == other.identity for one, other in close)


_AT_HAND = 256
"""Items whose lines fit into the memory next to a processor."""


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

    def forget(self) -> None:
        """Lets go of everything but the board of the day, once nothing will be asked of it any more; see
        `Board.forget`."""
        if "all_time" in self.__dict__ and self.all_time is not self.board:
            self.all_time.forget()
        self.__dict__.clear()

    @once
    def all_time(self) -> Board:
        """The board of the last of days, for rules that look at every entry; the judged one if nothing comes later."""
        return Board(self.ledger, date.max) if self.last_day > self.day else self.board

    @once
    def last_day(self) -> date:
        """The day of the last entry of any item; the first of days without any."""
        return max((own[-1].date for own in self.ledger.journal.values() if own), default=date.min)

    @once
    def named(self) -> dict[str, None]:
        """Every unit that the plan names, each once, as they come."""
        return dict.fromkeys(chain.from_iterable(item.units for item in self.ledger.items))

    @once
    def now(self) -> Sifted:
        """The items that are in the ledger on the judged day."""
        return Sifted(self.board.standings)

    @once
    def ever(self) -> Sifted:
        """All items of the plan, with what is known of them on the last of days."""
        if self.all_time is self.board and len(self.board.standings) == len(self.board.everything):
            return self.now
        return Sifted(self.all_time.everything)

    @once
    def wholes(self) -> list[tuple[Standing, tuple[Standing, ...]]]:
        """The items that are made up of others, each with its actions and with its parts in included ledgers."""
        board = self.board
        below = ((one, (*board.actions_of(one.id), *board.parts_of(one))) for one in board.standings)
        return [(one, others) for one, others in below if others]

    @once
    def heard(self) -> Heard:
        """What the lines of all items say, of whatever day."""
        return Heard(self.all_time.everything, self.ledger.journal)

    @once
    def clocks(self) -> list[tuple[Standing, Clock]]:
        """The items that have to be closed by some day and are not overdue, each with the time it has left."""
        return [(one, clock) for one, clock in clocks(self.board) if one.schedule != "overdue"]

    @once
    def sums(self) -> list[tuple[Sum, Verdict | BadRelation]]:
        """Each published sum with what comes of it: whether it holds, or why nobody can tell."""
        facts = {fact.name: fact for fact in self.ledger.claims.facts}
        return [(relation, verdict_or_why(relation.text, facts)) for relation in self.ledger.claims.sums]

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

    def told_of(self, events: Container[str]) -> Iterator[tuple[Standing, frozenset[Entry]]]:
        """The items of included ledgers of which this ledger's journal holds lines of some events, with these lines."""
        told: dict[str, set[Entry]] = {}
        for entry in self.ledger.orphans:
            if entry.event in events and entry.event in ABOUT_OTHERS:
                told.setdefault(entry.item, set()).add(entry)
        for name in dict.fromkeys(parted_id(item)[0] for item in told):
            if name in self.ledger.includes:
                for standing in self.board.named_below[name].everything:
                    if standing.id in told:
                        yield standing, frozenset(told[standing.id])

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
    source = ledger.texts.get(entry.path, NO_SOURCE)
    header = table.header_of(source)
    cell = header.index(column) + 1 if column in header else 1
    return table.cell_place(entry.path, source, entry.line, cell)


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
