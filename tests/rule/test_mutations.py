"""Hundreds of damaged ledgers: never a traceback, never a hang, always findings in order.

`LEDGER_MUTATIONS=10` multiplies their number; `bench/fuzz.py` makes new ones for as long as one likes.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from ledger.rule.registry import findings
from ledger.storage.files import Folder
from ledger.storage.ledger import UnreadableLedger, read_ledger
from tests.rule.bundle import Held
from tests.rule.mutation import DAYS, LEDGERS, MOST_SECONDS, differing, judged, mutated, sound

TIMES = int(os.environ.get("LEDGER_MUTATIONS", "1"))


BATCHES = [("start", 120, 0), ("rich", 40, 0), ("full", 40, 0), ("chongqing", 40, 0)]


@pytest.mark.parametrize("name", LEDGERS)
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
            codes |= {finding.code for finding in judged(broken, rng.choice(DAYS))}
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
        findings(read_ledger(Folder(root)), DAYS[0])
    assert time.process_time() - began < MOST_SECONDS
