"""The desk: every request that waits, with all that whoever decides wants to know of it.

That is also what granting or declining it puts into the journal, and what `check` would say then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from ledger.model.claim import Claims
from ledger.model.entry import COLUMNS, EVENTS, Entry, rank
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.period import UnknownYear, days_inclusive
from ledger.model.setting import Approver
from ledger.rule.registry import findings
from ledger.state.board import Board, Standing
from ledger.state.request import Request, Waiting, open_requests
from ledger.text.safe import one_line


def desk(board: Board) -> list[Waiting]:
    """What waits on the board's day, the longest first."""
    found = [_waiting(board, own) for own in open_requests(board)]
    return sorted(found, key=lambda own: own.request.since)


def _waiting(board: Board, request: Request) -> Waiting:
    standing = request.standing
    readings = tuple((target, standing.reading(target.key)) for target in standing.item.targets)
    deciders = deciders_of(board, request.key)
    findings = said_if_granted(board, request, deciders[0] if deciders else "")
    return Waiting(request, _days(board, request.since), _words(board, request), readings,
                   _evidence(board, standing, request.unit), tuple(findings))  # fmt: skip


def deciders_of(board: Board, key: str, day: date | None = None) -> Sequence[str]:
    """Who may decide a request with this key on a day, by default the board's; empty where nobody is named."""
    return [one.name for one in _deciders(board, key, day or board.day)]


def may_decide(board: Board, key: str, by: str, day: date) -> bool:
    """Whether somebody may decide a request with this key on a day, under a present or a former name."""
    named = _deciders(board, key, day)
    present = board.present
    names = {present.get(name, name) for one in named for name in (one.name, *one.was)}
    return not named or present.get(by, by) in names


def _deciders(board: Board, key: str, day: date) -> list[Approver]:
    settings, event = board.ledger.settings, key.partition(":")[0]
    named = dict(settings.decides).get(event)
    if named is None:
        named = settings.approvers if EVENTS[event].is_decision else ()
    return [one for one in named if one.decides_on(day)]


def _days(board: Board, since: date) -> int | None:
    try:
        return days_inclusive(since + timedelta(days=1), board.day, True, board.ledger.workdays)
    except UnknownYear:
        return None


def _words(board: Board, request: Request) -> str:
    own = request.entry
    said = one_line(own.note or own.text)
    if said:
        return said
    reports = [
        entry
        for entry in request.standing.course.entries
        if entry.event == "report" and board.present.get(entry.by, entry.by) == request.unit
    ]
    return one_line(reports[-1].text) if reports else ""


def _evidence(board: Board, standing: Standing, unit: str) -> tuple[str, ...]:
    files = (
        entry.file for entry in standing.course.entries if entry.file and board.present.get(entry.by, entry.by) == unit
    )
    return tuple(dict.fromkeys(files))


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
