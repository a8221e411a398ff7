"""Every case file yields exactly the findings that are marked in it, and every rule has cases of either kind."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from ledger.model.finding import SEVERITIES, UNREADABLE, Finding, in_order
from ledger.rule import registry
from ledger.rule.registry import RULES, UNUSED_WAIVER
from tests.rule.bundle import DEFAULT, bundle, case_names, code_of, marked, read_case

CODES = [rule.code for rule in RULES]
SEVERITY = {rule.code: rule.severity for rule in RULES}
JUDGED = [rule.code for rule in RULES if rule.check is not None and rule.code not in UNREADABLE]


def is_bad(name: str) -> bool:
    return name.split(".")[1] == "bad"


def _told(said: list[Finding]) -> str:
    return "\n".join(f"{finding.place} {finding.label} {finding.message.en}" for finding in said)


@pytest.mark.quick
@pytest.mark.parametrize("name", case_names())
def test_a_case_yields_exactly_the_findings_it_marks_in_order_and_each_in_both_languages(name: str, tmp_path: Path):
    case = read_case(name)
    said = case.findings(tmp_path)
    assert Counter(marked(said, case.marks)) == Counter(case.marks), _told(said)
    # Against an earlier version causes come first.
    assert said == in_order(said) or case.before is not None
    assert len({(finding.place, finding.code, finding.item, finding.message) for finding in said}) == len(said)
    for finding in said:
        assert finding.message.zh
        assert finding.message.en
        assert not re.search(r"\{[a-z_]+\}", " ".join((*finding.message, *finding.hint)))
        # A claim with a gap, and a relapse that is not reopened yet, are milder than their rule.
        milder = {(601, "info"), (508, "warning")}
        if is_bad(name):  # a good case may set another severity
            assert finding.severity == SEVERITY[finding.code] or (finding.code, finding.severity) in milder
        assert bool(finding.hint.zh) == bool(finding.hint.en)


def test_a_bad_case_marks_its_own_rule_and_a_good_one_does_not():
    for name in case_names():
        assert (code_of(name) in read_case(name).codes()) is is_bad(name), name


def test_every_rule_has_a_bad_and_a_good_case():
    kinds = Counter((code_of(name), name.split(".")[1]) for name in case_names())
    assert kinds.keys() == {(code, kind) for code in CODES for kind in ("bad", "good")}


@pytest.mark.parametrize(
    "name", [name for name in case_names("bad") if code_of(name) in JUDGED and read_case(name).before is None]
)
def test_with_its_rule_switched_off_a_bad_case_is_told_everything_but_that(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """No rule masks another: what the others say does not depend on it, and none of them says the same."""
    case, code = read_case(name), code_of(name)
    before = case.findings(tmp_path)
    monkeypatch.setattr(registry, "RULES", tuple(rule for rule in RULES if rule.code != code))
    assert case.findings(tmp_path) == [finding for finding in before if finding.code != code]


def test_every_code_stands_in_the_registry_once():
    assert len(CODES) == len(set(CODES))
    assert {rule.severity for rule in RULES} == set(SEVERITIES)


def test_the_registry_holds_the_rules_of_the_design():
    groups = {
        1: "101 102 103 104 105 106 107 108 109", 2: "201 202 203 204 205", 3: "301 302 303 304 305 306 307 308 309",
        4: "401 402 403 404 405 406 407 408 409 410 411 412", 5: "501 502 503 504 505 506 507 508 509",
        6: "601 602 603 604 605 606", 7: "701 702 703 704 705 706 707 708 709 710",
        8: "801 802 803 804 805 806", 9: "901 902",
    }  # fmt: skip
    assert {str(code) for code in CODES} >= {code for codes in groups.values() for code in codes.split()}


def test_severities_are_those_of_the_design():
    warnings = {
        109, 206, 208, 301, *range(304, 310), 313, *range(404, 410), 411, 506, 507, 606, 801, 802, 804, *range(806, 811), 901,
    }  # fmt: skip
    infos = {207, 412, 803, 805}
    for rule in RULES:
        if rule.code < 700 or rule.code >= 800:
            expected = "warning" if rule.code in warnings else "info" if rule.code in infos else "error"
            assert rule.severity == expected, rule.label


def test_the_rule_about_waivers_is_among_the_rules():
    assert UNUSED_WAIVER in RULES


def test_the_readme_shows_the_settings_that_cases_get():
    text = (Path(__file__).parent.parent / "case" / "README.md").read_text(encoding="utf-8")
    assert f"```yaml\n{DEFAULT}```" in text
    example = text.split("```\n")[1]
    assert [mark.code for mark in bundle(example).marks] == [801]


def test_the_example_of_the_readme_is_a_case(tmp_path: Path):
    text = (Path(__file__).parent.parent / "case" / "README.md").read_text(encoding="utf-8")
    case = bundle(text.split("```\n")[1])
    assert list(marked(case.findings(tmp_path), case.marks)) == case.marks
