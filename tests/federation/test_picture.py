"""Items of ledgers below are drawn like one's own."""

from __future__ import annotations

from pathlib import Path

from tests.paper import files, item


def test_the_id_of_an_item_below_names_its_picture(run, make_ledger, tmp_path: Path):
    make_ledger(files([item("A1")]), "below")
    city = make_ledger(files([item("M1")], includes={"wanzhou": {"path": "../below"}}), "city")
    run("-C", city, "chart", "item", "wanzhou/A1", "-o", "a1.svg", "--as-of", "2017-12-01")
    assert "title of A1" in (tmp_path / "a1.svg").read_text(encoding="utf-8")
