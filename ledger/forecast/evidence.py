"""Promises, and what past ones say: of those that stood like this one, how many were kept?

A promise is an item and a deadline in force, from the day it was made to the day it was kept, moved, broken or dropped:
each round of an item and each of its deadlines is one of its own (design §10). How much periods differ is told too.

Everything here is known on the day it is asked for; nothing that was recorded later has a part in it (design §10):
in a history of many days a promise begins to tell once its day is over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

from ledger.model.entry import Entry
from ledger.model.item import Target
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.state.board import Board, Standing
from ledger.state.course import amended, day_of
from ledger.state.reading import even_mean, last_reading, target_progress

QUARTERS = 4
"""Into how many parts the way to the targets is divided."""


class Promise(NamedTuple):
    """A deadline that was in force for an item from `made` on, and what became of it by the day of the board.

    `ended` is the day from which it no longer stood, by the date of the line that ended it: done, moved or withdrawn;
    None while it stands. `kept_from` is the date of the line that says it was done in time, None if none does.
    `void_from` is the date from which it is no evidence: withdrawn, or done on a day that nobody knows.
    """

    standing: Standing
    made: date
    due: date
    ended: date | None = None
    kept_from: date | None = None
    void_from: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it stood open on a day, its last one included."""
        return self.made <= day <= self.due and (self.ended is None or day < self.ended)

    def month_ends(self) -> Iterator[date]:
        """The last days of months on which it stood open."""
        last = self.due if self.ended is None else min(self.due, self.ended - timedelta(days=1))
        day = _month_end(self.made)
        while day <= last:
            yield day
            if day.year == date.max.year and day.month == date.max.month:
                return
            day = _month_end(day + timedelta(days=1))


def _month_end(day: date) -> date:
    if (day.year, day.month) == (date.max.year, date.max.month):
        return date.max
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def promises(standing: Standing) -> list[Promise]:
    """Every promise of an item by the lines up to the day of its board, in the order in which they were made."""
    added = standing.item.added or standing.board.ledger.settings.start
    if added is None:
        return []
    found: list[Promise] = []
    open_round = _Round(standing, found)
    if standing.original is not None:
        open_round.promise(added, standing.original)
    for entry in standing.course.entries:
        open_round.follow(entry)
    open_round.close()
    return found


class _Round:
    """One round of an item while its lines are followed: its promises so far, and whether it is done."""

    def __init__(self, standing: Standing, found: list[Promise]) -> None:
        self.standing = standing
        self.found = found
        self.own: list[Promise] = []
        self.due: date | None = None
        self.done: list[Entry] = []

    def promise(self, made: date, due: date) -> None:
        self.due = due
        self.own.append(Promise(self.standing, made, due))

    def end(self, day: date, *, dropped: bool = False) -> None:
        """The promise that stands ends; one that is past its day has been broken and stays so."""
        if self.own and self.own[-1].ended is None:
            last = self.own[-1]
            gone = day if dropped and day <= last.due else None
            self.own[-1] = last._replace(ended=day, void_from=gone)

    def follow(self, entry: Entry) -> None:
        until = entry.until_day
        if entry.event == "extend" and until is not None:
            if until != self.due and not self.done:
                self.end(entry.date)
                self.promise(entry.date, until)
            self.due = until
        elif entry.event == "done" or (entry.event == "close" and entry.key != "stage"):
            self.end(entry.date)
            self.done.append(entry)
        elif entry.event == "lookback" and entry.key == "relapsed":
            self._begin(entry.date, self.due)
        elif entry.event == "reopen" and until is not None:
            self._begin(entry.date, until)
        elif entry.event == "withdraw":
            self.end(entry.date, dropped=True)

    def _begin(self, day: date, due: date | None) -> None:
        """A new round with its own promise; none where the old deadline is over."""
        self.end(day)
        self.close()
        self.own, self.done, self.due = [], [], due
        if due is not None and due >= day:
            self.promise(day, due)

    def close(self) -> None:
        """What the round says of each of its promises: done by its day, on a day nobody knows, or not."""
        for own in self.own:
            sure = [done for done in self.done if done.approx != "before" and day_of(done) <= own.due]
            vague = [done for done in self.done if done.approx == "before"]
            kept_from = min((done.date for done in sure), default=None)
            void_from = own.void_from
            if kept_from is None and vague and void_from is None:
                void_from = min(done.date for done in vague)
            self.found.append(own._replace(kept_from=kept_from, void_from=void_from))


