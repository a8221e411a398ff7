"""The journal of one item, line by line in words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ledger.format.document import Block, Column, Heading, Paint, Paragraph, Table
from ledger.model.entry import EVENTS, LOOKBACK_RESULTS, SUPERVISION_KINDS, Entry
from ledger.model.number import plain
from ledger.model.words import Words
from ledger.state.board import Standing


def journal_blocks(standing: Standing, lang: str) -> list[Block]:
    """The lines in their order, those that do not count on the day marked and dim."""
    entries = standing.board.ledger.journal[standing.id]
    if not entries:
        return [Paragraph(Words("流水中还没有记载。", "The journal holds nothing about it yet.").pick(lang))]
    counting = set(standing.course.entries)
    rows = []
    for entry in entries:
        mark = not_counting(entry, counting, standing.board.day)
        row = [str(entry.date), EVENTS[entry.event].label.pick(lang), said(entry, lang), entry.by, entry.source]
        if mark:
            row[2] = mark.pick(lang) + row[2]
            row = [Paint(cell, "dim") for cell in row]
        rows.append(row)
    columns = [Column(words.pick(lang), flexible=flexible, least=least) for words, flexible, least in (
        (Words("日期", "date"), False, 8), (Words("事件", "event"), False, 8), (Words("内容", "content"), True, 20),
        (Words("单位", "by"), True, 8), (Words("出处", "source"), True, 8))]  # fmt: skip
    return [Heading(Words("流水", "journal").pick(lang)), Table(columns, rows)]


def not_counting(entry: Entry, counting: Collection[Entry], day: date) -> Words | None:
    """What stands before a line that does not count on a day: it was voided, or is dated later. None if it counts."""
    if entry in counting or entry.event == "void":
        return None
    return Words("[作废] ", "[voided] ") if entry.date <= day else Words("[以后] ", "[later] ")


def said(entry: Entry, lang: str) -> str:
    """What an entry says, in one line."""
    key = LOOKBACK_RESULTS.get(entry.key) or SUPERVISION_KINDS.get(entry.key) or Words.same(entry.key)
    value = entry.value + ("%" if entry.event == "progress" else "")
    parts = [key.pick(lang) if entry.event in ("lookback", "supervise") else entry.key]
    if value:
        parts.append(f"= {value}" if entry.key else value)
    if entry.part and entry.of:
        parts.append(f"({entry.part}/{entry.of})")
    if entry.exempt:
        parts.append(Words("豁免 {n}", "{n} exempt").fill(n=plain(entry.exempted)).pick(lang))
    if entry.until:
        parts.append(f"→ {entry.until}")
    parts += [entry.doc, entry.text]
    parts += [f"[{entry.note}]"] if entry.note else []
    return " ".join(part for part in parts if part)
