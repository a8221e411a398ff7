"""Entries of the journal as a list: terminal text, CSV, JSON, workbook. They carry the columns of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger.compare.phrase import key_name
from ledger.format.csv import plain_csv, spreadsheet_csv
from ledger.format.document import Column, Document, Heading, Paragraph, Table, Text
from ledger.model.entry import COLUMNS, EVENTS, Entry
from ledger.model.field import APPROX, JOURNAL, Field
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.setting import Settings
from ledger.model.words import NO_WORDS, Words
from ledger.state.query.entry import ENTRY_FIELDS
from ledger.view.column import NOW

_NUMBERED = ("reading", "progress")
"""Events whose value is a number."""

_SPARE = 200
"""How many rows below the last entry offer the drop-down lists for new ones."""

_FIELDS = tuple(
    field._replace(kind="choice", choices={name: event.label for name, event in EVENTS.items()})
    if field.name == "event"
    else field
    for field in JOURNAL
)


def entries_document(
    entries: Sequence[Entry], ledger: Ledger, day: date, query: str, chosen: Sequence[str] = (),
    total: int | None = None,
) -> Document:  # fmt: skip
    """One line an entry: what happened when, to which item, and what was said; or the columns that are `chosen`."""
    head = Words("{title}  流水截至 {day}", "{title}  journal up to {day}").fill(title=ledger.settings.title, day=day)
    columns = [
        Column(Words("日期", "date")),
        Column(Words("编号", "id"), flexible=True, least=10),
        Column(Words("事件", "event")),
        Column(Words("对象", "key"), flexible=True, least=8),
        Column(Words("值", "value"), flexible=True, least=6),
        Column(Words("单位", "by"), flexible=True, least=8),
        Column(Words("进展情况和说明", "text and note"), flexible=True, least=12),
    ]
    items = {item.id: item for item in ledger.items}
    rows = [_row(entry, items.get(entry.item)) for entry in entries]
    if chosen:
        columns = [Column(_LABELS[name], flexible=name not in _NARROW, least=6) for name in chosen]
        rows = [[_told(entry, name) for name in chosen] for entry in entries]
    counted = "1 entry" if len(entries) == 1 else f"{len(entries)} entries"
    found = Words(f"{len(entries)} 条记载", counted)
    if total is not None and total > len(entries):
        found = Words(f"{len(entries)} 条记载，共 {total} 条", f"{len(entries)} of {total} entries")
    return [Heading(head, 1), Table(columns, rows), Paragraph(found + (f"  {query}" if query else ""))]


def _row(entry: Entry, item: Item | None) -> list[Text]:
    said = "  ".join(text for text in (entry.text, entry.note) if text)
    return [
        entry.date.isoformat(), entry.item, EVENTS[entry.event].label, key_name(entry, item),
        _value(entry), entry.by, said,
    ]  # fmt: skip


def _value(entry: Entry) -> Text:
    """The value, the new deadline, or what is approximate about a number: 5000 余."""
    approx = APPROX.get(entry.approx)
    return Words(f"{entry.value} {approx.zh}", f"{approx.en} {entry.value}") if approx else entry.value or entry.until


_LABELS = {field.name: field.label for field in JOURNAL}
_NARROW = frozenset({"date", "item", "event", "until"})


def _told(entry: Entry, name: str) -> Text:
    return EVENTS[entry.event].label if name == "event" else entry_cells(entry)[name]


def column_names() -> dict[str, str]:
    """The columns of the journal by every name that people give them."""
    labels = {label: name for name, words in _LABELS.items() for label in words if label}
    return {**labels, **ENTRY_FIELDS, "id": "item", "编号": "item", **{name: name for name in COLUMNS}}


def entry_cells(entry: Entry) -> dict[str, str]:
    """An entry as the cells of its line in the journal."""
    return {**{name: getattr(entry, name) for name in COLUMNS}, "date": entry.date.isoformat()}


_WITHOUT = f"{NOW}without"


def entries_csv(
    entries: Sequence[Entry], chosen: Sequence[str] = COLUMNS, *, spreadsheet: bool = False, without: Sequence[str] = ()
) -> str:
    """The entries as a journal file would have them; `spreadsheet` makes it a file that Excel opens right. The last
    column names the ledgers that are left out (`without`), if any is."""
    rows = [{name: entry_cells(entry)[name] for name in chosen} for entry in entries]
    if without:
        chosen, rows = [*chosen, _WITHOUT], [{**row, _WITHOUT: " ".join(without)} for row in rows]
    return spreadsheet_csv(chosen, rows) if spreadsheet else plain_csv(chosen, rows)


def entries_json(entries: Sequence[Entry], day: date, chosen: Sequence[str] = ()) -> dict[str, Any]:
    """The entries as other programs read them (schema `ledger/entries/1`), each with the place of its line."""
    found = [{**entry_cells(entry), "path": entry.path, "line": entry.line} for entry in entries]
    if chosen:
        found = [{name: one[name] for name in chosen} for one in found]
    return {"schema": "ledger/entries/1", "as_of": day.isoformat(), "entries": found}


def entries_workbook(
    entries: Sequence[Entry], settings: Settings, day: date, lang: str, chosen: Sequence[str] = COLUMNS,
    note: Words = NO_WORDS,
) -> bytes:  # fmt: skip
    """One sheet, an entry a row, the columns of the journal on top, `note` over them.

    Raises `MissingExtra` and `TooLarge`."""
    from ledger.format.xlsx.bytes import workbook_bytes  # noqa: PLC0415
    from ledger.format.xlsx.page import SheetPage  # noqa: PLC0415
    from ledger.format.xlsx.report import require_short, sheet_column, sheet_value  # noqa: PLC0415 - only here

    cells = [entry_cells(entry) for entry in entries]
    by_name = {field.name: field for field in _FIELDS}
    fields = [by_name[name] for name in chosen]
    columns = [sheet_column(field.name, field, [row[field.name] for row in cells], lang) for field in fields]
    for row in cells:
        for name, text in row.items():
            require_short(text, row["item"], name)
    rows = [[sheet_value(row[field.name], _typed(field, row["event"])) for field in fields] for row in cells]
    page = SheetPage(
        Words("流水", "journal").pick(lang),
        columns,
        rows,
        [note.pick(lang)] if note else [],
        filtered=True,
        spare=_SPARE,
        fixed=min(2, len(columns)),
        sparse=True,
    )
    title = Words("{title}  流水截至 {day}", "{title}  journal up to {day}").fill(title=settings.title, day=day)
    return workbook_bytes([page], properties={"title": title.pick(lang)})


def _typed(field: Field, event: str) -> Field:
    """The field as its cell is read: a value is a number where the event says so."""
    return field._replace(kind="number") if field.name == "value" and event in _NUMBERED else field
