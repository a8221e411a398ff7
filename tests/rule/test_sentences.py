"""What findings say: one sentence that names the numbers, and a hint that helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.model.finding import Finding
from ledger.model.words import Words
from tests.rule.bundle import bundle

pytestmark = pytest.mark.quick

ITEM = "- {id: M1, title: 关闭码头, lead: 市交委, due: 2018-12-31, goal: 关闭, steps: [拆除], targets: {closed: {goal: 24}}}\n"


def said(
    code: int, *facts: str, as_of: str = "2017-12-31", more: str = "", item: str = ITEM, rest: str = ""
) -> Finding:
    """The one finding of that code in a ledger with one measure and these facts."""
    header = "date,item,event,key,value,by,until,doc,note\n"
    journal = f"--- journal/2017/office.csv\n{header}" + "".join(fact + "\n" for fact in facts)
    settings = f"--- ledger.yaml (more)\n{more}" if more else ""
    case = bundle(f"as-of {as_of}\n{settings}--- measures.yaml\n{item}{journal}{rest}")
    (finding,) = [finding for finding in case.findings(Path()) if finding.code == code]
    return finding


def test_what_is_overdue_is_counted_against_both_deadlines():
    late = "2017-06-30,M1,extend,,,领导小组,2017-12-01,12号,工期"
    finding = said(801, late, item=ITEM.replace("2018-12-31", "2017-07-01"))
    assert "30 / 183" in finding.message.zh
    assert "30" in finding.message.en
    assert "183" in finding.message.en


def test_what_was_not_extended_is_counted_once():
    finding = said(801, item=ITEM.replace("2018-12-31", "2017-12-30"))
    assert "1 天" in finding.message.zh
    assert "/" not in finding.message.zh
    assert "1 day overdue" in finding.message.en


def test_one_day_is_not_one_days():
    assert "1 day " in said(803, item=ITEM.replace("2018-12-31", "2018-01-01")).message.en
    today = said(803, item=ITEM.replace("2018-12-31", "2017-12-31")).message
    assert (today.zh, today.en) == ("今天到期（2017-12-31）", "due today (2017-12-31)")


def test_a_short_target_names_reading_and_goal():
    finding = said(401, "2017-12-01,M1,reading,closed,20,,,,", "2017-12-01,M1,done,,,,,,")
    assert finding.message.en == "done, but closed is 20 against >= 24"
    assert finding.message.zh == "报完成，但 closed 为 20，目标 >= 24"


SUMMED = """\
- id: M1
  title: 关闭码头
  lead: 市交委
  responsible: [R, S, T, U, V, W, X]
  due: 2018-12-31
  goal: 关闭
  steps: [拆除]
  targets: {left: {goal: "<= 10", unit: 座, sum: units}}
