"""Entries of the journal as a list, and as the file that comes back."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import openpyxl
import pytest

from ledger.format.document import in_language
from ledger.format.terminal import terminal_text
from ledger.format.xlsx.page import TooLarge
from ledger.view.entries import entries_csv, entries_document, entries_json, entries_workbook
from tests.paper import COLUMNS, fact, files, item, sound

FACTS = [
    fact("2017-05-01", "reading", key="a", value="43.50", by="甲区", part="1", of="2", text="=1+1"),
    fact("2017-06-01", "extend", until="2018-06-30"),
    fact("2017-06-02", "amend", key="lead", value="46"),
]
LEDGER = sound(files([item(targets={"a": {"goal": 46}})], FACTS))
ENTRIES = LEDGER.journal["M1"]
DAY = date(2017, 12, 31)


def sheet() -> Any:
    return openpyxl.load_workbook(io.BytesIO(entries_workbook(ENTRIES, LEDGER.settings, DAY, "zh"))).worksheets[0]


def test_the_csv_is_a_journal_file_with_all_columns():
    rows = list(csv.DictReader(io.StringIO(entries_csv(ENTRIES))))
    assert list(rows[0]) == COLUMNS
    assert rows[0] | {"text": "=1+1"} == dict.fromkeys(COLUMNS, "") | FACTS[0]
    assert rows[0]["text"] == "'=1+1"


def test_for_excel_it_is_marked_and_its_lines_end_as_there():
    text = entries_csv(ENTRIES, spreadsheet=True)
    assert text.startswith("\ufeffdate,item,event")
    assert text.count("\r\n") == text.count("\n") == 4


def test_the_json_tells_the_line_of_each_entry():
    found = entries_json(ENTRIES, DAY)
    assert (found["schema"], found["as_of"]) == ("ledger/entries/1", "2017-12-31")
    assert [(one["event"], one["path"], one["line"]) for one in found["entries"]] == [
        ("reading", "journal/2017/office.csv", 2), ("extend", "journal/2017/office.csv", 3),
        ("amend", "journal/2017/office.csv", 4),
    ]  # fmt: skip
    assert set(found["entries"][0]) == {*COLUMNS, "path", "line"}
    assert json.loads(json.dumps(found)) == found


def test_in_the_workbook_a_number_is_one_only_if_it_comes_back_as_it_was_written():
    cells = {cell.value: column for column, cell in enumerate(sheet()[1], 1)}
    values = [sheet().cell(row, cells["value"]).value for row in (2, 3, 4)]
    assert values == ["43.50", None, "46"]
    assert sheet().cell(2, cells["part"]).value == 1
    assert sheet().cell(3, cells["until"]).is_date
    assert sheet().cell(2, cells["text"]).data_type == "s"


def test_the_workbook_offers_the_events_and_says_what_they_are():
    rules = {str(rule.sqref): rule for rule in sheet().data_validations.dataValidation}
    assert rules["C2:C204"].type == "list"
    assert "报送" in rules["C1"].prompt


def test_a_text_too_long_for_a_cell_is_refused_with_its_place():
    ledger = sound(files([item()], [fact("2017-05-01", "report", text="环" * 40_000)]))
    with pytest.raises(TooLarge) as refused:
        entries_workbook(ledger.journal["M1"], ledger.settings, DAY, "zh")
    assert "M1 的 text" in refused.value.message.zh


@pytest.mark.parametrize("lang, signs", [
    ("zh", ["小台账  流水截至 2017-12-31", "读数", "43.50", "延期", "2018-06-30", "3 条记载  id:M1"]),
    ("en", ["small ledger  journal up to 2017-12-31", "reading", "extended", "3 entries  id:M1"]),
])  # fmt: skip
def test_people_see_what_happened_when(lang: str, signs: list[str]):
    text = terminal_text(in_language(entries_document(ENTRIES, LEDGER, DAY, "id:M1"), lang), 120)
    assert all(sign in text for sign in signs)
