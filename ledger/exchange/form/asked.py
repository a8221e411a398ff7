"""A unit's weekly form: its open items, the targets whose readings it can give, the columns of both, and its file name.

Some columns a unit reads, others it fills in, and by its mark each row is known again. File names are one for each
unit, safe on every system, and known again when the forms come back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from unicodedata import normalize

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
from ledger.text.pattern import regex
from ledger.text.safe import json_text, one_line

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


# What some system takes for a path, a drive or a pattern, as its full-width twin.
_TWINS = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_LONGEST = 150
"""Bytes of a unit's name in a file name, which may have 255 with the week, the ending and what mail programs add."""
_NAME = regex(r"(\d{4}-W\d{2})_(.+)", re.IGNORECASE | re.DOTALL)

_COPY = r"(?:另一个)?(?:第\s*\d+\s*个)?\s*(?:副本|复件|拷贝|another copy|\d+(?:st|nd|rd|th) copy|copy)"
_MARKS_BEHIND = regex(
    rf"\s*(?:[(（\[]\s*\d{{1,3}}\s*[)）\]]|[(（]{_COPY}\s*\d{{0,3}}[)）]|[-_－–—]\s*{_COPY}|\s{_COPY}(?:\s+\d{{1,3}})?)$",
    re.IGNORECASE,
)
_MARKS_BEFORE = regex(r"^(?:副本|复件|拷贝|copy of)\s*(?:[(（]\d{1,3}[)）])?\s*[-_－]?\s*", re.IGNORECASE)


class Sender(NamedTuple):
    """Whose form a file name says it is, and of which week."""

    unit: str
    week: str


def form_names(week: str, units: Iterable[str]) -> dict[str, str]:
    """The file name of each unit's form, without ending: `2017-W50_万州区`.

    Where a name cannot be used as it is, or two differ only in what some systems do not tell apart, six characters of
    its hash are added. So every name is unique, and `sender` finds the unit again.
    """
    plain = {unit: _plain(unit) for unit in units}
    counts = Counter(map(_folded, plain.values()))
    return {
        unit: f"{week}_{name if name == unit and counts[_folded(name)] == 1 else _hashed(unit)}"
        for unit, name in plain.items()
    }


def sender(stem: str, units: Mapping[str, str]) -> Sender | None:
    """The unit and week of a form by its file name without ending; None if no form was sent out under such a name.

    `units` are all names of units, former ones too, with their present names. Marks of copies that mail programs and
    desktops add, such as `(1)` and ` - 副本`, and the way a system writes accents, do not matter.
    """
    named: dict[str, set[str]] = {}
    for name, unit in units.items():
        for written in {_plain(name), _hashed(name)}:
            named.setdefault(_folded(written), set()).add(unit)
    for candidate in _without_marks(stem):
        match = _NAME.fullmatch(candidate)
        found = named.get(_folded(match[2]), set()) if match else set()
        if match and len(found) == 1:
            return Sender(next(iter(found)), match[1].upper())
    return None


def named_in(text: str, units: Mapping[str, str]) -> str:
    """The one unit whose name stands in a text, whatever stands around it; empty where none does, or several do.

    A name that is part of a longer one in the same text is not meant: 市环保局 in 万州区市环保局分局.
    """
    folded = _folded(text)
    found = {name for name in units if len(name) > 1 and _folded(_plain(name)) in folded}
    longest = {name for name in found if not any(name != other and name in other for other in found)}
    present = {units[name] for name in longest}
    return next(iter(present)) if len(present) == 1 else ""


def _without_marks(stem: str) -> list[str]:
    """The name as it is, then with one mark after the other taken off, until none is left."""
    found = [stem.strip()]
    while True:
        shorter = _MARKS_BEHIND.sub("", found[-1]).strip()
        if shorter == found[-1]:
            shorter = _MARKS_BEFORE.sub("", found[-1]).strip()
        if shorter == found[-1] or not shorter:
            return found
        found.append(shorter)


def _plain(unit: str) -> str:
    """A unit's name as part of a file name, cut where it is too long."""
    text = one_line(unit).translate(_TWINS).strip(" .")
    while len(text.encode("utf-8", "replace")) > _LONGEST:
        text = text[:-1]
    return text


def _hashed(unit: str) -> str:
    """The same with a part of the unit's hash behind it, which tells it from every other."""
    digest = hashlib.sha256(normalize("NFC", unit).encode("utf-8", "replace")).hexdigest()
    return f"{_plain(unit)}~{digest[:6]}"


def _folded(name: str) -> str:
    """A name as a file system that tells neither case nor ways of writing accents apart sees it."""
    return normalize("NFC", normalize("NFC", name).casefold())
