"""What an import means, as a document: what is added, changed and rejected, and all that a reader should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from ledger.exchange.intake.result import Import, Read, Rejected, Spot
from ledger.exchange.sheet.sheet import column_letter
from ledger.format.document import Block, Column, Document, Heading, Paint, Paragraph, Table, Text, painted
from ledger.model.entry import EVENTS
from ledger.model.ledger import Ledger
from ledger.model.words import COMMA, ENUMERATED, ITEMIZED, Words, some
from ledger.text.safe import one_line

_MOST = 30
"""Rows of one table, unless all are asked for: more would push the rejected ones out of sight."""

_LONGEST = 200


def import_document(found: Import, file: str, *, whole: bool, listed: bool = True) -> Document:
    """The meaning of an import before it is written. Without `whole` long tables are cut, and say so.

    With `listed` each row that is added stands in a table; else only how many there are.
    """
    document: Document = [Heading(Words("导入 {file}", "Import of {file}").fill(file=one_line(file)), 1)]
    for read in found.reads:
        document += _read(read, None if whole else _MOST, listed=listed)
    for name, why in found.passed:
        told = Words("工作表 {name}：{why}", "the sheet {name}: {why}").fill(name=one_line(name), why=why)
        document.append(Paragraph(told, 2))
    for name, others in found.spellings.items():
        told = Words("单位写法并为 {name}：{others}", "spellings of {name} put together: {others}")
        document.append(Paragraph(told.fill(name=name, others=" ".join(others)), 2))
    if found.unused:
        words = Words("对照表里有、表里没有的列：{names}", "columns of the map that no sheet has: {names}")
        document.append(Paragraph(words.fill(names=" ".join(map(one_line, found.unused))), 2))
    return document


def start_document(found: Import, file: str, ledger: Ledger, start: date) -> Document:
    """What a list becomes as a ledger of its own: its settings, its items and facts, and what was left out."""
    title = Words("由 {file} 建成《{title}》", "{title}, out of {file}")
    settings = ledger.settings
    document: Document = [Heading(title.fill(file=one_line(file), title=settings.title), 1)]
    counts = Counter(item.book for read in found.reads for item in read.items)
    counted = Words("{name} {n} 项", "{name} {n}")
    books = ENUMERATED.join(counted.fill(name=book.name, n=counts[book.id]) for book in settings.books)
    nodes = " ".join(str(node.date) for node in settings.time_nodes)
    told = Words("起始日 {start}；{books}；单位 {n} 个；时间节点 {nodes}",
                 "from {start}; {books}; units {n}; time nodes {nodes}")  # fmt: skip
    told = told.fill(start=start, books=books, n=len(settings.units), nodes=nodes or "–")
    document.append(Paragraph(told, 2))
    return [*document, *import_document(found, file, whole=False, listed=False)[1:]]


def _read(read: Read, most: int | None, *, listed: bool) -> Document:
    """One sheet."""
    document: Document = [Heading(f"{one_line(read.sheet)} → {read.target or '?'}"), _counts(read)]
    if read.phrases or not listed:
        document += _understood(read)
        document += _phrases(read, most)
    document += _rejected(read, most)
    if listed:
        document += _added(read, most)
    elif read.entries:
        document.append(Paragraph(_facts(read), 2))
    document += _changed(read, most)
    document += [Paragraph(text, 2) for text in _remarks(read)]
    return document


def _understood(read: Read) -> list[Block]:
    """Each column with the field it was taken for, on a few lines."""
    named = [
        f"{column_letter(one.number)} {one_line(one.title)} → {one.name}" for one in read.understood
    ]  # fmt: skip
    words = Words("各列：{names}", "columns: {names}").fill(names=ITEMIZED.join(named))
    return [Paragraph(words, 2)] if named else []


def _phrases(read: Read, most: int | None) -> list[Block]:
    """Each phrase that had to be understood, with what it was taken for and how many rows have it."""
    titles = {one.number: one_line(one.title) for one in read.understood}
    columns = [
        Column(Words("列", "column"), flexible=True, least=6, once=True),
        Column(Words("写法", "phrase"), flexible=True, least=10),
        Column(Words("读作", "read as"), flexible=True, least=10),
        Column(Words("行数", "rows"), right=True),
    ]
    told = sorted(read.phrases, key=lambda one: not one.asked)
    rows = [
        [titles.get(one.column, ""), _short(one.text), painted("? " + one.said, "red") if one.asked else
         one.said.each(_short), str(len(one.rows))]
        for one in told
        if one.asked or one.value != one.text
    ]  # fmt: skip
    return _cut(columns, rows, most)


def _facts(read: Read) -> Text:
    """How many facts of each kind."""
    kinds = Counter((entry.row["event"], entry.row.get("key", ""), entry.row.get("firm", "")) for entry in read.entries)
    parts = []
    for (event, key, firm), times in sorted(kinds.items()):
        marks = "".join(f"({mark})" for mark in (key, firm) if mark)
        parts.append(EVENTS[event].label + f"{marks} {times}")
    words = Words("记入流水：{kinds}", "into the journal: {kinds}")
    return words.fill(kinds=COMMA.join(parts))


def _counts(read: Read) -> Table:
    """How many rows are what."""
    counts = (
        (Words("新增", "added"), len(read.items) + len(read.entries), "green"),
        (Words("修改", "changed"), len(read.changed), "yellow"),
        (Words("不变", "unchanged"), read.known, ""),
        (Words("不收", "rejected"), read.bad_rows, "red"),
    )
    columns = [Column(title, right=True) for title, _, _ in counts]
    return Table(columns, [[Paint(str(n), tone) if n and tone else str(n) for _, n, tone in counts]])


def _rejected(read: Read, most: int | None) -> list[Block]:
    columns = [
        Column(Words("不收的行", "rejected"), flexible=True, least=10),
        Column(Words("编号", "id"), flexible=True, least=6),
        Column(Words("原因", "reason"), flexible=True, least=16),
        Column(Words("怎样改", "what to do"), flexible=True, least=16),
    ]
    ordered = sorted(read.rejected, key=lambda one: (one.spot.row, one.spot.column))
    rows = [[painted(_place(one.spot), "red"), one.item, *_told(one)] for one in ordered]
    return _cut(columns, rows, most)


def _told(one: Rejected) -> list[Text]:
    return [one.message.each(_short), one.hint.each(_short)]


def _added(read: Read, most: int | None) -> list[Block]:
    columns = [
        Column(Words("新增", "added"), flexible=True, least=10),
        Column(Words("编号", "id"), flexible=True, least=6),
        Column(Words("内容", "what"), flexible=True, least=16),
    ]
    rows: list[list[Text]] = [[_place(one.spot), one.id, one.title.each(_short)] for one in read.items]
    for entry in read.entries:
        row = entry.row
        parts: list[Text] = [row["date"], EVENTS[row["event"]].label, row.get("key", ""), row.get("value", ""),
                 row.get("until", ""), row.get("by", ""), row.get("text", "")]  # fmt: skip
        said = Words.same(" ").join(part for part in parts if part)
        rows.append([_place(entry.spot), row.get("item", ""), said.each(_short)])
    return _cut(columns, rows, most)


def _changed(read: Read, most: int | None) -> list[Block]:
    columns = [
        Column(Words("修改", "changed"), flexible=True, least=10),
        Column(Words("编号", "id"), flexible=True, least=6),
        Column(Words("字段", "field"), flexible=True, least=8),
        Column(Words("原来", "before"), flexible=True, least=10),
        Column(Words("改为", "after"), flexible=True, least=10),
    ]
    nothing = Words("（空）", "(empty)")
    rows = [
        [
            _place(change.spot),
            item.id,
            change.name,
            _short(change.before) or nothing,
            _short(change.after) or nothing,
        ]
        for item in read.changed
        for change in item.changes
    ]
    return _cut(columns, rows, most)


def _cut(columns: Sequence[Column], rows: Sequence[Sequence[Text]], most: int | None) -> list[Block]:
    """A table, and how many rows of it are not shown."""
    shown: list[Block] = [Table(columns, rows[:most])] if rows else []
    if most is not None and len(rows) > most:
        more = Words("……另有 {n} 行，用 --all 看全部", "… and {n} more; --all shows them")
        shown.append(Paragraph(more.fill(n=len(rows) - most), 2))
    return shown


def _remarks(read: Read) -> Iterable[Words]:
    """What else there is to know about a sheet: columns left out, cells kept, what was done to cells."""
    for column in read.left_out:
        if column.loud:
            words = Words("列 {column} 没有读：{why}；{hint}", "column {column} is not read: {why}; {hint}")
            title = f"{column_letter(column.number)} {one_line(column.title)}"
            yield words.fill(column=title, why=column.why, hint=column.hint).each(str.rstrip)
    quiet = [f"{column_letter(one.number)} {one_line(one.title)}" for one in read.left_out if not one.loud]
    if quiet:
        yield Words("不必读的列：{names}", "columns that need no reading: {names}").fill(names=_some(quiet))
    for spot, item, words in read.went_back:
        back = Words("{place} {item}：倒退，没有记：{words}", "{place} {item} went back, not recorded: {words}")
        yield back.fill(place=_place(spot), item=item, words=words)
    for spot, words in [*read.passed, *read.notes]:
        placed = Words("{place}：{words}", "{place}: {words}").fill(place=_place(spot), words=words)
        yield (placed if spot.row or spot.column else words)
    if read.kept:
        words = Words(
            "{n} 个空格，台账里有值，保留不动（{where}）；要清空用 --clear",
            "{cells} empty where the ledger has a value, which stays ({where}); --clear removes it",
        )
        where = _some([f"{one.item} {one.name}" for one in read.kept])
        verb = "cell is" if len(read.kept) == 1 else "cells are"
        yield words.fill(n=len(read.kept), cells=f"{len(read.kept)} {verb}", where=where)
    if read.absent:
        words = Words("台账里另有 {n} 项不在表里，不动", "{items} of the ledger not in the sheet: left as they are")
        yield words.fill(n=read.absent, items=some(read.absent, "item"))


def _place(spot: Spot) -> Text:
    """A place in the sheet, which the heading has named already: `F5`, else the row or the column."""
    if spot.row and spot.column:
        return f"{column_letter(spot.column)}{spot.row}"
    if spot.row:
        return Words("第 {n} 行", "row {n}").fill(n=spot.row)
    return Words("{name} 列", "column {name}").fill(name=column_letter(spot.column))


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _some(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(one_line(name) for name in names[:most])
    return f"{shown} … +{len(names) - most}" if len(names) > most else shown
