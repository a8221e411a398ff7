"""Documents and lists as workbooks: a first sheet with head and sentences, then one for each table that has rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from ledger.format.cell import with_bars
from ledger.format.csv import SpreadColumn, spread
from ledger.format.document import (
    Document,
    Head,
    NamedTable,
    Names,
    Percent,
    Piece,
    Samples,
    Section,
    Typed,
    head_of,
    named_tables,
    sections,
    tone_of,
    value_of,
)
from ledger.format.xlsx.bytes import workbook_bytes
from ledger.format.xlsx.page import MOST_CHARACTERS, Cell, Kind, SheetColumn, SheetPage, TooLarge, Value, units_of_text
from ledger.format.xlsx.page import Value as SheetValue
from ledger.model.field import LISTS, Field
from ledger.model.number import number, plain
from ledger.model.words import Words
from ledger.text.safe import one_line, safe
from ledger.text.width import cell_width

_FILTERED = 8
"""Tables of so many rows get filter buttons, which take room in their titles."""

_BUTTON = 3
_WIDEST, _WRAPPED = 40, 36
"""Cells of the widest column; longer text is wrapped, or cut on the screen where the column is not flexible."""

_BARS = 60
"""Bars of the longest course: half of a year's are too few, and more are as wide as the screen."""

_LISTED = 26 * _WRAPPED
"""Characters of a list that a row of a sheet can show, which is never higher than 409 points."""

_LEAST = 48
"""Cells of a line over a table."""

Row = Sequence[SheetValue | Cell]


def report_workbook(document: Document[str]) -> bytes:
    """The document as an XLSX file: real numbers, days and percentages. Raises `MissingExtra` and `TooLarge`."""
    head = head_of(document)
    pages = [
        first_page(document, head),
        *(table_page(named, head) for named in named_tables(document) if named.table.rows),
    ]
    return workbook_bytes(pages, properties={"title": one_line(head.title)})


def first_page(document: Document[str], head: Head[str]) -> SheetPage:
    """The facts of the head, the headings and the sentences; where a table stands, the title its sheet bears too."""
    what, content = Words("项目", "what").pick(head.lang), Words("内容", "content").pick(head.lang)
    rows: list[Row] = [(one_line(fact.label), one_line(fact.text)) for fact in head.facts]
    for section in sections(document):
        rows += _section_rows(section, head.lang)
    columns = [SheetColumn(what, 24, "wrapped"), SheetColumn(content, 90, "wrapped")]
    return SheetPage(Words("报告", "report").pick(head.lang), columns, rows, [one_line(head.title)])


def _section_rows(section: Section, lang: str) -> list[Row]:
    """The sentences of a section beside its heading, which is said once."""
    heading = Cell(one_line(section.heading.text), "bold") if section.heading else ""
    told = [_told(piece, lang) for piece in section.pieces if not _is_nothing(piece)] or [""]
    return [(heading if not number else "", text) for number, text in enumerate(told)]


def _is_nothing(piece: Piece) -> bool:
    """Whether people are shown nothing of it: a table without rows that says nothing in their place."""
    return isinstance(piece, NamedTable) and not (piece.table.rows or piece.table.empty)


def _told(piece: Piece, lang: str) -> SheetValue | Cell:
    if isinstance(piece, NamedTable):
        words = Words("见工作表：{title}", "see the sheet: {title}").fill(title=one_line(piece.title))
        return words.pick(lang) if piece.table.rows else safe(piece.table.empty)
    return Cell(safe(piece.text), _tone(piece.text))


def table_page(named: NamedTable, head: Head[str]) -> SheetPage:
    """One table, over it its title, the facts of the head and its notes."""
    columns = spread(with_bars(named.table, _BARS))
    kinds = [_kind(column) for column in columns]
    rows = [
        [Cell(_sheet_value(cell, kind), _tone(cell)) for cell, kind in zip(row, kinds, strict=True)]
        for row in zip(*(cells for _, cells in columns), strict=True)
    ]
    facts = "  ".join(f"{one_line(fact.label)} {one_line(fact.text)}" for fact in head.facts)
    said = [one_line(named.title), facts, *map(one_line, named.table.notes)]
    filtered = len(rows) >= _FILTERED
    return SheetPage(
        one_line(named.title),
        _broad([_sheet_column(column, kind, filtered) for column, kind in zip(columns, kinds, strict=True)]),
        rows,
        [line for line in said if line],
        filtered=filtered,
    )


def _kind(column: SpreadColumn) -> Kind:
    """What the values of a column are; a text where they are several things."""
    values = [cell.value for cell in column.cells if isinstance(cell, Typed) and cell.value is not None]
    if values and all(isinstance(value, (int, Fraction)) for value in values):
        return "number"
    if values and all(isinstance(value, date) for value in values):
        return "date"
    if values and all(isinstance(value, Percent) for value in values):
        return "percent"
    return "wrapped" if column.column.flexible else "text"


