"""Requests that wait for a decision: what a unit asks for, since when, and what it asks last."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ledger.model.entry import EVENTS, Entry
from ledger.model.finding import Finding
from ledger.model.item import Target
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.reading import Reading


class Request(NamedTuple):
    """One open request of a unit on an item. `key` is what is asked for: `done`, `extend`, `amend:FIELD` and so on.

    It is open since the day it was first asked; `entry` is what was asked last, which is what counts.
    """

    standing: Standing
    key: str
    unit: str
    since: date
    entry: Entry


class Waiting(NamedTuple):
    """One open request. `days` are working days since it was asked, the day of asking not counted; None where the
    calendar of a year is not known."""

    request: Request
    days: int | None
    words: str
    """What the unit says of it: its reason, else its last report on the item."""
    readings: tuple[tuple[Target, Reading | None], ...]
    evidence: tuple[str, ...]
    findings: tuple[Finding, ...]


def open_requests(board: Board) -> list[Request]:
    """Every request that waits on the board's day, item by item in the order of the plan."""
    return [own for standing in board.standings for own in requests_of(standing)]


def requests_of(standing: Standing) -> list[Request]:
    """The open requests on one item, those of one unit under whatever name as one."""
    present, found = standing.board.present, dict[tuple[str, str], Request]()
    for (key, by), (entry, since) in standing.course.requests.items():
        unit = present.get(by, by)
        known = found.get((key, unit))
        if known is None:
            found[key, unit] = Request(standing, key, unit, since, entry)
        else:
            last = max(known.entry, entry, key=lambda ask: (ask.date, ask.until))
            found[key, unit] = known._replace(since=min(known.since, since), entry=last)
    return list(found.values())


def asked_label(key: str) -> Words:
    """What is asked for, in words: 整改完成, 延期, 调整 goal."""
    event, _, field = key.partition(":")
    label = EVENTS[event].label if event in EVENTS else Words.same(event)
    return Words(f"{label.zh} {field}".strip(), f"{label.en} {field}".strip())
