"""The full example parted into a city and 59 units."""

from __future__ import annotations

import json

import pytest

from tests.federation.family import git


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    from ledger.cli.main import _exit_code

    folder = tmp_path_factory.mktemp("federation") / "city"
    assert _exit_code(["init", str(folder), "--example", "federation"]) == 0
    return folder


def test_together_they_are_the_full_example(run, city, full_ledger):
    told = json.loads(run("-C", city, "status", "--by", "include", "--format", "json").out)
    whole = json.loads(run("-C", full_ledger, "status", "--format", "json").out)["books"]
    total = told["groups"][-1]
    assert len(told["groups"]) == 61
    assert [total["books"]["measures"][one] for one in ("total", "due", "done")] == [37, 30, 32]
    assert [total["books"]["problems"][one] for one in ("total", "due", "done")] == [115, 88, 91]
    assert total["books"] == whole
    assert told["findings"]["error"] == 0


def test_every_repository_is_sound_and_clean(city):
    for folder in (city, city / "units/jiazi", city / "units/huanbao"):
        assert not git(folder, "fsck", "--strict")
        assert not git(folder, "status", "--porcelain")


def test_a_measure_is_made_up_of_its_parts_below(run, city):
    assert "jiazi/A0001" in json.loads(run("-C", city, "show", "M20", "--format", "json").out)["parts"]
