"""Slips: what a unit must mend comes back to it as its own form; one page tells the office of all of them."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.exchange.form.weekly_round import XLSX
from tests.returned import facts

SLIP = "2017-W50_万州区_slip.xlsx"


@pytest.fixture
def slips(weekly, tmp_path):
    """万州区 has a reading and a day that cannot be told; what 开州区 reports on the same item is in order."""
    weekly.fill(
        {("M1", "built", "reading now"): "三十", ("M3", "expected by"): "尽快", ("M3", "progress this week"): "拆了"}
    )
    weekly.fill({("M1", "progress this week"): "开州区的话", ("M1", "built", "reading now"): 7}, "2017-W50_开州区.xlsx")
    (weekly.forms / "2017-W50_市水利局.xlsx").unlink()
    weekly.collect("-o", str(tmp_path / "slips"), code=1)
    return tmp_path / "slips"


def texts(path) -> str:
    book = load_workbook(path)
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_only_who_has_something_to_mend_gets_a_slip(slips):
    assert sorted(path.name for path in slips.iterdir()) == [SLIP, "overview.md", "overview.xlsx"]


def test_a_slip_names_the_item_what_was_written_what_is_wrong_and_what_would_be_right(slips):
    sheet = load_workbook(slips / SLIP).worksheets[0]
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert [
        "readings!J5",
        "M1",
        "Leachate",
        "reading now",
        "三十",
        "not a number: 三十",
        "if 30 is meant, write 30",
        "30",
    ] in rows
    assert [row[1:5] for row in rows] == [["M3", "Close a pier", "expected by", "尽快"],
                                          ["M1", "Leachate", "reading now", "三十"]]  # fmt: skip


def test_the_marked_cells_of_the_form_hold_what_was_written(slips):
    book = load_workbook(slips / SLIP)
    cell = book["readings"]["J5"]
    assert (cell.value, cell.fill.fgColor.rgb, cell.protection.locked) == ("三十", "00FADBD8", False)
    assert book["items"]["H6"].value is None


def test_a_slip_tells_nothing_that_another_unit_wrote(slips):
    assert "开州区的话" not in texts(slips / SLIP)


def test_a_mended_slip_is_collected_as_a_form(weekly, slips):
    book = load_workbook(slips / SLIP)
    book["readings"]["J5"], book["items"]["J6"] = 30, None
    book.save(slips / "改好了.xlsx")
    (slips / SLIP).unlink()
    for page in slips.glob("overview.*"):
        page.unlink()
    weekly.run("-C", weekly.root, "collect", slips, "--week", "2017-W50")
    assert [fact["value"] for fact in facts(weekly.root) if fact["by"] == "万州区" and fact["event"] == "reading"] == [
        "30"
    ]


def test_the_overview_tells_who_must_mend_what_and_who_is_silent(slips):
    page = (slips / "overview.md").read_text(encoding="utf-8")
    assert "| 万州区 | 2017-W50\\_万州区.xlsx | readings!J5 | M1 | Leachate | 三十 |" in page
    assert "Not reported (1)" in page
    assert "市水利局" in page


def test_a_slip_that_lies_there_is_not_overwritten(weekly, slips):
    (slips / SLIP).write_bytes(b"filled in")
    weekly.collect("-o", str(slips), code=1)
    assert (slips / SLIP).read_bytes() == b"filled in"
    assert (slips / "2017-W50_万州区_slip-2.xlsx").is_file()
    assert (weekly.forms / XLSX).is_file()
