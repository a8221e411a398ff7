"""ledger report monthly: one ledger in every format word for word, who is ranked and who is not, what is refused."""

from __future__ import annotations

import json

import pytest

from tests.exchange.form.round_paper import papers, tables
from tests.paper import fact, files, item

MONTH = ("report", "monthly", "--month", "2017-12", "--as-of", "2018-01-15")


@pytest.fixture
def root(make_ledger):
    return make_ledger(papers())


@pytest.mark.parametrize("lang, columns, form, name", [
    ("zh", 120, "text", "report_monthly.zh.txt"), ("en", 80, "text", "report_monthly.en.txt"),
    ("zh", 80, "text", "report_monthly.zh.80.txt"), ("en", 80, "md", "report_monthly.en.md"),
    ("en", 80, "csv", "report_monthly.en.csv"), ("zh", 80, "json", "report_monthly.zh.json"),
])  # fmt: skip
def test_the_report_of_a_month_word_for_word(run, speak, golden, root, lang, columns, form, name):
    speak(lang, columns)
    golden(name, run("-C", root, *MONTH, "--format", form).out)


def test_by_default_it_is_the_last_month_that_has_ended(run, root):
    told = [run("-C", root, "report", "monthly", "--as-of", day).out for day in ("2017-12-31", "2018-01-30")]
    assert told[0] == told[1] == run("-C", root, *MONTH).out


def test_units_with_nothing_due_stand_apart_and_ties_are_marked(run, make_ledger):
    plan = [
        item("M1", lead="甲", due="2017-06-30"), item("M2", lead="乙", due="2017-06-30"),
        item("M3", lead="丙", due="2017-06-30"), item("M4", lead="丁", due="2019-06-30"),
    ]  # fmt: skip
    told = [fact("2017-06-01", "done", id_) for id_ in ("M1", "M2")]
    arguments = ("-C", make_ledger(files(plan, told)), "report", "monthly", "--as-of", "2017-12-31")
    found = tables(run(*arguments, "--format", "json").out)
    places = {row["unit"]: row["rank_overdue"] for row in found["ranking_lead"]}
    assert places == {"甲": 1, "乙": 1, "丙": 3}
    (apart,) = found["apart_lead"]
    assert (apart["unit"], apart["on_time"]) == ("丁", {"part": 0, "of": 0, "percent": None})
    assert "=1" in run(*arguments).out


def test_the_ranking_tells_whose_deadlines_were_moved(run, make_ledger):
    plan = [item("M1", lead="甲", due="2017-06-30"), item("M2", lead="乙", due="2017-06-30")]
    told = [fact("2017-06-01", "extend", "M1", until="2017-07-31"), fact("2017-07-10", "done", "M1"),
            fact("2017-06-20", "done", "M2")]  # fmt: skip
    arguments = ("-C", make_ledger(files(plan, told)), "report", "monthly", "--as-of", "2017-12-31", "--format", "json")
    rows = tables(run(*arguments).out)["ranking_lead"]
    assert {row["unit"]: (row["rank_on_time"], row["postponed"]) for row in rows} == {"甲": (1, 1), "乙": (1, 0)}


def test_the_sums_of_the_loose_figures_are_shown_with_both_sides(run, root):
    rows = tables(run("-C", root, *MONTH, "--format", "json").out)["sums"]
    assert [(row["sum"], row["verdict"]) for row in rows] == [
        ("persons = bureau + others", "differs"),
        ("media > persons", "holds"),
    ]


def test_the_head_names_day_month_revision_and_zone(run, root):
    head = json.loads(run("-C", root, *MONTH, "--format", "json").out)["head"]
    assert head == {"as_of": "2017-12-31", "month": "2017-12", "first": "2017-12-01", "last": "2017-12-31",
                    "revision": None, "timezone": "Asia/Shanghai"}  # fmt: skip


@pytest.mark.parametrize("arguments, sentence", [
    (["--month", "2017-13"], "there is no such month: 2017-13"),
    (["--month", "2017-02"], "2017-02 ended on 2017-02-28, before the plan began on 2017-04-12"),
    (["--month", "2018-02"], "2018-02 ends on 2018-02-28 only"),
    (["--as-of", "2017-01-01"], "the plan had not begun by 2017-01-01"),
])  # fmt: skip
def test_what_cannot_be_reported_is_one_sentence(run, root, arguments, sentence):
    result = run("-C", root, "report", "monthly", "--as-of", "2017-12-31", *arguments, code=2)
    assert sentence in result.err
    assert result.out == ""
