"""What came of collecting a week's forms: how much each brought, what is not in order, and who is still missing.

What a unit must mend goes back to it as a slip, a form it can send in again; one page tells of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from ledger.exchange.form.asked import BY_NAME, ITEM_COLUMNS, ITEMS_SHEET, READING_COLUMNS, READINGS_SHEET, YES, Form
from ledger.exchange.form.outgoing import FIRST_ROW, form_workbook
from ledger.exchange.form.received import REMARK_KINDS, Arrival, Remark
from ledger.exchange.sheet.sheet import place_words
from ledger.format.cell import number_cell
from ledger.format.document import Column, Document, Fact, Head, Heading, Paragraph, Table, Text, Typed, painted, spoken
from ledger.format.phrase import DASH
from ledger.format.xlsx.page import SheetColumn, SheetPage
from ledger.model.period import ReportingWeek
from ledger.model.record import NamedTuple
from ledger.model.words import ENUMERATED, NO_WORDS, Words, counted, some
from ledger.state.submission import Submission
from ledger.text.safe import one_line

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
        words = Words("应报的 {n} 个单位都报了。", "All have reported, {units}.")
        return [Paragraph(words.fill(n=len(due), units=some(len(due), "unit")))] if due else []
    came = {own.unit for own in collection.arrivals if own.unit and not own.is_return}
    unread = Words("（交来的文件没有读成）", " (sent a file that was not read)")
    names = ENUMERATED.join(own.unit + unread if own.unit in came else own.unit for own in quiet)
    words = Words("应报 {n} 个单位，还没有报的 {quiet} 个：{names}",
                  "{units} had to report, {quiet} did not: {names}")  # fmt: skip
    filled = words.fill(n=len(due), units=some(len(due), "unit"), quiet=len(quiet), names=names)
    return [Heading(Words("未报送", "not reported"), id="silent"), Paragraph(filled)]


def _not_come(due: Sequence[Submission], quiet: Sequence[Submission]) -> Document:
    words = Words("有在办事项的 {n} 个单位中，{quiet} 个没有交表：{names}（没有要求每周报送）",
                  "Of {units} with something open {quiet} sent no form: {names} (nobody is asked to report each week)",
    )  # fmt: skip
    names = ENUMERATED.join(own.unit for own in quiet)
    filled = words.fill(n=len(due), units=some(len(due), "unit"), quiet=len(quiet), names=names)
    return [Paragraph(filled)] if quiet else []


_SLIP = Words("退单", "to mend")
_SLIP_COLUMNS = (
    (Words("单元格", "cell"), 12), (Words("事项编号", "item id"), 10), (Words("事项名称", "item"), 28),
    (Words("栏目", "column"), 16), (Words("所填", "written"), 20), (Words("问题", "what is wrong"), 36),
    (Words("怎样改", "what to do"), 36), (Words("例", "example"), 14),
)  # fmt: skip


def to_mend(remarks: Sequence[Remark]) -> dict[str, list[Remark]]:
    """By unit what was held back of its forms; under the empty name what nobody knows the unit of."""
    found: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.kind == "held":
            found.setdefault(remark.unit, []).append(remark)
    return found


def slip_workbook(form: Form, remarks: Sequence[Remark], titles: Mapping[str, Words], title: Words, lang: str) -> bytes:
    """The unit's own form with what it must mend in red, and before it the list of it. Raises `MissingExtra`.

    `titles` are the names of items by id. Nothing in it was written by another unit.
    """
    wrong = {(one.item, one.key, one.column or "id"): one.written for one in remarks if one.item}
    places = _places(form)
    rows = [[spoken(cell, lang) for cell in _slip_row(one, places, titles, form.week)] for one in remarks]
    head = Words("{title}  {unit}  {week} 退单：要改的 {n} 处", "{title}  {unit}  {week}: {n} to mend")
    how = Words(
        "后面两张表是本单位本周的报送表，红色格子里是原来填的，请改好；其余已收的不用再填。存好发回即可。",
        "The sheets behind are your form of the week: red cells hold what was written; mend these, leave the others, "
        "save and send it back.",
    )
    lines = [one_line(head.fill(title=title, unit=form.unit, week=form.week.label, n=len(rows)).pick(lang)),
             how.pick(lang)]  # fmt: skip
    columns = [SheetColumn(words.pick(lang), width, "wrapped") for words, width in _SLIP_COLUMNS]
    return form_workbook(form, title, lang, wrong, [SheetPage(_SLIP.pick(lang), columns, rows, lines, fixed=2)])


def _slip_row(
    one: Remark, places: dict[tuple[str, str, str], Words], titles: Mapping[str, Words], week: ReportingWeek
) -> list[Text]:
    column = BY_NAME[one.column].label if one.column in BY_NAME else ""
    place = places.get((one.item, one.key, one.column or "id"))
    where = place if place else f"{one.file} {one.place}".strip()
    example = _example(one, week)
    said, todo = one.for_unit, one.hint
    return [where, one.item, titles.get(one.item, NO_WORDS), column, one.written, said, todo, example]


def _example(one: Remark, week: ReportingWeek) -> Words:
    """How the cell could look if it were right: the number or day that the hint names, else one of its kind."""
    named = re.search(r"\d{4}-\d{2}-\d{2}|-?\d+(?:\.\d+)?", one.hint.zh)
    if one.column in ("value", "part", "of", "progress", "expect", "done_on", "extend") and named:
        return Words.same(named[0])
    later = (week.last + timedelta(days=60)).isoformat()
    examples = {
        "value": Words.same("30"), "part": Words.same("30"), "of": Words.same("40"), "progress": Words.same("75"),
        "expect": Words.same(later), "extend": Words.same(later), "done_on": Words.same(week.last.isoformat()),
        "done": YES, "firm": Words("基本", "basic"), "id": Words.same(one.item),
    }  # fmt: skip
    return examples.get(one.column, Words("", ""))


def _places(form: Form) -> dict[tuple[str, str, str], Words]:
    """The cells of the form as it is sent out again, by item, key and column."""
    found: dict[tuple[str, str, str], Words] = {}
    tables = (
        (ITEMS_SHEET, ITEM_COLUMNS, [(line.standing.id, "") for line in form.items]),
        (READINGS_SHEET, READING_COLUMNS, [(line.standing.id, line.target.key) for line in form.readings]),
    )
    for sheet, columns, lines in tables:
        for row, (id_, key) in enumerate(lines, FIRST_ROW):
            for number, column in enumerate(columns, 1):
                zh, en = (place_words(name, row, number).zh for name in sheet)
                found.setdefault((id_, key, column.name), Words(zh, en))
    return found


def overview_document(collection: Collection, titles: Mapping[str, Words], title: Words) -> Document:
    """One page: who must mend what, with file, sheet, cell, item and what to do; and who is silent."""
    week = collection.week
    mending = to_mend(collection.remarks)
    name = Words("{title}  {week} 收表一览", "{title}  what came of the forms for {week}")
    days = Words("{first} 至 {last}", "{first} to {last}").fill(first=week.first, last=week.last)
    head = Head(name.fill(title=title, week=week.label),
                [Fact("week", Words("周", "week"), days)], "overview")  # fmt: skip
    count = Words("收到 {files} 份，记入 {recorded} 条；要改的 {wrong} 处，{units} 个单位。",
                  "{files} came, {recorded} recorded; {wrong} to mend, by {units}.")  # fmt: skip
    came = count.fill(
        files=counted(len(collection.arrivals), "file"),
        recorded=counted(sum(own.recorded for own in collection.arrivals), "fact"),
        wrong=sum(map(len, mending.values())), units=counted(sum(bool(unit) for unit in mending), "unit"),
    )  # fmt: skip
    rows = [_overview_row(one, titles) for unit in sorted(mending, key=lambda unit: (not unit, unit))
            for one in mending[unit]]  # fmt: skip
    empty = Words("没有要改的。", "Nothing is to be mended.")
    silent = [own.unit for own in collection.roll_call if own.is_unheard]
    asked = all(own.asked for own in collection.roll_call)
    absent = Words("未报送（{n}）", "Not reported ({n})") if asked else Words("没有交表（{n}）", "No form came ({n})")
    return [
        head,
        Paragraph(came),
        Heading(Words("要改的", "To mend"), 2, "mend"),
        Table(_overview_columns(), rows, "mend", empty=empty),
        Heading(absent.fill(n=len(silent)), 2, "silent"),
        Paragraph(ENUMERATED.join(silent) or Words("都报了。", "All have reported.")),
    ]


def _overview_columns() -> list[Column]:
    titles = (
        ("unit", Words("单位", "unit"), 8), ("file", Words("文件", "file"), 12), ("cell", Words("单元格", "cell"), 8),
        ("item", Words("事项编号", "item id"), 0), ("title", Words("事项名称", "item"), 12),
        ("written", Words("所填", "written"), 8), ("wrong", Words("问题", "what is wrong"), 16),
        ("hint", Words("怎样改", "what to do"), 16),
    )  # fmt: skip
    return [Column(words, flexible=bool(least), least=least or 8, id=id_) for id_, words, least in titles]


def _overview_row(one: Remark, titles: Mapping[str, Words]) -> list[Text]:
    texts = (one.unit, one.file, one.place, one.item, one.written)
    unit, file, place, item, written = (one_line(text) for text in texts)
    title = titles.get(one.item, NO_WORDS)
    words = [words.each(one_line) for words in (title, one.message, one.hint)]
    cells: list[Text] = [unit, file, place, item, words[0], written, *words[1:]]
    return [cell or Typed(DASH, None) for cell in cells]
