"""The heat map: week by week, how much of what each unit had open was overdue, and on what share it reported."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from math import ceil
from typing import Any

from ledger.chart.drawing import Box, Drawing, Label, Line, Look, Mark, Paper, Part, enlarged, fitted, shown, span
from ledger.chart.frame import MARGIN, TEXT, Sheets, as_of, legend, only
from ledger.format.document import Text
from ledger.model.item import LIGHTS
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek, weeks_until
from ledger.model.record import NamedTuple
from ledger.model.words import COMMA, Words, some
from ledger.report.period import first_day
from ledger.state.board import Standing
from ledger.state.figure.moving import MovingBoard
from ledger.state.submission import first_report, reporting_units, returns_until


class HeatCell(NamedTuple):
    """A unit in a week: items open on the closing day that it has to report on, those among them on which it reported
    in the week, whether it reported anything at all, and the worst light of what was open (empty for nothing)."""

    open: int
    reported: int
    spoke: bool
    light: str
    returned: str = ""
    """Of a unit that said nothing: `nil` where its form came back all the same, `late` where that was after the week.
    """
    overdue: int = 0
    """Those of the open ones whose deadline had passed."""
    dated: int = 0
    """Those of the open ones that have a deadline: of the others nobody can say that they are overdue."""

    asked: bool = True
    """Whether the settings ask for a report in this week, and anybody had reported by then. Else saying nothing is no
    silence."""

    @property
    def is_heard(self) -> bool:
        """It reported on something, or its form came back."""
        return self.spoke or bool(self.returned)

    @property
    def is_silent(self) -> bool:
        """It was asked to report, had something to report on, reported nothing, and no form of it came back."""
        return self.asked and self.open > 0 and not self.is_heard


class HeatRow(NamedTuple):
    """The weeks of one unit."""

    unit: str
    cells: tuple[HeatCell, ...]


class HeatMap(NamedTuple):
    """Every unit that had something open in one of the weeks, those with most that is overdue first.

    `totals` has the overdue items of each week, each counted once. `begun` is the day of the first entry, None without
    one: the weeks before it are blank.
    """

    ledger: Ledger
    day: date
    weeks: tuple[ReportingWeek, ...]
    rows: tuple[HeatRow, ...]
    query: str
    totals: tuple[int, ...] = ()
    begun: date | None = None

    def as_json(self, lang: str) -> dict[str, Any]:
        """What is drawn, for a program: a cell for each unit and week, in the order of `weeks`."""
        cells = [{"unit": row.unit, "cells": [cell._asdict() for cell in row.cells]} for row in self.rows]
        return {
            "query": self.query, "weeks": [week.label for week in self.weeks], "units": cells,
            "totals": list(self.totals), "begun": self.begun.isoformat() if self.begun else None,
        }  # fmt: skip

    @property
    def is_asked(self) -> bool:
        """Whether any unit was asked to report in any of the weeks."""
        return any(cell.asked and cell.open for row in self.rows for cell in row.cells)

    def is_known(self, week: ReportingWeek) -> bool:
        """Whether anything had been told by the end of a week."""
        return self.begun is not None and self.begun <= week.last


def heat_map(
    ledger: Ledger, day: date, last: ReportingWeek, number: int, ids: Collection[str] | None = None, query: str = ""
) -> HeatMap:
    """The map of so many weeks up to `last`, of the items with these ids, or of all for None.

    Weeks that closed before anything was in the ledger are left out; those that closed before the first entry are
    there, without a cell in which anything is open: nobody knows how anything stood.
    """
    begin = first_day(ledger)
    weeks = [week for week in weeks_until(last, number) if begin is None or week.last >= begin]
    board = MovingBoard(ledger, [week.last for week in weeks], in_full=True)
    found: dict[str, dict[int, HeatCell]] = {}
    returns = returns_until(ledger, day)
    begun, heard = ledger.first_entry, first_report(ledger)
    totals = []
    for place, week in enumerate(weeks):
        board.go()
        totals.append(sum(_is_overdue(standing, ids) for standing in board.everything))
        if begun is None or week.last < begun:
            continue
        for unit, cell in _cells(board, week, ids).items():
            own = returns.get((unit, week.label))
            if own is not None and not cell.spoke:
                cell = cell._replace(returned="late" if own.day > week.last else "nil")
            asked = ledger.settings.week.asks(week.label) and heard is not None and heard <= week.last
            found.setdefault(unit, {})[place] = cell._replace(asked=asked)
    order = {unit.name: place for place, unit in enumerate(ledger.settings.units)}
    none = HeatCell(0, 0, spoke=False, light="")
    rows = [HeatRow(unit, tuple(own.get(place, none) for place in range(len(weeks)))) for unit, own in found.items()]
    rows = [row for row in rows if any(cell.open for cell in row.cells)]
    rows.sort(key=lambda row: (*_badness(row), order.get(row.unit, len(order)), row.unit))
    return HeatMap(ledger, day, tuple(weeks), tuple(rows), query, tuple(totals), begun)


def _badness(row: HeatRow) -> tuple[int, int]:
    """What is overdue in the last week, then in all of them; the worst is the least."""
    return -row.cells[-1].overdue, -sum(cell.overdue for cell in row.cells)


def _is_overdue(standing: Standing, ids: Collection[str] | None) -> bool:
    return standing.exists and (ids is None or standing.id in ids) and standing.schedule == "overdue"


def _cells(board: MovingBoard, week: ReportingWeek, ids: Collection[str] | None) -> dict[str, HeatCell]:
    """The units of one week; the board stands on its closing day."""
    spoke: dict[str, set[str]] = {}
    members: dict[str, list[Standing]] = {}
    for standing in board.everything:
        if ids is not None and standing.id not in ids:
            continue
        for entry in reversed(standing.course.entries):
            if entry.date < week.first:
                break
            spoke.setdefault(board.present.get(entry.by, entry.by), set()).add(standing.id)
        if standing.exists and not standing.is_done:
            for unit in reporting_units(board, standing.item):
                members.setdefault(unit, []).append(standing)
    cells = {}
    for unit, own in members.items():
        lights = {standing.light for standing in own}
        ours = spoke.get(unit, set())
        reported = sum(standing.id in ours for standing in own)
        light = next(light for light in LIGHTS if light in lights)
        overdue = sum(standing.schedule == "overdue" for standing in own)
        dated = sum(standing.deadline is not None for standing in own)
        cells[unit] = HeatCell(len(own), reported, spoke=bool(ours), light=light, overdue=overdue, dated=dated)
    return cells


_LEAST, _MOST = 15.0, 24.0
"""Heights of a row."""
_SCALE, _LEGEND = 32.0, 17.0
_WIDEST, _NARROWEST = 30.0, 13.0
"""Widths of a cell; of more weeks than have room the earliest are left out."""
_NAME_ROOM = 220.0
_SMALL = 10.0
_TOTAL_GAP = 8.0
_HEAT = {1: Look("heat-1"), 2: Look("heat-2"), 3: Look("heat-3"), 4: Look("heat-4")}
"""The further from the ground, the more is overdue; the number stands in the cell as well."""
_NUMBERS = {1: "ink", 2: "ink", 3: "paper", 4: "paper"}
"""The colours of numbers on them."""
_NONE, _UNDATED = Look("paper", "line", 0.8), Look("pale-grey", "grey", 0.7)

NAME = Words("逾期与报送热力图", "Overdue and reports, unit by week")
NOTHING = Words("这些周里没有单位有在办事项", "in these weeks no unit had anything open")
_KEYS = {
    "none": Words("在办，没有逾期", "open, none overdue"),
    "undated": Words("在办都没有时限，是否逾期不明", "all open without a deadline: nobody knows"),
    "share": Words("横条：当周报送了多少在办事项", "bar: share of the open items reported on"),
    "silent": Words("没有报送", "reported nothing"),
    "nil": Words("零报告", "sent its form: nothing new"),
    "late": Words("迟报", "came late"),
    "blank": Words("空格：没有在办事项", "blank: nothing open"),
}
_NOT_BEGUN = Words("流水里还没有记载", "the journal has no entry yet")
_NO_ROLL_CALL = Words(
    "台账没有设点名（week.roll_call），不说谁没有报送", "no roll-call is set: nobody is called silent"
)
_SEVERAL = Words("合计每个事项只算一次", "the total counts an item once")


def heat_steps(found: HeatMap) -> tuple[int, ...]:
    """The numbers of overdue items at which each of the four colours begins."""
    most = max((cell.overdue for row in found.rows for cell in row.cells), default=0)
    steps = [1]
    for part in (8, 4, 2):
        steps.append(max(steps[-1] + 1, ceil(most / part)))
    return tuple(steps)


def heat_drawings(found: HeatMap, paper: Paper, *, whole_sheet: bool = True) -> list[Drawing]:
    """The sheets of the map, as large as they can be on this paper if one is enough; unless `whole_sheet` is asked for,
    a single one ends where its rows do."""
    return enlarged(lambda sheet: _drawings(found, sheet, whole_sheet=whole_sheet), paper)


def _drawings(found: HeatMap, paper: Paper, *, whole_sheet: bool) -> list[Drawing]:
    title = shown(found.ledger.settings.title or NAME)
    if found.rows:
        found = _with_room(found, paper.wide)
    sheets = Sheets(paper, title, NAME, _lines(found), whole_sheet)
    if not found.rows:
        return sheets.without(NOTHING if found.begun else _NOT_BEGUN)
    steps = heat_steps(found)
    keys, top = _keys(found, steps, sheets.below + 8, paper.wide)
    room = paper.tall - top - _SCALE - MARGIN - _LEAST - _TOTAL_GAP
    row = min(max(room / len(found.rows), _LEAST), _MOST)
    most = max(int(room / row + 0.001), 1)
    parts = [found.rows[at : at + most] for at in range(0, len(found.rows), most)]
    widths = _widths(found)
    return sheets.drawn(parts, keys, lambda rows: _grid(found, rows, widths, steps, top, row, paper.wide))


def _lines(found: HeatMap) -> list[Text]:
    """What stands below the title."""
    lines: list[Text] = [NAME, as_of(found.day)]
    if found.weeks:
        words = Words("{first} 至 {last}", "{first} to {last}")
        lines.append(words.fill(first=found.weeks[0].label, last=found.weeks[-1].label))
    if found.rows:
        lines.append(Words("逾期 {n} 项", "{n} overdue").fill(n=found.totals[-1]))
    lines += only(found.query)
    if found.rows and not found.ledger.settings.week.roll_call:
        lines.append(_NO_ROLL_CALL)
    if found.rows and not all(map(found.is_known, found.weeks)):
        words = Words("{day} 以前没有任何记载，都是空格", "nothing was told before {day}: those weeks are blank")
        lines.append(words.fill(day=found.begun))
    return lines


def _widths(found: HeatMap) -> tuple[float, float]:
    """The room for the names of units and for the sums behind their rows."""
    names = min(max(span(shown(row.unit), TEXT) for row in found.rows), _NAME_ROOM)
    sums = max(span(_sums(found, row), TEXT) for row in found.rows)
    return max(names, span(_TOTAL, TEXT, bold=True)), max(sums, span(_SEVERAL, TEXT))


_TOTAL = Words("合计", "total")


def _with_room(found: HeatMap, wide: float) -> HeatMap:
    """The map without the earliest weeks that have no room on a narrow sheet."""
    names, sums = _widths(found)
    most = max(int((wide - 2 * MARGIN - names - sums - 20) / _NARROWEST), 1)
    cut = max(len(found.weeks) - most, 0)
    rows = tuple(HeatRow(row.unit, row.cells[cut:]) for row in found.rows)
    return found._replace(weeks=found.weeks[cut:], totals=found.totals[cut:], rows=rows)


def _keys(found: HeatMap, steps: Sequence[int], y: float, wide: float) -> tuple[list[Mark], float]:
    """The legend: what is drawn, and nothing else."""
    seen = {kind for row in found.rows for kind in _kinds(row, steps)}
    signs: list[tuple[int | str, Words]] = []
    for step, least in enumerate(steps, 1):
        if step in seen:
            most = steps[step] - 1 if step < len(steps) else None
            number = f"≥{least}" if most is None else str(least) if most == least else f"{least}–{most}"
            signs.append((step, Words(f"逾期 {number} 项", f"{number} overdue")))
    signs += [(kind, words) for kind, words in _KEYS.items() if kind in seen]
    places = legend([(0 if kind == "blank" else 14, text) for kind, text in signs], MARGIN, wide - MARGIN, TEXT)
    marks: list[Mark] = []
    for (kind, text), (x, line) in zip(signs, places, strict=True):
        base = y + 12 + line * _LEGEND
        if isinstance(kind, int) or kind in ("none", "undated"):
            marks.append(Box(x, base - 11, 14, 14, _ground(kind)))
        elif kind == "share":
            marks += [Box(x, base - 6, 14, 4, Look("faint")), Box(x, base - 6, 9, 4, Look("blue"))]
        elif kind != "blank":
            marks += _sign(kind, x + 7, base - 4, 8)
        marks.append(Label(x + (0 if kind == "blank" else 19), base, text, TEXT, "quiet"))
    return marks, y + 12 + (places[-1][1] + 1) * _LEGEND


def _kinds(row: HeatRow, steps: Sequence[int]) -> Iterator[int | str]:
    """What the cells of a row show."""
    for cell in row.cells:
        if not cell.open:
            yield "blank"
            continue
        yield _step(cell, steps)
        kind = kind_of(cell)
        if kind in ("all", "some"):
            yield "share"
        elif kind != "quiet":
            yield "silent" if kind == "none" else kind


def kind_of(cell: HeatCell) -> str:
    """`all`, `some` or `none`: on how much of what is open the unit reported; `nil` or `late` where it only sent its
    form back; `quiet` where it said nothing and was not asked to; empty where nothing is open."""
    if not cell.open:
        return ""
    if not cell.is_heard:
        return "none" if cell.asked else "quiet"
    return "all" if cell.reported == cell.open else "some" if cell.spoke else cell.returned


def _step(cell: HeatCell, steps: Sequence[int]) -> int | str:
    """Which of the four colours a cell has; `none` overdue, or `undated` where nobody can say."""
    if not cell.overdue:
        return "none" if cell.dated else "undated"
    return sum(step <= cell.overdue for step in steps)


def _ground(step: int | str) -> Look:
    return _HEAT[step] if isinstance(step, int) else _NONE if step == "none" else _UNDATED


def _sign(kind: str, x: float, y: float, size: float) -> list[Mark]:
    """A cross, a dash, or the hands of a clock."""
    half, look = size / 2, Look(line="ink", width=1.3)
    if kind == "silent":
        return [Line(((x - half, y - half), (x + half, y + half)), look),
                Line(((x - half, y + half), (x + half, y - half)), look)]  # fmt: skip
    hands = ((x, y - half), (x, y), (x + half, y))
    return [Line(hands if kind == "late" else ((x - half, y), (x + half, y)), look)]


def _grid(
    found: HeatMap, rows: Sequence[HeatRow], widths: tuple[float, float], steps: Sequence[int], top: float,
    tall: float, wide: float,
) -> tuple[list[Mark], float]:  # fmt: skip
    names, sums = widths
    left = MARGIN + names + 10
    step = min((wide - MARGIN - left - sums - 10) / len(found.weeks), _WIDEST)
    right = left + len(found.weeks) * step
    marks = _weeks(found, left, step, top)
    y = top + _SCALE
    marks += _total_row(found, names, left, step, y, tall)
    y += tall + _TOTAL_GAP
    marks.append(Line(((MARGIN, y - _TOTAL_GAP / 2), (right, y - _TOTAL_GAP / 2)), Look(line="line")))
    for row in rows:
        base = y + tall / 2 + TEXT * 0.36
        marks.append(Label(MARGIN + names, base, fitted(row.unit, names, TEXT), TEXT, at="end"))
        for place, (week, cell) in enumerate(zip(found.weeks, row.cells, strict=True)):
            if cell.open:
                x = left + place * step
                signs = _cell(cell, _step(cell, steps), x, y, step, tall)
                marks.append(Part(_said(row, cell, week.label), tuple(signs)))
        marks.append(Label(right + 10, base, _sums(found, row), TEXT, "quiet"))
        y += tall
    return marks, y


def _cell(cell: HeatCell, ground: int | str, x: float, y: float, wide: float, tall: float) -> list[Mark]:
    """The colour of what is overdue with its number, and below it on what share of the open items the unit reported."""
    band = 5.0
    high = tall - band - 2.5
    marks: list[Mark] = [Box(x + 0.8, y + 0.8, wide - 1.6, high, _ground(ground))]
    if isinstance(ground, int):
        size = min(high * 0.8, (wide - 3) / (0.62 * len(str(cell.overdue))), _SMALL)
        label = Label(
            x + wide / 2, y + 0.8 + high / 2 + size * 0.36, str(cell.overdue), size, _NUMBERS[ground], "middle"
        )
        marks.append(label)
    low = y + tall - band - 0.7
    kind = kind_of(cell)
    if kind in ("all", "some"):
        marks.append(Box(x + 0.8, low, wide - 1.6, band - 0.8, Look("faint")))
        marks.append(Box(x + 0.8, low, (wide - 1.6) * cell.reported / cell.open, band - 0.8, Look("blue")))
    elif kind != "quiet":
        marks += _sign("silent" if kind == "none" else kind, x + wide / 2, low + band / 2 - 0.4, band)
    return marks


def _total_row(found: HeatMap, names: float, left: float, step: float, y: float, tall: float) -> list[Mark]:
    """What is overdue in each week over all units."""
    base = y + tall / 2 + TEXT * 0.36
    marks: list[Mark] = [Label(MARGIN + names, base, _TOTAL, TEXT, at="end", bold=True)]
    for place, (week, number) in enumerate(zip(found.weeks, found.totals, strict=True)):
        if found.is_known(week):
            size = min((step - 2) / (0.62 * len(str(number))), _SMALL)
            marks.append(Label(left + (place + 0.5) * step, base, str(number), size, "ink", "middle"))
    marks.append(Label(left + len(found.weeks) * step + 10, base, _SEVERAL, TEXT, "quiet"))
    return marks


def _weeks(found: HeatMap, left: float, step: float, top: float) -> list[Mark]:
    """The weeks above the columns: numbers as often as they fit, the year above its first one."""
    marks: list[Mark] = []
    every = max(int(-(-(span("W00", _SMALL) + 4) // step)), 1)
    year, free = "", 0.0
    for place, week in enumerate(found.weeks):
        own, _, number = week.label.partition("-")
        x = left + (place + 0.5) * step
        if place % every == 0:
            marks.append(Label(x, top + _SCALE - 5, number, _SMALL, "quiet", "middle"))
        if own != year and left + place * step >= free:
            marks.append(Label(left + place * step, top + _SCALE - 18, own, _SMALL, "ink", bold=True))
            year, free = own, left + place * step + span(own, _SMALL, bold=True) + 6
    return marks


def _sums(found: HeatMap, row: HeatRow) -> Words:
    """A row in words: what of it is overdue now, and in how many weeks the unit reported.

    Of how many it had to stands there only where there is a roll-call.
    """
    last = row.cells[-1]
    parts = []
    if last.open:
        words = Words("逾期 {n}/{of}", "{n}/{of} overdue") if last.dated else Words("逾期不明", "overdue: unknown")
        parts.append(words.fill(n=last.overdue, of=last.open))
    had = [cell for cell in row.cells if cell.open]
    asked = [cell for cell in had if cell.asked]
    heard = sum(cell.is_heard for cell in asked or had)
    if asked:
        parts.append(Words("{n}/{of} 周有报送", "reported in {n}/{of} weeks").fill(n=heard, of=len(asked)))
    elif heard:
        parts.append(Words("{n} 周有报送", "reported in {weeks}").fill(n=heard, weeks=some(heard, "week")))
    return COMMA.join(parts)


def _said(row: HeatRow, cell: HeatCell, week: str) -> Words:
    words = Words("{unit} {week}：在办 {open} 项，逾期 {overdue} 项，报送 {reported} 项；{light}",
                  "{unit} {week}: {open} open, {overdue} overdue, {reported} reported on; {light}")  # fmt: skip
    found = words.fill(**cell._asdict() | {"unit": shown(row.unit), "week": week, "light": LIGHTS[cell.light]})
    return found + COMMA + _KEYS[cell.returned] if cell.returned else found
