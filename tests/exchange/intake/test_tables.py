"""Laws of the import: what was exported comes back without a change, and one cell changes one record."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange.intake.result import rejected_for, without_protected
from ledger.exchange.intake.row import Terms
from ledger.exchange.intake.tables import Request, imported, is_carried_out
from ledger.exchange.sheet.file import csv_sheet
from ledger.exchange.sheet.sheet import LIMITS, Cell, Sheets
from ledger.exchange.sheet.xlsx import workbook_sheets
from ledger.model.finding import Finding, Place
from ledger.model.ledger import Ledger
from ledger.model.words import Words
from ledger.state.board import Board
from ledger.storage.refusal import CannotChange
from ledger.view.entries import entries_csv, entries_workbook
from ledger.view.list import list_csv, list_workbook
from tests import paper
from tests.exchange.intake.import_paper import TODAY, after, changes, meaning, sheet, told, written
from tests.strategy import UNITS, facts, iso, items

# What people write into plans: signs that CSV, YAML and spreadsheets have their own ideas about.
words = st.text(st.sampled_from("整改 a;,\\'\"=+-@:#{}[]&*!|>%1\t\n／\u3000。"), min_size=1, max_size=8).filter(
    str.strip
)
bilingual = st.one_of(words, st.fixed_dictionaries({"zh": words, "en": words}), st.fixed_dictionaries({"zh": words}))


@st.composite
def plans(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Items with all kinds of texts."""
    made = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        item = draw(items(f"M{number}"))
        item["title"] = draw(bilingual)
        for name, values in {
            "goal": bilingual,
            "remark": words,
            "source": words,
            "steps": st.lists(bilingual, max_size=3),
            "problems": st.just(["P1"]),
            "cooperating": st.lists(st.sampled_from(UNITS), unique=True),
        }.items():
            if draw(st.booleans()):
                item[name] = draw(values)
        made.append(item)
    return made


def exported(ledger: Ledger) -> str:
    standings = Board(ledger, date(2030, 1, 1)).standings
    return list_csv(standings, ledger.settings, "en")


def read_back(text: str, ledger: Ledger, **settings: Any):
    table = csv_sheet(text.encode(), "list", LIMITS)
    request = Request("", False, {}, Terms(settings.get("clear", False), True, TODAY))
    return imported(Sheets(Path("list.csv"), [table], {}), ledger, request)


@given(plans(), st.booleans())
def test_what_was_exported_comes_back_without_a_change(measures, clear):
    ledger = paper.read(paper.files(measures, problems=[paper.item("P1")]))
    found = read_back(exported(ledger), ledger, clear=clear)
    assert (changes(found), told(found), found.is_empty) == ([], [], True)
    assert found.reads[0].known == len(ledger.items)
    assert not found.reads[0].kept


_EDITS = {"lead": st.sampled_from(UNITS), "due": iso, "title": words, "title.zh": words, "remark": words,
          "origin": st.sampled_from(["反馈", "petition"]), "goal": words,
          "targets.a.goal": st.sampled_from([">= 7", "≤3", "= 2.5"]), "responsible": st.sampled_from(["万州区、城口县", "开州区"])}  # fmt: skip


@given(plans(), st.data())
def test_one_cell_changes_one_record_and_nothing_else(measures, data):
    files = paper.files(measures, problems=[paper.item("P1")])
    ledger = paper.read(files)
    rows = list(csv.reader(io.StringIO(exported(ledger), newline="")))
    name = data.draw(st.sampled_from([name for name in _EDITS if name in rows[0]]))
    number = data.draw(st.integers(1, len(rows) - 1))
    rows[number][rows[0].index(name)] = data.draw(_EDITS[name])
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    found = read_back(stream.getvalue(), ledger)
    touched = {id_ for read in found.reads for _, id_ in read.touched}
    assert touched <= {rows[number][0]}
    if found.rejected:
        assert {one.item for one in found.rejected} == {rows[number][0]}
        return
    later = after(files, found, ledger)
    assert [item._replace(where=None) for item in later.items if item.id not in touched] == [
        item._replace(where=None) for item in ledger.items if item.id not in touched
    ]
    assert read_back(stream.getvalue(), later).is_empty
    assert len(written(files, found, ledger)) == len(touched)


