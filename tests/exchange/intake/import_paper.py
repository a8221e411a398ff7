"""Sheets on paper, and what they mean for a ledger on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ledger.exchange.intake.result import Import
from ledger.exchange.intake.row import Terms
from ledger.exchange.intake.tables import Request, imported
from ledger.exchange.intake.vocabulary import Mapped
from ledger.exchange.intake.write import import_changes
from ledger.exchange.sheet.sheet import EMPTY, Cell, Sheet, Sheets
from ledger.model.ledger import Ledger
from ledger.storage.ledger import Overlay
from tests import paper

TODAY = date(2018, 1, 8)


def sheet(*rows: Sequence[object], name: str = "台账", hidden: bool = False, merged: Sequence[Any] = ()) -> Sheet:
    """A sheet of these rows: a text, None for nothing, or a `Cell`."""
    made = []
    for number, row in enumerate(rows, 1):
        cells = [
            one if isinstance(one, Cell) else Cell(str(one), "text") if one not in (None, "") else EMPTY for one in row
        ]
        while cells and cells[-1] is EMPTY:
            cells.pop()
        if cells:
            made.append((number, cells))
    return Sheet(name, made, [], hidden, tuple(merged))


def meaning(
    ledger: Ledger, *sheets: Sheet, book: str = "", journal: bool = False, clear: bool = False, guarded: bool = False,
    mapped: Mapping[str, Mapped] = {},
) -> Import:  # fmt: skip
    """What the sheets mean for the ledger."""
    request = Request(book, journal, mapped, Terms(clear, guarded, TODAY))
    return imported(Sheets(Path("a.xlsx"), list(sheets), {}), ledger, request)


def written(texts: Mapping[str, str | bytes], found: Import, ledger: Ledger, writer: str = "office") -> dict[str, str]:
    """The files of the ledger after an import, those that changed."""
    changes = import_changes(paper.Memory(dict(texts)), ledger, found, writer)
    return {change.path: change.after.decode() for change in changes}


def after(texts: Mapping[str, str | bytes], found: Import, ledger: Ledger) -> Ledger:
    """The ledger that reads the files after an import."""
    files = paper.Memory(dict(texts))
    changes = import_changes(files, ledger, found, "office")
    from ledger.storage.ledger import read_ledger

    return read_ledger(Overlay(files, {change.path: change.after for change in changes}))


def told(found: Import) -> list[tuple[int, int, str]]:
    """Row, column and reason of every rejection, in English."""
    return [(one.spot.row, one.spot.column, one.message.en) for one in found.rejected]


def changes(found: Import) -> list[tuple[str, str, str, str]]:
    """Item, field, before and after of every change."""
    return [
        (item.id, change.name, change.before, change.after)
        for read in found.reads for item in read.changed for change in item.changes
    ]  # fmt: skip
