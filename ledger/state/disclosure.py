"""The six public fields (六公开): what may be published of an item, and nothing else.

What is published is copied here, field by field, into records that hold nothing but plain texts, numbers and days: no
item, entry or position can be reached from them, so whatever draws them cannot let anything internal slip.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ledger.model.entry import ACTIVE, Entry
from ledger.model.field import APPROX, DUE_WORDS, UPKEEP
from ledger.model.item import STATES, UNSTATED, Target
from ledger.model.number import plain, rounded
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Board, Standing
from ledger.state.order import in_plan_order
from ledger.state.promise import Pace, paces
from ledger.state.reading import Reading

RESULT_EVENTS = (ACTIVE - {"trouble"}) | {"done", "close", "lookback", "reopen"}
"""Entries whose `text` tells the public how far an item is. Orders, extensions, forecasts and troubles do not."""


class Responsibility(NamedTuple):
    """Units under the names they bear now; `lead` is empty where none is stated."""

    lead: str
    responsible: tuple[str, ...]
    cooperating: tuple[str, ...]


class Deadline(NamedTuple):
    """`day` is the deadline in force; None where there is no date and `words` says why (中长期, …).

    `original` is that of the plan if an extension or a reopening moved it, else None.
    """

    day: date | None
    original: date | None
    words: Words


class PublicPace(NamedTuple):
    """What the last eight weeks brought of a figure a week, and what reaching its goal in time takes a week from now.

    Both are numbers as they are written, in the unit of the figure; empty where nobody knows, or its day is over.
    """

    done: str
    needed: str


class PublicReading(NamedTuple):
    """The latest value of a target as it was reported: `5000`, with 余, 近 or 约 in `approx`.

    `goal` is empty for a target that only records; `exempt` is what need not be done, empty for nothing; `is_whole` is
    false for a sum to which some of its units or actions have not contributed yet. `is_met` says whether it reaches its
    goal, None without one and where a share that is missing may still decide it; `gap` is what it lacks or has too
    much, empty where that is nothing. `has_come` tells that it should be reached by now: the item or its stage is
    done, or its day is over. `pace` is there while the goal is still ahead.
    """

    name: Words
    value: str
    approx: Words
    unit: str
    goal: str
    exempt: str
    day: date
    is_whole: bool
    is_met: bool | None = None
    gap: str = ""
    has_come: bool = False
    pace: PublicPace | None = None


class PublicTarget(NamedTuple):
    """A target with a goal of which nobody has reported a value yet; `has_come` as in a reading."""

    name: Words
    unit: str
    goal: str
    has_come: bool


class Result(NamedTuple):
    """The state in words, what goes on after done, the latest text for the public with its day, and the readings.

    `unread` are the targets with a goal that nobody has reported on: nobody knows whether they are met.
    """

    state: Words
    upkeep: Words
    text: str
    text_day: date | None
    readings: tuple[PublicReading, ...]
    unread: tuple[PublicTarget, ...] = ()


class Disclosed(NamedTuple):
    """One item as it is published: exactly the six public fields."""

    task: Words
    goal: Words
    steps: tuple[Words, ...]
    responsibility: Responsibility
    deadline: Deadline
    result: Result


class DisclosedBook(NamedTuple):
    """Items of a book in the order of the plan, the book's name, and how many items it publishes in all."""

    name: Words
    items: tuple[Disclosed, ...]
    of: int

    @property
    def names(self) -> list[str]:
        """Every name published beside the texts of its items: of the book, of units, and of what targets count."""
        found = set(self.name)
        for item in self.items:
            duty = item.responsibility
            found.update((duty.lead,), duty.responsible, duty.cooperating)
            found.update(reading.unit for reading in item.result.readings)
        return sorted(found)


def disclosure(board: Board, chosen: Collection[str] | None = None) -> tuple[DisclosedBook, ...]:
    """What is published on the board's day, book by book; books of which nothing is published are left out.

    `chosen` are the ids to publish, None for all. Items that stand under another are published with that one, not by
    themselves; withdrawn items not at all.
    """
    settings = board.ledger.settings
    found = []
    for book in settings.books:
        own = [standing for standing in board.book(book.id) if not standing.item.under]
        shown = [standing for standing in own if chosen is None or standing.id in chosen]
        if shown:
            found.append(DisclosedBook(book.name, tuple(map(disclosed, in_plan_order(shown, settings))), len(own)))
    return tuple(found)


