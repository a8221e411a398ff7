"""One row of a form that came back: the facts that its open cells report, and what is wrong with it as a whole.

The cells report progress, trouble, a forecast, a percentage, what is asked for, and the reading of a target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from ledger.edit.guard import is_others, owned
from ledger.exchange.form.asked import BY_NAME, ITEM_OPEN, READING_OPEN, asks_for, own_readings, takes_percent
from ledger.exchange.form.open_cell import CellRead, is_filled, is_resolved, open_cell, same_cell
from ledger.exchange.form.received import Received, Remark, ReportedFact, ReturnedRow
from ledger.model.field import DUE_WORDS
from ledger.model.item import UNSTATED, Target
from ledger.model.number import plain
from ledger.model.value import BadValue
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.state.board import Standing
from ledger.state.request import RESOLVED, open_trouble
from ledger.state.submission import reporting_units
from ledger.text.look_alike import nearest
from ledger.text.safe import one_line

_ITEM_NAMES = frozenset(column.name for column in ITEM_OPEN)


def filled_columns(row: ReturnedRow) -> list[str]:
    """The open columns in which a row says anything."""
    return [column.name for column in (*ITEM_OPEN, *READING_OPEN) if is_filled(column.name, row.cell(column.name))]


def row_facts(received: Received, row: ReturnedRow) -> Iterator[ReportedFact | Remark]:
    """The facts of a row, and a sentence for each of its cells that is not as it should be.

    A row that nobody has touched reports nothing.
    """
    yield from _changed(received, row)
    filled = filled_columns(row)
    if not filled:
        return
    wrong = _foreign(received, row) or _misplaced(received, row)
    if wrong is not None:
        yield wrong
        return
    standing = received.board.by_id[one_line(row.cell("id").value)]
    for name in filled:
        formula = row.cell(name).formula
        if formula and row.cell(name).kind != "error":
            words = Words("公式按结果 {value} 计", "the formula counts as its result {value}")
            said = words.fill(value=one_line(row.cell(name).value))
            yield received.on_cell("note", row, name, said)
    told = RowReader(received, row, standing)
    yield from told.item_facts([name for name in filled if name in _ITEM_NAMES])
    yield from told.reading_facts([name for name in filled if name not in _ITEM_NAMES])


def _changed(received: Received, row: ReturnedRow) -> Iterator[Remark]:
    """Locked cells that no longer say what they said when the form was sent out."""
    if row.mark is None:
        if row.cell("mark").value.strip():
            message = Words("“{label}”改过，看不出这一行还有哪里改了",
                            "“{label}” was changed: what else was changed in this row cannot be told")  # fmt: skip
            yield received.on_cell("changed", row, "mark", message.fill(label=BY_NAME["mark"].label))
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
        yield received.on_cell("changed", row, name, filled, hint)


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 40 else text[:39] + "…"


def _foreign(received: Received, row: ReturnedRow) -> Remark | None:
    """A row that was sent out in another form, or that is no longer the row it was."""
    mark = row.mark
    if mark is None:
        return None
    if (mark.week, received.units.get(mark.unit, mark.unit)) != (received.week.label, received.unit):
        message = Words("这一行出自 {week} 发给 {unit} 的表", "this row comes from the form for {week} sent to {unit}")
        hint = Words("填到本周本单位的表里再交", "enter it in this week's form of the unit")
        return received.on_cell("held", row, "", message.fill(week=mark.week, unit=mark.unit), hint)
    for name in ("id", "key"):
        sent, now = mark.cells.get(name, ""), one_line(row.cell(name).value)
        if name in row.at and not same_cell(sent, row.cell(name)):
            message = Words("“{label}”由 {sent} 改成了 {now}，不知报的是哪一个",
                            "“{label}” was changed from {sent} to {now}: nobody knows which is meant")  # fmt: skip
            hint = Words("改回 {sent} 再收；{now} 另有自己的一行", "put {sent} back; {now} has a row of its own")
            if name == "id" and now not in received.board.by_id:
                message = Words(
                    "没有事项 {now}，发出时是 {sent}", "there is no item {now}; it was {sent} when sent out"
                )
                hint = Words("改回 {sent} 再收", "put {sent} back and collect again")
            values = {"label": BY_NAME[name].label, "sent": sent or "–", "now": now or "–"}
            return received.on_cell("held", row, name, message.fill(**values), hint.fill(**values))
    return None


def _misplaced(received: Received, row: ReturnedRow) -> Remark | None:
    """A row about an item that does not exist, or on which the unit does not report."""
    id_ = one_line(row.cell("id").value)
    standing = received.board.by_id.get(id_)
    if standing is None:
        near = nearest(id_, received.board.by_id) if id_ else ""
        hint = did_you_mean(near)
        message = Words("没有事项 {id}", "there is no item {id}")
        if is_others(received.board.ledger, id_):
            return received.on_cell("held", row, "id", *owned(received.board.ledger, id_))
        gone = next((one for one in received.board.withdrawn if one.id == id_), None)
        if gone is not None:
            message, hint = Words("{id} 已并销", "{id} is withdrawn"), NO_WORDS
        return received.on_cell("held", row, "id", message.fill(id=id_ or "–"), hint)
    reporters = reporting_units(received.board, standing.item)
    if received.unit not in reporters:
        message = Words("{id} 由 {reporters} 报送，不归 {unit}", "{id} is reported on by {reporters}, not by {unit}")
        names = reporters or (DUE_WORDS[UNSTATED].zh,)
        filled = message.fill(id=id_, unit=received.unit, reporters=Words("、".join(names), ", ".join(names)))
        return received.on_cell("held", row, "id", filled)
    return None


Found = Iterator[ReportedFact | Remark]
EVENT_OF = {"report": "report", "trouble": "trouble", "expect": "expect", "progress": "progress"}
"""The event that an open column of an item reports by itself."""
_REQUEST = frozenset(("done", "done_on", "extend", "reason"))


class RowReader:
    """Reads the cells of one row about one item, each by itself: one that is wrong keeps back no other."""

    def __init__(self, received: Received, row: ReturnedRow, standing: Standing) -> None:
        self.received = received
        self.row = row
        self.standing = standing
        self.key = row.key or row.key_sent

    def held(self, column: str, message: Words, hint: Words = NO_WORDS) -> Remark:
        """A sentence on a cell that is held back."""
        return self.received.on_cell("held", self.row, column, message, hint)

    def item_facts(self, filled: list[str]) -> Found:
        """Progress, trouble, forecast, percentage, and what the unit asks for."""
        if self.key:
            for name in filled:
                message = Words("这一行是指标 {key} 的", "this row is about the target {key}").fill(key=self.key)
                hint = Words("填在 {id} 自己的一行", "enter it in the row of {id} itself").fill(id=self.standing.id)
                yield self.held(name, message, hint)
            return
        for name in [name for name in filled if name in EVENT_OF]:
            yield from self._one(name)
        yield from self._requests([name for name in filled if name in _REQUEST])

    def _one(self, name: str) -> Found:
        if name == "progress" and not takes_percent(self.standing):
            message = Words("{id} 有目标值，按指标计，不另记进度", "{id} has targets: they tell how far it is")
            hint = Words("把数填在“指标”表", "give the figures in the sheet `readings`")
            yield self.held(name, message.fill(id=self.standing.id), hint)
            return
        if name == "trouble" and is_resolved(self.row.cell(name)):
            yield self._resolved()
            return
        read = self._read(name, "")
        if isinstance(read, Remark):
            yield read
            return
        before = self.standing.course.percent
        if name == "progress":
            wrong = self._fraction(name, Fraction(read.cells["value"]), before.number if before else None)
            if wrong:
                yield wrong
                return
        yield from self._said(name, read)
        yield self._fact(EVENT_OF[name], name, read.cells)

    def _resolved(self) -> ReportedFact | Remark:
        """The open trouble is over; where there is none, nothing is."""
        if open_trouble(self.standing, self.received.unit) is None:
            words = Words("{id} 没有未解决的问题，不另记", "{id} has no open trouble, so nothing is recorded")
            return self.received.on_cell("note", self.row, "trouble", words.fill(id=self.standing.id))
        return self._fact("trouble", "trouble", {"key": RESOLVED, "text": one_line(self.row.cell("trouble").value)})

    def _requests(self, filled: list[str]) -> Found:
        """What the unit asks somebody else to decide: that the item is done, or that its deadline moves."""
        cells: dict[str, dict[str, str]] = {}
        for name in filled:
            read = self._read(name, "")
            if isinstance(read, Remark):
                yield read
                continue
            yield from self._said(name, read)
            cells[name] = read.cells
        reason = cells.get("reason", {})
        if "done" in cells:
            day = cells.get("done_on", {}) or ({"value": cells["done"]["value"]} if "value" in cells["done"] else {})
            if not ("done_on" in filled and "done_on" not in cells):
                firm = {"firm": cells["done"]["firm"]} if "firm" in cells["done"] else {}
                yield self._fact("request", "done", {"key": "done", **day, **firm, **reason})
        elif "done_on" in cells:
            message = Words("有完成日期，“是否完成”却没有填“是”", "there is a day, but no yes under `done?`")
            yield self.held("done_on", message, Words("完成了的填“是”；没完成的删去日期",
                                                      "say yes if it is done, else remove the day"))  # fmt: skip
        if "extend" in cells:
            yield from self._extension({**cells["extend"], **reason})
        elif "reason" in cells and not {"done", "extend", "done_on"} & set(filled):
            message = Words("写了理由，没写申请什么", "there is a reason, but nothing is asked for")
            hint = Words("要完成的填“是否完成”，要延期的填“申请延期至”",
                         "fill in `done?`, or `extension asked until`")  # fmt: skip
            yield self.held("reason", message, hint)

    def _extension(self, cells: Mapping[str, str]) -> Found:
        deadline = self.standing.deadline
        if deadline is not None and cells["until"] <= deadline.isoformat():
            message = Words("申请延到 {until}，不晚于现在的时限 {due}", "{until} is not after the deadline {due}")
            hint = Words("不需要延期的删去；要延的填更晚的日子", "remove it, or give a later day")
            yield self.held("extend", message.fill(until=cells["until"], due=deadline), hint)
            return
        yield self._fact("request", "extend", {"key": "extend", **cells})

    def reading_facts(self, filled: list[str]) -> Found:
        """The reading, with all that is said about it; if any of its cells is wrong, none of it."""
        if not filled:
            return
        target = self.standing.item.target(self.key) if self.key else None
        if target is None:
            yield self._no_target(filled[0])
            return
        if not asks_for(self.standing, target):
            message = Words(
                "{key} 由各细化举措相加，不单独报", "{key} is added up from the actions, not reported by itself"
            )
            yield self.held(filled[0], message.fill(key=self.key))
            return
        cells, wrong, said = self._reading_cells(filled, target)
        if "value" not in filled:
            message = Words("没有填“本周读数”", "the cell `reading now` is empty")
            hint = Words("读数没有变化，也照填一遍", "give the reading even if it is unchanged")
            wrong.append(self.held("value", message, hint))
        if wrong:
            yield from wrong
            return
        yield from said
        yield self._fact("reading", "value", {"key": self.key, **cells})

    def _reading_cells(self, filled: list[str], target: Target) -> tuple[dict[str, str], list[Remark], list[Remark]]:
        """The cells of a reading, what is wrong with any, and how what was written is understood."""
        cells: dict[str, str] = {}
        wrong: list[Remark] = []
        said: list[Remark] = []
        for name in filled:
            read = self._read(name, target.unit)
            if isinstance(read, Remark):
                wrong.append(read)
                continue
            said += self._said(name, read)
            for column, cell in read.cells.items():
                if cells.setdefault(column, cell) != cell:
                    message = Words("“本周读数”里是 {one}，这里是 {other}", "the reading says {one}, this cell {other}")
                    wrong.append(self.held(name, message.fill(one=cells[column], other=cell)))
        before = self._before(target)
        if target.unit in ("%", "％") and not wrong and "value" in cells:
            fraction = self._fraction("value", Fraction(cells["value"]), before)
            wrong += [fraction] if fraction else []
        return cells, wrong, said

    def _before(self, target: Target) -> Fraction | None:
        if target.sum == "units":
            own = own_readings(self.standing, target.key, self.received.unit)
            return own[-1].number if own else None
        last = self.standing.reading(target.key)
        return last.value if last else None

    def _fraction(self, column: str, value: Fraction, before: Fraction | None) -> Remark | None:
        """A question about a percentage up to 1 after one above 1, or below 1 where none was reported before: is it a
        share, or so little?"""
        if self.row.cell(column).kind == "percent" or re.search("[%％]", self.row.cell(column).value):
            return None
        if before is None and 0 < value < 1:
            message = Words("{now} 是 {share}%，还是 {now}%？", "{now}: is it {share}%, or {now}%?")
            hint = Words("是 {share}% 就填 {share}；真是 {now}% 就填“{now}%”",
                         "write {share} for {share}%, or “{now}%” if it is that little")  # fmt: skip
            values = {"now": plain(value), "share": plain(value * 100)}
            return self.held(column, message.fill(**values), hint.fill(**values))
        if before is None or not 0 < value <= 1 < before:
            return None
        message = Words("上次 {before}%，这次 {now}：是 {share}%，还是退到了 {now}%？",
                        "{before}% before, {now} now: is it {share}%, or did it fall to {now}%?")  # fmt: skip
        hint = Words("是 {share}% 就填 {share}；真是 {now}% 就填“{now}%”",
                     "write {share} for {share}%, or “{now}%” if it fell to that")  # fmt: skip
        values = {"before": plain(before), "now": plain(value), "share": plain(value * 100)}
        return self.held(column, message.fill(**values), hint.fill(**values))

    def _no_target(self, column: str) -> Remark:
        keys = [target.key for target in self.standing.item.targets]
        near = nearest(self.key, keys) if self.key else ""
        message = Words("{id} 没有指标 {key}", "{id} has no target {key}")
        if not self.key:
            message = Words("{id} 的这一行没有指标，不能填读数", "this row of {id} has no target, so no reading")
        hint = did_you_mean(near)
        return self.held("key" if self.key else column, message.fill(id=self.standing.id, key=self.key), hint)

    def _read(self, name: str, measure: str) -> CellRead | Remark:
        try:
            return open_cell(name, self.row.cell(name), measure, self.received.week.last)
        except BadValue as bad:
            return self.held(name, bad.message, bad.hint)

    def _said(self, name: str, read: CellRead) -> list[Remark]:
        return [self.received.on_cell("note", self.row, name, read.said)] if any(read.said) else []

    def _fact(self, event: str, column: str, cells: Mapping[str, str]) -> ReportedFact:
        row, received = self.row, self.received
        where = f"{row.sheet}:{row.number}" if row.sheet else str(row.number)
        written = {"date": received.day.isoformat(), "item": self.standing.id, "event": event, "by": received.unit,
                   "source": f"{received.sent_as}:{where}", **cells}  # fmt: skip
        return ReportedFact(written, received.file, received.unit, row.place(column), column, saved=received.saved)
