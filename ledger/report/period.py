"""The reckoning of a period, a week or a month: everything its reports are made of, as one value."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.period import days_after
from ledger.model.record import NamedTuple
from ledger.report.movement import Movement, movement
from ledger.state.board import Board, Standing
from ledger.state.due import Due, Overdue, due_list, overdue_list
from ledger.state.figure.claim import ClaimedFigure, Recount
from ledger.state.figure.count import BookTable, book_table
from ledger.state.figure.unit_table import UnitTable, unit_table
from ledger.state.order import in_plan_order
from ledger.state.reading import Mean


class Period(Protocol):
    """A week or a month."""

    @property
    def first(self) -> date:
        """Its first day."""
        ...

    @property
    def last(self) -> date:
        """Its last day: the day on which everything is judged."""
        ...

    @property
    def before(self) -> date:
        """The day before its first one: its figures open the period."""
        ...

    @property
    def label(self) -> str:
        """Its name, such as `2017-W52` or `2017-12`."""
        ...


class LastDays(NamedTuple):
    """The seven days up to one, whichever day of the week that is."""

    last: date

    @property
    def first(self) -> date:
        """Six days before."""
        return days_after(self.last, -6)

    @property
    def before(self) -> date:
        """A week before."""
        return days_after(self.last, -7)

    @property
    def label(self) -> str:
        """Its last day."""
        return self.last.isoformat()


class Reckoning(NamedTuple):
    """How a ledger stood at the end of a period, and what moved in it.

    `opening` has the tables of the last day before it, `closing` those of its last day, book by book; the `claims` are
    the published figures of days up to then that the ledger does not come to, those with a gap as well. `districts` is
    None where the settings list no district.
    """

    ledger: Ledger
    period: Period
    board: Board
    recount: Recount
    opening: tuple[BookTable, ...]
    closing: tuple[BookTable, ...]
    overall_before: Mean
    overall: Mean
    movement: Movement
    short: tuple[Standing, ...]
    overdue: tuple[Overdue, ...]
    leads: UnitTable
    districts: UnitTable | None
    claims: tuple[ClaimedFigure, ...]

    @property
    def zone(self) -> str:
        """The time zone of the ledger's days; empty if it names none."""
        return self.ledger.settings.timezone


def reckoning(ledger: Ledger, period: Period) -> Reckoning:
    """The reckoning of a period. What happened after its last day does not count, whenever it is asked for."""
    opening, board = Board(ledger, period.before), Board(ledger, period.last)
    recount = Recount(ledger, board)
    known = Recount(ledger, opening)
    judged = [claim for claim in ledger.claims.claims if claim.as_of <= period.last]
    claims = [figure for claim in judged for figure in recount.claimed(claim) if not figure.agrees]
    by_district = unit_table(board, "district")
    return Reckoning(
        ledger,
        period,
        board,
        recount,
        _tables(known, opening),
        _tables(recount, board),
        known.overall(opening.day),
        recount.overall(board.day),
        movement(opening, board),
        tuple(in_plan_order((s for s in board.standings if s.short), ledger.settings)),
        overdue_list(board),
        unit_table(board, "lead"),
        by_district if any(row.unit for row in by_district.rows) else None,
        tuple(claims),
    )


AHEAD = 28
"""Days of the list of what falls due next: four weeks."""


def coming_in_four_weeks(board: Board) -> list[Due]:
    """The deadlines and milestones from the board's day to 28 days later."""
    return [due for due in due_list(board, days_after(board.day, AHEAD)) if due.kind == "coming"]


def _tables(recount: Recount, board: Board) -> tuple[BookTable, ...]:
    nodes = board.ledger.settings.time_nodes
    return tuple(
        book_table(book, board.book(book.id), recount.count(board.day, book.id), nodes)
        for book in board.ledger.settings.books
    )


def first_day(ledger: Ledger) -> date | None:
    """The day on which the first item entered the ledger; None if that is not known. Nothing can be reported before."""
    start = ledger.settings.start
    days = [item.added or start for item in ledger.items] or [start]
    return min((day for day in days if day is not None), default=None)


def embarrassing(findings: list[Finding]) -> list[Finding]:
    """The findings that would embarrass in print: errors and warnings, but for what time alone says (L8).

    What is overdue, missed or not reported stands in lists of its own.
    """
    return [one for one in findings if one.severity != "info" and not 800 <= one.code < 900]
