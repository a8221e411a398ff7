"""The progress table (整改进度统计表) of a report: by time node, by the deadlines in force and by the original ones."""

from __future__ import annotations

from collections import Counter

from ledger.format.cell import code_cell, number_cell, percent_cell, rate_cell
from ledger.format.document import Block, Column, Heading, Table, Text, Typed, typed
from ledger.format.phrase import DASH, UNKNOWN, rate_known, rate_words
from ledger.model.number import percent
from ledger.model.words import Words
from ledger.report.part.head import column, columns
from ledger.report.period import Reckoning
from ledger.state.figure.count import BookTable, Count, NodeCount, Rate, unknown_by_node
from ledger.state.figure.table import BY_STATE, RATES
from ledger.state.reading import Mean

_FIGURES = ("items", "done", "open", "overdue", "short")


def progress_blocks(reckoned: Reckoning) -> list[Block]:
    """The progress table twice, by either deadline; the six rates with their formulas; how far all is on average."""
    broken = reckoned.ledger.broken
    current, original = (
        [row for table in reckoned.closing for row in _rows(reckoned, table, broken, original=original)]
        for original in (False, True)
    )
    by = Words("整改进度统计表，按{deadlines}", "Progress table by {deadlines}")
    now, then = Words("现行时限", "the deadlines in force"), Words("原时限", "the original deadlines")
    note = Words(
        "完成含已销号；逾期按该表的时限判断，时限当日不算逾期；0/0 记为“–”",
        "Done includes closed items; overdue is past the deadline of that table, whose own day is in time; 0/0 is a "
        "dash",
    )
    return [
        Heading(Words("整改进度", "Progress"), 2, "progress"),
        Table(_columns(), current, "progress", by.fill(deadlines=now)),
        Table(_columns(), original, "progress_original", by.fill(deadlines=then), [note]),
        _rates(reckoned),
        _states(reckoned),
        _means(reckoned),
    ]  # fmt: skip


def _columns() -> list[Column]:
    rate = column("rate", Words("完成率 n/N", "rate n/N"), right=True)
    unknown = column("unknown", UNKNOWN, right=True)
    return [column("book")._replace(once=True), *columns(("time_node", *_FIGURES)), unknown, rate]


def unknown_in(reckoned: Reckoning, table: BookTable, *, original: bool) -> Counter[str]:
    """How many items of a book nobody knows anything of, by the time node of either deadline."""
    own, nodes = reckoned.board.book(table.book.id), reckoned.ledger.settings.time_nodes
    return unknown_by_node(own, nodes, original=original)


def _rows(reckoned: Reckoning, table: BookTable, broken: frozenset[str], *, original: bool) -> list[list[Text]]:
    """The nodes of a book, its items without a date, and the total."""
    grey = unknown_in(reckoned, table, original=original)
    nodes = [row.original if original else row.current for row in table.rows]
    undated = table.undated_original if original else table.undated
    short = table.counted.figures["short"]
    rows = [_node_row(node, grey[node.id]) for node in nodes if node.due or node.date]
    if undated.whole:
        name = code_cell(Words("无日期", "no date"), "undated")
        left = short - sum(node.short for node in nodes)
        rows.append([name, *_numbers(undated, 0, left, grey[""])])
    done = Rate(sum(node.done for node in nodes) + undated.part, sum(node.due for node in nodes) + undated.whole)
    total = code_cell(Words("合计", "total"), "total", "bold")
    rows.append([total, *_numbers(done, sum(node.overdue for node in nodes), short, grey.total(), "bold")])
    return [[book_cell(table, broken), *row] for row in rows]


def _node_row(node: NodeCount, grey: int) -> list[Text]:
    return [code_cell(node.name, node.id), *_numbers(node.rate, node.overdue, node.short, grey)]


