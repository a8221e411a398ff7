from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text.safe import guarded, unguarded

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86 23",
        "-A1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "'=1",
        "''=1",
        "-3%",
        "+1,584",
        "\n=1",
        "\nx",
        " =1",
        "\u3000@a",
        "＝1+1",
        "＋86",
        "－1",
        "＠SUM(A1)",
        " -3",
        "'\u00a0＝1",
    ],
)
def test_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3", "+3.5", "-.5", "3", "整改", "'s Hertogenbosch", "a=b", "", "'", "“=”"])
def test_numbers_and_plain_text_stay_as_they_are(text):
    assert guarded(text) == text


@pytest.mark.parametrize("text", ["'-3", "'tis", "''", "'整改", "'"])
def test_an_apostrophe_that_guards_nothing_stays(text):
    assert unguarded(text) == text


@given(st.text(st.sampled_from("'=+-@＝＠\t\r\n 3.a整"), max_size=6))
def test_what_was_guarded_comes_back(text):
    assert unguarded(guarded(text)) == text


@given(st.text(st.sampled_from("'=+-@＝＠\t\r\n 3.a整"), max_size=6))
def test_a_guarded_text_never_begins_like_a_formula(text):
    first = guarded(text)[:1]
    assert first not in ("=", "@", "＝", "＠", "\t", "\r", "\n")
    assert guarded(text).lstrip()[:1] not in ("=", "@", "＝", "＠")
    assert first not in ("+", "-") or guarded(text).lstrip("+-").replace(".", "", 1).isdigit()
