"""The desk: every request that waits, with all that whoever decides wants to know of it.

That is also what granting or declining it puts into the journal, and what `check` would say then. The desk is a
document, JSON, and the sheet that comes back with the decisions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger.exchange.mark import DECLINED, DESK_PROPERTY, GRANTED, LABELS, MARK, OPEN, READ, DeskMark, stand_of
from ledger.format.cell import day_cell, number_cell
from ledger.format.document import Column, Document, Fact, Head, Paragraph, Table, Text, Typed, painted, spoken
from ledger.format.phrase import DASH, reading_text
from ledger.format.xlsx.bytes import workbook_bytes
from ledger.format.xlsx.page import Kind, SheetColumn, SheetPage, Value
from ledger.model.claim import Claims
from ledger.model.entry import COLUMNS, EVENTS, Entry, rank
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.setting import Approver, Settings
from ledger.model.words import NO_WORDS, Words
from ledger.rule.registry import findings
from ledger.state.board import Board, Standing
from ledger.state.request import Request, Waiting, asked_label, open_requests
from ledger.text.safe import one_line


def desk(board: Board) -> list[Waiting]:
    """What waits on the board's day, the longest first."""
    found = [_waiting(board, own) for own in open_requests(board)]
    return sorted(found, key=lambda own: own.request.since)


def _waiting(board: Board, request: Request) -> Waiting:
    standing = request.standing
    readings = tuple((target, standing.reading(target.key)) for target in standing.item.targets)
    deciders = deciders_of(board, request.key)
    findings = said_if_granted(board, request, deciders[0] if deciders else "")
    return Waiting(request, board.working_days.waited(request.since, board.day), _words(board, request), readings,
                   _evidence(board, standing, request.unit), tuple(findings))  # fmt: skip


def deciders_of(board: Board, key: str, day: date | None = None) -> Sequence[str]:
    """Who may decide a request with this key on a day, by default the board's; empty where nobody is named."""
    return [one.name for one in _deciders(board, key, day or board.day)]


def may_decide(board: Board, key: str, by: str, day: date) -> bool:
    """Whether somebody may decide a request with this key on a day, under a present or a former name."""
    named = _deciders(board, key, day)
    present = board.present
    names = {present.get(name, name) for one in named for name in (one.name, *one.was)}
    return not named or present.get(by, by) in names


def _deciders(board: Board, key: str, day: date) -> list[Approver]:
    settings, event = board.ledger.settings, key.partition(":")[0]
    named = dict(settings.decides).get(event)
    if named is None:
        named = settings.approvers if EVENTS[event].is_decision else ()
    return [one for one in named if one.decides_on(day)]


def _words(board: Board, request: Request) -> str:
    own = request.entry
    said = one_line(own.note or own.text)
    if said:
        return said
    reports = [
        entry
        for entry in request.standing.course.entries
        if entry.event == "report" and board.present.get(entry.by, entry.by) == request.unit
    ]
    return one_line(reports[-1].text) if reports else ""


def _evidence(board: Board, standing: Standing, unit: str) -> tuple[str, ...]:
    files = (
        entry.file for entry in standing.course.entries if entry.file and board.present.get(entry.by, entry.by) == unit
    )
    return tuple(dict.fromkeys(files))


_AMEND = "amend:"


def granted_row(request: Request, day: date, cells: Mapping[str, str]) -> dict[str, str]:
    """The line that grants a request on a day; `cells` are those of whoever decides (`by`, `doc`, `note`, `until` …).

    A `done` bears the day that the unit names, else the one on which it first asked, if that is an earlier one: what
    is looked at late makes nobody late.
    """
    asked, key = request.entry, request.key
    row = {"date": day.isoformat(), "item": request.standing.plan.id, "event": key, **cells}
    if key == "done":
        on = asked.value or request.since.isoformat()
        row |= {"value": on if on < day.isoformat() else "", "firm": asked.firm}
    elif key.startswith(_AMEND):
        row |= {"event": "amend", "key": key.removeprefix(_AMEND), "value": asked.value}
    elif key == "extend":
        row["until"] = cells.get("until") or asked.until
    elif key == "withdraw":
        row["key"] = asked.value
    return {name: cell for name, cell in row.items() if cell}


def declined_row(request: Request, day: date, cells: Mapping[str, str]) -> dict[str, str]:
    """The line that says no to a request."""
    row = {"date": day.isoformat(), "item": request.standing.plan.id, "event": "decline", "key": request.key, **cells}
    return {name: cell for name, cell in row.items() if cell}


