"""Returns: that a unit's form for a week came in, when, and whether anything was in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from ledger.model.entry import Entry
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek
from ledger.state.board import Board
from ledger.state.decision import NO_ITEM, Decisions

_FORM = re.compile(r"(\d{4}-W\d{2})_")


class Returned(NamedTuple):
    """The first return of a unit for a week. `rows` is how many of its rows said something, None where nobody knows."""

    unit: str
    week: str
    day: date
    rows: int | None


def all_returns(board: Board) -> dict[tuple[str, str], Returned]:
    """The first return of each unit for each week, by unit and week, among those that came by the board's day."""
    return _first_of(board.returns, board.present)


def returns_until(ledger: Ledger, day: date) -> dict[tuple[str, str], Returned]:
    """The first return of each unit for each week, by unit and week, among those that came by a day."""
    returns = Decisions.of(ledger).in_effect(NO_ITEM, ledger.returns, day)
    return _first_of(returns, ledger.settings.present_names)


def _first_of(returns: Iterable[Entry], present: Mapping[str, str]) -> dict[tuple[str, str], Returned]:
    found: dict[tuple[str, str], Returned] = {}
    for entry in returns:
        unit = present.get(entry.by, entry.by)
        rows = int(entry.value) if entry.value.isdecimal() else None
        own = Returned(unit, entry.key, entry.date, rows)
        first = found.get((unit, entry.key), own)
        found[unit, entry.key] = first if first.day <= own.day else own
    return found


def returns_of(board: Board, week: ReportingWeek) -> dict[str, Returned]:
    """The returns for one week by unit."""
    return {own.unit: own for own in all_returns(board).values() if own.week == week.label}


def late_returns(board: Board, week: ReportingWeek) -> list[Returned]:
    """The returns for earlier weeks that came in this one, after their own week had closed."""
    late = [own for own in all_returns(board).values() if week.first <= own.day <= week.last and own.week < week.label]
    return sorted(late, key=lambda own: (own.week, own.day, own.unit))


def is_of_week(entry: Entry, week: ReportingWeek) -> bool:
    """Whether an entry comes from a form of the week, or from no form and is dated in it."""
    match = _FORM.match(entry.source)
    return match[1] == week.label if match else week.first <= entry.date <= week.last
