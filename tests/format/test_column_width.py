"""Widths of columns: wanted, least, and shared out on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.format.cell import (
    as_many_whole,
    comfortable_widths,
    first_wide,
    is_of_numbers,
    names_before_numbers,
    narrow_widths,
    narrowed,
    natural_widths,
    shared_out,
)
from ledger.format.document import Column, Heading, Table, sections
from tests.format.report_sample import numbers_table, overdue_table, progress_table, report, trend_table

pytestmark = pytest.mark.quick

_widths = st.lists(st.integers(1, 60), min_size=1, max_size=8)


def test_a_number_is_never_narrowed_and_a_sentence_is():
    table = Table([Column("n", right=True), Column("事项", flexible=True)], [["1234567890", "长" * 50]])
    assert natural_widths(table) == [10, 100]
    assert comfortable_widths(table) == [10, 24]
    assert narrow_widths(table) == [10, 4]


def test_a_flexible_column_is_never_narrower_than_its_longest_word():
    table = Table([Column("", flexible=True)], [["see the cofferdam there"]])
    assert narrow_widths(table) == [len("cofferdam")]


def test_an_endless_word_does_not_push_a_table_off_the_paper():
    assert narrow_widths(Table([Column("", flexible=True)], [["x" * 300]])) == [24]


@given(_widths, _widths, st.integers(1, 200), st.integers(0, 3))
def test_what_is_shared_out_fits_where_there_is_room_for_the_least(
    wanted: list[int], least: list[int], room: int, rows: int
):
    least = [min(low, want) for low, want in zip(least * 8, wanted, strict=False)]
    shared = shared_out(wanted, least, room, [wanted] * rows)
    assert all(wide >= 1 for wide in shared)
    assert sum(shared) <= max(room, len(shared)) + len(shared)
    if sum(wanted) <= room:
        assert shared == wanted
    elif sum(least) <= room:
        assert sum(shared) == room
        assert all(wide >= low for wide, low in zip(shared, least, strict=True))


def test_long_sentences_keep_more_room_than_a_column_with_one_long_title():
    rows = [[60, 200], *([[10, 200]] * 9)]
    wide, wider = narrowed([60, 200], [8, 8], 100, rows)
    assert wide + wider == 100
    assert wider > 2 * wide


def test_sentences_give_way_before_names_do():
    assert narrowed([100, 20], [8, 8], 60, [[100, 20]]) == [40, 20]


def test_as_many_columns_keep_their_words_whole_as_there_is_room_for():
    assert as_many_whole([8, 12, 10], [16, 24, 10], 70) == [16, 24, 10]
    assert as_many_whole([8, 12, 10], [16, 24, 10], 40) == [16, 12, 10]
    assert as_many_whole([12, 8, 10], [24, 16, 11], 39) == [12, 16, 11]
    assert as_many_whole([8, 12], [16, 24], 10) == [8, 12]


def test_tables_of_numbers_are_told_from_tables_of_words():
    assert is_of_numbers(numbers_table())
    assert is_of_numbers(progress_table())
    assert not is_of_numbers(overdue_table(rows=2))
    assert names_before_numbers(progress_table()) == [0, 1]
    assert names_before_numbers(trend_table()) == [0, 1]


def test_paper_is_turned_at_the_first_section_that_is_too_wide():
    parts = sections(report(rows=2))
    assert [part.id for part in parts][first_wide(parts, 90, 2)] == "units"
    assert first_wide(parts, 10_000, 2) == len(parts)
    assert first_wide(sections([Heading("a"), numbers_table()]), 20, 2) == 0
