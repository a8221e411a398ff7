"""`ledger list`: queries and formats."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.conftest import DATA
from tests.paper import files, item


def ids(run, *query: str) -> list[str]:
    return [one["id"] for one in json.loads(run("-C", DATA, "list", *query, "--format", "json").out)["items"]]


def test_the_keys_of_the_json(run):
    document = json.loads(run("-C", DATA, "list", "--format", "json").out)
    assert set(document) == {"schema", "as_of", "items"}
    assert (document["schema"], document["as_of"]) == ("ledger/list/1", "2017-12-31")
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
        assert before == after


def test_the_csv_marks_derived_columns(run):
    rows = list(csv.DictReader(io.StringIO(run("-C", DATA, "list", "id:M18", "--format", "csv").out)))
    assert [rows[0][name] for name in ("now.state", "now.schedule", "now.light", "now.due", "now.short")] == [
        "stage_done", "on_schedule", "green", "2018-12-31", "started",
    ]  # fmt: skip
    assert rows[0]["targets.started.goal"] == ">= 46"
    assert rows[0]["responsible"] == "开州区;江津区"


def test_extensions_stand_in_the_derived_columns_and_not_in_the_plan(run, make_ledger):
    from tests.paper import fact

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
    from tests.paper import fact

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
