"""`ledger collect`: forms against the journal and against each other."""

from __future__ import annotations

import shutil

from openpyxl import load_workbook

from tests.exchange.form.weekly_round import XLSX, Round, lines
from tests.returned import FILES, PLAN, WAN, facts


def test_a_reading_that_contradicts_the_journal_is_held_back_with_the_way_to_correct_it(weekly):
    weekly.fill({("M1", "built", "reading now"): 6})
    weekly.collect()
    weekly.fill({("M1", "built", "reading now"): 7})
    result = weekly.collect(code=1)
    assert "readings!J5  M1 built is reported as “7”, but “6” is recorded (2017-W50_万州区.xlsx:readings:5)" in lines(
        result.out
    )
    void = ("void", "M1", "--key", "2017-12-14/reading/built/6/万州区", "--by", "市城管委", "--note", "wrong")
    assert " ".join(void[:4]) in result.out
    weekly.run("-C", weekly.root, "record", *void, "--date", "2017-12-14")
    weekly.collect()
    assert weekly.told()[-1] == ("M1", "reading", "built", "7")


def test_another_text_for_what_is_recorded_already_is_held_back(weekly):
    weekly.fill({("M3", "progress this week"): "拆了一半"})
    weekly.collect()
    weekly.fill({("M3", "progress this week"): "全拆了"})
    assert "M3 is reported as “全拆了”, but “拆了一半” is recorded" in weekly.collect(code=1).out


def test_the_same_number_met_only_basically_is_another_fact(weekly):
    weekly.fill({("M1", "built", "reading now"): 6})
    weekly.collect()
    weekly.fill({("M1", "built", "firmness"): "basic"})
    result = weekly.collect(code=1)
    assert "M1 built is reported as “6 (basic)”, but “6” is recorded" in result.out
    assert ["firm" in fact for fact in facts(weekly.root)] == [False]


def test_a_correction_from_full_to_basic_within_the_week_is_recorded(weekly):
    said = ("reading", "M1", "--key", "built", "--value", "6", "--by", "万州区", "--date", "2017-12-12")
    weekly.run("-C", weekly.root, "record", *said)
    weekly.fill({("M1", "built", "reading now"): 6, ("M1", "built", "firmness"): "basic"})
    weekly.collect()
    told = [(fact["date"], fact.get("firm")) for fact in facts(weekly.root)]
    assert told == [("2017-12-12", None), ("2017-12-14", "basic")]


def test_a_fact_that_was_taken_back_is_not_recorded_again(weekly):
    weekly.fill({("M3", "progress this week"): "拆了"})
    weekly.collect()
    weekly.run("-C", weekly.root, "record", "void", "M3", "--key", "2017-12-14/report///万州区", "--by", "市城管委", "--note",
               "wrong", "--date", "2017-12-14")  # fmt: skip
    assert "it was taken back before, so it would not count" in weekly.collect(code=1).out


def test_a_reading_that_falls_back_is_recorded_and_told(weekly):
    weekly.fill(
        {("M1", "built", "reading now"): 3, ("M1", "share", "reading now"): 79, ("M1", "share", "remark"): "停产"}
    )
    result = weekly.collect()
    assert "recorded, but worse than before (2)" in lines(result.out)
    assert "readings!J5  M1 built fell back from 4 (2017-12-07) to 3" in lines(result.out)
    assert "readings!J6  M1 share treated fell back from 80 (2017-12-07) to 79" in lines(result.out)
    assert "its reason: 停产" in result.out
    assert len(facts(weekly.root)) == 2


def test_two_forms_of_a_unit_are_taken_together_and_neither_counts_where_they_differ(weekly):
    shutil.copy(weekly.forms / XLSX, weekly.forms / f"{WAN} (1).xlsx")
    weekly.fill({("M3", "progress this week"): "拆了", ("M3", "trouble"): "缺资金"})
    weekly.fill({("M3", "progress this week"): "没拆", ("M3", "percent done"): 10}, f"{WAN} (1).xlsx")
    result = weekly.collect(code=1)
    assert f"万州区: {WAN} (1).xlsx, {XLSX}" in result.out.replace("2 files of ", "")
    assert f"M3 is reported in two ways: “没拆”, but “拆了” at {XLSX} items!H6" in result.out
    assert sorted(weekly.told()) == [("M3", "progress", "10"), ("M3", "trouble", "缺资金")]


def test_what_a_fact_brings_to_light_is_said_and_held_back_only_by_a_strict_run(run, make_ledger, tmp_path, speak):
    speak(columns=200)
    plan = PLAN.replace("{id: M4,", "{id: M4, targets: {left: {goal: 5}},")
    weekly = Round(make_ledger({**FILES, "m.yaml": plan}), tmp_path / "forms", run)
    weekly.send()
    book = load_workbook(weekly.forms / "2017-W50_市水利局.xlsx")
    book.worksheets[0].cell(5, 8, "清了")
    book.save(weekly.forms / "2017-W50_市水利局.xlsx")
    unit = weekly.forms / "2017-W50_市城管委.csv"
    unit.write_text("id,key,reading now,remark,progress this week,trouble,expected by,percent done,part,out of,firmness\n"
                    "M4,left,3,,,,,,,,\n", encoding="utf-8")  # fmt: skip
    result = weekly.collect("--strict", code=1)
    assert "it would add the error L401: done, but left is 3 against >= 5" in result.out
    assert weekly.told() == [("M2", "report", "清了")]
    assert "L401 M4 done, but left is 3 against >= 5" in weekly.collect().err
    assert ("M4", "reading", "left", "3") in weekly.told()