def disclosed(standing: Standing) -> Disclosed:
    """The six public fields of an item, its amendments and extensions included."""
    item = standing.item
    present = standing.board.present
    lead = "" if item.lead == UNSTATED else present.get(item.lead, item.lead)
    responsible, cooperating = (
        tuple(present.get(unit, unit) for unit in units) for units in (item.responsible, item.cooperating)
    )
    return Disclosed(
        task=item.title,
        goal=item.goal,
        steps=item.steps,
        responsibility=Responsibility(lead, responsible, cooperating),
        deadline=_deadline(standing),
        result=_result(standing),
    )


def _deadline(standing: Standing) -> Deadline:
    due = standing.item.due
    words = DUE_WORDS[due] if isinstance(due, str) else NO_WORDS
    moved = standing.original if standing.original != standing.deadline else None
    return Deadline(standing.deadline, moved, words)


def told(standing: Standing) -> list[Entry]:
    """The entries that tell the public in words how far an item is.

    Of an item that is done again nothing counts that was said before: beside `done` the words of its failed look-back
    would stand as the result.
    """
    entries = standing.course.entries
    if standing.is_done:
        failed = [n for n, entry in enumerate(entries) if (entry.event, entry.key) == ("lookback", "relapsed")]
        entries = entries[failed[-1] + 1 :] if failed else entries
        again = [n for n, entry in enumerate(entries) if failed and entry.event == "reopen"]
        entries = entries[again[-1] + 1 :] if again else entries
    return [entry for entry in entries if entry.text and entry.event in RESULT_EVENTS]


def _result(standing: Standing) -> Result:
    latest = next(reversed(told(standing)), None)
    item = standing.item
    paced = {pace.target.key: pace for pace in paces(standing)} if item.targets and not standing.is_done else {}
    readings = [
        _reading(standing, target, reading, paced.get(target.key))
        for target in item.targets
        if (reading := standing.reading(target.key))
    ]
    unread = [
        PublicTarget(_name(target), target.unit, str(target.goal), _has_come(standing, target))
        for target in item.targets
        if target.goal is not None and standing.reading(target.key) is None
    ]
    return Result(
        STATES[standing.state],
        UPKEEP.get(item.upkeep, NO_WORDS),
        latest.text if latest else "",
        latest.date if latest else None,
        tuple(readings),
        tuple(unread),
    )


def _name(target: Target) -> Words:
    return target.name if any(target.name) else Words.same(target.key)


def _has_come(standing: Standing, target: Target) -> bool:
    """Whether a target should be reached: its item or its stage is done, or the day for it is over."""
    last = target.due or standing.deadline
    return standing.is_done or target.key in standing.short or (last is not None and last < standing.board.day)


def _reading(standing: Standing, target: Target, reading: Reading, pace: Pace | None) -> PublicReading:
    kinds = {entry.approx for entry in reading.entries}
    approx = APPROX[kinds.pop()] if len(kinds) == 1 and "" not in kinds else NO_WORDS
    if len(reading.entries) > 1 and any(kinds):
        # A sum of which only some shares are approximate, or in different ways, is "about" so much.
        approx = APPROX["yue"]
    exempt = abs(reading.counted - reading.value)
    goal = target.goal
    gap = None if goal is None else goal.distance(reading.counted)
    is_met = None if goal is None else reading.meets(goal)
    if reading.missing and gap is not None and gap <= 0 and not is_met:
        # What the missing shares will add may still break it.
        is_met = None
    return PublicReading(
        _name(target),
        plain(reading.value),
        approx,
        target.unit,
        "" if goal is None else str(goal),
        plain(exempt) if exempt else "",
        reading.day,
        not reading.missing,
        is_met,
        plain(gap) if gap is not None and gap > 0 else "",
        _has_come(standing, target),
        _pace(pace),
    )


def _pace(pace: Pace | None) -> PublicPace | None:
    """The pace as it is published: only from readings, which are public too."""
    if pace is None or (pace.done is None and pace.needed is None):
        return None
    done, needed = ("" if number is None else plain(rounded(number, 1)) for number in (pace.done, pace.needed))
    return PublicPace(done, needed)
