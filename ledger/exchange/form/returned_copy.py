"""Forms that came back more than once, and the return that each unit and week gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.exchange.form.known_fact import said_before
from ledger.exchange.form.received import ReportedFact, Return, saved_source
from ledger.exchange.form.remark import Remark
from ledger.model.period import ReportingWeek
from ledger.model.words import Words
from ledger.state.board import Board


def fresh_files(
    board: Board,
    week: ReportingWeek,
    returns: Sequence[Return],
    facts: Mapping[str, Sequence[ReportedFact]],
    last_saved: Mapping[str, str],
) -> tuple[list[ReportedFact], list[str], list[ReportedFact]]:
    """The facts to judge, the files that were not collected before, and the facts of the others that were recorded.

    A file was collected before if a return bears its hash, or if the journal holds all it says, though some of it may
    have been taken back since: unless it was saved after the last one that came, for then it says so anew. What such a
    file says and nobody ever recorded, because it was held back then, counts now.
    """
    told: list[ReportedFact] = []
    fresh: list[str] = []
    known: list[ReportedFact] = []
    hashes = {(entry.sha256, entry.key) for entry in board.ledger.returns if entry.sha256}
    for own in returns:
        before = last_saved.get(own.unit, "")
        recorded = [said_before(board, week, fact) for fact in facts[own.file]]
        is_later = bool(own.saved and before and own.saved > before)
        is_old = (own.sha256, week.label) in hashes or (bool(recorded) and all(recorded))
        if is_later or not is_old:
            fresh.append(own.file)
            told += facts[own.file]
            continue
        for fact, was_said in zip(facts[own.file], recorded, strict=True):
            (known if was_said else told).append(fact)
    return told, fresh, known


def agreed(facts: Sequence[ReportedFact]) -> tuple[list[ReportedFact], list[Remark]]:
    """The facts, each once; and a sentence for each that is told in two ways, neither of which counts."""
    told: dict[tuple[str, str, str, str], list[ReportedFact]] = {}
    for fact in facts:
        told.setdefault(fact.identity, []).append(fact)
    kept, remarks = [], []
    for same in told.values():
        if len({_content(fact) for fact in same}) == 1:
            kept.append(same[0])
            continue
        first, other = same[0], next(fact for fact in same if _content(fact) != _content(same[0]))
        message = Words("{item} 报了两种：“{first}”，而 {there} 是“{second}”",
                        "{item} is reported in two ways: “{first}”, but “{second}” at {there}")  # fmt: skip
        there = f"{other.file} {other.place}" if other.file != first.file else other.place
        filled = message.fill(item=first.cells["item"], first=_said(first), second=_said(other), there=there)
        hint = Words("问清以哪一份为准，删去另一份", "ask which one holds and remove the other")
        remarks.append(first.remark("held", filled, hint))
    return kept, remarks


def _content(fact: ReportedFact) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, cell) for name, cell in fact.cells.items() if name not in ("source", "date")))


def _said(fact: ReportedFact) -> str:
    text = next((fact.cells[name] for name in ("text", "value", "until") if fact.cells.get(name)), "")
    return text if len(text) <= 40 else text[:39] + "…"


def return_rows(returns: Sequence[Return], week: ReportingWeek) -> list[Mapping[str, str]]:
    """The lines for the units whose return for the week is not recorded yet.

    Of several copies that came together the first counts, with the rows of the fullest.
    """
    own: dict[str, list[Return]] = {}
    for one in returns:
        if not one.is_known:
            own.setdefault(one.unit, []).append(one)
    rows: list[Mapping[str, str]] = []
    for unit, copies in own.items():
        first = min(copies, key=lambda one: one.day)
        said = [one.rows for one in copies if one.rows is not None]
        rows.append({
            "date": first.day.isoformat(), "event": "return", "key": week.label, "by": unit,
            "value": str(max(said)) if said else "", "sha256": first.sha256,
            "source": saved_source(first.sent_as, max(one.saved for one in copies)),
        })  # fmt: skip
    return rows