"""


def test_of_an_incomplete_sum_it_is_said_who_is_missing():
    facts = ("2017-12-01,M1,reading,left,4,R,,,", "2017-12-01,M1,done,,,市交委,,,")
    two = said(401, *facts, item=SUMMED.replace("[R, S, T, U, V, W, X]", "[R, S, T]"))
    assert two.message.en == "done, but left is 4 座 (without S, T) against <= 10"
    assert two.message.zh == "报完成，但 left 为 4 座（缺 S、T 的读数），目标 <= 10"
    six = said(401, *facts, item=SUMMED)
    assert "(without S, T, U, V, W and 1 more)" in six.message.en
    assert "（缺 S、T、U、V、W 等 6 个的读数）" in six.message.zh


def test_a_withdrawal_into_no_item_says_that_there_is_none():
    finding = said(203, "2017-12-01,M1,withdraw,ZZ,,领导小组,,12号,并入")
    assert finding.message.en == "there is no item ZZ for M1 to go into"


@pytest.mark.parametrize("code, name", [(602, "a"), (603, "b")])
def test_a_sum_of_a_thousand_terms_is_not_repeated(code: int, name: str):
    claims = f"--- claims.yaml\nfacts: {{a: {{value: 1}}}}\nsums:\n  - a = {' + '.join([name] * 1000)}\n"
    assert len(said(code, rest=claims).message.en) < 300


def test_what_is_exempted_counts_in_the_number_that_is_named():
    text = "--- journal/2017/more.csv\ndate,item,event,key,value,exempt,note\n2017-12-01,M1,reading,closed,20,2,停用\n"
    assert "22 against >= 24" in said(401, "2017-12-01,M1,done,,,,,,", rest=text).message.en


def test_the_missing_step_is_named_with_what_it_is_missing_before():
    steps = "closing: {steps: [self_check, acceptance]}\n"
    before_step = said(502, "2017-12-01,M1,step,acceptance,,,,,", more=steps)
    assert before_step.message.en == "self-check is missing before acceptance"
    assert before_step.message.zh == "验收之前缺少自查"
    done = "2017-12-01,M1,done,,,,,,", "2017-12-01,M1,step,self_check,,,,,"
    before_close = said(502, *done, "2017-12-02,M1,close,,,,,,", more=steps)
    assert before_close.message.en == "acceptance is missing before closed"


def test_a_short_notice_says_how_long_it_was_and_should_be():
    fact = "2017-12-13,M1,step,notice,,,2017-12-18,,"
    assert "6 days, not 7" in said(504, fact, more="closing: {notice_days: 7}\n").message.en
    finding = said(504, fact, more="closing: {notice_days: 7, notice_calendar: working}\n")
    assert "4 working days, not 7" in finding.message.en
    assert "4 个工作日，应为 7 个" in finding.message.zh


def test_an_unknown_year_is_named_and_the_hint_names_the_file():
    more = "closing: {notice_days: 7, notice_calendar: working}\n"
    finding = said(504, "2031-01-06,M1,step,notice,,,2031-01-31,,", more=more)
    assert "2031" in finding.message.en
    assert "workdays.yaml" in finding.hint.en


def test_the_future_and_the_archive_are_told_apart():
    fact = "2018-01-05,M1,report,,,,,,"
    assert "archived on 2017-12-31" in said(302, fact, more="archived: 2017-12-31\n").message.en
    case = bundle(
        f"as-of 2017-12-31\ntoday 2017-12-31\n--- measures.yaml\n{ITEM}--- journal/a.csv\ndate,item,event\n2018-01-05,M1,report\n"
    )
    (finding,) = case.findings(Path())
    assert "today is 2017-12-31" in finding.message.en
    assert "今天 2017-12-31" in finding.message.zh


@pytest.mark.parametrize(
    "word, meant",
    [("市交通委", "市交委"), ("江北", "江北区"), ("重庆市江津区", "江津区")],
)
def test_a_unit_is_guessed(word: str, meant: str):
    more = "units: [{name: 市交委}, {name: 江北区}, {name: 江津区}]\n"
    finding = said(202, f"2017-12-01,M1,report,,,{word},,,", more=more)
    assert finding.hint.en == f"did you mean {meant}?"
    assert finding.hint.zh == f"是否想写 {meant}？"


def test_a_unit_like_no_other_is_to_be_listed():
    assert "`units`" in said(202, "2017-12-01,M1,report,,,某某公司,,,", more="units: [{name: 市交委}]\n").hint.en


@pytest.mark.parametrize(
    "fact, code, meant",
    [
        ("2017-12-01,M1,reading,close,1,,,,", 203, "closed"),
        ("2017-12-01,m1,report,,,,,,", 204, "M1"),
        ("2017-12-01,M1,reprot,,,,,,", 104, "report"),
        ("2017-12-01,M1,supervise,leter,,,,,", 104, "letter"),
    ],
)
def test_ids_keys_and_events_are_guessed(fact: str, code: int, meant: str):
    assert meant in said(code, fact).hint.en


def test_a_field_is_guessed():
    assert "responsible" in said(103, item=ITEM.replace("}}}", "}}, responsable: [江北区]}")).hint.en


def test_a_figure_and_a_fact_are_guessed():
    claims = "--- claims.yaml\nclaims: [{id: a, as_of: 2017-12-31, figures: {measures.overdu: 0}}]\n"
    assert "measures.overdue" in said(603, rest=claims).hint.en
    sums = "--- claims.yaml\nfacts: {persons: {value: 1}}\nsums: [persons = person + 1]\n"
    assert "persons" in said(603, rest=sums).hint.en


def test_only_an_extension_moves_a_deadline_and_the_hint_says_so():
    assert "extend" in said(203, "2017-12-01,M1,amend,due,2019-12-31,领导小组,,1号,工期").hint.en


@pytest.mark.parametrize(
    "line, hint",
    [
        ("  goal: >= 46", 'goal: ">= 46"'),
        ("  lead：市交委", "half-width colon"),
        ("\tlead: 市交委", "tabs"),
        ("  remark: %5", "quote"),
        ("  remark: @5", "quote"),
    ],
)
def test_the_usual_slips_of_hand_written_yaml_are_named(line: str, hint: str):
    text = f"--- measures.yaml\n- id: M1\n  title: 关闭码头\n{line}\n  due: 2018-12-31\n"
    found = bundle(text).findings(Path())
    assert any(hint in finding.hint.en for finding in found), [finding.hint.en for finding in found]
    assert {finding.severity for finding in found} >= {"error"}


def test_a_comma_inside_braces_is_named():
    found = bundle("--- measures.yaml\n" + ITEM.replace("关闭码头", "关闭, 清理")).findings(Path())
    assert [finding.code for finding in found] == [103]
    assert "quote text with commas" in found[0].hint.en


def test_a_published_figure_names_both_numbers_and_how_to_see_the_sum():
    claims = "--- claims.yaml\nclaims: [{id: w5, as_of: 2017-12-31, figures: {measures.total: 37}}]\n"
    finding = said(601, rest=claims)
    assert finding.message.en == "measures.total was published as 37, the ledger has 1"
    assert "ledger check --claim w5" in finding.hint.en


def test_a_gap_is_told_with_both_numbers():
    claims = "--- claims.yaml\nclaims: [{id: w5, as_of: 2017-12-31, figures: {measures.total: 37}, gap: 只印出1项}]\n"
    message = said(601, rest=claims).message.zh
    assert "37" in message
    assert "只印出1项" in message


def test_words_in_braces_that_people_type_are_left_alone():
    item = ITEM.replace("关闭码头", '"{x} {0} {}"').replace("closed: {goal", 'closed: {name: "{name}{", goal')
    finding = said(401, "2017-12-01,M1,reading,closed,20,,,,", "2017-12-01,M1,done,,,,,,", item=item)
    assert "{name}{ is 20" in finding.message.en


def test_a_key_that_names_nothing_is_answered_with_the_keys_there_are():
    hint = said(203, "2017-12-01,M1,reading,ports,20,,,,").hint
    assert hint == Words("可用：closed", "one of: closed")
    hint = said(203, "2017-12-01,M1,step,acceptance,,,,,", more="closing: {steps: [self_check, notice]}\n").hint
    assert hint.zh == "可用：self_check 自查、notice 公示"
    assert said(203, "2017-12-01,M1,milestone,plans,,,,,").hint.en == "it has no milestones"
