"""The outline of a document, and ids that programs can rely on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.format.document import (
    Column,
    Document,
    Head,
    Heading,
    Paragraph,
    Table,
    column_ids,
    head_of,
    named_tables,
    repeats,
    sections,
    shown_rows,
    unique_id,
)
from tests.format.report_sample import report

pytestmark = pytest.mark.quick


def table(*rows: list[str], id_: str = "", title: str = "", once: bool = True) -> Table:
    return Table([Column("账", once=once), Column("节点", once=once), Column("数")], rows, id_, title)


def test_a_document_without_a_head_is_named_by_its_first_title():
    assert head_of([Paragraph("p"), Heading("台账", 1)]) == Head("台账")
    assert head_of([Paragraph("p")]) == Head("")


def test_sections_begin_at_headings_and_keep_the_order_of_what_follows():
    found = sections(report(rows=3))
    assert [part.id for part in found] == ["section", "progress", "movement", "done", "closed", "units", "overdue",
                                           "trend", "nasty"]  # fmt: skip
    assert found[0].heading is None
    assert [type(piece).__name__ for piece in found[1].pieces] == ["NamedTable", "Paragraph"]


def test_a_table_without_a_title_goes_by_the_heading_over_it():
    document: Document = [
        Head("台账"),
        table(["a", "b", "c"]),
        Heading("逾期", 2, "late"),
        table(),
        table(title="另表"),
    ]
    assert [(named.id, named.title) for named in named_tables(document)] == [
        ("table", "台账"), ("late", "逾期"), ("late_2", "另表")]  # fmt: skip


def test_ids_that_are_given_twice_are_numbered():
    document: Document = [Heading("a", 2, "x"), Heading("b", 2, "x"), Heading("c", 3)]
    assert [part.id for part in sections(document)] == ["x", "x_2", "section"]


def test_columns_without_an_id_are_numbered():
    assert column_ids(Table([Column("a", id="n"), Column("b"), Column("c", id="n")], [])) == ["n", "column_2", "n_2"]


def test_what_is_said_once_is_shown_where_it_changes():
    given_ = table(["m", "2017", "1"], ["m", "2017", "2"], ["m", "2018", "2"], ["p", "2018", "2"])
    assert shown_rows(given_) == [["m", "2017", "1"], ["", "", "2"], ["", "2018", "2"], ["p", "2018", "2"]]
    assert repeats(given_, 1) == [False, True, False, False]


def test_what_is_not_said_once_is_repeated():
    given_ = table(["m", "2017", "1"], ["m", "2017", "2"], once=False)
    assert shown_rows(given_) == list(given_.rows)


@given(st.lists(st.text(max_size=8), max_size=12))
def test_every_id_is_plain_and_its_own(wanted: list[str]):
    used: set[str] = set()
    found = [unique_id(one, used) for one in wanted]
    assert len(set(found)) == len(found)
    assert all(re.fullmatch("[a-z0-9_]+", one) for one in found)
