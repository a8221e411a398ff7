"""What granting or declining a request puts into the journal, and what `check` would say of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ledger.model.claim import Claims
from ledger.model.entry import COLUMNS, Entry, rank
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.rule.registry import findings
from ledger.state.board import Board
from ledger.state.request import Request

_AMEND = "amend:"


def granted_row(request: Request, day: date, cells: Mapping[str, str]) -> dict[str, str]:
    """The line that grants a request on a day; `cells` are those of whoever decides (`by`, `doc`, `note`, `until` …).

    A `done` bears the day that the unit names, else the one on which it first asked, if that is an earlier one: what
    is looked at late makes nobody late.
    """
    asked, key = request.entry, request.key
    row = {"date": day.isoformat(), "item": request.standing.plan.id, "event": key, **cells}
    if key == "done":
        on = asked.value or request.since.isoformat()
        row |= {"value": on if on < day.isoformat() else "", "firm": asked.firm}
    elif key.startswith(_AMEND):
        row |= {"event": "amend", "key": key.removeprefix(_AMEND), "value": asked.value}
    elif key == "extend":
        row["until"] = cells.get("until") or asked.until
    elif key == "withdraw":
        row["key"] = asked.value
    return {name: cell for name, cell in row.items() if cell}


def declined_row(request: Request, day: date, cells: Mapping[str, str]) -> dict[str, str]:
    """The line that says no to a request."""
    row = {"date": day.isoformat(), "item": request.standing.plan.id, "event": "decline", "key": request.key, **cells}
    return {name: cell for name, cell in row.items() if cell}


def said_if_granted(board: Board, request: Request, by: str) -> list[Finding]:
    """What `check` would say on the board's day, beside what it says now, if `by` granted the request.

    Only the item and those it is linked with are judged: what a request would do to published totals is not asked.
    """
    row = granted_row(request, board.day, {"by": by, "doc": "–", "note": "–"})
    before = _part(board, request)
    journal = dict(before.journal)
    own = request.standing.plan.id
    journal[own] = tuple(sorted((*journal.get(own, ()), _entry(row, board))))
    known = {(one.code, one.item, one.key, one.message) for one in findings(before, board.day)}
    after = findings(before._replace(journal=journal), board.day)
    return [one for one in after if (one.code, one.item, one.key, one.message) not in known and one.item]


def _part(board: Board, request: Request) -> Ledger:
    """The ledger as far as it concerns the item: itself, what it links to and what links to it."""
    ledger, item = board.ledger, request.standing.plan
    near = {item.id, *(id_ for _, ids in item.links for id_ in ids), *(child.id for child in board.actions_of(item.id))}
    items = tuple(one for one in ledger.items if one.id in near)
    journal = {one.id: ledger.journal.get(one.id, ()) for one in items}
    return ledger._replace(items=items, journal=journal, orphans=(), claims=Claims(), findings=(), waivers=())


def _entry(row: Mapping[str, str], board: Board) -> Entry:
    """The line as an entry."""
    cells = {name: row.get(name, "") for name in COLUMNS if name not in ("date", "item", "event")}
    steps = board.ledger.settings.closing.all_steps
    entry = Entry(date.fromisoformat(row["date"]), rank(row["event"], cells["key"], steps), row["item"], row["event"])
    return entry._replace(**cells)  # type: ignore[arg-type]
