"""Everything that is made public beyond the six fields: the one allow-list that a public page is built from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from ledger.model.entry import CLOSING_STEPS, EVENTS, LOOKBACK_RESULTS, Entry
from ledger.model.item import UNSTATED
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek, days_after, last_closed_week, week_of
from ledger.model.record import NamedTuple
from ledger.model.setting import LATER, Settings, TimeNode
from ledger.model.words import NO_WORDS, Words
from ledger.report.period import first_day
from ledger.rule.registry import tuned_rules
from ledger.state.board import Board, Stage, Standing
from ledger.state.disclosure import RESULT_EVENTS, Disclosed, disclosed
from ledger.state.figure.count import node_name
from ledger.state.figure.moving import MovingBoard
from ledger.state.figure.rolled import Rolled, looked_at_below, rolled
from ledger.state.figure.table import paths, traits
from ledger.state.figure.unit_table import districts
from ledger.state.order import in_plan_order

HISTORY_EVENTS = RESULT_EVENTS | {"extend"}
"""Events of the public history. Troubles, orders, forecasts, amendments and what was taken back are not in it."""

CHANGES = frozenset({"milestone", "done", "step", "close", "lookback", "reopen", "extend"})
"""Events that change how an item stands. They are public also without words; the others only tell what was said."""

MOST_WEEKS = 520
"""Weeks that the archive goes back: ten years."""

MAPPED_WEEKS = 26
"""The latest weeks of which it is published what each unit had open."""


class PublicEvent(NamedTuple):
    """One line of an item's public history: the day, the kind of event, what it is in words, and the public text."""

    day: date
    kind: str
    words: Words
    text: str


class PublicStage(NamedTuple):
    """A milestone of the plan: its name, its day, and the day on which it was met; missed where its day is over.

    `is_short` was reported as met, and its figure misses the goal or was never reported.
    """

    name: Words
    due: date
    met_on: date | None
    is_missed: bool
    is_short: bool


class PublicItem(NamedTuple):
    """One item as the public sees it: its address, the six fields, and its public history, the latest first.

    `is_short` is done, or done with a stage, while a target misses its goal or has no reading; `is_unknown` is open
    while nothing tells how it stands. `days_late` and `days_late_first` are days over the deadline in force and, where
    that was moved, over the original one; 0 for what is not overdue. `links` are the ids of the items it names.
    """

    id: str
    book: str
    under: str
    six: Disclosed
    is_done: bool
    is_overdue: bool
    history: tuple[PublicEvent, ...]
    is_short: bool
    is_unknown: bool
    is_due_soon: bool
    days_late: int
    days_late_first: int
    start: date | None
    done_on: date | None
    stages: tuple[PublicStage, ...]
    links: tuple[str, ...]


class PublicNode(NamedTuple):
    """The items of a book that fall due at a time node; `date` is None for `later` and for those without a date.

    `short` are among those done or at a stage, `unknown` among those open.
    """

    name: Words
    date: date | None
    items: int
    done: int
    overdue: int
    short: int
    unknown: int


class PublicCount(NamedTuple):
    """The figures of a book on a day; `nodes` add up to them."""

    items: int
    due: int
    done: int
    due_done: int
    overdue: int
    closed: int
    due_original: int
    kept: int
    short: int
    unknown: int
    nodes: tuple[PublicNode, ...]


class PublicLoad(NamedTuple):
    """What a lead unit had open on a day, and how much of that was overdue."""

    unit: str
    open: int
    overdue: int


class PublicBook(NamedTuple):
    """A book by its id, with its name."""

    id: str
    name: Words


class PublicWeek(NamedTuple):
    """The figures of every book on the closing day of a week; `loads` only for the latest weeks."""

    label: str
    first: date
    last: date
    counts: tuple[PublicCount, ...]
    loads: tuple[PublicLoad, ...]


class PublicLedger(NamedTuple):
    """Everything that is published of a ledger on a day.

    `books` and every `counts` are in one order; `weeks` are those that have closed, the earliest first. `items` are in
    the order of the plan. `soon` is how many days before its deadline an item counts as due soon, `update` the day on
    which the next figures are to be expected; None of a ledger that is archived.
    """

    title: Words
    day: date
    books: tuple[PublicBook, ...]
    counts: tuple[PublicCount, ...]
    items: tuple[PublicItem, ...]
    districts: tuple[str, ...]
    weeks: tuple[PublicWeek, ...]
    rules: Words
    """What the settings make of rules: which are off, so that nobody takes silence for soundness."""
    nodes: tuple[tuple[Words, date], ...]
    soon: int
    update: date | None
    ledgers: tuple[Rolled, ...] = ()
    """This ledger, those it includes, and the total of all; nothing where it includes none."""
    without: tuple[str, ...] = ()
    """The included ledgers that are not counted."""
    left_out: Words = NO_WORDS
    """That they are not."""


