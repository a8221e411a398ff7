"""No command takes four times the steps for twice the ledger: calls are counted, not seconds, so that no machine
matters."""

from __future__ import annotations

from cProfile import Profile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger.cli.main import COMMANDS
from tests.paper import fact, files, item

SMALL = 4
"""Items of the smallest ledger; the others have two and four times as many."""

LINES = {
    "status": ["status", "--by", "lead"],
    "list": ["list", "schedule:overdue", "--sort", "due"],
    "show": ["show", "M0", "P0"],
    "check": ["check", "--all"],
    "plan": ["plan"],
    "due": ["due"],
    "requests": ["requests"],
    "forecast": ["forecast"],
    "report weekly": ["report", "weekly"],
    "report monthly": ["report", "monthly"],
    "report brief": ["report", "brief"],
    "report supervision": ["report", "supervision"],
    "report submissions": ["report", "submissions"],
    "report disclosure": ["report", "disclosure"],
    "report trend": ["report", "trend"],
    "chart gantt": ["chart", "gantt", "-o", "gantt.svg"],
    "chart burnup": ["chart", "burnup", "-o", "burnup.svg"],
    "chart heatmap": ["chart", "heatmap", "-o", "heatmap.svg"],
    "chart units": ["chart", "units", "-o", "units.svg"],
    "chart item": ["chart", "item", "M0", "-o", "item.svg"],
    "site": ["site", "-o", "site"],
    "export": ["export", "-o", "out.sqlite"],
    "form": ["form", "--all", "--week", "2018-W20", "--format", "csv", "-o", "forms"],
    "hand-up": ["hand-up", "-o", "up.zip"],
    "record": ["record", "report", "M0", "--date", "2018-06-29", "-m", "x"],
    "set": ["set", "M0", "title=other"],
    "add": ["add", "measures", "id=new", "title=new", "lead=unit", "due=2019-01-01"],
    "import": ["import", "facts.csv", "--journal"],
}
"""A line for every command that reads a ledger without asking git or another program; letters and forms that come back
are Word files and workbooks, whose libraries take nearly all of their steps."""

APART = {"init", "explain", "edit", "collect", "letter", "undo", "sync", "history", "diff", "schema", "completion"}


def ledger_of(folder: Path, items: int) -> Path:
    """A ledger in which something of everything happens to every item."""
    plan = [
        item(f"M{n}", title=f"measure {n}", lead=f"unit {n}", responsible=[f"unit {n}"], goal="all of it",
             problems=[f"P{n}"], due=f"2018-{n % 12 + 1:02}-28",
             targets={"started": {"name": "started", "goal": ">= 46", "due": "2017-12-31"}})
        for n in range(items)
    ]  # fmt: skip
    problems = [item(f"P{n}", lead=f"unit {n}") for n in range(items)]
    facts = []
    for n in range(items):
        day = date(2018, 1, 4) + timedelta(weeks=n % 20)
        facts += [
            fact(str(day), "report", f"M{n}", text="at work", by=f"unit {n}"),
            fact(str(day), "reading", f"M{n}", key="started", value=40 + n % 9, by=f"unit {n}"),
            fact(str(day), "progress", f"M{n}", value=50),
            fact(str(day), "request", f"M{n}", key="extend", until="2019-06-30", by=f"unit {n}"),
            fact(str(day), "supervise", f"P{n}", key="letter", until="2018-05-01"),
            fact(str(day), "done", f"P{n}", by=f"unit {n}"),
        ]
    settings = {
        "week": {"closes": "thursday", "roll_call": True},
        "closing": {"steps": ["self_check"], "by": "due+30w"},
    }
    for path, text in files(plan, facts, problems=problems, **settings).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    rows = "".join(f"2018-06-28,M{n},progress,60,unit {n}\n" for n in range(items))
    (folder / "facts.csv").write_text("date,item,event,value,by\n" + rows, encoding="utf-8")
    return folder


def calls(run_any: Any, folder: Path, line: list[str]) -> int:
    """How many functions of Python and of C a command calls."""
    dated = [] if line[0] in ("set", "add", "form", "record", "import") else ["--as-of", "2018-06-30"]
    with Profile() as profile:
        result = run_any(*line, *dated, cwd=folder)
    assert result.code in (0, 1), result.err
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_twice_the_ledger_takes_a_command_twice_the_steps(line, run_any, tmp_path):
    sizes = (1, SMALL, 2 * SMALL, 4 * SMALL)
    # The first run loads modules and fills what is kept for the rest of the process.
    _, once, twice, four_times = (calls(run_any, ledger_of(tmp_path / f"{n}", n), line) for n in sizes)
    # What a command does whatever the ledger holds falls out of the differences; with n² steps the left would be the
    # fourfold of the right, and more than a tenth of all. A chart of five units is as tall as one of ten: its steps begin
    # to grow after that.
    assert four_times - twice <= 2.8 * (twice - once) + four_times / 10 + 5000


def test_every_command_is_counted():
    assert {line[0] for line in LINES.values()} | APART == set(COMMANDS)
