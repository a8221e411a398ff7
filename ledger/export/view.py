"""Every figure as a query over `standing`, in SQL that SQLite, DuckDB and Spark understand.

The program counts by `state/figure/table.py`; here is the same in words of the columns. Tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.model.setting import TOTAL
from ledger.state.figure.table import FIGURES, NODE_FIGURES, RATES

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
