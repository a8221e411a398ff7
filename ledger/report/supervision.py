"""The list of what is under supervision (挂牌督办): which orders run, for how long, and what ended the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ledger.format.cell import code_cell, day_cell, number_cell
from ledger.format.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    Text,
    Typed,
    painted,
    typed,
)
from ledger.format.phrase import DASH
from ledger.model.entry import EVENTS, LISTED_KINDS, SUPERVISION_KINDS, Entry
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek
from ledger.model.record import NamedTuple
from ledger.model.words import ITEMIZED, Words, some
from ledger.report.part.head import TITLES, column, head_on, item_cells, numbered, period_facts
from ledger.state.board import Board, Standing
from ledger.state.course import lifts
from ledger.state.order import in_plan_order


class Order(NamedTuple):
    """One order on one item. `ended` is the entry that ended it: a `lift`, or the `withdraw` of its item.

    `running` counts the days from the order's date to its end, or to the day judged; `over` the days past its own
    deadline by then, 0 if it has none or that has not passed.
    """

    standing: Standing
    entry: Entry
    ended: Entry | None
    running: int
    over: int

    @property
    def until(self) -> date | None:
        """The deadline that the order sets."""
        return self.entry.until_day

    @property
    def known(self) -> date:
        """The first day on which the list tells of it: its own date, or the day on which its item was added."""
        added = self.standing.item.added or self.standing.board.ledger.settings.start
        return max(self.entry.date, added) if added else self.entry.date

    @property
    def is_open(self) -> bool:
        """Neither lifted nor gone with its item."""
        return self.ended is None


class Supervision(NamedTuple):
    """The orders open on a day, the longest running first, and those that ended after `since`, the last ended first."""

    day: date
    since: date | None
    open: tuple[Order, ...]
    ended: tuple[Order, ...]

    @property
    def given(self) -> tuple[Order, ...]:
        """The orders dated after `since`, or on items that entered the ledger after it; all of them without it."""
        orders = [*self.open, *self.ended]
        new = [order for order in orders if self.since is None or order.known > self.since]
        return tuple(sorted(new, key=lambda order: order.entry.date))

    @property
    def overdue(self) -> tuple[Order, ...]:
        """The open orders past their own deadline."""
        return tuple(order for order in self.open if order.over)


def supervision(board: Board, since: date | None = None) -> Supervision:
    """The orders on the board's day; `since` is the end of the period before, None for everything that ever ended."""
    everything = in_plan_order(board.everything, board.ledger.settings)
    orders = [order for standing in everything if standing.is_added for order in orders_of(standing)]
    ended = [(order.ended.date, order) for order in orders if order.ended and (not since or order.ended.date > since)]
    return Supervision(
        board.day,
        since,
        tuple(sorted((order for order in orders if order.is_open), key=lambda order: -order.running)),
        tuple(order for _, order in sorted(ended, key=lambda pair: pair[0], reverse=True)),
    )


def orders_of(standing: Standing) -> list[Order]:
    """All orders on an item up to its board's day, in the order of their dates; letters that list nothing are none."""
    ends: dict[Entry, Entry | None] = {}
    for entry in standing.course.entries:
        if entry.event == "supervise" and entry.key in LISTED_KINDS:
            ends[entry] = None
        elif entry.event == "lift":
            for order, end in ends.items():
                if end is None and lifts(entry, order):
                    ends[order] = entry
    return [_order(standing, entry, end or standing.course.withdrawn) for entry, end in ends.items()]


def _order(standing: Standing, entry: Entry, ended: Entry | None) -> Order:
    last = ended.date if ended else standing.board.day
    until = entry.until_day
    return Order(standing, entry, ended, max((last - entry.date).days, 0), max((last - until).days, 0) if until else 0)


def supervision_blocks(found: Supervision) -> list[Block]:
    """The items under supervision, and the orders that ended since the day of `found.since` (None: ever)."""
    title = Words("在督事项（{n}）", "Under supervision ({n})").fill(n=len(found.open))
    return [
        Heading(title, 2, "supervision"),
        open_orders(found.open),
        ended_orders(found.ended),
    ]


def open_orders(orders: Sequence[Order]) -> Table:
    """The orders that run, the longest first."""
    titles = (
        *_order_columns(),
        column("until", Words("督办时限", "until")),
        column("over", Words("超期", "over"), right=True),
    )
    rows = [[*_order_cells(order), day_cell(order.until), number_cell(order.over or None, "red")] for order in orders]
    empty = Words("没有在督事项。", "Nothing is under supervision.")
    return Table(titles, rows, "supervision", empty=empty)


