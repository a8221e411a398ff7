"""The journal and books as CSV: bytes, quotes, short and long rows, and the order of entries."""

from __future__ import annotations

import pytest

from ledger.model.entry import EVENTS
from ledger.storage.csv.table import read_table
from tests import paper
from tests.storage.marks import SOUND, of

pytestmark = pytest.mark.quick


def test_a_byte_order_mark_before_csv_belongs_to_no_column():
    assert of("problems.csv", "\ufeffid,title,lead,due\nP1,t,l,2017-12-31\n") == []
    assert of("journal/2017/office.csv", "\ufeffdate,item,event\n2017-03-01,M1,start\n") == []


def test_a_journal_that_is_cut_off_is_found_in_its_last_line():
    rows = "date,item,event\n2017-03-01,M1,start\n2017-03-02,M1,rep"
    assert (3, 1, 107) in of("journal/2017/office.csv", rows)
    assert of("journal/2017/office.csv", rows[: -len("\n2017-03-02,M1,rep")]) == [(2, 1, 107)]


def test_a_quote_that_is_never_closed_is_found_where_its_row_begins():
    rows = 'date,item,event,text\n2017-03-01,M1,report,\n2017-03-02,M1,report,"open\n' + 5 * "2017-03-03,M1,report,\n"
    ((line, _, code),) = of("journal/2017/office.csv", rows)
    assert (line, code) == (3, 101)


def test_rows_before_an_open_quote_are_kept():
    rows = 'date,item,event,text\n2017-03-02,M1,done,\n2017-03-03,M1,report,"open\n'
    ledger = paper.read({**SOUND, "journal/2017/office.csv": rows})
    assert [entry.event for entry in ledger.journal["M1"]] == ["start", "done"]


def test_a_short_row_has_empty_cells():
    ledger = paper.sound({**SOUND, "journal/2017/office.csv": "date,item,event,key,note\n2017-03-02,M1,report\n"})
    assert [(entry.event, entry.note) for entry in ledger.journal["M1"]] == [("start", ""), ("report", "")]
    ledger = paper.sound({**SOUND, "problems.csv": "id,title,lead,due,origin,remark\nP1,t,l,2017-12-31\n"})
    assert [(item.id, item.remark) for item in ledger.book("problems")] == [("P1", "")]


def test_a_long_row_of_the_journal_does_not_count_and_the_others_do():
    rows = "date,item,event\n2017-03-02,M1,done,too much\n2017-03-03,M1,report\n"
    ledger = paper.read({**SOUND, "journal/2017/office.csv": rows})
    assert [entry.event for entry in ledger.journal["M1"]] == ["start", "report"]


def test_empty_rows_are_no_rows():
    rows = "\ndate,item,event\n\n2017-03-02,M1,report\n,,\n\n2017-03-41,M1,report\n"
    assert of("journal/2017/office.csv", rows) == [(7, 1, 104)]
    assert of("problems.csv", "id,title,lead,due\n,,,\n\nP1,t,l,2017-12-31\n") == []


def test_a_cell_of_blanks_is_as_empty_as_a_value_of_blanks():
    assert of("measures.yaml", '- {id: M7, title: "  ", lead: l, due: 2017-12-31}\n') == [(1, 12, 105)]
    assert of("problems.csv", "id,title,lead,due\nP1,  ,l,2017-12-31\n") == [(2, 4, 105)]


@pytest.mark.parametrize("path", ["problems.csv", "journal/2017/office.csv"])
def test_csv_from_an_old_spreadsheet_is_read(path: str):
    text = {
        "problems.csv": "id,title,lead,due\nP1,垃圾填埋场,市城管委,2017-12-31\n",
        "journal/2017/office.csv": "date,item,event,text\n2017-03-02,M1,report,渗滤液处理设施开工\n",
    }[path]
    new, old = paper.sound({**SOUND, path: text}), paper.sound({**SOUND, path: text.encode("gb18030")})
    assert [item._replace(where=None) for item in new.items] == [item._replace(where=None) for item in old.items]
    assert new.journal == old.journal


