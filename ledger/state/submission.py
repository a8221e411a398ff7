"""The roll-call of a week: who had something to report, who did, in time, late or with nothing new, and who did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from operator import itemgetter

from ledger.model.entry import Entry
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek, week_of
from ledger.model.record import NamedTuple
from ledger.state.board import Board, Standing
from ledger.state.course import Course, amended
from ledger.state.decision import NO_ITEM, Decisions
from ledger.state.order import in_plan_order
from ledger.text.pattern import regex

_FORM = regex(r"(\d{4}-W\d{2})_")
_BY, _DATE = itemgetter(Entry._fields.index("by")), itemgetter(Entry._fields.index("date"))


class Returned(NamedTuple):
    """The first return of a unit for a week. `rows` is how many of its rows said something, None where nobody knows."""

    unit: str
    week: str
    day: date
    rows: int | None


def all_returns(board: Board) -> dict[tuple[str, str], Returned]:
    """The first return of each unit for each week, by unit and week, among those that came by the board's day."""
    return _first_of(board.returns, board.present)


def returns_until(ledger: Ledger, day: date) -> dict[tuple[str, str], Returned]:
    """The first return of each unit for each week, by unit and week, among those that came by a day."""
    returns = Decisions.of(ledger).in_effect(NO_ITEM, ledger.returns, day)
    return _first_of(returns, ledger.settings.present_names)


def _first_of(returns: Iterable[Entry], present: Mapping[str, str]) -> dict[tuple[str, str], Returned]:
    found: dict[tuple[str, str], Returned] = {}
    for entry in returns:
        unit = present.get(entry.by, entry.by)
        rows = int(entry.value) if entry.value.isdecimal() else None
        own = Returned(unit, entry.key, entry.date, rows)
        first = found.get((unit, entry.key), own)
        found[unit, entry.key] = first if first.day <= own.day else own
    return found


def returns_of(board: Board, week: ReportingWeek) -> dict[str, Returned]:
    """The returns for one week by unit."""
    return {own.unit: own for own in all_returns(board).values() if own.week == week.label}


def late_returns(board: Board, week: ReportingWeek) -> list[Returned]:
    """The returns for earlier weeks that came in this one, after their own week had closed."""
    late = [own for own in all_returns(board).values() if week.first <= own.day <= week.last and own.week < week.label]
    return sorted(late, key=lambda own: (own.week, own.day, own.unit))


def is_of_week(entry: Entry, week: ReportingWeek) -> bool:
    """Whether an entry comes from a form of the week, or from no form and is dated in it."""
    match = _FORM.match(entry.source)
    return match[1] == week.label if match else week.first <= entry.date <= week.last


_A_WEEK = timedelta(days=7)


class Submission(NamedTuple):
    """What one unit sent in for a week. Its items are those open on the closing day on which it has to report."""

    unit: str
    open: tuple[str, ...]
    """Ids, in the order of the plan."""
    reported: tuple[str, ...]
    """Those of them on which it said something for the week."""
    days: tuple[date, ...]
    """The days on which it did, on whatever item."""
    returned: Returned | None = None
    """Its return, if that came by the board's day."""
    closing: date = date.max
    asked: bool = True
    """Whether the settings ask for a report in this week."""

    @property
    def is_unheard(self) -> bool:
        """It has something open, reported nothing at all, and no form of it came back. Only if it was `asked` to
        report can anybody hold that against it."""
        return bool(self.open) and not self.days and self.returned is None

    @property
    def is_silent(self) -> bool:
        """It was asked to report, had something to report on, and was not heard of."""
        return self.asked and self.is_unheard

    @property
    def is_late(self) -> bool:
        """It reported, but only after the closing day."""
        return self.came is not None and self.came > self.closing

    @property
    def has_later(self) -> bool:
        """Anything of it came after the closing day."""
        return any(day > self.closing for day in (*self.days, *([self.returned.day] if self.returned else [])))

    @property
    def is_nil(self) -> bool:
        """Its form came back and said that nothing is new."""
        return self.returned is not None and self.returned.rows == 0 and not self.days

    @property
    def came(self) -> date | None:
        """The day it was heard of for this week; None if it was not."""
        known = [*self.days[:1], *([self.returned.day] if self.returned else [])]
        return min(known, default=None)


