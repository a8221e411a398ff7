"""`ledger init`: three ways to start, none of which overwrites anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import DATA


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.quick
def test_a_small_start_works_at_once(run, tmp_path: Path, lang: str):
    said = run("init", "new", "--lang", lang).out
    assert "ledger -C new status" in said
    found = json.loads(run("-C", "new", "status", "--format", "json").out)
    assert (found["books"]["measures"]["total"], found["books"]["problems"]["total"]) == (2, 1)
    assert found["findings"]["error"] == 0


def test_without_a_folder_it_starts_here(run, tmp_path: Path):
    run("init")
    assert (tmp_path / "ledger.yaml").is_file()
    assert run("status").err == ""


def test_it_starts_beside_what_is_there_already(run, tmp_path: Path):
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "journal").mkdir()
    run("init")
    assert (tmp_path / "README.md").read_text() == "mine"


@pytest.mark.parametrize(
    "example", [[], ["--example", "chongqing"], ["--example", "full", "--items", "40", "--weeks", "1"]], ids=str
)
def test_it_refuses_to_overwrite(run, tmp_path: Path, example: list[str]):
    run("init", "x")
    before = tree(tmp_path)
    assert "x" in run("init", "x", *example, code=2).err
    assert tree(tmp_path) == before


def test_one_file_in_the_way_stops_all(run, tmp_path: Path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "measures.yaml").write_text("mine")
    assert "measures.yaml" in run("init", "x", code=2).err
    assert tree(tmp_path) == {"x/measures.yaml": b"mine"}


def test_a_file_in_place_of_the_folder_is_a_sentence(run, tmp_path: Path):
    (tmp_path / "x").write_text("mine")
    assert "Traceback" not in run("init", "x", code=2).err
    assert tree(tmp_path) == {"x": b"mine"}


def test_the_chongqing_example_is_the_data_of_this_repository(run, tmp_path: Path):
    run("init", "x", "--example", "chongqing")
    written = tree(tmp_path / "x")
    assert written.pop(".gitattributes") == b"journal/**/*.csv merge=union\n"
    assert written == tree(DATA)
    assert run("-C", "x", "status", "--format", "json").out == run("-C", DATA, "status", "--format", "json").out


def test_the_full_example_can_be_scaled(run, tmp_path: Path):
    run("init", "x", "--example", "full", "--items", "60", "--weeks", "4", "--seed", "7")
    found = json.loads(run("-C", "x", "status", "--format", "json").out)
    assert sum(book["total"] for book in found["books"].values()) == 60
    assert found["as_of"] == "2017-12-31"
    run("init", "y", "--example", "full", "--items", "60", "--weeks", "4", "--seed", "7")
    assert tree(tmp_path / "x") == tree(tmp_path / "y")


@pytest.mark.parametrize("arguments", [
    ("--example", "full", "--items", "39"), ("--example", "full", "--weeks", "0"), ("--items", "60"),
    ("--example", "chongqing", "--seed", "1"),
], ids=" ".join)  # fmt: skip
def test_a_size_that_cannot_be_is_refused_and_nothing_written(run, tmp_path: Path, arguments: tuple[str, ...]):
    run("init", "x", *arguments, code=2)
    assert tree(tmp_path) == {}
