"""The tables that a paper and a workbook share: one progress table, what moved item by item, and units in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ledger.format.cell import number_cell, rate_cell
from ledger.format.document import Column, Table, Text, typed
from ledger.format.phrase import DASH, UNKNOWN
from ledger.model.words import ITEMIZED, Words
from ledger.report.movement import Change, Movement
from ledger.report.part.head import ITEM, column, columns
from ledger.report.part.movement_table import NAMES, table_of
from ledger.report.part.progress import book_cell, unknown_in
from ledger.report.period import Reckoning
from ledger.state.figure.count import BookTable, NodeCount, Rate
from ledger.state.figure.unit_table import NO_UNIT, lead_of


def signed_progress(reckoned: Reckoning) -> Table:
    """One table: each book by time node, by the deadlines in force and, beside them, by the original ones."""
    original = Words("原时限", "original ")
    titles = [
        column("book")._replace(once=True),
        *columns(("time_node", "items", "done", "open", "overdue", "short")),
        column("rate", Words("完成率", "rate"), right=True),
        column("original", original + Words("事项", "items"), right=True),
        column("original_done", original + Words("完成", "done"), right=True),
        column("original_rate", original + Words("完成率", "rate"), right=True),
    ]
    rows = [row for table in reckoned.closing for row in _book_rows(reckoned, table, reckoned.ledger.broken)]
    return Table(titles, rows, "progress")


def _book_rows(reckoned: Reckoning, table: BookTable, broken: frozenset[str]) -> list[list[Text]]:
    grey, grey_then = (unknown_in(reckoned, table, original=original) for original in (False, True))
    name = book_cell(table, broken)
    nodes: list[tuple[NodeCount, NodeCount]] = [(row.current, row.original) for row in table.rows]
    rows = [[name, now.name, *_counts(now.rate, now.overdue, now.short, grey[now.id]),
             *_originals(then.rate, grey_then[then.id])]
            for now, then in nodes if now.due or then.due]  # fmt: skip
    short = table.counted.figures["short"]
    undated, undated_then = table.undated, table.undated_original
    if undated.whole or undated_then.whole:
        left = short - sum(now.short for now, _ in nodes)
        rows.append([name, Words("无日期", "no date"), *_counts(undated, 0, left, grey[""]),
                     *_originals(undated_then, grey_then[""])])  # fmt: skip
    total = Rate(sum(now.done for now, _ in nodes) + undated.part, sum(now.due for now, _ in nodes) + undated.whole)
    then_total = Rate(sum(then.done for _, then in nodes) + undated_then.part,
                      sum(then.due for _, then in nodes) + undated_then.whole)  # fmt: skip
    late = sum(now.overdue for now, _ in nodes)
    rows.append([name, typed(Words("合计", "total"), "total", "bold"),
                 *_counts(total, late, short, grey.total(), "bold"),
                 *_originals(then_total, grey_then.total(), "bold")])  # fmt: skip
    return rows


def _counts(done: Rate, overdue: int, short: int, grey: int, tone: str = "") -> list[Text]:
    numbers = [typed(str(n), n, tone) for n in (done.whole, done.part, done.whole - done.part)]
    return [*numbers, number_cell(overdue, "red"), number_cell(short, "yellow"), _percent(done, grey, tone)]


def _originals(done: Rate, grey: int, tone: str = "") -> list[Text]:
    return [
        typed(str(done.whole), done.whole, tone),
        typed(str(done.part), done.part, tone),
        _percent(done, grey, tone),
    ]


def _percent(done: Rate, grey: int, tone: str) -> Text:
    """The percentage alone: its n and N stand in the columns before it. None of what nobody knows is 0 %."""
    if grey and not done.part:
        return typed(UNKNOWN if grey == done.whole else DASH, done, tone)
    cell = rate_cell(done, tone)
    return typed(cell.rpartition(" ")[2], done, tone)


MOVED_COLUMNS: Sequence[Column] = (
    column("kind", Words("变动", "movement"), least=8)._replace(once=True),
    *columns(ITEM),
    column("what", Words("情况", "what happened"), least=16),
)


def moved_rows(movement: Movement, kinds: Sequence[str]) -> list[list[Text]]:
    """What moved as rows: the kind, the item, and what happened, the columns of its own list in words."""
    rows: list[list[Text]] = []
    for kind in kinds:
        table = table_of(movement, kind)
        for row in table.rows:
            rest = zip(table.columns[len(ITEM) :], row[len(ITEM) :], strict=True)
            said = [Words("{title} {cell}", "{title} {cell}").fill(title=one.title, cell=cell)
                    for one, cell in rest if cell]  # fmt: skip
            rows.append([typed(NAMES[kind], kind), *row[: len(ITEM)], ITEMIZED.join(said)])
    return rows


def done_by_unit(reckoned: Reckoning) -> Table:
    """Of each lead unit its items, what is due and done, and what it did in the period, in numbers."""
    done = _by_lead(reckoned.movement.lists["done"])
    closed = _by_lead(reckoned.movement.lists["closed"])
    titles = [
        column("unit", Words("牵头单位", "lead unit"), least=8),
        *columns(("items", "due", "done")),
        column("newly_done", Words("本期完成", "newly done"), right=True),
        column("newly_closed", Words("本期销号", "newly closed"), right=True),
        *columns(("overdue", "short")),
        column("done_of_due", Words("到期完成率 n/N", "done of due n/N"), right=True),
    ]
    table = reckoned.leads
    pairs = [(row.unit or typed(NO_UNIT["lead"], None), row, done[row.unit], closed[row.unit]) for row in table.rows]
    pairs.append((typed(Words("合计", "total"), "total", "bold"), table.total, done.total(), closed.total()))
    rows: list[list[Text]] = [
        [name, number_cell(row.total), number_cell(row.due), number_cell(row.done), number_cell(new), number_cell(gone),
         number_cell(row.overdue, "red"), number_cell(row.short, "yellow"), rate_cell(row.done_of_due)]
        for name, row, new, gone in pairs
    ] if table.rows else []  # fmt: skip
    return Table(titles, rows, "done")


def _by_lead(changes: Sequence[Change]) -> Counter[str]:
    """How many of the items each lead unit has; under "" those of nobody."""
    return Counter(next(iter(lead_of(change.after)), "") for change in changes)
