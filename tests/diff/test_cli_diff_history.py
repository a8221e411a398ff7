"""A history of forty commits, each with one change: every one is told as exactly what it is."""

from __future__ import annotations

import copy
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger.compare.difference import KINDS
from tests.compare.compare_paper import OFFICE, Edit, Sheet, adds, sheet
from tests.history import Commit, git, repository
from tests.paper import item

FOLDER = "整改 台账/2018 年"


def on(id_: str, **cells: object) -> Edit:
    return lambda s: s.item(id_).update(cells)


def target(key: str, **cells: object) -> Edit:
    return lambda s: s.item("M1")["targets"][key].update(cells)


STORY: list[tuple[Edit, str, str, bool]] = [
    (adds("2017-08-01", "report", "M2", text="过半"), "entry_added", "M2", False),
    (adds("2017-08-03", "reading", key="started", value=41, by="万州区"), "entry_added", "M1", False),
    (adds("2017-08-10", "extend", until="2018-01-31"), "postponed", "M1", True),
    (adds("2017-08-11", "extend", until="2018-02-28", by="万州区"), "entry_added", "M1", False),
    (adds("2017-08-12", "void", key="2017-08-11/extend///万州区"), "entry_removed", "M1", True),
    (on("M2", due="2018-09-30"), "postponed", "M2", False),
    (on("M2", due="2018-06-30"), "advanced", "M2", False),
    (on("M4", due="2019-12-31"), "advanced", "M4", False),
    (on("M4", due="long_term"), "postponed", "M4", False),
    (target("started", goal=">= 40"), "weakened", "M1", False),
    (target("started", goal=">= 46"), "strengthened", "M1", False),
    (target("started", firm="basic"), "weakened", "M1", False),
    (adds("2017-08-20", "amend", key="targets.left.goal", value="<= 5"), "weakened", "M1", True),
    (adds("2017-08-21", "reading", key="exact", value=2, exempt=1, note="已关停", by="市城管委"), "weakened", "M1", False),
    (lambda s: s.item("M1")["targets"].update(more={"name": "新增", "goal": ">= 1"}), "target_added", "M1", False),
    (lambda s: s.item("M1")["targets"].pop("more"), "target_removed", "M1", False),
    (lambda s: s.item("M1")["milestones"].update(works={"due": "2017-11-30"}), "milestone_added", "M1", False),
    (lambda s: s.item("M1")["milestones"]["works"].update(due="2017-12-15"), "milestone_moved", "M1", False),
    (lambda s: s.item("M1")["milestones"].pop("works"), "milestone_removed", "M1", False),
    (on("M2", weight=1), "weight_changed", "M2", False),
    (on("M2", title="第二项，改名"), "retitled", "M2", False),
    (on("M2", lead="市城管委"), "lead_changed", "M2", False),
    (adds("2017-08-25", "amend", "M2", key="lead", value="万州区"), "lead_changed", "M2", True),
    (on("M2", remark="内部"), "field_changed", "M2", False),
    (lambda s: s.fact("2017-08-03").update(note="含在建"), "field_changed", "M1", True),
    (lambda s: s.fact("2017-08-03").update(value="45"), "entry_rewritten", "M1", False),
    (lambda s: s.facts.remove(s.fact("2017-08-01")), "entry_removed", "M2", False),
    (adds("2017-08-26", "void", key="2017-08-03/reading/started/45/万州区"), "entry_removed", "M1", True),
    (adds("2017-08-02", "report", "M2", text="补记"), "backdated", "M2", False),
    (adds("2017-09-01", "done", "M2"), "done", "M2", False),
    (adds("2017-09-02", "close", "M2"), "closed", "M2", False),
    (adds("2017-09-03", "lookback", "M2", key="relapsed"), "relapsed", "M2", False),
    (adds("2017-09-04", "reopen", "M2", until="2019-06-30"), "reopened", "M2", True),
    (adds("2017-09-05", "withdraw", "M3", key="M1"), "withdrawn", "M3", True),
    (lambda s: s.measures.append(item("M5")), "added", "M5", False),
    (lambda s: s.measures.remove(s.item("M5")), "removed", "M5", False),
    (lambda s: s.settings["warning"].update(immediate_days=60), "setting_changed", "", False),
    (lambda s: s.claims["claims"][0]["figures"].update({"measures.total": 5}), "claim_changed", "", False),
    (lambda s: s.settings["units"].append({"name": "开州区"}), "unit_changed", "", False),
    (lambda s: s.waivers.append({"code": "L801", "item": "M1", "reason": "r", "by": OFFICE, "until": "2018-06-30"}),
     "waiver_added", "M1", False),
]  # fmt: skip


