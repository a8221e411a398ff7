"""Charts can be read: no label lies on another or beyond the sheet, in either language, whatever the ledger holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.chart.drawing import Drawing
from tests.chart.drawn import DAY, everything, hostile_ledger, outside, overlapping
from tests.conftest import DATA, SAMPLE
from tests.format.page import opened
from tests.paper import files, item, sound
from tests.state.lively import ledger_of, lively
from tests.strategy import days

LANGS = ("zh", "en")


def faults(drawings: list[Drawing]) -> list[object]:
    return [fault for drawing in drawings for fault in (*overlapping(drawing), *outside(drawing))]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("folder", [DATA, SAMPLE], ids=["data", "sample"])
def test_no_label_of_a_real_ledger_touches_another(folder, lang: str):
    assert faults(everything(opened(folder), DAY, lang)) == []


@pytest.mark.parametrize("paper", ["A4", "A3", "A0"])
def test_hostile_text_and_impossible_days_are_kept_in_their_places(paper: str):
    ledger = hostile_ledger()
    for lang in LANGS:
        assert faults(everything(ledger, DAY, lang, paper)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_ledger_has_a_sentence_for_a_picture(lang: str):
    drawings = everything(sound(files()), DAY, lang)
    assert len(drawings) == 6
    for drawing in drawings:
        assert drawing.desc in [label.text for label in drawing.labels()]
        assert faults([drawing]) == []


@given(lively(), days, st.sampled_from(LANGS))
def test_no_label_of_any_ledger_touches_another(written: dict[str, Any], day: date, lang: str):
    assert faults(everything(ledger_of(written), day, lang)) == []


@given(st.lists(days, min_size=1, max_size=9, unique=True), days)
def test_time_nodes_close_together_are_named_in_rows_or_not_at_all(nodes: list[date], day: date):
    named = [
        {"id": f"n{n}", "date": node.isoformat(), "name": f"第{n}个时间节点"} for n, node in enumerate(sorted(nodes))
    ]
    ledger = sound(files([item()], time_nodes=named))
    assert faults(everything(ledger, day, "zh")) == []
