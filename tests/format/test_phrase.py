"""Figures in words, as documents have them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ledger.format.phrase import pace_words
from ledger.model.item import Target
from ledger.state.promise import Pace

pytestmark = pytest.mark.quick


@pytest.mark.parametrize("unit, said", [
    ("plants", "upgraded 3.5, needs 0.1 plants a week"), ("座", "upgraded 3.5, needs 0.1座 a week"),
    ("%", "upgraded 3.5, needs 0.1% a week"), ("", "upgraded 3.5, needs 0.1 a week"),
])  # fmt: skip
def test_a_blank_stands_before_a_unit_that_is_a_word(unit: str, said: str):
    assert pace_words(Pace(Target("upgraded", unit=unit), Fraction(7, 2), Fraction(1, 10))).en == said
