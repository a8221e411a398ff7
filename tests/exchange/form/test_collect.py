"""Filling in any form and collecting it gives exactly what was filled in, once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.edit.journal import appended
from ledger.exchange.form.asked import Form, unit_forms
from ledger.exchange.form.collect import Collected, collected
from ledger.exchange.form.name import form_names
from ledger.exchange.form.open_cell import is_resolved
from ledger.exchange.form.outgoing import form_csv, form_workbook
from ledger.exchange.sheet.cell_value import says_nothing
from ledger.exchange.sheet.sheet import Cell
from ledger.model.period import week_of
from ledger.state.board import Board
from ledger.state.submission import unit_names
from ledger.text.safe import one_line
from tests.paper import Memory, files, item, read, sound
from tests.returned import Filled, filled_csv, filled_workbook
from tests.strategy import ledgers

CLOSING = date(2017, 12, 14)
WEEK = week_of(CLOSING, 3)
texts = st.text('已完成0=+-@,;"\n，。（）😀 a', min_size=1, max_size=12).filter(
    lambda text: not says_nothing(text) and not is_resolved(Cell(text, "text"))
)
# A percentage up to 1 after one above it would be asked about.
numbers = st.decimals(2, 99_999, places=2).map(lambda value: f"{value.normalize():f}")
optional = st.none()


@st.composite
def fillings(draw: st.DrawFn, form: Form) -> tuple[Filled, list[dict[str, str]]]:
    """What to fill in, and the facts that must come of it."""
    filled: Filled = {}
    expected: list[dict[str, str]] = []

    def fact(line: Any, event: str, **cells: str) -> None:
        common = {"date": CLOSING.isoformat(), "item": line.standing.id, "event": event, "by": form.unit}
        expected.append({**common, **cells})

    for line in form.items:
        id_ = line.standing.id
        for title, event in (("progress this week", "report"), ("trouble", "trouble")):
            text = draw(optional | texts)
            if text is not None:
                filled[id_, title] = text
                fact(line, event, text=one_line(text))
        day = draw(optional | st.dates(CLOSING, date(2030, 1, 1)))
        if day is not None:
            filled[id_, "expected by"] = day
            fact(line, "expect", until=day.isoformat())
        percent = draw(optional | st.integers(2, 100)) if line.takes_percent else None
        if percent is not None:
            filled[id_, "percent done"] = percent
            fact(line, "progress", value=str(percent))
    for own in form.readings:
        place = (own.standing.id, own.target.key)
        value = draw(optional | numbers)
        if value is None:
            continue
        cells = {"value": value}
        filled[(*place, "reading now")] = float(value)
        for name, title in (("part", "part"), ("of", "out of")):
            number = draw(optional | numbers)
            if number is not None:
                filled[(*place, title)], cells[name] = float(number), number
        note = draw(optional | texts)
        if note is not None:
            filled[(*place, "remark")], cells["note"] = note, one_line(note)
        if draw(st.booleans()):
            filled[(*place, "firmness")], cells["firm"] = "basic", "basic"
        fact(own, "reading", key=own.target.key, **cells)
    return filled, expected


def told(found: Collected) -> list[dict[str, str]]:
    rows = [{name: cell for name, cell in fact.cells.items() if name != "source"} for fact in found.facts]
    return sorted(rows, key=repr)


def check_round(data: st.DataObject, folder: Path, paper: dict[str, str], ending: str) -> None:
    ledger = sound(paper)
    board = Board(ledger, WEEK.last)
    forms = unit_forms(board, WEEK)
    names = form_names(WEEK.label, unit_names(board).values())
    expected, paths = [], []
    for unit, form in forms.items():
        filled, facts = data.draw(fillings(form))
        expected += facts
        if ending == ".csv":
            content = filled_csv(form_csv(form, "en"), filled)
        else:
            content = filled_workbook(form_workbook(form, ledger.settings.title, "en"), filled)
        paths.append(folder / (names[unit] + ending))
        paths[-1].write_bytes(content)
    found = collected(board, WEEK, lambda _saved: CLOSING, [(path.name, path) for path in paths])
    assert told(found) == sorted(expected, key=repr)
    assert {remark.kind for remark in found.remarks} <= {"fell"}
    changes = appended(Memory(paper), "journal/**/*.csv", [fact.cells for fact in found.facts], "office")
    after = read({**paper, **{change.path: change.after for change in changes}})
    again = collected(Board(after, WEEK.last), WEEK, lambda _saved: CLOSING, [(path.name, path) for path in paths])
    assert (again.facts, again.remarks) == ([], [])
    assert len(again.known) == len(expected)
    assert [finding for finding in after.findings if finding not in ledger.findings] == []


@given(st.data())
def test_a_form_in_csv_gives_exactly_what_was_filled_in_and_only_once(tmp_path_factory, data):
    made = data.draw(ledgers())
    facts = [fact for fact in made["facts"] if fact["date"] < WEEK.first.isoformat()]
    check_round(data, tmp_path_factory.mktemp("csv"), files(**{**made, "facts": facts}), ".csv")


PLAN = [
    item("M1", responsible=["万州区", "a/b:c"], targets={
        "built": {"name": "建成", "unit": "座", "goal": ">= 10", "sum": "units"},
        "share": {"name": "处理率", "unit": "%", "goal": ">= 85"},
    }),
    item("M2", responsible=["万州区"]),
]  # fmt: skip


@given(st.data())
def test_a_form_as_a_workbook_gives_exactly_what_was_filled_in_and_only_once(tmp_path_factory, data):
    check_round(data, tmp_path_factory.mktemp("xlsx"), files(PLAN), ".xlsx")


def test_a_form_that_nobody_touched_gives_nothing(tmp_path):
    ledger = sound(files(PLAN))
    board = Board(ledger, WEEK.last)
    for unit, form in unit_forms(board, WEEK).items():
        name = form_names(WEEK.label, unit_names(board).values())[unit]
        (tmp_path / f"{name}.xlsx").write_bytes(form_workbook(form, ledger.settings.title, "zh"))
        (tmp_path / f"{name}.csv").write_bytes(form_csv(form, "zh"))
    found = collected(board, WEEK, lambda _saved: CLOSING, [(path.name, path) for path in sorted(tmp_path.iterdir())])
    assert (found.facts, found.known) == ([], [])
    assert {remark.kind for remark in found.remarks} == {"note"}


def test_what_was_collected_before_the_week_closed_is_known_afterwards(tmp_path):
    paper = files(PLAN)
    board = Board(sound(paper), WEEK.last)
    form = unit_forms(board, WEEK)["万州区"]
    path = tmp_path / "2017-W50_万州区.csv"
    path.write_bytes(filled_csv(form_csv(form, "en"), {("M2", "trouble"): "下雨"}))
    early = collected(board, WEEK, lambda _saved: date(2017, 12, 12), [(path.name, path)])
    changes = appended(Memory(paper), "journal/**/*.csv", [fact.cells for fact in early.facts], "office")
    after = read({**paper, **{change.path: change.after for change in changes}})
    late = collected(Board(after, WEEK.last), WEEK, lambda _saved: CLOSING, [(path.name, path)])
    assert [fact.cells["date"] for fact in early.facts] == ["2017-12-12"]
    assert (late.facts, len(late.known)) == ([], 1)
