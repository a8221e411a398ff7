"""ledger report trend: figures week by week."""

from __future__ import annotations

import json

import pytest

from ledger.format.writer import WRITERS
from tests.paper import fact, files, item

FACTS = [fact("2017-05-03", "report", "M1"), fact("2017-05-10", "done", "M1"), fact("2017-05-17", "done", "M2")]
DAY = ("--as-of", "2017-05-22")


@pytest.fixture
def root(make_ledger):
    return make_ledger(files([item("M1", due="2017-05-08"), item("M2", due="2017-12-31")], FACTS))


def tables(result) -> dict[str, list[dict]]:
    blocks = [block for section in json.loads(result.out)["sections"] for block in section["blocks"]]
    return {block["id"]: block["rows"] for block in blocks if block["kind"] == "table"}


def test_each_week_has_the_figures_of_its_closing_day(run, root):
    found = tables(run("-C", root, "report", "trend", *DAY, "--weeks", "3", "--format", "json"))
    assert [(row["week"], row["as_of"], row["measures_done"], row["measures_overdue"]) for row in found["weeks_measures"]] == [
        ("2017-W18", "2017-05-07", 0, 0), ("2017-W19", "2017-05-14", 1, 0), ("2017-W20", "2017-05-21", 2, 0),
    ]  # fmt: skip


def test_the_last_week_ends_with_the_figures_of_status(run, root):
    shown = json.loads(run("-C", root, "status", "--as-of", "2017-05-21", "--format", "json").out)["books"]["measures"]
    (row,) = tables(run("-C", root, "report", "trend", *DAY, "--weeks", "1", "--format", "json"))["weeks_measures"]
    assert {name: row[f"measures_{name}"] for name in ("total", "due", "done")} == {
        name: shown[name] for name in ("total", "due", "done")
    }


def test_beside_the_progress_of_what_is_known_stands_that_with_the_unknown_as_nought(run, root):
    shown = json.loads(run("-C", root, "status", "--as-of", "2017-05-14", "--format", "json").out)
    found = tables(run("-C", root, "report", "trend", "--as-of", "2017-05-15", "--weeks", "1", "--format", "json"))
    assert found["weeks_measures"][0]["measures_progress_mean"] == shown["books"]["measures"]["progress"]["mean"] == 100
    assert (
        found["weeks_measures"][0]["measures_progress_floor"] == shown["books"]["measures"]["progress"]["floor"] == 50
    )
    assert found["weeks_overall"][0]["overall_floor"] == shown["overall"]["floor"] == 50
    assert [row["figure"] for row in found["courses"]][-2:] == ["overall.mean", "overall.floor"]


def test_the_progress_with_the_unknown_as_nought_bears_its_name_in_both_languages(run, root):
    assert "unknown as 0%" in run("-C", root, "report", "trend", *DAY).out
    assert "未知按0计%" in run("-C", root, "report", "trend", *DAY, "--lang", "zh").out


def test_a_course_is_drawn_in_the_terminal(run, root):
    out = run("-C", root, "report", "trend", *DAY, "--weeks", "3", "--figure", "measures.done").out
    assert "▁▅█" in out
    assert "measures done" in out


def test_one_week_is_a_week_and_two_are_weeks(run, root):
    assert "1. 1 week at a glance" in run("-C", root, "report", "trend", *DAY, "--weeks", "1").out
    assert "1. 2 weeks at a glance" in run("-C", root, "report", "trend", *DAY, "--weeks", "2").out


def test_a_percentage_has_its_decimal_also_where_it_is_none(run, root):
    out = run("-C", root, "report", "trend", *DAY, "--weeks", "1", "--figure", "measures.rates.done_of_all").out
    assert "100.0" in out


def test_weeks_before_the_ledger_are_left_out_and_told(run, root):
    out = " ".join(run("-C", root, "report", "trend", *DAY).out.split())
    assert "The first entry is of 2017-05-03, and nobody knows of the time before: 3 of the 52 weeks asked for." in out


def test_a_ledger_without_entries_has_no_trend_but_knows_its_figures(run, make_ledger):
    book = make_ledger(files([item("M1", due="2017-05-08")]))
    assert "The journal has no entry yet" in run("-C", book, "report", "trend", *DAY).out
    assert (
        "no figure measures.dona" in run("-C", book, "report", "trend", *DAY, "--figure", "measures.dona", code=2).err
    )


def test_a_ledger_without_time_nodes_has_its_trend(run, make_ledger):
    book = make_ledger(files([item("M1", due="2017-05-08")], FACTS[:2], time_nodes=[]))
    found = tables(run("-C", book, "report", "trend", *DAY, "--weeks", "1", "--format", "json"))
    assert found["weeks_measures"][0]["measures_done"] == 1


def test_an_unknown_figure_is_refused_with_the_nearest_one(run, root):
    err = run("-C", root, "report", "trend", *DAY, "--figure", "measures.dona", code=2).err
    assert "there is no figure measures.dona" in err
    assert "measures.done" in err


ODD = ("measures.rates.done_of_due", "measures.time_nodes.2017.done", "measures.time_nodes.2018.due",
       "measures.time_nodes.later.rate")  # fmt: skip
"""Figures that belong to no table of their own."""


@pytest.mark.parametrize("lang, names", [
    ("zh", ["完成率%：到期已完成 / 到期事项", "2017年年底：完成", "2018：事项", "以后：完成率%"]),
    ("en", ["rate %: done of those due / items due", "end of 2017: done", "2018: items", "later: rate %"]),
])  # fmt: skip
def test_a_rate_and_a_figure_of_a_time_node_bear_words_in_both_languages(run, make_ledger, lang: str, names: list[str]):
    nodes = [{"id": "2017", "date": "2017-12-31", "name": {"zh": "2017年年底", "en": "end of 2017"}},
             {"id": "2018", "date": "2018-12-31"}]  # fmt: skip
    book = make_ledger(files([item("M1", due="2017-05-08")], FACTS[:2], time_nodes=nodes))
    asked = [part for path in ODD for part in ("--figure", path)]
    out = run("-C", book, "report", "trend", *DAY, "--weeks", "1", *asked, "--format", "md", "--lang", lang).out
    assert [name for name in names if name not in out] == []
    assert "rates." not in out
    assert "time_nodes" not in out


@pytest.mark.parametrize("asked, offer", [
    ("measures.rates.done_of_dew", "measures.rates.done_of_due"),
    ("measures.time_nodes.2018.dona", "measures.time_nodes.2018.done"),
    ("什么", "measures.rates.*, measures.time_nodes.*"),
])  # fmt: skip
def test_the_refusal_of_a_figure_knows_rates_and_time_nodes(run, root, asked: str, offer: str):
    assert offer in " ".join(run("-C", root, "report", "trend", *DAY, "--figure", asked, code=2).err.split())


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_is_the_same_on_a_second_run(run, root, form: str):
    path = root / f"out{WRITERS[form].suffix}"
    made = []
    for _ in range(2):
        run("-C", root, "report", "trend", *DAY, "--format", form, "-o", path)
        made.append(path.read_bytes())
    assert made[0] == made[1]