class Silence(NamedTuple):
    """The last day on which a unit reported, for how many weeks in a row it has not, and for how many it had nothing
    new to say."""

    last: date | None
    weeks: int
    nil: int = 0


class _Seen(NamedTuple):
    """An item as it was known on some day."""

    item: Item
    course: Course


def reporting_units(board: Board, item: Item) -> tuple[str, ...]:
    """The units that report on an item under the names they bear now: every responsible one, else the lead."""
    return tuple(dict.fromkeys(board.present.get(unit, unit) for unit in item.reporters))


def submissions(board: Board, week: ReportingWeek) -> list[Submission]:
    """Every unit with an open item on the closing day, or with a word for the week, in the order of the settings.

    On the closing day that is how the week is told for good. A board of a later day also knows what came late: the
    forms of the week and what they say, whatever day that is dated.
    """
    open_: list[Standing] = []
    reporters: dict[int, tuple[str, ...]] = {}
    days: dict[str, set[date]] = {}
    told: set[tuple[str, str]] = set()
    reporting: set[str] = set()
    for standing in board.everything:
        lines = standing.lines
        # Of most items nothing was heard in the week, nor since.
        is_heard = bool(lines) and lines[-1].date >= week.first
        seen = _on(board, standing, week.last) if is_heard else standing
        reporting.update(seen.item.reporters)
        if _is_open(board, seen, week.last):
            open_.append(standing)
            reporters[id(standing)] = reporting_units(board, seen.item)
        for entry in reversed(standing.course.entries) if is_heard else ():
            if entry.date < week.first:
                break
            if is_of_week(entry, week):
                unit = board.present.get(entry.by, entry.by)
                days.setdefault(unit, set()).add(entry.date)
                told.add((unit, entry.item))
    due: dict[str, list[str]] = {}
    for standing in in_plan_order(open_, board.ledger.settings):
        for unit in reporters[id(standing)]:
            due.setdefault(unit, []).append(standing.id)
    returned = returns_of(board, week)
    order = {unit.name: place for place, unit in enumerate(board.ledger.settings.units)}
    asked = board.ledger.settings.week.asks(week.label)
    heard = (days.keys() & {board.present.get(unit, unit) for unit in reporting}) | returned.keys()
    found = []
    for unit in sorted(due.keys() | heard, key=lambda unit: (order.get(unit, len(order)), unit)):
        ids = due.get(unit, [])
        reported = tuple(id_ for id_ in ids if (unit, id_) in told)
        own_days = tuple(sorted(days.get(unit, ())))
        found.append(Submission(unit, tuple(ids), reported, own_days, returned.get(unit), week.last, asked))
    return found


def silences(board: Board, week: ReportingWeek, found: list[Submission]) -> dict[str, Silence]:
    """How long each unit has been silent: whole weeks without a word of it, as long as it had something open.

    Weeks without roll-call are passed over. The count begins with the week in which the first report of anybody came:
    before it there was no round that a unit could have missed.
    """
    last: dict[str, date] = {}
    for standing in board.everything:
        entries = standing.course.entries
        # They stand in the order of their days, so that the last of each unit stays.
        lasts: dict[str, date] = dict(zip(map(_BY, entries), map(_DATE, entries), strict=True))
        for by, day in lasts.items():
            unit = board.present.get(by, by)
            last[unit] = max(day, last.get(unit, day))
    returns = all_returns(board)
    for own in returns.values():
        last[own.unit] = max(own.day, last.get(own.unit, own.day))
    first = first_report(board.ledger)
    items = _items_of(board, {own.unit for own in found if own.is_silent})
    return {
        own.unit: Silence(
            last.get(own.unit),
            _weeks(board, week, own.unit, items[own.unit], last.get(own.unit), first) if own.is_silent else 0,
            _nil_weeks(board, week, own.unit, returns) if own.is_nil else 0,
        )
        for own in found
    }


