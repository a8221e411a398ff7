"""A faulty line of the journal takes nothing from the lines beside it."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.example.full.text import full_example
from ledger.model.entry import COLUMNS, EVENTS
from ledger.model.finding import Source
from ledger.model.grammar import line_faults
from ledger.storage.journal import _Known, _Reader

pytestmark = pytest.mark.quick

STEPS = ("self_check", "acceptance", "review", "notice")
FULL = {path: text for path, text in full_example(items=200, weeks=6).items() if path.startswith("journal/")}


def read(text: str):
    reader = _Reader("journal/2017/a.csv", Source.of(text), _Known(STEPS))
    return reader.entries(text), reader.findings


def test_a_sound_journal_reads_without_a_finding():
    for text in FULL.values():
        entries, findings = read(text)
        assert findings == []
        assert len(entries) == text.count("\n") - 1


def test_entries_share_what_most_lines_leave_empty():
    known = _Known(STEPS)
    entries = [
        entry for path, text in FULL.items() for entry in _Reader(path, Source.of(text), known).entries(text)
    ]  # fmt: skip
    details = {id(entry.details): entry.details for entry in entries}.values()
    assert len(details) == len(set(details)) < len(entries) / 4
    # The budget is 300 bytes for each, its texts included.
    assert sum(map(sys.getsizeof, (*entries, *details))) < 200 * len(entries)


@given(st.sampled_from(sorted(FULL)), st.randoms(use_true_random=False), st.text(min_size=1, max_size=12))
def test_all_lines_but_the_faulty_one_read_as_before(path, rng, rubbish):
    lines = FULL[path].splitlines()
    row = rng.randrange(1, len(lines))
    cells = lines[row].split(",")
    cells[rng.randrange(len(cells))] = rubbish.replace('"', "").replace(",", "").replace("\n", "").replace("\r", "")
    before, _ = read("\n".join(lines) + "\n")
    lines[row] = ",".join(cells)
    after, _ = read("\n".join(lines) + "\n")
    assert [one for one in after if one.line != row + 1] == [one for one in before if one.line != row + 1]


def _spoilt(path, rng, rubbish):
    """A file of the example with some cells replaced."""
    lines = [line.split(",") for line in FULL[path].splitlines()]
    for text in rubbish:
        row = rng.choice(lines[1:])
        row[rng.randrange(len(row))] = text
    return lines


_rubbish = st.lists(
    st.sampled_from(["", " ", "2017-13-01", "return", "void", "close", "request", "event", "1", "M1", "extend", "x"]),
    max_size=4,
)  # fmt: skip


@given(st.sampled_from(sorted(FULL)), st.randoms(use_true_random=False), _rubbish)
def test_cells_in_quotes_and_columns_in_another_order_say_the_same(path, rng, rubbish):
    lines = _spoilt(path, rng, rubbish)
    entries, findings = read("\n".join(map(",".join, lines)) + "\n")
    found = [(one.place.line, one.code, one.message) for one in findings]
    order = rng.sample(range(len(lines[0])), len(lines[0]))
    for others in (
        [[f'"{cell}"' for cell in row] for row in lines],
        [[row[cell] for cell in order] for row in lines],
    ):
        again, more = read("\n".join(map(",".join, others)) + "\n")
        assert again == entries
        assert [(one.place.line, one.code, one.message) for one in more] == found


SOUND = {
    "start": {}, "report": {"text": "开工"}, "progress": {"value": "100"}, "trouble": {"key": "resolved"},
    "reading": {"key": "started", "value": "43", "part": "43", "of": "46", "exempt": "1", "firm": "basic",
                "approx": "yu"},
    "milestone": {"key": "plans", "value": "2017-09-30"}, "done": {"value": "2017-06-28", "firm": "basic"},
    "step": {"key": "notice", "until": "2018-01-10"}, "close": {"key": "stage", "value": "plans"},
    "lookback": {"key": "held"}, "reopen": {"until": "2019-06-30", "by": "甲", "doc": "1号", "note": "反弹"},
    "extend": {"until": "2019-06-30", "by": "甲", "doc": "1号", "note": "汛期"},
    "amend": {"key": "lead", "value": "乙", "by": "甲", "doc": "1号", "note": "分工"},
    "withdraw": {"key": "M2", "by": "甲", "doc": "1号", "note": "并入"},
    "request": {"key": "extend", "by": "甲", "until": "2019-06-30"}, "decline": {"key": "extend", "by": "乙", "note": "不"},
    "return": {"key": "2017-W50", "by": "甲", "value": "0"}, "supervise": {"key": "warning", "until": "2018-01-10"},
    "lift": {"key": "listed"}, "expect": {"until": "2018-01-10"},
    "void": {"key": "2017-01-01/done", "by": "甲", "note": "误记"},
}  # fmt: skip


def faults(event: str, **cells: str) -> list[tuple[str, int]]:
    item = "" if event == "return" else "M1"
    row = {"date": "2017-12-31", "item": item, "event": event, **cells}
    return [(fault.column, fault.code) for fault in line_faults(row)]


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_takes_what_the_format_gives_it(event):
    assert faults(event, **SOUND[event]) == []


@pytest.mark.parametrize("event", EVENTS)
def test_a_required_cell_that_is_empty_is_105(event):
    for column in EVENTS[event].required:
        assert (column, 105) in faults(event, **{**SOUND[event], column: " "})


@pytest.mark.parametrize("event", EVENTS)
def test_a_filled_column_that_the_event_does_not_use_is_104(event):
    for column in set(COLUMNS) - EVENTS[event].columns:
        assert (column, 104) in faults(event, **{**SOUND[event], column: "1"})


@pytest.mark.parametrize(
    "event, cells",
    [
        ("progress", {"value": "250"}), ("progress", {"value": "-1"}), ("progress", {"value": "half"}),
        ("reading", {"key": "a", "value": "43 座"}), ("reading", {"key": "a", "value": "1", "approx": "before"}),
        ("done", {"value": "2017-02-30"}), ("done", {"approx": "yu"}), ("done", {"firm": "full"}),
        ("trouble", {"key": "started"}), ("close", {"key": "half"}), ("close", {"value": "plans"}),
        ("lookback", {"key": "好"}), ("supervise", {"key": "phone"}), ("milestone", {"key": "a", "value": "3"}),
        ("request", {"key": "reopen", "by": "甲"}), ("request", {"key": "amend:", "by": "甲"}),
        ("request", {"key": "done", "by": "甲", "until": "2018-01-01"}),
        ("request", {"key": "done", "by": "甲", "value": "43"}),
        ("return", {"key": "2017-W60", "by": "甲"}), ("return", {"key": "2017-W50", "by": "甲", "value": "-1"}),
        ("return", {"key": "2017-W50", "by": "甲", "item": "M1"}),
    ],
)  # fmt: skip
def test_what_an_event_cannot_say_is_104(event, cells):
    assert [code for _, code in faults(event, **cells)] == [104]


@pytest.mark.parametrize(
    "cells", [{"key": "extend", "by": "甲"}, {"key": "amend:lead", "by": "甲"}], ids=["extend", "amend"]
)
def test_a_request_needs_what_it_asks_for(cells):
    assert [code for _, code in faults("request", **cells)] == [105]


def test_closing_for_a_stage_may_name_its_milestone():
    # Lists of offices call an item done for its stage without any milestone in the plan.
    assert faults("close", key="stage") == []


def test_progress_beyond_100_is_no_entry_and_a_finding_at_its_cell():
    entries, findings = read("date,item,event,value\n2017-01-01,M1,progress,250\n2017-01-01,M1,progress,25\n")
    assert [entry.value for entry in entries] == ["25"]
    assert [(one.code, one.place.line, one.place.column) for one in findings] == [(104, 2, 24)]


def test_a_cell_that_counts_for_nothing_leaves_its_line_in_force():
    entries, findings = read("date,item,event,until\n2017-01-01,M1,report,2018-01-01\n")
    assert [entry.event for entry in entries] == ["report"]
    assert [one.code for one in findings] == [104]


def test_what_is_sound_in_one_file_is_looked_at_no_more_and_what_is_not_is_found_in_each():
    head, sound = "date,item,event,key,value", "2017-01-01,M1,progress,,50"
    read_before = _Known(STEPS)
    for number, line in enumerate([sound, "2017-01-01,M1,progress,,500", sound, "2017-13-01,M1,progress,,500", sound]):
        text = f"{head}\n{line}\n"
        reader = _Reader(f"journal/2017/{number}.csv", Source.of(text), read_before)
        entries = reader.entries(text)
        assert len(entries) == (line == sound)
        assert len(reader.findings) == (line != sound) + ("13" in line)
