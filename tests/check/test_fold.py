"""What `check` shows to people: causes first, what says the same in one piece, empty public fields last."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.check.text import folded, most_telling_first, text
from ledger.model.finding import SEVERITIES, UNREADABLE, Finding, Place, Source
from ledger.model.words import Words
from tests.paper import files, item

pytestmark = pytest.mark.quick

FINDINGS = st.lists(
    st.builds(
        Finding,
        st.builds(Place, st.sampled_from(["a.yaml", "b.csv"]), st.integers(1, 9)),
        st.sampled_from([101, 110, 401, 801, 901]),
        st.sampled_from([Words.same("x"), Words.same("y")]),
        item=st.sampled_from(["M1", "M2", ""]),
        severity=st.sampled_from(SEVERITIES),
    )
)


def late(line: int, item_: str = "", message: str = "1 day late") -> Finding:
    return Finding(Place("a.yaml", line, 2), 801, Words.same(message), item=item_ or f"M{line}", severity="warning")


def shown(findings: list[Finding], lang: str = "en") -> str:
    return text(findings, {"a.yaml": Source.of("- id: M1\n" * 9)}, 80, lang, color=False, prefix="", every=False)


@given(FINDINGS)
def test_folding_loses_no_finding_and_puts_together_only_what_says_the_same(findings: list[Finding]):
    groups = folded(findings)
    assert sorted(one for group in groups for one in group) == sorted(findings)
    assert all(len({(one.code, one.severity, one.message, one.hint) for one in group}) == 1 for group in groups)


@given(FINDINGS)
def test_what_cannot_be_read_is_first_and_an_empty_public_field_last(findings: list[Finding]):
    ranks = [-1 if one.code in UNREADABLE else int(one.code == 901)
             for one in most_telling_first(findings, by_severity=True)]  # fmt: skip
    assert ranks == sorted(ranks)


def test_between_them_errors_come_before_warnings_and_infos():
    order = [late(1)._replace(severity=one) for one in ("info", "warning", "error")]
    assert [one.severity for one in most_telling_first(order, by_severity=True)] == list(SEVERITIES)


def test_against_a_revision_the_order_by_cause_stays():
    order = [late(1)._replace(severity=one) for one in ("info", "error", "warning")]
    assert most_telling_first(order, by_severity=False) == order


def test_equal_findings_are_one_line_with_their_number_and_the_first_three_places():
    assert shown([late(line) for line in range(1, 6)]) == (
        "warning L801 1 day late (5 places)\n"
        "      a.yaml:1:2: M1\n"
        "      a.yaml:2:2: M2\n"
        "      a.yaml:3:2: M3\n"
        "      … and 2 more: ledger check --all\n"
    )


def test_in_chinese_too():
    assert shown([late(line) for line in range(1, 6)], "zh").splitlines()[0::4] == [
        "警告 L801 1 day late（5 处）",
        "      … 另有 2 处：ledger check --all",
    ]


def test_an_item_that_all_share_is_named_once():
    assert shown([late(1, "M1"), late(2, "M1")]) == (
        "warning L801 M1: 1 day late (2 places)\n      a.yaml:1:2\n      a.yaml:2:2\n"
    )


def test_what_to_do_is_said_once_below_all_places():
    findings = [late(line)._replace(hint=Words.same("hurry")) for line in (1, 2)]
    assert shown(findings).count("= hurry") == 1
    assert shown(findings).endswith("= hurry\n")


def test_a_finding_that_stands_alone_keeps_its_line():
    assert "    1 | - id: M1" in shown([late(1), late(2, message="2 days late")])


TWINS = [item(id=f"M{number}", due="2018-03-01") for number in range(1, 6)]


def test_check_folds_for_people_lists_each_with_all_and_keeps_every_finding_for_programs(run, make_ledger):
    root = make_ledger(files(TWINS))
    check = ["-C", root, "check", "--as-of", "2018-06-01", "--select", "L801"]
    assert "(5 places)" in run(*check).out
    every = run(*check, "--all").out
    assert len(re.findall(r"^\S*measures\.yaml:\d+:\d+: warning L801 M\d", every, re.M)) == 5
    assert "places)" not in every
    assert len(json.loads(run(*check, "--format", "json").out)["findings"]) == 5
    assert run(*check, "--format", "concise").out.count("L801") == 5
