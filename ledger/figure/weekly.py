"""What the weekly report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ledger.figure.reckoning import Reckoning, reckoning
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek, days_after
from ledger.state.due import Due, due_list
from ledger.state.seal import Sealed, seal_of
from ledger.state.submission import Silence, Submission, silences, submissions

AHEAD = 28
"""Days of the list of what falls due next: four weeks."""


class Weekly(NamedTuple):
    """A week: its reckoning, what falls due in the four weeks after it, and the roll-call.

    `coming` are deadlines and milestones from the closing day to 28 days later. `roll_call` and `silences` (by unit)
    are None where the settings ask for no roll-call. `seal` is what all figures rest on. `revision` and `findings` are
    for the command to fill in: they come from git and from the rules.
    """

    week: ReportingWeek
    reckoning: Reckoning
    coming: tuple[Due, ...]
    roll_call: tuple[Submission, ...] | None
    silences: Mapping[str, Silence] | None
    seal: Sealed
    revision: str | None = None
    findings: tuple[Finding, ...] = ()


def weekly(ledger: Ledger, week: ReportingWeek) -> Weekly:
    """The weekly report of a week, the same whenever it is asked for."""
    reckoned = reckoning(ledger, week)
    board = reckoned.board
    coming = [due for due in due_list(board, days_after(week.last, AHEAD)) if due.kind == "coming"]
    roll_call = silent = None
    if ledger.settings.week.roll_call:
        roll_call = submissions(board, week)
        silent = silences(board, week, roll_call)
    told = None if roll_call is None else tuple(roll_call)
    return Weekly(week, reckoned, tuple(coming), told, silent, seal_of(ledger, week.last))
