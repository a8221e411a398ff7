"""The short writing of `ledger record`: what is typed a hundred times a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.paper import files, item

OFFICE = "journal/2017/office.csv"
DAY = ("-d", "2017-06-01")


@pytest.fixture
def book(make_ledger) -> Path:
    measures = [
        item("M1", targets={"built": {"goal": 30, "name": "建成"}}),
        item("M2", targets={"built": {"goal": 3}, "sealed": {"goal": 2}}, milestones={"plans": {"due": "2017-05-01"}}),
        item("M3"),
        item("M4", targets={"share": {"unit": "%", "goal": 80}}),
    ]
    return make_ledger(files(measures, archived="2017-12-31"))


def written(book: Path) -> list[str]:
    """The lines of the journal, without the commas of empty cells at their ends."""
    path = book / OFFICE
    return [line.rstrip(",") for line in path.read_text().splitlines()[1:]] if path.exists() else []


@pytest.mark.parametrize("words, lines", [
    (("M1", "built=2"), ["M1,reading,built,2"]),
    (("M1", "建成=1,584"), ["M1,reading,built,1584"]),
    (("M1", "20"), ["M1,reading,built,20"]), (("M1", "built", "=", "20"), ["M1,reading,built,20"]),
    (("M1", "built", "=20", "done"), ["M1,reading,built,20", "M1,done"]),
    (("M1", "读数=20"), ["M1,reading,built,20"]),
    (("m1", "built＝2", "progress=80%", "done"), ["M1,reading,built,2", "M1,progress,,80", "M1,done"]),
    (("done", "M1", "M3"), ["M1,done", "M3,done"]),
    (("M1", "M3", "done"), ["M1,done", "M3,done"]),
    (("reading", "M1", "built=2"), ["M1,reading,built,2"]),
    (("M2", "built=2", "sealed=1"), ["M2,reading,built,2", "M2,reading,sealed,1"]),
    (("M2", "plans=done"), ["M2,milestone,plans"]),
    (("M2", "plans"), ["M2,milestone,plans"]),
    (("M3", "50%"), ["M3,progress,,50"]), (("M3", "progress=3/4"), ["M3,progress,,75"]),
    (("M1", "built=30/40"), ["M1,reading,built,30,,,,,,,,,,30,40"]),
    (("M4", "share=30/40"), ["M4,reading,share,75,,,,,,,,,,30,40"]), (("M4", "share=1/3"), ["M4,reading,share,33.3,,,,,,,,,,1,3"]),
    (("M3", "进度=50%"), ["M3,progress,,50"]),
    (("M3", "lookback=巩固"), ["M3,lookback,held"]),
    (("M3", "trouble=缺资金"), ["M3,trouble,,,,,,,缺资金"]),
])  # fmt: skip
def test_a_fact_is_typed_in_few_keys(run, book: Path, words: tuple[str, ...], lines: list[str]):
    run("-C", book, "record", *words, *DAY)
    assert written(book) == [f"2017-06-01,{line}" for line in lines]


def test_unit_and_text_have_short_options(run, book: Path):
    run("-C", book, "record", "M1", "built=2", "-u", "开州区", "-m", "3座通水", *DAY)
    assert written(book) == ["2017-06-01,M1,reading,built,2,开州区,,,,3座通水"]


def test_the_usual_unit_comes_from_the_environment_and_gives_way_to_the_option(run, book: Path, monkeypatch):
    monkeypatch.setenv("LEDGER_UNIT", "开州区")
    run("-C", book, "record", "M3", "done", *DAY)
    run("-C", book, "record", "M1", "built=2", "-u", "万州区", *DAY)
    assert written(book) == ["2017-06-01,M3,done,,,开州区", "2017-06-01,M1,reading,built,2,万州区"]


def test_a_decision_is_never_taken_in_the_usual_name(run, book: Path, monkeypatch):
    monkeypatch.setenv("LEDGER_UNIT", "开州区")
    done = run("-C", book, "record", "M1", "extend=2019-06-30", "--doc", "12号", "--note", "汛期", code=2)
    assert "extend needs --by" in done.err


@pytest.mark.parametrize("words, says", [
    (("M2", "2"), ["which of them is 2", "ledger record M2 built=2", "ledger record M2 sealed=2"]),
    (("M3", "2"), ["no target", "ledger record M3 progress=2"]),
    (("M2", "reading=2"), ["which of them is 2", "ledger record M2 built=2"]),
    (("M1", "biult=2"), ["M1 has no biult", "did you mean built?"]),
    (("M1", "lead=市城管委"), ["field of the plan", "ledger set M1 lead=市城管委"]),
    (("M1",), ["nothing is said of M1", "ledger record M1 built=46"]),
    (("M9", "built=2"), ["no item M9"]),
    (("built=2", "M1"), ["no item is named", "ledger record M1 built=2"]),
    (("raeding", "M1", "2"), ["no event raeding", "did you mean reading?"]),
])  # fmt: skip
def test_what_cannot_be_meant_is_answered_with_a_line_to_type(run, book: Path, words, says):
    done = run("-C", book, "record", *words, *DAY, code=2)
    assert [part for part in says if part not in done.err] == []
    assert written(book) == []


def test_one_bad_fact_of_several_writes_none_of_them(run, book: Path):
    run("-C", book, "record", "M1", "built=2", "progress=lots", *DAY, code=2)
    assert written(book) == []
