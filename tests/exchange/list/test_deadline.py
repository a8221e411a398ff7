"""Deadlines in the words of offices: what is a day, what is a class, and what only the office can say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange.list.deadline import read_deadline


@pytest.mark.parametrize(
    "phrase, day",
    [
        ("2018年底前", "2018-12-31"), ("2019年末", "2019-12-31"), ("2021年年底以前", "2021-12-31"), ("2020年", "2020-12-31"),
        ("2022年内", "2022-12-31"), ("2019年度", "2019-12-31"), ("2018年12月底前", "2018-12-31"), ("2019年2月", "2019-02-28"),
        ("2020年2月末", "2020-02-29"), ("2019年11月中旬", "2019-11-20"), ("2019年11月上旬前", "2019-11-10"),
        ("2019年上半年", "2019-06-30"), ("2019年下半年完成", "2019-12-31"), ("2020年第三季度", "2020-09-30"),
        ("2021年一季度末", "2021-03-31"), ("2018年Q3", "2018-09-30"), ("2020年前三季度", "2020-09-30"),
        ("十三五末", "2020-12-31"), ("“十四五”期间", "2025-12-31"), ("二〇一九年十二月底前", "2019-12-31"),
        ("19年底前", "2019-12-31"), ("2019.6", "2019-06-30"), ("2019.12", "2019-12-31"), ("至2019年底", "2019-12-31"),
        ("２０１８年底前基本完成", "2018-12-31"),
    ],
)  # fmt: skip
def test_a_phrase_that_names_no_day_means_the_last_one_in_time(phrase, day):
    found = read_deadline(phrase)
    assert (str(found.due), found.basis, found.upkeep) == (day, "in_text", "")


@pytest.mark.parametrize(
    "phrase", ["2018年12月31日前", "2018-12-31", "2018.12.31", "20181231", "43465", "2018年12月31日24时前", "二○一八年十二月三十一日"]
)  # fmt: skip
def test_a_phrase_that_names_a_day_is_that_day(phrase):
    assert read_deadline(phrase)[:2] == (date(2018, 12, 31), "")


@pytest.mark.parametrize(
    "phrase", ["立行立改", "立即整改", "即知即改", "立整立改", "即查即改", "立说立行", "边查边改", "马上整改", "当场整改", "已立行立改"]
)  # fmt: skip
def test_words_for_at_once_are_one_class(phrase):
    assert read_deadline(phrase).due == "immediate"


@pytest.mark.parametrize(
    "phrase, due, upkeep",
    [
        ("立行立改，长期坚持", "immediate", "lasting"), ("即改并持续推进", "immediate", "ongoing"),
        ("2018年底前完成，长期坚持", date(2018, 12, 31), "lasting"), ("长期坚持", "long_term", "lasting"),
        ("常态化推进", "long_term", "lasting"), ("持续整改", "long_term", "ongoing"), ("中长期", "long_term", ""),
    ],
)  # fmt: skip
def test_what_goes_on_afterwards_is_kept_beside_the_deadline(phrase, due, upkeep):
    found = read_deadline(phrase)
    assert (found.due, found.upkeep) == (due, upkeep)


@pytest.mark.parametrize(
    "phrase, due, milestones",
    [
        ("2018年6月底前完成方案，2020年底前完成整改", "2020-12-31", {"完成方案": "2018-06-30"}),
        ("2018年9月底前完成排查，12月底前完成整改", "2018-12-31", {"完成排查": "2018-09-30"}),
        ("城区2018年底前完成，乡镇2019年底前完成", "2019-12-31", {"城区": "2018-12-31"}),
        ("2018年6月底、2018年12月底", "2018-12-31", {"2018年6月底": "2018-06-30"}),
        ("2018年6月30日\n2018年12月31日", "2018-12-31", {"2018年6月30日": "2018-06-30"}),
        ("2019年3月底前立项；2019年9月底前主体完工；2020年6月底前投运", "2020-06-30",
         {"立项": "2019-03-31", "主体完工": "2019-09-30"}),
    ],
)  # fmt: skip
def test_of_several_days_the_last_is_the_deadline_and_the_others_are_milestones(phrase, due, milestones):
    found = read_deadline(phrase)
    assert (str(found.due), {name: str(day) for name, day in found.milestones}) == (due, milestones)


@pytest.mark.parametrize(
    "phrase",
    ["2018年12月31日（已延期至2019年6月30日）", "原定2018年底，延至2019年6月底", "2018年底（经批准延长至2019年上半年）",
     "2018.12.31（顺延到2019.6.30）"],
)  # fmt: skip
def test_an_extension_is_told_apart_from_the_deadline(phrase):
    found = read_deadline(phrase)
    assert (found.due, found.extended, found.milestones) == (date(2018, 12, 31), date(2019, 6, 30), ())


def test_a_span_ends_with_its_last_day_and_begins_with_its_first():
    found = read_deadline("2018年3月至2019年6月")
    assert (found.due, found.start) == (date(2019, 6, 30), date(2018, 3, 1))
    assert read_deadline("2018-2020年")[:1] == (date(2020, 12, 31),)


@pytest.mark.parametrize(
    "phrase",
    ["12月底前", "2018年汛期前", "汛期前", "2019年春节前", "尽快", "年底前", "6月", "2019年3月初", "2019年6月前", "2020年前完成",
     "反馈后30日内", "三个月内", "15个工作日内", "待定", "限期整改", "2019年秋季开学前", "按省里要求", "2019.1", "2019年2月30日",
     "已完成", "2018年3月已完成", "另行通知"],
)  # fmt: skip
def test_what_only_the_office_can_say_is_asked_with_a_reason(phrase):
    found = read_deadline(phrase)
    assert found.due is None
    assert all(found.why)


@given(st.text(st.sampled_from("2018年底前上半季度月3日完成，；（）至-延期长立即改、 第一二十五末."), max_size=20))
def test_any_phrase_is_read_or_asked_about_never_more(phrase):
    found = read_deadline(phrase)
    assert found.due is not None or all(found.why)
    assert all(day < found.due for _, day in found.milestones if isinstance(found.due, date))


@pytest.mark.parametrize("phrase, due, extended", [
    ("2019年12月底（原定2018年12月底）", "2018-12-31", "2019-12-31"),
    ("2018年6月30日（原2018年3月31日）", "2018-03-31", "2018-06-30"),
    ("原时限2018年3月31日，现时限2018年6月30日", "2018-03-31", "2018-06-30"),
])  # fmt: skip
def test_the_original_day_is_the_deadline_and_the_other_an_extension(phrase, due, extended):
    found = read_deadline(phrase)
    assert (str(found.due), str(found.extended), found.milestones) == (due, extended, ())


@pytest.mark.parametrize("phrase, due", [
    ("6/30/2018", "2018-06-30"), ("30/6/2018", "2018-06-30"), ("2018年1-6月", "2018-06-30"),
    ("2018年6月至12月", "2018-12-31"), ("国发〔2017〕12号：2018年底", "2018-12-31"),
])  # fmt: skip
def test_a_day_is_not_made_of_a_piece_of_another(phrase, due):
    found = read_deadline(phrase)
    assert (str(found.due), found.milestones) == (due, ())


@pytest.mark.parametrize("phrase", [
    "6/7/2018", "June 30, 2018", "2018 June", "2018,12,31", "2018年中", "2018年暑假", "2018年6、7月", "2018年6月或7月",
    "2018年7月1日起长期坚持", "2018年12月31日以后", "2018年12月31日或2019年6月30日", "2018年7月1日前启动", "end of 2018",
])  # fmt: skip
def test_what_may_mean_another_day_is_asked_about_and_never_the_end_of_its_year(phrase):
    found = read_deadline(phrase)
    assert found.due is None
    assert found.why.en
