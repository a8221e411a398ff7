"""What people type, as the files hold it: days in words, and names of units."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest

from ledger.edit.typed import Spoken
from ledger.model.period import month_spoken, week_spoken
from ledger.model.value import BadValue
from tests.paper import fact, files, item

pytestmark = pytest.mark.quick

FRIDAY, THURSDAY = date(2017, 12, 8), 3


@pytest.mark.parametrize("text, label", [
    ("this", "2017-W50"), ("last", "2017-W49"), ("上周", "2017-W49"), ("本周", "2017-W50"), ("last-week", "2017-W49"),
    ("next", "2017-W51"), ("W48", "2017-W48"), ("第48周", "2017-W48"), ("48", "2017-W48"),
])  # fmt: skip
def test_weeks_are_named_as_people_do(text: str, label: str):
    week = week_spoken(text, FRIDAY, THURSDAY)
    assert week is not None
    assert week.label == label


def test_on_its_closing_day_this_week_is_the_one_that_closes():
    week = week_spoken("this", date(2017, 12, 7), THURSDAY)
    assert week is not None
    assert (week.label, week.last) == ("2017-W49", date(2017, 12, 7))


def test_a_week_that_may_lie_in_two_years_is_refused_with_both():
    with pytest.raises(BadValue, match="2018-W50 or 2017-W50"):
        week_spoken("W50", date(2018, 1, 10), THURSDAY)
    with pytest.raises(BadValue, match="no such week"):
        week_spoken("54", FRIDAY, THURSDAY)


def test_months_likewise():
    assert [month.label for text in ("last", "this", "上月", "本月") if (month := month_spoken(text, FRIDAY))] == [
        "2017-11", "2017-12", "2017-11", "2017-12"]  # fmt: skip
    assert month_spoken("2017-12", FRIDAY) is None


def test_a_deadline_without_its_year_is_not_taken_for_one_that_has_passed():
    told: list[tuple[str, str]] = []
    spoken = Spoken(FRIDAY, None, 6, lambda text, meant: told.append((text, meant)))
    assert spoken.day("12-31", ahead=True) == "2017-12-31"
    with pytest.raises(BadValue, match="2017-11-30 or 2018-11-30"):
        spoken.day("11-30", ahead=True)
    assert spoken.day("11-30") == "2017-11-30"
    assert told == [("12-31", "2017-12-31"), ("11-30", "2017-11-30")]


@pytest.fixture
def here(make_ledger):
    plan = [item("M1", due="2018-06-30", milestones={"plans": {"name": "方案", "due": "2018-01-31"}})]
    return make_ledger(files(plan, [fact("2017-10-01", "start", "M1")], archived="2017-12-31"))


def test_cells_and_fields_are_written_in_full_and_told(run, here):
    told = run("-C", here, "record", "expect", "M1", "--until", "2018年9月30日", "-d", "2017.12.20")
    assert "2018年9月30日 is read as 2018-09-30" in told.err
    assert "2017.12.20 is read as 2017-12-20" in told.err
    run("-C", here, "record", "M1", "expect=2018/10/31", "-d", "2017-12-21")
    run("-C", here, "record", "M1", "方案=2017/12/21", "-d", "2017-12-22")
    text = "".join(path.read_text() for path in here.glob("journal/**/*.csv"))
    assert all(day in text for day in ("2018-09-30", "2018-10-31", "2017-12-21"))
    run("-C", here, "set", "M1", "due=2018年12月31日", "milestones.plans.due=20180228")
    text = (here / "measures.yaml").read_text()
    assert "2018-12-31" in text
    assert "2018-02-28" in text
    run("-C", here, "set", "M1", "due=立行立改")
    assert '"due": immediate' in (here / "measures.yaml").read_text()
    run("-C", here, "add", "measures", "title=x", "lead=a", "due=2018.6.30", "added=2017年5月1日", "origin=信访")
    text = (here / "measures.yaml").read_text()
    assert all(word in text for word in ("2018-06-30", "2017-05-01", "petition"))


@pytest.mark.parametrize("arguments", [
    ("record", "expect", "M1", "--until", "2018-2-30"), ("record", "expect", "M1", "--until", "soon"),
    ("set", "M1", "due=2018年13月1日"), ("record", "M1", "expect=bald"), ("record", "start", "M1", "-d", "昨日早"),
    ("report", "weekly", "--week", "2018-W60"), ("report", "weekly", "--week", "recently"),
])  # fmt: skip
def test_days_that_there_are_not_are_refused_and_nothing_written(run, here, arguments: tuple[str, ...]):
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    run("-C", here, *arguments, code=2)
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before


def test_the_week_that_was_understood_is_told(run, here):
    assert "last is read as 2017-W51" in run("-C", here, "report", "weekly", "--week", "last", "--lang", "en").err
    assert "上月 is read as 2017-11" in run("-C", here, "report", "monthly", "--month", "上月", "--lang", "en").err


def test_programs_read_what_was_written(run, here):
    told = json.loads(run("-C", here, "record", "M1", "方案", "-d", "2017-12-21", "--json").out)
    assert (told["schema"], told["written"], told["rows"][0]["key"]) == ("ledger/written/1", True, "plans")
    told = json.loads(run("-C", here, "set", "M1", "title=x", "--json", "-n").out)
    assert (told["written"], told["dry_run"], told["files"][0]["path"]) == (False, True, "measures.yaml")


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
