"""Twenty tasks of every day, typed as `docs/daily.md` has them."""

from __future__ import annotations

import shlex
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from tests.cli.daily import TASKS, Task
from tests.paper import fact, files, item

pytestmark = pytest.mark.quick

PLAN = [
    item("M1", title="污水厂", lead="市城管委", due="2018-12-31", targets={"built": {"name": "建成", "unit": "座", "goal": ">= 4"}},
         milestones={"plans": {"name": "方案", "due": "2017-11-30"}}),
    item("M2", title="噪声治理", lead="万州区", due="2017-12-15"),
    item("M3", title="禁投清单", lead="市农委", due="2018-03-31"),
]  # fmt: skip
FACTS = [fact("2017-12-01", "trouble", "M2", by="万州区", text="缺资金")]
SETTINGS = {
    "queries": {"我的": "is:open lead:万州区 schedule:overdue"},
    "approvers": ["领导小组"],
}


class _Friday(datetime):
    """A clock that stands on the day on which all of this is typed."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime(2017, 12, 29, 9, tzinfo=tz)


@pytest.fixture
def here(make_ledger, monkeypatch: pytest.MonkeyPatch) -> Path:
    # The clock itself stands still: a command that is loaded meanwhile would keep a function put in its place.
    monkeypatch.setattr("ledger.cli.options.datetime", _Friday)
    return make_ledger(files(PLAN, FACTS, **SETTINGS))


def held(here: Path, task: Task, out: str) -> str:
    """Where the answer is looked for."""
    if task.kind == "journal":
        return "".join(path.read_text() for path in here.glob("journal/**/*.csv"))
    return (here / "measures.yaml").read_text() if task.kind == "plan" else out


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.en)
def test_the_line_does_the_task(run_any, here: Path, task: Task):
    result = run_any(*shlex.split(task.now)[1:], cwd=here)
    assert result.code in (0, 1), result.err
    assert task.says in held(here, task, result.out)


@pytest.mark.parametrize("task", [task for task in TASKS if task.kind], ids=lambda task: task.en)
def test_the_long_form_does_the_same(run_any, here: Path, task: Task):
    for line in task.before.split("; "):
        result = run_any(*shlex.split(line)[1:], cwd=here)
        assert result.code in (0, 1), result.err
    assert task.says in held(here, task, result.out)


def test_there_are_twenty_and_none_takes_more_keys_than_before():
    assert len(TASKS) == 20
    assert [task.en for task in TASKS if len(task.now) > len(task.before)] == []


def test_the_page_shows_every_line():
    from tests.conftest import ROOT

    for page in ("docs/daily.md", "docs/zh/daily.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert all(f"`{task.now}`" in text and f"| {len(task.before)} | {len(task.now)} |" in text for task in TASKS)
