"""Supervision orders as tables: which run and for how long, and what ended the others."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.figure.supervision import Order, Supervision
from ledger.format.cell import code_cell, day_cell, number_cell
from ledger.format.document import Block, Column, Heading, Table, Typed
from ledger.format.phrase import DASH
from ledger.model.entry import EVENTS, SUPERVISION_KINDS
from ledger.model.words import Words
from ledger.render.report_column import TITLES, column, item_cells


def supervision_blocks(found: Supervision, lang: str) -> list[Block]:
    """The items under supervision, and the orders that ended since the day of `found.since` (None: ever)."""
    title = Words("在督事项（{n}）", "Under supervision ({n})").fill(n=len(found.open))
    return [
        Heading(title.pick(lang), 2, "supervision"),
        open_orders(found.open, lang),
        ended_orders(found.ended, lang),
    ]


def open_orders(orders: Sequence[Order], lang: str) -> Table:
    """The orders that run, the longest first."""
    titles = (
        *_order_columns(lang),
        column("until", lang, Words("督办时限", "until")),
        column("over", lang, Words("超期", "over"), right=True),
    )
    rows = [
        [*_order_cells(order, lang), day_cell(order.until), number_cell(order.over or None, "red")] for order in orders
    ]
    empty = Words("没有在督事项。", "Nothing is under supervision.").pick(lang)
    return Table(titles, rows, "supervision", empty=empty)


def ended_orders(orders: Sequence[Order], lang: str) -> Table:
    """The orders that ended, the last first, and what ended them. Without any, people see nothing of the table."""
    titles = (
        *_order_columns(lang),
        column("ended", lang, Words("结束", "ended")),
        column("ended_by", lang, Words("因何", "through"), least=8),
    )
    rows = [[*_order_cells(order, lang), *_end_cells(order, lang)] for order in orders]
    title = Words("已结束的督办（{n}）", "Orders that ended ({n})").fill(n=len(rows))
    return Table(titles, rows, "supervision_ended", title.pick(lang))


def _order_columns(lang: str) -> list[Column]:
    return [
        column("item", lang),
        # Narrower than elsewhere: nine columns should stand side by side in a terminal of 80.
        column("title", lang, TITLES["title"], least=8),
        column("lead", lang, TITLES["lead"], least=6),
        column("kind", lang, Words("督办", "order"), least=4),
        column("doc", lang, TITLES["doc"], least=6),
        column("since", lang, Words("自", "since")),
        column("days", lang, Words("天数", "days"), right=True),
    ]


def _order_cells(order: Order, lang: str) -> list[str]:
    kind = SUPERVISION_KINDS.get(order.entry.key, Words.same(order.entry.key))
    return [
        *item_cells(order.standing, lang),
        code_cell(kind.pick(lang), order.entry.key),
        order.entry.doc or Typed(DASH, None),
        day_cell(order.entry.date),
        number_cell(order.running),
    ]


def _end_cells(order: Order, lang: str) -> list[str]:
    """The day of the entry that ended it, and its event, unit and document."""
    end = order.ended
    if end is None:
        return [day_cell(None), Typed(DASH, None)]
    doc = end.doc if end.doc != order.entry.doc else ""
    said = " ".join(filter(None, (EVENTS[end.event].label.pick(lang), end.by, doc)))
    return [day_cell(end.date), Typed(said, end.event)]