def test_positions_in_csv_from_an_old_spreadsheet_count_characters():
    rows = "item,text,date,event\nM1,渗滤液处理设施,2017-03-32,report\n"
    assert of("journal/2017/office.csv", rows.encode("gb18030")) == [(2, 12, 104)]


def test_a_damaged_byte_in_utf_8_is_not_taken_for_an_old_spreadsheet():
    rows = "date,item,event,text\n2017-03-01,M1,report,垃圾\n".encode() + b"2017-03-02,M1,report,\xc0\xac\n"
    assert of("journal/2017/office.csv", rows) == [(3, 22, 101)]


def test_a_journal_may_have_any_columns_in_any_order():
    ledger = paper.sound(
        {**SOUND, "journal/2017/office.csv": "value,event,key,item,date\n43,reading,started,M1,2017-03-02\n"}
    )
    entry = ledger.journal["M1"][1]
    assert (entry.date.isoformat(), entry.event, entry.key, entry.value) == ("2017-03-02", "reading", "started", "43")


def test_a_cell_that_its_file_has_no_column_for_is_found_at_the_event():
    rows = "date,item,event\n2017-03-02,M1,milestone\n"
    assert of("journal/2017/office.csv", rows) == [(2, 15, 105)]


def test_exact_duplicates_count_once_even_in_two_files():
    ledger = paper.sound({
        **SOUND,
        "journal/2017/a.csv": "date,item,event,key,value\n" + 2 * "2017-03-02,M1,reading,a,5\n",
        "journal/2018/b.csv": "item,date,value,key,event,note\nM1,2017-03-02,5,a,reading,\n",
    })  # fmt: skip
    assert [entry.event for entry in ledger.journal["M1"]] == ["start", "reading"]


def test_entries_of_one_day_stand_in_the_order_of_the_table_of_events():
    events = ["void", "expect", "lift", "withdraw", "lookback", "close", "done", "reopen", "trouble", "report", "start"]
    facts = [
        paper.fact(
            "2017-03-02",
            event,
            key={"void": "2016-01-01/start", "lookback": "held"}.get(event, ""),
            until="2018-06-30" if "until" in EVENTS[event].columns else "",
        )
        for event in events
    ]
    ledger = paper.sound(paper.files([paper.item()], facts))
    assert [entry.event for entry in ledger.journal["M1"]] == [
        "start", "report", "trouble", "reopen", "done", "close", "lookback", "withdraw", "lift", "expect", "void",
    ]  # fmt: skip


def test_closing_steps_of_one_day_stand_in_their_own_order():
    steps = ["self_check", "acceptance", "review", "notice"]
    facts = [paper.fact("2017-03-02", "step", key=step) for step in reversed(steps)]
    ledger = paper.sound(paper.files([paper.item()], facts, closing={"steps": steps}))
    assert [entry.key for entry in ledger.journal["M1"]] == steps


def test_entries_of_no_item_are_kept_apart():
    ledger = paper.read({**SOUND, "journal/2017/office.csv": "date,item,event\n2017-03-02,M99,start\n"})
    assert [(entry.item, entry.line) for entry in ledger.orphans] == [("M99", 2)]


def test_a_cell_knows_its_place_too():
    ledger = paper.sound({**SOUND, "problems.csv": 'id,title,lead,due\nP1,"甲,\n乙",l,2017-12-31\nP2,t,l,2017-12-31\n'})
    first, second = ledger.book("problems")
    assert [str(first.where.place(name)) for name in ("id", "title", "due")] == [
        "problems.csv:2:1", "problems.csv:2:4", "problems.csv:3:6",
    ]  # fmt: skip
    assert str(second.where.place("lead")) == "problems.csv:4:6"


def test_many_empty_lines_in_a_row_are_no_rows_and_count_as_lines():
    table, findings = read_table("a,b\n" + "\n" * 9000 + "1,2\n" + "\n" * 20 + '"3\n",4\n\n\n', "x.csv")
    assert not findings
    assert table is not None
    assert (table.lines, table.columns) == ([9002, 9023], [["1", "3\n"], ["2", "4"]])
