"""What the weekly report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ledger.figure.due import Due, due_list
from ledger.figure.reckoning import Reckoning, reckoning
from ledger.figure.request import open_requests
from ledger.figure.returned import Returned, late_returns
from ledger.figure.sealing import Sealed, seal_of
from ledger.figure.submission import Silence, Submission, silences, submissions
from ledger.figure.trouble import Trouble, open_troubles
from ledger.figure.week import ReportingWeek
from ledger.model.day import days_after
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger

AHEAD = 28
"""Days of the list of what falls due next: four weeks."""


class Weekly(NamedTuple):
    """A week: its reckoning, what falls due in the four weeks after it, and the roll-call.

    `coming` are deadlines and milestones from the closing day to 28 days later. `roll_call` and `silences` (by unit)
    are None where the settings ask for no roll-call. `late` are returns for earlier weeks that came in this one,
    `troubles` those that are not over, `waiting` is the number of open requests. `seal` is what all figures rest on.
    `revision` and `findings` are for the command to fill in: they come from git and from the rules.
    """

    week: ReportingWeek
    reckoning: Reckoning
    coming: tuple[Due, ...]
    roll_call: tuple[Submission, ...] | None
    silences: Mapping[str, Silence] | None
    seal: Sealed
    late: tuple[Returned, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    waiting: int = 0
    revision: str | None = None
    findings: tuple[Finding, ...] = ()


def weekly(ledger: Ledger, week: ReportingWeek) -> Weekly:
    """The weekly report of a week, the same whenever it is asked for."""
    reckoned = reckoning(ledger, week)
    board = reckoned.board
    coming = [due for due in due_list(board, days_after(week.last, AHEAD)) if due.kind == "coming"]
    roll_call = silent = None
    if ledger.settings.week.roll_call and week.label not in ledger.settings.week.none:
        roll_call = submissions(board, week)
        silent = silences(board, week, roll_call)
    told = None if roll_call is None else tuple(roll_call)
    late = tuple(late_returns(board, week))
    troubles = tuple(open_troubles(board))
    waiting = len(open_requests(board))
    return Weekly(week, reckoned, tuple(coming), told, silent, seal_of(ledger, week.last), late, troubles, waiting)
