"""Reported facts against what the journal holds: already there, correcting it, contradicting it, or new."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from ledger.exchange.form.correction import correction, void_of
from ledger.exchange.form.fallen import fallen
from ledger.exchange.form.received import ReportedFact
from ledger.exchange.form.remark import Remark
from ledger.model.entry import Entry, rank
from ledger.model.number import number
from ledger.model.period import ReportingWeek
from ledger.state.board import Board
from ledger.state.returned import is_of_week
from ledger.text.safe import one_line

_NUMBERS = ("value", "part", "of")
_CONTENT = (*_NUMBERS, "text", "until", "firm", "approx", "note")
_OF_WEEK = re.compile(r"(\d{4}-W\d{2})_")


def judged_facts(
    board: Board, week: ReportingWeek, facts: Sequence[ReportedFact], last_saved: Mapping[str, str]
) -> tuple[list[ReportedFact], list[ReportedFact], list[Remark]]:
    """The facts to record, those that the journal has for this week already, and a sentence for each that corrects
    what the unit said before, that contradicts it (that fact is neither), or that is worse than what it said last.

    `last_saved` tells by unit when the form that was collected last had been saved.
    """
    new: list[ReportedFact] = []
    known: list[ReportedFact] = []
    remarks: list[Remark] = []
    for fact in facts:
        entry = entry_of(fact)
        standing = board.by_id[fact.cells["item"]]
        own = said_in_week(board, week, entry)
        in_force = [other for other in own if other in standing.on_record]
        if any(content(other) == content(entry) for other in in_force):
            known.append(fact)
            continue
        clashing = [other for other in in_force if other.date == entry.date or _OF_WEEK.match(other.source)]
        taken_back = [other for other in own if other not in in_force and content(other) == content(entry)]
        if clashing or taken_back:
            found = correction(board, fact, clashing, taken_back, last_saved.get(fact.unit, ""))
            if isinstance(found, Remark):
                remarks.append(found)
                continue
            fact, said = found
            remarks.append(said)
        else:
            remarks += fallen(standing, fact, entry)
        new.append(fact)
    return new, known, remarks


def entry_of(fact: ReportedFact) -> Entry:
    """The fact as the journal would hold it."""
    cell = fact.cells.get
    return Entry(
        date.fromisoformat(fact.cells["date"]), rank(fact.cells["event"], "", ()), fact.cells["item"],
        fact.cells["event"], cell("key", ""), fact.unit, cell("value", ""), cell("until", ""), text=cell("text", ""),
        note=cell("note", ""), part=cell("part", ""), of=cell("of", ""), firm=cell("firm", ""),
        approx=cell("approx", ""),
    )  # fmt: skip


def said_in_week(board: Board, week: ReportingWeek, entry: Entry) -> list[Entry]:
    """What the same unit has said of the same thing for this week, also what was taken back."""
    return [
        other
        for other in board.ledger.journal[entry.item]
        if (other.event, other.key, board.present.get(other.by, other.by)) == (entry.event, entry.key, entry.by)
        and is_of_week(other, week)
    ]


def said_before(board: Board, week: ReportingWeek, fact: ReportedFact) -> bool:
    """Whether the journal holds the fact for this week, even if the unit itself has taken it back since."""
    entry = entry_of(fact)
    same = [other for other in said_in_week(board, week, entry) if content(other) == content(entry)]
    standing = board.by_id[entry.item].on_record
    return any(other in standing or is_own_void(board, other, void_of(board, other)) for other in same)


def is_own_void(board: Board, entry: Entry, void: Entry | None) -> bool:
    """Whether an entry was taken back by the unit that said it."""
    return void is not None and board.present.get(void.by, void.by) == board.present.get(entry.by, entry.by)


def content(entry: Entry) -> tuple[object, ...]:
    """What an entry says, however its numbers are written."""
    return tuple(
        number(cell) if name in _NUMBERS and number(cell) is not None else one_line(cell)
        for name in _CONTENT
        for cell in [getattr(entry, name)]
    )
