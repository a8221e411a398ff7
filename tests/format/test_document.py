"""A document is put into one language right before it is written."""

from __future__ import annotations

import pytest

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
    in_language,
    painted,
    tone_of,
    typed,
    value_of,
)
from ledger.model.words import Words

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
