"""One row of a form that came back: the facts it reports, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ledger.exchange.form.asked import asks_for, takes_percent
from ledger.exchange.form.cell import is_filled, open_value, same_cell
from ledger.exchange.form.column import BY_NAME, ITEM_OPEN, READING_OPEN
from ledger.exchange.form.remark import Remark
from ledger.exchange.form.rows import ReturnedRow
from ledger.model.field import DUE_WORDS
from ledger.model.item import UNSTATED
from ledger.model.period import ReportingWeek
from ledger.model.value import BadValue
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Board, Standing
from ledger.state.submission import reporting_units
from ledger.text.near import nearest
from ledger.text.safe import one_line

EVENT_OF = {"report": "report", "trouble": "trouble", "expect": "expect", "progress": "progress", "value": "reading"}
"""The event that each open column reports; the others say more about a reading."""
_CELL_OF = {"report": "text", "trouble": "text", "expect": "until", "progress": "value"}


class ReportedFact(NamedTuple):
    """One line for the journal by column, and where it was reported."""

    cells: Mapping[str, str]
    file: str
    unit: str
    place: str

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Item, event, key and unit: what makes it one fact of a week."""
        return (self.cells["item"], self.cells["event"], self.cells.get("key", ""), self.unit)


class Desk(NamedTuple):
    """What the rows of one form are judged by."""

    board: Board
    week: ReportingWeek
    day: date
    """The day the facts are dated."""
    unit: str
    units: Mapping[str, str]
    """All names of units, with the present ones."""
    file: str
    """The file as it lies in the folder."""
    sent_as: str
    """The name under which it was sent out, which the journal gets as source."""

    def remark(self, kind: str, place: str, message: Words, hint: Words = NO_WORDS) -> Remark:
        """A sentence about this form."""
        return Remark(kind, self.file, self.unit, place, message, hint)


def row_facts(desk: Desk, row: ReturnedRow) -> Iterator[ReportedFact | Remark]:
    """The facts of a row, and a sentence for each of its cells that is not as it should be.

    A row that nobody has touched reports nothing.
    """
    yield from _changed(desk, row)
    filled = [column.name for column in (*ITEM_OPEN, *READING_OPEN) if is_filled(row.cell(column.name))]
    if not filled:
        return
    wrong = _foreign(desk, row) or _misplaced(desk, row)
    if wrong is not None:
        yield wrong
        return
    standing = desk.board.by_id[one_line(row.cell("id").value)]
    for name in filled:
        formula = row.cell(name).formula
        if formula and row.cell(name).kind != "error":
            words = Words("公式按结果 {value} 计", "the formula counts as its result {value}")
            yield desk.remark("note", row.place(name), words.fill(value=one_line(row.cell(name).value)))
    key = row.key or (row.mark.cells.get("key", "") if row.mark else "")
    yield from _item_facts(desk, row, standing, filled, key)
    yield from _reading_facts(desk, row, standing, filled, key)


def _changed(desk: Desk, row: ReturnedRow) -> Iterator[Remark]:
    """Locked cells that no longer say what they said when the form was sent out."""
    if row.mark is None:
        if is_filled(row.cell("mark")):
            message = Words("“{label}”改过，看不出这一行还有哪里改了",
                            "“{label}” was changed: what else was changed in this row cannot be told")  # fmt: skip
            yield desk.remark("changed", row.place("mark"), message.fill(label=BY_NAME["mark"].label))
        return
    for name, sent in row.mark.cells.items():
        cell = row.cell(name)
        if name in ("id", "key") or name not in row.at or same_cell(sent, cell):
            continue
        message = Words("“{label}”由“{sent}”改成了“{now}”", "“{label}” was changed from “{sent}” to “{now}”")
        filled = message.fill(label=BY_NAME[name].label, sent=_short(sent), now=_short(cell.value))
        hint = Words(
            "这里的改动不算；要报的填在浅黄色的格子里", "it does not count; reports go into the pale yellow cells"
        )
        yield desk.remark("changed", row.place(name), filled, hint)


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 40 else text[:39] + "…"


def _foreign(desk: Desk, row: ReturnedRow) -> Remark | None:
    """A row that was sent out in another form, or that is no longer the row it was."""
    mark = row.mark
    if mark is None:
        return None
    if (mark.week, desk.units.get(mark.unit, mark.unit)) != (desk.week.label, desk.unit):
        message = Words("这一行出自 {week} 发给 {unit} 的表", "this row comes from the form for {week} sent to {unit}")
        hint = Words("填到本周本单位的表里再交", "enter it in this week's form of the unit")
        return desk.remark("held", row.place(), message.fill(week=mark.week, unit=mark.unit), hint)
    for name in ("id", "key"):
        sent, now = mark.cells.get(name, ""), one_line(row.cell(name).value)
        if name in row.at and not same_cell(sent, row.cell(name)):
            message = Words("“{label}”由 {sent} 改成了 {now}，不知报的是哪一个",
                            "“{label}” was changed from {sent} to {now}: nobody knows which is meant")  # fmt: skip
            hint = Words("改回 {sent} 再收；{now} 另有自己的一行", "put {sent} back; {now} has a row of its own")
            if name == "id" and now not in desk.board.by_id:
                message = Words(
                    "没有事项 {now}，发出时是 {sent}", "there is no item {now}; it was {sent} when sent out"
                )
                hint = Words("改回 {sent} 再收", "put {sent} back and collect again")
            values = {"label": BY_NAME[name].label, "sent": sent or "–", "now": now or "–"}
            return desk.remark("held", row.place(name), message.fill(**values), hint.fill(**values))
    return None


