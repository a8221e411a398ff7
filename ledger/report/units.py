"""Tables by lead unit and by district, and the units ranked by what is overdue, by punctuality and by their lights."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from ledger.format.cell import number_cell, rate_cell
from ledger.format.document import Block, Column, Heading, Table, Typed, typed
from ledger.model.item import LIGHTS
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.report.part.head import column
from ledger.state.figure.count import Rate
from ledger.state.figure.table import RATES
from ledger.state.figure.unit_table import DISTRICTS, KINDS, NO_UNIT, ON_TIME, POSTPONED, UnitRow, UnitTable

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
    rows = [[row.unit or typed(name, None), *_cells(row)] for row in table.rows]
    total = typed(Words("合计", "total"), "total", "bold")
    rows.append([total, *_cells(table.total, "bold")])
    notes = [ON_TIME, POSTPONED]
    if table.kind == "district":
        notes.append(DISTRICTS)
    if table.several:
        words = Words("{n} 项计入不止一行", "items that stand in more than one row: {n}")
        notes.append(words.fill(n=table.several))
    id_ = f"by_{table.kind}"
    return [Heading(_TITLES[table.kind], 2, id_), Table(_columns(table.kind), rows, id_, notes=notes)]


def _columns(kind: str) -> list[Column]:
    counts = (column(id_) for id_ in ("items", "due", "done", "overdue", "short", "behind", "postponed"))
    rates = (("done_of_due", Words("到期完成率 n/N", "done of due n/N")), ("on_time", _ON_TIME))
    return [
        column("unit", KINDS[kind], least=8),
        *counts,
        *(column(id_, words, right=True) for id_, words in rates),
        *(column(id_, words, right=True) for id_, words in _LIGHTS.items()),
    ]


def _cells(row: UnitRow, tone: str = "") -> list[str]:
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
