"""The heat map: week by week, whether each unit reported on what it had open, and how that stood."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from ledger.chart.drawing import (
    Box,
    Dot,
    Drawing,
    Label,
    Line,
    Look,
    Mark,
    Paper,
    Part,
    enlarged,
    fitted,
    shown,
    span,
    told,
)
from ledger.chart.frame import MARGIN, TEXT, as_of, empty, head, legend, only, sheet_of, titled
from ledger.format.document import Text
from ledger.model.item import LIGHTS
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek
from ledger.model.words import Words
from ledger.report.period import first_day
from ledger.state.board import Standing
from ledger.state.figure.many_days import MovingBoard
from ledger.state.figure.trend import weeks_until
from ledger.state.submission import first_report, reporting_units, returns_until
from ledger.text.plural import some


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
    """Every unit that had something open in one of the weeks, in the order of the settings.

    `begun` is the day of the first entry, None without one: the weeks before it are blank.
    """

    ledger: Ledger
    day: date
    weeks: tuple[ReportingWeek, ...]
    rows: tuple[HeatRow, ...]
    query: str
    begun: date | None = None

    @property
    def is_asked(self) -> bool:
        """Whether any unit was asked to report in any of the weeks."""
        return any(cell.asked and cell.open for row in self.rows for cell in row.cells)


def heat_map(
    ledger: Ledger, day: date, last: ReportingWeek, number: int, ids: Collection[str] | None = None, query: str = ""
) -> HeatMap:
    """The map of so many weeks up to `last`, of the items with these ids, or of all for None.

    Weeks that closed before anything was in the ledger are left out; those that closed before the first entry are
    there, without a cell in which anything is open: nobody knows how anything stood.
    """
    begin = first_day(ledger)
    weeks = [week for week in weeks_until(last, number) if begin is None or week.last >= begin]
    board = MovingBoard(ledger, [week.last for week in weeks])
    found: dict[str, dict[int, HeatCell]] = {}
    returns = returns_until(ledger, day)
    begun, heard = ledger.first_entry, first_report(ledger)
    for place, week in enumerate(weeks):
        board.go()
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
    units = [unit for unit, own in found.items() if any(cell.open for cell in own.values())]
    units.sort(key=lambda unit: (order.get(unit, len(order)), unit))
    rows = [HeatRow(unit, tuple(found[unit].get(place, none) for place in range(len(weeks)))) for unit in units]
    return HeatMap(ledger, day, tuple(weeks), tuple(rows), query, begun)


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
        cells[unit] = HeatCell(len(own), reported, spoke=bool(ours), light=light)
    return cells


_LEAST, _MOST = 14.4, 20.0
"""Heights of a row."""
_SCALE, _LEGEND = 32.0, 17.0
_WIDEST = 26.0
_NAME_ROOM = 220.0
_SMALL = 10.0
_LOOKS = {
    "red": (1.0, Look("red")),
    "yellow": (0.84, Look("yellow")),
    "grey": (0.75, Look("pale-grey", "grey", 0.7)),
    "green": (0.66, Look("pale-green", "green", 0.7)),
}
"""The darker and the larger, the worse: that is to be seen without colours too."""

_MARKS = {"red": "paper", "yellow": "dark", "grey": "ink", "green": "ink"}
"""The colours of marks on them."""

NAME = Words("报送与亮灯热力图", "Reports and lights, unit by week")
NOTHING = Words("这些周里没有单位有在办事项", "in these weeks no unit had anything open")
_REPORTED = {
    "all": Words("在办事项都报了", "reported on all that is open"),
    "some": Words("报了一部分", "reported on some of it"),
    "none": Words("没有报送", "reported nothing"),
    "nil": Words("零报告", "sent its form: nothing new"),
    "late": Words("迟报", "came late"),
}
_BLANK = Words("空格：没有在办事项，或还没有记载", "blank: nothing open, or nothing recorded yet")
_NOT_BEGUN = Words("流水里还没有记载", "the journal has no entry yet")


def heat_drawings(found: HeatMap, paper: Paper, *, whole_sheet: bool = True) -> list[Drawing]:
    """The sheets of the map, as large as they can be on this paper if one is enough; unless `whole_sheet` is asked for,
    a single one ends where its rows do."""
    return enlarged(lambda sheet: _drawings(found, sheet, whole_sheet=whole_sheet), paper)


def _drawings(found: HeatMap, paper: Paper, *, whole_sheet: bool) -> list[Drawing]:
    title = shown(found.ledger.settings.title or NAME)
    lines: list[Text] = [NAME, as_of(found.day)]
    if found.weeks:
        words = Words("{first} 至 {last}", "{first} to {last}")
        lines.append(words.fill(first=found.weeks[0].label, last=found.weeks[-1].label))
    lines += only(found.query)
    marks, y = head(title, lines, paper.wide)
    if not found.rows:
        tall = paper.tall if whole_sheet else y + 60
        why = NOTHING if found.begun else _NOT_BEGUN
        return [Drawing(paper.wide, tall, title, why, (*marks, empty(why, y)))]
    kinds = {kind_of(cell) for row in found.rows for cell in row.cells}
    always = ("all", "some", "none") if found.is_asked else ()
    shown_kinds = [kind for kind in _REPORTED if kind in kinds or kind in always]
    keys, top = _keys(shown_kinds, y + 8, paper.wide)
    room = paper.tall - top - _SCALE - MARGIN
    row = min(max(room / len(found.rows), _LEAST), _MOST)
    most = max(int(room / row + 0.001), 1)
    sheets = [found.rows[at : at + most] for at in range(0, len(found.rows), most)]
    drawings = []
    for number, rows in enumerate(sheets, 1):
        said = [*lines, *sheet_of(number, len(sheets))]
        marks, _ = head(title, said, paper.wide)
        drawn, end = _grid(found, rows, top, row, paper.wide)
        tall = paper.tall if whole_sheet or len(sheets) > 1 else end + MARGIN
        drawings.append(Drawing(paper.wide, tall, titled(title, NAME), told(said), (*marks, *keys, *drawn)))
    return drawings


def _keys(kinds: Sequence[str], y: float, wide: float) -> tuple[list[Mark], float]:
    signs: list[tuple[str, Words]] = [*LIGHTS.items(), *((kind, _REPORTED[kind]) for kind in kinds), ("", _BLANK)]
    places = legend([(14 if kind else 0, text) for kind, text in signs], MARGIN, wide - MARGIN, TEXT)
    marks: list[Mark] = []
    for (kind, text), (x, line) in zip(signs, places, strict=True):
        base = y + 12 + line * _LEGEND
        if kind in _LOOKS:
            marks.append(_fill(kind, x + 7, base - 4, 14))
        elif kind:
            marks += _report(kind, x + 7, base - 4, 14, "ink")
        marks.append(Label(x + (19 if kind else 0), base, text, TEXT, "quiet"))
    return marks, y + 12 + (places[-1][1] + 1) * _LEGEND


def _fill(light: str, x: float, y: float, size: float) -> Box:
    part, look = _LOOKS[light]
    own = size * part
    return Box(x - own / 2, y - own / 2, own, own, look)


def _report(kind: str, x: float, y: float, size: float, color: str) -> list[Mark]:
    """A full dot, a ring, a cross, a dash, or the hands of a clock; nothing for who need not have reported."""
    if kind == "quiet":
        return []
    if kind in ("nil", "late"):
        half, look = size * 0.24, Look(line=color, width=1.4)
        hands = ((x, y - half), (x, y), (x + half, y))
        return [Line(hands if kind == "late" else ((x - half, y), (x + half, y)), look)]
    if kind == "none":
        half, look = size * 0.24, Look(line=color, width=1.4)
        return [Line(((x - half, y - half), (x + half, y + half)), look),
                Line(((x - half, y + half), (x + half, y - half)), look)]  # fmt: skip
    look = Look(color) if kind == "all" else Look(line=color, width=1.3)
    return [Dot(x, y, size * 0.2, look)]


def kind_of(cell: HeatCell) -> str:
    """`all`, `some` or `none`: on how much of what is open the unit reported; `nil` or `late` where it only sent its
    form back; `quiet` where it said nothing and was not asked to; empty where nothing is open."""
    if not cell.open:
        return ""
    if not cell.is_heard:
        return "none" if cell.asked else "quiet"
    return "all" if cell.reported == cell.open else "some" if cell.spoke else cell.returned


def _grid(found: HeatMap, rows: Sequence[HeatRow], top: float, tall: float, wide: float) -> tuple[list[Mark], float]:
    names = min(max(span(shown(row.unit), TEXT) for row in found.rows), _NAME_ROOM)
    room = max(span(_told(row), TEXT) for row in found.rows)
    left = MARGIN + names + 10
    step = min((wide - MARGIN - left - room - 10) / len(found.weeks), _WIDEST)
    marks = _weeks(found, left, step, top)
    y = top + _SCALE
    size = min(step, tall) - 1.5
    for row in rows:
        base = y + tall / 2 + TEXT * 0.36
        marks.append(Label(MARGIN + names, base, fitted(row.unit, names, TEXT), TEXT, at="end"))
        for place, cell in enumerate(row.cells):
            kind = kind_of(cell)
            if kind:
                x = left + (place + 0.5) * step
                signs = (
                    _fill(cell.light, x, y + tall / 2, size),
                    *_report(kind, x, y + tall / 2, size, _MARKS[cell.light]),
                )
                marks.append(Part(_said(row, cell, found.weeks[place].label), signs))
        marks.append(Label(left + len(found.weeks) * step + 10, base, _told(row), TEXT, "quiet"))
        y += tall
        marks.append(Line(((left, y), (left + len(found.weeks) * step, y)), Look(line="faint", width=0.6)))
    return marks, y


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


def _told(row: HeatRow) -> Words:
    """A row in words: in how many weeks it reported of those in which it had to; of who had to in none, in how many
    it did, if in any."""
    had = [cell for cell in row.cells if cell.open]
    asked = [cell for cell in had if cell.asked]
    heard = sum(cell.is_heard for cell in asked or had)
    if not asked:
        words = Words("{n} 周有报送", "reported in {weeks}") if heard else Words("", "")
        return words.fill(n=heard, weeks=some(heard, "week"))
    return Words("{n}/{of} 周有报送", "reported in {n}/{of} weeks").fill(n=heard, of=len(asked))


def _said(row: HeatRow, cell: HeatCell, week: str) -> Words:
    words = Words("{unit} {week}：{light}，在办 {open} 项，报送 {reported} 项",
                  "{unit} {week}: {light}, {open} open, {reported} reported on")  # fmt: skip
    found = words.fill(unit=shown(row.unit), week=week, light=LIGHTS[cell.light], open=cell.open,
                       reported=cell.reported)  # fmt: skip
    how = Words("，{how}", ", {how}").fill(how=_REPORTED[cell.returned]) if cell.returned else Words("", "")
    return found + how
