"""`ledger collect`: a form that was saved later corrects the one that was collected before it."""

from __future__ import annotations

import shutil

import pytest

from tests.exchange.form.weekly_round import XLSX, lines
from tests.returned import WAN, facts, returns

LATER, LATEST = "2017-12-14T09:00:00Z", "2017-12-14T10:00:00Z"
BUILT, SHARE = ("M1", "built", "reading now"), ("M1", "share", "reading now")


def standing(weekly, id_: str = "M1") -> list[str]:
    """What `show` still counts: the lines of the office that no void takes back."""
    out = weekly.run("-C", weekly.root, "show", id_, "--as-of", "2017-12-14").out
    return [line for line in lines(out) if "2017-12-14" in line and "void" not in line and "↶" not in line]


@pytest.fixture
def collected(weekly):
    """The form of 万州区 was collected: 6 built, 拆了 on the pier."""
    weekly.fill({BUILT: 6, ("M3", "progress this week"): "拆了"})
    weekly.collect()
    return weekly


def test_a_later_form_replaces_cell_by_cell_what_the_earlier_one_said(collected):
    collected.fill({BUILT: 7}, saved=LATER)
    result = collected.collect()
    assert "corrected (1)" in lines(result.out)
    assert "readings!J5  M1 built is corrected from “6” to “7”" in lines(result.out)
    void, new = facts(collected.root)[-2:]
    assert void["key"].startswith("2017-12-14/reading/built/6/万州区#")
    assert len(void["key"].rpartition("#")[2]) == 8
    assert (void["by"], void["source"]) == ("万州区", f"{WAN}.xlsx@{LATER}")
    assert (new["event"], new["value"], new["date"]) == ("reading", "7", "2017-12-14")


def test_a_corrected_text_of_the_same_day_stands_though_the_first_is_taken_back(collected):
    collected.fill({("M3", "progress this week"): "全拆了"}, saved=LATER)
    collected.collect()
    out = collected.run("-C", collected.root, "list", "M3", "--format", "json", "--as-of", "2017-12-14").out
    assert "M3" in out
    shown = collected.run("-C", collected.root, "report", "submissions", "--week", "2017-W50", "--format", "json").out
    assert '"reported"' in shown
    assert [fact["event"] for fact in facts(collected.root)] == ["report", "reading", "void", "report"]


def test_a_form_collected_before_changes_nothing_also_after_a_later_one(collected, tmp_path):
    shutil.copy(collected.forms / XLSX, tmp_path / "first.xlsx")
    collected.fill({BUILT: 7}, saved=LATER)
    collected.collect()
    before = (collected.root / "journal/2017/office.csv").read_bytes()
    shutil.copy(tmp_path / "first.xlsx", collected.forms / f"{WAN} (1).xlsx")
    assert "nothing new to record" in collected.collect().out
    assert (collected.root / "journal/2017/office.csv").read_bytes() == before


def test_a_value_that_comes_back_voids_the_void(collected):
    collected.fill({BUILT: 7}, saved=LATER)
    collected.collect()
    collected.fill({BUILT: 6}, saved=LATEST)
    assert "M1 built is corrected from “7” to “6”" in collected.collect().out
    assert [fact["event"] for fact in facts(collected.root)] == ["report", "reading", "void", "reading", "void", "void"]
    assert facts(collected.root)[-1]["key"].startswith("2017-12-14/void/2017-12-14/reading/built/6/万州区#")
    out = collected.run("-C", collected.root, "show", "M1", "--as-of", "2017-12-14").out
    assert "6" in out
    assert "nothing new to record" in collected.collect().out


def test_a_blank_cell_takes_nothing_back(collected):
    collected.fill({BUILT: None, ("M3", "progress this week"): None, SHARE: 84}, saved=LATER)
    collected.collect()
    assert [fact["event"] for fact in facts(collected.root)] == ["report", "reading", "reading"]


@pytest.mark.parametrize("saved", ["2017-12-14T08:00:00Z", "2017-12-14T07:00:00Z"])
def test_a_form_that_was_not_saved_later_is_held(collected, saved):
    collected.fill({BUILT: 7}, saved=saved)
    result = collected.collect(code=1)
    assert "M1 built is reported as “7”, but “6” is recorded" in result.out
    assert "nothing tells that this form was saved after the last one" in result.out


def test_one_return_stands_for_a_unit_and_week_whatever_comes_later(collected):
    collected.fill({BUILT: 7}, saved=LATER)
    collected.collect()
    assert [own[0] for own in returns(collected.root)].count("万州区") == 1


def test_two_different_copies_that_come_together_are_held(weekly):
    shutil.copy(weekly.forms / XLSX, weekly.forms / f"{WAN} (1).xlsx")
    weekly.fill({BUILT: 6})
    weekly.fill({BUILT: 7}, f"{WAN} (1).xlsx", saved=LATER)
    assert "M1 is reported in two ways" in weekly.collect(code=1).out
    assert facts(weekly.root) == []


def test_what_is_sealed_is_held_with_the_reason(collected):
    claims = "seals:\n  - {through: 2017-12-14, entries: 1, sha256: " + "0" * 64 + "}\n"
    (collected.root / "claims.yaml").write_text(claims, encoding="utf-8")
    collected.fill({BUILT: 7}, saved=LATER)
    result = collected.run("-C", collected.root, "collect", collected.forms, "--week", "2017-W50", "--as-of",
                           "2017-12-18", code=1)  # fmt: skip
    assert "M1 built was “6”, which is sealed through 2017-12-14" in result.out


def test_a_correction_that_comes_later_bears_the_day_it_came(collected):
    collected.fill({BUILT: 7}, saved="2017-12-18T09:00:00Z")
    collected.run("-C", collected.root, "collect", collected.forms, "--week", "2017-W50", "--as-of", "2017-12-18")
    assert [fact["date"] for fact in facts(collected.root)[-2:]] == ["2017-12-18", "2017-12-18"]
