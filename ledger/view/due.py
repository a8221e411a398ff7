"""What is over and what comes: as a document, as JSON, and as servers of CI read it (GitHub, JUnit)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger.format.ci import MOST, Case, Failure, junit_text, plain_line, workflow_command
from ledger.format.document import Column, Document, Heading, Paint, Paragraph, Table, Text, painted
from ledger.format.phrase import DASH, late_extension, noted, time_left, unit_name
from ledger.model.finding import Place
from ledger.model.setting import Settings
from ledger.model.words import Words, some
from ledger.state.due import KINDS, LEVELLED, Due
from ledger.state.level import level_of, sent_levels
from ledger.text.safe import one_line


def due_document(found: Sequence[Due], settings: Settings, day: date, last: date) -> Document:
    """A table for each kind, what is latest first, and below them one that counts them by lead unit."""
    head = Words("{title}  截至 {day}，预告到 {last}", "{title}  as of {day}, looking ahead to {last}")
    document: Document = [Heading(head.fill(title=settings.title, day=day, last=last), 1)]
    if not found:
        return [
            *document,
            Paragraph(Words("没有逾期，也没有即将到期的。", "Nothing is over, nothing is coming.")),
        ]
    for kind, title in KINDS.items():
        own = sorted((due for due in found if due.kind == kind), key=lambda due: (due.days, due.lead, due.standing.id))
        rows = [_row(due) for due in own]
        if rows:
            columns = [
                Column(Words("编号", "id")),
                Column(Words("内容", "what"), flexible=True, least=16),
                Column(Words("牵头单位", "lead"), flexible=True),
                Column(Words("时限", "due")),
                Column(Words("天数", "days"), flexible=True, least=10),
            ]
            if settings.warning.levels and kind in LEVELLED:
                columns.append(Column(Words("级别", "level"), flexible=True, least=8))
                rows = [[*row, _level(due)] for row, due in zip(rows, own, strict=True)]
            document += [Heading(title + f" ({len(rows)})"), Table(columns, rows)]
    return [*document, Heading(Words("按牵头单位", "by lead unit")), _by_lead(found)]


def _row(due: Due) -> list[Text]:
    return [due.standing.id, due.what, unit_name(due.lead or "unstated"), due.day.isoformat(), days_text(due)]


def days_text(due: Due) -> Text:
    """How late it is, or how much time is left, in words and in its colour."""
    over, unit = due.is_over, "working day" if due.kind == "requests" else "day"
    n, first = abs(due.days), -(due.days_original or 0)
    if due.kind == "requests":
        words = Words("迟复 {n} 个工作日", "{days} late") if over else Words("还有 {n} 个工作日", "{days} left")
        if not n:
            words = Words("今天应答复", "to be answered today")
    elif due.days < 0 and not over:
        words = Words("{n} 天前应已开始", "to begin {days} ago")
    elif due.day == due.original or first <= 0:
        words = Words("逾期 {n} 天", "{days} late") if over else time_left(n)
    elif over:
        words = Words("逾期 {n} 天（按原时限 {first} 天）", "{days} late ({first} by the original deadline)")
    else:
        words = time_left(n) + Words("（按原时限逾期 {first} 天）", " ({first} late by the original deadline)")
    said = words.fill(n=n, days=some(n, unit), first=first)
    late = late_extension(due.standing) if due.original is not None else None
    return painted(noted(said, late), "red" if over else "yellow")


def _level(due: Due) -> Text:
    """The level of its item, and which of them went out by letter already."""
    level = level_of(due.standing)
    sent = [Words("{day} 已发{level}", "{level} sent {day}").fill(level=one.level, day=one.day)
            for one in sent_levels(due.standing)]  # fmt: skip
    return Words.same(" · ").join([level or DASH, *sent])


def _by_lead(found: Sequence[Due]) -> Table:
    counts: dict[str, dict[str, int]] = {}
    for due in found:
        counts.setdefault(due.lead, dict.fromkeys(KINDS, 0))[due.kind] += 1
    kinds = [kind for kind in KINDS if kind in LEVELLED or any(own[kind] for own in counts.values())]
    titles = [KINDS[kind] for kind in kinds]
    worst = sorted(counts, key=lambda lead: (*(-counts[lead][kind] for kind in KINDS), lead))
    columns = [Column(Words("牵头单位", "lead"), flexible=True),
               *(Column(title, right=True, flexible=True, least=6) for title in titles)]  # fmt: skip
    rows = [[unit_name(lead or "unstated"), *(_number(counts[lead][kind], kind) for kind in kinds)] for lead in worst]
    return Table(columns, rows)


def _number(number: int, kind: str) -> str:
    return Paint(str(number), "dim" if not number else "red") if kind != "coming" or not number else str(number)


def due_json(found: Sequence[Due], day: date, last: date, lang: str) -> dict[str, Any]:
    """The lists as other programs read them (schema `ledger/due/1`)."""
    lists: dict[str, list[dict[str, Any]]] = {
        kind: [
            {"item": due.standing.id, "what": due.what.pick(lang), "lead": due.standing.item.lead,
             "due": due.day.isoformat(), "days_left": due.days,
             "original_due": due.original.isoformat() if due.original else None,
             "days_left_original": due.days_original, "level": level_of(due.standing) or None,
             "sent": [{"level": one.level or None, "date": one.day.isoformat()}
                      for one in sent_levels(due.standing)]}
            for due in found if due.kind == kind
        ]
        for kind in KINDS if kind not in ("steps", "requests")
    }  # fmt: skip
    lists["steps"] = [
        {"item": due.standing.id, "step": due.step.step, "latest_start": due.day.isoformat()}
        for due in found if due.step is not None
    ]  # fmt: skip
    lists["requests"] = [
        {"item": due.standing.id, "key": due.request.key, "by": due.request.unit,
         "since": due.request.since.isoformat()}
        for due in found if due.request is not None
    ]  # fmt: skip
    return {"schema": "ledger/due/1", "as_of": day.isoformat(), "until": last.isoformat(), **lists}


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
    words = Words("{id} {what}：{kind}，{day}，{days}，{lead}", "{id} {what}: {kind}, {day}, {days}, {lead}")
    told = words.fill(id=due.standing.id, what=due.what, kind=KINDS[due.kind], day=due.day, days=days_text(due),
                      lead=due.lead or "–")  # fmt: skip
    return told.each(one_line)
