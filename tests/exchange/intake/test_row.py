"""Texts in two languages of which a sheet gives some."""

from __future__ import annotations

import pytest

from ledger.exchange.intake.row import Disagreeing, phrases_changed, words_changed
from ledger.model.words import NO_WORDS, Words

pytestmark = pytest.mark.quick

BOTH = Words("一", "one")


@pytest.mark.parametrize(
    "old, texts, new",
    [
        (NO_WORDS, {"": "一"}, Words("一", "一")),
        (NO_WORDS, {"zh": "一"}, Words("一", "")),
        (NO_WORDS, {"zh": "一", "en": "one"}, BOTH),
        (Words("一", "一"), {"": "二"}, Words("二", "二")),
        (Words("一", "一"), {"en": "one"}, BOTH),
        (Words("一", ""), {"": "二"}, Words("二", "")),
        (Words("", "one"), {"": "two"}, Words("", "two")),
        (BOTH, {"": "二"}, Words("二", "one")),
        (BOTH, {"": "one"}, BOTH),
        (BOTH, {"zh": "二"}, Words("二", "one")),
        (BOTH, {"zh": ""}, Words("", "one")),
        (BOTH, {"zh": "", "en": ""}, NO_WORDS),
        (BOTH, {"": ""}, NO_WORDS),
        (BOTH, {"": "二", "zh": "二"}, Words("二", "one")),
    ],
)
def test_words_take_what_is_given_and_keep_the_rest(old, texts, new):
    assert words_changed(old, texts, "zh") == new


def test_a_text_without_a_language_is_that_of_the_ledgers_language():
    assert words_changed(BOTH, {"": "two"}, "en") == Words("一", "two")


def test_columns_that_contradict_each_other_are_told():
    with pytest.raises(Disagreeing, match="two columns"):
        words_changed(BOTH, {"": "x", "en": "y"}, "zh")


def phrases(*pairs: tuple[str, str]) -> tuple[Words, ...]:
    return tuple(Words(*pair) for pair in pairs)


OLD = phrases(("甲", "a"), ("乙", "b"))


def same(*texts: str) -> list[Words]:
    return [Words.same(text) for text in texts]


@pytest.mark.parametrize(
    "old, given, new",
    [
        ((), {"": same("甲")}, phrases(("甲", "甲"))),
        ((), {"zh": same("甲"), "en": same("a")}, phrases(("甲", "a"))),
        (OLD, {"": same("甲", "丙")}, phrases(("甲", "a"), ("丙", "b"))),
        (OLD, {"": same("a", "b")}, OLD),
        (OLD, {"": []}, ()),
        (OLD, {"en": same("x", "y")}, phrases(("甲", "x"), ("乙", "y"))),
        (OLD, {"en": []}, phrases(("甲", ""), ("乙", ""))),
        (OLD, {"zh": same("丙"), "en": same("c")}, phrases(("丙", "c"))),
        (phrases(("甲", "甲")), {"": same("乙", "丙")}, phrases(("乙", "乙"), ("丙", "丙"))),
        (phrases(("甲", "甲")), {"en": same("a")}, phrases(("甲", "a"))),
    ],
)
def test_phrases_take_what_is_given_and_keep_the_rest(old, given, new):
    assert phrases_changed(old, given, "zh") == new


@pytest.mark.parametrize(
    "given", [{"": same("甲")}, {"en": same("a", "b", "c")}, {"zh": same("甲"), "en": same("a", "b")}]
)
def test_a_number_that_fits_no_other_language_is_told(given):
    with pytest.raises(Disagreeing, match="not as many"):
        phrases_changed(OLD, given, "zh")


def test_phrases_with_and_without_a_language_contradict_each_other():
    with pytest.raises(Disagreeing, match="two columns"):
        phrases_changed(OLD, {"": same("x", "y"), "zh": same("z", "w")}, "zh")
