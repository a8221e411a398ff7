"""ledger report weekly: one ledger in every format word for word, the same on any machine, and what it refuses."""

from __future__ import annotations

import json
import sys

import pytest

from tests.exchange.form.round_paper import papers, tables
from tests.paper import files, item

WEEK = ("report", "weekly", "--week", "2017-W51", "--as-of", "2017-12-31")


@pytest.fixture
def root(make_ledger):
    return make_ledger(papers())


@pytest.mark.parametrize("lang, columns, form, name", [
    ("zh", 80, "text", "report_weekly.zh.txt"), ("en", 120, "text", "report_weekly.en.txt"),
    ("en", 80, "text", "report_weekly.en.80.txt"), ("zh", 80, "md", "report_weekly.zh.md"),
    ("zh", 80, "csv", "report_weekly.zh.csv"), ("en", 80, "json", "report_weekly.en.json"),
])  # fmt: skip
def test_the_report_of_a_week_word_for_word(run, speak, golden, root, lang, columns, form, name):
    speak(lang, columns)
    golden(name, run("-C", root, *WEEK, "--format", form).out)


def test_no_line_is_wider_than_the_terminal(run, speak, root):
    from ledger.text.width import cell_width

    for lang in ("zh", "en"):
        speak(lang, 80)
        assert max(map(cell_width, run("-C", root, *WEEK).out.splitlines())) <= 80


def test_it_is_the_same_in_another_zone_folder_locale_and_language_of_the_machine(spawn, root, tmp_path):
    told = [
        spawn("-C", root, *WEEK, "--lang", "en", COLUMNS="80", TZ=zone, LC_ALL=locale, PYTHONHASHSEED=seed).out
        for zone, locale, seed in (("UTC", "C", "1"), ("Pacific/Kiritimati", "zh_CN.GB18030", "2"))
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "html", "csv"])
def test_a_file_is_the_same_to_the_byte_when_it_is_made_again(run, root, tmp_path, suffix):
    written = []
    for name in ("one", "two"):
        run("-C", root, *WEEK, "-o", tmp_path / f"{name}.{suffix}")
        written.append((tmp_path / f"{name}.{suffix}").read_bytes())
    assert written[0] == written[1]


def test_the_day_judged_on_only_says_which_week_has_closed(run, root):
    told = [run("-C", root, "report", "weekly", "--as-of", day).out for day in ("2017-12-21", "2017-12-27")]
    assert told[0] == told[1] == run("-C", root, *WEEK).out
    assert "week 2017-W52" in run("-C", root, "report", "weekly", "--as-of", "2017-12-28").out


def test_what_is_recorded_for_later_days_changes_no_past_report(run, root):
    before = run("-C", root, *WEEK).out
    path = root / "journal/2018/office.csv"
    path.parent.mkdir()
    path.write_text("date,item,event\n2018-03-01,M1,done\n2018-03-01,M3,done\n", encoding="utf-8")
    assert run("-C", root, *WEEK).out == before


def test_the_head_names_day_week_revision_and_zone(run, root):
    head = json.loads(run("-C", root, *WEEK, "--format", "json").out)["head"]
    assert head == {"as_of": "2017-12-21", "week": "2017-W51", "first": "2017-12-15", "last": "2017-12-21",
                    "revision": None, "timezone": "Asia/Shanghai"}  # fmt: skip


def test_the_overdue_list_counts_from_either_deadline_with_forecast_and_trouble(run, make_ledger):
    from tests.paper import fact

    told = [
        fact("2017-06-01", "extend", until="2017-07-31", by="领导小组", doc="1号"),
        fact("2017-07-01", "expect", until="2017-09-30", by="市环保局"),
        fact("2017-07-02", "trouble", text="缺设备", by="市环保局"),
    ]
    book = make_ledger(files([item(due="2017-06-30")], told))
    out = run("-C", book, "report", "weekly", "--as-of", "2017-08-20", "--format", "json").out
    (row,) = tables(out)["overdue"]
    assert (row["days"], row["days_original"], row["expected"], row["trouble"]) == (20, 51, "2017-09-30", "缺设备")


