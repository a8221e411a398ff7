"""One row of a form that came back: the facts it reports, and what is wrong with it as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.edit.owner import is_others, owned
from ledger.exchange.form.column import BY_NAME, ITEM_OPEN, READING_OPEN
from ledger.exchange.form.open_cell import is_filled, same_cell
from ledger.exchange.form.received import Received, ReportedFact
from ledger.exchange.form.remark import Remark
from ledger.exchange.form.returned_rows import ReturnedRow
from ledger.exchange.form.row_cells import RowReader
from ledger.model.field import DUE_WORDS
from ledger.model.item import UNSTATED
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.state.submission import reporting_units
from ledger.text.near import nearest
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
