"""Numbers, days and words as strangers write them into cells."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ledger.exchange.sheet.cell_value import amount, day_read, says_nothing
from ledger.exchange.sheet.sheet import Cell
from ledger.model.value import BadValue

WEEK_END = date(2017, 12, 14)


def text(value: str) -> Cell:
    return Cell(value, "text")


@pytest.mark.parametrize("written, measure, value, approx", [
    ("30", "座", 30, ""), ("３０", "座", 30, ""), (" 30 ", "座", 30, ""), ("30.0", "座", 30, ""), ("1,584", "座", 1584, ""),
    ("1，584座", "座", 1584, ""), ("1 584", "", 1584, ""), ("30座", "座", 30, ""), ("30 座", "座", 30, ""),
    ("12.5km", "公里", Fraction(25, 2), ""), ("12㎡", "平方米", 12, ""), ("1.2万吨", "吨", 12_000, ""),
    ("3万元", "万元", 3, ""), ("75%", "%", 75, ""), ("75.5 ", "%", Fraction(151, 2), ""), ("７５％", "%", 75, ""),
    ("约30", "座", 30, "yue"), ("30左右", "座", 30, "yue"), ("大约30座", "座", 30, "yue"), ("30座上下", "座", 30, "yue"),
    ("about 30", "座", 30, "yue"), ("30余", "座", 30, "yu"), ("30多座", "座", 30, "yu"), ("30余座", "座", 30, "yu"),
    ("超30座", "座", 30, "yu"), ("近30", "座", 30, "jin"), ("将近 30 座", "座", 30, "jin"), ("不足30", "座", 30, "jin"),
    ("约75%", "%", 75, "yue"), ("-3", "度", -3, ""),
])  # fmt: skip
def test_a_number_as_people_write_it(written, measure, value, approx):
    read = amount(text(written), measure)
    assert (read.value, read.approx) == (value, approx)


@pytest.mark.parametrize("written, measure, value, part, of", [
    ("30/40", "座", 30, 30, 40), ("30／40", "座", 30, 30, 40), ("30座/40座", "座", 30, 30, 40), ("30/40", "%", 75, 30, 40),
    ("1/3", "%", Fraction(333, 10), 1, 3), ("30 of 40", "", 30, 30, 40), ("1,000/1,200", "户", 1000, 1000, 1200),
])  # fmt: skip
def test_a_share_is_part_and_base(written, measure, value, part, of):
    assert amount(text(written), measure)[:3] == (value, part, of)


@pytest.mark.parametrize("written, measure, proposal", [
    ("三十", "座", "if 30 is meant"), ("三十座", "座", "if 30 is meant"), ("百分之七十五", "%", "if 75 is meant"),
    ("四分之三", "%", "if 75 is meant"), ("15~20", "座", "one number only"), ("15-20", "座", "one number only"),
    ("30+2", "座", "one number only"), ("尽快", "座", "digits only"), ("30家", "座", "counted in 座, such as 30"),
    ("60%", "座", "give the number of 座"), ("40/30", "座", "check it"), ("75,5", "%", "one number only"),
    ("已完成", "%", "digits only"), ("约30余", "座", "such as 30"), ("3万", "万元", "such as 3"), ("1 5", "座", "one number only"),
])  # fmt: skip
def test_what_cannot_be_told_is_asked_with_what_it_would_be(written, measure, proposal):
    with pytest.raises(BadValue) as bad:
        amount(text(written), measure)
    assert proposal in bad.value.hint.en


def test_a_day_that_excel_made_of_a_share_is_asked_about():
    with pytest.raises(BadValue) as bad:
        amount(Cell("2017-03-04", "date"), "座")
    assert "3/4" in bad.value.hint.zh


@pytest.mark.parametrize("written, day", [
    ("2017.12.30", "2017-12-30"), ("2017/12/30", "2017-12-30"), ("2018年1月15日", "2018-01-15"),
    ("２０１８－０１－１５", "2018-01-15"), ("2018-1-5", "2018-01-05"), ("20180115", "2018-01-15"), ("43115", "2018-01-15"),
    ("12月30日", "2017-12-30"), ("1月5日前", "2018-01-05"), ("12/30", "2017-12-30"), ("2018年底前", "2018-12-31"),
    ("2018年6月底", "2018-06-30"), ("6月底前", "2018-06-30"), ("2018年上半年", "2018-06-30"), ("明年底", "2018-12-31"),
    ("月底", "2017-12-31"), ("下月底前", "2018-01-31"), ("2018年第三季度", "2018-09-30"), ("2018年内", "2018-12-31"),
    ("年底前", "2017-12-31"), ("2018-01-15 00:00:00", "2018-01-15"),
])  # fmt: skip
def test_a_day_as_people_write_it(written, day):
    assert day_read(text(written), WEEK_END, after=True).day.isoformat() == day


def test_a_day_without_a_year_lies_before_the_week_where_something_has_happened():
    assert day_read(text("12月30日"), WEEK_END, after=False).day == date(2016, 12, 30)
    assert day_read(text("12月1日"), WEEK_END, after=False).day == date(2017, 12, 1)


@pytest.mark.parametrize(
    "written", ["春节前", "尽快", "2018.1", "2018年1月", "近期", "2018-02-30", "12月32日", "待定", "12.3"]
)
def test_what_names_no_day_is_asked_about(written):
    with pytest.raises(BadValue):
        day_read(text(written), WEEK_END, after=True)


@pytest.mark.parametrize("written", [
    "", "-", "/", "—", "无", "暂无", "没有", "无。", "无问题", "0", "无变化", "同上周", "暂无进展", "本周无新进展", "无存在问题",
    "无需协调解决的问题", "没有困难", "N/A", "none", "同前", "与上周一致", "未变", "暂无需协调事项", "no change", "——", "不存在问题",
])  # fmt: skip
def test_words_that_say_nothing(written):
    assert says_nothing(written)


@pytest.mark.parametrize("written", [
    "无害化处理厂开工", "没有资金", "问题已解决", "无法按期完成", "上周完成招标", "无水可用", "3", "缺资金", "无施工队伍", "未完成",
])  # fmt: skip
def test_words_that_say_something(written):
    assert not says_nothing(written)
