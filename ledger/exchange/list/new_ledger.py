"""A ledger out of an office's own list: the settings that its sheets tell, then its items and facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from ledger.exchange.intake.column_role import folded
from ledger.exchange.intake.result import Import
from ledger.exchange.intake.tables import Request, imported, sheet_books, stated_day
from ledger.exchange.intake.vocabulary import Column, Header
from ledger.exchange.intake.write import import_changes
from ledger.exchange.list.deadline import day_text, days_named
from ledger.exchange.list.facts import fact_columns
from ledger.exchange.sheet.sheet import Sheets, at
from ledger.model.item import UNSTATED
from ledger.model.json_schema import editor_line
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.storage.ledger import NoFiles, Overlay, read_ledger
from ledger.storage.yaml.splice import Bare, Tree, entry_lines, flow_text
from ledger.text.pattern import regex

_MOST_NODES = 6
"""More different deadlines than these are counted at the ends of their years."""

_BOOK_NAMES = {
    "problems": {"zh": "具体问题", "en": "problems"},
    "measures": {"zh": "整改措施", "en": "measures"},
    "actions": {"zh": "细化举措", "en": "actions"},
}
_HEADING = regex(r"附(?:件|表|录)\s*[\d一二三四五六七八九十]*\s*[:：]?\s*$")
_LABEL = regex(r"^(?:填报|制表|填表|报送|单位|日期|时间|联系|审核|密级|编号|表号)")


class Start(NamedTuple):
    """A ledger that a list makes: its files by path, the ledger as they are read, and what the list means for it.

    `start` is the day that was settled on.
    """

    files: dict[str, bytes]
    ledger: Ledger
    found: Import
    start: date
    empty: Ledger
    """The ledger before the items and facts."""
    above: Sequence[str] = ()
    """Items that its items stood under, linked to or were made up of, and that the list does not hold."""


def ledger_from(sheets: Sheets, request: Request, *, start: date | None, lang: str, writer: str) -> Start:
    """The ledger that the sheets of a file make. Raises `CannotChange` where they cannot be understood.

    `start` is its first day, else the first of January of the year of its earliest deadline or fact.
    """
    books, names = _books(sheets, request)
    title = title_of(sheets, request) or sheets.path.stem
    day = start or first_day(sheets, request)
    found = imported(sheets, _read(_draft("", names, lang, day, (), (), ()), names), request, books)
    found, above = _by_itself(found, names)
    texts = _draft(title, names, lang, day, time_nodes(found), units_named(found), _tags(found))
    empty = _read(texts, names)
    files = _files(texts, names)
    if not found.rejected:
        changes = import_changes(Overlay(NoFiles(), files), empty, found, writer)
        files |= {change.path: change.after for change in changes if change.after is not None}
    return Start(files, read_ledger(Overlay(NoFiles(), files)), found, day, empty, above)


def _by_itself(found: Import, books: Sequence[str]) -> tuple[Import, list[str]]:
    """The items without what they stand under, link to or are made up of where the list does not hold it, and the ids
    of that.

    A unit's part of a city's list names measures that stay in the city, and parts in the ledgers of others: in the
    ledger of the unit nothing bears them.
    """
    own = {item.id.casefold() for read in found.reads for item in read.items}
    gone: dict[str, None] = {}

    def kept(path: tuple[str, ...], value: object) -> object:
        """The value with only what the list holds; None where nothing of it is left."""
        if path not in linking:
            return value
        named = [str(one) for one in value] if isinstance(value, (list, tuple)) else [str(value)] if value else []
        gone.update((id_, None) for id_ in named if id_.casefold() not in own)
        left = [id_ for id_ in named if id_.casefold() in own]
        return (left if isinstance(value, (list, tuple)) else value) if left else None

    linking = {("under",), ("parts",), *((book,) for book in books)}
    reads = []
    for read in found.reads:
        items = []
        for item in read.items:
            values = {path: kept(path, value) for path, value in item.values.items()}
            items.append(item._replace(values={path: value for path, value in values.items() if value is not None}))
        reads.append(read._replace(items=items))
    return found._replace(reads=reads), list(gone)


def draft_from(sheets: Sheets, request: Request, lang: str) -> Import:
    """What the sheets mean for a ledger of which nothing is settled but its books. Raises `CannotChange`."""
    books, names = _books(sheets, request)
    return imported(sheets, _read(_draft("", names, lang, None, (), (), ()), names), request, books)


def _books(sheets: Sheets, request: Request) -> tuple[dict[str, str], list[str]]:
    """The book of each sheet, and the names of all books."""
    books = sheet_books(sheets, request)
    names = list(dict.fromkeys(books.values())) or ["problems"]
    if request.terms.children and request.terms.children not in names:
        names.append(request.terms.children)
    return books, names


def _files(settings: str, names: Sequence[str]) -> dict[str, bytes]:
    """The settings and the empty books."""
    return {"ledger.yaml": settings.encode(), **{f"{name}.yaml": b"[]\n" for name in names}}


def _read(settings: str, names: Sequence[str]) -> Ledger:
    return read_ledger(Overlay(NoFiles(), _files(settings, names)))


def _draft(
    title: str, books: Sequence[str], lang: str, start: date | None, nodes: Sequence[date],
    units: Sequence[str], tags: Sequence[str],
) -> str:  # fmt: skip
    """The text of the settings."""
    head: dict[str, Tree] = {"ledger": Bare("1"), "title": title, "language": lang, "timezone": "Asia/Shanghai"}
    lines = [line for key, value in head.items() for line in entry_lines(key, value)]
    if start is not None:
        lines.append(f"start: {start}")
    if nodes:
        lines += ["time_nodes:", *(f"  - {flow_text(_node(day))}" for day in nodes)]
    lines.append("books:")
    for name in books:
        value: dict[str, Tree] = {"name": _BOOK_NAMES.get(name, {"zh": name, "en": name}), "path": f"{name}.yaml"}
        lines.append(f"  {name}: {flow_text(value)}")
    if units:
        lines += ["units:", *(f"  - {flow_text({'name': name})}" for name in units)]
    if tags:
        lines += ["tags:", *(f"  {flow_text(tag)}: {{}}" for tag in tags)]
    return editor_line("settings") + "\n".join(lines) + "\n"


def _node(day: date) -> dict[str, Tree]:
    """A time node: the end of a year by the year, another day by the day."""
    if (day.month, day.day) == (12, 31):
        return {"id": str(day.year), "date": Bare(day.isoformat()),
                "name": {"zh": f"{day.year}年年底", "en": f"end of {day.year}"}}  # fmt: skip
    return {"id": day.isoformat(), "date": Bare(day.isoformat())}


def time_nodes(found: Import) -> list[date]:
    """The days at which work is counted: the deadlines, or where there are many the ends of their years."""
    days = {value for read in found.reads for item in read.items for path, value in item.values.items()
            if path == ("due",) and isinstance(value, date)}  # fmt: skip
    return sorted(days) if len(days) <= _MOST_NODES else sorted({date(day.year, 12, 31) for day in days})


def first_day(sheets: Sheets, request: Request) -> date:
    """The first of January of the year of the earliest deadline or fact, today's at the latest."""
    days = [request.terms.added]
    for sheet, header in request.headers(sheets):
        as_of = request.terms.as_of or stated_day(sheet, header, request.terms.source)
        days += [as_of] if as_of and fact_columns(header.columns) else []
        dated = [column for column in header.columns if column.path[0] in ("due", "done_date", "closed_date", "state")]
        for number, cells in sheet.rows:
            if number > header.last:
                days += [day for column in dated for day in _days_in(at(cells, column.number).value, column)]
    return date(min(days).year, 1, 1)


