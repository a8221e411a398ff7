"""No rule takes four times the steps for twice the ledger: steps are counted, not seconds, so that no machine matters."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from types import FrameType
from typing import Any

import pytest

from ledger.model.ledger import Ledger
from ledger.rule.registry import RULES
from ledger.rule.rule import Case, Rule
from ledger.state.figure.claim import Recount
from tests.paper import fact, files, item, read

DAY = date(2018, 6, 30)
SETTINGS: dict[str, Any] = {
    "approvers": ["领导小组"], "decides": {"done": ["领导小组"]}, "week": {"closes": "thursday", "roll_call": True},
    "closing": {"steps": ["self_check", "acceptance"], "lookback_days": 30, "takes": {"acceptance": "5w"}, "by": "due+30w"},
}  # fmt: skip


def facts_of(id_: str, number: int, times: int) -> Iterator[dict[str, str]]:
    """Something for every rule to find, as often as `times`."""
    for week in range(times):
        day = (date(2017, 1, 2) + timedelta(weeks=week)).isoformat()
        yield fact(day, "reading", id_, key="started", value=40 - week % 40, by=f"单位{number}", part=1, of=3)
        yield fact(day, "reading", id_, key="gone", value=week, by=f"单位{number}")
        yield fact(day, "progress", id_, value=90 - week % 80)
        yield fact(day, "report", id_, text=f"电话 1380013{8000 + week}")
        yield fact(day, "report", id_, text="x", by=f"单位{number}")
        yield fact(day, "extend", id_, until="2017-06-30", by=f"单位{number}")
        yield fact(day, "step", id_, key="acceptance", by="市环保局")
        yield fact(day, "void", id_, key=f"{day}/report/", by="甲")
        yield fact(day, "void", id_, key=f"{day}/trouble/", by=f"单位{number}")
        yield fact(day, "request", id_, key="extend", until="2018-12-31", by=f"单位{number}")
        yield fact(day, "amend", id_, key="nothing", value="x")
        yield fact(day, "lift", id_, key="letter", by="领导小组")
    yield fact("2018-01-05", "done", id_)
    yield fact("2018-01-08", "close", id_)
    yield fact("2018-01-09", "withdraw", f"W{number}", key=id_)


def ledger_of(items: int, times: int) -> Ledger:
    plan = [
        item(f"M{n}", responsible=[f"单位{n}", f"单位{n}、乙"], problems=[f"P{n}", "Q"], targets={
            "started": {"name": "开工", "goal": ">= 46", "due": "2017-12-31"}, "full": {"goal": 3, "unit": "%"}},
            milestones={"late": {"due": "2019-01-01"}})
        for n in range(items)
    ] + [item(f"W{n}", under=f"M{n}") for n in range(items)]  # fmt: skip
    problems = [item(f"P{n}", targets={"left": {"goal": 1}}) for n in range(items)]
    facts = [one for n in range(items) for one in facts_of(f"M{n}", n, times)]
    # What is near to an unknown id is looked for in all ids, and therefore for a few of them only.
    facts += [fact("2018-01-09", "report", f"nobody{n}") for n in range(3)]
    weeks = items * times
    for n in range(weeks):
        label = f"2017-W{n % 50 + 1:02}"
        facts.append(fact("2017-06-01", "return", "", key=label, by=f"单位{n}"))
        facts.append(fact("2017-06-02", "void", "", key=f"2017-06-01/return/{label}//单位{n}", by=f"单位{n}"))
    return read(files(plan, facts, problems=problems, **SETTINGS))


def case_of(items: int, times: int) -> Case:
    return Case(Recount(ledger_of(items, times)), DAY, DAY)


def steps(case: Case, rules: Sequence[Rule]) -> int:
    """How many lines of Python, those within comprehensions too, rules take with all that they ask for."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        ask(case, rules)
    finally:
        sys.settrace(before)
    return count


def ask(case: Case, rules: Sequence[Rule]) -> None:
    for rule in rules:
        assert rule.check is not None
        for _ in rule.check(case):
            pass


CHECKED = [rule for rule in RULES if rule.check is not None]
SIZES = {"small": (8, 3), "wide": (16, 3), "deep": (8, 6)}
"""How many items, and how often something happens to each."""


@pytest.fixture(scope="module")
def asked() -> dict[str, Case]:
    """What all rules have been asked about: what several of them need is worked out."""
    cases = {size: case_of(*numbers) for size, numbers in SIZES.items()}
    for case in cases.values():
        ask(case, CHECKED)
    return cases


@pytest.mark.parametrize("rule", CHECKED, ids=lambda rule: f"{rule.label}-{rule.check.__name__}")
def test_twice_the_ledger_takes_a_rule_twice_the_steps(rule: Rule, asked: dict[str, Case]):
    small, wide, deep = (steps(case, [rule]) for case in asked.values())
    assert wide <= 2.5 * small + 300
    assert deep <= 2.5 * small + 300


def test_twice_the_ledger_takes_what_rules_share_twice_the_steps():
    ask(case_of(1, 1), CHECKED)  # loads the calendar, and whatever else is loaded once
    small, wide, deep = (steps(case_of(*numbers), CHECKED) for numbers in SIZES.values())
    assert wide <= 2.2 * small
    assert deep <= 2.2 * small
