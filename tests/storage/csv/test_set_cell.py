"""Edits of CSV: one cell or one row, and no other character."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.storage.csv.set_cell import new_table, with_cell, with_row
from ledger.storage.refusal import CannotEdit

_cells = st.text('abc甲,"\n\r ;=', max_size=5)
COLUMNS = ["id", "title", "lead", "due", "goal"]


class Sheet(NamedTuple):
    """A CSV text, its columns, and of each row the line it starts on and its cells."""

    text: str
    columns: list[str]
    rows: list[tuple[int, list[str]]]


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A table as programs and people write it: quotes where they need not be, short rows, empty lines, any line end."""
    columns = draw(st.lists(st.sampled_from(COLUMNS), unique=True, min_size=1))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))

    def cell(text: str) -> str:
        must = any(sign in text for sign in ",\r\n") or text.startswith('"')
        return '"' + text.replace('"', '""') + '"' if must or draw(st.integers(0, 4)) == 0 else text

    lines = [",".join(map(cell, columns))]
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.lists(_cells, min_size=1, max_size=len(columns)))
        lines += [""] * draw(st.sampled_from([0, 0, 1])) + [",".join(map(cell, row))]
    text = newline.join(lines) + draw(st.sampled_from([newline, newline, ""]))
    return Sheet(text, columns, numbered(text))


def numbered(text: str) -> list[tuple[int, list[str]]]:
    """The rows under the header with their lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, end = [], 0
    for row in reader:
        if row:
            rows.append((end + 1, row))
        end = reader.line_num
    return rows[1:]


def as_dicts(text: str) -> list[dict[str, str]]:
    """What each row says by column, empty cells left out."""
    (header, *rows) = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    return [{name: cell for name, cell in zip(header, row, strict=False) if cell} for row in rows]


@given(sheets(), st.data())
def test_setting_a_cell_changes_that_cell_and_no_other_character(sheet: Sheet, data: st.DataObject):
    if not sheet.rows:
        return
    number = data.draw(st.integers(0, len(sheet.rows) - 1))
    column, value = data.draw(st.sampled_from([*sheet.columns, "new"])), data.draw(_cells)
    line, cells = sheet.rows[number]
    text = with_cell(sheet.text, line, column, value)
    before, after = as_dicts(sheet.text), as_dicts(text)
    assert after[number] == {name: cell for name, cell in {**before[number], column: value}.items() if cell}
    assert after[:number] + after[number + 1 :] == before[:number] + before[number + 1 :]
    assert [len(row) for _, row in numbered(text)[:number]] == [len(row) for _, row in sheet.rows[:number]]
    assert with_cell(text, numbered(text)[number][0], column, value) == text
    if column in sheet.columns and sheet.columns.index(column) < len(cells):
        kept = sheet.text.splitlines(keepends=True)
        first = len("".join(kept[: line - 1]))
        assert text.startswith(sheet.text[:first])
        if number + 1 < len(sheet.rows):
            assert text.endswith("".join(kept[sheet.rows[number + 1][0] - 1 :]))


@given(sheets(), st.dictionaries(st.sampled_from([*COLUMNS, "new"]), _cells.filter(bool), min_size=1))
def test_a_new_row_stands_at_the_end_and_the_rows_before_stay(sheet: Sheet, cells: dict[str, str]):
    text = with_row(sheet.text, cells)
    assert [row for row in as_dicts(text) if row] == [*(row for row in as_dicts(sheet.text) if row), cells]
    rest = iter(text)
    assert all(char in rest for char in sheet.text)


@given(sheets(), st.data())
def test_setting_a_cell_back_restores_every_byte(sheet: Sheet, data: st.DataObject):
    # A quote or a blank at an edge may stand without quotes; we write them in quotes.
    spots = [(line, index, cell) for line, cells in sheet.rows for index, cell in enumerate(cells)
             if '"' not in cell and cell == cell.strip()]  # fmt: skip
    if spots:
        line, index, cell = data.draw(st.sampled_from(spots))
        text = with_cell(sheet.text, line, sheet.columns[index], data.draw(st.text("abc甲;=", min_size=1)))
        assert with_cell(text, line, sheet.columns[index], cell) == sheet.text


@pytest.mark.parametrize("old, value, new", [
    ("id,a\r\nx,1\r\ny,2\r\n", "3", "id,a\r\nx,3\r\ny,2\r\n"),
    ('id,a\nx,"1"\n', "3", 'id,a\nx,"3"\n'),
    ("id,a\nx,1\n", "3,4", 'id,a\nx,"3,4"\n'),
    ("id,a\nx,1", 'say "a"', 'id,a\nx,"say ""a"""'),
    ("id,a\nx,1\n", "l\nm", 'id,a\nx,"l\nm"\n'),
    ("id,a\nx\n", "3", "id,a\nx,3\n"),
    ("id,b,a\nx\ny,2\n", "3", "id,b,a\nx,,3\ny,2\n"),
    ("id\nx\ny\n", "3", "id,a\nx,3\ny\n"),
    ("id,a\nx,1\n", "1", "id,a\nx,1\n"),
])  # fmt: skip
def test_a_cell_is_written_as_the_row_is(old: str, value: str, new: str):
    assert with_cell(old, 2, "a", value) == new


@pytest.mark.parametrize("old, new", [
    ("id,a\nx,1\n", "id,a\nx,1\ny,2\n"), ("id,a\r\nx,1", "id,a\r\nx,1\r\ny,2"), ("id,a\n", "id,a\ny,2\n"),
    ("id,a\nx,1\n,\n,\n", "id,a\nx,1\ny,2\n,\n,\n"), ("id\nx\n", "id,a\nx\ny,2\n"), ("id,b,a\nx\n", "id,b,a\nx\ny,,2\n"),
])  # fmt: skip
def test_a_row_is_added_under_the_last_one_that_says_something(old: str, new: str):
    assert with_row(old, {"id": "y", "a": "2"}) == new


def test_a_new_table_has_a_header_and_its_row():
    assert new_table({"id": "P1", "title": "a,b"}) == 'id,title\nP1,"a,b"\n'


@pytest.mark.parametrize("text, line", [
    ("id,a\nx,1,2\n", 2), ('id,a\nx,"1\n', 2), ("", 1), ("id,a\n", 5), ('id,a\nx,"1"2\n', 2),
])  # fmt: skip
def test_a_table_that_is_not_sound_is_refused(text: str, line: int):
    with pytest.raises(CannotEdit) as refused:
        with_cell(text, line, "new", "3")
    assert all(refused.value.message)
