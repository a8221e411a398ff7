"""What a table of the export is made of; the table `standing`, how every item stood on each of several days; and every
figure as a query over its rows.

The program counts by `state/figure/table.py`; here is the same in words of the columns, in SQL that SQLite, DuckDB and
Spark understand. Tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ledger.model.item import UNSTATED
from ledger.model.ledger import Ledger, parted_id
from ledger.model.record import NamedTuple
from ledger.model.setting import TOTAL
from ledger.model.words import Words
from ledger.state.board import Standing
from ledger.state.figure.moving import MovingBoard
from ledger.state.figure.table import BY_STATE, FIGURES, NODE_FIGURES, RATES, Traits, traits
from ledger.state.promise import slip, slips_daily

Value = str | int | float | None
"""A cell: texts, days as `2017-12-31`, whole numbers (flags are 0 or 1), numbers; None where there is none."""

Row = Sequence[Value]


class Column(NamedTuple):
    """A column: its type is `text`, `day`, `whole`, `number` or `flag` (0 or 1); what is `internal` is never public."""

    name: str
    type: str
    meaning: Words
    internal: bool = False


class Table(NamedTuple):
    """A table: the columns that tell its rows apart, and the columns that name a row of another table."""

    name: str
    meaning: Words
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    refers: tuple[tuple[str, str, str], ...] = ()
    """Column, and the table and column it points at."""

    def without_internal(self) -> Table:
        """The table with its public columns only."""
        return self._replace(columns=tuple(column for column in self.columns if not column.internal))


class Filled(NamedTuple):
    """A table with its rows, which may be read once."""

    table: Table
    rows: Iterable[Row]


def text(name: str, zh: str, en: str, *, internal: bool = False) -> Column:
    """A column of texts."""
    return Column(name, "text", Words(zh, en), internal)


def day(name: str, zh: str, en: str) -> Column:
    """A column of days."""
    return Column(name, "day", Words(zh, en))


def whole(name: str, zh: str, en: str) -> Column:
    """A column of whole numbers."""
    return Column(name, "whole", Words(zh, en))


def number(name: str, zh: str, en: str) -> Column:
    """A column of numbers."""
    return Column(name, "number", Words(zh, en))


def flag(name: str, zh: str, en: str) -> Column:
    """A column of 0 and 1."""
    return Column(name, "flag", Words(zh, en))


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


CONDITIONS = {
    "total": "state <> 'withdrawn'",
    "due": "deadline <= day",
    "done": "done",
    "due_done": "deadline <= day AND done",
    "ahead": "deadline > day AND done",
    "undated": "deadline IS NULL AND state <> 'withdrawn'",
    "undated_done": "deadline IS NULL AND done",
    "overdue": "schedule = 'overdue'",
    "short": "short",
    "postponed": "postponed",
    "advanced": "advanced",
    "extended_late": "extended_late",
    "due_original": "original <= day",
    "due_original_done": "original <= day AND done",
    "kept": "kept",
    "kept_unknown": "kept IS NULL AND original <= day",
    "late": "schedule = 'late'",
    "basic": "done AND basic",
    "done_full": "done AND NOT basic",
    "closed": "state = 'closed'",
    "stage_done": "state = 'stage_done'",
    "stage_closed": "stage_closed",
    "active": "state = 'active'",
    "planned": "state = 'planned'",
    "relapsed": "state = 'relapsed'",
    "behind": "schedule = 'behind'",
    "on_schedule": "on_schedule",
    "stale": "stale",
    "due_soon": "due_soon",
    "grey": "light = 'grey'",
    "requested": "requested",
    "supervised": "supervised",
    "withdrawn": "state = 'withdrawn'",
}
"""Which rows of `standing` each figure counts."""

SUMS = {"moved": "moved", "moved_late": "moved_late"}
"""Figures in which an item counts more than once: the column that is added up."""

_NODE_CONDITIONS = {"due": "deadline IS NOT NULL", "open": "NOT done", **{
    key: CONDITIONS[key] for key in ("done", "overdue", "short")
}}  # fmt: skip


def _counted(condition: str, name: str) -> str:
    return f"count(*) FILTER (WHERE {condition}) AS {name}"


def _figure(key: str) -> str:
    return f"coalesce(sum({SUMS[key]}), 0) AS {key}" if key in SUMS else _counted(CONDITIONS[key], key)


_PERCENT = "(({n}) - ({n}) % (2 * {whole})) / (2 * {whole}) / 10.0"


def _percent(part: str, whole: str) -> str:
    """A percentage with one decimal, half up, in whole numbers throughout; null where the base is 0."""
    base = f"nullif({whole}, 0)"
    return _PERCENT.format(n=f"2000 * ({part}) + {base}", whole=base)


def _mean(by: str, rows: str) -> str:
    """The mean progress of a group and its floor (unknown as 0) in percent, with how many of how many are known."""
    # A hair more than nothing, so that a half that a machine keeps a little too small is rounded up as on paper.
    mean = "round(sum(progress * weight) / nullif(sum(weight) FILTER (WHERE progress IS NOT NULL), 0) + 1e-9, 1)"
    floor = "round(coalesce(sum(progress * weight), 0) / nullif(sum(weight), 0) + 1e-9, 1)"
    return (
        f"SELECT {by}, {mean} AS mean,\n  count(progress) AS known, count(*) AS of_all,\n  {floor} AS floor\n"
        f"FROM {rows} WHERE state <> 'withdrawn' GROUP BY {by}"
    )


OWN, ROLLED = "own_standing", "rolled_standing"
"""The rows of this ledger's own items; and of all, those of each ledger and once more those of all together."""