def versions() -> list[Sheet]:
    """The ledger after each commit."""
    found = [sheet()]
    for edit, *_ in STORY:
        later = copy.deepcopy(found[-1])
        edit(later)
        found.append(later)
    return found


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    commits = [Commit({f"{FOLDER}/{path}": text for path, text in version.files().items()}) for version in versions()]
    return repository(tmp_path_factory.mktemp("history"), commits) / FOLDER


def test_forty_commits_are_told_one_by_one(run, root: Path):
    assert len(STORY) == 40
    for back, (_, kind, item_id, explained) in enumerate(reversed(STORY)):
        told = json.loads(run("-C", root, "diff", f"HEAD~{back + 1}..HEAD~{back}", "--format", "json").out)["changes"]
        assert [(one["kind"], one["item"] or "", one["explained"]) for one in told] == [(kind, item_id, explained)]


def test_the_story_has_every_kind():
    assert {kind for _, kind, _, _ in STORY} == set(KINDS)


@pytest.mark.parametrize("name", ["HEAD", "HEAD~20", "HEAD~40"])
def test_a_version_does_not_differ_from_itself(run, root: Path, name: str):
    assert json.loads(run("-C", root, "diff", f"{name}..{name}", "--format", "json").out)["changes"] == []


def test_ten_postponements_of_three_days_are_thirty_against_the_baseline(run, tmp_path: Path):
    def version(number: int, approved: str = "") -> Commit:
        made = sheet()
        made.item("M2").update(due=str(date(2018, 6, 30) + timedelta(3 * number)))
        made.settings.update(baseline={"tag": "plan-approved", "commit": approved} if approved else {})
        return Commit(made.files(), day=str(date(2018, 1, 4) + timedelta(7 * number)))

    ledger = repository(tmp_path / "book", [version(0)])
    approved = git(ledger, "rev-parse", "HEAD")
    repository(ledger, [version(n, approved)._replace(parent=approved if n == 1 else "", branch="later")
                        for n in range(1, 11)])  # fmt: skip
    git(ledger, "checkout", "--quiet", "later")
    each = [json.loads(run("-C", ledger, "diff", f"HEAD~{n + 1}..HEAD~{n}", "--format", "json").out) for n in range(9)]
    assert [one["kind"] for told in each for one in told["changes"]] == ["postponed"] * 9
    whole = json.loads(run("-C", ledger, "diff", "--baseline", "--format", "json").out)["changes"]
    moved = [(one["item"], one["before"], one["after"]) for one in whole if one["kind"] == "postponed"]
    assert moved == [("M2", "2018-06-30", "2018-07-30")]
    assert "30 days later" in run("-C", ledger, "diff", "--baseline").out


def test_the_whole_story_at_once(run, root: Path):
    told = json.loads(run("-C", root, "diff", "HEAD~40", "--format", "json").out)["changes"]
    moved = [one for one in told if one["kind"] == "postponed"]
    assert [(one["item"], one["before"], one["after"], one["explained"]) for one in moved] == [
        ("M1", "2017-12-31", "2018-01-31", True)
    ]
    kinds = {one["kind"] for one in told if not one["explained"]}
    assert not kinds & {"strengthened", "milestone_moved", "removed", "added", "entry_removed", "entry_rewritten"}
    assert kinds >= {"weakened", "retitled", "weight_changed", "done", "closed", "relapsed", "waiver_added"}
