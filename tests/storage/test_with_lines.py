"""A journal that grew: only the new lines are read, and the ledger is the one that a whole reading gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.storage.ledger import Ledger, Overlay, read_ledger, with_lines
from tests.paper import Memory, fact, files, item, journal
from tests.strategy import ledgers

OFFICE = "journal/2017/office.csv"


def grown(texts: dict[str, str], path: str, more: str) -> tuple[Ledger, Ledger]:
    """The ledger with more text behind a file of the journal, by its new lines alone and read as a whole."""
    memory = Memory(texts)
    before = texts.get(path, "").encode()
    after = Overlay(memory, {path: before + more.encode()})
    return with_lines(read_ledger(memory), after, {path: before}), read_ledger(after)


def require_same(made: Ledger, read: Ledger) -> None:
    for name in ("journal", "orphans", "returns", "findings", "broken"):
        assert getattr(made, name) == getattr(read, name), name
    assert made.texts[OFFICE].data == read.texts[OFFICE].data


def rows(facts: list[dict[str, str]]) -> str:
    return journal(facts).partition("\n")[2]


@given(ledgers(), st.data())
def test_it_is_the_one_that_a_whole_reading_gives(given_: dict[str, Any], data: st.DataObject):
    facts = given_.pop("facts")
    cut = data.draw(st.integers(0, len(facts)))
    texts = files(given_.pop("measures"), [], **given_)
    texts[OFFICE] = journal(facts[:cut])
    require_same(*grown(texts, OFFICE, rows(facts[cut:])))


@pytest.mark.parametrize("line", [
    "2017-05-02,M9,done\n", "2017-05-02,M1,nonsense\n", "2017-13-02,M1,done\n", '2017-05-02,M1,"do\nne"\n',
    "2017-05-01,M1,done\n", "2017-05-02,M1,done",
])  # fmt: skip
def test_what_is_wrong_with_a_new_line_is_found_where_it_stands(line: str):
    texts = {**files([item("M1")]), OFFICE: "date,item,event,odd\n2017-05-01,M1,done\n\n2017-05-01,M1,report\n"}
    require_same(*grown(texts, OFFICE, line))


def test_a_new_file_is_read_from_its_header_on():
    texts = {**files([item("M1")]), "journal/2017/other.csv": journal([fact("2017-05-01", "done", "M1")])}
    texts.pop(OFFICE, None)
    require_same(*grown(texts, OFFICE, journal([fact("2017-05-01", "done", "M1"), fact("2017-05-03", "report", "M1")])))
