"""`ledger show`: one item with everything a head of office needs."""

from __future__ import annotations

import json

import pytest

from tests.conftest import DATA
from tests.format.page import crooked, widest
from tests.paper import fact, files, item


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("id_", ["M13", "M14", "M18", "M19", "P-plants-29"])
def test_the_page_fits_the_terminal(run, speak, id_: str, lang: str, columns: int):
    speak(lang, columns)
    out = run("-C", DATA, "show", id_).out
    assert widest(out) <= columns
    assert crooked(out) == []


def test_targets_stand_with_reading_and_goal(run):
    out = run("-C", DATA, "show", "M18").out
    assert "43 / >= 46 座" in out
    assert "unknown / >= 46 座" in out
    assert "reported met 2017-12-31, but short" in out


def test_readings_that_disagree_are_both_told(run):
    out = " ".join(run("-C", DATA, "show", "M14").out.split())
    assert "27 / >= 29" in out
    assert "29" in out.split("27 / >= 29")[1].split("moved")[0]


def test_the_whole_journal_stands_on_the_page(run):
    out = run("-C", DATA, "show", "M19", "--format", "json").out
    document = json.loads(out)
    assert document["schema"] == "ledger/show/1"
    assert (document["path"], document["line"]) == ("measures.yaml", 291)
    assert len(document["journal"]) == 9
    assert {target["key"]: target["met"] for target in document["targets"]} == {
        "assessed": False, "docks": True, "stations": True, "registered": False, "inspected": None,
    }  # fmt: skip


def test_links_stand_on_both_sides(run):
    assert "P-landfill-kaizhou" in run("-C", DATA, "show", "M18").out
    assert "M18" in run("-C", DATA, "show", "P-landfill-kaizhou").out.split("\n\n", 1)[1]


def test_ids_are_found_whatever_their_case(run):
    assert run("-C", DATA, "show", "m18").out == run("-C", DATA, "show", "M18").out


def test_an_unknown_id_gets_the_near_miss(run):
    result = run("-C", DATA, "show", "M188", code=2)
    assert result.out == ""
    assert "M18?" in result.err


def test_an_item_that_is_not_there_yet_is_told_so(run, make_ledger):
    root = make_ledger(files([item(added="2018-01-01")]))
    assert "2017-06-01" in run("-C", root, "show", "M1", "--as-of", "2017-06-01", code=2).err


def test_a_withdrawn_item_can_still_be_shown(run, make_ledger):
    root = make_ledger(files([item()], [fact("2017-05-01", "withdraw", doc="7号")]))
    assert "7号" in run("-C", root, "show", "M1", "--as-of", "2017-06-01").out


def test_the_remark_is_for_those_inside_and_persons_for_nobody(run, make_ledger):
    root = make_ledger(files([item(remark="内部的话")], [fact("2017-05-01", "report", person="张某某")]))
    for form in ("text", "md", "json"):
        assert "张某某" not in run("-C", root, "show", "M1", "--as-of", "2017-06-01", "--format", form).out
    assert "内部的话" in run("-C", root, "show", "M1", "--as-of", "2017-06-01").out


def test_a_line_that_somebody_else_decides_is_marked_as_without_effect(run, make_ledger):
    facts = [fact("2017-06-01", "extend", by="别人", until="2018-06-30")]
    root = make_ledger(files([item()], facts, approvers=["领导小组"]))
    assert "[no effect]" in run("-C", root, "show", "M1", "--as-of", "2017-07-01").out


def test_where_the_plan_has_the_item_is_told(run):
    head = run("-C", DATA, "show", "M18").out.splitlines()[1]
    path, line = head.split()[-1].rsplit(":", 1)
    text = (DATA / "measures.yaml").read_text(encoding="utf-8").splitlines()
    assert path.endswith("measures.yaml")
    assert "id: M18" in text[int(line) - 1]


def test_what_is_wrong_stands_first(run, make_ledger):
    late = item(due="2017-06-30", milestones={"plans": {"name": "plans out", "due": "2017-05-31"}})
    root = make_ledger(files([late], [fact("2017-05-01", "start"), fact("2017-06-02", "expect", until="2018-01-31")]))
    out = run("-C", root, "show", "M1", "--as-of", "2017-08-01").out
    assert out.splitlines()[2].startswith("32 days late · milestones missed: plans out · red · expects to be done")
    assert out.count("overdue") == 0


def test_every_word_has_its_own_colour_and_the_same_one_in_the_list(run_any, make_ledger):
    root = make_ledger(files([item(due="2017-06-30"), item("M2", due="2018-06-30")], [fact("2017-05-01", "start")]))
    day = ["--as-of", "2017-08-01", "--color", "always"]
    late = run_any("-C", root, "show", "M1", *day).out.splitlines()[2]
    assert late.startswith("\x1b[31m32 days late\x1b[0m · \x1b[31mred\x1b[0m · active · progress unknown")
    assert "\x1b[31m32 days late" in run_any("-C", root, "list", *day).out
