"""Plain `git diff` stays readable: what docs/why/textconv.md shows is what git makes of an edit."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.history import Commit, git, repository
from tests.paper import files, item

pytestmark = pytest.mark.quick

NOTE = (ROOT / "docs" / "why" / "textconv.md").read_text(encoding="utf-8")

BOOK = "".join(
    f"- id: M{n}\n  title: 第{n}项\n  lead: 市环保局\n" + "  # 说明\n" * 6 + "  due: 2017-12-31\n  goal: 完成\n"
    for n in range(4)
)


def hunks(run, tmp_path: Path, *settings: str, command: tuple[str, ...]) -> list[str]:
    """The lines of the diff that the command makes, without the file names."""
    root = repository(tmp_path / "book", [Commit({**files([item()]), "measures.yaml": BOOK, ".gitattributes": ""})])
    for line in settings:
        _, *words = shlex.split(line)
        if words[0] == "config":
            git(root, *words)
        else:
            (root / ".gitattributes").write_text(words[0] + "\n", encoding="utf-8")
    run("-C", root, *command)
    git(root, "add", "--all")
    shown = git(root, "diff", "--cached", "--", "measures.yaml", "journal")
    return [line for line in shown.splitlines() if re.match(r"@@|[-+](?![-+])", line)]


def test_an_edit_of_the_plan_is_the_line_of_its_value(run, tmp_path: Path):
    _, *changed = hunks(run, tmp_path, command=("set", "M2", "due=2018-06-30"))
    assert changed == ["-  due: 2017-12-31", "+  due: 2018-06-30"]


def test_a_fact_is_one_line(run, tmp_path: Path):
    command = ("record", "report", "M2", "--text", "过半", "--date", "2017-08-01", "--by", "市环保局")
    _, changed = hunks(run, tmp_path, command=command)
    assert changed.startswith("+2017-08-01,M2,report,")


def test_the_two_lines_of_the_note_put_the_id_over_a_hunk(run, tmp_path: Path):
    (block,) = re.findall(r"```sh\n(.*?)```", NOTE, re.DOTALL)
    head, *_ = hunks(run, tmp_path, *block.splitlines(), command=("set", "M2", "due=2018-06-30"))
    assert head.endswith("@@ id: M2")
