"""The ledger when the process that writes it is killed, or the disk is full, at any step."""

from __future__ import annotations

import json
import re

import pytest

from tests.paper import fact, files, item
from tests.storage.doomed import DIED, JOURNAL, PLAN, REFUSED, SAVED, UNHARMED, WORK, line_of

OLD = files([item()], [fact("2017-06-30", "start", text="first")])
APPENDED = OLD[JOURNAL] + line_of("x").decode()
HEADER = OLD[JOURNAL].splitlines(keepends=True)[0]
NEW = {
    "append": {**OLD, JOURNAL: APPENDED},
    "start a file": {**OLD, "journal/2018/office.csv": HEADER + line_of("x").decode()},
    "edit two": {**OLD, PLAN: OLD[PLAN].replace("title of M1", "title of x"), JOURNAL: APPENDED},
}
OURS = re.compile(r"(.*/)?\.ledger-[0-9a-f]{16}\.tmp")


@pytest.fixture
def experiment(spawn, tmp_path):
    """Runs an experiment of `doomed` and gives what it saw."""

    def call(*arguments: object):
        return json.loads(
            spawn(arguments[0], tmp_path / "ledger", *arguments[1:], python=("-m", "tests.storage.doomed")).out
        )

    return call


@pytest.mark.parametrize("work", WORK)
class TestOneSave:
    def test_killed_at_any_step_every_file_is_the_old_or_the_new_one(self, experiment, work: str):
        results = experiment("steps", work, "kill")
        new = NEW[work]
        for result in results:
            assert not result["findings"]
            assert set(OLD) <= set(result["visible"]) <= set(new)
            for path, text in result["visible"].items():
                assert text in (OLD.get(path), new[path])
            assert all(OURS.fullmatch(path) for path in result["hidden"])
        assert [result["end"] for result in results] == [DIED] * (len(results) - 1) + [UNHARMED]
        assert (results[-1]["visible"], results[-1]["hidden"]) == (new, [])
        # The steps reach from before the first byte to after the last name.
        died = [result for result in results if result["end"] == DIED]
        assert any(result["visible"] == OLD and not result["hidden"] for result in died)
        assert any(result["visible"] == OLD and result["hidden"] for result in died)
        assert any(result["visible"] == new for result in died)

    @pytest.mark.parametrize("arguments", [("steps", "full"), ("sizes",)])
    def test_on_a_full_disk_everything_is_written_or_nothing(self, experiment, work: str, arguments: tuple[str, ...]):
        results = experiment(arguments[0], work, *arguments[1:])
        wanted = {REFUSED: OLD, SAVED: NEW[work], UNHARMED: NEW[work]}
        for result in results:
            assert result["visible"] == wanted[result["end"]]
            assert not result["hidden"]
            assert not result["findings"]
        assert {REFUSED, SAVED} <= {result["end"] for result in results}


def test_killed_again_and_again_while_eighty_entries_are_recorded_it_loses_none_and_doubles_none(experiment):
    result = experiment("deaths", 80)
    assert result["faults"] == []
    assert result["deaths"] > 20
    assert result["texts"] == ["first", *(f"n{number:03}" for number in range(80))]
    lines = result["visible"][JOURNAL].splitlines()
    assert len(lines) == len(set(lines)) == 82
    assert result["findings"] == []