def said_if_granted(board: Board, request: Request, by: str) -> list[Finding]:
    """What `check` would say on the board's day, beside what it says now, if `by` granted the request.

    Only the item and those it is linked with are judged: what a request would do to published totals is not asked.
    """
    row = granted_row(request, board.day, {"by": by, "doc": "–", "note": "–"})
    before = _part(board, request)
    journal = dict(before.journal)
    own = request.standing.plan.id
    journal[own] = tuple(sorted((*journal.get(own, ()), _entry(row, board))))
    known = {(one.code, one.item, one.key, one.message) for one in findings(before, board.day)}
    after = findings(before._replace(journal=journal), board.day)
    return [one for one in after if (one.code, one.item, one.key, one.message) not in known and one.item]


def _part(board: Board, request: Request) -> Ledger:
    """The ledger as far as it concerns the item: itself, what it links to and what links to it."""
    ledger, item = board.ledger, request.standing.plan
    near = {item.id, *(id_ for _, ids in item.links for id_ in ids), *(child.id for child in board.actions_of(item.id))}
    items = tuple(one for one in ledger.items if one.id in near)
    journal = {one.id: ledger.journal.get(one.id, ()) for one in items}
    return ledger._replace(items=items, journal=journal, orphans=(), claims=Claims(), findings=(), waivers=(),
                           includes={}, is_whole=False)  # fmt: skip


def _entry(row: Mapping[str, str], board: Board) -> Entry:
    """The line as an entry."""
    cells = {name: row.get(name, "") for name in COLUMNS if name not in ("date", "item", "event")}
    steps = board.ledger.settings.closing.all_steps
    entry = Entry(date.fromisoformat(row["date"]), rank(row["event"], cells["key"], steps), row["item"], row["event"])
    return entry.but(**cells)


_LOOKS: dict[str, tuple[int, Kind]] = {
    "item": (9, "text"), "title": (26, "wrapped"), "unit": (12, "wrapped"), "asked": (12, "text"),
    "wanted": (14, "wrapped"), "since": (11, "date"), "days": (8, "number"), "words": (32, "wrapped"),
    "readings": (26, "wrapped"), "evidence": (18, "wrapped"), "findings": (34, "wrapped"), "decision": (10, "text"),
    "until": (12, "date"), "by": (16, "text"), "doc": (18, "text"), "note": (28, "wrapped"), "date": (12, "date"),
}  # fmt: skip
_HINTS = {
    "until": Words("只用于延期；空着就是申请的那天，可以早于它。",
                   "For an extension: blank is the day that was asked for; it may be earlier."),
    "by": Words("谁决定的，写名单上的名称。", "Who decided: a name of the settings."),
    "doc": Words("延期、并销、调整要有文号。", "An extension, a withdrawal or a change needs one."),
    "note": Words("不同意要写理由。", "A no needs a reason."),
    "date": Words("空着就是收表那天。", "Blank is the day on which the sheet is collected."),
}  # fmt: skip


def _wanted(own: Waiting) -> Text:
    asked = own.request.entry
    if own.request.key == "done":
        words = Words("{day} 完成", "done on {day}") if asked.value else Words("已完成", "done")
        basic = Words("（基本）", " (basically)") if asked.firm else Words("", "")
        return words.fill(day=asked.value) + basic
    if own.request.key == "extend":
        due = own.request.standing.deadline
        return Words("由 {due} 延至 {day}", "from {due} to {day}").fill(due=due or DASH, day=asked.until)
    return one_line(asked.value or asked.until) or DASH


def _readings(own: Waiting) -> list[Text]:
    return [
        (target.name.each(one_line) or target.key) + " " + reading_text(reading, target) + f" {target.unit}".rstrip()
        for target, reading in own.readings
    ]


def _findings(own: Waiting) -> list[Text]:
    return [f"{one.label} " + one.message.each(one_line) for one in own.findings]


def desk_document(found: Sequence[Waiting], settings: Settings, day: date) -> Document:
    """A row a request, the longest waiting first."""
    title = Words("{title}  待批申请", "{title}  waiting for a decision").fill(title=settings.title)
    facts = [Fact("as_of", Words("截至", "as of"), day.isoformat())]
    document: Document = [Head(title, facts, "desk")]
    if not found:
        return [*document, Paragraph(Words("没有待批的申请。", "Nothing waits for a decision."))]
    flexible = {"title": 12, "unit": 8, "wanted": 10, "words": 12, "readings": 12, "evidence": 8, "findings": 16}
    columns = [
        Column(words, right=name == "days", flexible=name in flexible, least=flexible.get(name, 8), id=name)
        for name, words in READ.items()
    ]
    return [*document, Table(columns, [_row(own, settings) for own in found], id="requests")]


