"""A whole round of 15 units: every cell that was filled in ends in the journal, in a slip, or on the desk."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.returned import fill, journal, returns, save_as_of

UNITS = [f"第{number:02}区" for number in range(1, 16)]
WEEK = ("--week", "2017-W50")
SETTINGS = """\
ledger: 1
title: 大台账
start: 2017-01-01
time_nodes: [{id: "2018", date: 2018-12-31}]
books: {m: {name: m, path: m.yaml}}
week: {closes: thursday, roll_call: true}
approvers: [市整改领导小组]
decides: {done: [市整改办]}
units:
""" + "".join(f"  - {{name: {unit}, kind: district}}\n" for unit in UNITS)
PLAN = "".join(
    f"- {{id: A{n}, title: 污水厂{n}, lead: {unit}, goal: g, steps: [s], due: 2018-06-30,\n"
    f"   targets: {{built: {{name: 建成, unit: 座, goal: '>= 40'}}}}}}\n"
    f"- {{id: B{n}, title: 码头{n}, lead: {unit}, goal: g, steps: [s], due: 2018-03-31}}\n"
    for n, unit in enumerate(UNITS, 1)
)
BLANK, RENAMED, FAULTY = UNITS[:4], UNITS[4:6], UNITS[6:11]
FAULTS = ["三十", "15~20", "尽快", "30家", "40/30"]


def filled(number: int) -> dict[tuple[str, ...], object]:
    """What the unit of that number writes: eight cells, of which one asks for completion or for an extension."""
    return {
        (f"B{number}", "本周进展"): f"完成{number}处", (f"B{number}", "存在问题"): "缺资金，请市财政局协调",
        (f"B{number}", "预计完成"): "2018年3月底前", (f"B{number}", "完成进度（%）"): "75%",
        (f"A{number}", "built", "本周读数"): "约30座", (f"A{number}", "本周进展"): "开工",
        **({(f"A{number}", "申请延期至"): "2018-10-31", (f"A{number}", "申请理由"): "汛期停工"} if number % 2 else
           {(f"B{number}", "是否完成"): "是", (f"B{number}", "完成日期"): "12月12日"}),
    }  # fmt: skip


@pytest.fixture
def sent(run, make_ledger, tmp_path, speak):
    """The ledger, and the forms as they come back."""
    speak("zh", 200)
    root = make_ledger({"ledger.yaml": SETTINGS, "m.yaml": PLAN})
    forms = tmp_path / "forms"
    run("-C", root, "form", "--all", *WEEK, "-o", forms)
    for number, unit in enumerate(UNITS, 1):
        path = forms / f"2017-W50_{unit}.xlsx"
        if unit in BLANK:
            continue
        cells = filled(number)
        if unit in FAULTY:
            cells[f"A{number}", "built", "本周读数"] = FAULTS[FAULTY.index(unit)]
        fill(path, cells)
        save_as_of(path, "2017-12-14T08:00:00Z")
        if unit in RENAMED:
            path.rename(forms / f"关于报送 ({number}).xlsx")
    return root, forms


def slip_rows(folder: Path) -> list[list[object]]:
    rows = []
    for path in sorted(folder.glob("*_退单.xlsx")):
        rows += list(load_workbook(path)["退单"].iter_rows(min_row=4, values_only=True))
    return rows


def decide(path: Path) -> None:
    """Every request is granted by who may."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    titles = next(row for row in sheet.iter_rows(max_row=8) if row[0].value == "编号")
    columns = {cell.value: cell.column for cell in titles}
    for row in range(titles[0].row + 1, sheet.max_row + 1):
        extension = sheet.cell(row, columns["申请事项"]).value == "延期"
        sheet.cell(row, columns["决定"]).value = "同意"
        sheet.cell(row, columns["决定人"]).value = "市整改领导小组" if extension else "市整改办"
        sheet.cell(row, columns["文号"]).value = "1号"
    book.save(path)


def test_nothing_that_a_unit_says_is_lost_and_nothing_is_typed_twice(sent, run, tmp_path):
    root, forms = sent
    slips = tmp_path / "slips"
    out = run("-C", root, "collect", forms, *WEEK, "-o", slips, code=1).out
    rows = journal(root)
    facts = Counter(row["event"] for row in rows)
    speaking = len(UNITS) - len(BLANK)
    # Six cells a unit are facts, two make one request; a faulty reading stands in the unit's slip instead.
    assert facts == {
        "report": 2 * speaking, "trouble": speaking, "expect": speaking, "progress": speaking, "request": speaking,
        "reading": speaking - len(FAULTY), "return": len(UNITS),
    }  # fmt: skip
    slip = slip_rows(slips)
    assert sorted(str(row[4]) for row in slip) == sorted(FAULTS)
    assert all(row[2].startswith("污水厂") and row[6] for row in slip)
    told = sum(facts[event] for event in ("report", "trouble", "expect", "progress", "reading")) + 2 * facts["request"]
    assert told + len(slip) == speaking * len(filled(1))
    assert "应报的 15 个单位都报了" in out
    assert {unit for unit, _, _, said in returns(root) if said == "0"} == set(BLANK)

    for number, unit in enumerate(UNITS, 1):
        if unit in FAULTY:
            path = slips / f"2017-W50_{unit}_退单.xlsx"
            fill(path, {(f"A{number}", "built", "本周读数"): 30})
            save_as_of(path, "2017-12-14T09:00:00Z")
    for path in slips.glob("overview.*"):
        path.unlink()
    run("-C", root, "collect", slips, *WEEK)
    assert Counter(row["event"] for row in journal(root))["reading"] == speaking

    before = [row["event"] for row in journal(root)]
    assert "没有新的可记" in run("-C", root, "collect", forms, slips, *WEEK, code=1).out
    assert [row["event"] for row in journal(root)] == before

    desk = tmp_path / "desk.xlsx"
    run("-C", root, "requests", "--as-of", "2017-12-18", "-o", desk)
    decide(desk)
    (tmp_path / "SCAN.pdf").write_bytes(b"signed")
    run("-C", root, "collect", desk, "--evidence", tmp_path / "SCAN.pdf", "--as-of", "2017-12-18")
    decided = [row for row in journal(root) if row["event"] in ("done", "extend")]
    assert len(decided) == speaking
    assert len({row["sha256"] for row in decided}) == 1
    assert {row.get("value") for row in decided if row["event"] == "done"} == {"2017-12-12"}
    assert "没有待批的申请" in run("-C", root, "requests", "--as-of", "2017-12-18").out

    weekly = run("-C", root, "report", "weekly", *WEEK, "--format", "csv").out
    assert weekly.count("零报告") == len(BLANK), weekly[weekly.index("报送") :][:800]
    assert len(re.findall("缺资金，请市财政局协调", weekly)) >= speaking
    run("-C", root, "check", "--as-of", "2017-12-18")