def _misplaced(desk: Desk, row: ReturnedRow) -> Remark | None:
    """A row about an item that does not exist, or on which the unit does not report."""
    id_ = one_line(row.cell("id").value)
    standing = desk.board.by_id.get(id_)
    if standing is None:
        near = nearest(id_, desk.board.by_id) if id_ else ""
        hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near) if near else NO_WORDS
        message = Words("没有事项 {id}", "there is no item {id}")
        gone = next((one for one in desk.board.withdrawn if one.id == id_), None)
        if gone is not None:
            message, hint = Words("{id} 已并销", "{id} is withdrawn"), NO_WORDS
        return desk.remark("held", row.place("id"), message.fill(id=id_ or "–"), hint)
    reporters = reporting_units(desk.board, standing.item)
    if desk.unit not in reporters:
        message = Words("{id} 由 {reporters} 报送，不归 {unit}", "{id} is reported on by {reporters}, not by {unit}")
        names = reporters or (DUE_WORDS[UNSTATED].zh,)
        filled = message.fill(id=id_, unit=desk.unit, reporters=Words("、".join(names), ", ".join(names)))
        return desk.remark("held", row.place("id"), filled)
    return None


def _item_facts(
    desk: Desk, row: ReturnedRow, standing: Standing, filled: list[str], key: str
) -> Iterator[ReportedFact | Remark]:
    """Progress, trouble, forecast and percentage."""
    for name in [column.name for column in ITEM_OPEN if column.name in filled]:
        if key:
            message = Words("这一行是指标 {key} 的", "this row is about the target {key}").fill(key=key)
            hint = Words("填在 {id} 自己的一行", "enter it in the row of {id} itself").fill(id=standing.id)
            yield desk.remark("held", row.place(name), message, hint)
            continue
        if name == "progress" and not takes_percent(standing):
            message = Words("{id} 有目标值，按指标计，不另记进度", "{id} has targets: they tell how far it is")
            hint = Words("把数填在“指标”表", "give the figures in the sheet `readings`")
            yield desk.remark("held", row.place(name), message.fill(id=standing.id), hint)
            continue
        try:
            value = open_value(name, row.cell(name), "", desk.day)
        except BadValue as bad:
            yield desk.remark("held", row.place(name), bad.message, bad.hint)
            continue
        yield _fact(desk, row, standing, EVENT_OF[name], name, {_CELL_OF[name]: value})


def _reading_facts(
    desk: Desk, row: ReturnedRow, standing: Standing, filled: list[str], key: str
) -> Iterator[ReportedFact | Remark]:
    """The reading, with all that is said about it; if any of its cells is wrong, none of it."""
    named = [column.name for column in READING_OPEN if column.name in filled]
    if not named:
        return
    target = standing.item.target(key) if key else None
    if target is None:
        keys = [target.key for target in standing.item.targets]
        near = nearest(key, keys) if key else ""
        message = Words("{id} 没有指标 {key}", "{id} has no target {key}")
        if not key:
            message = Words("{id} 的这一行没有指标，不能填读数", "this row of {id} has no target, so no reading")
        hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near) if near else NO_WORDS
        yield desk.remark("held", row.place("key" if key else named[0]), message.fill(id=standing.id, key=key), hint)
        return
    if not asks_for(standing, target):
        message = Words(
            "{key} 由各细化举措相加，不单独报", "{key} is added up from the actions, not reported by itself"
        )
        yield desk.remark("held", row.place(named[0]), message.fill(key=key))
        return
    cells: dict[str, str] = {}
    wrong = []
    for name in named:
        try:
            cells[name] = open_value(name, row.cell(name), target.unit, desk.day)
        except BadValue as bad:
            wrong.append(desk.remark("held", row.place(name), bad.message, bad.hint))
    if "value" not in named:
        message = Words("没有填“本周读数”", "the cell `reading now` is empty")
        hint = Words("读数没有变化，也照填一遍", "give the reading even if it is unchanged")
        wrong.append(desk.remark("held", row.place("value"), message, hint))
    if wrong:
        yield from wrong
    else:
        yield _fact(desk, row, standing, "reading", "value", {"key": key, **cells})


def _fact(
    desk: Desk, row: ReturnedRow, standing: Standing, event: str, column: str, cells: Mapping[str, str]
) -> ReportedFact:
    where = f"{row.sheet}:{row.number}" if row.sheet else str(row.number)
    written = {"date": desk.day.isoformat(), "item": standing.id, "event": event, "by": desk.unit,
               "source": f"{desk.sent_as}:{where}", **cells}  # fmt: skip
    return ReportedFact(written, desk.file, desk.unit, row.place(column))
