"""The register of letters: it comes back, and what went out stands in the journal."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import openpyxl
import pytest

from tests.paper import files, item

LEVELS = {"提示": 20, "预警": 10, "逾期": 0}


@pytest.fixture
def office(make_ledger):
    """A ledger with an item of each of two units, both at the level 提示."""
    plan = [item("M1", lead="市城管委"), item("M2", lead="市交委")]
    return make_ledger(files(plan, language="zh", warning={"levels": LEVELS}))


def fill(folder: Path, unit: str, **cells: object) -> None:
    """Fills in the row of a unit, columns by their Chinese titles."""
    book = openpyxl.load_workbook(folder / "letters.xlsx")
    sheet = book.active
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if any(cell.value == "主送单位" for cell in row))
    places = {cell.value: cell.column for cell in head}
    row = next(row for row in rows if row[places["主送单位"] - 1].value == unit)
    for title, value in cells.items():
        sheet.cell(row[0].row, places[title], value)
    book.save(folder / "letters.xlsx")


def facts(office: Path) -> list[dict[str, str]]:
    found = []
    for path in sorted((office / "journal").rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            found += [row for row in csv.DictReader(stream) if row["event"] == "supervise"]
    return found


def sent(run, office: Path, out: Path, kind: str = "warning", day: str = "2017-12-15") -> None:
    run("letter", kind, "-C", office, "-o", out, "--as-of", day, "--lang", "zh")


def test_what_went_out_is_recorded_with_its_document_level_and_scan(run, office, tmp_path):
    out = tmp_path / "out"
    sent(run, office, out)
    (out / "扫描").mkdir()
    (out / "扫描" / "1号.pdf").write_bytes(b"scan")
    fill(out, "市城管委", 文号="渝整改函〔2017〕1号", 签发人="张三", 日期="2017-12-16", 扫描件="扫描/1号.pdf")
    run("collect", out / "letters.xlsx", "-C", office)
    (line,) = facts(office)
    told = {name: line[name] for name in ("date", "item", "key", "doc", "person", "note", "sha256", "file")}
    assert told == {
        "date": "2017-12-16", "item": "M1", "key": "warning", "doc": "渝整改函〔2017〕1号", "person": "张三",
        "note": "提示", "sha256": hashlib.sha256(b"scan").hexdigest(), "file": "evidence/1号.pdf",
    }  # fmt: skip
    assert (office / "evidence" / "1号.pdf").read_bytes() == b"scan"


def test_what_was_recorded_is_not_written_again(run, office, tmp_path):
    sent(run, office, tmp_path / "out")
    fill(tmp_path / "out", "市城管委", 文号="1号", 日期="2017-12-16")
    for _ in range(2):
        run("collect", tmp_path / "out" / "letters.xlsx", "-C", office)
    assert len(facts(office)) == 1
    sent(run, office, tmp_path / "next", day="2017-12-17")
    assert not (tmp_path / "next" / "预警函_市城管委.docx").exists()
    assert (tmp_path / "next" / "预警函_市交委.docx").exists()


@pytest.mark.parametrize("kind, key", [("reminder", "reminder"), ("supervision", "letter")])
def test_other_kinds_have_keys_of_their_own(run, office, tmp_path, kind, key):
    sent(run, office, tmp_path / "out", kind, {"reminder": "2017-12-15", "supervision": "2018-01-15"}[kind])
    fill(tmp_path / "out", "市交委", 文号="2号", 日期="2018-01-16")
    run("collect", tmp_path / "out" / "letters.xlsx", "-C", office)
    assert [(line["item"], line["key"], line["note"]) for line in facts(office)] == [("M2", key, "")]


def test_a_letter_without_a_document_or_with_a_scan_that_is_not_there_is_held_back(run, office, tmp_path):
    sent(run, office, tmp_path / "out")
    fill(tmp_path / "out", "市城管委", 签发人="张三")
    fill(tmp_path / "out", "市交委", 文号="2号", 扫描件="没有.pdf")
    result = run("collect", tmp_path / "out" / "letters.xlsx", "-C", office, "--lang", "zh", code=1)
    assert "文号空着" in result.out
    assert "没有.pdf" in "".join(result.out.split()), "a long path is wrapped anywhere"
    assert facts(office) == []


def test_show_says_which_level_went_out_when(run, office, tmp_path):
    sent(run, office, tmp_path / "out")
    fill(tmp_path / "out", "市城管委", 文号="1号", 日期="2017-12-16")
    run("collect", tmp_path / "out" / "letters.xlsx", "-C", office)
    shown = run("show", "M1", "-C", office, "--as-of", "2017-12-17", "--lang", "zh").out
    assert "2017-12-16 已发预警函（提示）" in shown
    assert "2017-12-16 已发提示" in run("due", "-C", office, "--as-of", "2017-12-17", "--lang", "zh").out
