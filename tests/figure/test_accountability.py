"""Loose figures and their sums."""

from __future__ import annotations

import pytest

from ledger.figure.accountability import Accountability, accountability
from tests.paper import files, sound, yaml

pytestmark = pytest.mark.quick


def told(facts: dict[str, object], *sums: str) -> Accountability:
    texts = {**files(), "claims.yaml": yaml({"facts": facts, "sums": list(sums)})}
    return accountability(sound(texts).claims)


def test_facts_are_told_as_written_with_their_sources():
    found = told({"persons": {"value": "79", "source": "report.txt:51"}, "media": {"value": "5000", "approx": "yu"}})
    assert [(fact.name, fact.values[0]) for fact in found.facts] == [
        ("persons", ("79", "", "report.txt:51")), ("media", ("5000", "yu", "")),
    ]  # fmt: skip
    assert not found.contradicted


def test_a_sum_tells_whether_it_holds_and_both_sides():
    facts = {"persons": {"value": "79"}, "bureau": {"value": "9"}, "division": {"value": "69"}}
    found = told(facts, "persons = bureau + division", "persons = bureau + division + 1", "persons > 93")
    assert [(line.holds, line.left, line.right) for line in found.sums] == [
        (False, "79", "78"), (True, "79", "79"), (False, "79", "93"),
    ]  # fmt: skip


def test_a_sum_that_cannot_be_computed_neither_holds_nor_fails():
    (line,) = told({"persons": {"value": "79"}}, "persons = strangers").sums
    assert line.holds is None
    assert line.problem is not None
    assert "strangers" in line.problem.en


def test_a_fact_with_two_values_that_cannot_both_be_true_is_contradicted():
    found = told({
        "villages": [{"value": "7252"}, {"value": "7275"}], "media": [{"value": "5000", "approx": "yu"}, {"value": "5500"}],
    })  # fmt: skip
    assert found.contradicted == {"villages"}
