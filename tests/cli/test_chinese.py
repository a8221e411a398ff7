"""Chinese output is Chinese: no key of the program stands where a reader finds a word for it."""

from __future__ import annotations

import re

import pytest

from ledger.model.entry import CLOSING_STEPS, EVENTS, SUPERVISION_KINDS
from ledger.model.field import APPROX, ITEM, JOURNAL, MILESTONE, TARGET
from ledger.model.item import LIGHTS, SCHEDULES, STATES
from ledger.state.figure.table import FIGURES
from tests.rule.bundle import bundle, case_names, read_case
from tests.rule.rich import RICH

FIELDS = (*ITEM, *TARGET, *MILESTONE, *JOURNAL)
KEYS = {
    *EVENTS, *CLOSING_STEPS, *SUPERVISION_KINDS, *STATES, *SCHEDULES, *LIGHTS, *APPROX, "measures", "problems", "actions",
    *(figure.key for figure in FIGURES), *(choice for field in FIELDS for choice in field.choices),
    *(field.name for field in FIELDS),
}  # fmt: skip
KEYS -= {"of"}
KEY = re.compile(r"(?<![\w./:=（-])(" + "|".join(sorted(KEYS, key=len, reverse=True)) + r")(?![\w=:/.-])")
TO_TYPE = re.compile(r"ledger |^ *(\d+ )?[|=]")
"""Lines that show what is typed or what stands in a file."""


@pytest.fixture
def root(make_ledger):
    """Everything occurs in it, and everything has a name."""
    named = RICH.replace("targets.moved.unit", "targets.moved.name,targets.moved.unit").replace(",家,", ",搬迁,家,")
    named = named.replace("left: {unit", "left: {name: 余量, unit").replace("moved: {unit", "moved: {name: 搬迁, unit")
    files = bundle(named.replace("visits: {unit", "visits: {name: 巡查, unit")).files
    return make_ledger({path: content for path, content in files.items() if content is not None})


def keys_in(text: str) -> list[str]:
    """The lines in which a key of the program stands."""
    return [line for line in text.splitlines() if not TO_TYPE.search(line) and KEY.search(line)]


@pytest.mark.parametrize("command", [
    "status", "status --by lead", "list", "list --entries", "check", "check --statistics", "due --within 400d",
    "requests", "forecast", "report weekly", "report monthly", "report disclosure", "report supervision",
    "report submissions", "report trend", "report brief",
])  # fmt: skip
def test_no_key_of_the_program_stands_where_people_read(run_any, root, command):
    day = () if command.startswith("report") else ("--as-of", "2018-03-31")
    told = run_any("-C", root, *command.split(), *day, "--lang", "zh")
    assert told.code in (0, 1), told.err
    assert [line for line in keys_in(told.out) if "sha256" not in line] == []


@pytest.mark.parametrize("name", case_names("bad"))
def test_no_sentence_of_a_rule_about_facts_has_one(name, tmp_path):
    about_files = {*range(100, 200), 203, 208, 602, 603, 709}
    case = read_case(name)
    own = set(re.findall(rb"(\w+): \{|- id: (\w+)", b"".join(filter(None, case.files.values()))))
    names = {word.decode() for pair in own for word in pair}
    said = [finding for finding in case.findings(tmp_path) if finding.code not in about_files]
    assert [one for one in said if set(KEY.findall(one.message.zh)) - names] == []


def test_show_names_targets_and_steps_and_keeps_keys_for_typing_in_a_column_of_their_own(run_any, root):
    told = run_any("-C", root, "show", "M18", "--as-of", "2018-03-31", "--lang", "zh").out
    assert all(re.match(r"(\w+) +\S", line) and KEY.match(line) for line in keys_in(told)), keys_in(told)
    assert "读数      覆盖 = 80.0 (4/5) 基本" in told
