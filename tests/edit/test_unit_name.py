"""A name typed decomposed is the unit it looks like, wherever a unit is typed."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from tests.paper import fact, files, item

pytestmark = pytest.mark.quick

COMPOSED, DECOMPOSED = normalize("NFC", "Chénguān"), normalize("NFD", "Chénguān")


@pytest.fixture
def book(make_ledger) -> Path:
    return make_ledger(files([item(lead=COMPOSED), item("M2")], [fact("2017-03-01", "start", by="Ōbu")]))


def plan(book: Path) -> str:
    return (book / "measures.yaml").read_text()


def journal(book: Path) -> str:
    return "".join(path.read_text() for path in book.rglob("*.csv"))


def test_by_of_a_fact_is_the_unit_of_the_plan(run, book: Path):
    run("-C", book, "record", "report", "M1", "--text", "x", "--by", DECOMPOSED, "--date", "2017-05-01")
    assert f",{COMPOSED}," in journal(book)
    assert DECOMPOSED not in journal(book)


def test_one_that_the_ledger_writes_decomposed_stays_so(run, make_ledger):
    book = make_ledger(files([item(lead=DECOMPOSED)], []))
    run("-C", book, "record", "report", "M1", "--text", "x", "--by", COMPOSED, "--date", "2017-05-01")
    assert f",{DECOMPOSED}," in journal(book)


def test_a_unit_of_an_amendment_and_one_nobody_knows_are_composed(run, book: Path):
    run("-C", book, "record", "amend", "M1", "--key", "responsible", "--value", f"{DECOMPOSED};{normalize('NFD', 'Ünye')}",
        "--by", normalize("NFD", "Ōbu"), "--doc", "1", "--note", "n", "--date", "2017-05-01")  # fmt: skip
    assert f"{COMPOSED};Ünye,Ōbu" in journal(book)


def test_set_and_add_know_it_too(run, book: Path):
    run("-C", book, "set", "M2", f"lead={DECOMPOSED}", f"responsible+={DECOMPOSED}")
    run("-C", book, "add", "measures", "title=c", f"lead={DECOMPOSED}", "due=2018-12-31")
    assert DECOMPOSED not in plan(book)
    assert plan(book).count(COMPOSED) == 4
