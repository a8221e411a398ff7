"""A bar for each unit: how many of its items are done, short, open, unknown or overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ledger.chart.bar import hatched
from ledger.chart.drawing import Box, Drawing, Label, Line, Look, Mark, Paper, Part, enlarged, fitted, shown, span, told
from ledger.chart.frame import GRID, MARGIN, NOTHING, TEXT, Sheets, as_of, legend, only
from ledger.format.document import Text
from ledger.format.phrase import items_text
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import INCLUDE
from ledger.model.words import COMMA, Words
from ledger.state.board import Board, Standing
from ledger.state.figure.rolled import OWN_NAME, ledger_of
from ledger.state.figure.unit_table import DISTRICTS, NO_UNIT, districts, districts_of, lead_of


class UnitBar(NamedTuple):
    """The items of one unit, or of all: those done, open and overdue add up to its total.

    `open` are neither done nor overdue; of `grey` ones among them nobody knows how they stand. `short` are those of the
    done that miss a target.
    """

    name: Words
    done: int
    open: int
    overdue: int
    is_total: bool = False
    short: int = 0
    grey: int = 0

    def as_json(self, lang: str) -> dict[str, Any]:
        """The figures of the bar, as `UnitBars.as_json` has them."""
        counts = {"done": self.done, "open": self.open, "overdue": self.overdue, "short": self.short}
        return {"name": self.name.pick(lang), **counts, "grey": self.grey}

    @property
    def total(self) -> int:
        """All of them."""
        return self.done + self.open + self.overdue

    @property
    def pieces(self) -> dict[str, int]:
        """The pieces of its bar by their kind, from left to right."""
        return {
            "done": self.done - self.short,
            "short": self.short,
            "open": self.open - self.grey,
            "grey": self.grey,
            "overdue": self.overdue,
        }


class UnitBars(NamedTuple):
    """The bars, those with most that is overdue first, then the lower rate; the items of nobody last.

    `total` counts every item once.

    `several` items stand in more than one bar (never by lead).
    """

    ledger: Ledger
    day: date
    kind: str
    bars: tuple[UnitBar, ...]
    total: UnitBar
    several: int
    query: str

    def as_json(self, lang: str) -> dict[str, Any]:
        """What is drawn, for a program."""
        return {
            "query": self.query, "by": self.kind, "bars": [bar.as_json(lang) for bar in self.bars],
            "total": self.total.as_json(lang), "several": self.several,
        }  # fmt: skip


def unit_bars(board: Board, standings: Iterable[Standing], kind: str = "lead", query: str = "") -> UnitBars:
    """The bars of these items by `lead` unit, by `district` or by ledger (`include`), under the names units bear now.

    As in the tables of units: an item counts for each district that leads it or is responsible for it.
    """
    items = list(standings)
    listed = districts(board.ledger.settings)
    members: dict[str, list[Standing]] = {}
    several = 0
    for standing in items:
        units: Sequence[str] = [ledger_of(standing)] if kind == INCLUDE else _units_of(standing, kind, listed)
        several += len(units) > 1
        for unit in units or ("",):
            members.setdefault(unit, []).append(standing)
    nobody = OWN_NAME if kind == INCLUDE else NO_UNIT[kind]
    made = {unit: _bar(Words.same(unit) if unit else nobody, own) for unit, own in members.items()}

    def place(unit: str) -> tuple[bool, int, float, int, str]:
        bar = made[unit]
        return not unit, -bar.overdue, bar.done / bar.total, -bar.total, unit

    bars = tuple(made[unit] for unit in sorted(made, key=place))
    total = _bar(Words("合计", "total"), items)._replace(is_total=True)
    return UnitBars(board.ledger, board.day, kind, bars, total, several, query)


def _units_of(standing: Standing, kind: str, listed: frozenset[str]) -> Sequence[str]:
    return districts_of(standing, listed) if kind == "district" else lead_of(standing)


def _bar(name: Words, standings: Iterable[Standing]) -> UnitBar:
    done = still = late = short = grey = 0
    for standing in standings:
        if standing.is_done:
            done += 1
            short += bool(standing.short)
        elif standing.schedule == "overdue":
            late += 1
        else:
            still += 1
            grey += standing.light == "grey"
    return UnitBar(name, done, still, late, short=short, grey=grey)


_LEAST, _MOST = 15.0, 22.0
"""Heights of a row."""
_TOTAL = 26.0
"""Room below the total."""
_SMALL = 10.0
_NAME_ROOM = 260.0
LOOKS = {
    "done": Look("green", "green"),
    "short": Look(line="green", width=1.1),
    "open": Look("pale-blue", "blue"),
    "grey": Look("pale-grey", "grey"),
    "overdue": Look("red", "red"),
}
NAMES = {
    "done": Words("完成，不欠指标", "done, not short"),
    "short": Words("报完成而欠指标", "called done, yet short"),
    "open": Words("未完成、未逾期", "open, not overdue"),
    "grey": Words("未完成，情况不明", "open, nobody knows how it stands"),
    "overdue": Words("逾期", "overdue"),
}
_SCALES = Words(
    "合计只看份额：它的长短另有尺度；下面各条同一尺度，长短即事项多少",
    "The total shows shares, on a scale of its own; all bars below it share one: the longer, the more items",
)
_TITLES = {
    "lead": Words("各牵头单位：逾期多的在前", "Units that lead, most overdue first"),
    "district": Words("各区县：逾期多的在前", "Districts, most overdue first"),
    INCLUDE: Words("各台账：逾期多的在前", "Ledgers, most overdue first"),
}


def unit_drawings(found: UnitBars, paper: Paper, *, whole_sheet: bool = True) -> list[Drawing]:
    """The sheets of the chart, as large as they can be on this paper if one is enough; unless `whole_sheet` is asked
    for, a single one ends where its rows do."""
    return enlarged(lambda sheet: _drawings(found, sheet, whole_sheet=whole_sheet), paper)


def _drawings(found: UnitBars, paper: Paper, *, whole_sheet: bool) -> list[Drawing]:
    name = _TITLES[found.kind]
    title = shown(found.ledger.settings.title or name)
    lines: list[Text] = [name, as_of(found.day), items_text(found.total.total), *only(found.query)]
    if found.several:
        lines.append(DISTRICTS)
    sheets = Sheets(paper, title, name, lines, whole_sheet)
    if not found.bars:
        return sheets.without(NOTHING)
    keys, top = _legend(found, sheets.below + 8, paper.wide)
    rows = [found.total, *found.bars]
    room = paper.tall - top - MARGIN - _TOTAL
    row = min(max(room / len(rows), _LEAST), _MOST)
    most = max(int(room / row + 0.001), 2)
    parts = [rows[at : at + most] for at in range(0, len(rows), most)]
    widths = _widths(found)
    return sheets.drawn(parts, keys, lambda own: _bars(found, own, widths, top, row, paper.wide))


def _widths(found: UnitBars) -> tuple[float, float]:
    """The room for the names of units and for the numbers behind their bars: the same on every sheet."""
    everybody = [found.total, *found.bars]
    names = min(max(span(shown(bar.name), TEXT, bold=True) for bar in everybody), _NAME_ROOM)
    return names, max(span(_figures(bar), TEXT) for bar in everybody)


def _legend(found: UnitBars, y: float, wide: float) -> tuple[list[Mark], float]:
    names = {kind: NAMES[kind] for kind, number in found.total.pieces.items() if number}
    places = legend([(24, text) for text in names.values()], MARGIN, wide - MARGIN, TEXT)
    marks: list[Mark] = []
    line = 0
    for (kind, text), (x, line) in zip(names.items(), places, strict=True):
        base = y + 12 + line * 17
        marks += _piece(kind, x, base - 9, 24, 10)
        marks.append(Label(x + 29, base, text, TEXT, "quiet"))
    return marks, y + 12 + (line + 1) * 17


def _piece(kind: str, x: float, y: float, wide: float, tall: float) -> list[Mark]:
    """A piece of a bar: full for what is done, hatched for what is short, a frame for what is open, crossed through
    for what is overdue."""
    if kind == "short":
        return hatched(x, y, wide, tall, LOOKS[kind])
    marks: list[Mark] = [Box(x, y, wide, tall, LOOKS[kind])]
    if kind == "overdue":
        step = tall * 0.7
        count = int(wide // step)
        for number in range(count):
            at = x + number * step
            marks.append(Line(((at, y + tall), (min(at + step, x + wide), y)), Look(line="paper", width=1)))
    return marks


def _bars(
    found: UnitBars, rows: Sequence[UnitBar], widths: tuple[float, float], top: float, tall: float, wide: float
) -> tuple[list[Mark], float]:
    names, beside = widths
    left = MARGIN + names + 10
    room = wide - MARGIN - left - beside - 10
    longest = max((bar.total for bar in found.bars), default=1) or 1
    marks: list[Mark] = []
    y = top
    for bar in rows:
        # The total has the length of the longest bar: it shows shares, the others numbers.
        scale = room / (bar.total or 1) if bar.is_total else room / longest
        marks.append(_row(bar, y, tall, left, scale, names))
        y += tall
        if bar.is_total:
            marks.append(Label(left, y + TEXT, fitted(_SCALES, room, _SMALL), _SMALL, "quiet"))
            marks.append(Line(((MARGIN, y + _TOTAL - 4), (wide - MARGIN, y + _TOTAL - 4)), GRID))
            y += _TOTAL
    return marks, y


def _row(bar: UnitBar, y: float, tall: float, left: float, scale: float, names: float) -> Mark:
    base, thick = y + tall / 2 + TEXT * 0.36, tall * 0.64
    name = shown(bar.name)
    marks: list[Mark] = [
        Label(MARGIN + names, base, fitted(name, names, TEXT, bold=bar.is_total), TEXT, at="end", bold=bar.is_total)
    ]
    x = left
    for kind, number in bar.pieces.items():
        wide = number * scale
        if wide:
            marks += _piece(kind, x, y + tall * 0.18, wide, thick)
        x += wide
    figures = _figures(bar)
    marks.append(Label(x + 8, base, figures, TEXT, "quiet"))
    return Part(told((name, figures)), tuple(marks))


def _figures(bar: UnitBar) -> Words:
    """Every number of a bar in words: colours alone say nothing."""
    parts = [Words("完成 {done}/{total}", "{done}/{total} done").fill(done=bar.done, total=bar.total)]
    if bar.short:
        parts.append(Words("其中欠指标 {n}", "{n} of them short").fill(n=bar.short))
    if bar.overdue:
        parts.append(Words("逾期 {n}", "{n} overdue").fill(n=bar.overdue))
    if bar.grey:
        parts.append(Words("不明 {n}", "{n} unknown").fill(n=bar.grey))
    return COMMA.join(parts)
