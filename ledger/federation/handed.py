"""What of a ledger goes up: what seals cover and what is public, as a ledger of its own; and what is said of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from ledger.model.entry import SEALED, Entry
from ledger.model.field import ITEM, Field, link_field
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.model.setting import WEEKDAYS, Approver, Settings, Tag
from ledger.model.words import Words
from ledger.state.board import Board
from ledger.state.figure.count import count
from ledger.state.seal import seals_now
from ledger.storage.csv.book import item_cells
from ledger.storage.include.bundle import Origin
from ledger.text.safe import guarded

NEVER = frozenset({"note", "person", "remark", "source", "file", "sha256"})
"""Cells and fields that never go up."""


class Handed(NamedTuple):
    """The files of a bundle, and what its manifest says."""

    files: dict[str, bytes]
    said: dict[str, Any]


class Made(NamedTuple):
    """The commit that holds the ledger as it is packed: its id, when it was committed, and how many there were then."""

    commit: str
    committed: str
    number: int


def last_day(ledger: Ledger) -> date:
    """The day that a bundle is made for unless another is named: that of the archive, else of the newest entry.

    It follows from what the ledger says and not from the clock, so that the same ledger makes the same bytes.
    """
    every = chain(ledger.returns, *ledger.journal.values())
    newest = max((entry.date for entry in every), default=ledger.settings.start)
    return ledger.settings.archived or newest or date(1970, 1, 1)


def handed(ledger: Ledger, day: date, origin: Origin, made: Made | None, tags: Iterable[str] = ()) -> Handed:
    """The ledger as it goes up on a day; `tags` are private tags that go with it."""
    declared = [tag for tag in ledger.settings.tags if tag.public or tag.id in set(tags)]
    kept = {tag.id for tag in declared}
    used = {name for item in ledger.items for name, _ in item.tags}
    every = {*ledger.orphans, *ledger.returns, *chain.from_iterable(ledger.journal.values())}
    open_lines = [entry for entry in every if not _is_private(entry, kept)]
    files = {"ledger.yaml": _json(_settings(ledger.settings, declared))}
    for book in ledger.settings.books:
        files[_path(ledger.settings, book.id)] = _book(ledger, book.id, declared)
    files["journal/journal.csv"] = _journal(open_lines)
    files["claims.yaml"] = _json(_claims(ledger))
    if ledger.workdays:
        files["workdays.yaml"] = _json(_workdays(ledger.workdays))
    now = seals_now(ledger, date.max)
    seals = [
        {"through": seal.through, "entries": seal.entries, "sha256": seal.sha256, "rule": seal.rule,
         "holds": (seal.entries, seal.sha256.lower()) == now.get(seal)}
        for seal in ledger.claims.seals
    ]  # fmt: skip
    said = {
        "ledger": origin._asdict(), "as_of": day, "made_from": made._asdict() if made else None, "seals": seals,
        "left_out": sorted(used - kept), "lines_left_out": len(every) - len(open_lines),
        "figures": _figures(ledger, day),
    }  # fmt: skip
    return Handed(files, json.loads(_json(said)))


def _json(value: object) -> bytes:
    """A value as JSON, which is YAML too."""
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8", "surrogatepass")


def _table(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, header, extrasaction="ignore", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8", "surrogatepass")


def _book(ledger: Ledger, book: str, tags: Sequence[Tag]) -> bytes:
    """The items of a book as a CSV book."""
    fields = [*_fields(tags), *(link_field(other.id) for other in ledger.settings.books)]
    kept = {tag.id for tag in tags}
    rows = [_cells(item, fields, kept) for item in ledger.book(book)]
    required = [field.name for field in ITEM if field.required]
    used = dict.fromkeys(name for row in rows for name, cell in row.items() if cell)
    return _table(list(dict.fromkeys((*required, *used))), rows)


def _fields(tags: Sequence[Tag]) -> list[Field]:
    own = [field for field in ITEM if field.name not in NEVER]
    return [
        field._replace(choices={tag.id: tag.name for tag in tags}) if field.kind == "tags" else field for field in own
    ]


def _cells(item: Item, fields: Sequence[Field], tags: set[str]) -> dict[str, str]:
    item = item._replace(
        tags=tuple(tag for tag in item.tags if tag[0] in tags),
        # One that says nothing but its key would have no cell.
        targets=tuple(one if any(one[1:]) else one._replace(name=Words.same(one.key)) for one in item.targets),
    )
    return {name: guarded(cell) for name, cell in item_cells(item, fields).items()}


def _is_private(entry: Entry, tags: Container[str]) -> bool:
    """Whether a line changes, or asks to change, what does not go up; or takes such a line back, naming what it said.

    No figure rests on such a line.
    """
    told = entry.key if entry.event in ("amend", "request", "decline") else ""
    if entry.event == "void":
        _, _, rest = entry.key.partition("/")
        told = rest.partition("/")[2] if rest.startswith(("amend/", "request/", "decline/", "void/")) else ""
    fields = re.findall(r"(?:^|[:/])(?:tags\.([^/#]+)|(remark|source))(?=$|[/#])", told)
    return any(field or tag not in tags for tag, field in fields)


def _path(settings: Settings, book: str) -> str:
    """The file of a book in the bundle; a book may bear any name."""
    number = next(n for n, one in enumerate(settings.books, 1) if one.id == book)
    return f"books/{book}.csv" if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", book) else f"books/{number}.csv"


def _journal(entries: Iterable[Entry]) -> bytes:
    """Every line, those of no item too, in the cells that a seal covers."""
    every = sorted(set(map(_row, entries)))
    return _table(SEALED, (dict(zip(SEALED, row, strict=True)) for row in every))


def _row(entry: Entry) -> tuple[str, ...]:
    return tuple(str(getattr(entry, name)) for name in SEALED)


def _settings(settings: Settings, tags: Sequence[Tag]) -> dict[str, Any]:
    """What `ledger.yaml` says of how the ledger is judged, and of its books and units."""
    week, closing, warning = settings.week, settings.closing, settings.warning
    said: dict[str, Any] = {
        "ledger": 1, "title": _words(settings.title), "language": settings.language, "timezone": settings.timezone,
        "start": settings.start, "archived": settings.archived,
        "time_nodes": [{"id": node.id, "date": node.date, "name": _words(node.name)} for node in settings.time_nodes],
        "books": {book.id: {"name": _words(book.name), "path": _path(settings, book.id)} for book in settings.books},
        "journal": "journal/journal.csv",
        "units": [{"name": unit.name, "kind": unit.kind, "was": unit.was} for unit in settings.units],
        "approvers": _approvers(settings.approvers),
        "decides": {name: _approvers(own) for name, own in settings.decides},
        "week": {"closes": WEEKDAYS[week.closes], "roll_call": week.roll_call, "none": week.none},
        "closing": {
            "steps": closing.steps, "notice_days": closing.notice_days, "notice_calendar": closing.notice_calendar,
            "lookback_days": closing.lookback_days, "books": closing.books, "by": closing.by and str(closing.by),
            "kinds": {kind.id: {"name": _words(kind.name), "steps": kind.steps} for kind in closing.kinds},
            "takes": {step: str(time) for step, time in closing.takes},
        },
        "warning": {"due_soon_days": warning.due_soon_days, "immediate_days": warning.immediate_days,
                    "levels": dict(warning.levels)},
        "rules": {f"L{code}": severity for code, severity in settings.rules},
        "tags": {tag.id: {"name": _words(tag.name), "public": tag.public} for tag in tags},
        "rates": {"headline": settings.headline}, "requests": {"answer_days": settings.answer_days},
        # Only their names: the level above is told that they are not in the figures, and parts of theirs are no slip.
        "includes": {include.id: {"path": include.id} for include in settings.includes},
    }  # fmt: skip
    filled: dict[str, Any] = _filled(said)
    return filled


def _approvers(approvers: Iterable[Approver]) -> list[dict[str, Any]]:
    return [{"name": one.name, "from": one.since, "until": one.until, "was": one.was} for one in approvers]


def _words(words: Words) -> object:
    return words.zh if words.zh == words.en else {"zh": words.zh, "en": words.en}


def _filled(value: Any) -> Any:  # noqa: ANN401 - any part of the settings
    """The value without what is empty in it."""
    if isinstance(value, dict):
        inner = {key: _filled(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in (None, "", [], {}, ())}
    return [_filled(one) for one in value] if isinstance(value, (list, tuple)) else value


def _claims(ledger: Ledger) -> dict[str, Any]:
    claims = [
        {"id": claim.id, "as_of": claim.as_of, "figures": dict(claim.figures), "gap": _words(claim.gap)}
        for claim in ledger.claims.claims
    ]
    seals = [{"through": seal.through, "entries": seal.entries, "sha256": seal.sha256, "rule": seal.rule}
             for seal in ledger.claims.seals]  # fmt: skip
    return {"claims": [_filled(claim) for claim in claims], "seals": seals}


def _workdays(workdays: Mapping[date, bool]) -> dict[str, list[date]]:
    named = {"holidays": False, "workdays": True}
    return {name: sorted(day for day, is_worked in workdays.items() if is_worked is worked)
            for name, worked in named.items()}  # fmt: skip


def _figures(ledger: Ledger, day: date) -> dict[str, Any]:
    """The figures of every book, for people who look into the bundle."""
    board = Board(ledger, day)
    found = {}
    for book in ledger.settings.books:
        withdrawn = sum(one.item.book == book.id for one in board.withdrawn)
        counted = count(board.book(book.id), withdrawn, board)
        mean = counted.progress.value
        found[book.id] = {**counted.figures, "progress": None if mean is None else plain(mean)}
    return found
