"""`ledger list`: queries and formats."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ledger.text.safe import unguarded
from tests.conftest import DATA, ROOT
from tests.paper import fact, files, item


def ids(run, *query: str) -> list[str]:
    return [one["id"] for one in json.loads(run("-C", DATA, "list", *query, "--format", "json").out)["items"]]


def test_the_keys_of_the_json(run):
    document = json.loads(run("-C", DATA, "list", "--format", "json").out)
    assert set(document) == {"schema", "as_of", "revision", "items"}
    assert [document[key] for key in ("schema", "as_of", "revision")] == ["ledger/list/1", "2017-12-31", None]
    keys = {"id", "book", "title", "lead", "due", "original_due", "state", "schedule", "light", "short", "progress"}
    assert all(set(one) == keys for one in document["items"])
    first, staged = document["items"][0], document["items"][17]
    assert first == {
        "id": "M01", "book": "measures", "title": "Real environmental assessment of officials and use of its results",
        "lead": "市委组织部",
        "due": "2017-12-31", "original_due": "2017-12-31", "state": "done", "schedule": "on_time", "light": "green",
        "short": False,
        "progress": 100.0,
    }  # fmt: skip
    assert (staged["id"], staged["state"], staged["short"]) == ("M18", "stage_done", True)


def test_queries_on_the_real_ledger(run):
    assert ids(run, "lead:市城管委", "book:measures") == ["M12", "M14", "M16", "M18"]
    assert ids(run, "lead:市城管委 book:measures short:yes") == ["M14", "M18"]
    assert ids(run, "book:measures", "state:stage_done") == ["M16", "M18", "M19"]
    assert ids(run, "book:measures", "-state:done,stage_done") == []
    assert ids(run, "渗滤液", "book:measures") == ["M18"]
    assert ids(run, "due:2018") == ["M18", "M19", "P-chem-458"]
    assert ids(run, "supervised:listed") == ["P-rongchang-air"]
    assert ids(run, "id:P-sewer-*", "expect:2018-02") == ["P-sewer-shimahe"]


def test_a_query_that_finds_nothing_is_no_failure(run):
    assert "0 items" in run("-C", DATA, "list", "lead:nobody").out


@pytest.mark.parametrize(
    "query, hint",
    [("leed:市城管委", "did you mean lead?"), ("state:dnoe", "did you mean done?"), ("due:soon", "2018-06")],
)
def test_a_slip_is_refused_with_a_suggestion(run, query: str, hint: str):
    result = run("-C", DATA, "list", query, code=2)
    assert result.out == ""
    assert hint in result.err


def test_an_unknown_field_without_a_near_miss_lists_what_there_is(run):
    err = run("-C", DATA, "list", "colour:red", code=2).err
    assert "colour" in err
    assert "schedule" in err


def test_the_csv_is_the_book_again(run, make_ledger):
    printed = run("-C", DATA, "list", "book:problems", "--format", "csv").out
    texts = {
        path.relative_to(DATA).as_posix(): path.read_text(encoding="utf-8")
        for path in DATA.rglob("*")
        if path.is_file()
    }
    del texts["problems.yaml"]
    texts["ledger.yaml"] = texts["ledger.yaml"].replace("problems.yaml", "problems.csv")
    again = make_ledger({**texts, "problems.csv": printed})
    for arguments in (
        ("status", "--format", "json"),
        ("list", "--format", "json"),
        ("list", "--format", "csv"),
        ("show", "P-plants-22", "--format", "json"),
    ):
        before, after = run("-C", DATA, *arguments).out, run("-C", again, *arguments).out
        if arguments[0] == "status":
            before, after = ({**json.loads(text), "findings": None} for text in (before, after))
        if arguments[0] == "show":
            before, after = ({**json.loads(text), "path": "", "line": 0} for text in (before, after))
        assert before == after


def test_the_csv_marks_derived_columns(run):
    rows = list(csv.DictReader(io.StringIO(run("-C", DATA, "list", "id:M18", "--format", "csv").out)))
    assert [rows[0][name] for name in ("now.state", "now.schedule", "now.light", "now.due", "now.short")] == [
        "stage_done", "on_schedule", "green", "2018-12-31", "started",
    ]  # fmt: skip
    assert rows[0]["targets.started.goal"] == ">= 46"
    assert rows[0]["responsible"] == "开州区;江津区"


def test_extensions_stand_in_the_derived_columns_and_not_in_the_plan(run, make_ledger):
    root = make_ledger(
        files(
            [item()],
            [
                fact("2017-05-01", "extend", until="2018-06-30"),
                fact("2017-05-01", "amend", key="lead", value="市水利局"),
            ],
        )
    )
    (row,) = csv.DictReader(io.StringIO(run("-C", root, "list", "--format", "csv", "--as-of", "2017-06-01").out))
    assert (row["due"], row["now.due"], row["lead"]) == ("2017-12-31", "2018-06-30", "市环保局")


def test_withdrawn_and_future_items_are_not_listed(run, make_ledger):
    root = make_ledger(
        files([item("M1"), item("M2"), item("M3", added="2018-01-01")], [fact("2017-05-01", "withdraw", "M2")])
    )
    found = json.loads(run("-C", root, "list", "--format", "json", "--as-of", "2017-06-01").out)["items"]
    assert [one["id"] for one in found] == ["M1"]


def test_words_for_deadlines_stand_where_there_is_no_date(run, make_ledger):
    root = make_ledger(files([item("M1", due="long_term"), item("M2", due="immediate"), item("M3", due="unstated")]))
    found = json.loads(run("-C", root, "list", "--format", "json", "--as-of", "2017-06-01").out)["items"]
    assert [(one["due"], one["original_due"]) for one in found] == [
        ("long_term", "long_term"), ("2017-01-31", "2017-01-31"), ("unstated", "unstated"),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["table", "md"])
def test_every_item_stands_in_every_format(run, form: str):
    out = run("-C", DATA, "list", "--format", form, "-o", "-").out
    for id_ in ("M01", "M20", "P-chem-458"):
        assert id_ in out


def test_the_suffix_of_the_file_names_the_format(run, tmp_path: Path):
    for suffix, start in ((".csv", b"\xef\xbb\xbfid,title.zh,"), (".xlsx", b"PK"), (".json", b"{"), (".ics", b"BEGIN:VCALENDAR\r\n"),
                          (".md", b"# "), (".txt", "重庆".encode())):  # fmt: skip
        assert run("-C", DATA, "list", "-o", f"x{suffix}", "--lang", "zh") == (0, "", "")
        assert (tmp_path / f"x{suffix}").read_bytes().startswith(start)


@pytest.mark.parametrize("suffix", [".xls", ".wps", ".PDF"])
def test_a_table_of_text_is_never_called_a_file_of_another_program(run, tmp_path: Path, suffix: str):
    assert "one of: table, csv, xlsx" in run("-C", DATA, "list", "-o", f"x{suffix}", code=2).err
    assert list(tmp_path.iterdir()) == []


def test_a_named_format_beats_the_suffix(run, tmp_path: Path):
    run("-C", DATA, "list", "--format", "json", "-o", "x.csv")
    assert json.loads((tmp_path / "x.csv").read_text(encoding="utf-8"))["schema"] == "ledger/list/1"


def test_a_csv_file_is_made_for_excel_and_the_one_on_stdout_for_programs(run, tmp_path: Path):
    run("-C", DATA, "list", "book:problems", "-o", "x.csv")
    data, printed = (tmp_path / "x.csv").read_bytes(), run("-C", DATA, "list", "book:problems", "--format", "csv").out
    assert data.decode("utf-8-sig").replace("\r\n", "\n") == printed
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_workbook_and_calendar_are_the_same_bytes_each_time(run, spawn, tmp_path: Path):
    for name in ("x.xlsx", "x.ics"):
        run("-C", DATA, "list", "-o", tmp_path / f"1{name}")
        spawn("-C", DATA, "list", "-o", f"2{name}", PYTHONHASHSEED="2")
        assert (tmp_path / f"1{name}").read_bytes() == (tmp_path / f"2{name}").read_bytes()


def test_a_workbook_is_not_shown_on_a_terminal(run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    result = run("-C", DATA, "list", "--format", "xlsx", code=2)
    assert result == (2, "", "ledger: this format cannot be shown on a terminal\n  write it to a file with -o\n")


def test_a_workbook_goes_down_a_pipe():
    command = [sys.executable, "-m", "ledger", "-C", str(DATA), "list", "--format", "xlsx"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.startswith(b"PK")
    assert zipfile.ZipFile(io.BytesIO(done.stdout)).testzip() is None


def test_without_the_library_for_workbooks_it_says_what_to_install(run, monkeypatch: pytest.MonkeyPatch):
    for name in ("ledger.format.xlsx.write", "ledger.format.xlsx.write"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = run("-C", DATA, "list", "-o", "x.xlsx", code=2)
    assert "pip install openpyxl" in result.err


def test_a_cell_too_long_for_excel_is_a_sentence_and_no_file(run, make_ledger, tmp_path: Path):
    root = make_ledger(files([item(remark="环" * 40_000)]))
    assert "remark of M1: 40000 characters" in run("-C", root, "list", "-o", "x.xlsx", code=2).err
    assert not (tmp_path / "x.xlsx").exists()


def test_the_calendar_holds_the_deadlines_of_what_was_asked_for(run):
    out = run("-C", DATA, "list", "id:M18", "--format", "ics").out
    assert [line for line in out.splitlines() if line.startswith(("DTSTART", "UID"))] == [
        "UID:M18/started@505f7cf0dd75.rectification-ledger", "DTSTART;VALUE=DATE:20171231",
        "UID:M18/covered@505f7cf0dd75.rectification-ledger", "DTSTART;VALUE=DATE:20181231",
        "UID:M18@505f7cf0dd75.rectification-ledger", "DTSTART;VALUE=DATE:20181231",
    ]  # fmt: skip


def entries(run, root: Path, *query: str) -> list[tuple[str, str, str]]:
    found = json.loads(run("-C", root, "list", "--entries", *query, "--format", "json").out)["entries"]
    return [(one["date"], one["item"], one["event"]) for one in found]


def test_entries_of_the_items_that_match_and_without_a_query_all(run, make_ledger):
    facts = [
        fact("2017-05-01", "report", "M2"), fact("2017-05-01", "withdraw", "M2"), fact("2017-04-01", "report", "M1"),
        fact("2017-04-01", "void", "M1", key="2017-04-01/report"), fact("2017-07-01", "done", "M1"),
    ]  # fmt: skip
    root = make_ledger(files([item("M1"), item("M2")], facts))
    voided = [("2017-04-01", "M1", "report"), ("2017-04-01", "M1", "void")]
    withdrawn = [("2017-05-01", "M2", "report"), ("2017-05-01", "M2", "withdraw")]
    assert entries(run, root, "id:M1", "--as-of", "2017-06-01") == voided
    assert entries(run, root, "--as-of", "2017-06-01") == voided + withdrawn
    assert entries(run, root, "--as-of", "2017-07-01") == [*voided, *withdrawn, ("2017-07-01", "M1", "done")]
    assert entries(run, root, "id:nobody") == []


def test_the_whole_journal_comes_out_line_by_line(run):
    printed = csv.DictReader(io.StringIO(run("-C", DATA, "list", "--entries", "--format", "csv").out))
    written = [
        row for path in sorted(DATA.rglob("*.csv")) for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))
    ]
    listed = [{name: unguarded(cell) for name, cell in row.items() if cell} for row in printed]
    assert sorted(listed, key=str) == sorted(
        ({name: cell for name, cell in row.items() if cell} for row in written), key=str
    )


@pytest.mark.parametrize("form", ["table", "md"])
def test_people_can_read_entries_too(run, form: str):
    assert "M18" in run("-C", DATA, "list", "--entries", "id:M18", "--format", form).out


def test_entries_are_no_calendar(run):
    assert "leave out --entries" in run("-C", DATA, "list", "--entries", "--format", "ics", code=2).err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wider_terminal_is_told_more_of_each_item(run, speak, lang: str):
    titles = {}
    for columns in (60, 80, 100, 120):
        speak(lang, columns)
        out = run("-C", DATA, "list", "book:measures").out
        titles[columns] = out.splitlines()[1]
    responsible, bar = {"zh": ("责任单位", "时间"), "en": ("responsible", "time")}[lang]
    assert [columns for columns, title in titles.items() if responsible in title] == [120]
    assert [columns for columns, title in titles.items() if f" {bar} " in title] == [100, 120]


def test_progress_is_drawn_where_there_is_room_and_never_for_what_nobody_knows(run, speak):
    speak("en", 100)
    lines = run("-C", DATA, "list", "id:M1*").out.splitlines()
    assert next(line for line in lines if line.startswith("M16")).endswith("31.8% [#-----]")
    assert next(line for line in lines if line.startswith("M18")).endswith(" unknown")
    speak("en", 80)
    assert "[#" not in run("-C", DATA, "list", "id:M1*").out


def test_a_narrow_terminal_takes_few_lines_an_item_and_tells_what_is_wrong(run, make_ledger, speak):
    speak("en", 60)
    late, soon = item(due="2017-06-30"), item("M2", due="2017-08-01")
    root = make_ledger(files([late, soon, item("M3", due="2017-09-01")], [fact("2017-05-01", "done", "M3")]))
    out = run("-C", root, "list", "--as-of", "2017-08-01").out
    ends = [line.split("  ")[-1].strip() for line in out.splitlines() if line.startswith("M")]
    assert ends == ["32 days late", "due today", "done"]
    assert len(out.splitlines()) == 8


def test_chosen_columns_win_at_every_width(run, speak):
    for columns in (60, 120):
        speak("en", columns)
        assert run("-C", DATA, "list", "id:M18", "--columns", "id,due").out.splitlines()[1].split() == [
            "id",
            "deadline",
        ]
