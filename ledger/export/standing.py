"""The table `standing`: how every item stood on each of several days. Every figure is a count over its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ledger.export.column import Row, Table, Value, day, flag, number, text, whole
from ledger.model.item import UNSTATED
from ledger.model.ledger import Ledger
from ledger.model.words import Words
from ledger.state.board import Standing
from ledger.state.figure.moving import MovingBoard
from ledger.state.figure.table import BY_STATE, Traits, traits
from ledger.state.promise import slip, slips_daily
from ledger.storage.include.view import parted_id

INCLUDE = text("include", "所在的下级台账，本级的为空", "the included ledger it stands in, empty for this one's own")

STANDING = Table(
    "standing",
    Words("每天每个在账事项的情况；已并销的状态为 withdrawn，以后各列为空",
          "how each item stood on each day; withdrawn ones have the state `withdrawn`, and nothing behind it"),
    (
        day("day", "哪一天", "the day"),
        text("item", "事项编号", "the item"),
        text("book", "账", "the book"),
        text("lead", "牵头单位（现名），没有载明为空", "the lead under its present name, null where none is stated"),
        text("state", "状态", "planned active stage_done done closed relapsed, or withdrawn"),
        text("schedule", "序时", "overdue behind on_schedule unknown; done: early on_time late undated unknown"),
        text("light", "亮灯", "red yellow green grey"),
        day("deadline", "现时限", "the deadline in force"),
        day("original", "原时限", "the deadline of the plan"),
        day("added", "入账日期", "when it entered the ledger"),
        day("done_on", "完成之日", "the day it was done"),
        flag("kept", "按原时限兑现；说不清或原时限未到为空",
             "done in full by the first deadline; null where nobody can know, or that day has not come"),
        whole("slip", "比本轮最初时限晚的天数", "days later than the first deadline of its round"),
        flag("short", "欠指标", "short of a target"),
        flag("basic", "基本完成", "reported done only basically"),
        flag("stage_closed", "阶段办结", "closed for a stage"),
        number("progress", "进度（0–100）", "progress in percent, 0 to 100"),
        whole("days_late", "比现时限晚的天数：逾期到当天，完成到完成之日",
              "days after the deadline in force: up to the day while overdue, to the day it was done when done late"),
        whole("moved", "时限变动次数", "moves of its deadline"),
        flag("postponed", "本轮时限被推后", "its deadline was moved to a later day"),
        flag("extended_late", "过期后才延期过", "a deadline of it was moved after it had passed"),
        flag("on_schedule", "没有完成、达到序时", "open and on schedule"),
        flag("stale", "久无消息", "on schedule or at its stage, and no word for 180 days"),
        flag("requested", "有申请待批", "with an open request"),
        flag("done", "完成（含销号）", "done or closed"),
        flag("due_soon", "临期", "open, and due within the warning days"),
        flag("supervised", "在督", "under an order that was not lifted"),
        flag("advanced", "本轮时限被提前", "its deadline was moved to an earlier day"),
        whole("moved_late", "过期后变动次数", "moves made after the deadline they moved"),
        text("time_node", "时间节点；以后为 later，无日期为空", "the time node of its deadline, `later`, or null"),
        text("by_state", "按状态分的那一行", "its row in the table by state"),
        number("weight", "权重", "its weight in overall progress"),
        INCLUDE,
    ),
    ("day", "item"),
    (("item", "item", "id"),),
)  # fmt: skip


def standing_rows(ledger: Ledger, days: Sequence[date]) -> Iterator[Row]:
    """The rows of all days, the earliest first. What did not change from one day to the next is not judged again."""
    board = MovingBoard(ledger, days)
    known: list[tuple[Value, ...] | None] = [None] * len(ledger.items)
    daily: set[int] = set()
    for today in board.days:
        anew = set(board.go())
        written = today.isoformat()
        for position in sorted(anew | daily):
            standing = board.everything[position]
            known[position] = _row(standing) if standing.is_added else None
            (daily.add if standing.exists and slips_daily(standing) else daily.discard)(position)
        yield from ((written, *row) for row in known if row is not None)


def _row(standing: Standing) -> tuple[Value, ...]:
    """Everything behind the day."""
    item, course = standing.item, standing.course
    present, include = standing.board.present, parted_id(standing.id)[0]
    lead = None if item.lead == UNSTATED else present.get(item.lead, item.lead)
    if not standing.exists:
        return (standing.id, item.book, lead, "withdrawn", *([None] * (len(STANDING.columns) - 6)), include)
    one = traits(standing)
    progress = standing.progress
    return (
        standing.id, item.book, lead, one.state, one.schedule, one.light, _iso(standing.deadline),
        _iso(standing.original), _iso(item.added or standing.board.ledger.settings.start), _iso(course.done_day),
        _kept(one), slip(standing), one.is_short, one.is_basic and one.is_done, one.is_stage_closed,
        None if progress is None else float(progress * 100), _days_late(standing), one.moved, one.is_postponed,
        one.moved_late > 0, one.schedule == "on_schedule", one.is_stale, one.is_requested, one.is_done,
        one.is_due_soon, one.is_supervised, one.is_advanced, one.moved_late, one.node or None,
        next(row.key for row in BY_STATE if row.counts(one)), float(item.weight), include,
    )  # fmt: skip


def _kept(one: Traits) -> bool | None:
    """Whether its first promise was kept, once the day of it has come; None where nobody can know."""
    return None if not one.is_due_originally or one.kept == "unknown" else one.kept == "yes"


def _days_late(standing: Standing) -> int | None:
    """Days by which an overdue item is late on the day, or a done one was; None where it is not late."""
    if standing.schedule == "overdue" and standing.deadline is not None:
        return (standing.board.day - standing.deadline).days
    done = standing.course.done_day
    if standing.schedule == "late" and done is not None:
        deadline = standing.deadline_on(done)
        return None if deadline is None else (done - deadline).days
    return None


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