def _numbers(done: Rate, overdue: int, short: int, grey: int, tone: str = "") -> list[Text]:
    """Items, done, open, overdue, short, unknown, and the rate."""
    counts = [Typed(str(n), n, tone) for n in (done.whole, done.part, done.whole - done.part)]
    return [*counts, number_cell(overdue, "red"), number_cell(short, "yellow"), number_cell(grey, "grey"),
            typed(rate_known(done, grey), done, tone)]  # fmt: skip


def book_cell(table: BookTable, broken: frozenset[str]) -> Text:
    """The name of a book, and in red if not all of it could be read."""
    name = table.book.name or table.book.id
    if table.book.id in broken:
        return code_cell(name + Words("（没有读全）", " (not read whole)"), table.book.id, "red")
    return code_cell(name, table.book.id)


def _rates(reckoned: Reckoning) -> Table:
    """A rate a row, a book a column."""
    books = [
        column(table.book.id, table.book.name or Words.same(table.book.id), right=True) for table in reckoned.closing
    ]
    named = column("rate", Words("完成率，各按其口径", "rates by their formulas"), least=16)
    rows = [
        [code_cell(RATES[key].formula, key),
         *(_rate(table.counted, key) for table in reckoned.closing)]
        for key in sorted(RATES, key=lambda key: key != reckoned.ledger.settings.headline)
    ]  # fmt: skip
    return Table([named, *books], rows, "rates", Words("各项完成率", "Rates"))


def _rate(counted: Count, key: str) -> Text:
    return typed(rate_words(counted, key), counted.rates[key])


def _states(reckoned: Reckoning) -> Table:
    """By state, each item in one row; with what is stale below, so that nobody reads "on schedule" without it."""
    books = [
        column(table.book.id, table.book.name or Words.same(table.book.id), right=True) for table in reckoned.closing
    ]
    rows = [
        [code_cell(row.label, row.key),
         *(number_cell(table.counted.by_state[row.key], row.tone) for table in reckoned.closing)]
        for row in BY_STATE
        if any(table.counted.by_state[row.key] for table in reckoned.closing)
    ]  # fmt: skip
    stale = sum(table.counted.figures["stale"] for table in reckoned.closing)
    note = Words("每项只在一行，取最先符合的一行。达到序时和阶段完成的，久无消息 {n} 项。",
                 "Each item stands in the first row that holds. On schedule or stage done but stale: {n}.")  # fmt: skip
    title = Words("按状态", "By state")
    named = column("state", Words("状态", "state"), least=12)
    return Table([named, *books], rows, "by_state", title, [note.fill(n=stale)])


def _means(reckoned: Reckoning) -> Table:
    """The mean progress of each book and over all, at the opening and at the closing of the period."""
    titles = (
        column("book"),
        column("before", Words("期初", "opening"), right=True),
        column("progress", Words("期末", "closing"), right=True),
        column("known", Words("已知 n/N", "known n/N"), right=True),
        column("floor", Words("未知按 0 计", "unknown as 0"), right=True),
    )
    pairs = zip(reckoned.opening, reckoned.closing, strict=True)
    rows = [
        [book_cell(now, frozenset()), *_mean_cells(was.counted.progress, now.counted.progress)] for was, now in pairs
    ]
    overall = code_cell(Words("总体", "overall"), "overall", "bold")
    rows.append([overall, *_mean_cells(reckoned.overall_before, reckoned.overall, "bold")])
    return Table(titles, rows, "mean_progress", Words("平均进度", "Mean progress"))


def _mean_cells(before: Mean, now: Mean, tone: str = "") -> list[Text]:
    def share(mean: Mean, *, floor: bool = False) -> Typed:
        value = mean.value if not floor else mean.floor if mean.known else None
        return percent_cell(None if value is None else percent(value, 1), tone)

    known = (
        rate_cell(Rate(now.known, now.of), tone) if now.known else typed(f"0/{now.of}" if now.of else DASH, None, tone)
    )
    return [share(before), share(now), known, share(now, floor=True)]
