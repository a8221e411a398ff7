"""A ledger that lost something says so: claims count the items and what is done, so no file can be cut unnoticed."""

from __future__ import annotations

import time
from datetime import date
from functools import cache
from random import Random

import pytest

from ledger.example.full.text import full_example
from ledger.model.finding import Finding
from ledger.rule.registry import findings
from ledger.storage.ledger import UnreadableLedger, read_ledger
from tests.rule.bundle import Held

DAY = date(2017, 12, 31)
SMALL = (60, 2)
USUAL = (2887, 38)
MANY = (900, 12)


@cache
def example(items: int, weeks: int) -> dict[str, bytes]:
    return {path: text.encode() for path, text in full_example(items=items, weeks=weeks).items()}


def judged(files: dict[str, bytes]) -> list[Finding]:
    try:
        return findings(read_ledger(Held(dict(files))), DAY, today=date(2018, 1, 2))
    except UnreadableLedger as unreadable:
        return unreadable.findings


def errors(files: dict[str, bytes]) -> list[Finding]:
    return [finding for finding in judged(files) if finding.severity == "error"]


def last_counted(path: str, content: bytes) -> int:
    """Where the last fact of a file starts that the claims count: an item of a book, an item done in the journal."""
    if path.startswith("journal/"):
        return content.rindex(b"\n", 0, content.rindex(b",done,")) + 1
    if path.endswith(".csv"):
        return content.rindex(b"\n", 0, len(content) - 1) + 1
    return content.rindex(b"\n- id: ") + 1


def places() -> list[tuple[str, int]]:
    """Where the small example is cut: each file just before that fact, and at an earlier line or inside one."""
    rng = Random(2017)
    chosen = []
    for path, content in example(*SMALL).items():
        if path.endswith((".csv", "s.yaml")) and path not in ("claims.yaml", "waivers.yaml"):
            end = last_counted(path, content)
            lines = [at + 1 for at in range(end - 1) if content[at : at + 1] == b"\n"]
            cuts = {end, rng.choice([rng.choice(lines or [0]), rng.randrange(end)])}
            chosen += [(path, at) for at in sorted(cuts)]
    return chosen


def test_the_whole_example_has_no_error():
    assert not errors(example(*SMALL))


def test_every_book_and_every_file_of_the_journal_is_cut():
    cut = {path for path, _ in places()}
    assert {"measures.yaml", "problems.yaml", "actions.csv"} <= cut
    assert {path for path in example(*SMALL) if path.startswith("journal/")} <= cut


@pytest.mark.parametrize("path, at", places())
def test_a_file_that_was_cut_before_its_last_counted_fact_is_an_error(path: str, at: int):
    files = example(*SMALL)
    assert errors({**files, path: files[path][:at]})


@pytest.mark.parametrize("path", ["measures.yaml", "journal/2017/jiazi.csv"])
def test_so_it_is_at_full_size(path: str):
    files = example(*USUAL)
    assert errors({**files, path: files[path][: last_counted(path, files[path])]})


@pytest.mark.parametrize("path", sorted(example(*SMALL)))
def test_a_file_that_was_emptied_is_an_error(path: str):
    assert errors({**example(*SMALL), path: b""})


@pytest.mark.parametrize("path", ["measures.yaml", "actions.csv", "claims.yaml", "journal/2017/jiazi.csv"])
@pytest.mark.parametrize(
    "left", [b"\n", b" ", b"\xef\xbb\xbf", b"\r\n\r\n"], ids=["line end", "blank", "mark", "lines"]
)
def test_blanks_are_as_good_as_nothing(path: str, left: bytes):
    assert errors({**example(*SMALL), path: left})


@pytest.mark.parametrize(
    "path", [path for path in sorted(example(*SMALL)) if path not in ("waivers.yaml", "claims.yaml")]
)
def test_a_file_that_is_gone_is_an_error(path: str):
    """Waivers and claims may be absent: without the claims nothing else can be missed."""
    assert errors({other: content for other, content in example(*SMALL).items() if other != path})


@pytest.mark.parametrize("path", [path for path in sorted(example(*SMALL)) if path.startswith("journal/")])
def test_a_done_entry_that_was_taken_out_is_an_error(path: str):
    files = example(*SMALL)
    start = last_counted(path, files[path])
    end = files[path].index(b"\n", start) + 1
    assert errors({**files, path: files[path][:start] + files[path][end:]})


def test_an_id_that_is_misspelt_in_every_line_is_told_in_time():
    """The near miss of an id is looked up among hundreds: once for each id, not for each of its lines."""
    files = example(*MANY)
    journal = {path: content.replace(b",A", b",a") for path, content in files.items() if path.startswith("journal/")}
    began = time.process_time()  # a busy machine is no reason to fail
    said = judged({**files, **journal})
    assert time.process_time() - began < 8
    assert sum(finding.code == 204 for finding in said) > 3_000
