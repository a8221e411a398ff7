"""Causes come first, and the published figures that only follow from them are one row a claim."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.model.finding import Finding
from ledger.rule.against import Look, against
from tests.compare.compare_paper import Sheet, edited

pytestmark = pytest.mark.quick

LOOK = Look(date(2017, 12, 31), date.max)


def published(sheet: Sheet) -> None:
    """Another claim, of two figures that hold."""
    figures = {"measures.total": 4, "overall.of": 5}
    sheet.claims["claims"].append({"id": "week", "as_of": "2017-07-31", "source": "r:1", "figures": figures})


def gone(sheet: Sheet) -> None:
    sheet.measures.pop(0)
    sheet.measures.pop()


def new(before: Sheet, after: Sheet) -> list[Finding]:
    return against(before.read(), after.read(), LOOK).new


def test_what_was_done_stands_before_what_follows_from_it():
    codes = [one.code for one in new(edited(published), edited(published, gone))]
    assert codes == [703, 703, 204, 204, 204, 601, 601]


def test_figures_of_a_claim_that_differ_are_one_row_with_their_causes():
    of = next(one for one in new(edited(published), edited(published, gone)) if one.key == "week")
    assert of.message.en.startswith("week: 2 published figures differ, because of M1 measures.yaml:")
    assert "(L703)" in of.message.en
    assert of.message.zh.startswith("week：2 个公布的数不符；起因：M1 measures.yaml:")
    assert of.hint.en == "ledger check --claim week shows how each was computed"


def test_one_figure_that_differs_is_told_whole_with_its_cause():
    (one,) = [one for one in new(edited(), edited(lambda sheet: sheet.measures.pop())) if one.code == 601]
    assert one.message.en.startswith(
        "measures.total was published as 4, the ledger has 3, because of M4 measures.yaml:"
    )


def test_a_claim_that_was_changed_itself_is_a_cause_and_stays_whole():
    def raised(sheet: Sheet) -> None:
        sheet.claims["claims"][0]["figures"]["measures.total"] = 9

    found = new(edited(), edited(raised))
    assert not any("because of" in one.message.en for one in found)
    assert {one.code for one in found} >= {709}


def test_many_causes_are_counted():
    def all_gone(sheet: Sheet) -> None:
        del sheet.measures[:]
        sheet.problems.clear()
        sheet.facts.clear()
        sheet.claims["claims"] = sheet.claims["claims"][:1]

    (row,) = [one for one in new(edited(), edited(all_gone)) if one.code == 601 and one.key == "c1"]
    assert " more" in row.message.en
    assert " 等 " in row.message.zh
