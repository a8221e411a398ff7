"""The weekly and the monthly report as a workbook of five sheets: totals, movement, what is late, units, notes."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.format.document import (
    Document,
    Head,
    Heading,
    NamedTable,
    Paragraph,
    Table,
    Text,
    head_of,
    in_language,
    sections,
    typed,
)
from ledger.format.phrase import reading_text
from ledger.format.xlsx.bytes import workbook_bytes
from ledger.format.xlsx.page import Chart, SheetPage
from ledger.format.xlsx.report import first_page, table_page
from ledger.model.words import ITEMIZED, Words
from ledger.report.paper.tables import MOVED_COLUMNS, done_by_unit, moved_rows, signed_progress
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.report.part.movement_table import LISTS
from ledger.report.part.progress import unit_blocks
from ledger.report.period import Reckoning
from ledger.state.board import Standing
from ledger.text.safe import one_line

_SHEETS = {
    "progress": Words("总表", "totals"),
    "movement": Words("变动", "movement"),
    "late": Words("逾期与欠指标", "overdue and short"),
    "units": Words("单位", "units"),
    "notes": Words("说明", "notes"),
}


def period_workbook(document: Document, reckoned: Reckoning, lang: str) -> bytes:
    """The five sheets; the sentences of the `document` stand on the last. Raises `MissingExtra` and `TooLarge`."""
    spoken = in_language(document, lang)
    head = head_of(spoken)
    tables = {
        "progress": signed_progress(reckoned),
        "movement": Table(MOVED_COLUMNS, moved_rows(reckoned.movement, LISTS)),
        "late": _late(reckoned),
        "units": _units(reckoned),
    }
    pages = [_page(key, table, head, lang) for key, table in tables.items()]
    pages[0] = _charted(pages[0], tables["progress"], lang)
    notes = first_page(_sentences(spoken), head)._replace(name=_SHEETS["notes"].pick(lang), large=True)
    return workbook_bytes([*pages, notes], properties={"title": one_line(head.title)})


def _page(key: str, table: Table, head: Head[str], lang: str) -> SheetPage:
    """One table on a sheet of A3, with filter buttons, and data bars on its percentages and days."""
    spoken = in_language([table], lang)[0]
    assert isinstance(spoken, Table)
    named = NamedTable(key, _SHEETS[key].pick(lang), spoken)
    made = table_page(named, head)
    bars = [number for number, one in enumerate(made.columns) if one.kind == "percent"]
    if key == "late":
        title = _DAYS.pick(lang)
        bars = [number for number, one in enumerate(made.columns) if one.title == title]
    return made._replace(filtered=bool(made.rows), bars=bars, large=True)


_DAYS = Words("天数", "days")


def _charted(page: SheetPage, table: Table, lang: str) -> SheetPage:
    """The progress sheet with a chart of items and done, over book and time node."""
    ids = [one.id for one in table.columns]
    title = Words("各账各节点：事项和完成", "Items and done, by book and time node").pick(lang)
    return page._replace(chart=Chart(title, (0, 1), (ids.index("items"), ids.index("done"))))


def _late(reckoned: Reckoning) -> Table:
    """What is overdue, short or behind in one table: the kind, the item, its deadline, the days and what is missing."""
    day = reckoned.board.day
    titles = [
        column("kind", Words("情况", "kind")), *columns((*ITEM, "deadline")), column("days", _DAYS, right=True),
        column("what", Words("欠的指标、阶段目标、存在问题", "target, milestone, trouble"), least=16),
    ]  # fmt: skip
    rows: list[list[Text]] = []
    for late in reckoned.overdue:
        rows.append([typed(Words("逾期", "overdue"), "overdue", "red"), *_item(late.standing),
                     typed(str(late.days), late.days), late.trouble])  # fmt: skip
    for standing in reckoned.short:
        targets = filter(None, map(standing.item.target, standing.short))
        told = [Words("{name} {reading}", "{name} {reading}").fill(
            name=target.name or target.key, reading=reading_text(standing.reading(target.key), target))
            for target in targets]  # fmt: skip
        rows.append([typed(Words("欠指标", "short"), "short", "yellow"), *_item(standing), "", ITEMIZED.join(told)])
    for standing in reckoned.board.standings:
        if standing.schedule == "behind":
            missed = ITEMIZED.join(stage.name or stage.key for stage in standing.missed)
            days = max((day - stage.due).days for stage in standing.missed)
            rows.append([typed(Words("未达序时", "behind"), "behind", "yellow"), *_item(standing),
                         typed(str(days), days), missed])  # fmt: skip
    return Table(titles, rows)


def _item(standing: Standing) -> Sequence[Text]:
    deadline = standing.deadline
    return [*item_cells(standing), typed(deadline.isoformat() if deadline else "", deadline)]


def _units(reckoned: Reckoning) -> Table:
    """The lead units, then the districts, each kind with its total."""
    kind = column("kind", Words("类别", "kind"))
    lead = done_by_unit(reckoned)
    rows: list[list[Text]] = [[Words("牵头单位", "lead unit"), *row] for row in lead.rows]
    if reckoned.districts is not None:
        table = next(block for block in unit_blocks(reckoned.districts) if isinstance(block, Table))
        places = {one.id: number for number, one in enumerate(table.columns)}
        for row in table.rows:
            own = [row[places[one.id]] if one.id in places else "" for one in lead.columns]
            rows.append([Words("区县", "district"), *own])
    return Table([kind, *lead.columns], rows)


def _sentences(document: Document[str]) -> Document[str]:
    """The head and the sentences of a report; of each list only how many rows it has, and where it stands whole."""
    found: Document[str] = [block for block in document if isinstance(block, Head)]
    lang = head_of(document).lang
    for part in sections(document):
        told = [piece for piece in part.pieces if isinstance(piece, Paragraph)]
        lists = [piece for piece in part.pieces if isinstance(piece, NamedTable) and piece.table.rows]
        if part.heading is None or not (told or lists):
            continue
        found.append(Heading(part.heading.text, 2, part.id))
        found += told
        for one in lists:
            words = Words("{title}：{n} 行，全表见同期的 csv、html 或 json",
                          "{title}: {n} rows, whole in csv, html or json of the same period")  # fmt: skip
            if part.id not in _ON_SHEETS:
                found.append(Paragraph(words.fill(title=one.title, n=len(one.table.rows)).pick(lang)))
    return found


_ON_SHEETS = frozenset({"overdue", "short", "behind", "progress", "movement", "by_lead", "by_district"})
"""Sections whose lists stand on sheets of their own."""
