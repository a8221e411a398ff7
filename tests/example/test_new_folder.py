"""The small ledger that a newcomer starts with."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.example.new_folder import start_ledger
from tests.paper import COLUMNS, sound, whole

pytestmark = pytest.mark.quick

DAYS = [date(2026, 11, 23), date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 1)]


def readable(day: date, lang: str) -> dict[str, str]:
    return {path: text for path, text in start_ledger(day, lang).items() if path != ".gitattributes"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_it_is_without_a_fault_on_any_day(day: date, lang: str):
    found = whole(sound(readable(day, lang)), day.isoformat())
    assert (found["books"]["measures"]["total"], found["books"]["problems"]["total"]) == (2, 1)
    assert found["books"]["measures"]["overdue"] == 0
    assert found["claims"] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_claim_in_its_comment_holds_on_the_first_day(lang: str):
    texts = readable(DAYS[0], lang)
    (line,) = (line for line in texts["claims.yaml"].splitlines() if line.startswith("# - "))
    texts["claims.yaml"] = f"claims:\n{line[2:]}\n"
    assert [claim["holds"] for claim in whole(sound(texts), DAYS[0].isoformat())["claims"]] == [True, True]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_something_has_already_happened(lang: str):
    ledger = sound(readable(DAYS[0], lang))
    assert {entry.event for own in ledger.journal.values() for entry in own} == {"start", "report", "reading"}
    assert all(entry.date == DAYS[0] for own in ledger.journal.values() for entry in own)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_journal_has_every_column_in_the_order_of_the_format(lang: str):
    assert readable(DAYS[0], lang)["journal/2026/office.csv"].splitlines()[0].split(",") == COLUMNS


def test_journals_of_two_branches_merge_line_by_line():
    assert start_ledger(DAYS[0], "zh")[".gitattributes"] == "journal/**/*.csv merge=union\n"


@pytest.mark.parametrize("lang, sign", [("zh", "事项"), ("en", "item")])
def test_its_comments_explain_it(lang: str, sign: str):
    texts = readable(DAYS[0], lang)
    assert all("#" in texts[path] for path in ("ledger.yaml", "measures.yaml", "claims.yaml", "waivers.yaml"))
    assert sign in texts["ledger.yaml"] + texts["measures.yaml"]
