"""A small ledger on paper and what one edit makes of it: the words in which tests of the comparison are written."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, NamedTuple

from ledger.compare.compare import changes
from ledger.compare.difference import Difference
from ledger.model.ledger import Ledger
from tests.paper import fact, files, item, read, yaml

OFFICE = "领导小组"

MEASURES = [
    item("M1", due="2017-12-31", responsible=["万州区"], targets={
        "started": {"name": "开工", "unit": "座", "goal": ">= 46", "due": "2017-12-31", "firm": "full"},
        "left": {"name": "未整改", "unit": "家", "goal": "<= 3", "from": 20},
        "exact": {"name": "份数", "goal": "= 3", "sum": "units"},
    }, milestones={"plans": {"name": "方案", "due": "2017-09-30"}}),
    item("M2", due="2018-06-30", weight=2, origin="feedback", problems=["P1"]),
    item("M3", due="immediate", added="2017-02-01"),
    item("M4", due="long_term"),
]  # fmt: skip
PROBLEMS = [item("P1", due="2018-12-31")]
FACTS = [
    fact("2017-05-01", "start", "M1"), fact("2017-06-01", "reading", "M1", key="started", value="40", by="万州区"),
    fact("2017-06-02", "report", "M2", text="开工"), fact("2017-06-03", "done", "P1"),
    fact("2017-07-01", "report", "M1", by="万州区"),
]  # fmt: skip
SETTINGS: dict[str, Any] = {
    "approvers": [OFFICE],
    "units": [{"name": "市环保局"}, {"name": "万州区", "kind": "district"}, {"name": "市城管委"}],
    "closing": {"steps": ["self_check", "acceptance"], "notice_days": 7},
    "warning": {"due_soon_days": 30, "immediate_days": 30},
}
CLAIMS = {
    "claims": [{"id": "c1", "as_of": "2017-06-30", "source": "r:1", "figures": {"measures.total": 4, "problems.done": 1}}],
    "facts": {"villages": {"value": 7252, "source": "r:2"}},
    "sums": ["villages = villages"],
}  # fmt: skip


class Sheet(NamedTuple):
    """The parts of a ledger, for a test to edit in place."""

    measures: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    facts: list[dict[str, str]]
    settings: dict[str, Any]
    claims: dict[str, Any]
    waivers: list[dict[str, Any]]

    def item(self, id_: str) -> dict[str, Any]:
        return next(one for one in (*self.measures, *self.problems) if one["id"] == id_)

    def fact(self, day: str) -> dict[str, str]:
        return next(one for one in self.facts if one["date"] == day)

    def files(self) -> dict[str, str | bytes]:
        texts: dict[str, str | bytes] = {**files(self.measures, self.facts, problems=self.problems, **self.settings)}
        if self.claims:
            texts["claims.yaml"] = yaml(self.claims)
        if self.waivers:
            texts["waivers.yaml"] = yaml(self.waivers)
        return texts

    def read(self) -> Ledger:
        ledger = read(self.files())
        assert not ledger.findings, [f"{found.place} {found.label} {found.message.en}" for found in ledger.findings]
        return ledger


def sheet() -> Sheet:
    """The ledger before any edit."""
    return Sheet(*copy.deepcopy((MEASURES, PROBLEMS, FACTS, SETTINGS, CLAIMS, [])))


Edit = Callable[[Sheet], object]


def edited(*edits: Edit) -> Sheet:
    """The ledger after some edits."""
    made = sheet()
    for edit in edits:
        edit(made)
    return made


def between(before: Sheet, after: Sheet) -> list[Difference]:
    return changes(before.read(), after.read())


def made(*edits: Edit) -> list[Difference]:
    """What some edits of the ledger come to."""
    return between(sheet(), edited(*edits))


def told(*edits: Edit) -> list[tuple[str, str, str]]:
    """Kind, item and field of each difference."""
    return [(one.kind, one.item, one.field) for one in made(*edits)]


def adds(day: str, event: str, id_: str = "M1", **cells: object) -> Edit:
    """The edit that appends a line to the journal."""
    return lambda sheet: sheet.facts.append(fact(day, event, id_, **cells))
