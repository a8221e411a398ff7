"""The deadline of an item: as the plan has it, and moved by its journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.model.day import days_after
from ledger.model.entry import Entry
from ledger.model.item import IMMEDIATE, Item
from ledger.model.setting import LATER, Settings, TimeNode


def original_deadline(item: Item, settings: Settings) -> date | None:
    """The day by which the plan wants the item done; None where it names no day."""
    if isinstance(item.due, date):
        return item.due
    added = item.added or settings.start
    if item.due == IMMEDIATE and added is not None:
        return days_after(added, settings.warning.immediate_days)
    return None


def moved_deadline(item: Item, settings: Settings, moves: Sequence[Entry]) -> date | None:
    """The deadline after extensions and reopenings, of which the last one counts."""
    return moves[-1].until_day if moves else original_deadline(item, settings)


def node_of(deadline: date | None, nodes: Sequence[TimeNode]) -> str:
    """The id of the time node a deadline belongs to; `later` beyond the last, an empty text without a deadline."""
    if deadline is None:
        return ""
    return next((node.id for node in nodes if deadline <= node.date), LATER)
