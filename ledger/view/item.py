"""One item with everything a head of office needs to decide on it, and its journal line by line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from ledger.compare.phrase import key_name
from ledger.format.cell import bar
from ledger.format.document import Block, Column, Document, Heading, Paragraph, Table, Text, painted, tone_of
from ledger.format.phrase import (
    DASH,
    SHORT,
    days_left,
    deadline_text,
    late_extension,
    lateness,
    light,
    noted,
    reading_text,
    schedule_word,
    share,
    state_word,
    time_left,
    unit_name,
)
from ledger.model.entry import CLOSING_STEPS, EVENTS, SUPERVISION_KINDS, Entry
from ledger.model.field import APPROX, BEFORE, DUE_BASES, FIRMNESS, ORIGINS, UPKEEP
from ledger.model.item import Item, Target
from ledger.model.number import plain
from ledger.model.words import COMMA, ENUMERATED, ITEMIZED, Words, some
from ledger.state.board import Standing
from ledger.state.promise import moves
from ledger.state.reading import target_progress
from ledger.view.clock import clock_blocks, clock_json, level_blocks, pace_blocks
from ledger.view.list import item_json

_NO_EFFECT = Words("[无效] ", "[no effect] ")
"""Before a line that somebody recorded who may not decide it (rule 509)."""


def journal_blocks(standing: Standing) -> list[Block]:
    """The lines in their order, those that do not count on the day marked and dim."""
    entries = standing.board.ledger.journal[standing.id]
    if not entries:
        return [Paragraph(Words("流水中还没有记载。", "The journal holds nothing about it yet."))]
    counting = set(standing.course.entries)
    rows: list[list[Text]] = []
    for entry in entries:
        mark = _NO_EFFECT if entry in standing.objected else not_counting(entry, counting, standing.board.day)
        told = said(entry, standing.item)
        told = mark + told if mark else told
        row: list[Text] = [str(entry.date), EVENTS[entry.event].label, told, entry.by, entry.source]
        rows.append([painted(cell, "dim") for cell in row] if mark else row)
    columns = [Column(words, flexible=flexible, least=least) for words, flexible, least in (
        (Words("日期", "date"), False, 8), (Words("事件", "event"), False, 8), (Words("内容", "content"), True, 20),
        (Words("单位", "by"), True, 8), (Words("出处", "source"), True, 8))]  # fmt: skip
    return [Heading(Words("流水", "journal")), Table(columns, rows)]


def not_counting(entry: Entry, counting: Collection[Entry], day: date) -> Words | None:
    """What stands before a line that does not count on a day: it was voided, or is dated later. None if it counts."""
    if entry in counting or entry.event == "void":
        return None
    return Words("[作废] ", "[voided] ") if entry.date <= day else Words("[以后] ", "[later] ")


def said(entry: Entry, item: Item | None) -> Text:
    """What an entry says, in one line, with the names that its item gives to targets and milestones."""
    value = entry.value + ("%" if entry.event == "progress" else "")
    parts: list[Text] = [key_name(entry, item)]
    if value:
        parts.append(f"= {value}" if entry.key else value)
    if entry.part and entry.of:
        parts.append(f"({entry.part}/{entry.of})")
    if entry.exempt:
        parts.append(Words("豁免 {n}", "{n} exempt").fill(n=plain(entry.exempted)))
    if entry.until:
        parts.append(f"→ {entry.until}")
    for choices, cell in ((FIRMNESS, entry.firm), (APPROX | BEFORE, entry.approx)):
        parts += [choices[cell]] if cell in choices else []
    parts += [entry.doc, entry.text]
    parts += [f"[{entry.note}]"] if entry.note else []
    return _SPACED.join(part for part in parts if part)


_SPACED = Words.same(" ")
_KEY = Words("键", "key")
"""Above what `record --key` takes."""


def item_document(standing: Standing, journal: list[Block] | None = None, place: str = "") -> Document:
    """How the item stands, its plan, targets, milestones, closing steps, links and its whole journal.

    `journal` are blocks that tell of the journal in another way; `place` is where the plan has the item.
    """
    item = standing.item
    head = Words("截至 {day}  {book}", "as of {day}  {book}").fill(day=standing.board.day, book=_book(standing))
    head += f"  {place}" if place else ""
    document: Document = [
        Heading(f"{item.id}  " + item.title, 1),
        Paragraph(head),
        _verdict(standing),
        Table([Column(""), Column("", flexible=True, least=20)], _plan_rows(standing)),
    ]
    for block in (level_blocks, _targets, pace_blocks, _milestones, clock_blocks, _closing, _links):
        document += block(standing)
    return document + (journal_blocks(standing) if journal is None else journal)


def _book(standing: Standing) -> Words:
    books = standing.board.ledger.settings.books
    return next((book.name for book in books if book.id == standing.item.book), Words.same(standing.item.book))


def _verdict(standing: Standing) -> Paragraph:
    """How it stands in one line, what is wrong first and each word in its colour."""
    told: list[Text] = []
    if standing.schedule == "overdue":
        told.append(painted(lateness(standing, standing.board.day), tone_of(schedule_word(standing))))
    missed = [stage for stage in standing.stages if not stage.met_on and stage.due < standing.board.day]
    if missed and not standing.is_done:
        names = ENUMERATED.join(stage.name or stage.key for stage in missed)
        told.append(painted(Words("阶段目标误期：{names}", "milestones missed: {names}").fill(names=names), "red"))
    if standing.short:
        names = ENUMERATED.join(
            target.name or target.key for target in standing.item.targets if target.key in standing.short
        )
        told.append(painted(Words("欠指标：{names}", "short of: {names}").fill(names=names), tone_of(SHORT)))
    if standing.expected_late and standing.course.expected:
        late = Words("自报 {day} 才能完成", "expects to be done only on {day}")
        told.append(painted(late.fill(day=standing.course.expected.until), "yellow"))
    told.append(state_word(standing))
    told += [] if standing.schedule == "overdue" else [schedule_word(standing)]
    told += [light(standing), "" if standing.schedule == "overdue" else days_left(standing)]
    told.append(Words("进度 {n}", "progress {n}").fill(n=share(standing.progress)))
    parts = sorted((part for part in told if part), key=lambda part: _WORST.get(tone_of(part), len(_WORST)))
    return Paragraph(Words.same(" · ").join(parts), 2, parts)


_WORST = {"red": 0, "yellow": 1}
"""What is wrong stands before all else, in this order."""


def _plan_rows(standing: Standing) -> list[list[Text]]:
    item = standing.item
    due = deadline_text(standing)
    moved = moves(standing)
    if moved and standing.original:
        words = Words("{due}（原 {original}，变动 {n} 次）", "{due} (first {original}, moved {times})")
        due = words.fill(due=due, original=standing.original, n=len(moved), times=some(len(moved), "time"))
    due = noted(due, late_extension(standing))
    if item.due_basis:
        due = Words("{due}  [{basis}]", "{due}  [{basis}]").fill(due=due, basis=DUE_BASES[item.due_basis])
    rows: list[tuple[Words, Text]] = [
        (Words("牵头单位", "lead"), unit_name(item.lead)),
        (Words("责任单位", "responsible"), ENUMERATED.join(item.responsible)),
        (Words("配合单位", "cooperating"), ENUMERATED.join(item.cooperating)),
        (Words("整改时限", "deadline"), due),
        (Words("整改目标", "goal"), item.goal),
        (Words("整改措施", "steps"), ITEMIZED.join(item.steps)),
        (Words("来源", "origin"), ORIGINS[item.origin] if item.origin else ""),
        (Words("后续", "upkeep"), UPKEEP[item.upkeep] if item.upkeep else ""),
        (Words("督办", "supervised"), ENUMERATED.join(map(_order, standing.course.orders))),
        (Words("出处", "source"), item.source),
        (Words("备注", "remark"), item.remark),
    ]
    return [[label, text] for label, text in rows if text]


def _order(order: Entry) -> Text:
    until = f" → {order.until}" if order.until else ""
    return SUPERVISION_KINDS[order.key] + f" {order.doc}".rstrip() + f" {order.date}{until}"


def _targets(standing: Standing) -> list[Block]:
    if not standing.item.targets:
        return []
    columns = [
        Column(_KEY),
        Column(Words("目标指标", "target"), flexible=True, least=10),
        Column(Words("读数/目标", "reading/goal"), flexible=True, least=12),
        Column(Words("进度", "progress")),
        Column(Words("截至", "read on")),
        Column(Words("说明", "remark"), flexible=True, least=10),
    ]
    return [Heading(Words("目标指标", "targets")),
            Table(columns, [_target_row(standing, target) for target in standing.item.targets])]  # fmt: skip


def _target_row(standing: Standing, target: Target) -> list[Text]:
    reading = standing.reading(target.key)
    value = reading_text(reading, target) + (f" {target.unit}" if target.unit else "")
    drawn: Text = DASH
    if target.goal is not None and reading is not None:
        met = reading.meets(target.goal)
        verdict = Words("达到", "met") if met else Words("未达到", "not met")
        drawn = bar(target_progress(target, reading), 6) + " " + verdict
        drawn = painted(drawn, "green" if met else "yellow")
    notes = COMMA.join(_target_notes(standing, target))
    read_on = str(reading.day) if reading else DASH
    return [target.key, target.name or target.key, value, drawn, read_on, notes]


def _target_notes(standing: Standing, target: Target) -> list[Text]:
    """What one must know beside the number: its deadline and firmness, base, shares, and readings that disagree."""
    notes: list[Text] = []
    if target.due:
        notes.append(Words("{due} 前", "by {due}").fill(due=target.due))
    if target.firm:
        notes.append(FIRMNESS[target.firm])
    reading = standing.reading(target.key)
    if reading is None:
        return notes
    if any(entry.firm == "basic" for entry in reading.entries):
        notes.append(Words("所报为“基本”", "reported only as basic"))
    notes += [f"{entry.part}/{entry.of}" for entry in reading.entries if entry.part and entry.of]
    if len(reading.entries) > 1:
        notes += [f"{entry.by} {entry.value}" for entry in reading.entries]
    if reading.missing:
        notes.append(Words("缺 {who}", "missing {who}").fill(who=" ".join(reading.missing)))
    counted = {entry.value for entry in reading.entries}
    same_day = {e.value for e in standing.course.entries if _rival(e, target.key, reading.day)}
    if same_day - counted and target.sum != "units":
        words = Words("当日另有读数 {n}", "another reading that day: {n}")
        notes.append(words.fill(n=" ".join(sorted(same_day - counted))))
    return notes


def _rival(entry: Entry, key: str, day: date) -> bool:
    return entry.event == "reading" and entry.key == key and entry.date == day


def _milestones(standing: Standing) -> list[Block]:
    if not standing.stages:
        return []
    rows: list[list[Text]] = []
    for stage in standing.stages:
        over = (standing.board.day - stage.due).days
        if stage.met_on:
            words, tone = Words("{day} 完成", "met {day}").fill(day=stage.met_on), "green"
            target = stage.target
            if target is not None and target.goal is not None and not standing.is_met(target):
                words, tone = (
                    Words("{day} 报完成，但欠指标", "reported met {day}, but short").fill(day=stage.met_on),
                    "yellow",
                )
        elif stage.due < standing.board.day:
            words, tone = (
                Words("未完成，已过 {n} 天", "missed by {days}").fill(n=over, days=some(over, "day")),
                "red",
            )
        else:
            words, tone = time_left(-over), ""
        rows.append([stage.key, str(stage.due), stage.name or stage.key, painted(words, tone)])
    columns = [
        Column(_KEY),
        Column(Words("时限", "deadline")),
        Column(Words("阶段目标", "milestone"), flexible=True, least=16),
        Column(Words("情况", "state"), flexible=True, least=12),
    ]
    return [Heading(Words("阶段目标", "milestones")), Table(columns, rows)]


def _closing(standing: Standing) -> list[Block]:
    closing = standing.board.ledger.settings.closing
    steps = closing.steps_of(standing.item.closing)
    if not steps or (closing.books and standing.item.book not in closing.books):
        return []
    rows: list[list[Text]] = []
    for step in steps:
        taken = [entry for entry in standing.course.entries if entry.event == "step" and entry.key == step]
        name = CLOSING_STEPS.get(step, Words.same(step))
        last = taken[-1] if taken else None
        until = f" → {last.until}" if last and last.until else ""
        rows.append([step, name, f"{last.date}{until}" if last else DASH, last.by if last else ""])
    closed = standing.course.closed_on
    rows.append(["", EVENTS["close"].label, str(closed) if closed else DASH, ""])
    columns = [Column(words) for words in (
        _KEY, Words("销号步骤", "closing step"), Words("日期", "date"), Words("单位", "by"))]  # fmt: skip
    return [Heading(Words("销号", "closing")), Table(columns, rows)]


def _links(standing: Standing) -> list[Block]:
    """Everything the item links to, what links to it, and its actions."""
    board, own = standing.board, standing.item
    near = {id_: None for _, ids in own.links for id_ in ids}
    near.update({own.under: None} if own.under else {})
    near.update(dict.fromkeys(own.parts))
    parts = {part.id: part for part in board.parts_of(standing)}
    near.update({other.id: None for other in board.standings
                 if other.item.under == own.id or any(own.id in ids for _, ids in other.item.links)})  # fmt: skip
    rows: list[list[Text]] = []
    for id_ in near:
        other = board.by_id.get(id_) or parts.get(id_)
        if other is None:
            rows.append([id_, Words("（不在台账）", "(not in the ledger)"), "", ""])
        else:
            rows.append([id_, other.item.title, state_word(other), light(other)])
    if not rows:
        return []
    columns = [Column(words, flexible=flexible, least=12) for words, flexible in (
        (Words("编号", "id"), False), (Words("事项", "item"), True), (Words("状态", "state"), False),
        (Words("灯", "light"), False))]  # fmt: skip
    return [Heading(Words("关联事项", "linked items")), Table(columns, rows)]


def item_page_json(standing: Standing, lang: str) -> dict[str, Any]:
    """One item as other programs read it (schema `ledger/show/1`)."""
    targets = []
    for target in standing.item.targets:
        reading = standing.reading(target.key)
        targets.append({
            "key": target.key, "name": target.name.pick(lang), "unit": target.unit or None,
            "goal": str(target.goal) if target.goal else None, "due": str(target.due) if target.due else None,
            "reading": None if reading is None else float(reading.value),
            "counted": None if reading is None else float(reading.counted),
            "as_of": None if reading is None else str(reading.day),
            "met": None if target.goal is None else standing.is_met(target),
            "missing": [] if reading is None else list(reading.missing),
        })  # fmt: skip
    stages = [{"key": stage.key, "name": stage.name.pick(lang), "due": str(stage.due),
               "met_on": str(stage.met_on) if stage.met_on else None} for stage in standing.stages]  # fmt: skip
    journal = [entry.told for entry in standing.board.ledger.journal[standing.id]]
    place = standing.plan.where.place()
    where = {"path": place.path, "line": place.line} if place.path else {}
    return {"schema": "ledger/show/1", "as_of": str(standing.board.day), **item_json(standing, lang), **where,
            "targets": targets, "milestones": stages, "journal": journal, **clock_json(standing),
            **({"parts": list(standing.item.parts)} if standing.item.parts else {})}  # fmt: skip
