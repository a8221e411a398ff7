"""What a report tells before it is signed: the findings, those that say the same in one row."""

from __future__ import annotations

import pytest

from ledger.format.document import Heading, Names, Table, in_language, value_of
from ledger.model.finding import Finding, Place
from ledger.model.words import Words
from ledger.report.part.doubts import finding_blocks

pytestmark = pytest.mark.quick

EMPTY = Words("六公开缺：时限", "public fields empty: deadline")


def finding(item: str, line: int, message: Words = EMPTY, severity: str = "warning", code: int = 901) -> Finding:
    return Finding(Place("problems.yaml", line, 3), code, message, item=item, severity=severity)


def told(*findings: Finding) -> tuple[str, list[dict[str, str]]]:
    """The heading, and the rows by the ids of their columns."""
    heading, table = in_language(finding_blocks(findings), "en")
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    ids = [column.id for column in table.columns]
    return heading.text, [dict(zip(ids, row, strict=True)) for row in table.rows]


def test_findings_that_say_the_same_are_one_row_with_their_items_and_the_first_place():
    _, (row,) = told(*(finding(f"P{n}", n * 9) for n in range(1, 13)))
    assert row["finding"] == "public fields empty: deadline"
    assert row["items"] == "P1 P2 P3 P4 … +8"
    assert row["place"] == "problems.yaml:9:3 … +11"


def test_programs_have_every_item_and_place_of_such_a_row():
    _, (row,) = told(finding("P1", 1), finding("P2", 2))
    assert value_of(row["items"]) == Names(("P1", "P2"))
    assert value_of(row["place"]) == Names(("problems.yaml:1:3", "problems.yaml:2:3"))


def test_the_heading_counts_the_findings_and_not_the_rows():
    heading, rows = told(finding("P1", 1), finding("P2", 2))
    assert (heading, len(rows)) == ("Findings that would embarrass (2)", 1)


def test_another_sentence_or_rule_is_another_row_the_worst_first():
    other = Words("另一句", "another sentence")
    _, rows = told(
        finding("P1", 1), finding("P2", 2, other), finding("P3", 3, severity="error", code=401), finding("P4", 4)
    )
    assert [(row["rule"], row["items"]) for row in rows] == [("L401", "P3"), ("L901", "P1 P4"), ("L901", "P2")]


def test_a_finding_about_no_item_has_a_dash():
    _, (row,) = told(finding("", 5))
    assert (row["items"], row["place"]) == ("–", "problems.yaml:5:3")
