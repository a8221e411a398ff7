"""The lines of hledger and taskwarrior in `docs/daily.md` do run, on what such a ledger would be there."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.daily import TASKS

LINES = [task.elsewhere for task in TASKS if task.elsewhere]
SETTINGS = """data.location={folder}
confirmation=off
verbose=nothing
report.mine.columns=id,description
report.mine.filter=status:pending project:万州区
"""
JOURNAL = """2017-12-20 * 万州区 缺资金
    M1:built   2
    reported  -2
"""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which both have three items."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "rc").write_text(SETTINGS.format(folder=folder), encoding="utf-8")
    (folder / "h.journal").write_text(JOURNAL, encoding="utf-8")
    env = {**os.environ, "TASKRC": str(folder / "rc"), "LEDGER_FILE": str(folder / "h.journal"), "LC_ALL": "C.UTF-8"}
    if shutil.which("task"):
        for title in ("污水厂", "噪声治理", "禁投清单"):
            subprocess.run(["task", "add", title, "project:万州区", "due:2017-12-15"], env=env, check=True)
    return env


@pytest.mark.parametrize("line", LINES)
def test_the_line_runs(there: dict[str, str], line: str):
    words = shlex.split(line)
    if not shutil.which(words[0]):
        pytest.skip(f"{words[0]} is not installed")
    # What is done is no more there for the next line: each has a copy.
    home = Path(there["TASKRC"]).parent
    copy = home.parent / f"{home.name}-{LINES.index(line)}"
    shutil.copytree(home, copy)
    (copy / "rc").write_text(SETTINGS.format(folder=copy), encoding="utf-8")
    done = subprocess.run(words, env={**there, "TASKRC": str(copy / "rc")}, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
