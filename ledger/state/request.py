"""Requests that wait for a decision: what a unit asks for, since when, and what it asks last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ledger.model.entry import Entry
from ledger.model.finding import Finding
from ledger.model.item import Target
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
    """The open requests on one item."""
    if standing.is_done or "request" not in standing.course.kinds:
        return []
    board, asks = standing.board, dict[tuple[str, str], list[Entry]]()
    for entry in standing.course.entries:
        if entry.event == "request":
            asks.setdefault((entry.key, board.present.get(entry.by, entry.by)), []).append(entry)
    found = []
    for (key, unit), own in asks.items():
        answers = [entry.date for entry in standing.course.entries if answers_request(entry, key)]
        begun = _begun(own, answers)
        if begun is not None:
            found.append(Request(standing, key, unit, begun, _last(own)))
    return found


def answers_request(entry: Entry, key: str) -> bool:
    """Whether an entry settles a request with this key: it grants or declines it, or the item is done or closed."""
    if entry.event == "decline":
        return entry.key == key
    if entry.event == "close":
        return entry.key != "stage"
    if entry.event == "amend":
        return key == f"amend:{entry.key}"
    return entry.event == "done" or entry.event == key


def _begun(asks: Iterable[Entry], answers: Iterable[date]) -> date | None:
    """The day from which the asks are open; None if the last of them is answered. One of the same day counts."""
    since: date | None = None
    for ask in asks:
        if since is not None and any(since <= day < ask.date for day in answers):
            since = None
        since = since or ask.date
    return None if since is None or any(day >= since for day in answers) else since


def _last(asks: list[Entry]) -> Entry:
    """The ask that counts: the latest, and of one day the one with the later deadline."""
    return max(asks, key=lambda ask: (ask.date, ask.until))
