"""Rows of a sheet as facts for the journal."""

from __future__ import annotations

import pytest

from ledger.source.sheet import Cell
from tests import paper
from tests.change.import_paper import after, meaning, sheet, told, written

pytestmark = pytest.mark.quick

TARGETS = {"started": {"name": "开工", "unit": "座", "goal": 46}, "share": {"name": "占比", "unit": "%", "goal": 80}}
FILES = paper.files(
    [paper.item("M1", targets=TARGETS, milestones={"plans": {"name": "方案", "due": "2017-09-30"}}), paper.item("M2")],
    [paper.fact("2017-03-01", "start", text="开工"), paper.fact("2017-12-31", "reading", key="started", value="43")],
)
LEDGER = paper.sound(FILES)
HEADER = ["date", "item", "event", "key", "value", "by", "until", "text", "note", "doc"]


def rows(*cells: list[object], header: list[str] = HEADER):
    return meaning(LEDGER, sheet(header, *cells))


def new(found) -> list[dict[str, str]]:
    return [dict(entry.row) for entry in found.reads[0].entries]


def test_a_sheet_with_dates_items_and_events_is_taken_for_the_journal():
    found = rows(["2018-01-05", "M1", "report", "", "", "甲", "", "过半"])
    assert found.reads[0].target == "journal"
    assert new(found) == [{"date": "2018-01-05", "item": "M1", "event": "report", "by": "甲", "text": "过半"}]


def test_rows_that_the_journal_holds_already_are_known_and_said_once():
    found = rows(
        ["2017-03-01", "M1", "start", "", "", "", "", "开工"],
        ["2018-01-05", "M1", "done"],
        ["2018/1/5", "m1", "整改完成"],
    )
    assert (found.reads[0].known, new(found)) == (2, [{"date": "2018-01-05", "item": "M1", "event": "done"}])


def test_a_second_run_finds_nothing_to_write():
    sheets = sheet(HEADER, ["2018-01-05", "M1", "done"], ["2018-01-05", "M2", "report", "", "", "", "", " a\nb "])
    found = meaning(LEDGER, sheets)
    again = meaning(after(FILES, found, LEDGER), sheets)
    assert (len(new(found)), again.is_empty, again.reads[0].known) == (2, True, 2)


def test_the_journal_as_it_stands_changes_nothing():
    lines = [line.split(",") for line in FILES["journal/2017/office.csv"].splitlines()]
    assert rows(*lines[1:], header=lines[0]).is_empty


def test_chinese_headers_events_and_keys_are_understood():
    header = ["报送日期", "编号", "事件", "指标代号", "数值", "报送单位", "进展情况"]
    found = rows(
        ["2018年1月5日", "Ｍ１", "读数", "开工", "１,０４６", "甲", "x"], ["2018.1.5", "M1", "阶段完成", "方案"],
        ["2018.1.5", "M1", "回头看", "巩固"], ["2018.1.5", "M1", "督办", "挂牌督办"], ["2018.1.5", "M1", "销号步骤", "公示"],
        header=header,
    )  # fmt: skip
    assert [(row["event"], row["key"], row.get("value", "")) for row in new(found)] == [
        ("reading", "started", "1046"), ("milestone", "plans", ""), ("lookback", "held", ""), ("supervise", "listed", ""),
        ("step", "notice", ""),
    ]  # fmt: skip


def test_a_percentage_is_the_value_of_progress_and_of_targets_in_percent_only():
    cell = Cell("87.5", "percent")
    found = rows(["2018-01-05", "M1", "reading", "share", cell], ["2018-01-05", "M1", "progress", "", cell],
                 ["2018-01-05", "M1", "reading", "started", cell])  # fmt: skip
    assert [row["value"] for row in new(found)] == ["87.5", "87.5"]
    assert told(found) == [(4, 5, "this is no percentage: 87.5%")]


