"""A form that was saved later than the one collected before it: what it says anew replaces what that one said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.exchange.form.received import ReportedFact, saved_source
from ledger.exchange.form.remark import Remark
from ledger.model.entry import Entry
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Board
from ledger.state.course import marked_reference, names
from ledger.text.safe import one_line


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
