"""Everything that is made public beyond the six fields: the one allow-list that a public page is built from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ledger.chart.axis import Axis, axis_over
from ledger.chart.burnup import BurnBook, BurnPoint, BurnUp, DuePoint
from ledger.model.entry import CLOSING_STEPS, EVENTS, LOOKBACK_RESULTS, Entry
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek, last_closed_week
from ledger.model.setting import LATER
from ledger.model.words import NO_WORDS, Words
from ledger.report.period import first_day
from ledger.rule.registry import tuned_rules
from ledger.state.board import Board, Standing
from ledger.state.disclosure import RESULT_EVENTS, Disclosed, disclosed
from ledger.state.figure.count import Count
from ledger.state.figure.many_days import counts_on
from ledger.state.figure.unit_table import districts
from ledger.state.order import in_plan_order

HISTORY_EVENTS = RESULT_EVENTS | {"extend"}
"""Events of the public history. Troubles, orders, forecasts, amendments and what was taken back are not in it."""

CHANGES = frozenset({"milestone", "done", "step", "close", "lookback", "reopen", "extend"})
"""Events that change how an item stands. They are public also without words; the others only tell what was said."""

MOST_WEEKS = 520
"""Weeks that the archive goes back: ten years."""


class PublicEvent(NamedTuple):
    """One line of an item's public history: the day, the kind of event, what it is in words, and the public text."""

    day: date
    kind: str
    words: Words
    text: str


class PublicItem(NamedTuple):
    """One item as the public sees it: its address, the six fields, and its public history, the latest first."""

    id: str
    book: str
    under: str
    six: Disclosed
    is_done: bool
    is_overdue: bool
    history: tuple[PublicEvent, ...]


class PublicNode(NamedTuple):
    """The items of a book that fall due at a time node; `date` is None for `later` and for those without a date."""

    name: Words
    date: date | None
    items: int
    done: int
    overdue: int


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
    nodes: tuple[PublicNode, ...]


class PublicBook(NamedTuple):
    """A book by its id, with its name."""

    id: str
    name: Words


class PublicWeek(NamedTuple):
    """The figures of every book on the closing day of a week."""

    label: str
    first: date
    last: date
    counts: tuple[PublicCount, ...]


class PublicLedger(NamedTuple):
    """Everything that is published of a ledger on a day.

    `books` and every `counts` are in one order; `weeks` are those that have closed, the earliest first. `items` are in
    the order of the plan.
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


def public_ledger(ledger: Ledger, day: date) -> PublicLedger:
    """What is published of a ledger on a day. Withdrawn items and what is dated later are not in it."""
    settings = ledger.settings
    board = Board(ledger, day)
    weeks = _closed_weeks(ledger, day)
    counted = {found.day: found.books for found in counts_on(ledger, [*(week.last for week in weeks), day])}
    books = tuple(PublicBook(book.id, book.name if any(book.name) else Words.same(book.id)) for book in settings.books)

    def counts(on: date) -> tuple[PublicCount, ...]:
        return tuple(_public_count(counted[on][book.id]) for book in books)

    return PublicLedger(
        settings.title,
        day,
        books,
        counts(day),
        tuple(map(public_item, in_plan_order(board.standings, settings))),
        tuple(sorted(districts(settings))),
        tuple(PublicWeek(week.label, week.first, week.last, counts(week.last)) for week in weeks),
        tuned_rules(settings),
    )


def public_item(standing: Standing) -> PublicItem:
    """An item as the public sees it."""
    item = standing.item
    shown = [_public_event(entry, standing) for entry in standing.course.entries if _is_public(entry)]
    return PublicItem(
        item.id,
        item.book,
        item.under,
        disclosed(standing),
        standing.is_done,
        standing.schedule == "overdue",
        tuple(reversed(shown)),
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


def _public_count(counted: Count) -> PublicCount:
    figures = counted.figures
    nodes = [
        PublicNode(node.name, node.date, node.due, node.done, node.overdue)
        for node in counted.time_nodes
        if node.due or node.id != LATER
    ]
    if figures["undated"]:
        undated = Words("无日期", "no date")
        nodes.append(PublicNode(undated, None, figures["undated"], figures["undated_done"], 0))
    return PublicCount(
        figures["total"],
        figures["due"],
        figures["done"],
        figures["due_done"],
        figures["overdue"],
        figures["closed"],
        figures["due_original"],
        figures["kept"],
        tuple(nodes),
    )


def public_names(public: PublicLedger) -> list[str]:
    """Every name that is published beside the texts of items: of the ledger, books, time nodes, units and measures."""
    found = {*public.title, *public.districts}
    for book, counted in zip(public.books, public.counts, strict=True):
        found.update(book.name, *(node.name for node in counted.nodes))
    for item in public.items:
        duty = item.six.responsibility
        found.update((duty.lead,), duty.responsible, duty.cooperating)
        found.update(reading.unit for reading in item.six.result.readings)
    return sorted(found)


_MOST_WEEKS = 200
"""Points of a curve: of more weeks only some are drawn."""


def public_curve(ledger: Ledger, public: PublicLedger) -> BurnUp | None:
    """The burn-up of the weeks in the archive up to the day, without the marks of claims; None without any item.

    Figures and deadlines are those of `public`; `ledger` gives the names of books and time nodes.
    """
    if not public.items:
        return None
    nodes = ledger.settings.time_nodes
    deadlines = [item.six.deadline.day for item in public.items if item.six.deadline.day is not None]
    begin = public.weeks[0].last if public.weeks else public.day
    axis = axis_over(deadlines, [begin, public.day, *(node.date for node in nodes)])
    books = tuple(
        BurnBook(
            book,
            _points(public, number, axis),
            _ahead(own, public.counts[number], public.day, axis),
            (),
            sum(day > axis.last for day in own),
            sum(item.six.deadline.day is None for item in public.items if item.book == book.id),
        )
        for number, book in enumerate(ledger.settings.books)
        if public.counts[number].items
        for own in [_deadlines(public, book.id)]
    )
    return BurnUp(ledger, public.day, axis, nodes, books, "")


def _deadlines(public: PublicLedger, book: str) -> list[date]:
    found = [item.six.deadline.day for item in public.items if item.book == book]
    return [day for day in found if day is not None]


def _points(public: PublicLedger, number: int, axis: Axis) -> tuple[BurnPoint, ...]:
    """The figures of a book at the end of each week and on the day."""
    step = -(-len(public.weeks) // _MOST_WEEKS) or 1
    weeks = [week for week in public.weeks[::-step][::-1] if axis.first <= week.last < public.day]
    counted = [*((week.last, week.counts[number]) for week in weeks), (public.day, public.counts[number])]
    return tuple(BurnPoint(day, count.items, count.due, count.done) for day, count in counted)


def _ahead(deadlines: list[date], counted: PublicCount, today: date, axis: Axis) -> tuple[DuePoint, ...]:
    """How many will be due from each deadline to come."""
    coming = sorted(day for day in deadlines if today < day <= axis.last)
    due = {day: counted.due + number for number, day in enumerate(coming, 1)}
    return tuple(DuePoint(day, number) for day, number in due.items())
