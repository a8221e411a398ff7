"""Small ledgers on paper: items and facts as plain dicts, the files they make, and what is derived from them.

This is the only place where tests touch the programming interface of reading and counting.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from ledger.model.ledger import Ledger
from ledger.state.board import Board, Standing
from ledger.storage.glob import fits
from ledger.storage.ledger import read_ledger
from ledger.view.overview.status import status, status_json

# The header of the journal as the file format gives it.
COLUMNS = [
    "date", "item", "event", "key", "value", "by", "person", "until", "doc", "text", "note", "source", "file", "sha256",
    "part", "of", "exempt", "firm", "approx",
]  # fmt: skip

SETTINGS: dict[str, Any] = {
    "ledger": 1,
    "title": {"zh": "小台账", "en": "small ledger"},
    "language": "en",
    "start": "2017-01-01",
    "time_nodes": [
        {"id": "2017", "date": "2017-12-31"},
        {"id": "2018", "date": "2018-12-31"},
        {"id": "2020", "date": "2020-12-31"},
    ],
    "books": {
        "measures": {"name": {"zh": "措施", "en": "measures"}, "path": "measures.yaml"},
        "problems": {"name": {"zh": "问题", "en": "problems"}, "path": "problems.yaml"},
        "actions": {"name": {"zh": "举措", "en": "actions"}, "path": "actions.yaml"},
    },
}
BOOKS = tuple(SETTINGS["books"])

# What an event needs beside date, item and event; filled in where a test is not about it.
_NEEDED = {
    "reopen": ("until", "by", "doc", "note"),
    "extend": ("until", "by", "doc", "note"),
    "amend": ("by", "doc", "note"),
    "withdraw": ("by", "doc", "note"),
    "void": ("by", "note"),
}
_FILLED = {"by": "领导小组", "doc": "1号", "note": "依据", "until": "2018-06-30"}


def fact(day: str, event: str, item: str = "M1", **cells: object) -> dict[str, str]:
    """One line of the journal; what its event needs beside the cells given is filled in."""
    filled = {name: _FILLED[name] for name in _NEEDED.get(event, ())}
    return {"date": day, "item": item, "event": event, **filled, **{name: str(cell) for name, cell in cells.items()}}


def journal(facts: Iterable[dict[str, str]], columns: Iterable[str] = COLUMNS) -> str:
    """A journal file with these facts."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(facts)
    return stream.getvalue()


def item(id_: str = "M1", **fields: object) -> dict[str, Any]:
    """An item with the required fields filled in."""
    return {"id": id_, "title": f"title of {id_}", "lead": "市环保局", "due": "2017-12-31", **fields}


def yaml(value: object) -> str:
    """YAML text of plain values: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def files(
    measures: Iterable[dict[str, Any]] = (),
    facts: Iterable[dict[str, str]] = (),
    *,
    problems: Iterable[dict[str, Any]] = (),
    actions: Iterable[dict[str, Any]] = (),
    **settings: object,
) -> dict[str, str]:
    """The files of a ledger: text by path."""
    return {
        "ledger.yaml": yaml({**SETTINGS, **settings}),
        "measures.yaml": yaml(list(measures)),
        "problems.yaml": yaml(list(problems)),
        "actions.yaml": yaml(list(actions)),
        "journal/2017/office.csv": journal(facts),
    }


class Memory:
    """Files in memory; refuses what it does not know."""

    def __init__(self, texts: dict[str, str | bytes]) -> None:
        self.texts = {path: text if isinstance(text, bytes) else text.encode() for path, text in texts.items()}

    def read(self, path: str) -> bytes:
        if path not in self.texts:
            raise FileNotFoundError(2, "No such file", path)
        return self.texts[path]

    def matching(self, pattern: str) -> list[str]:
        return sorted(path for path in self.texts if path == pattern or fits(pattern, path))


def read(texts: dict[str, str | bytes]) -> Ledger:
    """The ledger that these files hold."""
    return read_ledger(Memory(texts))


def sound(texts: dict[str, str | bytes]) -> Ledger:
    """The ledger of files that must be without a fault."""
    ledger = read(texts)
    assert not ledger.findings, [f"{found.place} {found.label} {found.message.en}" for found in ledger.findings]
    return ledger


def stand(day: str, *facts: dict[str, str], settings: dict[str, object] | None = None, **fields: object) -> Standing:
    """How the item M1 with these fields stands on a day after these facts."""
    ledger = sound(files([item(**fields)], facts, **(settings or {})))
    return Board(ledger, date.fromisoformat(day)).by_id["M1"]


def whole(ledger: Ledger, day: str, by: str = "") -> dict[str, Any]:
    """The JSON of `ledger status`, without the findings of the rules."""
    result = status(ledger, date.fromisoformat(day), by)
    return status_json(result, {}, "en")


def figures(day: str, texts: dict[str, str | bytes], book: str = "measures") -> dict[str, Any]:
    """The figures of a book as `ledger status --format json` prints them."""
    counted: dict[str, Any] = whole(sound(texts), day)["books"][book]
    return counted
