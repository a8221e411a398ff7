"""Valid time beside recorded time, for one item: what was dated when, and who recorded it on which day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from ledger.compare.difference import KINDS
from ledger.diff.phrase import basis_text, change_text
from ledger.format.document import Block, Column, Document, Heading, Paint, Paragraph, Table
from ledger.model.entry import EVENTS, Entry
from ledger.model.field import JOURNAL
from ledger.model.words import Words
from ledger.text.plural import some
from ledger.view.history import Edit, ItemHistory, RecordedLine, Recording
from ledger.view.item import not_counting, said

_COLUMNS = {field.name: field.label for field in JOURNAL}
_UNCOMMITTED = Words("未提交", "not committed")


def gone_document(id_: str, day: date, history: ItemHistory, lang: str) -> Document:
    """The history of an item that the plan no longer has."""
    head = Words("{id}  已不在台账里", "{id}  is no longer in the ledger").fill(id=id_)
    about = Words("截至 {day}", "as of {day}").fill(day=day)
    counting = {one.entry for one in history.lines} - history.voided(day)
    return [Heading(head.pick(lang), 1), Paragraph(about.pick(lang)),
            *history_blocks(history, counting, day, lang, subjects=True)]  # fmt: skip


def history_blocks(
    history: ItemHistory, counting: Collection[Entry], day: date, lang: str, *, subjects: bool
) -> list[Block]:
    """Every line ever recorded and every change of the plan. `counting` are the lines that count on the day.

    With `subjects`, what a commit says of itself stands beside its author.
    """
    blocks: list[Block] = [
        Heading(Words("流水：何日之事，何时入账", "journal: what was dated when, and recorded when").pick(lang))
    ]
    if not history.lines:
        blocks.append(
            Paragraph(Words("流水中从来没有过记载。", "The journal never held anything about it.").pick(lang))
        )
    else:
        blocks += [Paragraph(_summary(history, lang)), _lines(history, counting, day, lang, subjects)]
    if history.edits:
        blocks += [
            Heading(Words("方案本身的改动", "changes of the plan itself").pick(lang)),
            _edits(history, lang, subjects),
        ]
    return blocks + [Paragraph(note.pick(lang)) for note in _notes(history)]


def _summary(history: ItemHistory, lang: str) -> str:
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
    told = [words.fill(n=len(found)).pick(lang) for words, found in counts if found]
    head = Words("现有 {n} 条", "{lines} now")
    if m:
        head = Words("先后记入 {n} 条，其中 {m} 条后来删除或改写",
                     "{lines} in all, {m} of them later removed or rewritten")  # fmt: skip
    text = ("，" if lang == "zh" else ", ").join([head.fill(n=n, m=m, lines=some(n, "line")).pick(lang), *told])
    return Paint(text + ("。" if lang == "zh" else "."), "yellow" if told or m else "")


def _lines(history: ItemHistory, counting: Collection[Entry], day: date, lang: str, subjects: bool) -> Table:
    rows = [_line(one, counting, day, lang, subjects) for one in history.lines]
    has_remarks = any(row[-1] for row in rows)
    columns = [
        Column(Words("日期", "date").pick(lang), id="date"),
        Column(Words("事件", "event").pick(lang), flexible=True, least=8, id="event"),
        Column(Words("内容", "content").pick(lang), flexible=True, least=14, id="content"),
        Column(Words("单位", "by").pick(lang), flexible=True, least=6, id="by"),
        *_recorded_columns(subjects, lang),
        Column(Words("说明", "remark").pick(lang), flexible=True, least=10, id="remark"),
    ]
    return Table(columns, rows) if has_remarks else Table(columns[:-1], [row[:-1] for row in rows])


def _recorded_columns(subjects: bool, lang: str) -> list[Column]:
    """One narrow column, or two where there is room."""
    if not subjects:
        return [Column(Words("入账", "recorded").pick(lang), flexible=True, least=10, id="recorded")]
    return [
        Column(Words("入账", "recorded").pick(lang), flexible=True, least=10, id="recorded"),
        Column(Words("作者：提交说明", "author: subject").pick(lang), flexible=True, least=12, id="author"),
    ]


def _line(one: RecordedLine, counting: Collection[Entry], day: date, lang: str, subjects: bool) -> list[str]:
    entry = one.entry
    mark, tone = Words("[删除] ", "[removed] "), "dim"
    if one.into is not None:
        mark = Words("[改写前] ", "[before rewriting] ")
    elif one.ended is None:
        not_now = not_counting(entry, counting, day)
        mark, tone = not_now or Words("", ""), "dim" if not_now else ""
    row = [str(entry.date), EVENTS[entry.event].label.pick(lang), mark.pick(lang) + said(entry, lang), entry.by]
    row = [*(Paint(cell, tone) for cell in row), *_recorded(one.recorded, lang, subjects)]
    remarks = ("；" if lang == "zh" else "; ").join(_remarks(one, lang))
    return [*row, Paint(remarks, "red" if one.ended or one.sealed else "yellow" if one.late or one.early else "")]


def _recorded(recorded: Recording, lang: str, subjects: bool) -> list[str]:
    """The day, the commit and its author, in as many cells as there are columns."""
    revision = recorded.revision
    if revision is None:
        said = Paint(_UNCOMMITTED.pick(lang), "yellow")
        return [said, ""] if subjects else [said]
    when = _when(recorded)
    if not subjects:
        return [f"{when} {revision.author}"]
    return [when, f"{revision.author}{'：' if lang == 'zh' else ': '}{revision.subject}"]


def _when(recorded: Recording) -> str:
    """The day and the commit, `≤` before what may be older."""
    id_ = recorded.revision.short if recorded.revision else ""
    return f"{'≤ ' if recorded.or_earlier else ''}{recorded.day} {id_}"


def _remarks(one: RecordedLine, lang: str) -> list[str]:
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
        names = ("、" if lang == "zh" else ", ").join(_COLUMNS[name].pick(lang) for name in columns)
        found.append(Words("{by}补填{names}", "{names} filled in {by}").fill(by=_by(recorded, lang), names=names))
    if one.ended is not None:
        words = Words("{by}改写", "rewritten {by}") if one.into is not None else Words("{by}删除", "removed {by}")
        found.append(words.fill(by=_by(one.ended, lang)))
    return [words.pick(lang) for words in found]


def _by(recorded: Recording, lang: str) -> str:
    """Day, commit and author in running text."""
    revision = recorded.revision
    if revision is None:
        return Words("（未提交）", "(not committed)").pick(lang)
    words = Words("{day} 由{author}（{id}）", "{day} by {author} ({id})")
    return words.fill(day=recorded.day, author=revision.author, id=revision.short).pick(lang)


def _edits(history: ItemHistory, lang: str, subjects: bool) -> Table:
    rows = [_edit(edit, lang, subjects) for edit in history.edits]
    has_basis = any(row[-1] for row in rows)
    columns = [
        *_recorded_columns(subjects, lang),
        Column(Words("种类", "kind").pick(lang), flexible=True, least=8, id="kind"),
        Column(Words("改动", "change").pick(lang), flexible=True, least=20, id="change"),
        Column(Words("依据", "basis").pick(lang), flexible=True, least=8, id="basis"),
    ]
    return Table(columns, rows) if has_basis else Table(columns[:-1], [row[:-1] for row in rows])


def _edit(edit: Edit, lang: str, subjects: bool) -> list[str]:
    one = edit.difference
    return [
        *_recorded(edit.recorded, lang, subjects),
        KINDS[one.kind].pick(lang),
        change_text(one, lang),
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
            **{name: str(value) for name, value in zip(one.entry._fields, one.entry, strict=True)
               if value and name not in ("rank", "person", "path", "line")},
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
