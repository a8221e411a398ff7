"""`ledger schema`: what an editor gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.model.json_schema import SCHEMAS


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_each_kind_of_file_has_its_schema(run, name: str):
    assert json.loads(run("schema", name).out) == SCHEMAS[name]()


def test_the_plan_is_the_one_most_wanted(run):
    assert run("schema").out == run("schema", "plan").out


def test_it_goes_into_a_file(run, tmp_path: Path):
    assert run("schema", "plan", "-o", tmp_path / "plan.json").out == ""
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["type"] == "array"


def test_it_needs_no_ledger(run, tmp_path: Path):
    run("schema", "settings", cwd=tmp_path)