def test_an_item_that_is_withdrawn_bears_that_state_where_it_is_no_longer_overdue(run, make_ledger):
    from tests.paper import fact

    book = make_ledger(files([item(due="2017-06-30")], [fact("2017-08-18", "withdraw", by="领导小组", doc="1号")]))
    out = run("-C", book, "report", "weekly", "--as-of", "2017-08-20", "--format", "json").out
    assert [row["state"] for row in tables(out)["movement_cleared"]] == ["withdrawn"]


@pytest.mark.parametrize("arguments, sentences", [
    (["--week", "2017-W60"], ["there is no such week: 2017-W60"]),
    (["--week", "soon"], ["not a week: soon", "write it like 2017-W52"]),
    (["--week", "2017-W10"], ["2017-W10 closed on 2017-03-09, before the plan began on 2017-04-12",
                              "the first to report is 2017-W15, through 2017-04-13"]),
    (["--week", "2018-W10"], ["2018-W10 closes on 2018-03-08 only, and the day judged on is 2017-12-31"]),
    (["--as-of", "2017-01-01"], ["the plan had not begun by 2017-01-01"]),
    (["-o", "report.pdf"], ["the name tells no format: report.pdf"]),
    (["-o", "no/such/folder/report.xlsx"], ["cannot write no/such/folder/report.xlsx"]),
])  # fmt: skip
def test_what_cannot_be_reported_is_one_sentence(run, root, tmp_path, arguments, sentences):
    result = run("-C", root, "report", "weekly", "--as-of", "2017-12-31", *arguments, code=2)
    for sentence in sentences:
        assert sentence in result.err
    assert result.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_a_ledger_without_time_nodes_is_told_what_to_add(run, make_ledger):
    book = make_ledger(files([item()], time_nodes=[]))
    result = run("-C", book, "report", "weekly", "--as-of", "2017-12-31", code=2)
    assert "ledger.yaml names no time_nodes" in result.err
    assert "add time_nodes: " in result.err
    assert result.out == ""


def test_an_empty_book_has_a_report_of_nothing(run, make_ledger):
    out = run("-C", make_ledger(files()), "report", "weekly", "--as-of", "2017-12-31").out
    assert "No figure moved." in out
    assert "Nothing is overdue." in out


@pytest.mark.parametrize("form, library", [("xlsx", "openpyxl"), ("docx", "docxtpl")])
def test_a_missing_library_is_named_and_the_old_file_stays(run, root, tmp_path, monkeypatch, form, library):
    for name in [name for name in sys.modules if name.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("ledger.format.xlsx.write", "ledger.format.docx.word", "ledger.format.docx.style",
                 "ledger.format.docx.template", "ledger.format.docx.table", "ledger.report.paper.official"):  # fmt: skip
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    target = tmp_path / f"report.{form}"
    target.write_text("old", encoding="utf-8")
    result = run("-C", root, *WEEK, "-o", target, code=2)
    assert "pip install " in result.err
    assert target.read_text(encoding="utf-8") == "old"


def test_a_terminal_is_shown_the_beginning_of_a_long_list_and_a_pipe_all_of_it(run, make_ledger, monkeypatch):
    book = make_ledger(files([item(f"M{n}", due="2017-06-30") for n in range(1, 31)]))
    arguments = ("-C", book, "report", "weekly", "--as-of", "2017-12-31")
    assert "M30  title of M30" in run(*arguments).out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    out = run("--no-pager", *arguments).out
    assert "M30  title of M30" not in out
    assert "… and 10 more; for all of them: | less, or -o FILE" in out


@pytest.mark.parametrize("lang, said", [("zh", "写不了"), ("en", "cannot write")])
@pytest.mark.parametrize("form", ["md", "docx"])
def test_a_file_that_cannot_be_written_is_said_in_the_language_of_the_report(run, root, lang, said, form):
    result = run(
        "-C",
        root,
        "report",
        "weekly",
        "--as-of",
        "2017-12-31",
        "--lang",
        lang,
        "-o",
        f"no/such/folder/report.{form}",
        code=2,
    )
    assert said in result.err


def test_a_folder_that_is_not_there_is_told_in_the_language_of_the_report(run, root, tmp_path):
    err = run("-C", root, "report", "weekly", "--lang", "zh", "-o", tmp_path / "none" / "w.md", code=2).err
    assert "没有这个文件或目录" in err
