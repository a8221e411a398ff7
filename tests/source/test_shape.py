"""Every fault of shape is found at its line and column. A case is a file in `case/`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import paper
from tests.source.marks import CASES, PLACES, SOUND, Fault, findings, marked

pytestmark = pytest.mark.quick


@pytest.mark.parametrize("case", sorted(CASES.rglob("*.*")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_fault_is_found_where_it_stands(case: Path):
    text, faults = marked(case.read_text(encoding="utf-8"))
    assert faults, "a case without marks shows nothing"
    path = PLACES[case.parent.name]
    found = findings({**SOUND, path: text})
    assert [(f.place.path, f.place.line, f.place.column, f.code) for f in found] == sorted(
        (path, fault.line, fault.column, fault.code) for fault in faults
    )
    for fault in faults:
        said = [
            f"{f.message.en} {f.hint.en}" for f in found
            if (f.place.line, f.place.column, f.code) == (fault.line, fault.column, fault.code)
        ]  # fmt: skip
        assert any(fault.words in sentence for sentence in said), said


@pytest.mark.parametrize("case", sorted(CASES.rglob("*.*")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_said_about_a_fault_is_said_in_both_languages(case: Path):
    text, _ = marked(case.read_text(encoding="utf-8"))
    for found in findings({**SOUND, PLACES[case.parent.name]: text}):
        assert re.search(r"[\u4e00-\u9fff]", found.message.zh), found
        assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"[：:].*", "", found.message.en)) or found.code in (103,)
        assert found.severity == "error"


@pytest.mark.parametrize("folder", ["plan", "book", "journal", "claims", "waivers"])
def test_a_broken_file_never_hides_what_the_others_hold(folder: str):
    for case in sorted((CASES / folder).iterdir()):
        text, _ = marked(case.read_text(encoding="utf-8"))
        ledger = paper.read({**SOUND, PLACES[folder]: text})
        ids = {item.id for item in ledger.items}
        if folder != "plan":
            assert "M1" in ids, case
        if folder != "book":
            assert "P9" in ids, case
        assert all(ledger.journal[id_][0].event == "start" for id_ in {"M1", "P9"} & ids), case


def test_marks_are_taken_out_and_point_at_the_line_above():
    text, faults = marked("a: 1\nb: 2\n#  ^ L104 two\nc: 3\n")
    assert text == "a: 1\nb: 2\nc: 3\n"
    assert faults == [Fault(2, 4, 104, "two")]
