"""ledger report supervision: the orders that run, and what ended the others."""

from __future__ import annotations

import json

import pytest

from ledger.format.writer import WRITERS
from tests.paper import fact, files, item

FACTS = [
    fact("2017-05-01", "supervise", "M1", key="listed", doc="1号", until="2017-06-30"),
    fact("2017-05-10", "supervise", "M2", key="letter", doc="2号"),
    fact("2017-06-05", "lift", "M2", key="letter", by="市整改办", doc="2号"),
    fact("2017-06-20", "supervise", "M2", key="talk"),
]


@pytest.fixture
def root(make_ledger):
    return make_ledger(files([item("M1", title="一"), item("M2", title="二")], FACTS, title="小台账", language="en"))


def shown(result) -> dict[str, list[dict]]:
    return {
        block["id"]: block["rows"]
        for section in json.loads(result.out)["sections"]
        for block in section["blocks"]
        if block["kind"] == "table"
    }


def test_open_orders_stand_longest_first_with_the_days_past_their_own_deadline(run, root):
    rows = shown(run("-C", root, "report", "supervision", "--as-of", "2017-07-02", "--format", "json"))["supervision"]
    assert [(row["item"], row["kind"], row["days"], row["until"], row["over"]) for row in rows] == [
        ("M1", "listed", 62, "2017-06-30", 2),
        ("M2", "talk", 12, None, None),
    ]


def test_what_ended_an_order_is_named(run, root):
    tables = shown(run("-C", root, "report", "supervision", "--as-of", "2017-07-02", "--format", "json"))
    (row,) = tables["supervision_ended"]
    assert (row["item"], row["doc"], row["ended"], row["days"], row["ended_by"]) == (
        "M2",
        "2号",
        "2017-06-05",
        26,
        "lift",
    )


def test_a_week_lists_only_the_orders_that_ended_in_it(run, root):
    for week, number in (("2017-W22", 0), ("2017-W23", 1), ("2017-W24", 0)):
        tables = shown(run("-C", root, "report", "supervision", "--week", week, "--as-of", "2017-07-02", "--format",
                           "json"))  # fmt: skip
        assert len(tables["supervision_ended"]) == number, week


def test_a_week_tells_which_orders_it_gave(run, root):
    base = ("-C", root, "report", "supervision", "--as-of", "2017-07-02", "--week")
    assert "Given in the week (1): M2 letter 2号." in run(*base, "2017-W19").out
    assert "No order was given in the week." in run(*base, "2017-W20").out


def test_without_orders_it_says_so(run, make_ledger):
    out = run("-C", make_ledger(files([item("M1")], title="小")), "report", "supervision", "--as-of", "2017-07-02").out
    assert "0 open orders on 0 items; 0 past their own deadline." in out
    assert "Nothing is under supervision." in out


@pytest.mark.parametrize("arguments, sentence", [
    (["--week", "2017-W99"], "there is no such week"), (["--week", "2016-W02"], "before the plan began"),
    (["--as-of", "2016-01-02"], "the plan had not begun by 2016-01-02"),
    (["--week", "2017-W30"], "closes on 2017-07-30 only"), (["-o", "x.pdf"], "the name tells no format"),
    (["-o", "gone/x.docx"], "gone"),
])  # fmt: skip
def test_what_cannot_be_reported_is_one_sentence(run, root, arguments, sentence, monkeypatch):
    monkeypatch.chdir(root)
    before = sorted(root.rglob("*"))
    result = run("-C", root, "report", "supervision", "--as-of", "2017-07-02", *arguments, code=2)
    assert sentence in result.err
    assert len(result.err.splitlines()) <= 2
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_as_people_see_it(run, root, golden, lang: str):
    golden(
        f"supervision.{lang}.txt", run("-C", root, "report", "supervision", "--as-of", "2017-07-02", "--lang", lang).out
    )


def test_what_happens_later_is_not_told(run, root):
    out = run("-C", root, "report", "supervision", "--as-of", "2017-05-20").out
    assert "2 open orders on 2 items (listed 1, letter 1); 0 past their own deadline." in out
    assert "None." in out


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_is_written_in_both_languages(run, root, form: str):
    for lang in ("zh", "en"):
        path = root / f"out{WRITERS[form].suffix}"
        run("-C", root, "report", "supervision", "--as-of", "2017-07-02", "--lang", lang, "--format", form, "-o", path)
        first = path.read_bytes()
        run("-C", root, "report", "supervision", "--as-of", "2017-07-02", "--lang", lang, "--format", form, "-o", path)
        assert path.read_bytes() == first
