"""Valid time beside recorded time, for one item: what was dated when, and who recorded it on which day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from ledger.compare.difference import KINDS
from ledger.compare.phrase import basis_text, change_text
from ledger.format.document import Block, Column, Document, Heading, Paragraph, Table, Text, painted
from ledger.model.entry import EVENTS, Entry
from ledger.model.field import JOURNAL
from ledger.model.item import Item
from ledger.model.words import COLON, COMMA, ENUMERATED, ITEMIZED, Words, some
from ledger.view.history import Edit, ItemHistory, RecordedLine, Recording
from ledger.view.item import not_counting, said

_COLUMNS = {field.name: field.label for field in JOURNAL}
_UNCOMMITTED = Words("未提交", "not committed")


def gone_document(id_: str, day: date, history: ItemHistory) -> Document:
    """The history of an item that the plan no longer has."""
    head = Words("{id}  已不在台账里", "{id}  is no longer in the ledger").fill(id=id_)
    about = Words("截至 {day}", "as of {day}").fill(day=day)
    counting = {one.entry for one in history.lines} - history.voided(day)
    return [Heading(head, 1), Paragraph(about),
            *history_blocks(history, counting, day, subjects=True)]  # fmt: skip


def history_blocks(
    history: ItemHistory, counting: Collection[Entry], day: date, item: Item | None = None, *, subjects: bool
) -> list[Block]:  # fmt: skip
    """Every line ever recorded and every change of the plan. `counting` are the lines that count on the day.

    With `subjects`, what a commit says of itself stands beside its author. `item` names targets and milestones.
    """
    blocks: list[Block] = [
        Heading(Words("流水：何日之事，何时入账", "journal: what was dated when, and recorded when"))
    ]
    if not history.lines:
        blocks.append(Paragraph(Words("流水中从来没有过记载。", "The journal never held anything about it.")))
    else:
        blocks += [Paragraph(_summary(history)), _lines(history, counting, day, item, subjects)]
    if history.edits:
        blocks += [
            Heading(Words("方案本身的改动", "changes of the plan itself")),
            _edits(history, subjects),
        ]
    return blocks + [Paragraph(note) for note in _notes(history)]


def _summary(history: ItemHistory) -> Text:
    """How many lines there are, with those that are gone, and how many of them an auditor looks at twice."""
    standing = [one for one in history.lines if one.ended is None]
    n, m = len(history.lines), len(history.lines) - len(standing)
    counts = (
        (
            Words("晚于当周截止才入账 {n} 条", "{n} recorded after their week had closed"),
            [one for one in history.lines if one.late],
        ),
        (
            Words("先于所记之日入账 {n} 条", "{n} recorded before their date"),
            [one for one in history.lines if one.early],
        ),
        (Words("记入已封存的日子 {n} 条", "{n} dated into sealed days"), [one for one in history.lines if one.sealed]),
        (Words("未提交 {n} 条", "{n} not committed"), [one for one in standing if one.recorded.revision is None]),
    )
    told = [words.fill(n=len(found)) for words, found in counts if found]
    head = Words("现有 {n} 条", "{lines} now")
    if m:
        head = Words("先后记入 {n} 条，其中 {m} 条后来删除或改写",
                     "{lines} in all, {m} of them later removed or rewritten")  # fmt: skip
    text = COMMA.join([head.fill(n=n, m=m, lines=some(n, "line")), *told]) + Words("。", ".")
    return painted(text, "yellow" if told or m else "")


def _lines(
    history: ItemHistory, counting: Collection[Entry], day: date, item: Item | None, subjects: bool
) -> Table:  # fmt: skip
    rows = [_line(one, counting, day, item, subjects) for one in history.lines]
    has_remarks = any(row[-1] for row in rows)
    columns = [
        Column(Words("日期", "date"), id="date"),
        Column(Words("事件", "event"), flexible=True, least=8, id="event"),
        Column(Words("内容", "content"), flexible=True, least=14, id="content"),
        Column(Words("单位", "by"), flexible=True, least=6, id="by"),
        *_recorded_columns(subjects),
        Column(Words("说明", "remark"), flexible=True, least=10, id="remark"),
    ]
    return Table(columns, rows) if has_remarks else Table(columns[:-1], [row[:-1] for row in rows])


def _recorded_columns(subjects: bool) -> list[Column]:
    """One narrow column, or two where there is room."""
    if not subjects:
        return [Column(Words("入账", "recorded"), flexible=True, least=10, id="recorded")]
    return [
        Column(Words("入账", "recorded"), flexible=True, least=10, id="recorded"),
        Column(Words("作者：提交说明", "author: subject"), flexible=True, least=12, id="author"),
    ]


def _line(
    one: RecordedLine, counting: Collection[Entry], day: date, item: Item | None, subjects: bool
) -> list[Text]:  # fmt: skip
    entry = one.entry
    mark, tone = Words("[删除] ", "[removed] "), "dim"
    if one.into is not None:
        mark = Words("[改写前] ", "[before rewriting] ")
    elif one.ended is None:
        not_now = not_counting(entry, counting, day)
        mark, tone = not_now or Words("", ""), "dim" if not_now else ""
    row: list[Text] = [str(entry.date), EVENTS[entry.event].label, mark + said(entry, item), entry.by]
    row = [*(painted(cell, tone) for cell in row), *_recorded(one.recorded, subjects)]
    remarks = ITEMIZED.join(_remarks(one))
    return [*row, painted(remarks, "red" if one.ended or one.sealed else "yellow" if one.late or one.early else "")]


def _recorded(recorded: Recording, subjects: bool) -> list[Text]:
    """The day, the commit and its author, in as many cells as there are columns."""
    revision = recorded.revision
    if revision is None:
        said = painted(_UNCOMMITTED, "yellow")
        return [said, ""] if subjects else [said]
    when = _when(recorded)
    if not subjects:
        return [f"{when} {revision.author}"]
    return [when, revision.author + COLON + revision.subject]


def _when(recorded: Recording) -> str:
    """The day and the commit, `≤` before what may be older."""
    id_ = recorded.revision.short if recorded.revision else ""
    return f"{'≤ ' if recorded.or_earlier else ''}{recorded.day} {id_}"


def _remarks(one: RecordedLine) -> list[Words]:
    """What one must know of how a line was recorded: late, backdated, merged, filled in, rewritten, removed."""
    found = []
    if one.late:
        found.append(Words("晚 {n} 天", "{days} late").fill(n=one.late, days=some(one.late, "day")))
    if one.early:
        words = Words("早于所记之日 {n} 天", "recorded {days} before it")
        found.append(words.fill(n=one.early, days=some(one.early, "day")))
    if one.sealed:
        found.append(Words("{day} 前已封存", "sealed through {day}").fill(day=one.sealed))
    if one.recorded.landed is not None:
        words = Words("{when} 并入", "merged {when}")
        found.append(words.fill(when=_when(one.recorded.landed)))
    if one.line.over is not None:
        found.append(Words("改写而成", "written over another line"))
    for recorded, columns in one.line.filled:
        names = ENUMERATED.join(_COLUMNS[name] for name in columns)
        found.append(Words("{by}补填{names}", "{names} filled in {by}").fill(by=_by(recorded), names=names))
    if one.ended is not None:
        words = Words("{by}改写", "rewritten {by}") if one.into is not None else Words("{by}删除", "removed {by}")
        found.append(words.fill(by=_by(one.ended)))
    return found


def _by(recorded: Recording) -> Words:
    """Day, commit and author in running text."""
    revision = recorded.revision
    if revision is None:
        return Words("（未提交）", "(not committed)")
    words = Words("{day} 由{author}（{id}）", "{day} by {author} ({id})")
    return words.fill(day=recorded.day, author=revision.author, id=revision.short)


def _edits(history: ItemHistory, subjects: bool) -> Table:
    rows = [_edit(edit, subjects) for edit in history.edits]
    has_basis = any(row[-1] for row in rows)
    columns = [
        *_recorded_columns(subjects),
        Column(Words("种类", "kind"), flexible=True, least=8, id="kind"),
        Column(Words("改动", "change"), flexible=True, least=20, id="change"),
        Column(Words("依据", "basis"), flexible=True, least=8, id="basis"),
    ]
    return Table(columns, rows) if has_basis else Table(columns[:-1], [row[:-1] for row in rows])


def _edit(edit: Edit, subjects: bool) -> list[Text]:
    one = edit.difference
    return [
        *_recorded(edit.recorded, subjects),
        KINDS[one.kind],
        change_text(one),
        basis_text(one),
    ]


def _notes(history: ItemHistory) -> list[Words]:
    """What the history cannot tell."""
    notes = []
    if history.edge:
        ids = " ".join(one.revision.short for one in history.edge if one.revision)
        notes.append(Words(
            f"这是浅克隆，历史到 {ids} 为止：标“≤”的由该提交或更早的提交记入。git fetch --unshallow 取回其余。",
            f"This clone is shallow and ends at {ids}: what is marked ≤ was recorded by that commit or earlier. "
            "git fetch --unshallow brings the rest.",
        ))  # fmt: skip
    if history.unread:
        ids = " ".join(one.revision.short for one in history.unread[:5] if one.revision)
        more = f" … +{len(history.unread) - 5}" if len(history.unread) > 5 else ""
        notes.append(Words(
            f"有 {len(history.unread)} 个版本读不出这个事项，按前一版本算：{ids}{more}",
            f"The item could not be read in {some(len(history.unread), 'version')}, taken to be as before: {ids}{more}",
        ))  # fmt: skip
    return notes


def history_json(history: ItemHistory, day: date) -> dict[str, Any]:
    """`history`: every line ever recorded; `plan_history`: every change of the plan; and what cannot be told.

    A `recorded` of null is not committed yet; `late_days` is null where nobody knows, 0 for in time. `voided` on `day`.
    """
    voided = history.voided(day)
    lines = [
        {
            **one.entry.told,
            "recorded": recording_json(one.recorded), "late_days": one.late, "early_days": one.early,
            "sealed_through": str(one.sealed) if one.sealed else None,
            "filled": [{"recorded": recording_json(by), "columns": list(names)} for by, names in one.line.filled],
            "voided": one.ended is None and one.entry in voided,
            "state": "standing" if one.ended is None else "removed" if one.into is None else "rewritten",
            "ended": recording_json(one.ended) if one.ended else None,
        }
        for one in history.lines
    ]  # fmt: skip
    edits = [
        {"kind": one.kind, "field": one.field or None, "before": one.before, "after": one.after,
         "explained": one.explained, "recorded": recording_json(edit.recorded)}
        for edit in history.edits for one in [edit.difference]
    ]  # fmt: skip
    ends = {"shallow": [one.revision.id for one in history.edge if one.revision],
            "unread": [one.revision.id for one in history.unread if one.revision]}  # fmt: skip
    return {"history": lines, "plan_history": edits, "history_limits": ends}


def recording_json(recorded: Recording) -> dict[str, Any] | None:
    """A commit; `merged` is the merge by which it came in, `or_earlier` says that the clone ends there."""
    revision = recorded.revision
    if revision is None:
        return None
    return {
        "commit": revision.id, "author": revision.author, "day": str(recorded.day), "subject": revision.subject,
        "written": revision.written.isoformat(), "committed": revision.committed.isoformat(),
        "or_earlier": recorded.or_earlier,
        "merged": recording_json(recorded.landed) if recorded.landed else None,
    }  # fmt: skip
