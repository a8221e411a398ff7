"""What changed how items stand: the latest of it on the first page, week by week in the archive, and in the feed."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.model.words import Words
from ledger.site.listing import Site
from ledger.site.page import Cell, Column, Row, Table, clipped
from ledger.site.public import CHANGES, PublicEvent, PublicItem

Dated = tuple[PublicItem, PublicEvent]
"""An event with the item it happened to."""

_COLUMNS = (
    Column(Words("日期", "date")),
    Column(Words("事项", "item"), "long"),
    Column(Words("变化", "change"), "how"),
)


def changes(items: Iterable[PublicItem]) -> list[Dated]:
    """Everything that changed how an item stands, the latest first."""
    found = [(item, event) for item in items for event in item.history if event.kind in CHANGES]
    found.sort(key=lambda pair: pair[1].day, reverse=True)
    return found


def changed_table(site: Site, happened: Iterable[Dated], caption: Words, empty: Words | str = "") -> Table:
    """These changes as a table, each with the link to its item."""
    rows = [
        Row(
            (
                Cell(event.day.isoformat()),
                Cell(clipped(item.id + " " + item.six.task, 120), link=site.item_path(item.id)),
                Cell(event.words),
            )
        )
        for item, event in happened
    ]
    return Table(caption, _COLUMNS, rows, "cards", empty)
