"""What a unit's weekly form asks: its open items, the targets whose readings it can give, and the columns of both.

Some columns a unit reads, others it fills in, and by its mark each row is known again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from ledger.model.entry import Entry
from ledger.model.field import FIRMNESS, ITEM, JOURNAL, TARGET
from ledger.model.item import Target
from ledger.model.period import ReportingWeek
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.order import in_plan_order
from ledger.state.request import Trouble, open_trouble
from ledger.state.submission import reporting_units
from ledger.text.safe import json_text

SAID = ("report", "expect", "progress")
"""What a form tells the unit of its own last words on an item, in this order."""


class ItemLine(NamedTuple):
    """One open item. `said` are the unit's latest entries of each of the events `SAID`.

    `takes_percent` is false where targets with a goal tell how far it is.
    """

    standing: Standing
    left: int | None
    """Days from the closing day to the deadline, below 0 once it has passed."""
    said: tuple[Entry, ...]
    takes_percent: bool
    pending: Trouble | None = None
    """The unit's trouble that is not over yet."""


class ReadingLine(NamedTuple):
    """One target of an open item, with the latest reading: the unit's own where units are added up."""

    standing: Standing
    target: Target
    last: Fraction | None
    last_on: date | None


class Form(NamedTuple):
    """All that a unit has to report on in a week."""

    unit: str
    week: ReportingWeek
    items: tuple[ItemLine, ...]
    readings: tuple[ReadingLine, ...]
    elsewhere: tuple[ItemLine, ...] = ()
    """Its open items in included ledgers: it reports on them there, here they are only told."""


def unit_forms(board: Board, week: ReportingWeek) -> dict[str, Form]:
    """The form of each unit that has anything to report on the closing day, which is the board's day; behind them
    those of units that have something only in included ledgers, with no `items`."""
    due = _open_items(board)
    elsewhere: dict[str, list[ItemLine]] = {}
    for below in board.below.values():
        for unit, standings in _open_items(below).items():
            elsewhere.setdefault(unit, []).extend(_item_line(below, unit, standing) for standing in standings)
    return {
        unit: _form(board, week, unit, due.get(unit, []))._replace(elsewhere=tuple(elsewhere.get(unit, ())))
        for unit in dict.fromkeys((*due, *elsewhere))
    }


def _open_items(board: Board) -> dict[str, list[Standing]]:
    """The items that are not done by the units that report on them."""
    due: dict[str, list[Standing]] = {}
    for standing in in_plan_order(board.standings, board.ledger.settings):
        if not standing.is_done:
            for unit in reporting_units(board, standing.item):
                due.setdefault(unit, []).append(standing)
    return due


def _form(board: Board, week: ReportingWeek, unit: str, standings: list[Standing]) -> Form:
    items = tuple(_item_line(board, unit, standing) for standing in standings)
    readings = tuple(
        _reading_line(unit, standing, target)
        for standing in standings
        for target in standing.item.targets
        if asks_for(standing, target)
    )
    return Form(unit, week, items, readings)


def _item_line(board: Board, unit: str, standing: Standing) -> ItemLine:
    latest = {entry.event: entry for entry in standing.course.entries if board.present.get(entry.by, entry.by) == unit}
    said = tuple(latest[event] for event in SAID if event in latest)
    left = None if standing.deadline is None else (standing.deadline - board.day).days
    return ItemLine(standing, left, said, takes_percent(standing), open_trouble(standing, unit))


def takes_percent(standing: Standing) -> bool:
    """Whether a percentage says how far an item is: only where no target with a goal does."""
    return not any(target.goal is not None for target in standing.item.targets)


def asks_for(standing: Standing, target: Target) -> bool:
    """Whether a unit is asked for the reading of a target: not where it is the sum of readings of the actions."""
    if target.sum != "actions":
        return True
    below = standing.board.actions_of(standing.id)
    return not any(child.item.target(target.key) for child in below)


def _reading_line(unit: str, standing: Standing, target: Target) -> ReadingLine:
    if target.sum == "units":
        own = own_readings(standing, target.key, unit)
        return ReadingLine(standing, target, own[-1].number if own else None, own[-1].date if own else None)
    last = standing.reading(target.key)
    return ReadingLine(standing, target, last.value if last else None, last.day if last else None)


def own_readings(standing: Standing, key: str, unit: str) -> list[Entry]:
    """The readings of a target that a unit itself has given, in order."""
    present = standing.board.present
    return [
        entry
        for entry in standing.course.entries
        if entry.event == "reading" and entry.key == key and present.get(entry.by, entry.by) == unit
    ]


