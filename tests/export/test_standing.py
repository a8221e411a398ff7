"""The views count what the program counts: every figure of design section 5, on random ledgers and days."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.export.file import write_parquet, write_sqlite
from ledger.export.standing import CONDITIONS, STANDING, SUMS, Filled, standing_rows, views
from ledger.export.table import Source, filled
from ledger.model.ledger import Ledger
from ledger.model.number import rounded
from ledger.state.figure.count import Count
from ledger.state.figure.many_days import counts_on
from ledger.state.figure.table import FIGURES
from tests.state.lively import ledger_of, lively
from tests.strategy import days

VIEWS = [name for name, _ in views()]


def in_sqlite(ledger: Ledger, wanted: list[date]) -> dict[str, list[dict[str, Any]]]:
    """The rows of every view over the standing of these days."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        names = ", ".join(f'"{column.name}"' for column in STANDING.columns)
        connection.execute(f"CREATE TABLE standing ({names})")
        marks = ", ".join("?" * len(STANDING.columns))
        connection.executemany(f"INSERT INTO standing VALUES ({marks})", standing_rows(ledger, wanted))
        for name, query in views():
            connection.execute(f"CREATE VIEW {name} AS {query}")
        return {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in VIEWS}


def told(counted: Count) -> dict[str, Any]:
    """What the program says of a book, in the words of the views."""
    mean = counted.progress
    return {
        "figures": counted.figures,
        "rates": {name: rate.percent for name, rate in counted.rates.items()},
        "nodes": {
            node.id: (node.due, node.done, node.overdue, node.open, node.short, node.rate.percent)
            for node in counted.time_nodes
            if node.due
        },
        "states": {key: number for key, number in counted.by_state.items() if number},
        "slip": (None if counted.slip.median is None else float(counted.slip.median), counted.slip.max,
                 counted.slip.items),
        "progress": (_percent(mean.value), mean.known, mean.of, _percent(mean.floor)),
    }  # fmt: skip


def counted_by_views(seen: dict[str, list[dict[str, Any]]], day: str, book: str) -> dict[str, Any]:
    """What the views say of a book on a day."""
    own = {name: [row for row in rows if row["day"] == day and row.get("book") == book] for name, rows in seen.items()}
    [figures] = own["figures"] or [dict.fromkeys(("day", "book", *(figure.key for figure in FIGURES)), 0)]
    slips = own["slips"] or [{"median": None, "max": None, "items": 0}]
    means = own["progress"] or [{"mean": None, "known": 0, "of_all": 0, "floor": None}]
    return {
        "figures": {figure.key: figures[figure.key] for figure in FIGURES},
        "rates": {row["rate"]: row["percent"] for row in own["rates"]},
        "nodes": {
            row["time_node"]: tuple(row[key] for key in ("due", "done", "overdue", "open", "short", "rate"))
            for row in own["time_nodes"]
        },
        "states": {row["by_state"]: row["items"] for row in own["states"]},
        "slip": tuple(slips[0][key] for key in ("median", "max", "items")),
        "progress": tuple(means[0][key] for key in ("mean", "known", "of_all", "floor")),
    }


def _percent(share: Any) -> float | None:
    return None if share is None else float(rounded(share * 100, 1))


def test_every_figure_has_its_condition() -> None:
    assert {figure.key for figure in FIGURES} == CONDITIONS.keys() | SUMS.keys()


@given(lively(), st.lists(days, min_size=1, max_size=4))
def test_views_count_what_the_program_counts(written: dict[str, Any], wanted: list[date]) -> None:
    ledger = ledger_of(written)
    seen = in_sqlite(ledger, wanted)
    for one in counts_on(ledger, wanted):
        for book, counted in one.books.items():
            by_views = counted_by_views(seen, one.day.isoformat(), book)
            expected = told(counted)
            if not by_views["rates"]:
                # A book of which nothing was in the ledger on that day has no row.
                assert not any(expected.pop("figures").values())
                by_views, expected = {"slip": by_views["slip"]}, {"slip": expected["slip"]}
            assert by_views == expected


def test_duckdb_counts_the_same_over_parquet(
    full_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledger.storage.files import Folder
    from ledger.storage.ledger import read_ledger

    ledger = read_ledger(Folder(full_ledger))
    last = date(2017, 12, 31)
    tables = [Filled(table, list(rows)) for table, rows in filled(Source(ledger, last, [last], [], "en", False))]
    write_parquet(tmp_path, tables, "en")
    write_sqlite(tmp_path / "all.sqlite", tables, "en")
    monkeypatch.chdir(tmp_path)
    with closing(duckdb.connect()) as engine, closing(sqlite3.connect("all.sqlite")) as file:
        engine.execute(Path("views.sql").read_text(encoding="utf-8"))
        for name in ("figures", "rates", "states", "slips", "progress"):
            query = f"SELECT * FROM {name} ORDER BY 1, 2, 3"
            ours = [(str(row[0]), *row[1:]) for row in engine.execute(query).fetchall()]
            assert ours == file.execute(query).fetchall()
        assert file.execute("SELECT total, due, done FROM figures WHERE book = 'measures'").fetchone() == (37, 30, 32)
