"""A unit's part of a city's list makes a ledger of its own."""

from __future__ import annotations

from pathlib import Path

from tests.paper import files, item


def test_what_stays_above_is_left_out_and_named(run, make_ledger, tmp_path: Path):
    city = make_ledger(files([item("M1")], actions=[item("A1", under="M1", lead="甲区"), item("A2", lead="甲区")]))
    run("-C", city, "list", "lead:甲区", "--format", "xlsx", "-o", tmp_path / "unit.xlsx")
    said = run("init", "unit", "--from", "unit.xlsx")
    assert "the list does not hold M1" in said.err
    assert run("-C", "unit", "list", "-q").out.split() == ["A1", "A2"]
    run("-C", "unit", "check", "--ignore", "L8,L9")
