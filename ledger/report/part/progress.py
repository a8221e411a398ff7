"""The tables of figures of a report: the progress table (整改进度统计表), and the tables by lead unit and by district.

Progress is counted by time node, by the deadlines in force and by the original ones; units are ranked by what is
overdue, by punctuality and by their lights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from ledger.format.cell import code_cell, number_cell, percent_cell, rate_cell
from ledger.format.document import Block, Column, Heading, Table, Text, Typed, typed
from ledger.format.phrase import DASH, UNKNOWN, rate_known, rate_words
from ledger.model.item import LIGHTS
from ledger.model.number import percent
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.report.part.head import column, columns
from ledger.report.period import Reckoning
from ledger.state.figure.count import BookTable, Count, NodeCount, Rate, unknown_by_node
from ledger.state.figure.table import BY_STATE, RATES
from ledger.state.figure.unit_table import DISTRICTS, KINDS, NO_UNIT, ON_TIME, POSTPONED, UnitRow, UnitTable
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


CRITERIA = {
    "overdue": Words("逾期项数", "overdue"),
    "on_time": Words("按期率", "on-time rate"),
    "light": Words("亮灯", "lights"),
}
"""By what units are ranked: fewest overdue first, the highest on-time rate, the fewest red and then yellow lights."""

_KEYS: dict[str, Callable[[UnitRow], Any]] = {
    "overdue": lambda row: row.overdue,
    "on_time": lambda row: -Fraction(row.on_time.part, row.on_time.whole),
    "light": lambda row: (row.red, row.yellow),
}


class Place(NamedTuple):
    """A place in a ranking, the best is 1. After n units that tie, n − 1 places are skipped."""

    number: int
    is_tied: bool


class Ranked(NamedTuple):
    """A unit with its place by each criterion, by the names of `CRITERIA`."""

    row: UnitRow
    places: dict[str, Place]


class Ranking(NamedTuple):
    """Units by their places, the criteria in the order of `CRITERIA`, then by name.

    `apart` are those of whose items due none is done or overdue: 0/0 is no rate, and no place. The items of nobody are
    in neither.
    """

    kind: str
    ranked: tuple[Ranked, ...]
    apart: tuple[UnitRow, ...]


def ranking(table: UnitTable) -> Ranking:
    """The units of a table ranked by each criterion."""
    units = [row for row in table.rows if row.unit]
    rows = [row for row in units if row.on_time.whole]
    places = {name: _places([key(row) for row in rows]) for name, key in _KEYS.items()}
    ranked = [Ranked(row, {name: places[name][n] for name in CRITERIA}) for n, row in enumerate(rows)]
    ranked.sort(key=lambda one: (*(place.number for place in one.places.values()), one.row.unit))
    return Ranking(table.kind, tuple(ranked), tuple(row for row in units if not row.on_time.whole))


def _places(values: list[Any]) -> list[Place]:
    ordered = sorted(values)
    return [Place(ordered.index(value) + 1, ordered.count(value) > 1) for value in values]


_LIGHTS = {light: Words(words.zh.removesuffix("灯"), words.en) for light, words in LIGHTS.items()}
_ON_TIME = Words("按期率 n/N", "on time n/N")
_TITLES = {
    "lead": Words("按牵头单位", "By lead unit"),
    "district": Words("按区县", "By district"),
}
_RANKED = {
    "lead": Words("牵头单位排名", "Lead units ranked"),
    "district": Words("区县排名", "Districts ranked"),
}
_APART = {
    "lead": Words(
        "到期事项无一完成或逾期的牵头单位，不参加排名",
        "Lead units with nothing due that is done or overdue, not ranked",
    ),
    "district": Words(
        "到期事项无一完成或逾期的区县，不参加排名", "Districts with nothing due that is done or overdue, not ranked"
    ),
}
_SEVERAL = Words(
    "事项计入其牵头和责任单位中的每个区县", "an item counts for every district that leads it or is responsible for it"
)
_KEPT = Words("按原时限兑现 = {formula}", "kept = {formula}").fill(formula=RATES["kept_of_due_original"].formula)
_ORDER = Words(
    "名次由好到差：逾期少者、按期率高者、红灯少者（再看黄灯）在前；相同者并列，标“=”",
    "The best is 1: fewest overdue, highest on-time rate, fewest red and then yellow lights; = marks a tie",
)


def unit_blocks(table: UnitTable) -> list[Block]:
    """The table of one kind of unit, with its total and how it comes about."""
    name = NO_UNIT[table.kind]
    rows = [[row.unit or typed(name, None), *_unit_cells(row)] for row in table.rows]
    total = typed(Words("合计", "total"), "total", "bold")
    rows.append([total, *_unit_cells(table.total, "bold")])
    notes = [ON_TIME, POSTPONED]
    if table.kind == "district":
        notes.append(DISTRICTS)
    if table.several:
        words = Words("{n} 项计入不止一行", "items that stand in more than one row: {n}")
        notes.append(words.fill(n=table.several))
    id_ = f"by_{table.kind}"
    return [Heading(_TITLES[table.kind], 2, id_), Table(_unit_columns(table.kind), rows, id_, notes=notes)]


def _unit_columns(kind: str) -> list[Column]:
    counts = (column(id_) for id_ in ("items", "due", "done", "overdue", "short", "behind", "postponed"))
    rates = (("done_of_due", Words("到期完成率 n/N", "done of due n/N")), ("on_time", _ON_TIME))
    return [
        column("unit", KINDS[kind], least=8),
        *counts,
        *(column(id_, words, right=True) for id_, words in rates),
        *(column(id_, words, right=True) for id_, words in _LIGHTS.items()),
    ]


def _unit_cells(row: UnitRow, tone: str = "") -> list[str]:
    counts = [Typed(str(n), n, tone) for n in (row.total, row.due, row.done)]
    warnings = ((row.overdue, "red"), (row.short, "yellow"), (row.behind, "yellow"), (row.postponed, ""))
    warned = [number_cell(n, warning) for n, warning in warnings]
    rates = [rate_cell(rate, tone) for rate in (row.done_of_due, row.on_time)]
    return [*counts, *warned, *rates, *(number_cell(getattr(row, light), light) for light in _LIGHTS)]


def ranking_blocks(ranking: Ranking) -> list[Block]:
    """The units ranked by each criterion, ties as ties, and apart from them those with nothing to rate."""
    kind = ranking.kind
    titles = (
        column("unit", KINDS[kind], least=12),
        column("due"),
        column("overdue"),
        column("rank_overdue", Words("逾期名次", "overdue rank"), right=True),
        column("postponed"),
        column("on_time", _ON_TIME, right=True),
        column("rank_on_time", Words("按期名次", "on-time rank"), right=True),
        column("kept", Words("按原时限兑现 n/N", "kept n/N"), right=True),
        *(column(id_, words, right=True) for id_, words in _LIGHTS.items()),
        column("rank_light", Words("亮灯名次", "lights rank"), right=True),
    )
    rows = []
    for one in ranking.ranked:
        row, places = one.row, one.places
        rows.append([
            row.unit, number_cell(row.due), number_cell(row.overdue, "red"), _place(places["overdue"]),
            number_cell(row.postponed), rate_cell(row.on_time), _place(places["on_time"]), rate_cell(row.kept),
            *(number_cell(getattr(row, light), light) for light in _LIGHTS), _place(places["light"]),
        ])  # fmt: skip
    id_ = f"ranking_{kind}"
    empty = Words("没有一个单位有已完成或已逾期的到期事项。", "No unit has anything due that is done or overdue.")
    notes = [_ORDER, ON_TIME, POSTPONED, _KEPT] if rows else []
    if rows and kind == "district":
        notes.append(_SEVERAL)
    return [
        Heading(_RANKED[kind], 2, id_),
        Table(titles, rows, id_, notes=notes, empty=empty),
        _apart(ranking),
    ]


def _place(place: Place) -> Typed:
    return Typed(f"={place.number}" if place.is_tied else str(place.number), place.number)


def _apart(ranking: Ranking) -> Table:
    titles = (
        column("unit", KINDS[ranking.kind], least=8),
        column("items"),
        column("done"),
        column("behind"),
        column("postponed"),
        column("on_time", _ON_TIME, right=True),
        *(column(id_, words, right=True) for id_, words in _LIGHTS.items()),
    )
    rows = [
        [row.unit, number_cell(row.total), number_cell(row.done), number_cell(row.behind, "yellow"),
         number_cell(row.postponed), rate_cell(Rate(0, 0)),
         *(number_cell(getattr(row, light), light) for light in _LIGHTS)]
        for row in ranking.apart
    ]  # fmt: skip
    return Table(titles, rows, f"apart_{ranking.kind}", _APART[ranking.kind])
