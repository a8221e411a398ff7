"""The made-up ledger at full size: it meets the published totals and says that it is made up."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.example.full.text import full_example
from ledger.model.ledger import Ledger
from tests.paper import COLUMNS, Memory, sound, whole

DAY = "2017-12-31"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return full_example()


@pytest.fixture(scope="module")
def ledger(texts: dict[str, str]) -> Ledger:
    return sound(texts)


@pytest.fixture(scope="module")
def found(ledger: Ledger):
    return whole(ledger, DAY)


def test_measures_and_problems_meet_the_published_totals(found):
    measures, problems = found["books"]["measures"], found["books"]["problems"]
    assert [measures[name] for name in ("total", "due", "done")] == [37, 30, 32]
    assert [problems[name] for name in ("total", "due", "done")] == [115, 88, 91]
    assert found["books"]["actions"]["total"] == 2735


def test_progress_is_above_ninety_three(found):
    assert found["overall"]["mean"] > 93
    assert found["books"]["measures"]["progress"]["mean"] > 93
    assert found["overall"]["known"] <= found["overall"]["of"] == 37 + 115 + 2735


def test_every_claim_of_it_holds(found):
    assert found["claims"]
    assert all(claim["holds"] for claim in found["claims"])


def test_its_title_says_that_it_is_made_up(ledger: Ledger):
    assert "虚构" in ledger.settings.title.zh
    assert "made-up" in ledger.settings.title.en.lower()


def test_it_is_archived_on_that_day(ledger: Ledger):
    assert ledger.settings.archived == date(2017, 12, 31)
    assert max(entry.date for own in ledger.journal.values() for entry in own) <= date(2017, 12, 31)


def test_actions_are_those_of_forty_districts_and_nineteen_departments(ledger: Ledger):
    kinds = {unit.name: unit.kind for unit in ledger.settings.units}
    leads = {item.lead for item in ledger.book("actions")}
    assert [sum(kinds[lead] == kind for lead in leads) for kind in ("district", "department")] == [40, 19]


def test_every_action_stands_under_a_measure_or_problem(ledger: Ledger):
    above = {item.id for item in ledger.items if item.book != "actions"}
    assert all(item.under in above for item in ledger.book("actions"))
    assert len({item.id.casefold() for item in ledger.items}) == len(ledger.items)


def test_measures_report_weekly_and_actions_monthly(ledger: Ledger):
    def reporting_weeks(id_: str) -> int:
        return len({entry.date.isocalendar()[:2] for entry in ledger.journal[id_]})

    assert max(reporting_weeks(item.id) for item in ledger.book("measures")) >= 36
    months = [
        len({entry.date.strftime("%Y-%m") for entry in ledger.journal[item.id]}) for item in ledger.book("actions")
    ]
    assert max(months) >= 8
    assert max(reporting_weeks(item.id) for item in ledger.book("actions")) <= 25


def test_it_has_about_thirty_thousand_entries(ledger: Ledger):
    assert 25_000 <= sum(map(len, ledger.journal.values())) <= 35_000


def test_every_entry_is_of_an_item_and_stands_once(ledger: Ledger, texts: dict[str, str]):
    assert ledger.orphans == ()
    lines = sum(texts[path].count("\n") - 1 for path in Memory(texts).matching("journal/**/*.csv"))
    assert lines == sum(map(len, ledger.journal.values()))


def test_its_journal_files_begin_with_the_header_of_the_format(texts: dict[str, str]):
    headers = {texts[path].split("\n", 1)[0] for path in texts if path.startswith("journal/")}
    assert headers == {",".join(COLUMNS)}


def test_the_same_seed_gives_the_same_ledger_and_another_one_another():
    small = {"items": 60, "weeks": 5}
    assert full_example(**small) == full_example(**small)
    assert full_example(**small, seed=1) != full_example(**small, seed=2)


@pytest.mark.parametrize("items, weeks", [(40, 1), (60, 5), (137, 60), (500, 3)])
def test_it_can_be_scaled_and_its_claims_still_hold(items: int, weeks: int):
    ledger = sound(full_example(items, weeks))
    assert len(ledger.items) == items
    found = whole(ledger, DAY)
    assert found["claims"]
    assert all(claim["holds"] for claim in found["claims"])


@pytest.mark.parametrize("items, weeks", [(39, 5), (0, 5), (-1, 5), (100, 0), (100, -1), (100, 521)])
def test_what_cannot_be_made_is_refused_with_a_sentence(items: int, weeks: int):
    with pytest.raises(ValueError, match="full example"):
        full_example(items, weeks)
