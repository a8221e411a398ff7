"""What came of collecting a week's forms: how much each brought, what is not in order, and who is still missing."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.exchange.form.received import REMARK_KINDS, Arrival, Remark
from ledger.format.cell import number_cell
from ledger.format.document import Column, Document, Fact, Head, Heading, Paragraph, Table, painted
from ledger.format.phrase import DASH
from ledger.model.period import ReportingWeek
from ledger.model.record import NamedTuple
from ledger.model.words import ENUMERATED, Words
from ledger.state.submission import Submission
from ledger.text.plural import some

_TONES = {"held": "red", "fell": "yellow", "changed": "yellow"}


class Collection(NamedTuple):
    """A week's collecting: the files, the sentences about them, and the roll-call with what they brought."""

    week: ReportingWeek
    arrivals: Sequence[Arrival]
    remarks: Sequence[Remark]
    roll_call: Sequence[Submission]


def collect_document(collection: Collection, title: Words) -> Document:
    """A table of the files, the remarks by kind and file, and the units that have not reported."""
    week = collection.week
    head = Words("{title}  {week} 收表", "{title}  forms for {week}")
    days = Words("{first} 至 {last}", "{first} to {last}").fill(first=week.first, last=week.last)
    facts = [Fact("week", Words("周", "week"), days)]
    if not collection.roll_call and collection.arrivals:
        # Only decisions came, which belong to no week.
        head, facts = Words("{title}  收决定", "{title}  decisions"), []
    document: Document = [
        Head(head.fill(title=title, week=week.label), facts, "collect"),
        *_arrivals(collection.arrivals),
    ]
    for kind, words in REMARK_KINDS.items():
        own = [remark for remark in collection.remarks if remark.kind == kind]
        if own:
            document += [Heading(words + f" ({len(own)})", id=kind), *_remarks(own)]
    return [*document, *_missing(collection)]


def _is_empty(own: Arrival) -> bool:
    """Whether nothing was filled in."""
    return own.recorded + own.known + own.held == 0 and not own.rows


def _arrivals(arrivals: Sequence[Arrival]) -> Document:
    columns = [
        Column(Words("单位", "unit"), flexible=True, id="unit"),
        Column(Words("文件", "file"), flexible=True, least=16, id="file"),
        Column(Words("记入", "recorded"), right=True, id="recorded"),
        Column(Words("早已记过", "known"), right=True, id="known"),
        Column(Words("扣下", "held back"), right=True, id="held"),
    ]
    rows = [
        [own.unit or DASH, own.file, number_cell(own.recorded), number_cell(own.known), number_cell(own.held, "red")]
        for own in arrivals
        if not _is_empty(own)
    ]
    empty = [own.unit for own in arrivals if _is_empty(own) and own.unit]
    document: Document = [Table(columns, rows, id="files")]
    if empty:
        words = Words("零报告（没有填内容的表）{n} 份：{zh}", "nothing filled in, so nothing new ({n}): {en}")
        filled = words.fill(n=len(empty), zh="、".join(empty), en=", ".join(empty))
        document.append(Paragraph(filled))
    return document


def _remarks(remarks: Sequence[Remark]) -> Document:
    """The sentences file by file, each with its cell, and below it what to do."""
    document: Document = []
    by_file: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_file.setdefault(remark.file, []).append(remark)
    for file, own in by_file.items():
        document.append(Paragraph(file))
        for remark in own:
            place = f"{remark.place}  " if remark.place else ""
            tone = _TONES.get(remark.kind, "")
            document.append(Paragraph(painted(f"  {place}" + remark.message, tone), 4))
            if remark.hint:
                document.append(Paragraph("      " + remark.hint, 8))
    return document


def _missing(collection: Collection) -> Document:
    """The units with something open of which nothing was heard, by these forms or otherwise: who had to report and has
    not, or, where nobody has to, whose form has not come."""
    due = [own for own in collection.roll_call if own.open]
    quiet = [own for own in due if own.is_unheard]
    if not all(own.asked for own in due):
        return _not_come(due, quiet)
    if not quiet:
        words = Words("应报的 {n} 个单位都报了。", "All {units} have reported.")
        return [Paragraph(words.fill(n=len(due), units=some(len(due), "unit")))] if due else []
    came = {own.unit for own in collection.arrivals if own.unit and not own.is_return}
    unread = Words("（交来的文件没有读成）", " (sent a file that was not read)")
    names = ENUMERATED.join(own.unit + unread if own.unit in came else own.unit for own in quiet)
    words = Words("应报 {n} 个单位，还没有报的 {quiet} 个：{names}",
                  "{units} had to report, {quiet} have not: {names}")  # fmt: skip
    filled = words.fill(n=len(due), units=some(len(due), "unit"), quiet=len(quiet), names=names)
    return [Heading(Words("未报送", "not reported"), id="silent"), Paragraph(filled)]


def _not_come(due: Sequence[Submission], quiet: Sequence[Submission]) -> Document:
    words = Words("有在办事项的 {n} 个单位中，{quiet} 个没有交表：{names}（没有要求每周报送）",
                  "Of {units} with something open {quiet} sent no form: {names} (nobody is asked to report each week)",
    )  # fmt: skip
    names = ENUMERATED.join(own.unit for own in quiet)
    filled = words.fill(n=len(due), units=some(len(due), "unit"), quiet=len(quiet), names=names)
    return [Paragraph(filled)] if quiet else []
