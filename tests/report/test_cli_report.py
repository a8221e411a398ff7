"""`ledger report`: the roll-call."""

from __future__ import annotations

import csv
import io
import json

import pytest

from ledger.format.writer import WRITERS
from tests.returned import FILES


@pytest.fixture
def root(make_ledger):
    return make_ledger(FILES)


def test_the_silent_units_stand_first_with_their_weeks(run, root):
    result = run("-C", root, "report", "submissions", "--week", "2017-W50")
    assert "3 units had to report, 0 did, 3 did not: 万州区, 开州区, 市水利局" in result.out
    rows = [line.split() for line in result.out.splitlines()]
    assert ["市水利局", "1", "0/1", "0.0%", "silent", "2", "–", "M2"] in rows
    assert ["万州区", "2", "0/2", "0.0%", "silent", "1", "2017-12-07", "M1", "M3"] in rows
    units = [row[0] for row in rows if len(row) > 4 and row[4] == "silent"]
    assert units == ["市水利局", "万州区", "开州区"]


def test_who_reported_on_some_of_its_items_reported_in_part(run, root):
    found = json.loads(run("-C", root, "report", "submissions", "--week", "2017-W49", "--format", "json").out)
    assert found["schema"] == "ledger/submissions/1"
    assert (found["week"], found["first"], found["last"]) == ("2017-W49", "2017-12-01", "2017-12-07")
    assert found["counts"] == {"units": 3, "reported": 2, "silent": 1}
    assert found["units"][0] == {
        "unit": "万州区", "state": "reported", "open": 2, "reported": 2, "unreported": [], "days": ["2017-12-07"],
        "silent_weeks": 0, "last_report": "2017-12-07", "returned": None, "late": False, "nil": False, "nil_weeks": 0,
    }  # fmt: skip
    facts = FILES["journal/2017/old.csv"].replace("2017-12-07,M3,report,,,万县,已停业,\n", "")
    (root / "journal/2017/old.csv").write_text(facts, encoding="utf-8")
    found = json.loads(run("-C", root, "report", "submissions", "--week", "2017-W49", "--format", "json").out)
    assert (found["units"][0]["state"], found["units"][0]["unreported"]) == ("partly", ["M3"])


def test_without_a_week_it_is_the_last_one_that_closed(run, root):
    found = json.loads(run("-C", root, "report", "submissions", "--as-of", "2017-12-13", "--format", "json").out)
    assert (found["as_of"], found["week"]) == ("2017-12-07", "2017-W49")


def test_the_roll_call_of_a_closed_week_is_the_same_on_any_later_day(run, root):
    told = [run("-C", root, "report", "submissions", "--week", "2017-W49", "--as-of", day).out
            for day in ("2017-12-07", "2018-03-01")]  # fmt: skip
    assert told[0] == told[1]


@pytest.mark.parametrize("options", [("--week", "2010-W10"), ("--as-of", "9999-12-31")])
def test_a_week_before_the_plan_or_in_the_future_has_no_roll_call(run, root, options):
    assert run("-C", root, "report", "submissions", *options, code=2).out == ""


def test_a_week_that_has_not_closed_yet_is_said_to_be_open(run, root):
    result = run("-C", root, "report", "submissions", "--as-of", "2017-12-13", "--week", "2017-W50")
    assert "The week closes on 2017-12-14 only." in result.out


def test_check_and_the_roll_call_name_the_same_silent_units(run, root):
    findings = json.loads(run("-C", root, "check", "--as-of", "2017-12-16", "--format", "json").out)["findings"]
    silent = {finding["message"].split()[0] for finding in findings if finding["code"] == "L805"}
    found = json.loads(run("-C", root, "report", "submissions", "--as-of", "2017-12-16", "--format", "json").out)
    assert (
        silent
        == {own["unit"] for own in found["units"] if own["state"] == "silent"}
        == {"万州区", "开州区", "市水利局"}
    )


