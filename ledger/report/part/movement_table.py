"""What moved in a period: each figure with what entered and left it, and lists that name the items behind it.

Each kind of movement has the columns that say what happened to an item.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ledger.compare.difference import Difference
from ledger.compare.phrase import change_text
from ledger.format.cell import code_cell, day_cell, list_cell, named_cell, number_cell
from ledger.format.document import Block, Column, Heading, Paragraph, Table, Text, Typed, painted, typed
from ledger.format.phrase import DASH, SCHEDULE_TONES, STATE_TONES, deadline_text, moved_by
from ledger.model.entry import SUPERVISION_KINDS, Entry
from ledger.model.item import SCHEDULES, STATES
from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.model.words import ENUMERATED, ITEMIZED, Words
from ledger.report.movement import KINDS, Amendment, Change, Fall, Movement, Postponement, Shift
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.report.period import Reckoning
from ledger.state.figure.table import FIGURES

LISTS = (
    "done", "closed", "undone", "relapsed", "reopened", "overdue", "cleared", "postponed", "amended", "fallen",
    "behind", "caught_up", "short", "mended", "stage_done", "stage_closed", "requested", "answered", "supervised",
    "lifted", "added", "withdrawn", "restored", "other",
)  # fmt: skip
"""The lists in the order in which they are read: what is finished, what went wrong, what was moved, what is new."""

_ASKED = ("done", "closed", "relapsed", "overdue", "postponed", "fallen", "added", "withdrawn")
"""What a reader wants to be told of even where there was nothing."""

_IN_SHORT = ("started", "came_due", "due_soon", "stale", "heard")
"""What time and routine bring, hundreds a week perhaps: counted, with ids but without titles."""

NAMES: Mapping[str, Words] = {
    **KINDS,
    "postponed": Words("延期", "deadlines extended"),
    "amended": Words("调整", "amended"),
    "fallen": Words("读数倒退", "readings that fell"),
}


def movement_blocks(reckoned: Reckoning, title: Words) -> list[Block]:
    """The figures that moved, then the lists; what there was nothing of is said in one sentence."""
    moved = reckoned.movement
    tables = [_list(moved, kind) for kind in LISTS]
    since = Words("各数变动，与 {day} 相比", "Figures that moved since {day}").fill(day=reckoned.period.before)
    nothing = [NAMES[kind] for kind, table in zip(LISTS, tables, strict=True) if kind in _ASKED and not table.rows]
    blocks: list[Block] = [Heading(title, 2, "movement"), _shifts(reckoned, since), *tables]
    if nothing:
        words = Words("本期没有：{names}。", "None of these: {names}.")
        blocks.append(Paragraph(words.fill(names=ENUMERATED.join(nothing))))
    return [*blocks, _further(moved)]


_TOLD_BY = {"done_full": "done"}


def _shifts(reckoned: Reckoning, since: Words) -> Table:
    """Every figure that moved: opening + entered − left = closing."""
    titles = (
        column("book")._replace(once=True),
        column("figure", Words("数", "figure"), least=12),
        column("before", Words("期初", "opening"), right=True),
        column("entered", Words("进入", "entered"), right=True),
        column("left", Words("退出", "left"), right=True),
        column("after", Words("期末", "closing"), right=True),
    )
    rows: list[list[Text]] = []
    shifts = reckoned.movement.shifts
    for book in reckoned.ledger.settings.books:
        name = code_cell(book.name or book.id, book.id)
        for figure in FIGURES:
            shift = shifts[f"{book.id}.{figure.key}"]
            # Where nothing is done only basically, "done in full" would say every number of "done" again.
            told_by = _TOLD_BY.get(figure.key)
            if (shift.entered or shift.left) and (told_by is None or shift != shifts[f"{book.id}.{told_by}"]):
                rows.append([name, code_cell(figure.label, figure.key), *_shift_cells(shift)])
    empty = Words("没有一个数有变化。", "No figure moved.")
    return Table(titles, rows, "movement", since, empty=empty)


def _shift_cells(shift: Shift) -> list[str]:
    entered, left = (number_cell(len(ids) or None) for ids in (shift.entered, shift.left))
    return [number_cell(shift.before), entered, left, Typed(str(shift.after), shift.after, "bold")]


def _list(moved: Movement, kind: str) -> Table:
    """One list under its name and number. Without items it has no rows, and people see nothing of it."""
    made = table_of(moved, kind)
    title = Words("{name}（{n}）", "{name} ({n})").fill(name=_capital(NAMES[kind]), n=len(made.rows))
    return made._replace(id=f"movement_{kind}", title=title)


def table_of(moved: Movement, kind: str) -> Table:
    """The items of one list, each with id, title, lead unit and what happened to it."""
    if kind == "postponed":
        return _postponed(moved)
    if kind == "amended":
        return _amended(moved)
    if kind == "fallen":
        return _fallen(moved)
    return change_list(kind, moved.lists[kind])


def _capital(words: Words) -> Words:
    return Words(words.zh, words.en[:1].upper() + words.en[1:])


def _postponed(moved: Movement) -> Table:
    titles = (
        *columns(ITEM),
        column("was", Words("原定", "was")),
        column("until", Words("延至", "until")),
        column("days", Words("变动", "moved by"), least=10),
        column("by", Words("批准", "approved by"), least=8),
        column("doc"),
    )
    return Table(titles, [_postponement(one) for one in moved.postponed])


def _postponement(one: Postponement) -> list[Text]:
    move = one.move
    days = moved_by(move)
    said = number_cell(None) if days is None else typed(days, move.days, "red" if move.late else "")
    return [
        *item_cells(one.standing), day_cell(move.was), day_cell(move.until), said, move.entry.by, move.entry.doc,
    ]  # fmt: skip


def _amended(moved: Movement) -> Table:
    titles = (
        *columns(ITEM),
        column("change", Words("调整", "amended"), least=12),
        column("approved_by", Words("批准", "approved by"), least=8),
        column("doc"),
    )
    return Table(titles, [_amendment(one) for one in moved.amended])


def _amendment(one: Amendment) -> list[Text]:
    kind, field, was, now = one.difference
    said = change_text(Difference(kind, one.standing.id, field, was, now))
    change = painted(said, "yellow" if kind == "weakened" else "")
    if one.entry is None:
        voided = Words("先前的调整作废", "an earlier amendment was voided")
        return [*item_cells(one.standing), change, voided, ""]
    return [*item_cells(one.standing), change, one.entry.by, one.entry.doc]


def _fallen(moved: Movement) -> Table:
    titles = (
        *columns(ITEM),
        column("target", Words("指标", "target"), least=8),
        column("before", Words("原读数", "before"), right=True),
        column("after", Words("现读数", "after"), right=True),
        column("goal", Words("目标", "goal")),
        column("day"),
    )
    return Table(titles, [_fall(one) for one in moved.fallen])


def _fall(one: Fall) -> list[Text]:
    target = one.target
    name = (target.name or target.key) + (f" ({target.unit})" if target.unit else "")
    before, after = (Typed(plain(side.value), side.value, tone)
                     for side, tone in ((one.before, ""), (one.after, "" if one.is_met else "red")))  # fmt: skip
    goal = Typed(DASH, None) if target.goal is None else str(target.goal)
    return [*item_cells(one.standing), name, before, after, goal, day_cell(one.after.day)]


def _further(moved: Movement) -> Table:
    """The lists that are only counted."""
    titles = (
        column("kind", Words("变动", "movement")),
        column("items"),
        column("ids", Words("编号", "ids"), least=20),
    )
    rows = [
        [code_cell(KINDS[kind], kind), number_cell(len(own)), list_cell([change.id for change in own])]
        for kind in _IN_SHORT
        if (own := moved.lists[kind])
    ]
    return Table(titles, rows, "movement_further", Words("另有，只计数", "Also, only counted"))


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
