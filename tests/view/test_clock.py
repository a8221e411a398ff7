"""What `show`, `due`, `list` and `plan` tell of the clock."""

from __future__ import annotations

import json

import pytest

from tests.paper import fact, files, item

pytestmark = pytest.mark.quick

CLOSING = {
    "steps": ["self_check", "acceptance", "review", "notice"], "notice_days": 7, "by": "due",
    "takes": {"self_check": "5w", "acceptance": "10w", "review": "5w"},
}  # fmt: skip


@pytest.fixture
def book(make_ledger):
    def make(*facts: dict[str, str], plan: list[dict[str, object]] | None = None, **settings: object):
        return make_ledger(files(plan or [item()], facts, **({"closing": CLOSING} | settings)))

    return make


def told(run_any, folder, *arguments: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(run_any(*arguments, "-C", folder, "--format", "json").out)
    return found


def test_show_gives_the_plan_to_programs(run_any, book):
    shown = told(run_any, book(), "show", "M1", "--as-of", "2017-12-05")
    assert shown["plan"][0] == {
        "step": "self_check", "latest_start": "2017-11-27", "latest_end": "2017-12-01", "recorded": None}  # fmt: skip
    named = ("latest_done", "latest_begin", "earliest_close", "slack")
    assert [shown[name] for name in named] == ["2017-11-26", None, "2018-01-09", -6]


def test_show_has_the_work_first_where_the_plan_says_how_long_it_takes(run_any, book):
    shown = told(run_any, book(plan=[item(takes="20w")]), "show", "M1", "--as-of", "2017-10-05")
    assert (shown["plan"][0]["step"], shown["latest_begin"]) == ("work", "2017-10-30")


def test_a_ledger_without_a_limit_has_none_of_the_keys(run_any, book):
    shown = told(run_any, book(closing={}), "show", "M1", "--as-of", "2017-12-05")
    assert not {"plan", "latest_done", "slack", "level"} & shown.keys()


def test_due_lists_steps_and_requests_and_the_level_of_each_row(run_any, book):
    asked = fact("2017-11-30", "request", key="extend", by="市环保局", until="2018-06-30")
    folder = book(asked, warning={"levels": {"提示": 30, "逾期": 0}})
    found = told(run_any, folder, "due", "--as-of", "2017-12-02", "--within", "3d")
    assert found["steps"] == [
        {"item": "M1", "step": "self_check", "latest_start": "2017-11-27"},
        {"item": "M1", "step": "acceptance", "latest_start": "2017-12-04"},
    ]
    assert found["requests"] == [{"item": "M1", "key": "extend", "by": "市环保局", "since": "2017-11-30"}]
    found = told(run_any, folder, "due", "--as-of", "2017-12-02", "--within", "30d")
    assert [row["level"] for row in found["coming"]] == ["提示"]


def test_due_fails_on_what_is_late_and_not_on_what_only_waits(run_any, book):
    folder = book(fact("2017-11-20", "done"))
    assert run_any("due", "-C", folder, "--as-of", "2017-11-28").code == 0
    assert run_any("due", "-C", folder, "--as-of", "2017-12-02").code == 1


def test_list_bears_the_level(run_any, book):
    folder = book(warning={"levels": {"提示": 30, "逾期": 0}})
    assert [one["level"] for one in told(run_any, folder, "list", "--as-of", "2018-01-01")["items"]] == ["逾期"]


def test_a_plan_is_made_without_any_journal(run_any, book):
    folder = book(fact("2017-11-02", "extend", until="2018-06-30"), fact("2017-11-03", "done"))
    found = told(run_any, folder, "plan", "--as-of", "2017-12-01")
    assert [one["latest_start"] for one in found["steps"]] == ["2017-11-27", "2017-12-04", "2017-12-18", "2017-12-25"]
    assert found["closings"] == [{"week": "2017-W52", "closings": 1}]


def test_a_plan_names_the_weeks_in_which_more_is_to_be_accepted_than_ever(run_any, book):
    plan = [item(f"M{number}") for number in range(1, 4)]
    folder = book(fact("2017-06-01", "step", key="acceptance", by="验收组"), plan=plan)
    found = told(run_any, folder, "plan", "--as-of", "2017-12-01")
    assert found["overloads"] == [{"week": "2017-W50", "acceptor": None, "planned": 3, "best": 1}]


def test_the_calendar_holds_the_steps_and_rings_at_each_level(run_any, book):
    folder = book(warning={"levels": {"提示": 20, "预警": 10, "逾期": 0}})
    text = run_any("list", "-C", folder, "--format", "ics", "--as-of", "2017-10-01").out.replace("\r\n ", "")
    assert "latest start of acceptance" in text
    assert [f"TRIGGER:{when}" in text for when in ("-P19DT15H", "-P9DT15H", "P1DT9H")] == [True] * 3
