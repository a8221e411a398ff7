"""Items as a list: table, CSV, JSON, Markdown, workbook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from ledger.format.cell import bar
from ledger.format.csv import plain_csv, spreadsheet_csv
from ledger.format.document import (
    Column,
    Document,
    Heading,
    PaintedWords,
    Paragraph,
    Table,
    Text,
    spoken,
    tone_of,
)
from ledger.format.phrase import (
    DASH,
    SCHEDULE_TONES,
    SHORT,
    STATE_TONES,
    days_left,
    deadline_text,
    items_text,
    light,
    schedule_word,
    share,
    state_word,
    unit_name,
)
from ledger.format.xlsx.bytes import workbook_bytes
from ledger.format.xlsx.page import Cell, SheetColumn, SheetPage
from ledger.format.xlsx.report import require_short, sheet_column, sheet_value
from ledger.model.field import DUE_WORDS, ITEM, Field, link_field
from ledger.model.item import LIGHTS, SCHEDULES, STATES, UNSTATED, Item
from ledger.model.number import percent
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Standing
from ledger.state.level import level_of
from ledger.state.query import TAG
from ledger.storage.csv.book import item_cells
from ledger.text.safe import one_line
from ledger.text.width import cell_width
from ledger.view.column import NOW, chosen_table, derived_cell, json_value

_IGNORED = Words("由台账算出，导入时不看", "worked out by the ledger, ignored on import")
_NOW = (
    Field("state", "choice", Words("状态", "state"), _IGNORED, choices=STATES),
    Field("schedule", "choice", Words("序时", "schedule"), _IGNORED, choices=SCHEDULES),
    Field("light", "choice", Words("灯", "light"), _IGNORED, choices=LIGHTS),
    Field("due", "due", Words("现行时限", "deadline in force"), _IGNORED, choices=DUE_WORDS),
    Field("short", "texts", Words("欠的指标", "short of"), _IGNORED),
    Field("progress", "number", Words("进度 %", "progress in %"), _IGNORED),
)
_ALWAYS = [field.name for field in ITEM if field.required]


class ItemColumn(NamedTuple):
    """A column: its name, such as `targets.started.goal`, and what it holds."""

    name: str
    field: Field


class ItemTable(NamedTuple):
    """Rows of text by the name of the column; a column that is empty everywhere is left out."""

    columns: Sequence[ItemColumn]
    rows: Sequence[dict[str, str]]


def item_table(standings: Sequence[Standing], settings: Settings, lang: str, chosen: Sequence[str] = ()) -> ItemTable:
    """The items as the plan has them, without extensions and amendments, and how they stand.

    With `chosen` it has the columns of these fields, in this order, also where they are empty.
    """
    fields = item_fields(settings)
    rows = [{**item_cells(standing.plan, fields), **_now_cells(standing, lang)} for standing in standings]
    used = {name for row in rows for name, cell in row.items() if cell}
    wanted = [name for name in _ordered(fields, rows) if name in used or name in _ALWAYS] or _ALWAYS
    by_name = {field.name: field for field in fields}
    if chosen:
        wanted = _chosen(chosen, wanted, by_name)
        for standing, row in zip(standings, rows, strict=True):
            row.update({name: derived_cell(standing, name.removeprefix(NOW))
                        for name in wanted if name.startswith(NOW) and name not in row})  # fmt: skip
    return ItemTable([ItemColumn(name, _field(name, by_name)) for name in wanted], rows)


def _chosen(chosen: Sequence[str], used: Sequence[str], fields: Mapping[str, Field]) -> list[str]:
    """The columns of a sheet for the fields that were chosen: those of the plan by their own names, of records each
    part that is used, and what is derived with `now.` in front."""
    names: list[str] = []
    for name in chosen:
        own = f"tags.{name.removeprefix(TAG)}" if name.startswith(TAG) else name
        parts = [one for one in used if one.startswith(f"{own}.")]
        is_plain = own in fields and fields[own].kind not in ("records", "tags")
        names += parts or [own if is_plain or name.startswith((TAG, NOW)) else f"{NOW}{name}" * (own not in fields)]
    return [name for name in dict.fromkeys(names) if name]


def item_fields(settings: Settings) -> list[Field]:
    """All fields that an item of this ledger may have, the links to its books included."""
    return [*ITEM, *(link_field(book.id) for book in settings.books)]


def _ordered(fields: Sequence[Field], rows: Iterable[dict[str, str]]) -> list[str]:
    """All columns in the order of the field table; those of targets and milestones as they occur."""
    found = {name: place for place, name in enumerate(dict.fromkeys(name for row in rows for name in row))}
    order = {field.name: place for place, field in enumerate(fields)}
    return sorted(found, key=lambda name: (order.get(name.split(".")[0], len(order)), found[name]))


def _field(name: str, fields: dict[str, Field]) -> Field:
    """What a column holds: a field, a field of a target or milestone, or a derived one."""
    first, *rest = name.split(".")
    if f"{first}." == NOW:
        known = next((field for field in _NOW if field.name == rest[0]), None)
        return known or Field(rest[0], "text", Words.same(rest[0]), _IGNORED)
    field = fields[first]
    if field.kind == "tags" and rest:
        return Field(name, "texts", Words.same(name.partition(".")[2]))
    if field.kind != "records":
        return field
    return next(inner for inner in field.fields if inner.name == rest[1])


def _now_cells(standing: Standing, lang: str) -> dict[str, str]:
    progress = "" if standing.progress is None else str(percent(standing.progress, 1))
    values = (
        standing.state, standing.schedule, standing.light, spoken(deadline_text(standing), lang).replace(DASH, ""),
        ";".join(standing.short), progress,
    )  # fmt: skip
    return {f"{NOW}{field.name}": value for field, value in zip(_NOW, values, strict=True)}


_ROOMY = 100
USUAL = 72
"""From so many cells on a list has its usual columns; with fewer each item would take seven lines."""


def list_document(
    standings: Sequence[Standing], settings: Settings, day: date, query: str, chosen: Sequence[str] = (),
    total: int | None = None, emptied: Words = NO_WORDS, width: int = USUAL,
) -> Document:  # fmt: skip
    """One line an item, with its light, state and deadline, or with the columns that are `chosen`.

    `total` is how many there were before a limit, `emptied` which condition left none. In more cells of `width` more
    is told of an item, in few of them less.
    """
    head = Words("{title}  截至 {day}", "{title}  as of {day}").fill(title=settings.title, day=day)
    table = chosen_table(standings, chosen, settings) if chosen else _table(standings, settings, width)
    found = items_text(len(standings))
    if total is not None and total > len(standings):
        found = Words("{n} 项，共 {total} 项", "{n} of {total} items").fill(n=len(standings), total=total)
    last = Paragraph(found + (f"  {query}" if query else ""))
    return [Heading(head, 1), table, last, *([Paragraph(emptied)] if emptied else [])]


def _table(standings: Sequence[Standing], settings: Settings, width: int) -> Table:
    told = [own for own in _COLUMNS if own.least <= width < own.most]
    columns = [own.column for own in told]
    rows = [[own.cell(standing) for own in told] for standing in standings]
    if settings.warning.levels and width >= USUAL:
        columns.append(Column(Words("级别", "level")))
        rows = [[*row, level_of(own) or DASH] for row, own in zip(rows, standings, strict=True)]
    return Table(columns, rows)


class _Told(NamedTuple):
    """A column that is shown from `least` cells of the terminal on, and below `most`."""

    column: Column
    cell: Callable[[Standing], Text]
    least: int = 0
    most: int = sys.maxsize


def _state(standing: Standing) -> Text:
    return _state_words(standing.state, standing.schedule, is_short=bool(standing.short))


def _state_alone(standing: Standing) -> Text:
    """The state without what the days tell already."""
    schedule = standing.schedule if standing.schedule in ("behind", "unknown") else ""
    return _state_words(standing.state, schedule, is_short=bool(standing.short))


def _time(standing: Standing) -> Text:
    return days_left(standing) or schedule_word(standing)


@cache
def _state_words(state: str, schedule: str, *, is_short: bool) -> Words:
    """The words of a state, made once and not for each of ten thousand items; in the tone of the worst of them."""
    words = STATES[state] + (" " + SCHEDULES[schedule] if schedule else "")
    tones = {STATE_TONES.get(state, ""), SCHEDULE_TONES.get(schedule, ""), tone_of(SHORT) if is_short else ""}
    words += Words(" 欠指标", ", short") if is_short else ""
    return PaintedWords(words, next((tone for tone in ("red", "yellow", "grey") if tone in tones), ""))


def _in_short(standing: Standing) -> Text:
    """The one thing that matters most of an item, for a narrow terminal."""
    if standing.schedule == "overdue":
        return days_left(standing)
    if standing.short:
        return SHORT
    return state_word(standing) if standing.is_done else days_left(standing) or state_word(standing)


def _progress(standing: Standing) -> Text:
    if standing.progress is None:
        return share(None)
    return share(standing.progress) + f" {bar(standing.progress, _BAR)}"


def _responsible(standing: Standing) -> Text:
    names = standing.item.responsible
    more = Words(" 等 {n} 个", " and {more} more").fill(n=len(names), more=len(names) - _NAMED)
    return "、".join(names[:_NAMED]) + more if len(names) > _NAMED else "、".join(names)


_BAR = 6
_NAMED = 2
"""Responsible units that are named in a list; some items have sixty."""

_COLUMNS = (
    _Told(Column(Words("编号", "id"), flexible=True, least=10), lambda standing: standing.id),
    _Told(Column(Words("事项", "item"), flexible=True, least=12), lambda standing: standing.item.title),
    _Told(Column(Words("牵头单位", "lead"), flexible=True, least=6),
          lambda standing: unit_name(standing.item.lead), USUAL),
    _Told(Column(Words("责任单位", "responsible"), flexible=True, least=8), _responsible, 120),
    _Told(Column(Words("时限", "deadline")), deadline_text, 50),
    _Told(Column(Words("时间", "time")), _time, _ROOMY),
    _Told(Column(Words("状态和序时", "state"), flexible=True, least=9), _state, USUAL, _ROOMY),
    _Told(Column(Words("状态", "state"), flexible=True, least=9), _state_alone, _ROOMY),
    _Told(Column(Words("情况", "state")), _in_short, most=USUAL),
    _Told(Column(Words("灯", "light")), light, USUAL),
    _Told(Column(Words("进度", "progress"), right=True), lambda standing: share(standing.progress), USUAL, _ROOMY),
    _Told(Column(Words("进度", "progress"), right=True), _progress, _ROOMY),
)  # fmt: skip
"""What a list tells of an item, by how wide the terminal is."""


def item_json(standing: Standing, lang: str) -> dict[str, Any]:
    """One item of `ledger list --format json`."""
    levels = standing.board.ledger.settings.warning.levels
    return {
        "id": standing.id,
        "book": standing.item.book,
        "title": standing.item.title.pick(lang),
        "lead": standing.item.lead,
        "due": standing.deadline.isoformat() if standing.deadline else _word(standing.item),
        "original_due": standing.original.isoformat() if standing.original else _word(standing.item),
        "state": standing.state,
        "schedule": standing.schedule,
        "light": standing.light,
        "short": bool(standing.short),
        "progress": None if standing.progress is None else percent(standing.progress, 1),
        **({"level": level_of(standing) or None} if levels else {}),
    }


def _word(item: Item) -> str | None:
    return item.due if isinstance(item.due, str) else None


def list_json(standings: Sequence[Standing], day: date, lang: str, chosen: Sequence[str] = ()) -> dict[str, Any]:
    """The list as other programs read it (schema `ledger/list/1`); of each item what is `chosen`, if anything is."""
    items = [item_json(standing, lang) for standing in standings]
    if chosen:
        items = [
            {name: own[name] if name in own else json_value(standing, name, lang)
             for name in (one.removeprefix(NOW) for one in chosen)}
            for standing, own in zip(standings, items, strict=True)
        ]  # fmt: skip
    return {"schema": "ledger/list/1", "as_of": day.isoformat(), "items": items}


def list_csv(
    standings: Sequence[Standing], settings: Settings, lang: str, chosen: Sequence[str] = (), *,
    spreadsheet: bool = False, without: Sequence[str] = (),
) -> str:  # fmt: skip
    """The plan's own fields as a CSV book would have them, with the derived ones behind under `now.`.

    `spreadsheet` makes it a file that Excel opens right. The last column names the ledgers that are left out
    (`without`), if any is.
    """
    table = item_table(standings, settings, lang, chosen)
    header = [column.name for column in table.columns]
    rows = [{name: row.get(name, "") for name in header} for row in table.rows] if chosen else table.rows
    if without:
        header, rows = [*header, WITHOUT], [{**row, WITHOUT: " ".join(without)} for row in rows]
    return spreadsheet_csv(header, rows) if spreadsheet else plain_csv(header, rows)


WITHOUT = f"{NOW}without"
"""The column that names the included ledgers which are left out: derived, so that an import passes it over."""

_BUTTON = 3
"""Cells of the button of a filter, in the title."""

_SPARE = 200
"""How many rows below the last item offer the drop-down lists for new ones."""


def list_workbook(
    standings: Sequence[Standing], settings: Settings, day: date, lang: str, chosen: Sequence[str] = (),
    note: Words = NO_WORDS,
) -> bytes:  # fmt: skip
    """One sheet, an item a row; `note` is said over it. Raises `MissingExtra` and `TooLarge`.

    What people read comes first, in their words, and fits on a sheet of paper; the other fields are folded away behind
    it. The cells hold the names of fields and the words of the format, so that the sheet can be imported.
    """
    table = item_table(standings, settings, lang, chosen)
    for standing, row in zip(standings, table.rows, strict=True):
        if standing.short:
            row[f"{NOW}short"] = "；".join(_target_names(standing, lang))
    read = [] if chosen else _read_by_people([column.name for column in table.columns], lang)
    order = {name: place for place, name in enumerate(read)}
    ordered = sorted(table.columns, key=lambda column: order.get(column.name, len(order)))
    units = [*(unit.name for unit in settings.units), UNSTATED] if settings.units else []
    columns = []
    for column in ordered:
        said = {word: words.pick(lang) for word, words in column.field.choices.items()}
        if column.field.kind == "unit":
            said = {UNSTATED: DUE_WORDS[UNSTATED].pick(lang)}
        cells = [row.get(column.name, "") for row in table.rows]
        cells = [said.get(cell, cell) for cell in cells]
        made = sheet_column(column.name, column.field, cells, lang, units)._replace(words=said)
        # What is derived is not chosen.
        made = made._replace(choices=()) if column.name.startswith(NOW) else made
        columns.append(
            _legible(made, column, cells, lang) if column.name in order or chosen else made._replace(folded=True)
        )
    rows = [[_cell(row, column) for column in ordered] for row in table.rows]
    fixed = 1 if ordered and ordered[0].name == "id" else 0
    title = Words("{title}  截至 {day}", "{title}  as of {day}").fill(title=settings.title, day=day).pick(lang)
    page = SheetPage(
        _sheet_name(standings, settings, lang), columns, rows, [one_line(note.pick(lang))] if note else [],
        filtered=True, spare=_SPARE, fixed=fixed, sparse=True, above=one_line(title),
    )  # fmt: skip
    return workbook_bytes([page], properties={"title": title})


_READ = ("id", "title", "lead", "responsible", "goal", "now.due", "now.state", "now.schedule", "now.light", "now.short",
         "now.progress")  # fmt: skip
"""What people read of an item; the sheet has these in front."""


def _target_names(standing: Standing, lang: str) -> list[str]:
    """What people call the targets that an item is short of."""
    return [target.name.pick(lang) or target.key for target in filter(None, map(standing.item.target, standing.short))]


def _read_by_people(names: Sequence[str], lang: str) -> list[str]:
    """The columns that stand in front: of a text in two languages the one of the reader, if there is any."""
    found: list[str] = []
    for name in _READ:
        own = [one for one in (f"{name}.{lang}", name, *(f"{name}.{other}" for other in ("zh", "en"))) if one in names]
        found += own[:1]
    return found


def _legible(made: SheetColumn, column: ItemColumn, cells: Sequence[str], lang: str) -> SheetColumn:
    """The column under its label, and no wider than it must be on paper."""
    label = column.field.label.pick(lang)
    widest = max(map(cell_width, cells), default=0) + 1
    title = cell_width(label) + _BUTTON
    return made._replace(shown=label, width=max(min(made.width, widest), title))


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
