"""`ledger export`: one file or folder, whole or not at all, and nothing private in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.conftest import DATA
from tests.paper import fact, files, item, journal


@pytest.fixture
def small(make_ledger) -> Path:
    """Two items, one of them withdrawn; private and public words in all of them."""
    items = [
        item("M1", remark="inner-remark", tags={"类别": "水", "批次": "inner-tag"}, targets={"a": {"goal": ">= 3"}}),
        item("M2", due="long_term"),
    ]
    facts = [
        fact(
            "2017-05-01", "reading", key="a", value="2", person="inner-person", note="inner-note", text="public words"
        ),
        fact("2017-05-02", "done"),
        fact("2017-05-03", "void", key="2017-05-02/done"),
        fact("2017-06-01", "withdraw", "M2"),
    ]
    settings: dict[str, Any] = {"start": "2017-04-12", "tags": {"类别": {"public": True}, "批次": {}}}
    return make_ledger(files(items, facts, **settings))


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def test_a_database_holds_every_table_and_view(run, small: Path, tmp_path: Path) -> None:
    said = run("-C", small, "export", "-o", "out.sqlite", "--as-of", "2017-07-01")
    file = tmp_path / "out.sqlite"
    assert said.out.startswith("out.sqlite: ")
    names = {name for (name,) in rows(file, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    asked = {"item", "target", "milestone", "tag", "unit", "entry", "finding", "claim", "standing", "figures"}
    assert asked <= names
    assert rows(file, "SELECT item, state FROM standing ORDER BY item") == [("M1", "active"), ("M2", "withdrawn")]
    assert rows(file, "SELECT total, withdrawn FROM figures WHERE book = 'measures'") == [(1, 1)]
    assert rows(file, "PRAGMA foreign_key_check") == []


def test_what_takes_no_effect_is_in_the_journal_and_marked(run, small: Path, tmp_path: Path) -> None:
    run("-C", small, "export", "-o", "out.db", "--as-of", "2017-07-01")
    found = dict(rows(tmp_path / "out.db", "SELECT event, in_force FROM entry"))
    assert found == {"reading": 1, "done": 0, "void": None, "withdraw": 1}


def test_nothing_private_leaves_without_being_asked_for(run, small: Path, tmp_path: Path) -> None:
    run("-C", small, "export", "-o", "out.sqlite", "--as-of", "2017-07-01")
    data = (tmp_path / "out.sqlite").read_bytes()
    assert b"inner-" not in data
    assert b"public words" in data
    run("-C", small, "export", "-o", "all.sqlite", "--as-of", "2017-07-01", "--internal")
    everything = (tmp_path / "all.sqlite").read_bytes()
    assert all(word in everything for word in (b"inner-remark", b"inner-tag", b"inner-person", b"inner-note"))


def test_parquet_is_a_folder_of_typed_tables_with_the_views_beside_them(run, small: Path, tmp_path: Path) -> None:
    for _ in range(2):  # a second export takes the place of the first
        run("-C", small, "export", "-o", "out", "--format", "parquet", "--as-of", "2017-07-01")
    table = pq.read_table(tmp_path / "out" / "standing.parquet")
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["day"], types["slip"], types["done"], types["progress"]) == ("date32[day]", "int64", "bool", "double")
    assert table.schema.field("slip").metadata[b"comment"]
    assert "CREATE VIEW figures" in (tmp_path / "out" / "views.sql").read_text(encoding="utf-8")


def test_two_exports_are_the_same_bytes(run, small: Path, tmp_path: Path) -> None:
    for name in ("a.sqlite", "b.sqlite"):
        run("-C", small, "export", "-o", name, "--as-of", "2017-07-01", "--days", "weeks")
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()


@pytest.mark.parametrize(
    "asked, days",
    [
        (["months"], ["2017-04-30", "2017-05-31", "2017-06-30"]),
        (["2017-05-01,2017-05-03", "2017-05-02"], ["2017-05-01", "2017-05-02", "2017-05-03"]),
        (["months,2017-07-01"], ["2017-04-30", "2017-05-31", "2017-06-30", "2017-07-01"]),
        ([], ["2017-07-01"]),
    ],
)
def test_days_are_ends_of_months_or_given(run, small: Path, tmp_path: Path, asked: list[str], days: list[str]) -> None:
    given = [word for one in asked for word in ("--days", one)]
    run("-C", small, "export", "-o", "out.sqlite", "--as-of", "2017-07-01", *given)
    assert [day for (day,) in rows(tmp_path / "out.sqlite", "SELECT DISTINCT day FROM standing ORDER BY 1")] == days


def test_weeks_end_on_their_closing_day(run, tmp_path: Path) -> None:
    run("-C", DATA, "export", "-o", "out.sqlite", "--days", "weeks")
    found = [day for (day,) in rows(tmp_path / "out.sqlite", "SELECT DISTINCT day FROM standing ORDER BY 1 DESC")]
    assert found[:2] == ["2017-12-31", "2017-12-24"]


@pytest.mark.parametrize(
    "arguments, words",
    [
        ([], "a file or a folder"),
        (["-o", "out.txt"], "tells no format"),
        (["-o", "out.sqlite", "--days", "soon"], "soon"),
        (["-o", "there", "--format", "sqlite"], "is no file"),
        (["-o", "there", "--format", "parquet"], "holds something else"),
        (["-o", "none/out.sqlite"], "cannot write"),
    ],
)
def test_what_cannot_be_written_is_refused(run, small: Path, tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "letter.txt").write_text("dear", encoding="utf-8")
    said = run("-C", small, "export", *arguments, code=2)
    assert words in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "there"]


def test_a_ledger_that_cannot_be_read_whole_is_not_exported(run, small: Path, tmp_path: Path) -> None:
    (small / "problems.yaml").write_bytes(b"- id: \x00\xff")
    run("-C", small, "export", "-o", "out.sqlite", code=2)
    assert not (tmp_path / "out.sqlite").exists()


@pytest.fixture
def city(small: Path, make_ledger) -> Path:
    """The small ledger with another one below it, and an order of it about an item of that."""
    facts = [fact("2017-05-01", "progress", "A1", value="40"), fact("2017-05-02", "done", "A2")]
    make_ledger(files([item("A1", lead="万州区"), item("A2", remark="inner-remark")], facts, title="万州"), "below")
    text = (small / "ledger.yaml").read_text(encoding="utf-8").rstrip().removesuffix("}").rstrip()
    (small / "ledger.yaml").write_text(text + ', "includes": {"wanzhou": {"path": "../below"}}}\n', encoding="utf-8")
    with (small / "journal/2017/office.csv").open("a", encoding="utf-8") as stream:
        stream.write(journal([fact("2017-06-02", "supervise", "wanzhou/A1", key="listed")]).splitlines()[1] + "\n")
    return small


def test_ledgers_below_are_named_that_are_not_in_it(run, city: Path, tmp_path: Path) -> None:
    said = run("-C", city, "export", "-o", "out.sqlite", "--as-of", "2017-07-01")
    assert "--includes takes in those of wanzhou" in said.err
    file = tmp_path / "out.sqlite"
    assert rows(file, "SELECT name, exported FROM include") == [("", 1), ("wanzhou", 0)]
    assert rows(file, "SELECT count(*) FROM standing WHERE include <> ''") == [(0,)]


def test_with_includes_every_row_tells_its_ledger_and_the_figures_stay_those_of_the_own(
    run, city: Path, tmp_path: Path
) -> None:
    run("-C", city, "export", "-o", "out.sqlite", "--as-of", "2017-07-01", "--includes")
    file = tmp_path / "out.sqlite"
    assert rows(file, "SELECT include, item, state FROM standing ORDER BY item") == [
        ("", "M1", "active"), ("", "M2", "withdrawn"), ("wanzhou", "wanzhou/A1", "active"),
        ("wanzhou", "wanzhou/A2", "done"),
    ]  # fmt: skip
    assert rows(file, "SELECT total, done FROM figures WHERE book = 'measures'") == [(1, 0)]
    assert rows(file, "SELECT ledger, total, done, supervised FROM rolled_totals ORDER BY ledger") == [
        ("", 1, 0, 0), ("total", 3, 1, 1), ("wanzhou", 2, 1, 1),
    ]  # fmt: skip
    assert rows(file, "SELECT title, way, place, seals, last_entry, silent, exported FROM include")[1] == (
        "万州", "path", "../below", "none", "2017-05-02", 1, 1,
    )  # fmt: skip
    orders = rows(file, "SELECT item, in_force, path FROM entry WHERE event = 'supervise'")
    assert orders == [("wanzhou/A1", 1, "journal/2017/office.csv")]
    assert rows(file, "PRAGMA foreign_key_check") == []
    assert b"inner-" not in file.read_bytes()


def test_an_export_counts_on_without_a_ledger_and_says_so(run, city: Path, tmp_path: Path) -> None:
    (tmp_path / "below").rename(tmp_path / "elsewhere")
    run("-C", city, "export", "-o", "out.sqlite", "--includes", code=2)
    assert not (tmp_path / "out.sqlite").exists()
    said = run("-C", city, "export", "-o", "out.sqlite", "--includes", "--without", "wanzhou")
    assert "without the included ledgers: wanzhou" in said.err
    assert rows(tmp_path / "out.sqlite", "SELECT value FROM export WHERE name = 'without'") == [("wanzhou",)]
