"""Items as a workbook: the columns of the CSV list with real dates and numbers, drop-down lists and coloured lights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.figure.board import Standing
from ledger.model.item import UNSTATED
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.render.item_table import NOW, ItemColumn, item_table
from ledger.render.table_workbook import require_short, sheet_column, sheet_value
from ledger.render.workbook import Cell, SheetPage
from ledger.render.workbook_bytes import workbook_bytes

_SPARE = 200
"""How many rows below the last item offer the drop-down lists for new ones."""


def list_workbook(standings: Sequence[Standing], settings: Settings, day: date, lang: str) -> bytes:
    """One sheet, an item a row, the names of fields on top. Raises `MissingExtra` and `TooLarge`."""
    table = item_table(standings, settings, lang)
    units = [*(unit.name for unit in settings.units), UNSTATED] if settings.units else []
    columns = [
        sheet_column(column.name, column.field, [row.get(column.name, "") for row in table.rows], lang, units)
        for column in table.columns
    ]
    # What is derived is not chosen.
    columns = [column._replace(choices=()) if column.title.startswith(NOW) else column for column in columns]
    rows = [[_cell(row, column) for column in table.columns] for row in table.rows]
    fixed = 1 if table.columns and table.columns[0].name == "id" else 0
    page = SheetPage(
        _sheet_name(standings, settings, lang), columns, rows, filtered=True, spare=_SPARE, fixed=fixed, sparse=True
    )
    title = Words("{title}  截至 {day}", "{title}  as of {day}").fill(title=settings.title, day=day).pick(lang)
    return workbook_bytes([page], properties={"title": title})


def _sheet_name(standings: Sequence[Standing], settings: Settings, lang: str) -> str:
    """The name of the book if all items are of one."""
    books = {standing.plan.book for standing in standings}
    names = [book.name.pick(lang) or book.id for book in settings.books if {book.id} == books]
    return names[0] if names else Words("事项", "items").pick(lang)


def _cell(row: dict[str, str], column: ItemColumn) -> Cell:
    text = row.get(column.name, "")
    require_short(text, row["id"], column.name)
    tone = "grey" if column.name.startswith(NOW) else ""
    if column.name == f"{NOW}light":
        tone = text
    return Cell(sheet_value(text, column.field), tone)
