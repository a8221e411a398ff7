"""Courses with fewer bars where there is no room for all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.format.cell import course_cell, courses_within, narrow_widths, thinned, with_bars
from ledger.format.document import Column, Samples, Table, value_of
from tests.format.report_sample import progress_table


def course(weeks: int, columns: int = 1) -> Table:
    return Table([Column("数"), *[Column("走势")] * columns], [["事项", *[course_cell(list(range(weeks)))] * columns]])


@given(st.lists(st.integers(), max_size=600), st.integers(1, 200))
def test_what_is_left_is_in_order_with_the_last_one_and_no_more_than_asked_for(values: list[int], most: int):
    left = thinned(list(enumerate(values)), most)
    assert len(left) == min(len(values), most)
    assert left == sorted(set(left))
    assert [number for number, _ in left[-1:]] == [len(values) - 1][: len(values)]


def test_what_is_left_out_is_evenly_spread():
    assert thinned(range(1, 11), 5) == [2, 4, 6, 8, 10]


def test_a_course_has_as_many_bars_as_there_is_room_for():
    assert len(courses_within(course(520), 104).rows[0][1]) == 100
    assert len(courses_within(course(520), 104, 2).rows[0][1]) == 50
    assert len(courses_within(course(520, columns=2), 104).rows[0][2]) == 50


def test_a_course_that_fits_is_left_alone():
    assert courses_within(course(52), 80) == course(52)
    assert courses_within(progress_table(), 10) == progress_table()


def test_programs_have_every_number_of_a_course_with_fewer_bars():
    assert value_of(with_bars(course(520), 20).rows[0][1]) == Samples(tuple(range(520)))


def test_a_course_is_never_cut_into_lines():
    assert narrow_widths(course(52)) == [4, 52]