class FormColumn(NamedTuple):
    """One column. `open` ones are filled in by the unit, all others are there to read.

    A form that came back without one that is `asked` has lost it, and that is told; of the others nothing is said.
    """

    name: str
    label: Words
    open: bool = False
    asked: bool = True


_ITEM = {field.name: field.label for field in ITEM}
_TARGET = {field.name: field.label for field in TARGET}
_JOURNAL = {field.name: field.label for field in JOURNAL}

ID = FormColumn("id", _ITEM["id"])
TITLE = FormColumn("title", _ITEM["title"])
DUE = FormColumn("due", _ITEM["due"])
KEY = FormColumn("key", Words("指标代号", "key"))
MARK = FormColumn("mark", Words("核对码（勿改）", "mark (leave as it is)"))
"""Hidden in a workbook: what the locked cells of the row held when it was sent out."""

ITEM_READ = (
    ID, TITLE, FormColumn("lead", _ITEM["lead"]), DUE,
    FormColumn("left", Words("剩余天数", "days left")),
    FormColumn("state", Words("当前状态", "state")),
    FormColumn("said", Words("上次报送", "last report")),
)  # fmt: skip
ITEM_OPEN = (
    FormColumn("report", Words("本周进展", "progress this week"), open=True),
    FormColumn("trouble", Words("存在问题", "trouble"), open=True),
    FormColumn("expect", Words("预计完成", "expected by"), open=True),
    FormColumn("progress", Words("完成进度（%）", "percent done"), open=True),
    FormColumn("done", Words("是否完成", "done?"), open=True, asked=False),
    FormColumn("done_on", Words("完成日期", "done on"), open=True, asked=False),
    FormColumn("extend", Words("申请延期至", "extension asked until"), open=True, asked=False),
    FormColumn("reason", Words("申请理由", "reason for asking"), open=True, asked=False),
)
READING_READ = (
    KEY, FormColumn("name", Words("指标", "target")), FormColumn("unit", _TARGET["unit"]),
    FormColumn("goal", _TARGET["goal"]),
    FormColumn("last", Words("上次读数", "last reading")),
    FormColumn("last_on", Words("上次日期", "read on")),
)  # fmt: skip
READING_OPEN = (
    FormColumn("value", Words("本周读数", "reading now"), open=True),
    FormColumn("part", _JOURNAL["part"], open=True),
    FormColumn("of", Words("分母", "out of"), open=True),
    FormColumn("firm", _JOURNAL["firm"], open=True),
    FormColumn("note", Words("说明", "remark"), open=True),
)

ITEM_COLUMNS = (*ITEM_READ, *ITEM_OPEN, MARK)
READING_COLUMNS = (ID, TITLE, DUE, *READING_READ, *READING_OPEN, MARK)
ALL_COLUMNS = (*ITEM_READ, *READING_READ, *ITEM_OPEN[:4], *READING_OPEN, *ITEM_OPEN[4:], MARK)
"""The columns of a form that is one table, as in CSV: a row with a target is about its reading, one without about the
item."""

ITEMS_SHEET = Words("事项", "items")
READINGS_SHEET = Words("指标", "readings")

FIRM_CHOICES = {"basic": FIRMNESS["basic"]}
YES = Words("是", "yes")
NO = Words("否", "no")
NOTHING_NEW = Words("本周无新进展", "nothing new this week")
"""What stands beside the box above the table: a unit that ticks it has reported, and has nothing to say."""
RESOLVED = Words("已解决", "resolved")
"""What a unit writes under “trouble” to end the one that is open."""

BY_NAME = {column.name: column for column in ALL_COLUMNS}


class Mark(NamedTuple):
    """What a row was when it was sent out: for which week and unit, and every locked cell by column as text."""

    week: str
    unit: str
    cells: Mapping[str, str]

    def written(self) -> str:
        """The mark as one cell."""
        return json_text({"week": self.week, "for": self.unit, **self.cells}, compact=True)


def read_mark(text: str) -> Mark | None:
    """The mark written in a cell; None if it is none any more."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not all(isinstance(cell, str) for cell in value.values()):
        return None
    cells = {name: cell for name, cell in value.items() if name in BY_NAME}
    return Mark(value.get("week", ""), value.get("for", ""), cells) if "id" in cells else None
