"""Reported facts against what the journal holds: already there, contradicting it, fallen since, or new."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from ledger.exchange.form.asked import own_readings
from ledger.exchange.form.correction import correction, void_of
from ledger.exchange.form.received import ReportedFact
from ledger.exchange.form.remark import Remark
from ledger.model.entry import Entry, rank
from ledger.model.item import Target
from ledger.model.number import Goal, number, plain
from ledger.model.period import ReportingWeek
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.submission import is_of_week
from ledger.text.safe import one_line


def fallen(standing: Standing, fact: ReportedFact, entry: Entry) -> list[Remark]:
    """A word on a reading that is farther from its goal than the last one before it, or a percentage that fell."""
    if entry.event == "progress":
        before = standing.course.percent
        if before is None or entry.number >= before.number:
            return []
        return [_told(fact, entry, before, Words("进度", "progress"))]
    target = standing.item.target(entry.key) if entry.event == "reading" else None
    if target is None or target.goal is None:
        return []
    last = _before(standing, target, entry)
    if last is None or not _is_worse(last.number, entry.number, target.goal, shared=target.sum == "units"):
        return []
    return [_told(fact, entry, last, target.name if any(target.name) else Words.same(target.key))]


def _told(fact: ReportedFact, entry: Entry, before: Entry, name: Words) -> Remark:
    message = Words(
        "{item} {name} 从 {before}（{day}）退到 {now}", "{item} {name} fell back from {before} ({day}) to {now}"
    )
    filled = message.fill(item=entry.item, name=name, before=plain(before.number), day=before.date,
                          now=plain(entry.number))  # fmt: skip
    hint = Words("请该单位说明原因", "ask the unit for the reason")
    if entry.note:
        hint = Words("说明：{note}", "its reason: {note}").fill(note=entry.note)
    return fact.remark("fell", filled, hint)


def _before(standing: Standing, target: Target, entry: Entry) -> Entry | None:
    """The reading that this one follows: the unit's own, else for what is not added up anybody's."""
    own = [other for other in own_readings(standing, target.key, entry.by) if other.date <= entry.date]
    if own or target.sum == "units":
        return own[-1] if own else None
    anybody = [other for other in standing.course.entries if other.event == "reading" and other.key == target.key]
    earlier = [other for other in anybody if other.date <= entry.date]
    return earlier[-1] if earlier else None


def _is_worse(before: Fraction, after: Fraction, goal: Goal, *, shared: bool) -> bool:
    """Whether a reading moved away from its goal, as rule 406 has it; of a share only the direction counts."""
    if shared:
        return after > before if goal.sign == "<=" else after < before
    return not goal.met_by(after) and goal.distance(after) > goal.distance(before)


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
