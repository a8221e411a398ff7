"""The journal takes from a sheet what it takes from `record`, and refuses the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.paper import fact, files, item

HEAD = "date,item,event,key,value,by,until,doc,note,text\n"


@pytest.fixture
def book(make_ledger) -> Path:
    measures = [item("M1", targets={"built": {"name": "建成", "goal": 3}}), item("M2")]
    settings = {"approvers": ["市整改办"], "archived": "2017-12-31"}
    return make_ledger(files(measures, [fact("2017-06-01", "reading", "M1", key="built", value=2)], **settings))


@pytest.fixture
def bring(run, book: Path):
    def call(rows: str, *options: str, code: int = 0):
        sheet = book.parent / "rows.csv"
        sheet.write_text(HEAD + rows, "utf-8")
        return run("-C", book, "import", sheet, "--journal", *options, code=code)

    return call


def recorded(book: Path) -> int:
    return sum(len(path.read_text("utf-8").splitlines()) - 1 for path in book.glob("journal/**/*.csv"))


def test_what_happened_is_taken_and_what_it_brings_to_light_is_said(book: Path, bring):
    assert "L401 M1" in bring("2017-07-01,M1,整改完成,,,,,,,\n").err
    assert recorded(book) == 2


def test_a_strict_import_refuses_every_new_error(book: Path, bring):
    assert "L401 M1" in bring("2017-07-01,M1,done,,,,,,,\n", "--strict", code=1).err
    assert recorded(book) == 1


@pytest.mark.parametrize(
    "row",
    [
        "2017-07-01,M2,progress,,250,,,,,\n",
        "2017-07-01,M2,close,,,,,,,\n",
        "2017-07-01,M2,extend,,,市环保局,2018-12-31,3号,汛期,\n",
        "2017-07-01,M1,reading,泵站,3,,,,,\n",
        "2018-07-01,M2,report,,,,,,,开工\n",
    ],
    ids=["progress 250", "closed before done", "not for it to decide", "no such target", "after archived"],
)
def test_what_the_journal_does_not_take_is_rejected(book: Path, bring, row: str):
    bring(row, code=2)
    assert recorded(book) == 1


def test_a_row_that_is_rejected_takes_no_other_with_it_if_it_is_skipped(book: Path, bring):
    bring("2017-07-01,M2,close,,,,,,,\n2017-07-01,M1,report,,,市环保局,,,,开工\n", "--skip-rejected", code=1)
    assert recorded(book) == 2


def test_a_return_comes_from_a_sheet_without_an_item(book: Path, bring):
    bring("2017-07-01,,return,2017-W26,0,市环保局,,,,\n")
    assert recorded(book) == 2


def test_names_of_targets_are_taken_for_their_keys(book: Path, bring):
    bring("2017-07-01,M1,读数,建成,3,,,,,\n")
    assert "built" in "".join(path.read_text("utf-8").splitlines()[-1] for path in book.glob("journal/**/*.csv"))
