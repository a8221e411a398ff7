"""The pictures of the public site: the wall chart, and the curve of done and due over the weeks of the archive.

On the wall chart each item is a bar from when to when it runs, in a row that is also a link; the curve goes without the
marks of claims.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ledger.chart.burnup import BurnBook, BurnPoint, BurnUp, DuePoint, told_days
from ledger.chart.burnup_drawing import NARROW, burnup_drawing
from ledger.chart.drawing import in_language
from ledger.chart.frame import Axis, axis_over, ticks
from ledger.chart.svg import svg
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.words import Words, counted
from ledger.site.listing import Site, deadline_text, rank, state_text, tone
from ledger.site.page import Cell, Column, Link, Page, Row, Sentence, Table, clipped, paged
from ledger.site.public import PublicCount, PublicItem, PublicLedger
from ledger.state.course import voided

_FOLDED = 100
"""A chart of more items than these leaves out those that are done and met their targets."""

WALL = Words("挂图", "Wall chart")
_LEGEND = Words(
    "条从开始到现行时限；浅色的一段是推后的；红色的一段是逾期至今；空心的是进展不明的。圆点是阶段目标：实心已达到，"
    "黄色报告达到而指标没有达到，空心还没有到期，带叉的没有按时达到。方块是完成之日。虚线是时间节点，实线是截至日。",
    "A bar runs from start to deadline in force; its pale part was added by extensions; the red part is overdue "
    "until now; a hollow one is of an item of which nobody knows how it stands. Dots are milestones: full if met, "
    "yellow if reported as met while the figure falls short, hollow if still to come, crossed if missed. A square is "
    "the day it was done. Dashed lines are time nodes, the full line is the day of the figures.",
)


class Scale(NamedTuple):
    """The days of a chart, with those that go through all of it."""

    axis: Axis
    day: date
    nodes: tuple[date, ...]

    def at(self, day: date) -> str:
        """Where a day lies, in percent of the width."""
        return f"{self.axis.place(day) * 100:.1f}%"

    def lines(self) -> str:
        """The lines of time nodes and of the day."""
        nodes = "".join(_line("n", self.at(day)) for day in self.nodes if self.axis.holds(day))
        return nodes + _line("t", self.at(self.day))


def wall_pages(site: Site) -> list[Page]:
    """The wall chart, what matters first."""
    public = site.public
    items = sorted(public.items, key=rank)
    is_folded = len(items) > _FOLDED
    shown = [item for item in items if not is_folded or not item.is_done or item.is_short]
    told = [Words("截至 {day}，{n} 项。", "As of {day}, {n}.").fill(day=public.day, n=counted(len(shown), "item"))]
    pieces: list[Words | Link] = list(told)
    if is_folded:
        done = Words("已完成的 {n} 项另列", "{n} items that are done stand in a list of their own")
        pieces += [Link(done.fill(n=len(items) - len(shown)), "done.html"), Words("。", ".")]
    scale = scale_of(public, shown)
    lines = scale.lines()
    table = Table(
        WALL,
        (
            Column(Words("编号", "id")),
            Column(Words("整改任务", "task"), "long"),
            Column(Words("时限", "deadline"), "when"),
            Column(Words("状态", "state"), "how"),
            Column(Words("从开始到时限", "from start to deadline"), "bars", _days(scale)),
        ),
        [_row(site, item, scale, lines) for item in shown],
        "cards wall",
        Words("台账里没有事项", "There are no items."),
        is_sortable=False,
    )
    page = Page("wall.html", WALL, (Sentence(tuple(pieces), "day"),))
    return paged(page, [table], [Sentence((_LEGEND,), "note")] if shown else [])


def scale_of(public: PublicLedger, items: Sequence[PublicItem]) -> Scale:
    """The scale on which all these items are seen."""
    days = [day for item in items for day in (item.start, item.six.deadline.day) if day is not None]
    nodes = tuple(day for _, day in public.nodes)
    return Scale(axis_over([*days, public.day], [public.day, *nodes]), public.day, nodes)


def _row(site: Site, item: PublicItem, scale: Scale, lines: str) -> Row:
    return Row((
        Cell(item.id),
        Cell(clipped(item.six.task or item.id, 60), link=site.item_path(item.id)),
        Cell(deadline_text(item)),
        Cell(state_text(item), tone(item)),
        Cell("", drawing=_bar(item, scale, lines)),
    ))  # fmt: skip


def _bar(item: PublicItem, scale: Scale, lines: str) -> str:
    """The bar of an item. The row says in words what it shows, so that it is hidden from who hears the page."""
    start, deadline, original = item.start, item.six.deadline.day, item.six.deadline.original
    marks = [lines]
    if start is not None and deadline is not None:
        first = min(original, deadline) if original else deadline
        kind = "u" if item.is_unknown else "g" if item.is_done and not item.is_short else "p"
        marks.append(_box(kind, scale, start, first))
        if original and original < deadline:
            marks.append(_box("x", scale, original, deadline))
        if item.is_overdue:
            marks.append(_box("o", scale, deadline, scale.day))
    for stage in item.stages:
        at = scale.at(stage.due)
        kind = "s" if stage.is_short else "m" if stage.met_on else "q"
        marks.append(f'<circle class="{kind}" cx="{at}" cy="9" r="4"/>')
        if stage.is_missed:
            marks.append(f'<text class="k" x="{at}" y="12.5">×</text>')
    if item.done_on is not None:
        marks.append(f'<rect class="d" x="{scale.at(item.done_on)}" y="4" width="7" height="10"/>')
    return f'<svg class="bar" aria-hidden="true" width="100%" height="18">{"".join(marks)}</svg>'


def _box(kind: str, scale: Scale, first: date, last: date) -> str:
    left, right = sorted((scale.axis.place(first), scale.axis.place(last)))
    wide = max((right - left) * 100, 0.3)
    return f'<rect class="{kind}" x="{left * 100:.1f}%" y="5" width="{wide:.1f}%" height="8"/>'


def _line(kind: str, at: str) -> str:
    return f'<line class="{kind}" x1="{at}" x2="{at}" y1="0" y2="18"/>'


def _days(scale: Scale) -> str:
    """The days above the bars."""
    names = "".join(
        f'<text x="{scale.at(tick.day)}" y="12">{tick.text}</text>'
        for tick in ticks(scale.axis, 6)
        if scale.axis.place(tick.day) < 0.93
    )
    return f'<svg class="bar days" aria-hidden="true" width="100%" height="16">{names}</svg>'


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
