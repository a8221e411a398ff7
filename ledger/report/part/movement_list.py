"""The lists of a movement: for each kind the columns that say what happened to an item."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger.format.cell import code_cell, day_cell, named_cell, number_cell
from ledger.format.document import Column, Table, Text, Typed, typed
from ledger.format.phrase import DASH, SCHEDULE_TONES, STATE_TONES, deadline_text
from ledger.model.entry import SUPERVISION_KINDS, Entry
from ledger.model.item import SCHEDULES, STATES
from ledger.model.record import NamedTuple
from ledger.model.words import ITEMIZED, Words
from ledger.report.movement import KINDS, Change
from ledger.report.part.head import ITEM, column, columns, item_cells


class _Detail(NamedTuple):
    """A column of a list, and what stands in it."""

    id: str
    title: Words
    cell: Callable[[Change], Text]
    right: bool = False
    least: int = 0

    def column(self) -> Column:
        return column(self.id, self.title, right=self.right, least=self.least)


def _last(change: Change, event: str, key: str = "") -> Entry | None:
    """The last entry of an event in the period; None if there is none."""
    found = [entry for entry in change.entries if entry.event == event and (not key or entry.key == key)]
    return found[-1] if found else None


def _day_of(event: str, key: str = "") -> Callable[[Change], Text]:
    def cell(change: Change) -> Text:
        entry = _last(change, event, key)
        return day_cell(entry.date if entry else None)

    return cell


def _added(change: Change) -> Text:
    return day_cell(change.after.item.added or change.after.board.ledger.settings.start)


def _state(change: Change) -> Text:
    if not change.after.exists:
        # `planned` would say that it is still to be done.
        return code_cell(KINDS["withdrawn"], "withdrawn")
    state = change.after.state
    return code_cell(STATES[state], state, STATE_TONES.get(state, ""))


def _schedule(change: Change) -> Text:
    schedule = change.after.schedule
    return code_cell(SCHEDULES[schedule], schedule, SCHEDULE_TONES.get(schedule, ""))


def _deadline(change: Change) -> Text:
    return typed(deadline_text(change.after), change.after.deadline or None)


def _days_late(change: Change) -> Text:
    deadline = change.after.deadline
    return number_cell((change.after.board.day - deadline).days if deadline else None, "red")


def _done_on(change: Change) -> Text:
    return day_cell(change.after.course.done_on)


def _targets(which: str) -> Callable[[Change], Text]:
    """The names of the targets that an item is short of now, or was short of before."""

    def cell(change: Change) -> Text:
        standing = change.after if which == "after" else change.before
        keys = [key for key in standing.short if which == "after" or key not in change.after.short]
        named = [target.name or key for key in keys if (target := standing.item.target(key))]
        return named_cell(named)

    return cell


def _missed(change: Change) -> Text:
    stages = change.after.missed
    named = [stage.name or stage.key for stage in stages]
    return named_cell(named)


def _orders(change: Change, *, lifted: bool) -> list[Entry]:
    """The orders issued in the period, or those open before or since that are open no more."""
    issued = [entry for entry in change.entries if entry.event == "supervise"]
    if not lifted:
        return issued
    before = change.before.course.orders if change.before.exists else []
    return [order for order in (*before, *issued) if order not in change.after.course.orders]


def _order_kinds(*, lifted: bool) -> Callable[[Change], Text]:
    def cell(change: Change) -> Text:
        orders = _orders(change, lifted=lifted)
        named = [SUPERVISION_KINDS.get(one.key, one.key) for one in orders]
        said = [Words.same(" ").join(filter(None, (name, one.doc))) for name, one in zip(named, orders, strict=True)]
        return named_cell(said, ITEMIZED)

    return cell


def _of_entry(event: str, field: str) -> Callable[[Change], Text]:
    def cell(change: Change) -> Text:
        entry = _last(change, event)
        value: str = getattr(entry, field) if entry else ""
        return value or Typed(DASH, None)

    return cell


def _day(cell: Callable[[Change], Text]) -> _Detail:
    return _Detail("day", Words("日期", "day"), cell)


_DEADLINE = _Detail("deadline", Words("时限", "deadline"), _deadline)
_STATE = _Detail("state", Words("状态", "state"), _state)
_BY = Words("批准", "by")

_DETAILS: dict[str, tuple[_Detail, ...]] = {
    "done": (_day(_done_on), _Detail("schedule", Words("序时", "schedule"), _schedule)),
    "closed": (_day(_day_of("close")),),
    "relapsed": (_day(_day_of("lookback", "relapsed")), _STATE),
    "reopened": (_day(_day_of("reopen")), _DEADLINE),
    "overdue": (_DEADLINE, _Detail("days", Words("逾期天数", "days late"), _days_late, right=True)),
    "cleared": (_DEADLINE, _STATE),
    "behind": (_DEADLINE, _Detail("missed", Words("未达到的阶段目标", "milestones missed"), _missed, least=12)),
    "caught_up": (_DEADLINE, _STATE),
    "short": (_Detail("targets", Words("欠的指标", "short of"), _targets("after"), least=10), _STATE),
    "mended": (_Detail("targets", Words("原欠的指标", "was short of"), _targets("before"), least=10), _STATE),
    "supervised": (_day(_day_of("supervise")),
                   _Detail("orders", Words("督办", "orders"), _order_kinds(lifted=False), least=10)),
    "lifted": (_day(_day_of("lift")),
               _Detail("orders", Words("解除的督办", "orders"), _order_kinds(lifted=True), least=10)),
    "added": (_day(_added), _DEADLINE),
    "withdrawn": (_day(_day_of("withdraw")), _Detail("into", Words("并入", "into"), _of_entry("withdraw", "key")),
                  _Detail("by", _BY, _of_entry("withdraw", "by"), least=8),
                  _Detail("doc", Words("文号", "document"), _of_entry("withdraw", "doc"), least=8)),
}  # fmt: skip


def change_list(kind: str, changes: Sequence[Change]) -> Table:
    """The items of one list of a movement, each with what this list is about."""
    details = _DETAILS.get(kind, (_DEADLINE, _STATE))
    titles = [*columns(ITEM), *(detail.column() for detail in details)]
    rows = [[*item_cells(change.after), *(detail.cell(change) for detail in details)] for change in changes]
    return Table(titles, rows)
