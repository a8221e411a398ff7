"""Random ledgers in which more happens than in those of `tests.strategy`: voids, amendments, actions and their sums."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from ledger.model.ledger import Ledger
from tests.paper import fact, files, item, sound
from tests.strategy import days, goals, iso, ledgers, numbers


def _name(one: dict[str, str]) -> str:
    return "/".join(one.get(name, "") for name in ("date", "event", "key", "value", "by"))


_DECIDED = {
    "done": [{"firm": "basic"}, {"approx": "before"}, {"value": "2017-09-30"}],
    "close": [{"key": "stage", "value": "x"}],
    "request": [{"key": "extend", "by": "万州区", "until": "2018-12-31"}, {"key": "done", "by": "万州区"}],
    "decline": [{"key": "extend", "by": "领导小组", "note": "不同意"}],
    "supervise": [{"key": "warning"}],
}
"""What is decided or asked for: events with cells that change figures of their own."""


@st.composite
def decided(draw: st.DrawFn, ids: list[str]) -> dict[str, str]:
    event = draw(st.sampled_from(sorted(_DECIDED)))
    return fact(draw(iso), event, draw(st.sampled_from(ids)), **draw(st.sampled_from(_DECIDED[event])))


@st.composite
def lively(draw: st.DrawFn) -> dict[str, Any]:
    """`measures`, `problems`, `actions` and `facts`, ready for `paper.files(**…)`."""
    made = draw(ledgers(most=4))
    parent = made["measures"][0]
    parent["targets"] = {**parent.get("targets", {}), "s": {"name": "sum", "goal": draw(goals), "sum": "actions"}}
    ids = [one["id"] for book in ("measures", "problems") for one in made[book]]
    actions = [
        item(f"A{n}", due=draw(iso), under=draw(st.sampled_from(ids)), targets={"s": {"name": "share"}})
        for n in range(draw(st.integers(0, 2)))
    ]
    if actions and draw(st.booleans()):
        made["measures"][-1]["actions"] = [actions[-1]["id"]]
    facts = list(made["facts"])
    for action in actions:
        for _ in range(draw(st.integers(0, 2))):
            facts.append(fact(draw(iso), "reading", action["id"], key="s", value=draw(numbers)))
        for _ in range(draw(st.integers(0, 2))):
            facts.append(fact(draw(iso), "progress", action["id"], value=draw(st.integers(0, 100))))
        if draw(st.booleans()):
            facts.append(fact(draw(iso), draw(st.sampled_from(["done", "withdraw", "start"])), action["id"]))
        if draw(st.booleans()):
            facts.append(fact(draw(iso), "amend", action["id"], key="under", value=draw(st.sampled_from(ids))))
    for _ in range(draw(st.integers(0, 2))):
        changed = draw(st.sampled_from([("weight", "3"), ("targets.a.goal", ">= 3"), ("targets.a.due", "2017-12-30")]))
        facts.append(fact(draw(iso), "amend", draw(st.sampled_from(ids)), key=changed[0], value=changed[1]))
    for _ in range(draw(st.integers(0, 3))):
        facts.append(draw(decided(ids)))
    for one in draw(st.lists(st.sampled_from(made["facts"]), max_size=2)) if made["facts"] else ():
        facts.append(fact(draw(iso), "void", one["item"], key=_name(one)))
    return {**made, "actions": actions, "facts": facts}


def ledger_of(written: dict[str, Any]) -> Ledger:
    return sound(files(**written))


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date]:
    """Two days, the earlier one first."""
    first, last = sorted((draw(days), draw(days)))
    return first, last