def public_ledger(ledger: Ledger, day: date) -> PublicLedger:
    """What is published of a ledger on a day. Withdrawn items and what is dated later are not in it."""
    settings = ledger.settings
    board = Board(ledger, day)
    weeks = _closed_weeks(ledger, day)
    books = tuple(PublicBook(book.id, book.name if any(book.name) else Words.same(book.id)) for book in settings.books)
    latest = {week.last for week in weeks[-MAPPED_WEEKS:]}
    counts: dict[date, tuple[PublicCount, ...]] = {}
    loads: dict[date, tuple[PublicLoad, ...]] = {}
    for tally in _tallies(ledger, [*(week.last for week in weeks), day]):
        counts[tally.day] = tuple(_public_count(tally.books[book.id], settings) for book in books)
        if tally.day in latest:
            loads[tally.day] = tally.loads()
    nodes = ((node.name if any(node.name) else Words.same(node.id), node.date) for node in settings.time_nodes)
    return PublicLedger(
        settings.title,
        day,
        books,
        counts[day],
        tuple(map(public_item, in_plan_order(board.standings, settings))),
        tuple(sorted(districts(settings))),
        tuple(
            PublicWeek(week.label, week.first, week.last, counts[week.last], loads.get(week.last, ())) for week in weeks
        ),
        tuned_rules(settings),
        tuple(nodes),
        settings.warning.due_soon_days,
        None if settings.archived else days_after(week_of(days_after(day, 1), settings.week.closes).last, 1),
        tuple(rolled(board, looked_at_below(board))) if ledger.includes else (),
        ledger.without,
        ledger.left_out,
    )


def public_item(standing: Standing) -> PublicItem:
    """An item as the public sees it."""
    item, day = standing.item, standing.board.day
    shown = [_public_event(entry, standing) for entry in standing.course.entries if _is_public(entry)]
    is_overdue = standing.schedule == "overdue"
    deadline, original = standing.deadline, standing.original
    missed = set(standing.missed) if standing.stages else set()
    return PublicItem(
        item.id,
        item.book,
        item.under,
        disclosed(standing),
        standing.is_done,
        is_overdue,
        tuple(reversed(shown)),
        bool(standing.short),
        standing.light == "grey",
        standing.is_due_soon,
        (day - deadline).days if is_overdue and deadline else 0,
        (day - original).days if is_overdue and original and original != deadline and original < day else 0,
        item.start or item.added or standing.board.ledger.settings.start,
        standing.course.done_on,
        tuple(_public_stage(standing, stage, stage in missed) for stage in standing.stages),
        tuple(dict.fromkeys(id_ for _, ids in item.links for id_ in ids)),
    )


def _public_stage(standing: Standing, stage: Stage, is_missed: bool) -> PublicStage:
    target = stage.target
    is_short = stage.reported is not None and target is not None and target.goal is not None
    return PublicStage(
        stage.name,
        stage.due,
        stage.met_on,
        is_missed,
        is_short and target is not None and not standing.is_met(target),
    )


def _is_public(entry: Entry) -> bool:
    return entry.event in CHANGES or (entry.event in HISTORY_EVENTS and bool(entry.text))


def _public_event(entry: Entry, standing: Standing) -> PublicEvent:
    label, more = EVENTS[entry.event].label, _said(entry, standing)
    words = Words("{event}：{more}", "{event}: {more}").fill(event=label, more=more) if any(more) else label
    return PublicEvent(entry.date, entry.event, words, entry.text)


def _said(entry: Entry, standing: Standing) -> Words:
    """What an event is about, as far as that is public: a milestone, a closing step, an outcome, a new deadline."""
    if entry.event == "milestone":
        stage = next((stage for stage in standing.stages if stage.key == entry.key), None)
        return stage.name if stage else NO_WORDS
    if entry.event == "step":
        return CLOSING_STEPS.get(entry.key, NO_WORDS)
    if entry.event == "lookback":
        return LOOKBACK_RESULTS.get(entry.key, NO_WORDS)
    if entry.event in ("extend", "reopen") and entry.until_day:
        return Words("时限 {day}", "deadline {day}").fill(day=entry.until_day)
    return NO_WORDS


