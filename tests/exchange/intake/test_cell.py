"""Cells as people fill them in, and the texts of a ledger that they stand for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange.form.open_cell import open_cell
from ledger.exchange.intake.cell import field_text, list_value
from ledger.exchange.sheet.sheet import Cell
from ledger.model.field import ITEM, TARGET, Field
from ledger.model.value import BadValue

pytestmark = pytest.mark.quick

BY_NAME = {field.name: field for field in (*TARGET, *ITEM)}


def text(
    value: str, field: str, kind: str = "text", *, percent: bool = False, guarded: bool = False, **words: str
) -> str:
    return field_text(Cell(value, kind), BY_NAME[field], words=words, percent=percent, guarded=guarded).text


def refusal(value: str, field: str, kind: str = "text", *, percent: bool = False) -> str:
    with pytest.raises(BadValue) as bad:
        text(value, field, kind, percent=percent)
    return f"{bad.value.message.en} | {bad.value.hint.en}"


@pytest.mark.parametrize(
    "written",
    ["2017-12-31", "2017/12/31", "2017.12.31", "2017年12月31日", "２０１７－１２－３１", "2017-12-31 00:00:00", "20171231",
     " 2017 年 12 月 31 日 ", "2017-12-31T00:00"],
)  # fmt: skip
def test_days_are_read_however_they_are_written(written):
    assert text(written, "added") == "2017-12-31"
    assert text(written, "due") == "2017-12-31"


def test_short_months_and_days_are_filled_up():
    assert text("2018/6/1", "due") == "2018-06-01"


def test_rewriting_a_day_is_said_and_leaving_it_is_not():
    rewritten = field_text(Cell("2017/12/31", "text"), BY_NAME["due"], words={}, percent=False, guarded=False)
    kept = field_text(Cell("2017-12-31", "date"), BY_NAME["due"], words={}, percent=False, guarded=False)
    assert rewritten.said.en == "dates rewritten like 2017-12-31"
    assert not any(kept.said)


@pytest.mark.parametrize("written", ["2017年12月", "2017年底", "2017-12", "2017年", "2017年12月底"])
def test_a_month_or_a_year_is_no_day(written):
    assert "names no day | write the last day" in refusal(written, "due")


def test_a_serial_number_without_a_format_is_taken_for_what_it_is():
    assert "looks like a date without a date format" in refusal("43100", "due", "number")


@pytest.mark.parametrize(
    "written, word",
    [("立行立改", "immediate"), ("Immediate", "immediate"), ("中长期", "long_term"), ("long term", "long_term"),
     ("未载明", "unstated"), ("unstated", "unstated")],
)  # fmt: skip
def test_deadlines_in_words_are_known_by_their_labels(written, word):
    assert text(written, "due") == word


@pytest.mark.parametrize("written, word", [("反馈", "feedback"), ("自 查", "self_found"), ("petition", "petition")])
def test_choices_are_known_by_their_labels(written, word):
    assert text(written, "origin") == word


def test_words_of_the_map_go_before_everything():
    assert text("长 期", "due", 长期="long_term") == "long_term"
    assert text("待定", "due", 待定="") == ""


@pytest.mark.parametrize(
    "written, number",
    [("46", "46"), ("４６", "46"), ("1,584", "1584"), ("-1,234,567.5", "-1234567.5"), ("−3", "-3"), ("85.7", "85.7")],
)
def test_numbers_are_read_however_they_are_written(written, number):
    assert text(written, "weight") == number
    assert text(written, "from") == number


@pytest.mark.parametrize(
    "written, goal",
    [(">= 46", ">= 46"), ("≥46", "≥46"), ("＞＝４６", ">=46"), ("46", "46"), ("<= 1,584", "<= 1584"), ("=3", "=3"),
     ("≥ 85.7%", "≥ 85.7")],
)  # fmt: skip
def test_goals_are_read_however_they_are_written(written, goal):
    assert text(written, "goal", percent=True) == written  # the goal of an item is text
    assert field_text(Cell(written, "text"), TARGET[2], words={}, percent=True, guarded=False).text == goal


@pytest.mark.parametrize("written", ["46座", "46 座", "≥46座", "3.5 km"])
def test_a_unit_behind_a_number_is_refused_with_where_it_belongs(written):
    with pytest.raises(BadValue) as bad:
        field_text(Cell(written, "text"), TARGET[2], words={}, percent=False, guarded=False)
    assert "behind the number" in bad.value.message.en
    assert "`unit`" in bad.value.hint.en


def test_one_comma_in_the_wrong_place_is_no_thousand():
    assert text("1,58", "weight") == "1,58"
    assert text("15,84", "weight") == "15,84"


def test_a_percentage_counts_only_where_percent_is_counted():
    goal = TARGET[2]
    assert field_text(Cell("87.5", "percent"), goal, words={}, percent=True, guarded=False).text == "87.5"
    assert "no percentage: 87.5%" in refusal("87.5", "weight", "percent")
    assert "no percentage: 50%" in refusal("50%", "weight")
    assert text("87.5", "remark", "percent") == "87.5%"


def test_errors_of_a_spreadsheet_are_refused():
    assert "#REF!" in refusal("#REF!", "title", "error")
    assert "no stored result" in refusal("", "title", "error")


def test_texts_keep_their_signs_and_widths():
    assert text("（１）＝ 整改：A/B", "title") == "（１）＝ 整改：A/B"
    assert text(" a\r\nb ", "title") == "a\nb"


def test_control_characters_are_refused():
    assert "U+0007" in refusal("a\x07b", "title")


def test_ids_are_half_width():
    assert text(" Ｍ１８ ", "id") == "M18"
    assert text("18", "id", "number") == "18"


def test_only_a_guarded_cell_loses_its_apostrophe():
    assert text("'=1+1", "title", guarded=True) == "=1+1"
    assert text("'=1+1", "title") == "'=1+1"
    assert text("'tis", "title", guarded=True) == "'tis"


def listed(cell: str, field: str, *known: str) -> tuple[object, ...]:
    return list_value(cell, BY_NAME[field], known)[0]


@pytest.mark.parametrize(
    "cell", ["万州区;开州区", "万州区、开州区", "万州区，开州区", "万州区, 开州区", "万州区\n开州区", "万州区；开州区"]
)
def test_units_are_parted_however_people_part_them(cell):
    assert listed(cell, "responsible") == ("万州区", "开州区")


def test_a_known_name_stays_whole():
    assert listed("水利、农业局;万州区", "responsible", "水利、农业局") == ("水利、农业局", "万州区")


def test_steps_are_parted_by_semicolons_and_lines_only():
    found = listed("制定方案，分批开工\n达标、验收；移交;公示", "steps")
    assert [words.zh for words in found] == ["制定方案，分批开工", "达标、验收；移交", "公示"]


def test_ids_in_a_list_are_half_width_and_checked():
    field = Field("problems", "ids", BY_NAME["id"].label)
    assert list_value("Ｐ１、P2", field, ())[0] == ("P1", "P2")
    with pytest.raises(BadValue):
        list_value("P 1", field, ())


@given(
    st.text(max_size=30),
    st.sampled_from(["text", "number", "date", "percent", "flag"]),
    st.sampled_from(sorted(BY_NAME)),
)
def test_whatever_a_cell_holds_is_read_or_refused_with_a_sentence(value, kind, name):
    field = BY_NAME[name]
    if field.kind == "records":
        return
    read = sentences = None
    try:
        read = field_text(Cell(value, kind), field, words={}, percent=False, guarded=True)
    except BadValue as bad:
        sentences = bad.message
    assert all(sentences) if read is None else read.text == read.text.strip()


SEPARATORS = ("\x0b", "\x0c", "\r", "\x85", "\u2028", "\u2029")


@pytest.mark.parametrize("mark", SEPARATORS, ids=repr)
def test_what_separates_lines_is_a_blank_in_a_text(mark: str):
    assert text(f"已建3座{mark}5座在建", "goal") == "已建3座 5座在建"


@pytest.mark.parametrize("mark", SEPARATORS, ids=repr)
def test_import_and_collect_agree_on_what_separates_lines(mark: str):
    cell = Cell(f"完成3{mark}5座", "text")
    assert text(cell.value, "goal") == open_cell("report", cell, "", date(2018, 5, 17)).cells["text"] == "完成3 5座"


@pytest.mark.parametrize("mark", ["\x07", "\x00", "\x7f", "\x9b"], ids=repr)
def test_import_and_collect_agree_on_a_control_character(mark: str):
    with pytest.raises(BadValue) as bad:
        open_cell("report", Cell(f"a{mark}b", "text"), "", date(2018, 5, 17))
    assert f"{bad.value.message.en} | {bad.value.hint.en}" == refusal(f"a{mark}b", "goal")
    assert f"U+{ord(mark):04X}" in bad.value.message.en
