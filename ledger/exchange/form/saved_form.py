"""When the forms behind the journal's lines were saved: the one that was saved later corrects the one before it."""

from __future__ import annotations

import re
from itertools import chain

from ledger.model.period import ReportingWeek
from ledger.state.board import Board

_SAVED = re.compile(r"@(\d{4}-\d{2}-\d{2}T[0-9:.+Z-]+)$")


def saved_source(sent_as: str, saved: str) -> str:
    """What a line says of the form behind it: the name it was sent out under, and when it was saved last."""
    return f"{sent_as}@{saved}" if saved else sent_as


def last_saved(board: Board, week: ReportingWeek) -> dict[str, str]:
    """By unit when the form for a week that was collected last had been saved; none where nobody knows."""
    found: dict[str, str] = {}
    for entry in chain(board.ledger.returns, *board.ledger.journal.values()):
        if entry.event not in ("return", "void") or not entry.source.startswith(f"{week.label}_"):
            continue
        match = _SAVED.search(entry.source)
        if match:
            unit = board.present.get(entry.by, entry.by)
            found[unit] = max(match[1], found.get(unit, ""))
    return found
