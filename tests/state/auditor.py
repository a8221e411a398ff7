"""An auditor's own reckoning of a seal: nothing but the files, the words of `ledger.state.seal`, csv and yaml."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import yaml

CELLS = [
    "date",
    "item",
    "event",
    "key",
    "value",
    "by",
    "person",
    "until",
    "doc",
    "text",
    "part",
    "of",
    "exempt",
    "firm",
    "approx",
    "note",
]

SEALED = [
    "date", "item", "event", "key", "value", "by", "until", "doc", "part", "of", "exempt", "firm", "approx", "text",
]  # fmt: skip

LISTS = ("responsible", "cooperating", "steps", "measures", "problems", "actions")


def seal(
    settings: dict[str, Any], books: dict[str, list[dict[str, Any]]], journals: Iterable[str], day: str, rule: int
) -> Any:
    """Entries and hash of everything up to a day; books are lists of items as written, journals CSV texts."""
    entries = set()
    for text in journals:
        for row in csv.DictReader(io.StringIO(text, newline=""), restval=""):
            if row["event"] not in ("reopen", "extend", "amend", "withdraw", "void"):
                row["note"] = ""
            if row["date"] <= day:
                entries.add(tuple(row.get(name, "") for name in (CELLS if rule == 1 else SEALED)))
    plan = set()
    for book, items in books.items():
        for one in items:
            item = {"added": settings.get("start", ""), **one, "book": book}
            if item["added"] <= day:
                told = open_to_mending(item, settings["language"]) if rule == 2 else item
                plan |= {(item["id"], path, value) for path, value in flat("", told) if value}
    lines = [*sorted(entries), *sorted(plan), *(sorted(set(tuned(settings))) if rule == 2 else ())]
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\n" for line in lines)
    return len(entries), hashlib.sha256(text.encode()).hexdigest()


def open_to_mending(item: dict[str, Any], language: str) -> dict[str, Any]:
    """The item without what the second rule leaves open."""
    told = {name: value for name, value in item.items() if name not in ("title", "steps")}
    for group in ("targets", "milestones"):
        if group in told:
            told[group] = {
                key: {name: value for name, value in one.items() if name != "name"} for key, one in told[group].items()
            }
    if isinstance(told.get("goal"), dict):
        told["goal"] = told["goal"].get(language) or next(iter(told["goal"].values()))
    return told


def tuned(settings: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The settings that the second rule seals."""
    for node in settings.get("time_nodes", ()):
        yield "", f"time_nodes.{node['id']}", node["date"]
    for name in ("due_soon_days", "immediate_days"):
        yield "", f"warning.{name}", settings.get("warning", {}).get(name, "30")


def flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    name = path.rpartition(".")[2]
    if isinstance(value, dict) and value and set(value) <= {"zh", "en"}:
        yield path, value.get("zh") or value["en"]
        if len(set(value.values())) == 2:
            yield f"{path}.en", value["en"]
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from flat(f"{path}.{number}", inner)
    elif name == "goal" and path != "goal":
        sign = "".join(char for char in value if char in "<>=≥≤") or ">="
        yield path, f"{ {'≥': '>=', '≤': '<='}.get(sign, sign) } {number_of(value.strip('<>=≥≤ '))}"
    elif path == "weight" or name == "from":
        if path != "weight" or number_of(value) != "1":
            yield path, number_of(value)
    elif path not in ("source", "remark"):
        yield path, value


def number_of(text: str) -> str:
    written = f"{Decimal(text):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def seal_of_files(texts: dict[str, str], day: str, rule: int = 2) -> Any:
    """The seal of a ledger whose books are YAML or CSV with list cells joined by `;`."""
    settings = yaml.load(texts["ledger.yaml"], yaml.BaseLoader)
    books = {name: items_of(texts[book["path"]], book["path"]) for name, book in settings["books"].items()}
    journals = [text for path, text in texts.items() if path.startswith("journal/")]
    return seal(settings, books, journals, day, rule)


def items_of(text: str, path: str) -> list[dict[str, Any]]:
    if path.endswith(".yaml"):
        return yaml.load(text, yaml.BaseLoader) or []
    items = []
    for row in csv.DictReader(io.StringIO(text, newline="")):
        item: dict[str, Any] = {}
        for column, cell in row.items():
            *above, name = column.split(".")
            place = item
            for key in above if cell else ():
                place = place.setdefault(key, {})
            if cell:
                place[name] = cell.split(";") if column in LISTS else cell
        items.append(item)
    return items
