"""`ledger explain`: every rule has a page that can be read."""

from __future__ import annotations

import pytest

from ledger.rule.registry import RULES


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.label)
def test_every_rule_is_explained_with_a_bad_and_a_good_example(run, rule, lang):
    out = run("explain", rule.label, "--lang", lang).out
    assert out.startswith(rule.label)
    for heading in ("不对", "怎样改正") if lang == "zh" else ("Bad", "How to mend it"):
        assert heading in out


def test_without_a_code_all_rules_are_listed(run):
    out = run("explain").out
    assert all(rule.label in out for rule in RULES)


@pytest.mark.parametrize("code", ["401", "l401", "L401"])
def test_a_code_may_be_written_as_people_write_it(run, code):
    assert run("explain", code).out.startswith("L401")


def test_an_unknown_code_is_a_usage_error(run):
    assert "there is no rule L777" in run("explain", "L777", code=2).err
