"""ledger forecast: what it says, what it refuses to say, and that later facts change nothing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.conftest import DATA
from tests.paper import fact, files, item

DAY = "2018-05-15"


def register(kept: int = 24, broken: int = 12, *, more: tuple[dict[str, str], ...] = ()) -> dict[str, Any]:
    """Past promises of five quarters, those of the first half of a year kept more often; two open ones."""
    items, facts = [], list(more)
    for number in range(kept + broken):
        id_, due = f"P{number}", f"2017-{(number % 4) * 3 + 3:02}-20"
        items.append(item(id_, due=due, added="2017-01-05"))
        if number < kept:
            facts.append(fact(due, "done", id_))
    items += [item("N1", due="2018-06-01", added="2018-01-05"), item("N2", due="2019-06-01", added="2018-01-05")]
    items.append(item("N3", due="2018-05-01"))
    return files(items, facts=facts, time_nodes=[])


@pytest.fixture
def ask(run, make_ledger):
    """The JSON of a forecast."""

    def call(texts: dict[str, Any], *arguments: str, day: str = DAY, name: str = "book") -> dict[str, Any]:
        root = make_ledger(texts, name)
        out = run("-C", root, "forecast", "--format", "json", "--as-of", day, *arguments).out
        found: dict[str, Any] = json.loads(out)
        return found

    return call


def test_open_items_are_told_the_worst_first_and_late_ones_apart(ask):
    found = ask(register())
    assert (found["schema"], found["as_of"]) == ("ledger/forecast/1", DAY)
    assert {one["id"] for one in found["overdue"]} == {"N3", *(f"P{number}" for number in range(24, 36))}
    assert {one["id"] for one in found["items"]} == {"N1", "N2"}
    chances = [one["p"] for one in found["items"]]
    assert chances == sorted(chances)
    assert all(0.02 <= chance <= 0.98 for chance in chances)


def test_a_group_has_its_expected_number_and_a_range(ask):
    (group,) = ask(register(), "--by", "lead")["groups"]
    assert (group["key"], group["n"]) == ("市环保局", 2)
    assert group["low"] <= group["expected"] <= group["high"]


def test_under_ten_past_promises_there_is_a_reason_and_no_number(ask):
    found = ask(register(5, 3), name="few")
    assert found["method"] == "none"
    assert found["reason"]
    assert [one["p"] for one in found["items"]] == [None, None]


def test_what_is_recorded_later_changes_no_byte(run, make_ledger):
    later = (
        fact("2018-05-16", "done", "N1"),
        fact("2018-05-20", "extend", "N2", until="2019-12-31"),
        fact("2018-05-20", "extend", "P30", until="2019-12-31"),
        fact("2018-06-01", "void", "P3", key="2017-12-20/done//", note="slip"),
    )
    texts = [register(), register(more=later)]
    roots = [make_ledger(each, name) for each, name in zip(texts, ("cut", "whole"), strict=True)]
    outs = [run("-C", root, "forecast", "--as-of", DAY, "--by", "book").out for root in roots]
    assert outs[0] == outs[1]


def test_an_archived_ledger_is_forecast_only_before_its_end(run):
    told = json.loads(run("-C", DATA, "forecast", "--format", "json").out)
    assert (told["method"], [one["p"] for one in told["items"] if one["p"] is not None]) == ("none", [])
    before = json.loads(run("-C", DATA, "forecast", "--format", "json", "--as-of", "2017-12-30").out)
    assert before["reason"] != told["reason"]


def test_the_backtest_has_the_scores_of_every_method(ask):
    found = ask(register(), "--backtest")
    assert found["schema"] == "ledger/backtest/1"
    assert set(found["brier"]) == {"class", "base", "last", "word"}
    assert found["n"] == sum(band["n"] for band in found["reliability"])


def test_a_grouping_that_does_not_exist_is_refused_with_those_that_do(run, make_ledger):
    err = run("-C", make_ledger(register()), "forecast", "--by", "colour", code=2).err
    assert "lead book time_node" in err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_people_read_how_many_of_how_many_were_kept(run, make_ledger, speak, lang: str):
    speak(lang, 120)
    out = run("-C", make_ledger(register()), "forecast", "--as-of", DAY).out
    (line,) = [line for line in out.splitlines() if line.startswith("N1")]
    assert re.search(r" \d+ % +\d+/\d+ ", line), line


def test_no_public_output_holds_a_forecast(run, make_ledger, tmp_path):
    root = make_ledger(register())
    run("-C", root, "site", "-o", tmp_path / "site", "--as-of", DAY)
    public = "".join(path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.*") if path.suffix != ".ics")
    public += run("-C", root, "report", "disclosure", "--as-of", DAY).out
    assert not [word for word in ("forecast", "预测", "how many past promises") if word in public]


def test_an_item_with_a_clock_on_its_closing_tells_its_slack(ask):
    closing = {"steps": ["acceptance"], "takes": {"acceptance": "10w"}, "by": "due"}
    texts = register()
    texts["ledger.yaml"] = str(texts["ledger.yaml"]).replace(
        '"time_nodes"', f'"closing": {json.dumps(closing)}, "time_nodes"', 1
    )
    slack = {one["id"]: one["slack"] for one in ask(texts, name="clock")["items"]}
    # Ten working days from 15 May end on the 28th; four are left until 1 June.
    assert slack["N1"] == 4
    assert slack["N2"] > 200
