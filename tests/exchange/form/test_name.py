"""File names of forms: safe everywhere, unique, and known again whatever mail programs do to them."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange.form.name import Sender, form_names, sender

WEEK = "2017-W50"
NAMES = {"万州区": "万州区", "万县": "万州区", "开州区": "开州区", "市环保局(1)": "市环保局(1)", "Zürich": "Zürich"}


def test_a_plain_name_is_week_and_unit():
    assert form_names(WEEK, ["万州区"]) == {"万州区": "2017-W50_万州区"}


@pytest.mark.parametrize("name", [
    "2017-W50_万州区", "2017-W50_万州区 (1)", "2017-W50_万州区(2)", "2017-W50_万州区（3）", "2017-W50_万州区[1]",
    "2017-W50_万州区 - 副本", "2017-W50_万州区 - 副本 (2)", "2017-W50_万州区_副本", "2017-W50_万州区 副本 2",
    "2017-W50_万州区 - Copy", "2017-W50_万州区 - Copy (12)", "2017-W50_万州区 copy 2", "2017-W50_万州区 (copy)",
    "2017-W50_万州区 (第 2 个复件)", "2017-W50_万州区 (另一个复件)", "2017-W50_万州区 (3rd copy)", "复件 2017-W50_万州区",
    "复件 (2) 2017-W50_万州区", "副本2017-W50_万州区", "Copy of 2017-W50_万州区", " 2017-W50_万州区 ", "2017-w50_万州区",
    "2017-W50_万县",
])  # fmt: skip
def test_marks_of_copies_and_former_names_do_not_matter(name):
    assert sender(name, NAMES) == Sender("万州区", WEEK)


@pytest.mark.parametrize("name", [
    "万州区", "2017-W50_万州", "2017-W50_万州区环保局", "2017-W50_万州区-终稿", "2017-W5_万州区", "2017-W50", "2017-W50_", "",
    "2017-W50_不知何处",
])  # fmt: skip
def test_any_other_name_is_nobodys(name):
    assert sender(name, NAMES) is None


def test_a_unit_whose_own_name_looks_like_a_copy_is_itself():
    assert sender("2017-W50_市环保局(1)", NAMES) == Sender("市环保局(1)", WEEK)


def test_decomposed_accents_are_the_same_name():
    assert sender(normalize("NFD", "2017-W50_Zürich"), NAMES) == Sender("Zürich", WEEK)


def test_signs_that_no_file_name_takes_become_their_twins_with_a_hash():
    name = form_names(WEEK, ['a/b:c*?"<>|\\d'])['a/b:c*?"<>|\\d']
    assert name.startswith("2017-W50_a／b：c＊？＂＜＞｜＼d~")


def test_names_that_differ_in_case_only_are_told_apart():
    names = form_names(WEEK, ["Abc", "aBC", "x"])
    assert names["x"] == "2017-W50_x"
    assert len({name.casefold() for name in names.values()}) == 3


units = st.lists(
    st.one_of(
        st.text(min_size=1, max_size=8).filter(str.strip), st.sampled_from(["a/b", "a:b", "a／b", "A/B", "甲" * 90, "甲" * 91]),
        st.text(alphabet="aAäÄ.~ (1)副本-", min_size=1, max_size=6).filter(str.strip),
    ),
    min_size=1, max_size=6, unique_by=lambda unit: normalize("NFC", unit),
)  # fmt: skip


@given(units, st.sampled_from(["", " (1)", " - 副本", "（2）"]))
def test_every_unit_is_known_again_by_its_own_name_on_every_system(units, mark):
    names = form_names(WEEK, units)
    assert len({normalize("NFD", name).casefold() for name in names.values()}) == len(units)
    known = {unit: unit for unit in units}
    for unit, name in names.items():
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert name.strip(" .") == name
        assert len((name + mark + ".xlsx").encode("utf-8", "replace")) <= 255
        assert sender(name, known) == Sender(unit, WEEK)
        if sender(name + mark, {other: other for other in units if other != unit}) is None:
            assert sender(name + mark, known) == Sender(unit, WEEK)
