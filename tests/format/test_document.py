"""A document is put into one language right before it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.format.document import (
    Code,
    Column,
    Document,
    Fact,
    Head,
    Heading,
    Names,
    Paragraph,
    Table,
    Typed,
    column_ids,
    head_of,
    in_language,
    named_tables,
    painted,
    repeats,
    sections,
    shown_rows,
    tone_of,
    typed,
    unique_id,
    value_of,
)
from ledger.model.words import Words
from tests.format.report_sample import report

pytestmark = pytest.mark.quick

LATE = Words("逾期", "overdue")
DOCUMENT: Document = [
    Head(Words("台账", "ledger"), [Fact("as_of", Words("截至", "as of"), "2017-12-31")], "weekly"),
    Heading(LATE, 3, "late"),
    Paragraph(painted(LATE, "red"), 2),
    Table([Column(Words("灯", "light"), least=4, id="light")], [[LATE], ["M18"]], "lights", LATE, [LATE], LATE),
    Code("a: 1"),
]


def test_every_text_is_put_into_the_language_and_nothing_else_changes():
    assert in_language(DOCUMENT, "en") == [
        Head("ledger", [Fact("as_of", "as of", "2017-12-31")], "weekly", "en"),
        Heading("overdue", 3, "late"),
        Paragraph("overdue", 2),
        Table([Column("light", least=4, id="light")], [["overdue"], ["M18"]], "lights", "overdue", ["overdue"],
              "overdue"),
        Code("a: 1"),
    ]  # fmt: skip


def test_a_document_in_a_language_stays_as_it_is():
    assert in_language(in_language(DOCUMENT, "zh"), "en")[1:] == in_language(DOCUMENT, "zh")[1:]


@pytest.mark.parametrize("text", [LATE, "逾期"])
def test_tone_and_value_are_kept(text: Words | str):
    [[cell, coloured]] = _row([typed(text, "overdue", "red"), painted(text, "yellow")], "zh")
    assert (cell, value_of(cell), tone_of(cell)) == ("逾期", "overdue", "red")
    assert (coloured, value_of(coloured), tone_of(coloured)) == ("逾期", "逾期", "yellow")


def test_names_and_words_behind_a_text_are_put_into_the_language_too():
    [[names, gap]] = _row([typed(LATE, Names((LATE, "M18"))), Typed("", LATE)], "en")
    assert (value_of(names), value_of(gap)) == (Names(("overdue", "M18")), "overdue")


def _row(cells: list[Words | str], lang: str) -> list[list[str]]:
    [table] = in_language([Table([Column("")] * len(cells), [cells])], lang)
    assert isinstance(table, Table)
    return [list(row) for row in table.rows]


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
