"""`ledger form`: a form for each unit."""

from __future__ import annotations

import zipfile
from pathlib import Path
from unicodedata import normalize

import pytest
from openpyxl import load_workbook

from tests.returned import FILES, WAN


@pytest.fixture
def root(make_ledger):
    return make_ledger(FILES)


def made(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir()) if out.exists() else []


def rows(path: Path, sheet: int) -> list[list[object]]:
    return [list(row) for row in load_workbook(path).worksheets[sheet].iter_rows(min_row=4, values_only=True)]


def test_all_units_with_something_open_get_one_and_the_next_command_is_named(run, root, tmp_path):
    out = tmp_path / "forms"
    result = run("-C", root, "form", "--all", "--week", "2017-W50", "-o", out)
    assert made(out) == ["2017-W50_万州区.xlsx", "2017-W50_市水利局.xlsx", "2017-W50_开州区.xlsx"]
    assert "2017-W50_万州区.xlsx  items 2, readings 2" in result.out
    assert result.out.splitlines()[-1].endswith(f"ledger -C {root} collect {out} --week 2017-W50")


def test_a_former_name_gets_the_form_of_the_present_one(run, root, tmp_path):
    run("-C", root, "form", "--unit", "万县", "--week", "2017-W50", "-o", tmp_path / "f", "--format", "csv")
    assert made(tmp_path / "f") == [WAN + ".csv"]


def test_a_name_typed_in_decomposed_characters_is_the_same_unit(run, make_ledger, tmp_path):
    texts = {path: text.replace("万州区", "万が区") for path, text in FILES.items()}
    root = make_ledger(texts, "ga")
    run("-C", root, "form", "--unit", normalize("NFD", "万が区"), "--week", "2017-W50", "-o", tmp_path / "f")
    assert len(made(tmp_path / "f")) == 1


def test_a_unit_with_nothing_open_gets_none_and_is_told(run, root, tmp_path):
    result = run("-C", root, "form", "--unit", "市城管委", "--week", "2017-W50", "-o", tmp_path / "f")
    assert made(tmp_path / "f") == []
    assert "nothing open, so no form: 市城管委" in result.err


def test_an_unknown_unit_is_refused_with_the_near_miss(run, root, tmp_path):
    result = run("-C", root, "form", "--unit", "万州", "--week", "2017-W50", "-o", tmp_path / "f", code=2)
    assert "there is no unit 万州" in result.err
    assert "万州区" in result.err


def test_files_that_may_have_been_filled_in_are_not_overwritten(run, root, tmp_path):
    out = tmp_path / "f"
    out.mkdir()
    (out / "2017-W50_开州区.xlsx").write_bytes(b"filled in")
    result = run("-C", root, "form", "--all", "--week", "2017-W50", "-o", out, code=2)
    assert "2017-W50_开州区.xlsx exists already; nothing was written" in result.err
    assert made(out) == ["2017-W50_开州区.xlsx"]
    run("-C", root, "form", "--all", "--week", "2017-W50", "-o", out, "--force")
    assert load_workbook(out / "2017-W50_开州区.xlsx").sheetnames[:2] == ["items", "readings"]


@pytest.mark.parametrize("arguments, sentence", [
    (["--week", "2017-W50", "-o", "f"], "for whom?"),
    (["--all", "--unit", "万州区", "-o", "f"], "for whom?"),
    (["--all", "--week", "2017-W50"], "where do the forms go?"),
    (["--all", "--week", "2017-W60", "-o", "f"], "there is no such week"),
    (["--all", "--week", "soon", "-o", "f"], "not a week: soon"),
    (["--all", "--week", "2017-W50", "-o", "taken"], "cannot write taken"),
])  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(run, root, tmp_path, arguments, sentence):
    (tmp_path / "taken").write_text("a file")
    assert sentence in run("-C", root, "form", *arguments, code=2).err


def test_forms_are_the_same_bytes_every_time(run, root, tmp_path):
    for name in ("a", "b"):
        run("-C", root, "form", "--unit", "万州区", "--week", "2017-W50", "-o", tmp_path / name)
    assert (tmp_path / "a" / f"{WAN}.xlsx").read_bytes() == (tmp_path / "b" / f"{WAN}.xlsx").read_bytes()


