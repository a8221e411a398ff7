"""What is over and what comes, as a document and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger.format.document import Column, Document, Heading, Paint, Paragraph, Table, Text, painted
from ledger.format.phrase import late_extension, noted, unit_name
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.state.due import KINDS, Due
from ledger.text.plural import some


def due_document(found: Sequence[Due], settings: Settings, day: date, last: date) -> Document:
    """A table for each kind, and one that counts them by lead unit."""
    head = Words("{title}  截至 {day}，预告到 {last}", "{title}  as of {day}, looking ahead to {last}")
    document: Document = [Heading(head.fill(title=settings.title, day=day, last=last), 1)]
    if not found:
        return [
            *document,
            Paragraph(Words("没有逾期，也没有即将到期的。", "Nothing is over, nothing is coming.")),
        ]
    document.append(_by_lead(found))
    for kind, title in KINDS.items():
        rows = [_row(due) for due in found if due.kind == kind]
        if rows:
            columns = [
                Column(Words("牵头单位", "lead"), flexible=True),
                Column(Words("编号", "id")),
                Column(Words("内容", "what"), flexible=True, least=16),
                Column(Words("时限", "due")),
                Column(Words("天数", "days"), flexible=True, least=10),
            ]
            document += [Heading(title + f" ({len(rows)})"), Table(columns, rows)]
    return document


def _row(due: Due) -> list[Text]:
    over = due.days < 0
    n, first = abs(due.days), -(due.days_original or 0)
    if due.day == due.original or first <= 0:
        words = Words("逾期 {n} 天", "{days} late") if over else Words("还有 {n} 天", "{days} left")
    elif over:
        words = Words("逾期 {n} 天（按原时限 {first} 天）", "{days} late ({first} by the original deadline)")
    else:
        words = Words("还有 {n} 天（按原时限逾期 {first} 天）", "{days} left ({first} late by the original deadline)")
    said = words.fill(n=n, days=some(n, "day"), first=first)
    late = late_extension(due.standing) if due.original is not None else None
    days = painted(noted(said, late), "red" if over else "yellow")
    lead = unit_name(due.lead or "unstated")
    return [lead, due.standing.id, due.what, due.day.isoformat(), days]


def _by_lead(found: Sequence[Due]) -> Table:
    counts: dict[str, dict[str, int]] = {}
    for due in found:
        counts.setdefault(due.lead, dict.fromkeys(KINDS, 0))[due.kind] += 1
    worst = sorted(counts, key=lambda lead: (*(-counts[lead][kind] for kind in KINDS), lead))
    columns = [Column(Words("牵头单位", "lead"), flexible=True),
               *(Column(title, right=True, flexible=True, least=6) for title in KINDS.values())]  # fmt: skip
    rows = [
        [unit_name(lead or "unstated"),
         *(Paint(str(n), "red") if n and kind != "coming" else str(n) for kind, n in counts[lead].items())]
        for lead in worst
    ]  # fmt: skip
    return Table(columns, rows)


def due_json(found: Sequence[Due], day: date, last: date, lang: str) -> dict[str, Any]:
    """The lists as other programs read them (schema `ledger/due/1`)."""
    lists = {
        kind: [
            {"item": due.standing.id, "what": due.what.pick(lang), "lead": due.standing.item.lead,
             "due": due.day.isoformat(), "days_left": due.days,
             "original_due": due.original.isoformat() if due.original else None,
             "days_left_original": due.days_original}
            for due in found if due.kind == kind
        ]
        for kind in KINDS
    }  # fmt: skip
    return {"schema": "ledger/due/1", "as_of": day.isoformat(), "until": last.isoformat(), **lists}
