"""What is over and what comes, as servers of CI read it: annotations of GitHub, and JUnit."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.format.ci import MOST, Case, Failure, junit_text, plain_line, workflow_command
from ledger.format.phrase import time_left
from ledger.model.finding import Place
from ledger.model.words import Words
from ledger.state.due import KINDS, Due
from ledger.text.plural import some
from ledger.text.safe import one_line


def due_github(found: Sequence[Due], lang: str, prefix: str, without: str = "") -> str:
    """A command for each line: an error for what is over, a notice for what comes; at most ten of either as commands.

    `prefix` stands before each path.
    """
    over = [due for due in found if due.is_over]
    rest = [due for due in found if not due.is_over]
    lines = [workflow_command("notice", {"title": "ledger due"}, without)] if without else []
    lines += [_command(due, lang, prefix) for group in (over, rest) for due in group[:MOST]]
    more = over[MOST:] + rest[MOST:]
    if more:
        lines.append(Words("另有 {n} 个：", "and {n} more:").fill(n=len(more)).pick(lang))
        lines += [plain_line(_sentence(due).pick(lang)) for due in more]
    return "".join(line + "\n" for line in lines)


def _command(due: Due, lang: str, prefix: str) -> str:
    place = _place(due)
    properties = {"file": prefix + place.path, "line": str(place.line), "col": str(place.column)} if place.path else {}
    properties["title"] = f"ledger due: {KINDS[due.kind].pick(lang)}"
    return workflow_command("error" if due.is_over else "notice", properties, _sentence(due).pick(lang))


def due_junit(found: Sequence[Due], lang: str, prefix: str, without: str = "") -> str:
    """A case for each line, which fails if it is over; one that passes where nothing is over or comes."""
    cases = []
    for due in found:
        said = _sentence(due).pick(lang)
        name, path = f"{due.standing.id} {KINDS[due.kind].pick(lang)}", _place(due).path
        file = prefix + path if path else ""
        cases.append(Case(name, file, [Failure(due.kind, said, said)]) if due.is_over else Case(name, file, (), [said]))
    return junit_text("ledger due", cases or [Case(Words("没有逾期", "nothing is over").pick(lang))], without)


def _place(due: Due) -> Place:
    """Where the deadline of its item stands in the plan."""
    return due.standing.plan.where.place("due")


def _sentence(due: Due) -> Words:
    """The line in words: item, what, its day, how late, who leads."""
    n = abs(due.days)
    unit = "working day" if due.kind == "requests" else "day"
    days = Words("逾期 {n} 天", "{days} late") if due.is_over else time_left(n)
    if due.days < 0 and not due.is_over:
        days = Words("{n} 天前应已开始", "to begin {days} ago")
    words = Words("{id} {what}：{kind}，{day}，{days}，{lead}", "{id} {what}: {kind}, {day}, {days}, {lead}")
    told = words.fill(id=due.standing.id, what=due.what, kind=KINDS[due.kind], day=due.day,
                      days=days.fill(n=n, days=some(n, unit)), lead=due.lead or "–")  # fmt: skip
    return told.each(one_line)
