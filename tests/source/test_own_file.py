"""Which files are a ledger's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.source.own_file import reading_ledger

pytestmark = pytest.mark.quick

SETTINGS = """\
ledger: 1
start: 2017-01-01
books: {measures: {name: m, path: ./measures.yaml}, problems: {name: p, path: "plan/*.csv"}}
"""


@pytest.fixture
def root(make_ledger) -> Path:
    folder: Path = make_ledger({"ledger.yaml": SETTINGS, "measures.yaml": "[]\n", "journal/a.csv": "date,item,event\n"})
    return folder


@pytest.mark.parametrize("path", [
    "ledger.yaml", "claims.yaml", "waivers.yaml", "workdays.yaml", "measures.yaml", "plan/new.csv", "journal/new.csv",
    "journal/2017/deep/new.csv", "plan/../measures.yaml",
])  # fmt: skip
def test_what_the_ledger_reads_is_its_own_whether_it_is_there_or_not(root: Path, path: str):
    assert reading_ledger(root / path) == root


@pytest.mark.parametrize("path", [
    "report.md", "plan/report.md", "plan/deep/new.csv", "journal/a.md", "journal/.hidden.csv", "out/measures.yaml",
    "../measures.yaml", ".schema/plan.json",
])  # fmt: skip
def test_everything_else_is_free(root: Path, path: str):
    assert reading_ledger(root / path) is None


def test_a_link_to_a_book_is_the_book(root: Path, tmp_path: Path):
    (tmp_path / "out.yaml").symlink_to(root / "measures.yaml")
    (root / "same.yaml").hardlink_to(root / "measures.yaml")
    assert reading_ledger(tmp_path / "out.yaml") == root
    assert reading_ledger(root / "same.yaml") == root


def test_a_book_that_is_a_link_out_of_the_folder_is_one_all_the_same(root: Path, tmp_path: Path):
    (root / "plan").mkdir()
    (tmp_path / "elsewhere.csv").write_text("id\n")
    (root / "plan" / "p.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert reading_ledger(root / "plan" / "p.csv") == root


def test_of_settings_that_cannot_be_read_the_names_are_known(root: Path):
    (root / "ledger.yaml").write_text("books: [\n")
    assert reading_ledger(root / "claims.yaml") == root
    assert reading_ledger(root / "measures.yaml") is None


def test_a_circle_of_links_is_no_file_of_anybody(tmp_path: Path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert reading_ledger(tmp_path / "a") is None
