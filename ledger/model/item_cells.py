"""An item as the cells of a table, by the names that the columns of a CSV book bear."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from ledger.model.field import MILESTONE, TARGET, Field
from ledger.model.item import Item
from ledger.model.number import plain
from ledger.model.value import joined
from ledger.model.words import Words


def item_cells(item: Item, fields: Iterable[Field]) -> dict[str, str]:
    """The text of every field by the name of its column: `due`, `title.zh`, `targets.started.goal`; empty for none."""
    cells: dict[str, str] = {}
    for field in fields:
        if field.kind == "records":
            for record in getattr(item, field.slot):
                inner = TARGET if field.name == "targets" else MILESTONE
                for own in inner:
                    cells.update(value_cells(f"{field.name}.{record.key}.{own.name}", getattr(record, own.slot)))
        elif field.kind == "tags":
            for name in dict.fromkeys((*field.choices, *(name for name, _ in item.tags))):
                cells.update(value_cells(f"tags.{name}", item.tagged(name)))
        elif hasattr(item, field.slot):
            cells.update(value_cells(field.name, getattr(item, field.slot)))
        else:
            cells.update(value_cells(field.name, item.linked(field.name)))
    if item.weight == 1:
        cells["weight"] = ""
    return cells


def value_cells(name: str, value: object) -> dict[str, str]:
    """A value as the cell of its column; words in two languages as two columns."""
    if value is None:
        return {name: ""}
    if isinstance(value, Words):
        if value.zh == value.en or not (value.zh and value.en):
            return {name: value.zh or value.en}
        return {f"{name}.zh": value.zh, f"{name}.en": value.en}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        if any(isinstance(part, Words) and part.zh != part.en for part in value):
            return {f"{name}.{tongue}": joined(getattr(part, tongue) for part in value) for tongue in ("zh", "en")}
        return {name: joined(part.zh if isinstance(part, Words) else str(part) for part in value)}
    if isinstance(value, Fraction):
        return {name: plain(value)}
    return {name: value.isoformat() if isinstance(value, date) else str(value)}
