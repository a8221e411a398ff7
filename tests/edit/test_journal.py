"""Facts go to the end of one writer's file; what stands there stays byte for byte."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.edit.journal import appended, csv_line, is_writer
from ledger.model.entry import COLUMNS
from ledger.storage.refusal import CannotChange
from tests.paper import Memory

pytestmark = pytest.mark.quick

PATTERN = "journal/**/*.csv"
ROW = {"date": "2018-01-04", "item": "M1", "event": "report"}
HEADER = ",".join(COLUMNS) + "\n"


def test_a_file_that_the_tool_starts_has_all_columns_in_their_order():
    (change,) = appended(Memory({}), PATTERN, [ROW], "office")
    assert change.path == "journal/2018/office.csv"
    assert change.before is None
    assert change.after.decode() == HEADER + "2018-01-04,M1,report" + "," * 16 + "\n"


def test_each_fact_goes_to_the_year_of_its_date():
    changes = appended(Memory({}), PATTERN, [ROW, {**ROW, "date": "2017-12-31"}], "wanzhou")
    assert {change.path for change in changes} == {"journal/2018/wanzhou.csv", "journal/2017/wanzhou.csv"}


def test_a_header_that_lacks_a_needed_column_is_left_alone_and_the_next_file_takes_the_fact():
    memory = Memory({"journal/2018/office.csv": "date,item,event\n"})
    (one,) = appended(memory, PATTERN, [ROW], "office")
    assert one.after == b"date,item,event\n2018-01-04,M1,report\n"
    (other,) = appended(memory, PATTERN, [{**ROW, "text": "招标"}], "office")
    assert other.path == "journal/2018/office-2.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_line_ends_bom_and_encoding_stay(encoding: str):
    before = "date,item,event,text\r\n2018-01-02,M1,report,已招标\r\n".encode(encoding)
    (change,) = appended(Memory({"journal/2018/office.csv": before}), PATTERN, [{**ROW, "text": "开工"}], "office")
    assert change.before == before
    assert change.after == before + "2018-01-04,M1,report,开工\r\n".encode(encoding.removesuffix("-sig"))


def test_nothing_is_appended_to_a_file_that_may_be_cut_off():
    memory = Memory({"journal/2018/office.csv": "date,item,event\n2018-01-02,M1,rep"})
    with pytest.raises(CannotChange) as refused:
        appended(memory, PATTERN, [ROW], "office")
    assert "no line end" in refused.value.message.en


@pytest.mark.parametrize(
    "pattern, path",
    [("facts/*.csv", "facts/office-2018.csv"), ("*.csv", "office-2018.csv"), ("j/all.csv", "j/all.csv")],
)
def test_the_new_file_is_one_that_the_journal_of_the_ledger_holds(pattern: str, path: str):
    class Anywhere(Memory):
        def matching(self, pattern: str) -> list[str]:
            return []

    (change,) = appended(Anywhere({}), pattern, [ROW], "office")
    assert change.path == path


def test_a_journal_that_can_hold_no_file_of_a_writer_is_refused():
    class Anywhere(Memory):
        def matching(self, pattern: str) -> list[str]:
            return []

    with pytest.raises(CannotChange):
        appended(Anywhere({}), "journal/[0-9].txt", [ROW], "office")


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "万／州", "ﾅ", "_a", "a b", "x" * 65, "-n", "a.b"])
def test_a_writer_is_a_safe_slug(name: str):
    assert not is_writer(name)


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))), min_size=2, max_size=5))
def test_words_come_back_as_they_were_given(cells: list[str]):
    (back,) = csv.reader(io.StringIO(csv_line(cells), newline=""))
    assert back == [cell.strip() for cell in cells]


@given(st.lists(st.text(), min_size=2, max_size=5))
def test_one_fact_is_one_line_whatever_is_in_it(cells: list[str]):
    assert csv_line(cells).splitlines() == [csv_line(cells).removesuffix("\n")]