def _sheet_column(column: SpreadColumn, kind: Kind, filtered: bool) -> SheetColumn:
    """The column as wide as what stands in it; a title is wrapped before it makes a column of numbers wide."""
    widest = max(map(_wide, column.cells), default=0)
    if any(isinstance(value_of(cell), Samples) for cell in column.cells):
        return SheetColumn(column.column.title, widest, kind)
    title = cell_width(one_line(column.column.title)) + (_BUTTON if filtered else 1)
    if kind == "wrapped":
        return SheetColumn(column.column.title, max(min(widest, _WRAPPED), title, column.column.least), kind)
    return SheetColumn(column.column.title, max(min(widest, _WIDEST), min(title, 14)), kind)


def _wide(cell: str) -> int:
    """The cells of its longest line; a bar of a course is as wide as a Chinese character."""
    bar = 2 if isinstance(value_of(cell), Samples) else 1
    return max((bar * cell_width(line) for line in safe(cell).splitlines()), default=0)


def _broad(columns: Sequence[SheetColumn]) -> list[SheetColumn]:
    """The columns, the last one wider where all together are too narrow for the lines over them."""
    missing = _LEAST - sum(column.width + 1 for column in columns)
    return [*columns[:-1], columns[-1]._replace(width=columns[-1].width + max(missing, 0))]


def _sheet_value(cell: str, kind: Kind) -> SheetValue:
    """The value where the column is of its kind, else the words; a list is given whole if a row can show it."""
    value = value_of(cell)
    if kind == "percent" and isinstance(value, Percent) and value.value is not None:
        return Fraction(str(value.value)) / 100
    if isinstance(value, (int, Fraction)) and kind == "number":
        return value
    if isinstance(value, date) and kind == "date":
        return value
    listed = " ".join(map(str, value.values)) if isinstance(value, Names) else ""
    return safe(listed if 0 < len(listed) <= _LISTED else cell)


def _tone(text: str) -> str:
    return "grey" if tone_of(text) == "dim" else tone_of(text)


_KINDS: Mapping[str, Kind] = {"date": "date", "due": "date", "number": "number", "id": "text", "choice": "text"}
_NARROWEST, _TITLE, _BROADEST = 6, 14, {"date": 10, "number": 10, "text": 24, "wrapped": 36}
"""Cells: the narrowest column, what a title may claim, and the widest column of a kind."""


def sheet_column(name: str, field: Field, cells: Sequence[str], lang: str, units: Sequence[str] = ()) -> SheetColumn:
    """The column `name` as wide as its `cells` need; one that holds a unit offers the `units`."""
    kind: Kind = _KINDS.get(field.kind, "wrapped")
    widest = max((cell_width(one_line(cell)) for cell in cells), default=0)
    width = max(min(widest + 1, _BROADEST[kind]), min(cell_width(name), _TITLE), _NARROWEST)
    choices = tuple(field.choices) or (tuple(units) if field.kind == "unit" else ())
    return SheetColumn(
        name, max(width, 10) if kind == "date" else width, kind, choices=choices,
        only_choices=field.kind == "choice", title_hint=meaning(field, lang),
    )  # fmt: skip


def meaning(field: Field, lang: str) -> str:
    """What a field holds, with its choices, for whoever fills it in."""
    said = [Words("{label}：{help}", "{label}: {help}").fill(label=field.label, help=field.help)]
    if field.required:
        said.append(Words("必填", "required"))
    if field.kind in LISTS:
        said.append(Words("几个用分号 ; 隔开", "several are parted by ;"))
    if field.kind == "choice":
        zh = "，".join(f"{name} {words.zh}" for name, words in field.choices.items())
        en = ", ".join(field.choices)
        said.append(Words(zh, en))
    return Words("；", "; ").pick(lang).join(words.pick(lang) for words in said)


def sheet_value(text: str, field: Field) -> Value:
    """The value of a cell: a number or a day where the text is the usual way to write one, else the text itself."""
    if not text:
        return None
    if _KINDS.get(field.kind) == "date":
        return _day(text)
    value = number(text) if field.kind == "number" else None
    return text if value is None or plain(value) != text else value


def _day(text: str) -> date | str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day.isoformat() == text else text


def require_short(text: str, item: str, column: str) -> None:
    """Raises `TooLarge` for a text that a cell would cut off."""
    if units_of_text(text) > MOST_CHARACTERS:
        message = Words(
            "{item} 的 {column} 有 {n} 字，一格最多 {most} 字",
            "{column} of {item}: {n} characters, a cell holds {most}",
        )
        message = message.fill(item=item, column=column, n=len(text), most=MOST_CHARACTERS)
        raise TooLarge(message, Words("用 csv 或 json", "use csv or json"))
