"""Bytes as text and back: what a file was written in, it stays written in."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.storage.files import BOM, BadBytes, decoded, read_text
from tests.paper import Memory

pytestmark = pytest.mark.quick


@given(st.text(), st.booleans())
def test_text_encoded_again_gives_the_same_bytes(text: str, bom: bool):
    data = (BOM if bom else b"") + text.encode("utf-8", "ignore")
    assert decoded(data).encode(decoded(data).text) == data


@given(st.binary())
def test_any_bytes_that_are_taken_for_text_come_back_as_they_were(data: bytes):
    with suppress(BadBytes):
        made = decoded(data, gb18030=True)
        assert made.encode(made.text) == data


def test_a_file_of_the_old_chinese_encoding_stays_in_it():
    made = decoded("编号,事项\nP1,污水\n".encode("gb18030"), gb18030=True)
    assert made.text == "编号,事项\nP1,污水\n"
    assert made.encode("😀渗滤液") == "😀渗滤液".encode("gb18030")


def test_only_csv_may_be_in_the_old_encoding():
    with pytest.raises(BadBytes) as bad:
        decoded("a\n污水".encode("gb18030"))
    assert (bad.value.line, bad.value.column) == (2, 1)


def test_a_damaged_byte_of_utf_8_is_not_taken_for_the_old_encoding():
    with pytest.raises(BadBytes) as bad:
        decoded("污水\n".encode() + b"ab\xff", gb18030=True)
    assert (bad.value.line, bad.value.column) == (2, 3)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfid\n", "编号\n".encode(), "编号\n".encode("gb18030")])
def test_reading_and_editing_take_a_file_for_the_same_text(data: bytes):
    assert decoded(data, gb18030=True).text == read_text(Memory({"a.csv": data}), "a.csv", gb18030=True).text


@pytest.mark.parametrize("data", [b"a\xff", "污\n".encode() + b"ab\xff", b"\xef\xbb\xbfa\r\n\xff"])
def test_reading_and_editing_refuse_the_same_byte(data: bytes):
    (finding,) = read_text(Memory({"a.csv": data}), "a.csv", gb18030=True).findings
    with pytest.raises(BadBytes) as bad:
        decoded(data, gb18030=True)
    assert (bad.value.line, bad.value.column, bad.value.message) == (*finding.place[1:], finding.message)


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_under_the_name_of_a_table_is_told_as_such(begin: bytes):
    with pytest.raises(BadBytes) as bad:
        decoded(begin + b"rest", gb18030=True)
    assert bad.value.message.en == "this is a workbook or an archive, not text"
