"""The guard tells which errors an edit adds, and only those."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.change.guard import new_errors
from ledger.model.ledger import Ledger
from tests.paper import fact, files, item, read

pytestmark = pytest.mark.quick

DAY = date(2018, 6, 30)


def ledger(*facts: dict[str, str], **fields: object) -> Ledger:
    return read(files([item(**{"targets": {"built": {"goal": 3}}, **fields})], facts))


def codes(before: Ledger, after: Ledger) -> list[int]:
    return [finding.code for finding in new_errors(before, after, DAY)]


def test_an_error_that_was_there_before_is_not_new():
    short = (fact("2017-05-01", "reading", key="built", value=1), fact("2017-06-01", "done"))
    assert codes(ledger(*short), ledger(*short, fact("2017-07-01", "report"))) == []


def test_an_error_that_the_edit_adds_is_told():
    reading = fact("2017-05-01", "reading", key="built", value=1)
    assert codes(ledger(reading), ledger(reading, fact("2017-06-01", "done"))) == [401]


def test_of_two_same_errors_one_is_new_if_there_was_one():
    unknown = fact("2017-05-01", "reading", key="buildt", value=1)
    later = {**unknown, "date": "2017-06-01"}
    assert codes(ledger(unknown), ledger(unknown, later)) == [203]


def test_an_error_of_another_key_is_new_though_one_of_its_code_and_item_went():
    goals = {"targets": {"built": {"goal": 3}, "plants": {"goal": 5}}}
    facts = [
        fact("2017-05-01", "reading", key="built", value=1), fact("2017-05-01", "reading", key="plants", value=5),
        fact("2017-06-01", "done"),
    ]  # fmt: skip
    mended = [fact("2017-05-02", "reading", key="built", value=3), fact("2017-05-02", "reading", key="plants", value=4)]
    added = new_errors(ledger(*facts, **goals), ledger(*facts, *mended, **goals), DAY)
    assert [(error.code, error.key) for error in added] == [(401, "plants")]


def test_a_warning_stops_nobody():
    assert codes(ledger(), ledger(due="2018-01-31")) == []


def test_an_error_that_the_edit_mends_is_not_told():
    reading = fact("2017-05-01", "reading", key="buildt", value=1)
    assert codes(ledger(reading), ledger()) == []
