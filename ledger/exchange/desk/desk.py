"""The desk: every request that waits, with all that whoever decides wants to know of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ledger.exchange.desk.granted import said_if_granted
from ledger.model.entry import EVENTS
from ledger.model.period import UnknownYear, days_inclusive
from ledger.model.setting import Approver
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
