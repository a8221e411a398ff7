"""The journal is read column by column where it is sound; both ways of reading must say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.change.full_example import full_example
from ledger.source.csv_table import read_table
from ledger.source.journal import _Reader

pytestmark = pytest.mark.quick

STEPS = ("self_check", "acceptance", "review", "notice")
FULL = {path: text for path, text in full_example(items=200, weeks=6).items() if path.startswith("journal/")}


def both(text: str):
    table, _ = read_table(text, "journal/2017/a.csv")
    assert table is not None
    at_once = _Reader(table, STEPS)._all_at_once()
    one_by_one = _Reader(table, STEPS)
    return at_once, one_by_one._one_by_one(), one_by_one.findings


def test_a_sound_journal_reads_alike_both_ways():
    for text in FULL.values():
        at_once, one_by_one, findings = both(text)
        assert at_once == one_by_one
        assert findings == []


@given(st.sampled_from(sorted(FULL)), st.randoms(use_true_random=False), st.text(min_size=1, max_size=12))
def test_whatever_is_amiss_is_left_to_the_reader_that_can_say_it(path, rng, rubbish):
    lines = FULL[path].splitlines()
    row = rng.randrange(1, len(lines))
    cells = lines[row].split(",")
    cells[rng.randrange(len(cells))] = rubbish.replace('"', "").replace(",", "").replace("\n", "").replace("\r", "")
    lines[row] = ",".join(cells)
    at_once, one_by_one, findings = both("\n".join(lines) + "\n")
    if findings:
        assert at_once is None
    else:
        assert at_once in (None, one_by_one)
