"""The wall chart of the public site: from when to when each item runs, as a bar in a row that is also a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.chart.axis import Axis, axis_over, ticks
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.site.listing import Site, deadline_text, rank, state_text, tone
from ledger.site.page import Cell, Column, Link, Page, Row, Sentence, Table, clipped, paged
from ledger.site.public import PublicItem, PublicLedger

_FOLDED = 100
"""A chart of more items than these leaves out those that are done and met their targets."""

NAME = Words("挂图", "Wall chart")
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
    told = [Words("截至 {day}，{n} 项。", "As of {day}, {n} items.").fill(day=public.day, n=len(shown))]
    pieces: list[Words | Link] = list(told)
    if is_folded:
        done = Words("已完成的 {n} 项另列", "{n} items that are done stand in a list of their own")
        pieces += [Link(done.fill(n=len(items) - len(shown)), "done.html"), Words("。", ".")]
    scale = scale_of(public, shown)
    lines = scale.lines()
    table = Table(
        NAME,
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
    page = Page("wall.html", NAME, (Sentence(tuple(pieces), "day"),))
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
