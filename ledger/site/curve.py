"""The curve of the public site: done and due over the weeks of the archive, without the marks of claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.chart.axis import Axis, axis_over
from ledger.chart.burnup import BurnBook, BurnPoint, BurnUp, DuePoint, told_days
from ledger.chart.burnup_drawing import NARROW, burnup_drawing
from ledger.chart.drawing import in_language
from ledger.chart.svg import svg
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.site.public import PublicCount, PublicItem, PublicLedger
from ledger.state.course import voided


class Curve(NamedTuple):
    """The curve as SVG in both languages: as part of a page, of one on a telephone, and as a file of its own."""

    inside: Words
    narrow: Words
    file: Words


def curve_of(ledger: Ledger, public: PublicLedger) -> Curve | None:
    """The curve; None without any item."""
    found = public_curve(ledger, public)
    if found is None:
        return None
    drawn = burnup_drawing(found)
    drawings = [in_language(drawn, lang) for lang in ("zh", "en")]
    slim = burnup_drawing(found, wide=NARROW)
    narrow = Words(*(svg(in_language(slim, lang), inside=True) for lang in ("zh", "en")))
    inside = Words(*(svg(drawing, inside=True) for drawing in drawings))
    return Curve(inside, narrow, Words(*map(svg, drawings)))


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
            sum(item.six.deadline.day is None for item in mine),
            sum(item.is_overdue for item in mine),
            sum(item.is_short for item in mine),
            *told_days(_told(ledger, mine, public.day), public.day),
        )
        for number, book in enumerate(ledger.settings.books)
        if public.counts[number].items
        for own in [_deadlines(public, book.id)]
        for mine in [[item for item in public.items if item.book == book.id]]
    )
    return BurnUp(ledger, public.day, axis, nodes, books, "")


def _told(ledger: Ledger, items: list[PublicItem], day: date) -> Iterator[date]:
    """The days of all entries about these items that count; what they say is not looked at."""
    for item in items:
        own = ledger.journal.get(item.id, ())
        gone = voided(own)
        yield from (entry.date for entry in own if entry.date <= day and entry not in gone)


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