def test_as_csv_and_markdown_it_holds_the_same_rows(run, root):
    text = run("-C", root, "report", "submissions", "--week", "2017-W49", "--format", "csv").out
    rows = [row for row in csv.reader(io.StringIO(text)) if row]
    assert any(row[:2] == ["万州区", "2"] for row in rows)
    assert "| 万州区 | 2 |" in run("-C", root, "report", "submissions", "--week", "2017-W49", "--format", "md").out


@pytest.mark.parametrize("form", WRITERS)
def test_it_is_written_in_every_format_and_the_same_twice(run, root, form):
    path = root / f"out{WRITERS[form].suffix}"
    written = []
    for _ in range(2):
        run("-C", root, "report", "submissions", "--week", "2017-W49", "-o", path)
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert len(written[0]) > 100


def test_in_chinese_the_words_are_chinese(run, root, speak):
    speak("zh")
    result = run("-C", root, "report", "submissions", "--week", "2017-W49")
    assert "应报 3 个单位，已报 2，未报 1：市水利局" in result.out
    assert "未报送" in result.out


def test_with_nothing_open_it_says_so(run, make_ledger):
    root = make_ledger({**FILES, "m.yaml": "- {id: M4, title: x, lead: 市城管委, due: 2017-12-31}\n",
                        "journal/2017/old.csv": "date,item,event\n2017-01-02,M4,done\n"})  # fmt: skip
    assert "No unit has anything open." in run("-C", root, "report", "submissions", "--week", "2017-W50").out


@pytest.mark.parametrize("arguments, sentence", [
    (["submissions", "--week", "2017-W53"], "there is no such week"),
    (["submissions", "--as-of", "2010-01-01"], "the plan had not begun by 2010-01-01"),
    (["submissions", "-o", "x.pdf"], "the name tells no format"),
    (["submissions", "-o", "gone/x.docx"], "cannot write gone/x.docx"), (["submission"], "Did you mean submissions?"),
])  # fmt: skip
def test_what_cannot_be_reported_is_one_sentence(run, root, arguments, sentence):
    assert sentence in run("-C", root, "report", *arguments, code=2).err


def test_reports_are_listed_with_what_they_say(run):
    assert "the roll-call: who reported and who did not" in run("report", "--help").out


_NODES = 'time_nodes: [{id: "2017", date: 2017-12-31}]\n'


@pytest.mark.parametrize("report", ["weekly", "monthly", "submissions", "trend", "supervision"])
def test_no_report_is_made_by_settings_that_were_not_read_whole(run, make_ledger, tmp_path, report):
    book = make_ledger(FILES, "someday")
    text = (book / "ledger.yaml").read_text(encoding="utf-8")
    (book / "ledger.yaml").write_text(text.replace("closes: thursday", "closes: someday") + _NODES, encoding="utf-8")
    result = run("-C", book, "report", report, "-o", tmp_path / "out.md", code=2)
    assert "no report is made by settings that were not read whole" in result.err
    assert not (tmp_path / "out.md").exists()


def test_nobody_is_silent_where_the_settings_ask_for_no_report(run, make_ledger):
    settings = FILES["ledger.yaml"].replace("roll_call: true", "roll_call: false")
    book = make_ledger({**FILES, "ledger.yaml": settings})
    out = run("-C", book, "report", "submissions", "--week", "2017-W49").out
    assert "who says nothing is not silent" in " ".join(out.split())
    assert not any(word in out for word in ("weeks silent", "0.0%", "did not", "not reported on"))
    rows = [line.split() for line in out.splitlines()[-3:]]
    assert [(row[0], row[2]) for row in rows] == [("万州区", "2"), ("开州区", "1"), ("市水利局", "–")]
    found = json.loads(run("-C", book, "report", "submissions", "--week", "2017-W49", "--format", "json").out)
    assert (found["roll_call"], found["counts"]) == (False, {"units": 3, "reported": 2, "silent": 0})
    assert [(own["state"], own["silent_weeks"]) for own in found["units"]] == [
        ("reported", 0), ("reported", 0), ("not_asked", 0)]  # fmt: skip
    assert found["returns"] == {"in_time": 2, "late": 0, "nil": 0, "absent": 0}
