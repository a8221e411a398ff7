"""Reported facts against what the journal holds: already there, correcting or contradicting it, fallen, or new.

A form that was saved later than the one collected before it corrects that one: what it says anew replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from ledger.exchange.form.asked import own_readings
from ledger.exchange.form.received import Remark, ReportedFact, saved_source
from ledger.model.entry import Details, Entry, rank
from ledger.model.item import Target
from ledger.model.number import Goal, number, plain
from ledger.model.period import ReportingWeek
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Board, Standing
from ledger.state.course import marked_reference, names
from ledger.state.submission import is_of_week
from ledger.text.pattern import regex
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
_OF_WEEK = regex(r"(\d{4}-W\d{2})_")


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
        fact.cells["event"], cell("key", ""), fact.unit, cell("value", ""),
        Details(**{name: cell(name, "") for name in ("until", "text", "note", "part", "of", "firm", "approx")}),
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


def correction(
    board: Board, fact: ReportedFact, clashing: Sequence[Entry], taken_back: Sequence[Entry], last_saved: str
) -> tuple[ReportedFact, Remark] | Remark:
    """The fact with the voids that make room for it, and the sentence that says what it corrects; or why it is held.

    `clashing` is what the unit said before and says otherwise now; `taken_back` says the same, but was voided.
    """
    before = clashing[0] if clashing else None
    why = _objection(board, fact, clashing, last_saved)
    if why is not None:
        return why
    voids = [_void(fact, entry) for entry in clashing]
    is_back = False
    if taken_back:
        void = void_of(board, taken_back[-1])
        if void is None or board.present.get(void.by, void.by) != fact.unit:
            message = Words("这一条已经作废过，再记也不算", "it was taken back before, so it would not count")
            hint = Words("要重新记，用 ledger record 换一天", "to record it anew, use ledger record with another day")
            return fact.remark("held", message, hint)
        voids.append(_void(fact, void))
        is_back = True
    told = Words("{item} {what}由“{before}”更正为“{after}”", "{item}{what} is corrected from “{before}” to “{after}”")
    what = _key_words(fact.cells.get("key", ""))
    after = _said(fact.cells)
    filled = told.fill(item=fact.cells["item"], what=what, before=said_by(before) if before else "–", after=after)
    return fact._replace(voids=tuple(voids), is_back=is_back), fact.remark("corrected", filled)


def _objection(board: Board, fact: ReportedFact, clashing: Sequence[Entry], last_saved: str) -> Remark | None:
    """Why what was said before stands."""
    sealed = max((seal.through for seal in board.ledger.claims.seals), default=None)
    shut = next((entry for entry in clashing if sealed is not None and entry.date <= sealed), None)
    if shut is not None:
        message = Words("{item} {what}原报“{before}”已随 {day} 的公布封存，不能由更正的表改动",
                        "{item}{what} was “{before}”, which is sealed through {day}: no form changes it")  # fmt: skip
        filled = message.fill(item=fact.cells["item"], what=_key_words(fact.cells.get("key", "")),
                              before=said_by(shut), day=sealed)  # fmt: skip
        return fact.remark("held", filled, Words("在本周的表里按现在的数报", "report it as it is now in the next form"))
    if fact.saved and last_saved and fact.saved > last_saved:
        return None
    return _clash(fact, clashing[0] if clashing else None, is_known=bool(last_saved))


def _clash(fact: ReportedFact, other: Entry | None, *, is_known: bool) -> Remark:
    """The same unit has said something else for this week, and nothing tells that this form is the later one."""
    if other is None:
        message = Words("这一条已经作废过，再记也不算", "it was taken back before, so it would not count")
        hint = Words("要重新记，用 ledger record 换一天", "to record it anew, use ledger record with another day")
        return fact.remark("held", message, hint)
    message = Words("{item} {what}报“{now}”，同一天已记“{before}”（{source}）",
                    "{item}{what} is reported as “{now}”, but “{before}” is recorded ({source})")  # fmt: skip
    filled = message.fill(item=fact.cells["item"], what=_key_words(fact.cells.get("key", "")), now=_said(fact.cells),
                          before=said_by(other), source=other.source or f"{other.path}:{other.line}")  # fmt: skip
    cause = NO_WORDS
    if is_known:
        cause = Words("看不出这份表比上次的晚存。", "nothing tells that this form was saved after the last one. ")
    command = f"ledger record void {fact.cells['item']} --key {marked_reference(other)} --by … --note …"
    hint = Words("{cause}要更正：{command}，再收一次", "{cause}to correct it: {command}, collect again")
    return fact.remark("held", filled, hint.fill(cause=cause, command=command))


def _void(fact: ReportedFact, entry: Entry) -> Mapping[str, str]:
    """The line that takes back one entry, and no other."""
    note = Words("更正：{unit} {file}", "correction").fill(unit=fact.unit, file=fact.file).zh
    source = saved_source(fact.cells["source"].partition(":")[0], fact.saved)
    return {"date": fact.cells["date"], "item": entry.item, "event": "void", "key": marked_reference(entry),
            "by": fact.unit, "note": note, "source": source}  # fmt: skip


def void_of(board: Board, entry: Entry) -> Entry | None:
    """The void in force that took an entry back."""
    own = board.ledger.journal[entry.item]
    voids = [void for void in own if void.event == "void" and names(void.key, entry)]
    standing = [void for void in voids if not any(one.event == "void" and names(one.key, void) for one in own)]
    return standing[-1] if standing else None


def _key_words(key: str) -> Words:
    return Words(f"{key} ", f" {key}") if key else Words("", "")


def said_by(entry: Entry) -> str:
    """What an entry says, in at most 40 characters."""
    return _said({name: getattr(entry, name) for name in ("text", "value", "until", "firm")})


def _said(cells: Mapping[str, str]) -> str:
    text = one_line(next((cells[name] for name in ("text", "value", "until") if cells.get(name)), ""))
    text = text if len(text) <= 40 else text[:39] + "…"
    return text + (f" ({cells['firm']})" if cells.get("firm") else "")