def quarter(standing: Standing, day: date) -> int | None:
    """Which quarter of the way to its targets an item had reached on a day, 0 to 3, by what was known then.

    None where a target had no reading. Ask only for items that have targets with a goal.
    """
    item, course = standing.item, standing.course
    if course.amendments:
        item = amended(standing.plan, (entry for entry in course.entries if entry.date <= day))
    shares = [_reached(standing, target, day) for target in item.targets if target.goal is not None]
    if not shares or any(share is None for share in shares):
        return None
    mean = even_mean(shares)
    return None if mean is None else min(int(mean * QUARTERS), QUARTERS - 1)


def _reached(standing: Standing, target: Target, day: date) -> Fraction | None:
    """The progress of a target on a day, a share from 0 to 1; None without a reading."""
    given, expected = standing.shares_of(target)
    reading = last_reading(target, [share for share in given if share[1].date <= day], expected)
    return None if reading is None else target_progress(target, reading)


def has_targets(standing: Standing) -> bool:
    """Whether an item has a target with a goal, so that a quarter of its way can be told."""
    return any(target.goal is not None for target in standing.item.targets)


STEPS = (30, 90, 180, 365)
"""Days at which the classes of time left, and of time since a promise was made, end; the last class has no end.

Measured on a register of 882 promises: days left, then days since made, has a Brier score of 0.190, the base rate
0.223; the share of time used does worse.
"""
PRIOR = 10
"""How many promises of the class above each class is taken to have seen already. Between 5 and 20 nothing changes."""
BOUNDS = (Fraction(2, 100), Fraction(98, 100))
"""No chance is told as smaller or larger: nobody has seen enough promises for that."""
LEAST = 10
"""Past promises below which there is no forecast at all."""
LEAST_PERIODS = 4
"""Past periods below which nobody can tell how much periods differ, so that a range would be a guess."""

ClassPath = tuple[str | int | None, ...]
"""A class: book, days left, days since made, quarter of the targets; a shorter path is the class above."""


class Tally(NamedTuple):
    """Cases of a class, one for each month end on which a promise stood so, and how many of them were kept."""

    kept: int = 0
    of: int = 0


class Chance(NamedTuple):
    """What the past says of one promise: the chance (a share from 0 to 1), and the narrowest class that has cases."""

    share: Fraction
    tally: Tally
    path: ClassPath


