"""What the documentation and the help tell people to type can be typed as it is written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.paper import fact, files, item

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "README.zh.md", "docs/changing.md")


def commands(text: str) -> list[str]:
    """The calls of `ledger record` in a text, each with its continuation lines, without the remark behind it."""
    joined = re.sub(r"\\\n\s*", "", text)
    found = re.findall(r"^[ 例：A-Za-z:]*(ledger record [^#`\n]+)", joined, re.MULTILINE)
    # In lists of examples what a line does stands behind it, parted by blanks.
    return [re.split(r" {2,}", one.strip())[0] for one in found if "…" not in one and "[OPTIONS]" not in one]


@pytest.fixture
def book(make_ledger) -> Path:
    targets = {"started": {"name": "开工", "unit": "座", "goal": ">= 46"}}
    measures = [item("M1"), item("M2"), item("M18", due="2018-12-31", targets=targets)]
    done = fact("2018-12-20", "done", "M18")
    settings = {"approvers": ["市整改领导小组", "市整改办", "leading group", "office"]}
    made = make_ledger(files(measures, [done], **settings))
    (made / "evidence").mkdir()
    (made / "evidence/M1.pdf").write_bytes(b"%PDF")
    return made


@pytest.mark.parametrize("page", PAGES)
def test_every_record_of_a_page_can_be_typed(run, book: Path, page: str):
    found = commands((ROOT / page).read_text("utf-8"))
    assert found
    for one in found:
        run("-C", book, *shlex.split(one)[1:], "--dry-run", cwd=book)


def test_every_example_of_the_help_can_be_typed(run, speak, book: Path):
    speak(columns=200)
    found = commands(run("record", "--help").out)
    assert len(found) >= 4
    for one in found:
        run("-C", book, *shlex.split(one)[1:], "--dry-run", cwd=book)
