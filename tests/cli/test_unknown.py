"""No output says green, or 0 %, of what nobody knows: a ledger of which nobody has told anything yet."""

from __future__ import annotations

import json
import re

import pytest

from tests.paper import files, item

DAY = ("--as-of", "2017-12-31")
ZERO = re.compile(r"(?<![\d.])0(\.0+)? ?%")
TARGET = {"built": {"name": "建成", "goal": ">= 3", "unit": "座"}}


@pytest.fixture
def root(make_ledger):
    """Items without a deadline and with one, with targets and without, and an empty journal."""
    plan = [
        item(due="unstated"),
        item("M2", due="2018-12-31", targets=TARGET),
        item("M3", due="long_term", targets=TARGET),
    ]
    return make_ledger(files(plan, week={"closes": "thursday"}))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", [
    "status", "status --by lead", "list", "show M1 M2 M3", "due --within 400d", "report weekly", "report monthly",
    "report brief", "report disclosure", "report submissions", "report trend", "report supervision", "forecast",
])  # fmt: skip
def test_no_page_says_so(run_any, root, command, lang):
    told = run_any("-C", root, *command.split(), *DAY, "--lang", lang)
    assert told.code in (0, 1), told.err
    assert [line for line in told.out.splitlines() if ZERO.search(line)] == []
    columns_apart = [line for line in told.out.splitlines() if "yellow" not in line and "黄灯" not in line]
    assert not re.search(r"绿灯|\bgreen\b", "\n".join(columns_apart))


@pytest.mark.parametrize("kind", [["gantt"], ["burnup"], ["heatmap"], ["units"], ["item", "M2"]])
def test_no_picture_does(run, root, kind):
    run("-C", root, "chart", *kind, *DAY, "--lang", "en", "-o", root / "x.svg")
    drawing = (root / "x.svg").read_text(encoding="utf-8")
    told = re.findall(r">([^<]+)<", drawing.partition("</style>")[2])
    assert [text for text in told if ZERO.search(text) or re.search("green [1-9]", text) or text == "done 0"] == []


def test_no_page_of_the_site_does(run, root, tmp_path):
    run("-C", root, "site", *DAY, "-o", tmp_path / "site")
    for page in (tmp_path / "site").rglob("*.html"):
        told = re.sub(r"<style.*?</style>|<[^>]+>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not ZERO.search(told), page
        assert not re.search(r"绿灯|\bgreen\b", told), page


def test_programs_read_null_and_grey(run, root):
    found = json.loads(run("-C", root, "list", *DAY, "--format", "json").out)["items"]
    assert [(one["light"], one["progress"]) for one in found] == [("grey", None)] * 3