def ended_orders(orders: Sequence[Order]) -> Table:
    """The orders that ended, the last first, and what ended them. Without any, people see nothing of the table."""
    titles = (
        *_order_columns(),
        column("ended", Words("结束", "ended")),
        column("ended_by", Words("因何", "through"), least=8),
    )
    rows = [[*_order_cells(order), *_end_cells(order)] for order in orders]
    title = Words("已结束的督办（{n}）", "Orders that ended ({n})").fill(n=len(rows))
    return Table(titles, rows, "supervision_ended", title)


def _order_columns() -> list[Column]:
    return [
        column("item"),
        # Narrower than elsewhere: nine columns should stand side by side in a terminal of 80.
        column("title", TITLES["title"], least=8),
        column("lead", TITLES["lead"], least=6),
        column("kind", Words("督办", "order"), least=4),
        column("doc", TITLES["doc"], least=6),
        column("since", Words("自", "since")),
        column("days", Words("天数", "days"), right=True),
    ]


def _order_cells(order: Order) -> list[Text]:
    kind = SUPERVISION_KINDS.get(order.entry.key, Words.same(order.entry.key))
    return [
        *item_cells(order.standing),
        code_cell(kind, order.entry.key),
        order.entry.doc or Typed(DASH, None),
        day_cell(order.entry.date),
        number_cell(order.running),
    ]


def _end_cells(order: Order) -> list[Text]:
    """The day of the entry that ended it, and its event, unit and document."""
    end = order.ended
    if end is None:
        return [day_cell(None), Typed(DASH, None)]
    doc = end.doc if end.doc != order.entry.doc else ""
    said = Words.same(" ").join(filter(None, (EVENTS[end.event].label, end.by, doc)))
    return [day_cell(end.date), typed(said, end.event)]


def supervision_document(
    found: Supervision, ledger: Ledger, week: ReportingWeek | None, revision: str | None
) -> Document:
    """The open orders, those past their own deadline first told, and the orders that ended, with what ended them.

    With a week it is told which orders it gave, and the ended ones are those of that week, else all that ever ended.
    """
    spans = period_facts(week, "week", Words("周", "week")) if week else ()
    name = Words("督办清单", "items under supervision")
    ended = Words("本周结束的督办（{n}）", "Orders that ended in the week ({n})") if week else _ENDED
    document: Document = [
        *head_on(ledger, "supervision", name, found.day, revision, spans),
        Paragraph(_summary(found)),
        *([Paragraph(_given(found.given))] if week else []),
        *_section(Words("在督事项（{n}）", "Under supervision ({n})"), "supervision", found.open),
        open_orders(found.open),
        *_section(ended, "ended", found.ended),
        ended_orders(found.ended)._replace(title="", empty=Words("没有。", "None.")),
    ]
    return numbered(document)


_ENDED = Words("已结束的督办（{n}）", "Orders that ended ({n})")


def _section(words: Words, id_: str, orders: tuple[Order, ...]) -> list[Block]:
    return [Heading(words.fill(n=len(orders)), 2, id_)]


def _given(orders: tuple[Order, ...]) -> Text:
    """The orders given in the week: on which items, of which kind, with their document."""
    if not orders:
        return Words("本周没有新的督办。", "No order was given in the week.")
    named = []
    for order in orders:
        kind = SUPERVISION_KINDS.get(order.entry.key, Words.same(order.entry.key))
        named.append(Words.same(" ").join(filter(None, (order.standing.id, kind, order.entry.doc))))
    words = Words("本周新下 {n} 件：{names}。", "Given in the week ({n}): {names}.")
    return words.fill(n=len(orders), names=ITEMIZED.join(named))


def _summary(found: Supervision) -> Text:
    """How many orders on how many items run, of which kinds, and how many of them are past their own deadline."""
    items = len({order.standing.id for order in found.open})
    words = Words("在督 {n} 件，涉及 {m} 项{kinds}；超期 {over} 件。",
                  "{orders} on {items}{kinds}; {over} past {their} own deadline.")  # fmt: skip
    counts = Counter(order.entry.key for order in found.open)
    named = [(SUPERVISION_KINDS[key], counts[key]) for key in SUPERVISION_KINDS if counts[key]]
    kinds = Words(
        "（" + "、".join(f"{kind.zh} {n}" for kind, n in named) + "）" if named else "",
        " (" + ", ".join(f"{kind.en} {n}" for kind, n in named) + ")" if named else "",
    )
    filled = words.fill(n=len(found.open), m=items, orders=some(len(found.open), "open order"),
                        items=some(items, "item"), kinds=kinds, over=len(found.overdue),
                        their="its" if len(found.overdue) == 1 else "their")  # fmt: skip
    return painted(filled, "red" if found.overdue else "")
