"""A table read block by block, many rows at once, is the one that the csv module reads row by row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.storage.csv import table
from ledger.storage.csv.table import columns_of, read_table

pytestmark = pytest.mark.quick

# What CSV trips over: quotes open and closed, commas, every kind of line end, the header once more, a BOM before it.
_pieces = st.sampled_from(
    ['"', '""', ",", ",", "\n", "\n", "\r\n", "\r", "a", "b", "a,b\n", "\ufeffa,b\n", " ", "\0", "环", "\x0b"]
)
_rows = st.lists(st.lists(st.sampled_from(["", "a", "b", "渗滤液", " x ", "'"]), min_size=3, max_size=3).map(",".join))
_texts = st.one_of(
    st.lists(_pieces, max_size=40).map("".join),
    st.tuples(_rows, st.lists(_pieces, max_size=6).map("".join), _rows).map(
        lambda parts: "\n".join(["a,b,c", *parts[0], parts[1], *parts[2], ""])
    ),
)  # fmt: skip


def rows_of(text: str):
    """The rows that the csv module gives, each with its line, and the line of the row at which it gives up."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, end = [], 0
    try:
        for row in reader:
            if row:
                rows.append((end + 1, row))
            end = reader.line_num
    except csv.Error:
        return rows, end + 1
    return rows, None


@example("a,b\n1,2\n\n3\n4,5,6\n", 1)
@example('a,b\n1,"2\n3"\n4,5\n', 3)
@example('a,b\n1,2\n3,"4\n', 2)
@given(_texts, st.integers(1, 30))
def test_blocks_of_any_size_give_the_rows_of_the_csv_module(text, size):
    rows, wrong = rows_of(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "_BLOCK", size)
        read, found = read_table(text, "a.csv")
    assert [one.place.line for one in found if one.code == 101 and "not CSV" in one.message.en] == [wrong] * bool(wrong)
    if read is None:
        assert len(rows) < 1 or len(rows[0][1]) == 1
        return
    header = [name.strip() for name in rows[0][1]]
    width = len(header)
    assert read.header == header
    expected = [(line, row) for line, row in rows[1:] if not header[0] or columns_of(row) != header]
    assert read.lines == [line for line, _ in expected]
    for number, (_, row) in enumerate(expected):
        assert read.row(number) == row + [""] * (width - len(row))
    assert set(read.extra) == {number for number, (_, row) in enumerate(expected) if len(row) > width}


def test_a_cell_too_long_for_the_csv_module_is_found_in_every_block():
    long = "x" * (csv.field_size_limit() + 1)
    for text in (f"a,b\n1,2\n{long},4\n", "a,b\n" + "1,2\n" * 40_000 + f"{long},4\n"):
        read, found = read_table(text, "a.csv")
        assert read is not None
        assert [(one.code, one.place.line) for one in found] == [(108, text.count("\n"))]
