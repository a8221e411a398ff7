"""A file kept as bytes gives the lines that the csv module and every editor see in its text."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.model.finding import Source

pytestmark = pytest.mark.quick

_texts = st.lists(st.sampled_from(["a", "环保", ",", '"', "\n", "\r\n", "\r", "\x0b", "\u2028", "\udc80"])).map("".join)


@given(_texts, st.integers(1, 9))
def test_lines_from_any_number_on_are_those_of_the_text(text, first):
    source = Source.of(text)
    assert source.text == text
    assert list(source.lines(first)) == list(io.StringIO(text, newline=""))[first - 1 :]


def test_a_packed_text_is_the_same_text_in_less_memory():
    data = "日期,事项\n".encode() * 20_000
    one, other = Source(data), Source(data + b"x")
    one.pack()
    other.pack()
    assert sys.getsizeof(one._data) < len(data) / 10
    assert (one.data, other.data, one.data) == (data, data + b"x", data)
    assert list(one.lines(19_999)) == ["日期,事项\n"] * 2
    assert one == Source(data) != other
