"""States in the words of offices: done, basically, for a stage, closed, under way, or nothing at all."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.exchange.list.facts import read_state

_SAID = {
    "done": ["是", "√", "Y", "已完成", "全部完成整改", "办结", "已整改到位", "已闭环", "逾期完成", "已完成，待验收", "已完成，长期坚持",
             "100%", "整改完毕", "通过验收"],
    "basic": ["基本完成", "已基本整改到位", "主体完成"],
    "stage": ["阶段性完成", "阶段性办结", "完成阶段性整改任务，按照时间节点持续推进", "完成年度整改任务"],
    "closed": ["已销号", "已完成并销号", "已备案销号"],
    "under_way": ["达到序时", "未达到序时进度", "未完成但达到序时进度", "正在整改", "整改中", "有序推进", "部分完成", "已完成80%", "完成12座",
                  "待销号", "即将完成", "超期未完成", "预计年底完成", "长期坚持"],
    "open": ["否", "×", "N", "未完成", "尚未完成", "未启动", "未销号", "没有完成"],
    "": ["", "-", "无", "暂无", "/"],
    "?": ["不属实", "无需整改", "初步完成", "见附件"],
}  # fmt: skip


@pytest.mark.parametrize("reached, phrase", [(reached, phrase) for reached, every in _SAID.items() for phrase in every])
def test_a_word_of_a_state_column_says_how_far_the_item_is(reached, phrase):
    assert read_state(phrase).reached == reached


@pytest.mark.parametrize(
    "phrase, reached",
    [("是", "closed"), ("已完成", "closed"), ("已通过市级验收", "closed"), ("同意销号", "closed"), ("已完成，待验收", "done"),
     ("未销号", "open"), ("不合格", "open"), ("正在销号", "under_way")],
)  # fmt: skip
def test_in_a_closing_column_a_yes_is_a_closing(phrase, reached):
    assert read_state(phrase, closing=True).reached == reached


def test_a_day_in_the_words_is_that_of_the_state():
    assert read_state("已完成（2018年6月30日）")[:3] == ("done", date(2018, 6, 30), True)
    assert read_state("2018年6月已完成")[:3] == ("done", date(2018, 6, 30), False)
    assert read_state("2018/6/3")[:3] == ("done", date(2018, 6, 3), True)


def test_what_goes_on_after_it_is_done_is_told():
    assert read_state("已经完成,持续推进").upkeep == "ongoing"
    assert read_state("已完成，长期坚持").upkeep == "lasting"


def test_a_long_text_says_its_state_in_its_first_sentence():
    prose = (
        "已完成整改。一是印发实施方案，明确了责任分工；二是建成污水处理厂 3 座，正在调试设备；三是持续开展执法检查。"
    )
    assert read_state(prose).reached == "done"
    assert (
        read_state("一是印发实施方案，明确了责任分工和路线图；二是开展了执法检查和宣传培训活动。").reached
        == "under_way"
    )
