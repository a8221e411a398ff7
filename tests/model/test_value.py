"""A value that a field cannot hold is refused in a sentence that names the odd character."""

from __future__ import annotations

import pytest

from ledger.model.field import ITEM, TARGET
from ledger.model.grammar import line_faults
from ledger.model.value import BadValue, read_value, with_odd
from ledger.model.words import Words

pytestmark = pytest.mark.quick

BY_NAME = {field.name: field for field in (*TARGET, *ITEM)}


@pytest.mark.parametrize("name, text, said", [
    ("id", "М18", "not an id: М18 (М is U+041C)"),
    ("due", "２０１８-01-02", "there is no such day: ２０１８-01-02 (２ is U+FF12, ０ is U+FF10, １ is U+FF11)"),
    ("due", "2018−01−02", "not a date: 2018−01−02 (− is U+2212)"),
    ("weight", "１", "not a number: １ (１ is U+FF11)"),
    ("origin", "feеdback", "origin cannot be feеdback (е is U+0435)"),
    ("origin", "反馈", "origin cannot be 反馈"),
    ("weight", "1\u00a0", "not a number: 1\u00a0 (it holds U+00A0)"),
])  # fmt: skip
def test_the_odd_character_of_a_value_is_named(name: str, text: str, said: str):
    with pytest.raises(BadValue) as bad:
        read_value(text, BY_NAME[name])
    assert bad.value.message.en == said


def test_so_is_that_of_a_line_of_the_journal():
    row = {"date": "2018-01-01", "item": "M1", "event": "progress", "value": "４0"}
    assert [fault.message.zh for fault in line_faults(row)] == ["不是数：４0（４ 是 U+FF14）"]


def test_a_message_about_nothing_odd_stays_as_it_is():
    assert with_odd(Words("甲", "a"), "完成") == Words("甲", "a")


@pytest.mark.parametrize(
    "name, text", [("weight", "1" + "0" * 15), ("weight", "0." + "1" * 10), ("from", "-" + "9" * 16)]
)
def test_a_number_with_too_many_digits_is_told_so_and_not_to_write_digits(name: str, text: str):
    with pytest.raises(BadValue) as bad:
        read_value(text, BY_NAME[name])
    assert bad.value.hint.en == "at most 15 digits before the point and 9 behind it"


def test_a_control_character_in_the_name_of_an_event_is_named():
    row = {"date": "2018-01-01", "item": "M1", "event": "\0start"}
    (fault,) = line_faults(row)
    assert fault.message.en.endswith("(it holds U+0000)")


def test_blanks_around_a_value_are_named():
    with pytest.raises(BadValue) as bad:
        read_value(" M1 ", BY_NAME["id"])
    assert bad.value.message.en == "not an id:  M1  (there are blanks around it)"
