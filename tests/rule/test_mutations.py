"""A thousand damaged ledgers: never a traceback, never a hang, always findings in order.

`LEDGER_MUTATIONS=10` multiplies their number; `bench/fuzz.py` makes new ones for as long as one likes.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from ledger.change.full_example import full_example
from ledger.change.start import start_ledger
from ledger.figure.status import status
from ledger.model.finding import Finding, in_order
from ledger.rule.registry import findings
from ledger.source.example import chongqing_ledger
from ledger.source.files import Folder
from ledger.source.ledger_folder import UnreadableLedger, read_ledger
from tests.rule.bundle import Held
from tests.rule.mutation import Files, mutated
from tests.rule.rich import rich

TIMES = int(os.environ.get("LEDGER_MUTATIONS", "1"))
MOST_SECONDS = 5.0
DAY = date(2017, 12, 31)
LATER = date(2018, 3, 31)


@cache
def sound(name: str) -> Files:
    """The files of a ledger without a fault of shape."""
    if name == "rich":
        return {path: content or b"" for path, content in rich().files.items()}
    texts = {
        "start": lambda: start_ledger(date(2017, 5, 1), "zh"),
        "chongqing": chongqing_ledger,
        "full": lambda: full_example(items=40, weeks=1),
    }[name]()
    return {path: text.encode() for path, text in texts.items() if path.endswith((".yaml", ".csv"))}


def judged(files: Files, day: date) -> list[Finding]:
    """What is said about the files: whatever they hold, an answer comes in time, in order, and nothing twice."""
    began = time.process_time()
    try:
        ledger = read_ledger(Held(dict(files)))
    except UnreadableLedger as unreadable:
        said = unreadable.findings
        refused = True
    else:
        refused = False
        said = findings(ledger, day, today=day)
        status(ledger, day)
        assert set(ledger.findings) <= set(said) or ledger.waivers
    assert time.process_time() - began < MOST_SECONDS
    assert not refused or {finding.severity for finding in said} == {"error"}
    assert said == in_order(said)
    assert len({(finding.place, finding.code, finding.item, finding.message) for finding in said}) == len(said)
    return said


def differing(before: Files, after: Files) -> str:
    """What was done to the files, for the eye: each that is another, from a little before its first new byte."""
    shown = []
    for path, old in before.items():
        new = after.get(path, b"")
        if new != old:
            same = next(
                (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
            )
            part = slice(max(same - 60, 0), same + 60)
            shown.append(f"{path}: {old[part]!r}\n  now {new[part]!r}")
    return "\n".join(shown)


BATCHES = [("start", 400, 0), ("start", 400, 1), ("rich", 120, 0), ("full", 40, 0), ("chongqing", 40, 0)]


def test_there_are_a_thousand_of_them():
    assert sum(number for _, number, _ in BATCHES) == 1_000


@pytest.mark.parametrize("name", ["start", "rich", "full", "chongqing"])
def test_before_it_is_damaged_a_ledger_is_read_whole(name: str):
    assert not read_ledger(Held(dict(sound(name)))).findings


@pytest.mark.parametrize("name, number, part", BATCHES)
def test_no_damage_ends_in_a_traceback_or_a_hang(name: str, number: int, part: int):
    files = sound(name)
    codes = set()
    for seed in range(number * TIMES):
        rng = Random(f"{name} {part} {seed}")
        broken = mutated(files, rng)
        try:
            codes |= {finding.code for finding in judged(broken, rng.choice((DAY, LATER)))}
        except Exception as crash:
            raise AssertionError(f"seed {name} {part} {seed}\n{differing(files, broken)}") from crash
    # Dice that change nothing would prove nothing.
    assert {101, 102, 103, 104, 105, 107} <= codes


@pytest.mark.parametrize(
    "pattern",
    [
        "[z-a]*.csv", "*", "**", "**/*", "[", "[]", "[!]", "[]]*", "../**/*.csv", "../*.csv", "/etc/*.csv", "/*", "/",
        ".", "..", "", " ", "journal", "journal/", "a" * 300, "a" * 300 + "*", "a" * 5000 + "*", "a\u0000b*", "*\\",
        "?" * 50, "*" * 50, "**/" * 20 + "x*.csv", "*a" * 30, "[a", "{a,b}*.csv", "~/*.csv", "$HOME/*.csv", "\udc80*",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["journal", "path"])
def test_no_pattern_of_paths_ends_in_a_traceback_or_a_hang(field: str, pattern: str, tmp_path: Path):
    """A path in `ledger.yaml` is typed by people, and read from a real folder."""
    text = pattern.encode("ascii", "backslashreplace").decode().replace("\\", "\\\\")
    root = tmp_path / "ledger"
    root.mkdir()
    (root / "measures.yaml").write_text("[]\n", encoding="utf-8")
    path = text if field == "path" else "measures.yaml"
    journal = text if field == "journal" else "journal/**/*.csv"
    settings = f'ledger: 1\ntitle: a\njournal: "{journal}"\nbooks: {{measures: {{name: a, path: "{path}"}}}}\n'
    (root / "ledger.yaml").write_text(settings, encoding="utf-8")
    began = time.process_time()
    with suppress(UnreadableLedger):
        findings(read_ledger(Folder(root)), DAY)
    assert time.process_time() - began < MOST_SECONDS
