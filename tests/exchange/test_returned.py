"""The desk: what waits, the sheet it is decided on, and what comes of the decisions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.exchange.form.weekly_round import lines
from tests.returned import FILES, facts

REQUESTS = """\
date,item,event,key,value,by,until,note
2017-12-14,M2,request,extend,,市水利局,2018-12-31,floods
2017-12-14,M3,request,done,2017-12-10,万州区,,
"""
SETTINGS = FILES["ledger.yaml"] + "approvers: [group]\ndecides: {done: [office]}\n"
DAY = ("--as-of", "2017-12-20")


@pytest.fixture
def root(make_ledger) -> Path:
    return make_ledger({**FILES, "ledger.yaml": SETTINGS, "journal/2017/asked.csv": REQUESTS})


@pytest.fixture
def decide(run, root, tmp_path):
    """Fills in the row of an item on the sheet of the desk, and collects it."""
    desk = tmp_path / "desk.xlsx"

    def collect(item: str, code: int = 0, journal: str = "", **cells: Any) -> Any:
        run("-C", root, "requests", *DAY, "-o", desk)
        book = load_workbook(desk)
        sheet = book.worksheets[0]
        titles = next(row for row in sheet.iter_rows(max_row=6) if row[0].value == "id")
        columns = {str(cell.value).replace(" ", "_"): cell.column for cell in titles}
        row = next(row for row in range(titles[0].row + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == item)
        for name, value in cells.items():
            sheet.cell(row, columns[name]).value = value
        book.save(desk)
        if journal:
            (root / "journal/2017/later.csv").write_text(REQUESTS.splitlines()[0] + "\n" + journal, encoding="utf-8")
        (tmp_path / "SCAN.pdf").write_bytes(b"signed")
        return run("-C", root, "collect", desk, "--evidence", tmp_path / "SCAN.pdf", *DAY, code=code)

    return collect


def test_the_desk_tells_what_is_asked_since_when_and_what_check_would_say(run, root):
    found = json.loads(run("-C", root, "requests", *DAY, "--format", "json").out)
    extension = next(own for own in found["requests"] if own["item"] == "M2")
    assert (extension["key"], extension["until"], extension["since"]) == ("extend", "2018-12-31", "2017-12-14")
    assert (extension["words"], extension["working_days"]) == ("floods", 4)


def test_a_completion_that_is_granted_bears_the_day_it_was_done_and_the_hash_of_the_scan(decide, root):
    decide("M3", decision="granted", decided_by="office")
    (line,) = facts(root)
    assert (line["event"], line["date"], line["value"], line["by"]) == ("done", "2017-12-20", "2017-12-10", "office")
    assert (line["file"], len(line["sha256"])) == ("evidence/SCAN.pdf", 64)
    assert (root / "evidence/SCAN.pdf").read_bytes() == b"signed"


def test_an_extension_may_be_granted_to_an_earlier_day(decide, root):
    told = decide(
        "M2", decision="同意", decided_by="group", document="no. 9", granted_until="2018-10-31", decided_on="12月19日"
    ).out
    assert "“12月19日” is read as 2017-12-19" in told
    (line,) = facts(root)
    assert (line["event"], line["until"], line["date"], line["note"]) == (
        "extend",
        "2018-10-31",
        "2017-12-19",
        "floods",
    )


def test_a_no_is_a_decline_and_the_request_waits_no_more(decide, run, root):
    decide("M2", decision="declined", decided_by="group", reason="too late")
    assert [(line["event"], line["key"], line["note"]) for line in facts(root)] == [("decline", "extend", "too late")]
    found = json.loads(run("-C", root, "requests", *DAY, "--format", "json").out)
    assert "M2" not in [own["item"] for own in found["requests"]]


@pytest.mark.parametrize("item, cells, sentence", [
    ("M3", {"decision": "perhaps", "decided_by": "office"}, "this is neither granted nor declined: perhaps"),
    ("M3", {"decision": "granted"}, "done needs `decided by`"),
    ("M2", {"decision": "declined", "decided_by": "group"}, "declined needs `reason`"),
    ("M2", {"decision": "granted", "decided_by": "group"}, "extended needs `document`"),
    ("M2", {"decision": "granted", "decided_by": "group", "document": "9", "granted_until": "2019-01-31"},
     "2019-01-31 is later than what was asked, 2018-12-31"),
    ("M3", {"decision": "granted", "decided_by": "office", "granted_until": "2018-01-31"},
     "no extension is asked for, so none is granted"),
    ("M3", {"decision": "granted", "decided_by": "office", "decided_on": "2017-12-13"},
     "decided on 2017-12-13, before it was asked on 2017-12-14"),
])  # fmt: skip
def test_a_row_that_is_not_in_order_is_held_with_the_reason(decide, root, item, cells, sentence):
    assert sentence in decide(item, code=1, **cells).out
    assert facts(root) == []


def test_who_may_not_decide_decides_nothing(decide, root):
    assert "group may not decide this" in decide("M3", code=1, decision="granted", decided_by="group").out
    assert facts(root) == []


def test_a_request_that_has_changed_since_is_held(decide, root):
    later = "2017-12-18,M2,request,extend,,市水利局,2019-03-31,more floods\n"
    out = decide("M2", code=1, journal=later, decision="granted", decided_by="group", document="9").out
    assert "the request on M2 has changed: now 2019-03-31" in out
    assert facts(root) == []


def test_a_row_without_an_open_request_is_held(decide, root):
    answered = "2017-12-18,M2,decline,extend,,group,,no\n"
    out = decide("M2", code=1, journal=answered, decision="granted", decided_by="group", document="9").out
    assert "M2 has no open request" in out


def test_a_sheet_collected_twice_changes_nothing(decide, run, root, tmp_path):
    decide("M3", decision="granted", decided_by="office")
    before = (root / "journal/2017/office.csv").read_bytes()
    out = run("-C", root, "collect", tmp_path / "desk.xlsx", *DAY).out
    assert "desk!L6  the decision on M3 is recorded already" in lines(out)
    assert (root / "journal/2017/office.csv").read_bytes() == before


def test_a_blank_row_stays_as_it_is(decide, root):
    assert "no new decision to record" in decide("M3", decided_by="").out
    assert facts(root) == []