def views() -> Iterator[tuple[str, str]]:
    """The name and the query of every view, in an order in which each can be made."""
    yield OWN, "SELECT * FROM standing WHERE include = ''"
    yield from _figures("", OWN, "day")
    yield (
        ROLLED,
        f"SELECT *, include AS ledger FROM standing\nUNION ALL SELECT *, '{TOTAL}' AS ledger FROM standing",
    )
    yield from _figures("rolled_", ROLLED, "day, ledger")


def _figures(prefix: str, rows: str, by: str) -> Iterator[tuple[str, str]]:
    """Every figure over some rows, grouped by these columns and the book."""
    columns = ",\n  ".join(_figure(figure.key) for figure in FIGURES)
    yield f"{prefix}figures", f"SELECT {by}, book,\n  {columns}\nFROM {rows} GROUP BY {by}, book"
    yield f"{prefix}totals", f"SELECT {by},\n  {columns}\nFROM {rows} GROUP BY {by}"
    parts = (
        f"SELECT {by}, book, '{rate.key}' AS rate, {' + '.join(rate.part)} AS part, {rate.whole} AS base,\n"
        f"  {_percent(' + '.join(rate.part), rate.whole)} AS percent\nFROM {prefix}figures"
        for rate in RATES.values()
    )
    yield f"{prefix}rates", "\nUNION ALL ".join(parts)
    counts = ",\n  ".join(_counted(_NODE_CONDITIONS[figure.key], figure.key) for figure in NODE_FIGURES)
    rate = _percent("count(*) FILTER (WHERE done)", "count(*)")
    yield (
        f"{prefix}time_nodes",
        (
            f"SELECT {by}, book, time_node,\n  {counts},\n  {rate} AS rate\n"
            f"FROM {rows} WHERE time_node IS NOT NULL GROUP BY {by}, book, time_node"
        ),
    )
    yield (
        f"{prefix}states",
        (
            f"SELECT {by}, book, by_state, count(*) AS items\nFROM {rows} WHERE by_state IS NOT NULL "
            f"GROUP BY {by}, book, by_state"
        ),
    )
    yield (
        f"{prefix}slips",
        (
            f"SELECT {by}, book, avg(slip) FILTER (WHERE 2 * place IN (items, items + 1, items + 2)) AS median,\n"
            f"  max(slip) AS max, count(*) AS items\nFROM (SELECT {by}, book, slip,\n"
            f"    row_number() OVER (PARTITION BY {by}, book ORDER BY slip) AS place,\n"
            f"    count(*) OVER (PARTITION BY {by}, book) AS items\n  FROM {rows} WHERE slip > 0) AS ranked\n"
            f"GROUP BY {by}, book"
        ),
    )
    yield f"{prefix}progress", _mean(f"{by}, book", rows)
    yield f"{prefix}overall", _mean(by, rows)
