"""`ledger due`: what is over fails, what comes does not."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.quick

SETTINGS = """\
ledger: 1
title: t
start: 2017-01-01
books: {m: {name: m, path: m.yaml}}
"""
PLAN = """\
- {id: M1, title: one, lead: a, due: 2017-06-30}
- {id: M2, title: two, lead: b, due: 2018-06-30, milestones: {plan: {name: plan, due: 2017-05-31}}}
- {id: M3, title: three, lead: a, due: 2017-12-31}
"""
ORDER = "date,item,event,key,until,doc\n2017-02-01,M3,supervise,letter,2017-07-31,No 7\n2017-07-01,M1,done,,,\n"


@pytest.fixture
def root(make_ledger):
    return make_ledger({"ledger.yaml": SETTINGS, "m.yaml": PLAN, "journal/2017/o.csv": "date,item,event\n"})


def lists(result) -> dict[str, list[str]]:
    found = json.loads(result.out)
    return {kind: [due["item"] for due in found[kind]] for kind in ("overdue", "missed", "orders", "coming")}


def test_on_the_deadline_day_nothing_is_over(run, root):
    result = run("-C", root, "due", "--as-of", "2017-05-31", "--format", "json")
    assert lists(result) == {"overdue": [], "missed": [], "orders": [], "coming": ["M1", "M2"]}


def test_the_day_after_a_milestone_it_fails(run, root):
    assert lists(run("-C", root, "due", "--as-of", "2017-06-01", "--format", "json", code=1))["missed"] == ["M2"]


def test_the_day_after_a_deadline_it_fails(run, root):
    assert lists(run("-C", root, "due", "--as-of", "2017-07-01", "--format", "json", code=1))["overdue"] == ["M1"]


class TestAnExtendedItem:
    """Due on 2017-06-30 and moved to 2017-10-30: lateness is told against both."""

    @pytest.fixture
    def moved(self, make_ledger):
        extended = "date,item,event,until,by,doc,note\n2017-06-01,M1,extend,2017-10-30,office,No 1,late funds\n"
        return make_ledger({"ledger.yaml": SETTINGS, "m.yaml": PLAN, "journal/2017/o.csv": extended}, "moved")

    def line(self, run, root, kind: str, day: str, code: int) -> dict[str, object]:
        found = json.loads(run("-C", root, "due", "--as-of", day, "--format", "json", code=code).out)
        return next(due for due in found[kind] if due["item"] == "M1")

    def test_it_is_late_by_both_deadlines(self, run, moved):
        line = self.line(run, moved, "overdue", "2017-12-31", 1)
        assert (line["due"], line["days_left"]) == ("2017-10-30", -62)
        assert (line["original_due"], line["days_left_original"]) == ("2017-06-30", -184)
        told = run("-C", moved, "due", "--as-of", "2017-12-31", code=1).out
        assert "62 days late (184 by the original deadline)" in told

    def test_it_is_late_by_the_original_one_while_it_has_days_left(self, run, moved):
        line = self.line(run, moved, "coming", "2017-10-20", 1)
        assert (line["days_left"], line["days_left_original"]) == (10, -112)
        assert (
            "10 days left (112 late by the original deadline)"
            in run("-C", moved, "due", "--as-of", "2017-10-20", code=1).out
        )

    def test_a_milestone_has_no_other_deadline(self, run, moved):
        missed = json.loads(run("-C", moved, "due", "--as-of", "2017-12-31", "--format", "json", code=1).out)["missed"]
        assert [(due["original_due"], due["days_left_original"]) for due in missed] == [(None, None)]


def test_an_order_past_its_day_fails_though_its_item_is_in_time(run, make_ledger):
    files = {"ledger.yaml": SETTINGS, "m.yaml": PLAN.replace("2017-05-31", "2018-05-31"), "journal/2017/o.csv": ORDER}
    root = make_ledger(files, "orders")
    result = run("-C", root, "due", "--as-of", "2017-08-01", "--format", "json", code=1)
    assert lists(result) == {"overdue": [], "missed": [], "orders": ["M3"], "coming": []}


@pytest.mark.parametrize("within, coming", [("0d", []), ("29d", []), ("30d", ["M1"]), ("5w", ["M1"]), ("1m", ["M1"])])
def test_it_looks_ahead_as_far_as_it_is_told(run, root, within, coming):
    result = run("-C", root, "due", "--within", within, "--as-of", "2017-05-31", "--format", "json")
    assert [id_ for id_ in lists(result)["coming"] if id_ == "M1"] == coming


def test_what_is_over_is_counted_by_lead_unit(run, root):
    lines = run("-C", root, "due", "--as-of", "2017-07-01", code=1).out.splitlines()
    assert ["a", "1", "0", "0", "0"] in [line.split() for line in lines]
    assert ["b", "0", "1", "0", "0"] in [line.split() for line in lines]


def test_a_span_that_cannot_be_read_is_a_usage_error(run, root):
    assert "--within cannot be soon" in run("-C", root, "due", "--within", "soon", code=2).err


def test_a_file_that_was_not_read_whole_is_no_all_clear(run, make_ledger):
    root = make_ledger({"ledger.yaml": SETTINGS, "m.yaml": PLAN + "- {id: M4, titel: x}\n"}, "broken")
    run("-C", root, "due", "--as-of", "2017-05-31", code=2)


def test_annotations_count_the_days_of_a_request_as_the_table_does(run, root, speak):
    speak("zh")
    (root / "journal/2017/o.csv").write_text("date,item,event,key,by\n2017-05-29,M1,request,done,a\n")
    for form in ("table", "github", "junit"):
        assert "还有 9 个工作日" in run("-C", root, "due", "--as-of", "2017-05-31", "--format", form, code=0).out, form
