"""The one table of figures: what each is called, in which tone it warns, and which items count in it.

Counting, movements, claims, trends, reports and the page of the figures all go by it. A figure stands in the JSON of
`status` and in claims under its key; those of a time node under `time_nodes.NODE.KEY`, rates under `rates.KEY`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ledger.model.field import RATE_FIGURES
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.state.board import Standing
from ledger.state.course import node_of
from ledger.state.promise import kept, moves


class Traits(NamedTuple):
    """What decides in which figures an item counts: two items that are alike in all of these count alike.

    Thousands of items have a few hundred kinds of traits, so the table is asked once for each kind. `is_due` is None
    without a deadline; `node` is the time node of the deadline, empty without one.
    """

    state: str
    schedule: str
    is_done: bool
    is_due: bool | None
    is_due_originally: bool
    is_due_soon: bool
    is_short: bool
    is_postponed: bool
    is_supervised: bool
    node: str
    light: str
    kept: str
    is_basic: bool
    is_stage_closed: bool
    is_requested: bool
    is_advanced: bool
    is_stale: bool
    moved: int
    moved_late: int


class Figure(NamedTuple):
    """A figure of a book: its path in JSON and claims, its names, the items that count in it, in words and as a test.

    The test gives a number where an item counts more than once. `title` stands over a narrow column. A number other
    than 0 is shown in `tone` (empty: as it is).
    """

    key: str
    label: Words
    meaning: Words
    counts: Callable[[Traits], int | None]
    tone: str = ""
    title: Words = Words("", "")

    @property
    def short_name(self) -> Words:
        """The name for a narrow column."""
        return self.title if any(self.title) else self.label


def _in_state(name: str) -> Callable[[Traits], bool]:
    return lambda one: one.state == name


def _on_schedule(name: str) -> Callable[[Traits], bool]:
    return lambda one: one.schedule == name


FIGURES = (
    Figure("total", Words("事项总数", "items"), Words("在台账上的", "there"), lambda _: True,
           title=Words("事项", "items")),
    Figure("due", Words("到期", "due"), Words("时限在当日或以前的", "due: their deadline is the day or before it"),
           lambda one: one.is_due),
    Figure("done", Words("完成", "done"), Words("整改完成或已销号的", "done or closed"), lambda one: one.is_done),
    Figure("due_done", Words("到期已完成", "done of those due"), Words("到期而且完成的", "both due and done"),
           lambda one: one.is_due and one.is_done),
    Figure("ahead", Words("提前完成", "done ahead"),
           Words("完成、时限还没有到的", "done, with a deadline still to come"),
           lambda one: one.is_done and one.is_due is False),
    Figure("undated", Words("无日期", "undated"), Words("没有时限日期的", "without a date"),
           lambda one: one.is_due is None),
    Figure("undated_done", Words("无日期已完成", "undated and done"), Words("其中完成的", "without a date, and done"),
           lambda one: one.is_due is None and one.is_done),
    Figure("overdue", Words("逾期", "overdue"), Words("时限已过、没有完成的", "open, and their deadline is over"),
           _on_schedule("overdue"), "red"),
    Figure("short", Words("欠指标", "short of a target"), Words("报完成或阶段完成、但欠指标的", "short, as above"),
           lambda one: one.is_short, "yellow", Words("欠指标", "short")),
    Figure("postponed", Words("延期", "postponed"),
           Words("本轮时限被推后的", "on a deadline that was moved to a later day"), lambda one: one.is_postponed),
    Figure("advanced", Words("时限提前", "advanced"),
           Words("本轮时限被提前的", "on a deadline that was moved to an earlier day"), lambda one: one.is_advanced),
    Figure("moved", Words("时限变动次数", "moves of deadlines"),
           Words("时限每被 `extend` 移动一次计一次", "counted once for every `extend` that moved their deadline"),
           lambda one: one.moved),
    Figure("moved_late", Words("过期后变动次数", "moves after the deadline"),
           Words("其中在被移动的时限过后才作出的", "the same, for those made after the deadline they moved"),
           lambda one: one.moved_late),
    Figure("extended_late", Words("过期后才延期", "extended late"),
           Words("有过这样的变动的，始终计入", "those with such a move, for good"), lambda one: one.moved_late > 0),
    Figure("due_original", Words("按原时限到期", "due by original deadlines"),
           Words("原时限在当日或以前的", "due by their original deadline"), lambda one: one.is_due_originally),
    Figure("due_original_done", Words("按原时限到期已完成", "done of those"), Words("其中完成的", "done among them"),
           lambda one: one.is_due_originally and one.is_done),
    Figure("kept", Words("按原时限兑现", "kept by the first deadline"),
           Words("原时限已到、在首轮首个时限前全面完成（非基本完成、当日不欠指标）、从未反弹的",
                 "due by their original deadline, done in full by it (not basically, not short on that day), and never "
                 "relapsed"), lambda one: one.is_due_originally and one.kept == "yes"),
    Figure("kept_unknown", Words("是否兑现不明", "kept or not: unknown"),
           Words("完成日只知在某日以前、不知是否在原时限以前的",
                 "due by their original deadline, and done on an unknown day that may or may not be by it"),
           lambda one: one.is_due_originally and one.kept == "unknown"),
    Figure("late", Words("逾期完成", "done late"),
           Words("完成时已过当时的时限的", "done after the deadline of that day"),
           _on_schedule("late")),
    Figure("basic", Words("基本完成", "done basically"),
           Words("完成、但所报为“基本”的", "done, but only basically (`firm: basic`)"),
           lambda one: one.is_done and one.is_basic),
    Figure("done_full", Words("全面完成", "done in full"), Words("其余完成的", "done, and not basically"),
           lambda one: one.is_done and not one.is_basic),
    Figure("closed", Words("销号", "closed"), Words("已销号的", "in the state `closed`"), _in_state("closed")),
    Figure("stage_done", Words("阶段完成", "stage done"), Words("处于阶段完成的", "in the state `stage_done`"),
           _in_state("stage_done")),
    Figure("stage_closed", Words("阶段办结", "closed for a stage"),
           Words("就一个阶段办结、下一阶段还没有到期的", "closed for a stage, until the next milestone falls due"),
           lambda one: one.is_stage_closed),
    Figure("active", Words("进行中", "active"), Words("进行中的", "in the state `active`"), _in_state("active")),
    Figure("planned", Words("未启动", "planned"), Words("未启动的", "in the state `planned`"), _in_state("planned")),
    Figure("relapsed", Words("反弹", "relapsed"), Words("处于反弹的", "in the state `relapsed`"),
           _in_state("relapsed")),
    Figure("behind", Words("未达序时", "behind"), Words("未达序时的", "behind"), _on_schedule("behind"), "yellow"),
    Figure("on_schedule", Words("达到序时", "on schedule"), Words("没有完成、达到序时的", "open and on schedule"),
           _on_schedule("on_schedule")),
    Figure("stale", Words("久无消息", "stale"),
           Words("达到序时或阶段完成、而 180 天没有消息、时限以前也再无阶段目标到期的",
                 "on schedule or stage done, with no word for 180 days and no milestone to come before the deadline"),
           lambda one: one.is_stale, "yellow"),
    Figure("due_soon", Words("临期", "due soon"),
           Words("没有完成、在预警天数内到期的", "open and due within the warning days"), lambda one: one.is_due_soon),
    Figure("grey", Words("不明", "grey"), Words("亮灯为不明的", "with a grey light: nobody knows"),
           lambda one: one.light == "grey"),
    Figure("requested", Words("申请待批", "with an open request"), Words("有申请尚未答复的", "with an open request"),
           lambda one: one.is_requested),
    Figure("supervised", Words("在督", "supervised"), Words("有没有解除的督办的", "under an order that was not lifted"),
           lambda one: one.is_supervised),
    Figure("withdrawn", Words("并销", "withdrawn"),
           Words("已并销的；它们不计入其他任何数", "withdrawn; these are in no other figure"), lambda _: False),
)  # fmt: skip
"""Every figure of a book, in the order of the JSON. Those withdrawn are no items any more: they are counted apart."""

NODE_FIGURES = (
    Figure("due", Words("事项", "items"), Words("时限属于它的", "belong to it"), lambda _: True),
    Figure("done", Words("完成", "done"), Words("其中完成的", "done"), lambda one: one.is_done),
    Figure("overdue", Words("逾期", "overdue"), Words("其中逾期的", "overdue"), _on_schedule("overdue"), "red"),
    Figure("open", Words("未完成", "open"), Words("其中没有完成的", "not done"), lambda one: not one.is_done),
    Figure("short", Words("欠指标", "short"), Words("其中欠指标的", "short"), lambda one: one.is_short, "yellow"),
)  # fmt: skip
"""The figures of one time node: of the items whose deadline belongs to it."""

BY_STATE = (
    Figure("relapsed", Words("反弹", "relapsed"), Words("反弹", "relapsed"), _in_state("relapsed"), "red"),
    Figure("closed", Words("销号", "closed"), Words("已销号", "closed"), _in_state("closed")),
    Figure("basic", Words("基本完成", "done basically"), Words("基本完成", "done basically"),
           lambda one: one.is_done and one.is_basic),
    Figure("done", Words("整改完成", "done in full"), Words("全面完成", "done in full"), lambda one: one.is_done),
    Figure("overdue", Words("逾期", "overdue"), Words("逾期", "overdue"), _on_schedule("overdue"), "red"),
    Figure("behind", Words("未达序时", "behind"), Words("未达序时", "behind"), _on_schedule("behind"), "yellow"),
    Figure("stage_closed", Words("阶段办结", "closed for a stage"), Words("阶段办结", "closed for a stage"),
           lambda one: one.is_stage_closed),
    Figure("stage_done", Words("阶段完成", "stage done"), Words("阶段完成", "stage done"), _in_state("stage_done")),
    Figure("on_schedule", Words("达到序时", "on schedule"), Words("达到序时", "on schedule"),
           _on_schedule("on_schedule")),
    Figure("planned", Words("未启动", "planned"), Words("未启动", "planned"), _in_state("planned")),
    Figure("unknown", Words("不明", "unknown"), Words("其余：序时不明", "the rest: schedule unknown"), lambda _: True),
)  # fmt: skip
"""By state, each item in exactly one row: the first that holds. In JSON and claims under `by_state.KEY`."""

SLIP = {
    "median": Words("顺延天数中位数", "median slip in days"),
    "max": Words("最多顺延天数", "largest slip in days"),
    "items": Words("有顺延的事项", "items that slipped"),
}
"""The slip of a book, over its items that are later than the first deadline of their round."""

BY_KEY = {figure.key: figure for figure in FIGURES}

RATES = RATE_FIGURES
"""Every rate of a book by its key, under which it stands in JSON and claims as `rates.KEY`, from 0 to 100."""


def traits(standing: Standing) -> Traits:
    """The traits of an existing item on its board's day."""
    board, course, is_done = standing.board, standing.course, standing.is_done
    deadline, original, day = standing.deadline, standing.original, board.day
    moved = moves(standing) if course.moves else ()
    return Traits(
        standing.state,
        standing.schedule,
        is_done,
        None if deadline is None else deadline <= day,
        original is not None and original <= day,
        not is_done and standing.is_due_soon,
        bool(standing.short),
        bool(moved) and standing.is_postponed,
        bool(course.orders),
        node_of(deadline, board.ledger.settings.time_nodes),
        standing.light,
        kept(standing) if is_done else "no",
        course.basic,
        course.stage_close is not None and standing.is_stage_closed,
        bool(course.requests),
        bool(moved) and standing.is_advanced,
        not is_done and standing.is_stale,
        len(moved),
        sum(move.late > 0 for move in moved) if moved else 0,
    )


@lru_cache(maxsize=65536)
def paths(one: Traits) -> tuple[str, ...]:
    """The paths of all figures in which an item with these traits counts, each as often as it does."""
    found = [figure.key for figure in FIGURES for _ in range(int(figure.counts(one) or 0))]
    found.append(f"by_state.{next(row.key for row in BY_STATE if row.counts(one))}")
    if one.node:
        found += [f"time_nodes.{one.node}.{figure.key}" for figure in NODE_FIGURES if figure.counts(one)]
    return tuple(found)


def memberships(standing: Standing) -> tuple[str, ...]:
    """The paths of the figures that count the item on its board's day: `done`, `time_nodes.2017.open`, ….

    A figure of a book is the number of its items that have it here. An item that is not in the ledger yet has none, a
    withdrawn one only `withdrawn`.
    """
    if standing.paths is None:
        if standing.exists:
            standing.paths = paths(traits(standing))
        else:
            standing.paths = ("withdrawn",) if standing.is_added else ()
    return standing.paths