class Evidence:
    """The cases that are known on a day."""

    def __init__(self) -> None:
        self.cases: dict[ClassPath, list[int]] = defaultdict(lambda: [0, 0])
        self.periods: dict[date, list[int]] = defaultdict(lambda: [0, 0])
        """By the last day of a period: promises of it that were kept, and all of it, each once."""

    def count(self, paths: Iterable[ClassPath], period: date, kept: int, of: int) -> None:
        """Adds a promise (or takes one back, by numbers below 0) with the class of each of its month ends."""
        for path in paths:
            for length in range(len(path) + 1):
                cell = self.cases[path[:length]]
                cell[0] += kept
                cell[1] += of
        cell = self.periods[period]
        cell[0] += kept
        cell[1] += of

    @property
    def promises(self) -> int:
        """How many past promises there are."""
        return sum(of for _, of in self.periods.values())

    @property
    def base(self) -> Fraction:
        """The share of all cases that were kept, from 0 to 1; 0 where there is none."""
        kept, of = self.cases[()]
        return Fraction(kept, of) if of else Fraction(0)

    def chance(self, path: ClassPath) -> Chance:
        """The chance of a promise of a class, each class shrunk to the one above it."""
        share, best = self.base, self.tally(())
        named: ClassPath = ()
        for length in range(1, len(path) + 1):
            tally = self.tally(path[:length])
            share = (PRIOR * share + tally.kept) / (PRIOR + tally.of)
            if tally.of:
                best, named = tally, path[:length]
        return Chance(within_bounds(share), best, named)

    def tally(self, path: ClassPath) -> Tally:
        """The cases of a class."""
        cell = self.cases.get(path)
        return Tally(*cell) if cell else Tally()

    def last_period(self, day: date) -> Fraction | None:
        """The share that was kept of the promises of the last period that was over on a day; None without one."""
        over = [end for end, (_, of) in self.periods.items() if end < day and of]
        if not over:
            return None
        kept, of = self.periods[max(over)]
        return Fraction(kept, of)

    def spread(self, day: date) -> Fraction | None:
        """How much the share kept differs between the periods that were over on a day, beyond mere chance.

        The correlation within a period, from 0 to 1, by moments (Kleinman 1973); None under four periods.
        """
        over = [(kept, of) for end, (kept, of) in self.periods.items() if end < day and of]
        if len(over) < LEAST_PERIODS:
            return None
        total = sum(of for _, of in over)
        mean = Fraction(sum(kept for kept, _ in over), total)
        free = total - Fraction(sum(of * of for _, of in over), total) - (len(over) - 1)
        if mean in (0, 1) or free <= 0:
            return Fraction(0)
        squares = sum(of * (Fraction(kept, of) - mean) ** 2 for kept, of in over)
        found = (squares / (mean * (1 - mean)) - (len(over) - 1)) / free
        return min(max(found, Fraction(0)), Fraction(1))


def within_bounds(share: Fraction) -> Fraction:
    """The share, held within 2 and 98 in a hundred."""
    return min(max(share, BOUNDS[0]), BOUNDS[1])


class Classes:
    """How promises of a ledger are told apart."""

    def __init__(self, settings: Settings, books: Iterable[str]) -> None:
        self.by_book = len(set(books)) > 1
        self.nodes = sorted(node.date for node in settings.time_nodes)

    def path(self, promise: Promise, day: date) -> ClassPath:
        """The class of a promise as it stood on a day, by what was known then."""
        standing = promise.standing
        start: ClassPath = (standing.item.book,) if self.by_book else ()
        left, age = step((promise.due - day).days), step((day - promise.made).days)
        if not has_targets(standing):
            return (*start, left, age)
        return (*start, left, age, quarter(standing, day))

    def paths(self, promise: Promise) -> list[ClassPath]:
        """The class of each month end on which it stood open."""
        return [self.path(promise, day) for day in promise.month_ends()]

    def period(self, due: date) -> date:
        """The last day of the period of a deadline: its time node, or its quarter of the year beyond the nodes."""
        place = bisect_left(self.nodes, due)
        if place < len(self.nodes):
            return self.nodes[place]
        month = (due.month - 1) // 3 * 3 + 3
        if month == 12:
            return date(due.year, 12, 31)
        return date(due.year, month + 1, 1) - timedelta(days=1)


def step(days: int) -> int:
    """The class of a number of days: 0 for up to 30, 1 for up to 90, …, 4 for over 365."""
    return bisect_left(STEPS, days)


def quantile(share: Fraction, number: int, spread: Fraction, at: Fraction) -> int:
    """The smallest count out of `number` that a beta-binomial of this mean and spread stays at or below with `at`.

    Exact: integers and fractions only. Mean and spread are taken in thousandths, which keeps the integers small.
    """
    mean = Fraction(round(share * 1000), 1000)
    rho = Fraction(round(spread * 1000), 1000)
    if number == 0 or mean <= 0:
        return 0
    if mean >= 1 or rho >= 1:
        return number if mean >= 1 or 1 - mean < at else 0
    # Rising steps: a + i·rho of the one end, b + i·rho of the other; with rho = 0 this is the binomial itself.
    first, other, grow = mean * (1 - rho), (1 - mean) * (1 - rho), rho
    scale = lcm(first.denominator, other.denominator, grow.denominator)
    a, b, c = (int(each * scale) for each in (first, other, grow))
    whole, weight = 1, 1
    for i in range(number):
        whole *= a + b + c * i
        weight *= b + c * i
    total = 0
    for k in range(number + 1):
        total += weight
        if total >= at * whole:
            return k
        weight = weight * (number - k) * (a + c * k) // ((k + 1) * (b + c * (number - k - 1))) if k < number else 0
    return number