@pytest.mark.parametrize(
    "row, column, words",
    [
        (["", "M1", "done"], 1, "date is required"),
        (["2018-02-30", "M1", "done"], 1, "there is no such day"),
        (["2018-01-05", "", "done"], 2, "the item is missing"),
        (["2018-01-05", "M9", "done"], 2, "the ledger has no item M9"),
        (["2018-01-05", "M1", ""], 3, "event is required"),
        (["2018-01-05", "M1", "完"], 3, "there is no event 完"),
        (["2018-01-05", "M1", "reading", "started", ""], 5, "reading needs value"),
        (["2018-01-05", "M1", "reading", "started", "46座"], 5, "there is 座 behind the number"),
        (["2018-01-05", "M1", "reading", "started", "很多"], 5, "not a number: 很多"),
        (["2018-01-05", "M1", "progress", "", "101"], 5, "progress lies between 0 and 100"),
        (["2018-01-05", "M1", "expect", "", "", "", "2018年底"], 7, "names no day"),
        (["2018-01-05", "M1", "lookback", "ok"], 4, "key cannot be ok"),
        (["2018-01-05", "M1", "extend", "", "", "甲", "2018-06-30"], 10, "extend needs doc"),
        (["2018-01-05", "M1", "done", "", Cell("#REF!", "error")], 5, "the cell holds the error #REF!"),
    ],
)
def test_what_the_journal_cannot_hold_is_rejected_where_it_stands(row, column, words):
    found = rows(row, ["2018-01-06", "M2", "done"])
    assert next((spot_row, spot_column) for spot_row, spot_column, _ in told(found)) == (2, column)
    assert words in told(found)[0][2]
    assert new(found) == [{"date": "2018-01-06", "item": "M2", "event": "done"}]


def test_a_recorded_fact_told_otherwise_is_rejected_with_the_way_to_correct_it():
    found = rows(["2017-03-01", "M1", "start", "", "", "", "", "未开工"])
    (rejected,) = found.rejected
    assert rejected.message.en == "journal/2017/office.csv:2 has 2017-03-01/start already, with other content"
    assert rejected.hint.en == "to correct it: ledger record void M1 --key 2017-03-01/start"


def test_a_fact_told_in_two_ways_by_one_sheet_is_rejected_the_second_time():
    found = rows(["2018-01-05", "M1", "done", "", "", "", "", "a"], ["2018-01-05", "M1", "done", "", "", "", "", "b"])
    assert told(found) == [(3, 0, "this sheet has 2018-01-05/done already, with other content")]


def test_a_fact_that_was_taken_back_may_be_told_anew():
    files = paper.files([paper.item()], [paper.fact("2017-03-01", "done", text="a"),
                                         paper.fact("2017-03-02", "void", key="2017-03-01/done")])  # fmt: skip
    found = meaning(paper.sound(files), sheet(HEADER, ["2017-03-01", "M1", "done", "", "", "", "", "b"]))
    assert len(new(found)) == 1


def test_facts_are_appended_to_the_writers_file_of_their_year():
    found = rows(["2017-12-31", "M2", "done"], ["2018-01-05", "M1", "report", "", "", "", "", 'a, "b"\nc'])
    files = written(FILES, found, LEDGER, "wanzhou")
    assert {path: text.splitlines()[1:] for path, text in files.items()} == {
        "journal/2017/wanzhou.csv": ["2017-12-31,M2,done,,,,,,,,,,,,,,,,"],
        "journal/2018/wanzhou.csv": ['2018-01-05,M1,report,,,,,,,"a, ""b"" c",,,,,,,,,'],
    }


def test_an_unknown_column_is_left_out_loudly():
    found = rows(["2018-01-05", "M1", "done", "x"], header=["date", "item", "event", "天气"])
    assert [(one.title, one.loud) for one in found.reads[0].left_out] == [("天气", True)]
    assert new(found) == [{"date": "2018-01-05", "item": "M1", "event": "done"}]


def test_words_put_into_the_journals_own_are_said_and_others_are_not():
    found = rows(["2018-01-05", "M1", "整改完成"], ["2018-01-06", "m2", "done"])
    assert [(spot.column, words.en) for spot, words in found.reads[0].notes] == [
        (3, "1 cell: put into the ledger's words")
    ]


def test_keys_of_other_events_are_taken_as_they_stand():
    found = rows(["2018-01-05", "M1", "withdraw", "开工", "", "甲", "", "", "x", "1号"])
    assert new(found)[0]["key"] == "开工"
