"""ledger report brief: one sheet for the head, however much there is, and however little."""

from __future__ import annotations

import json

import pytest

from tests.conftest import DATA
from tests.exchange.form.round_paper import papers, tables
from tests.report.paper.printed import crowded

DAY = ("--as-of", "2017-12-31")


@pytest.fixture
def root(make_ledger):
    return make_ledger(papers())


@pytest.mark.quick
def test_the_four_figures_bear_what_they_are_part_of(run):
    row = tables(run("-C", DATA, "report", "brief", "--format", "json", *DAY).out)["figures"][0]
    assert row["done"] == {"part": 18, "of": 49, "percent": 36.7}
    assert row["due_done"] == {"part": 17, "of": 17, "percent": 100.0}
    assert row["overdue"] == {"part": 0, "of": 31, "percent": 0.0}
    assert row["short"] == {"part": 4, "of": 21, "percent": 19.0}


def test_a_bar_a_book_tells_what_is_short_apart_from_what_is_done(run):
    bars = tables(run("-C", DATA, "report", "brief", "--format", "json", *DAY).out)["bars"]
    assert [row["bar"] for row in bars] == [
        {"full": 15, "short": 2, "of": 20}, {"full": 1, "short": 0, "of": 29},
    ]  # fmt: skip


def test_what_is_overdue_and_short_takes_twelve_rows_and_the_rest_is_a_count(run, make_ledger):
    found = run("-C", make_ledger(crowded()), "report", "brief", "--as-of", "2017-12-31", "--format", "json").out
    rows = tables(found)["attention"]
    assert len(rows) == 12
    assert [row["item"] for row in rows if row["item"] == "S1"] == ["S1"], "what is short keeps a row"
    notes = [block["notes"] for part in json.loads(found)["sections"] for block in part["blocks"]
             if block["kind"] == "table" and block["id"] == "attention"]  # fmt: skip
    assert notes == [["and 29 overdue more"]]
    assert len(tables(found)["units"]) == 5


def test_what_moved_is_counted_from_a_week_before(run):
    found = run("-C", DATA, "report", "brief", *DAY)
    assert "Moved since 2017-12-24" in found.out
    assert ["newly", "short", "4", "M14", "M18", "M19", "M20"] in [line.split() for line in found.out.splitlines()]


def test_with_a_week_it_tells_of_its_closing_day(run, root):
    found = json.loads(run("-C", root, "report", "brief", "--week", "2017-W51", "--format", "json").out)
    assert found["report"] == "brief"
    assert (found["head"]["as_of"], found["head"]["week"]) == ("2017-12-21", "2017-W51")


def test_the_forecast_stands_there_only_if_it_is_asked_for(run):
    plain = run("-C", DATA, "report", "brief", *DAY).out
    assert "orecast" not in plain
    assert "Forecast: none (only 0 past promises, fewer than 10)." in run(
        "-C", DATA, "report", "brief", *DAY, "--with-forecast"
    ).out  # fmt: skip


def test_the_forecast_is_one_sentence_with_what_it_rests_on(run, full_ledger):
    found = run("-C", full_ledger, "report", "brief", "--as-of", "2017-10-31", "--with-forecast", "--format", "md").out
    said = [line for line in found.splitlines() if line.startswith("Forecast")]
    assert len(said) == 1
    assert "past promises" in said[0]
    assert "an estimate" in said[0]


@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx"])
def test_it_is_the_same_to_the_byte_when_it_is_made_again(run, root, tmp_path, suffix):
    written = []
    for name in ("one", "two"):
        run("-C", root, "report", "brief", *DAY, "-o", tmp_path / f"{name}.{suffix}")
        written.append((tmp_path / f"{name}.{suffix}").read_bytes())
    assert written[0] == written[1]


def test_on_paper_there_is_room_for_remarks(run, root, tmp_path):
    import docx

    run("-C", root, "report", "brief", *DAY, "--lang", "zh", "-o", tmp_path / "brief.docx")
    run("-C", root, "report", "brief", *DAY, "--lang", "zh", "-o", tmp_path / "brief.html")
    last = docx.Document(str(tmp_path / "brief.docx")).tables[-1]
    assert last.cell(0, 0).text.startswith("批示：")
    assert last.rows[0].height.pt > 50
    assert "批示：" in (tmp_path / "brief.html").read_text(encoding="utf-8")


def test_on_paper_nothing_is_coloured_for_it_is_printed_in_black(run, tmp_path):
    from zipfile import ZipFile

    run("-C", DATA, "report", "brief", *DAY, "--lang", "zh", "-o", tmp_path / "brief.docx")
    with ZipFile(tmp_path / "brief.docx") as packed:
        body = packed.read("word/document.xml")
    assert (b"w:sz " in body, b"w:color w:val" in body) == (True, False)