def expected(shares: Sequence[Fraction]) -> Fraction:
    """The expected number of promises kept."""
    return sum(shares, Fraction(0))


class _Change(NamedTuple):
    """From `day` on, a promise counts so many times more among those kept, and among all."""

    day: date
    promise: Promise
    kept: int
    of: int


class History:
    """All promises of a ledger up to the day of a board, and the evidence as it was known on any day up to then.

    Ask for days in ascending order. Items with a line that was taken back later are judged anew for each day, because
    the line counted until then.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self.classes = Classes(board.ledger.settings, (item.book for item in board.ledger.items))
        self.promises: dict[str, list[Promise]] = {}
        """By item, in the order in which they were made."""
        self._taken_back: list[Standing] = []
        changes: list[_Change] = []
        for standing in board.everything:
            own = promises(standing)
            self.promises[standing.id] = own
            if self._changes_with_time(standing):
                self._taken_back.append(standing)
            else:
                changes += (change for promise in own for change in _changes(promise))
        self._changes = sorted(changes, key=lambda change: change.day)
        self._seen = 0
        self._evidence = Evidence()
        self._extra: list[tuple[Promise, int, int]] = []

    def _changes_with_time(self, standing: Standing) -> bool:
        """Whether a line of the item counted on some earlier day and does not any more."""
        journal = self.board.ledger.journal[standing.plan.id]
        return any(entry.event == "void" and entry.date <= self.board.day for entry in journal)

    def evidence(self, day: date) -> Evidence:
        """What is known on a day, from promises whose own day lies before it and lines dated up to it."""
        for promise, kept, of in self._extra:
            self._count(promise, -kept, -of)
        self._extra = []
        while self._seen < len(self._changes) and self._changes[self._seen].day <= day:
            change = self._changes[self._seen]
            self._count(change.promise, change.kept, change.of)
            self._seen += 1
        for promise in self._judged_anew(day):
            told = [change for change in _changes(promise) if change.day <= day]
            kept, of = sum(change.kept for change in told), sum(change.of for change in told)
            if of:
                self._count(promise, kept, of)
                self._extra.append((promise, kept, of))
        return self._evidence

    def _count(self, promise: Promise, kept: int, of: int) -> None:
        self._evidence.count(self.classes.paths(promise), self.classes.period(promise.due), kept, of)

    def _judged_anew(self, day: date) -> Iterator[Promise]:
        for standing in self._taken_back:
            course = self.board.course_of(standing.plan, day)
            yield from promises(Standing(self.board, standing.plan, course))

    def standing_on(self, day: date) -> Iterator[Promise]:
        """The promises that stood open on a day, as they were known then."""
        anew = {standing.id for standing in self._taken_back}
        for id_, own in self.promises.items():
            if id_ not in anew:
                yield from (promise for promise in own if promise.stands_on(day))
        yield from (promise for promise in self._judged_anew(day) if promise.stands_on(day))


def _changes(promise: Promise) -> Iterator[_Change]:
    """How a promise enters the evidence: as broken once its day is over, and as kept once a line says so."""
    if promise.due == date.max:
        return
    over = promise.due + timedelta(days=1)
    if promise.void_from is not None and promise.void_from <= over:
        return
    kept = promise.kept_from is not None
    yield _Change(over, promise, int(kept and promise.kept_from is not None and promise.kept_from <= over), 1)
    if promise.kept_from is not None and promise.kept_from > over:
        yield _Change(promise.kept_from, promise, 1, 0)
    if promise.void_from is not None:
        yield _Change(promise.void_from, promise, 0, -1)
