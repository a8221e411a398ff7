"""Texts in two languages."""

from __future__ import annotations

import pytest

from ledger.model.words import ENUMERATED, Words

pytestmark = pytest.mark.quick


def test_each_language_gets_its_own_text():
    assert (Words("措施", "measure").pick("zh"), Words("措施", "measure").pick("en")) == ("措施", "measure")


def test_the_other_language_stands_in_for_a_missing_one():
    assert (Words("措施", "").pick("en"), Words("", "measure").pick("zh")) == ("措施", "measure")


def test_words_inside_words_are_filled_by_language():
    filled = Words("{name}缺{n}项", "{n} missing in {name}").fill(name=Words("措施", "measures"), n=3)
    assert filled == Words("措施缺3项", "3 missing in measures")


def test_braces_in_what_is_filled_in_stay_as_they_are():
    assert Words("{a}", "{a}").fill(a="{zh: x}") == Words("{zh: x}", "{zh: x}")


def test_parts_are_joined_by_language_and_a_plain_text_is_in_both():
    assert ENUMERATED.join([Words("措施", "measures"), "M18"]) == Words("措施、M18", "measures, M18")


def test_parts_in_a_row_have_nothing_between_them():
    assert "（" + Words("截至", "as of ") + "2017" + Words("年") == Words("（截至2017年", "（as of 2017年")
