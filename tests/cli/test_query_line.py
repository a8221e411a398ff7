"""Queries on the command line: the line to type for a wrong one, saved ones, days, and ids from standard input."""

from __future__ import annotations

import io
import json
import re
import sys

import pytest

from tests.conftest import DATA
from tests.paper import fact, files, item

PLAN = [
    item("M1", title="甲", due="2018-06-30", lead="市城管委"), item("M2", title="乙", due="2017-12-01", lead="市农委"),
    item("M3", title="丙", due="2018-06-30", lead="市农委", weight=2),
]  # fmt: skip
FACTS = [fact("2017-10-01", "done", "M3"), fact("2017-11-01", "progress", "M1", value=40)]
QUERIES = {"open": "is:open", "odd": "leed:x", "bad name": "is:open"}


@pytest.fixture
def here(make_ledger):
    return make_ledger(files(PLAN, FACTS, archived="2017-12-31", closing={"by": "due"}, queries=QUERIES))


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Puts something on standard input."""

    def put(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return put


COMMANDS = ["list", "chart burnup", "forecast", "report disclosure", "plan", "letter supervision -o x"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_with_a_query_writes_the_right_line(run, here, command: str):
    err = run("-C", here, *command.split(), "lead=市农委", "due<2018", code=2).err
    name = " ".join(command.split()[: 2 if " " in command and "-" not in command else 1])
    assert re.search(rf"write ledger -C \S+ {name}.* lead:市农委 'due:<2018'", err)


def test_the_right_line_can_be_typed(run, here):
    err = run("list", "lead = 市农委", "state!=done", code=2, cwd=here).err
    assert "write ledger list lead:市农委 -state:done" in err
    assert "M2" in run("list", "lead:市农委", "-state:done", cwd=here).out
    assert "write ledger list --entries event:done" in run("list", "--entries", "event=done", code=2, cwd=here).err


def test_saved_queries_are_found_by_name_and_judged_where_they_stand(run, here):
    assert run("-C", here, "list", "@open", "-q").out.split() == ["M1", "M2"]
    assert run("-C", here, "list", "-@open", "-q").out.split() == ["M3"]
    found = json.loads(run("-C", here, "check", "--format", "json", "--select", "L104", code=1).out)["findings"]
    assert [(one["code"], one["path"], one["line"] > 1, one["message"]) for one in found] == [
        ("L104", "ledger.yaml", True, "there is no field leed"), ("L104", "ledger.yaml", True, "the name of a query holds no blank, : , or quote"),
    ]  # fmt: skip


def test_sorting_puts_what_is_unknown_last_either_way(run, here):
    assert run("-C", here, "list", "-q", "--sort", "due,-id").out.split() == ["M2", "M3", "M1"]
    assert run("-C", here, "list", "-q", "--sort", "-progress").out.split() == ["M3", "M1", "M2"]
    assert run("-C", here, "list", "-q", "--sort", "progress").out.split() == ["M1", "M3", "M2"]
    assert run("-C", here, "list", "-q", "--sort", "-牵头单位,id", "--limit", "2").out.split() == ["M1", "M2"]
    assert "did you mean due" in run("-C", here, "list", "--lang", "en", "--sort", "deu", code=2).err


def test_columns_are_chosen_in_every_format(run, here):
    listed = ["-C", here, "list", "--columns", "id,title,due,progress", "--sort", "id", "--limit", "1"]
    assert run(*listed, "--format", "csv").out == "id,title,due,now.progress\nM1,甲,2018-06-30,40.0\n"
    assert json.loads(run(*listed, "--format", "json").out)["items"] == [
        {"id": "M1", "title": "甲", "due": "2018-06-30", "progress": 40.0}]  # fmt: skip
    text = run(*listed, "--lang", "en").out
    assert re.search(r"M1\s+甲\s+2018-06-30\s+40.0%", text)
    assert "1 of 3 items" in text
    assert "there is no column" in run("-C", here, "list", "--lang", "en", "--columns", "id,leed", code=2).err


def test_entries_are_sorted_cut_and_counted_too(run, here):
    listed = ["-C", here, "list", "--entries", "--sort", "-date"]
    assert run(*listed, "--columns", "date,编号,event", "--format", "csv").out.splitlines()[1:] == [
        "2017-11-01,M1,progress", "2017-10-01,M3,done"]  # fmt: skip
    assert run(*listed, "--limit", "1", "-q").out == "M1\n"
    assert run(*listed, "event:done", "--count").out == "1\n"


def test_the_count_alone(run, here):
    assert run("-C", here, "list", "is:open", "--count").out == "2\n"
    assert json.loads(run("-C", here, "list", "--count", "--format", "json").out)["count"] == 3


def test_an_empty_answer_says_why_on_the_page_or_beside_it(run, here):
    assert "no item meets light:yellow" in run("-C", here, "list", "light:yellow").out
    told = run("-C", here, "list", "--lang", "en", "is:open", "lead:农委", "id:M3", "--format", "json")
    assert json.loads(told.out)["items"] == []
    assert "2 items meet" not in told.err
    assert "1 item meets is:open lead:农委, and none of them id:M3" in told.err


def test_days_that_were_understood_are_told(run, here):
    assert "due:<+14d is read as due:<2018-01-14" in run("-C", here, "list", "due:<+14d").err
    assert run("-C", here, "list", "due:<2018-01").err == ""


def test_ids_come_in_on_standard_input(run, here, typed):
    typed(b"M1\nM3  # done\n")
    assert run("-C", here, "list", "-", "is:open", "-q").out == "M1\n"
    typed("M1，M3\n".encode())
    items = json.loads(run("-C", here, "show", "-", "--format", "json").out)["items"]
    assert [one["id"] for one in items] == ["M1", "M3"]
    typed(b"M1 M2")
    run("-C", here, "record", "done", "-", "-d", "2017-12-20")
    assert run("-C", here, "list", "is:open", "--count").out == "0\n"


def test_an_odd_id_or_none_on_standard_input_is_refused_and_nothing_written(run, here, typed):
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    for data in (b"", b"# none\n", b"M1\nM9\n"):
        typed(data)
        run("-C", here, "record", "done", "-", "-d", "2017-12-20", code=2)
        typed(data)
        run("-C", here, "list", "-", code=2)
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before


def test_several_items_are_shown_one_after_another(run, here):
    out = run("-C", here, "show", "M3", "m1").out
    assert out.index("丙") < out.index("甲")
    one = json.loads(run("-C", here, "show", "M3", "--format", "json").out)
    two = json.loads(run("-C", here, "show", "M3", "M1", "--format", "json").out)
    assert two["items"][0] == {key: value for key, value in one.items() if key != "revision"}
    run("-C", here, "show", "M3", "M7", code=2)


def test_a_sheet_comes_in_on_standard_input(run, here, typed):
    typed(run("-C", here, "list", "M1", "--format", "csv").out.replace("甲", "丁").encode())
    run("-C", here, "import", "-")
    assert "丁" in run("-C", here, "list", "id:M1").out


def test_queries_on_the_real_ledger_have_days_and_columns(run):
    out = run(
        "-C", DATA, "list", "is:open", "due:今年", "--columns", "id,lead,original_due,tags,is", "--limit", "1"
    ).out
    assert "P-chem-458" not in out
