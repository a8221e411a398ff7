"""What is recorded though it is farther from its goal than what was said last: units are asked for the reason."""

from __future__ import annotations

from fractions import Fraction

from ledger.exchange.form.asked import own_readings
from ledger.exchange.form.received import ReportedFact
from ledger.exchange.form.remark import Remark
from ledger.model.entry import Entry
from ledger.model.item import Target
from ledger.model.number import Goal, plain
from ledger.model.words import Words
from ledger.state.board import Standing


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