def _days_in(text: str, column: Column) -> list[date]:
    """The days that a cell of a deadline or of a state names, by itself or by the map."""
    meaning = column.words.get(folded(text))
    if meaning is not None:
        text = meaning if isinstance(meaning, str) else " ".join(meaning.values())
    plain = day_text(text)
    found = [one for one in days_named(plain) if one.day]
    return [day for one in found for day in (one.day, one.first) if day and day.year > _LONG_AGO]


_LONG_AGO = 1978
"""No list of a ledger names a day before it: what looks like one is a number."""


def units_named(found: Import) -> list[str]:
    """The units that items name, those first that are named most."""
    times: Counter[str] = Counter()
    for read in found.reads:
        for item in read.items:
            for path, value in item.values.items():
                if path[0] in ("lead", "responsible", "cooperating"):
                    times.update(value if isinstance(value, tuple) else (str(value),))
    times.pop(UNSTATED, None)
    return [name for name, _ in times.most_common()]


def _tags(found: Import) -> list[str]:
    """The tags that columns of the list became."""
    names = (one.name.removeprefix("tags.") for read in found.reads for one in read.understood
             if one.name.startswith("tags."))  # fmt: skip
    return list(dict.fromkeys(names))


def title_of(sheets: Sheets, request: Request) -> str:
    """The title of the list: the first row above its header that is a title, no label and no number of an annex."""
    for sheet, header in request.headers(sheets):
        text = next(iter(_titles(sheet.rows, header)), "")
        if text:
            return text
    return ""


def language_of(sheets: Sheets, request: Request) -> str:
    """The language of a list, `zh` or `en`, by the names of its columns."""
    names = "".join(column.title for _, header in request.headers(sheets) for column in header.columns)
    return "zh" if re.search("[一-鿿]", names) else "en"


def _titles(rows: Iterable[tuple[int, Sequence[object]]], header: Header) -> Iterable[str]:
    for number, cells in rows:
        if number >= header.first:
            return
        texts = [text for cell in cells if (text := str(getattr(cell, "value", "")).strip())]
        if len(texts) == 1 and not _HEADING.match(texts[0]) and not _LABEL.match(texts[0]):
            yield " ".join(texts[0].split())