@pytest.fixture
def form(run, root, tmp_path) -> Path:
    run("-C", root, "form", "--unit", "万州区", "--week", "2017-W50", "-o", tmp_path / "f", "--lang", "zh")
    return tmp_path / "f" / f"{WAN}.xlsx"


def test_a_form_shows_each_item_with_its_deadline_state_and_last_report(form):
    head, first, second = rows(form, 0)
    assert head[:11] == [
        "编号", "事项", "牵头单位", "整改时限", "剩余天数", "当前状态", "上次报送", "本周进展", "存在问题", "预计完成", "完成进度（%）",
    ]  # fmt: skip
    assert (first[0], first[1], first[4]) == ("M1", "渗滤液处理", 382)
    assert (second[0], second[4], second[5]) == ("M3", -14, "进行中，逾期")
    assert second[6] == "2017-12-07 进展：已停业"


def test_a_form_shows_each_target_with_the_units_own_last_reading(form):
    _, built, share = rows(form, 1)
    assert built[3:8] == ["built", "建成（本单位的数）", "座", "≥ 10", 4]
    assert share[3:8] == ["share", "处理率", "%", "≥ 85", 80]


def test_only_what_is_to_be_filled_in_is_open(form):
    items, readings = load_workbook(form).worksheets[:2]
    assert items.protection.sheet
    assert readings.protection.sheet
    unlocked = {
        sheet.title: {sheet.cell(4, cell.column).value for row in sheet.iter_rows(min_row=6, max_row=6) for cell in row
                      if not cell.protection.locked}
        for sheet in (items, readings)
    }  # fmt: skip
    assert unlocked == {
        "事项": {"本周进展", "存在问题", "预计完成", "完成进度（%）", "是否完成", "完成日期", "申请延期至", "申请理由"},
        "指标": {"本周读数", "分子", "分母", "完成程度", "说明"},
    }


def test_the_percentage_of_an_item_with_targets_is_closed(form):
    sheet = load_workbook(form).worksheets[0]
    percent = next(cell.column for cell in sheet[4] if cell.value == "完成进度（%）")
    assert sheet.cell(5, percent).protection.locked
    assert not sheet.cell(6, percent).protection.locked


def test_the_marks_are_hidden_and_the_document_says_whose_form_it_is(form):
    book = load_workbook(form)
    for sheet in book.worksheets[:2]:
        mark = next(cell for cell in sheet[4] if cell.value == "核对码（勿改）")
        assert sheet.column_dimensions[mark.column_letter].hidden
    properties = {one.name: one.value for one in book.custom_doc_props.props}
    assert properties == {"ledger-week": "2017-W50", "ledger-unit": "万州区"}
    assert book.properties.title == "小台账 2017-W50 万州区"


def test_basic_is_offered_in_a_list_and_numbers_take_nothing_else(form):
    rules = {rule.type for rule in load_workbook(form).worksheets[1].data_validations.dataValidation}
    assert {"list", "decimal"} <= rules


def test_the_how_to_names_the_days_of_the_week(form):
    sheet = load_workbook(form).worksheets[0]
    assert "2017-12-08 至 2017-12-14（周四截止）" in sheet.cell(2, 1).value


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_character_that_nobody_sees_goes_out_in_a_form(run, make_ledger, tmp_path, form):
    texts = {**FILES, "ledger.yaml": FILES["ledger.yaml"].replace("small ledger", "small\u202e ledger"),
             "m.yaml": FILES["m.yaml"].replace("Dredging", "Dred\u202eging")}  # fmt: skip
    texts["journal/2017/old.csv"] += "2017-12-08,M2,report,,,市水利局,a\u2066\x9bb,\n"
    run("-C", make_ledger(texts), "form", "--all", "--week", "2017-W50", "-o", tmp_path / "out", "--format", form)
    for path in (tmp_path / "out").iterdir():
        parts = [path.read_bytes()]
        if form == "xlsx":
            with zipfile.ZipFile(path) as book:
                parts = [book.read(name) for name in book.namelist()]
        assert not any(mark.encode() in part for part in parts for mark in ("\u202e", "\u2066", "\x9b"))