@given(plans(), plans())
def test_importing_twice_is_importing_once(measures, wanted):
    files = paper.files(measures, problems=[paper.item("P1")])
    ledger = paper.read(files)
    text = exported(paper.read(paper.files(wanted, problems=[paper.item("P1")])))
    table = Sheets(Path("list.csv"), [csv_sheet(text.encode(), "list", LIMITS)], {})
    request = Request("measures", False, {}, Terms(False, True, TODAY))
    found = imported(table, ledger, request)
    if not found.rejected:
        later = after(files, found, ledger)
        assert imported(table, later, request).is_empty
        assert is_carried_out(table, ledger, later, request, found)


def test_an_edit_that_did_something_else_is_noticed():
    files = paper.files([paper.item("M1"), paper.item("M2")])
    ledger = paper.sound(files)
    table = Sheets(Path("a.xlsx"), [sheet(["id", "lead"], ["M1", "甲"])], {})
    request = Request("", False, {}, Terms(False, False, TODAY))
    found = imported(table, ledger, request)
    right = paper.sound(paper.files([paper.item("M1", lead="甲"), paper.item("M2")]))
    wrong = paper.sound(paper.files([paper.item("M1", lead="甲"), paper.item("M2", lead="甲")]))
    assert is_carried_out(table, ledger, right, request, found)
    assert not is_carried_out(table, ledger, wrong, request, found)
    assert not is_carried_out(table, ledger, ledger, request, found)


def error(item: str) -> Finding:
    return Finding(Place("measures.yaml"), 202, Words("单位", "unit"), item=item)


def test_rows_that_would_bring_errors_are_rejected_with_the_finding():
    ledger = paper.sound(paper.files([paper.item("M1"), paper.item("M2")]))
    found = meaning(ledger, sheet(["id", "lead"], ["M1", "甲"], ["M2", "乙"]))
    checked, rest = rejected_for(found, [error("M2"), error("X")])
    assert told(checked) == [(3, 0, "L202 unit")]
    assert [item.id for item in checked.reads[0].changed] == ["M1"]
    assert [one.item for one in rest] == ["X"]


def test_all_facts_about_an_item_are_rejected_together():
    ledger = paper.sound(paper.files([paper.item("M1"), paper.item("M2")]))
    rows = [
        ["date", "item", "event"],
        ["2018-01-01", "M1", "start"],
        ["2018-01-02", "M1", "done"],
        ["2018-01-02", "M2", "done"],
    ]
    checked, _ = rejected_for(meaning(ledger, sheet(*rows)), [error("M1")])
    assert told(checked) == [(2, 0, "L202 unit"), (3, 0, "another row of this item has an error")]
    assert [entry.row["item"] for entry in checked.reads[0].entries] == ["M2"]


def test_what_the_baseline_protects_is_rejected_with_the_command_that_records_it():
    measures = [
        paper.item("M1"),
        paper.item("M2"),
        paper.item("M3", targets={"a": {"goal": 46, "name": {"zh": "甲", "en": "a"}}}),
    ]
    ledger = paper.read(paper.files(measures, baseline={"tag": "approved", "commit": "0" * 40}))
    rows = [
        ["id", "due", "title", "targets.a.goal", "targets.a.name.zh"],
        ["M1", "2018-06-30"],
        ["M2", "", "新题"],
        ["M3", "", "", "40"],
    ]
    found = without_protected(meaning(ledger, sheet(*rows)), ledger, lambda _: True)
    assert [(one.item, one.spot.row) for one in found.rejected] == [("M1", 2), ("M3", 4)]
    assert "ledger record extend M1 --until 2018-06-30" in found.rejected[0].hint.en
    assert "ledger record amend M3 --key targets.a.goal" in found.rejected[1].hint.en
    assert [item.id for item in found.reads[0].changed] == ["M2"]
    free = meaning(ledger, sheet(["id", "targets.a.name.zh"], ["M3", "乙"]))
    assert without_protected(free, ledger, lambda _: True) == free