def _nil_weeks(board: Board, week: ReportingWeek, unit: str, returns: Mapping[tuple[str, str], Returned]) -> int:
    """Weeks in a row up to this one whose return said that nothing is new."""
    number, one = 1, week
    while one.first - date.min > _A_WEEK:
        one = ReportingWeek(one.first - _A_WEEK, one.last - _A_WEEK)
        own = returns.get((unit, one.label))
        if own is None or own.rows != 0:
            if one.label in board.ledger.settings.week.none:
                continue
            break
        number += 1
    return number


def first_report(ledger: Ledger) -> date | None:
    """The day on which any unit that reports on an item was first heard of; None if none ever was."""
    present = ledger.settings.present_names
    reporters = {present.get(unit, unit) for item in ledger.items for unit in item.reporters}
    own_firsts = (next((entry.date for entry in own if entry.by and present.get(entry.by, entry.by) in reporters), None)
                  for own in ledger.journal.values())  # fmt: skip
    days = [day for day in own_firsts if day is not None]
    return min([*days, *(entry.date for entry in ledger.returns if entry.event == "return")], default=None)


def _items_of(board: Board, units: set[str]) -> dict[str, list[Standing]]:
    """The items that each of the units reports on now, or did before an amendment."""
    found: dict[str, list[Standing]] = {unit: [] for unit in units}
    for standing in board.everything if units else ():
        named = (*standing.item.reporters, *standing.plan.reporters)
        for unit in units.intersection(board.present.get(name, name) for name in named):
            found[unit].append(standing)
    return found


def _weeks(
    board: Board, week: ReportingWeek, unit: str, items: list[Standing], last: date | None, heard: date | None
) -> int:  # fmt: skip
    """Weeks in a row up to this one with something open and no report, since anybody was `heard` of first."""
    if heard is None or heard > week.last:
        return 0
    known = [board.ledger.settings.start, *(standing.item.added for standing in items), last]
    begin = max(min((day for day in known if day is not None), default=week.first), heard)
    number, first = 1, week.first
    while first > begin and first - date.min > _A_WEEK:
        closing, first = first - timedelta(days=1), first - _A_WEEK
        if (last is not None and last >= first) or not _had_open(board, items, unit, closing):
            break
        number += week_of(closing, board.ledger.settings.week.closes).label not in board.ledger.settings.week.none
    return number


def _had_open(board: Board, items: list[Standing], unit: str, day: date) -> bool:
    """Whether any of these items was open on a day and this unit's to report on."""
    for standing in items:
        seen = _on(board, standing, day)
        if _is_open(board, seen, day) and unit in reporting_units(board, seen.item):
            return True
    return False


def _on(board: Board, standing: Standing, day: date) -> Standing | _Seen:
    own = board.ledger.journal[standing.plan.id]
    # Most items have heard nothing since: how they stand tells all that is asked of what is seen.
    if not own or own[-1].date <= day or board.day == day:
        return standing
    course = board.course_of(standing.plan, day)
    return _Seen(amended(standing.plan, course.entries), course)


def _is_open(board: Board, seen: Standing | _Seen, day: date) -> bool:
    """Whether an item had entered the ledger by a day and was neither done nor withdrawn."""
    if seen.course.done or seen.course.withdrawn is not None:
        return False
    added = seen.item.added or board.ledger.settings.start
    return added is None or added <= day


def unit_names(board: Board) -> dict[str, str]:
    """Every name a reporting unit goes by, former ones too, with the name it bears now."""
    reporters = {unit: unit for standing in board.everything for unit in reporting_units(board, standing.item)}
    return {**reporters, **board.present}
