"""What the Chongqing ledger has to say: the report's own contradictions, and nothing that only looks like one."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.rule.registry import counted, findings
from ledger.storage.files import Folder
from ledger.storage.ledger import read_ledger

pytestmark = pytest.mark.quick

DATA = Path(__file__).parent.parent.parent / "data"
DAY = date(2017, 12, 31)


@cache
def data() -> Ledger:
    return read_ledger(Folder(DATA))


@cache
def said() -> tuple[Finding, ...]:
    return tuple(findings(data(), DAY, today=date(2026, 11, 23), evidence=DATA))


def of(code: int, item: str | None = None) -> list[Finding]:
    return [finding for finding in said() if finding.code == code and item in (None, finding.item)]


def keys(code: int) -> set[tuple[str, str]]:
    return {(finding.item, finding.key) for finding in of(code)}


def line(finding: Finding) -> str:
    """The line of the file that a finding points at."""
    return data().texts[finding.place.path].text.split("\n")[finding.place.line - 1]


def test_every_file_is_read_whole():
    assert not data().unread


def test_measures_14_and_20_are_called_done_and_are_short():
    """F02, F03, F04, F11."""
    assert keys(401) == {("M14", "upgraded"), ("M14", "built"), ("M20", "moved")}
    texts = {(finding.item, finding.key): finding.message.en for finding in of(401)}
    assert "27 座 against >= 29" in texts["M14", "upgraded"]
    assert "14 座 against >= 22" in texts["M14", "built"]
    assert "10 家 against >= 12" in texts["M20", "moved"]
    assert all(",done," in line(finding) for finding in of(401))


def test_the_two_readings_of_measure_14_are_set_against_each_other_with_their_sources():
    assert {finding.key for finding in of(403)} == {"upgraded/2017-12-31/", "built/2017-12-31/"}
    for finding, numbers in zip(of(403), (("27", "29"), ("14", "22")), strict=True):
        assert finding.item == "M14"
        for number, source in zip(numbers, ("report.txt:47", "report.txt:239"), strict=True):
            assert f"{number} ({source})" in finding.message.en


def test_measure_18_is_called_started_at_43_of_46():
    """F12."""
    assert keys(402) == {("M18", "started")}
    assert "43 座 against >= 46" in of(402)[0].message.en
    assert "M18,milestone,started" in line(of(402)[0])


def test_targets_of_measures_16_and_19_have_no_reading():
    """F21. The 34 firms are due at the end of 2017; the sludge plants have no day, but a stage is called done."""
    assert keys(404) == {("M16", "upgraded"), ("M19", "assessed")}


def test_the_villages_have_two_numbers():
    """F08."""
    assert [finding.key for finding in of(604)] == ["villages_treated"]
    assert "7252 (report.txt:63)" in of(604)[0].message.en
    assert "7275 (report.txt:219)" in of(604)[0].message.en


def test_the_projects_and_the_raised_plants_do_not_add_up():
    """F06, F07."""
    found = {finding.key.split(" =")[0]: finding.message.en for finding in of(602)}
    assert set(found) == {"projects", "plants_1a"}
    assert "(78 against 76)" in found["projects"]
    assert "(40 against 32)" in found["plants_1a"]


def test_a_weaker_verb_is_heard():
    """F05, F20: built in full was promised, basically is what one of the lines says."""
    assert {(finding.item, line(finding).split(",")[3]) for finding in of(405)} == {
        ("M13", "parks_new"),
        ("M14", "built"),
    }


def test_done_above_what_is_open_is_found():
    """F02, F26: the lakes below measure 8 are not finished, nor are the plants and the firms."""
    assert keys(409) == {
        ("M08", "P-changshou-lake"), ("M08", "P-yutan-lake"), ("M14", "P-plants-22"), ("M14", "P-plants-29"),
        ("M20", "P-move-12"),
    }  # fmt: skip


def test_what_was_claimed_of_the_whole_is_only_an_info_since_the_source_prints_a_part():
    """F01: no formula gives 93 %."""
    assert {finding.severity for finding in of(601)} == {"info"}
    assert {finding.key for finding in of(601)} == {
        *(f"report-2017/{book}.{figure}" for book in ("measures", "problems") for figure in ("total", "due", "done")),
        "report-2017-progress/overall.mean",
    }


def test_what_this_ledger_claims_of_itself_is_so():
    assert not any(finding.key.startswith("this-ledger/") for finding in said())


@pytest.mark.parametrize(
    "relation",
    [
        "persons = rank_bureau + rank_division + rank_section",
        "persons = disciplined + organizational",
        "organizational = removed + admonished + circular - overlap",
        "media = media_city + media_districts",
        "probation_rate = 100 * probation / verdicts",
        "villages_rate = 100 * villages_treated / villages",
        "cleaners = cleaners_sweeping + cleaners_hauling",
        "landfills_town = town_build + town_seal + town_clear",
    ],
)
def test_79_persons_with_two_counted_twice_and_other_sums_that_agree_are_not_flagged(relation: str):
    assert relation in {one.text for one in data().claims.sums}
    assert relation not in {finding.key for finding in said()}


@pytest.mark.parametrize(
    "names",
    [
        {"blackwater_main_city", "blackwater_whole_city"},
        {"sewer_km_7_areas", "sewer_km_28_areas"},
        {"prosecuted_police", "prosecuted_procuratorate"},
        {"heads", "rank_bureau"},
    ],
)
def test_pairs_of_different_scope_are_two_facts_and_no_contradiction(names: set[str]):
    """F17, F23: 31 black waters in the city against 13 in its main districts, and the like."""
    assert names <= {fact.name for fact in data().claims.facts}
    assert not any(name in finding.key.split() or name == finding.key for name in names for finding in said())


@pytest.mark.parametrize(
    "item, why",
    [
        ("M17", "exactly 25 % reaches 25 % or more"),
        ("M11", "81.38 reaches 81"),
        ("M12", "89.9 % is 7275 of 8095"),
        ("M06", "40 of 40 districts"),
        ("M10", "all 7 areas and 13 reaches"),
        ("M15", "3 kilns of 3"),
        ("M09", "a number without a goal"),
    ],
)
def test_a_measure_that_only_looks_wrong_is_not_flagged(item: str, why: str):
    assert [finding.label for finding in said() if finding.item == item] == [], why


def test_what_is_exempted_with_a_reason_counts_as_reached():
    """The docks and stations of measure 19: 4 of 5 and 15 of 18, the others closed or torn down."""
    assert {finding.key for finding in said() if finding.item == "M19"} == {"assessed"}
    assert not of(408)


def test_a_milestone_that_is_met_and_a_stage_are_no_reason_to_speak():
    assert not of(802)
    assert {finding.code for finding in said() if finding.item == "M16"} == {404}


@pytest.mark.parametrize("code", [*range(101, 110), *range(201, 206), 301, 302, 303, 304, 306, 307, *range(501, 510)])
def test_the_ledger_itself_is_well_kept(code: int):
    assert not of(code)


def test_nothing_is_late_nor_due_soon_on_the_day_of_the_report():
    assert not [finding for code in (801, 802, 803, 804, 805, 806) for finding in of(code)]


def test_no_text_to_be_published_holds_a_personal_number():
    assert not of(902)


def test_every_measure_has_its_six_public_fields_and_most_problems_have_no_printed_deadline():
    assert not [finding for finding in of(901) if finding.item.startswith("M")]
    assert {finding.severity for finding in of(901)} == {"warning"}
    assert all("deadline" in finding.message.en for finding in of(901))


def test_check_fails_on_errors_of_the_report_alone():
    errors = {finding.code for finding in said() if finding.severity == "error"}
    assert errors == {401, 402, 403, 602, 604}
    assert counted(said())["error"] == 9


def test_every_finding_points_into_a_file_that_was_read():
    for finding in said():
        assert finding.place.column <= len(line(finding)) + 1
        assert finding.place.line <= data().texts[finding.place.path].text.count("\n") + 1


def test_before_the_report_nothing_of_all_that_was_known():
    """All facts are dated on the day of the report: the day before, nothing is done, and the claims are not due yet."""
    codes = {finding.code for finding in findings(data(), date(2017, 12, 30))}
    assert codes == {602, 604, 803, 901}


def test_two_years_later_what_was_left_open_is_overdue():
    late = {finding.item for finding in findings(data(), date(2019, 12, 31)) if finding.code == 801}
    assert {"M18", "M19"} <= late
    assert "M16" not in late