_CELLS = st.one_of(
    words, iso, st.sampled_from(["M1", "m2", "M3", "P1", "甲;乙", "46座", "≥ 3", "87.5%", "立行立改", "读数", "done", "=1", "'=1", "NULL"]),
    st.builds(Cell, words, st.sampled_from(["text", "number", "date", "percent", "flag", "error"])),
)  # fmt: skip
_ITEM_HEADER = ["id", "title", "title.zh", "牵头单位", "due", "responsible", "steps", "steps.en", "targets.a.goal", "targets.b.goal",
                "targets.b.due", "milestones.x.due", "milestones.x.name", "weight", "origin", "problems", "x"]  # fmt: skip
_ENTRY_HEADER = ["date", "item", "event", "key", "value", "by", "until", "doc", "note", "text", "part", "firm"]


@given(plans(), st.sampled_from([_ITEM_HEADER, _ENTRY_HEADER]), st.booleans(), st.data())
def test_whatever_a_sheet_says_is_taken_or_turned_away_with_a_sentence(measures, header, clear, data):
    files = paper.files(measures, problems=[paper.item("P1")])
    ledger = paper.read(files)
    names = data.draw(st.lists(st.sampled_from(header), unique=True, min_size=3)) if header is _ITEM_HEADER else header
    names = list(dict.fromkeys(["id", *names])) if header is _ITEM_HEADER else names
    rows = data.draw(st.lists(st.lists(_CELLS, min_size=len(names), max_size=len(names)), max_size=4))
    table = Sheets(Path("a.xlsx"), [sheet(names, *rows)], {})
    request = Request("measures" if header is _ITEM_HEADER else "", False, {}, Terms(clear, False, TODAY))
    if len(names) == 2 and "x" in names:
        with pytest.raises(CannotChange):
            imported(table, ledger, request)
        return
    found = imported(table, ledger, request)
    assert all(one.message.zh and one.message.en for one in found.rejected)
    later = after(files, found, ledger)
    assert is_carried_out(table, ledger, later, request, found)


def from_workbook(data: bytes, ledger: Ledger, clear: bool = False):
    sheets, properties = workbook_sheets(data, LIMITS)
    request = Request("", False, {}, Terms(clear, False, TODAY))
    return imported(Sheets(Path("a.xlsx"), sheets, properties), ledger, request)


@given(plans(), st.booleans())
def test_an_exported_workbook_comes_back_without_a_change(measures, clear):
    pytest.importorskip("openpyxl")
    ledger = paper.read(paper.files(measures, problems=[paper.item("P1")]))
    standings = Board(ledger, date(2030, 1, 1)).standings
    found = from_workbook(list_workbook(standings, ledger.settings, date(2030, 1, 1), "zh"), ledger, clear)
    assert (changes(found), told(found)) == ([], [])
    assert found.reads[0].known == len(ledger.items)


@st.composite
def journals(draw: st.DrawFn) -> list[dict[str, str]]:
    """Facts about M1 and P1 with all kinds of texts, no two of them on one day."""
    made = draw(st.lists(facts(["M1", "P1"], ["start", "report", "reading", "progress", "done", "extend", "withdraw", "supervise"]),
                         max_size=5, unique_by=lambda fact: (fact["date"], fact["item"])))  # fmt: skip
    return [
        {**fact, **{name: draw(words) for name in ("text", "note") if name in fact or draw(st.booleans())}}
        for fact in made
    ]


@given(journals(), st.sampled_from(["csv", "spreadsheet", "journal", "xlsx"]))
def test_the_journal_comes_back_without_a_change(journal, form):
    files = paper.files([paper.item("M1", targets={"a": {"goal": 1}})], journal, problems=[paper.item("P1")])
    ledger = paper.read(files)
    entries = [entry for own in ledger.journal.values() for entry in own]
    if form == "xlsx":
        pytest.importorskip("openpyxl")
        found = from_workbook(entries_workbook(entries, ledger.settings, date(2030, 1, 1), "zh"), ledger)
    else:
        text = (
            files["journal/2017/office.csv"]
            if form == "journal"
            else entries_csv(entries, spreadsheet=form == "spreadsheet")
        )
        table = csv_sheet(text.encode(), "a", LIMITS)
        found = imported(Sheets(Path("a.csv"), [table], {}), ledger, Request("", True, {}, Terms(False, True, TODAY)))
    assert (told(found), found.is_empty) == ([], True)
    assert found.reads[0].known == len(entries)
