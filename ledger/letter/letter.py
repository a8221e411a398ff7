"""To whom a letter goes, and about what: one a unit, its items in order of level, the severest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ledger.model.item import UNSTATED
from ledger.model.period import last_closed_week
from ledger.model.record import NamedTuple
from ledger.state.board import Board, Standing
from ledger.state.level import level_of, sent_levels, severity
from ledger.state.order import in_plan_order
from ledger.state.submission import submissions

SOON = timedelta(days=30)
"""What falls due within so many days is reminded of."""


class Letter(NamedTuple):
    """A letter to one unit. `level` is the severest of its items, empty where none bears one; `number` is from 1."""

    kind: str
    unit: str
    number: int
    level: str
    items: tuple[Standing, ...]


class Letters(NamedTuple):
    """The letters of a day, by unit, and what no letter could be written for, as nobody leads it."""

    letters: tuple[Letter, ...]
    unled: tuple[Standing, ...]


def letters(board: Board, kind: str, among: Sequence[Standing], own: Board | None = None) -> Letters:
    """The letters of a kind about those of the items that need one on the board's day.

    Where the board holds items of included ledgers and `own` is the board without them, only units that this ledger
    knows get letters about them: all others get theirs from their own.
    """
    units = _known_units(own) if own else frozenset()
    by_unit: dict[str, dict[str, Standing]] = {}
    for unit, standing in _wanted(board, kind, in_plan_order(among, board.ledger.settings), own or board):
        if own is None or unit in units or "/" not in standing.id:
            by_unit.setdefault(unit, {}).setdefault(standing.id, standing)
    unled = by_unit.pop("", {})
    levels = board.ledger.settings.warning.levels
    found = []
    for number, (unit, items) in enumerate(sorted(by_unit.items()), 1):
        ordered = sorted(items.values(), key=lambda one: severity(level_of(one), levels))
        found.append(Letter(kind, unit, number, level_of(ordered[0]), tuple(ordered)))
    return Letters(tuple(found), tuple(unled.values()))


def _known_units(board: Board) -> frozenset[str]:
    """The units that are listed, and those that lead or answer for an item."""
    named = {unit for one in board.everything for unit in (one.item.lead, *one.item.responsible)}
    return frozenset(board.present.get(unit, unit) for unit in {*board.present, *named})


def _wanted(board: Board, kind: str, among: Sequence[Standing], own: Board) -> list[tuple[str, Standing]]:
    """The items that need a letter, each with the unit that gets it; empty for what nobody leads."""
    if kind == "warning":
        chosen = [one for one in among if level_of(one) and not _was_told(one)]
    elif kind == "reminder":
        chosen = [one for one in among if _falls_due(one)]
    elif kind == "supervision":
        chosen = [one for one in among if one.schedule == "overdue"]
    else:
        chosen = [one for one in among if _can_be_closed(one)]
    found = [(_lead(one), one) for one in chosen]
    return [*found, *_silent(own, among)] if kind == "reminder" else found


def _was_told(standing: Standing) -> bool:
    """Whether the level that it bears went out already for the deadline in force."""
    return level_of(standing) in {sent.level for sent in sent_levels(standing)}


def _falls_due(standing: Standing) -> bool:
    day = standing.board.day
    return not standing.is_done and standing.deadline is not None and day <= standing.deadline <= day + SOON


def _can_be_closed(standing: Standing) -> bool:
    books = standing.board.ledger.settings.closing.books
    return standing.state == "done" and (not books or standing.item.book in books)


def _silent(board: Board, among: Sequence[Standing]) -> list[tuple[str, Standing]]:
    """The open items of units that had to report in the week that closed last and did not."""
    settings = board.ledger.settings
    week = last_closed_week(board.day, settings.week.closes)
    if (settings.start is not None and week.last < settings.start) or not settings.week.asks(week.label):
        return []
    known = {one.id: one for one in among}
    return [
        (own.unit, known[id_])
        for own in submissions(board, week)
        if own.is_silent
        for id_ in own.open
        if id_ in known and not known[id_].is_done
    ]


def _lead(standing: Standing) -> str:
    lead = standing.item.lead
    return "" if lead == UNSTATED else standing.board.present.get(lead, lead)