def _closed_weeks(ledger: Ledger, day: date) -> list[ReportingWeek]:
    """The weeks that have closed on `day` since the first entry, the earliest first: of those before nobody knows how
    anything stood."""
    begin, entered = ledger.first_entry, first_day(ledger)
    if begin is None or entered is None or day.toordinal() <= 14:
        return []

    def back() -> Iterator[ReportingWeek]:
        week = last_closed_week(day, ledger.settings.week.closes)
        for _ in range(MOST_WEEKS):
            if week.last < max(begin, entered) or week.first.toordinal() <= 14:
                return
            yield week
            week = last_closed_week(week.before, ledger.settings.week.closes)

    return list(back())[::-1]


class _Tally(NamedTuple):
    """What is counted on a day: the figures of each book by their paths, and what lead units have open."""

    day: date
    books: dict[str, Counter[str]]
    units: Counter[tuple[str, str]]

    def loads(self) -> tuple[PublicLoad, ...]:
        """The units that have anything open."""
        units = sorted(unit for (unit, kind), number in self.units.items() if kind == "open" and number)
        return tuple(PublicLoad(unit, self.units[unit, "open"], self.units[unit, "overdue"]) for unit in units)


_Share = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
"""The paths of figures in which an item counts, and what it adds to its lead unit."""


def _tallies(ledger: Ledger, days: list[date]) -> Iterator[_Tally]:
    """The figures of each of these days, the earliest first, by the one table of figures.

    Progress and slip are not published and not worked out: with them this would take half as long again. One tally is
    kept up to date from day to day, so whoever wants to keep its numbers takes them at once.
    """
    board = MovingBoard(ledger, days, without_progress=True)
    books: dict[str, Counter[str]] = {book.id: Counter() for book in ledger.settings.books}
    units: Counter[tuple[str, str]] = Counter()
    known: list[_Share] = [((), ())] * len(ledger.items)
    for day in board.days:
        for number in board.go():
            standing = board.judged[number].standing
            before, now = known[number], _share(standing)
            if now != before:
                counts = books[standing.plan.book]
                counts.subtract(before[0])
                counts.update(now[0])
                units.subtract(before[1])
                units.update(now[1])
                known[number] = now
        yield _Tally(day, books, units)


def _share(standing: Standing) -> _Share:
    if not standing.exists:
        return (), ()
    one = traits(standing)
    found = paths(one)
    if one.light == "grey":
        found = (*found, f"grey.{one.node}")
    if one.is_done:
        return found, ()
    unit = standing.item.lead
    unit = "" if unit == UNSTATED else standing.board.present.get(unit, unit)
    load = ((unit, "open"), (unit, "overdue")) if one.schedule == "overdue" else ((unit, "open"),)
    return found, load


def _public_count(counts: Counter[str], settings: Settings) -> PublicCount:
    named = [*settings.time_nodes, TimeNode(LATER, date.max, node_name(LATER, ()))]
    nodes = [
        PublicNode(
            node.name if any(node.name) else Words.same(node.id),
            None if node.id == LATER else node.date,
            counts[f"time_nodes.{node.id}.due"],
            counts[f"time_nodes.{node.id}.done"],
            counts[f"time_nodes.{node.id}.overdue"],
            counts[f"time_nodes.{node.id}.short"],
            counts[f"grey.{node.id}"],
        )
        for node in named
        if counts[f"time_nodes.{node.id}.due"] or node.id != LATER
    ]
    if counts["undated"]:
        short = counts["short"] - sum(node.short for node in nodes)
        name = Words("无日期", "no date")
        nodes.append(PublicNode(name, None, counts["undated"], counts["undated_done"], 0, short, counts["grey."]))
    figures = {name: counts[key] for name, key in _FIGURES.items()}
    return PublicCount(nodes=tuple(nodes), **figures)


_FIGURES = {
    "items": "total",
    **{key: key for key in ("due", "done", "due_done", "overdue", "closed", "due_original", "kept", "short")},
    "unknown": "grey",
}
"""The published figures by the names they bear here, with their keys in the table of figures."""


def public_names(public: PublicLedger) -> list[str]:
    """Every name that is published beside the texts of items: of the ledger, books, time nodes, units and measures."""
    found = {*public.title, *public.districts}
    for book, counted in zip(public.books, public.counts, strict=True):
        found.update(book.name, *(node.name for node in counted.nodes))
    for item in public.items:
        duty = item.six.responsibility
        found.update((duty.lead,), duty.responsible, duty.cooperating)
        found.update(reading.unit for reading in item.six.result.readings)
        found.update(target.unit for target in item.six.result.unread)
    return sorted(found)
