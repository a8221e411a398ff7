"""`rules` in the settings: the severity of some rules is the ledger's own, and whoever reads the result is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.model.field import TUNABLE
from ledger.rule.registry import RULES
from tests.paper import files, item

DUE_SOON = [item("M1", due="2017-12-31", goal="x", steps=["x"])]


@pytest.fixture
def tuned(make_ledger):
    def make(**rules: str) -> Path:
        return make_ledger(files(DUE_SOON, rules=rules))

    return make


@pytest.mark.parametrize("severity, code", [("info", 0), ("warning", 0), ("error", 1)])
def test_a_finding_has_the_severity_that_the_ledger_gives_its_rule(run, tuned, severity: str, code: int):
    found = run("-C", tuned(L803=severity), "check", "--as-of", "2017-12-20", "--format", "json", code=code).out
    assert [(one["code"], one["severity"]) for one in json.loads(found)["findings"]] == [("L803", severity)]


def test_a_rule_that_is_off_is_silent_and_everybody_is_told(run, tuned):
    book = tuned(L803="off", L306="info")
    told = "rules that are off: L803; rules of another severity: L306=info"
    assert run("-C", book, "check", "--as-of", "2017-12-20").out.startswith(told + "\n")
    for command in (["status"], ["report", "disclosure"]):
        assert told in " ".join(run("-C", book, *command, "--as-of", "2017-12-20").out.split())
    assert json.loads(run("-C", book, "check", "--as-of", "2017-12-20", "--format", "json").out)["findings"] == []


def test_where_no_rule_is_tuned_nothing_is_said(run, tuned):
    assert "rules that are" not in run("-C", tuned(), "check", "--as-of", "2017-12-20").out


def test_the_severities_that_are_compared_are_those_of_the_rules():
    assert {rule.code: rule.severity for rule in RULES if rule.code in TUNABLE} == TUNABLE
