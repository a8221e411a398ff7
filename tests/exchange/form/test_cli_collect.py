"""`ledger collect`: what units filled in is recorded, whatever a file went through on its way."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from unicodedata import normalize

import pytest

from tests.exchange.form.weekly_round import CSV, XLSX, lines
from tests.returned import FILES, PLAN, WAN, Formula, facts, fill, returns, store_result


def test_each_filled_cell_is_one_fact_with_its_unit_day_and_source(weekly):
    weekly.fill({
        ("M3", "progress this week"): "栈桥已拆除", ("M3", "trouble"): "缺资金", ("M3", "expected by"): date(2018, 1, 31),
        ("M3", "percent done"): 60, ("M1", "built", "reading now"): 6, ("M1", "share", "reading now"): 84.5,
        ("M1", "share", "part"): 169, ("M1", "share", "out of"): 200, ("M1", "share", "firmness"): "basic",
        ("M1", "share", "remark"): "按月报",
    })  # fmt: skip
    result = weekly.collect()
    common = {"date": "2017-12-14", "by": "万州区"}
    assert facts(weekly.root) == [
        {**common, "item": "M3", "event": "report", "text": "栈桥已拆除", "source": "2017-W50_万州区.xlsx:items:6"},
        {**common, "item": "M3", "event": "trouble", "text": "缺资金", "source": "2017-W50_万州区.xlsx:items:6"},
        {**common, "item": "M3", "event": "expect", "until": "2018-01-31", "source": "2017-W50_万州区.xlsx:items:6"},
        {**common, "item": "M3", "event": "progress", "value": "60", "source": "2017-W50_万州区.xlsx:items:6"},
        {**common, "item": "M1", "event": "reading", "key": "built", "value": "6",
         "source": "2017-W50_万州区.xlsx:readings:5"},
        {**common, "item": "M1", "event": "reading", "key": "share", "value": "84.5", "part": "169", "of": "200",
         "firm": "basic", "note": "按月报", "source": "2017-W50_万州区.xlsx:readings:6"},
    ]  # fmt: skip
    assert "recorded 6 facts for 2017-W50, from 1 unit" in result.out
    assert "Next: ledger -C" in result.out


def test_collecting_twice_changes_nothing(weekly):
    weekly.fill({("M3", "progress this week"): "拆了", ("M1", "built", "reading now"): 6})
    weekly.collect()
    before = (weekly.root / "journal/2017/office.csv").read_bytes()
    assert "nothing new to record" in weekly.collect().out
    assert (weekly.root / "journal/2017/office.csv").read_bytes() == before


def test_a_dry_run_shows_the_lines_and_writes_nothing(weekly):
    weekly.fill({("M3", "progress this week"): "拆了"})
    result = weekly.collect("--dry-run")
    assert "+2017-12-14,M3,report,,,万州区,,,,拆了" in result.out
    assert facts(weekly.root) == []


def test_a_form_that_came_back_is_a_return_whatever_is_in_it_and_who_sent_none_is_named(weekly):
    weekly.fill(
        {("M3", "progress this week"): "拆了", ("M3", "trouble"): "无", ("M1", "built", "reading now"): "约八座"}
    )
    (weekly.forms / "2017-W50_开州区.xlsx").unlink()
    result = weekly.collect(code=1)
    assert "3 units had to report, 1 did not: 开州区" in lines(result.out)
    assert returns(weekly.root) == [
        ("万州区", "2017-W50", "2017-12-14", "2"),
        ("市水利局", "2017-W50", "2017-12-14", "0"),
    ]


def test_a_copy_of_a_form_in_a_sub_folder_is_known_by_its_name(weekly):
    weekly.fill({("M3", "progress this week"): "拆了"})
    (weekly.forms / "mail").mkdir()
    (weekly.forms / XLSX).rename(weekly.forms / "mail" / normalize("NFD", f"{WAN} - 副本 (2).xlsx"))
    weekly.collect()
    assert facts(weekly.root)[0]["by"] == "万州区"
    assert facts(weekly.root)[0]["source"] == "2017-W50_万州区.xlsx:items:6"


def test_the_writer_names_the_journal_file(weekly):
    weekly.fill({("M3", "progress this week"): "拆了"})
    weekly.collect("--writer", "li-na")
    assert (weekly.root / "journal/2017/li-na.csv").is_file()


def test_a_formula_counts_as_its_stored_result_and_that_is_said(weekly):
    weekly.fill({("M1", "built", "reading now"): Formula("=3+3")})
    store_result(weekly.forms / XLSX, "6")
    result = weekly.collect()
    assert "readings!J5  the formula counts as its result 6" in lines(result.out)
    assert weekly.told() == [("M1", "reading", "built", "6")]


def test_forms_in_csv_go_out_and_come_back(weekly):
    shutil.rmtree(weekly.forms)
    weekly.send("--format", "csv")
    weekly.fill({("M3", "progress this week"): "拆了", ("M1", "built", "reading now"): 6}, CSV)
    weekly.collect()
    assert weekly.told() == [("M1", "reading", "built", "6"), ("M3", "report", "拆了")]
    assert facts(weekly.root)[0]["source"] == "2017-W50_万州区.csv:3"


def test_a_failed_formula_in_csv_is_no_text(weekly):
    shutil.rmtree(weekly.forms)
    weekly.send("--format", "csv")
    weekly.fill({("M3", "progress this week"): "#NAME?"}, CSV)
    assert "N5  the formula has no result: #NAME?" in lines(weekly.collect(code=1).out)


def test_a_reading_in_the_row_of_its_item_is_held_back(weekly):
    shutil.rmtree(weekly.forms)
    weekly.send("--format", "csv")
    weekly.fill({("M1", "reading now"): 6, ("M1", "built", "trouble"): "雨"}, CSV)
    result = weekly.collect(code=1)
    assert "R2  this row of M1 has no target, so no reading" in lines(result.out)
    assert "O3  this row is about the target built" in lines(result.out)


def test_a_csv_that_excel_saved_with_its_own_dates_and_encoding_is_read_all_the_same(weekly):
    shutil.rmtree(weekly.forms)
    weekly.send("--format", "csv", "--lang", "zh")
    weekly.fill({("M3", "本周进展"): "拆了", ("M3", "预计完成"): "2018/1/31"}, CSV)
    text = (weekly.forms / CSV).read_text(encoding="utf-8-sig").replace("2017-11-30,", "2017/11/30,")
    (weekly.forms / CSV).write_bytes(text.encode("gb18030"))
    result = weekly.collect()
    assert "changed" not in result.out
    assert weekly.told() == [("M3", "report", "拆了"), ("M3", "expect", "2018-01-31")]


def test_files_that_are_no_forms_are_named(weekly):
    (weekly.forms / "万州区 周报.xlsx").write_bytes(b"x")
    (weekly.forms / "letter.pdf").write_bytes(b"x")
    (weekly.forms / "all.zip").write_bytes(b"x")
    (weekly.forms / f"~${XLSX}").write_bytes(b"x")
    (weekly.forms / "2017-W50_市水利局.xlsx").replace(weekly.forms / "2017-W50_市水利局.ods")
    (weekly.forms / "2017-W50_开州区.xlsx").write_bytes(b"PK broken")
    result = weekly.collect(code=1)
    said = lines(result.out)
    assert "no form, so not read" in said
    assert "an archive is not read" in said
    assert "a LibreOffice spreadsheet (.ods) is not read" in said
    assert "held back, not recorded (4)" in said
    assert "~$" not in result.out


@pytest.mark.parametrize("arguments, sentence", [
    (["nowhere"], "there is no nowhere"),
    (["empty"], "there is no file in empty"),
    (["forms", "--week", "2017-W99"], "there is no such week"),
    (["forms", "--week", "2999-W10"], "2999-W10 begins on 2999-03-01 only"),
    (["forms", "--writer", "../x"], "../x cannot be a writer"),
])  # fmt: skip
def test_what_cannot_be_collected_is_one_sentence(weekly, tmp_path, arguments, sentence):
    (tmp_path / "empty").mkdir()
    given = arguments if "--week" in arguments else [*arguments, "--week", "2017-W50"]
    result = weekly.run("-C", weekly.root, "collect", *given, code=2)
    assert sentence in result.err


def test_a_week_after_the_archive_is_refused(run, make_ledger, tmp_path):
    settings = FILES["ledger.yaml"] + "archived: 2017-12-07\n"
    root = make_ledger({**FILES, "ledger.yaml": settings})
    run("-C", root, "form", "--all", "--week", "2017-W50", "-o", tmp_path / "f")
    result = run("-C", root, "collect", tmp_path / "f", "--week", "2017-W50", code=2)
    assert "the ledger is archived through 2017-12-07: 2017-W50 lies after it" in result.err


def test_a_week_cut_off_by_the_archive_is_dated_its_last_day(run, make_ledger, tmp_path):
    root = make_ledger({**FILES, "ledger.yaml": FILES["ledger.yaml"] + "archived: 2017-12-11\n"})
    run("-C", root, "form", "--all", "--week", "2017-W50", "-o", tmp_path / "f")
    fill(tmp_path / "f" / XLSX, {("M3", "progress this week"): "拆了"})
    run("-C", root, "collect", tmp_path / "f", "--week", "2017-W50")
    assert facts(root)[0]["date"] == "2017-12-11"


def test_a_ledger_that_was_not_read_whole_collects_nothing(weekly):
    (weekly.root / "m.yaml").write_text(PLAN + "- {id: M5, titel: x}\n", encoding="utf-8")
    weekly.fill({("M3", "progress this week"): "拆了"})
    assert "the ledger could not be read whole" in weekly.collect(code=2).err
    assert facts(weekly.root) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_that_libreoffice_saved_comes_back_whole(weekly, tmp_path):
    weekly.fill({
        ("M3", "progress this week"): "已拆除\n正在清理", ("M3", "expected by"): date(2018, 1, 31),
        ("M1", "built", "reading now"): 6.5, ("M1", "built", "firmness"): "basic",
    })  # fmt: skip
    saved = tmp_path / "saved"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx", "--outdir",
         str(saved), str(weekly.forms / XLSX)], check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    result = weekly.run("-C", weekly.root, "collect", saved, "--week", "2017-W50")
    assert weekly.told() == [
        ("M3", "report", "已拆除 正在清理"), ("M3", "expect", "2018-01-31"), ("M1", "reading", "built", "6.5"),
    ]  # fmt: skip
    assert "changed" not in result.out