def _row(own: Waiting, settings: Settings) -> list[Text]:
    request = own.request
    late = own.days is not None and own.days > settings.answer_days
    findings = Words.same("; ").join(_findings(own))
    worst = any(one.severity == "error" for one in own.findings)
    return [
        request.standing.id, request.standing.item.title, request.unit, asked_label(request.key),
        _wanted(own), day_cell(request.since), number_cell(own.days, "red" if late else ""),
        own.words or Typed(DASH, None), Words.same("; ").join(_readings(own)) or Typed(DASH, None),
        ", ".join(own.evidence) or Typed(DASH, None),
        painted(findings, "red" if worst else "yellow") if findings else Typed(DASH, None),
    ]  # fmt: skip


def desk_json(found: Sequence[Waiting], day: date, lang: str) -> dict[str, Any]:
    """The desk as other programs read it (schema `ledger/requests/1`)."""
    return {
        "schema": "ledger/requests/1",
        "as_of": day.isoformat(),
        "requests": [
            {
                "item": own.request.standing.id,
                "title": own.request.standing.item.title.pick(lang),
                "key": own.request.key,
                "unit": own.request.unit,
                "since": own.request.since.isoformat(),
                "asked_on": own.request.entry.date.isoformat(),
                "value": own.request.entry.value or None,
                "until": own.request.entry.until or None,
                "working_days": own.days,
                "words": own.words,
                "readings": [
                    {"key": target.key, "value": float(reading.value) if reading else None, "unit": target.unit,
                     "goal": str(target.goal) if target.goal else None}
                    for target, reading in own.readings
                ],
                "evidence": list(own.evidence),
                "findings": [
                    {"code": one.label, "severity": one.severity, "item": one.item, "message": one.message.pick(lang)}
                    for one in own.findings
                ],
            }
            for own in found
        ],
        "counts": {"requests": len(found)},
    }  # fmt: skip


def desk_workbook(found: Sequence[Waiting], settings: Settings, day: date, lang: str, note: Words = NO_WORDS) -> bytes:
    """The sheet for whoever decides; `note` is said over it. Raises `MissingExtra` and `TooLarge`."""
    title = Words("{title}  待批申请（{day}）", "{title}  waiting for a decision ({day})")
    how = Words(
        "只填浅黄色的格子：“决定”选同意或不同意，空着的不动。签字的扫描件和本表一起收："
        "ledger collect 本表.xlsx --evidence 扫描件.pdf",
        "Fill in the pale yellow cells only: granted or declined; a blank row stays as it is. Collect it together with "
        "the scan that was signed: ledger collect THIS.xlsx --evidence SCAN.pdf",
    )
    head = [words.pick(lang) for words in (title.fill(title=settings.title, day=day), how, note) if words]
    columns = [_column(name, found, lang) for name in LABELS]
    rows = [_cells(own, lang) for own in found]
    page = SheetPage(Words("待批", "desk").pick(lang), columns, rows, head, fixed=2)
    properties = {"title": head[0], DESK_PROPERTY: day.isoformat()}
    return workbook_bytes([page], properties=properties, protected=True)


def _column(name: str, found: Sequence[Waiting], lang: str) -> SheetColumn:
    if name == "mark":
        return SheetColumn(MARK.pick(lang), 24, hidden=True)
    width, kind = _LOOKS[name]
    choices = [GRANTED.pick(lang), DECLINED.pick(lang)] if name == "decision" else []
    hint = _HINTS[name].pick(lang) if name in _HINTS else ""
    return SheetColumn(LABELS[name].pick(lang), width, kind, locked=name not in OPEN, choices=choices, hint=hint,
                       loose=True)  # fmt: skip


def _cells(own: Waiting, lang: str) -> list[Value]:
    request = own.request
    mark = DeskMark(request.standing.plan.id, request.key, request.unit, stand_of(request.entry))
    return [
        request.standing.id, one_line(request.standing.item.title.pick(lang)), request.unit,
        asked_label(request.key).pick(lang), spoken(_wanted(own), lang), request.since, own.days, own.words,
        "\n".join(spoken(text, lang) for text in _readings(own)), "\n".join(own.evidence),
        "\n".join(spoken(text, lang) for text in _findings(own)),
        None, None, None, None, None, None, mark.written(),
    ]  # fmt: skip
