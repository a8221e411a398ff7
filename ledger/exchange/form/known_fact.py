"""Reported facts against what the journal holds: already there, contradicting it, worse than before, or new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ledger.exchange.form.asked import own_readings
from ledger.exchange.form.remark import Remark
from ledger.exchange.form.row import ReportedFact
from ledger.model.entry import Entry, rank
from ledger.model.item import Target
from ledger.model.number import Goal, number, plain
from ledger.model.period import ReportingWeek
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.course import names, reference
from ledger.text.safe import one_line

_NUMBERS = ("value", "part", "of")
_CONTENT = (*_NUMBERS, "text", "until", "firm", "note")


def standing_facts(
    board: Board, week: ReportingWeek, facts: Sequence[ReportedFact]
) -> tuple[list[ReportedFact], list[ReportedFact], list[Remark]]:
    """The facts that are new, those that the journal has for this week already, and a sentence for each that
    contradicts it (that fact is neither) or that is worse than what the unit said last."""
    new: list[ReportedFact] = []
    known: list[ReportedFact] = []
    remarks: list[Remark] = []
    for fact in facts:
        standing = board.by_id[fact.cells["item"]]
        entry = _entry(fact)
        own = [
            other for other in standing.course.entries if _same_fact(board, other, entry) and other.date >= week.first
        ]
        if any(_content(other) == _content(entry) for other in own):
            known.append(fact)
            continue
        clash = next((other for other in own if other.date == entry.date), None)
        if clash is not None:
            remarks.append(_clash(fact, entry, clash))
        elif any(other.event == "void" and names(other.key, entry) for other in board.ledger.journal[standing.plan.id]):
            message = Words("这一条已经作废过，再记也不算", "it was taken back before, so it would not count")
            hint = Words("要重新记，用 ledger record 换一天", "to record it anew, use ledger record with another day")
            remarks.append(Remark("held", fact.file, fact.unit, fact.place, message, hint))
        else:
            new.append(fact)
            remarks += _fallen(standing, fact, entry)
    return new, known, remarks


def _entry(fact: ReportedFact) -> Entry:
    """The fact as the journal would hold it."""
    cell = fact.cells.get
    return Entry(
        date.fromisoformat(fact.cells["date"]), rank(fact.cells["event"], "", ()), fact.cells["item"],
        fact.cells["event"], cell("key", ""), fact.unit, cell("value", ""), cell("until", ""), text=cell("text", ""),
        note=cell("note", ""), part=cell("part", ""), of=cell("of", ""), firm=cell("firm", ""),
    )  # fmt: skip


def _same_fact(board: Board, other: Entry, entry: Entry) -> bool:
    """Whether two entries speak of the same thing by the same unit, on whatever day."""
    by = board.present.get(other.by, other.by)
    return (other.event, other.key, by) == (entry.event, entry.key, entry.by)


def _content(entry: Entry) -> tuple[object, ...]:
    return tuple(
        number(cell) if name in _NUMBERS and number(cell) is not None else one_line(cell)
        for name in _CONTENT
        for cell in [getattr(entry, name)]
    )


def _clash(fact: ReportedFact, entry: Entry, other: Entry) -> Remark:
    """The same unit has said something else for the same day."""
    message = Words("{item} {what}报“{now}”，同一天已记“{before}”（{source}）",
                    "{item}{what} is reported as “{now}”, but “{before}” is recorded ({source})")  # fmt: skip
    what = Words(f"{entry.key} ", f" {entry.key}") if entry.key else Words("", "")
    filled = message.fill(item=entry.item, what=what, now=_said(entry), before=_said(other),
                          source=other.source or f"{other.path}:{other.line}")  # fmt: skip
    again = Words("再收一次", "collect again")
    if not entry.value:
        # A void names an entry by its value: one without a value takes the corrected one of that day back as well.
        again = Words("再用 ledger record 以另一天补记", "then record it with another day")
    hint = Words("要更正：ledger record void {item} --key {reference} --by … --note …，{again}",
                 "to correct it: ledger record void {item} --key {reference} --by … --note …, {again}")  # fmt: skip
    return Remark("held", fact.file, fact.unit, fact.place, filled,
                  hint.fill(item=entry.item, reference=reference(other), again=again))  # fmt: skip


def _said(entry: Entry) -> str:
    text = one_line({"report": entry.text, "trouble": entry.text, "expect": entry.until}.get(entry.event, entry.value))
    text = text if len(text) <= 40 else text[:39] + "…"
    return text + (f" ({entry.firm})" if entry.firm else "")


def _fallen(standing: Standing, fact: ReportedFact, entry: Entry) -> list[Remark]:
    """A word on a reading that is farther from its goal than the last one before it."""
    target = standing.item.target(entry.key) if entry.event == "reading" else None
    if target is None or target.goal is None:
        return []
    before = _before(standing, target, entry)
    if before is None or not _is_worse(before.number, entry.number, target.goal, shared=target.sum == "units"):
        return []
    message = Words(
        "{item} {name} 从 {before}（{day}）退到 {now}", "{item} {name} fell back from {before} ({day}) to {now}"
    )
    name = target.name if any(target.name) else Words.same(target.key)
    filled = message.fill(item=entry.item, name=name, before=plain(before.number), day=before.date,
                          now=plain(entry.number))  # fmt: skip
    hint = Words("请该单位说明原因", "ask the unit for the reason")
    if entry.note:
        hint = Words("说明：{note}", "its reason: {note}").fill(note=entry.note)
    return [Remark("fell", fact.file, fact.unit, fact.place, filled, hint)]


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
