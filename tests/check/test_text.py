"""Findings for people, whole outputs first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.check import text as finding_text
from ledger.format.document import in_language, spoken
from ledger.format.phrase import summary
from ledger.format.terminal import terminal_text
from ledger.model.finding import Finding, Place, Source
from ledger.model.words import Words
from ledger.text.width import cell_width
from tests.check.findings import DONE, FINDINGS, LOST, NUMBERS, TEXTS, WILD

pytestmark = pytest.mark.quick

ENGLISH = """\
data/measures.yaml:2:10: error L902 text to be published holds <a> & M18
    2 |   title: 垃圾填埋场渗滤液处理设施  # 附件1
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
data/journal/2017/report.csv:2:35: warning L407 M18: 27+16 is 95% of it, not 43
    2 | 2017-12-31,M18,reading,started,43,"27 of 28, 16 of 18"
      |                                   ^^^^^^^^^^^^^^^^^^^^
      = part, of and value must agree: part = value
data/journal/2017/report.csv:3:16: error L401 M20: done, but leachate, plants: <46
    3 | 2017-12-31,M20,done,,,
      |                ^^^^
      = check the reading
data/实施 方案.yaml:7:3: error L703 M21: the item is gone
info L805 市环保局 has not reported
"""

CHINESE = """\
measures.yaml:2:10: 错误 L902 公布的文字里有 <号码> & “M18”
    2 |   title: 垃圾填埋场渗滤液处理设施…
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
journal/2017/report.csv:2:35: 警告 L407 M18: 27+16 是 95% 的 分子，不是 43
    2 | …g,started,43,"27 of 28, 16 of 18"
      |               ^^^^^^^^^^^^^^^^^^^^
      = part, of 和 value 要一致：part =
        value
journal/2017/report.csv:3:16: 错误 L401 M20: 报完成，但渗滤液 <46 座
    3 | 2017-12-31,M20,done,,,
      |                ^^^^
      = 核对读数
实施 方案.yaml:7:3: 错误 L703 M21: 事项不见了
提示 L805 市环保局本周没有报送
"""


def shown(findings, texts=TEXTS, width=100, lang="en", *, color=False, prefix=""):
    sources = {path: Source.of(text) for path, text in texts.items()}
    return finding_text.text(findings, sources, width, lang, color=color, prefix=prefix)


def marked(line: str, column: int, path: str = "plan.yaml", width: int = 100) -> str:
    """What the carets stand under in the excerpt of a line of Latin text."""
    found = Finding(Place(path, 1, column), 104, Words.same("x"))
    _, text, carets = shown([found], {path: line}, width).splitlines()
    return text.ljust(len(carets))[carets.index("^") : carets.rindex("^") + 1]


def test_every_finding_has_its_place_its_line_and_what_to_do():
    assert shown(FINDINGS, prefix="data/") == ENGLISH


def test_chinese_output_in_a_narrow_terminal_cuts_the_line_around_the_place():
    assert shown(FINDINGS, width=42, lang="zh") == CHINESE


def test_no_findings_are_no_text():
    assert shown([]) == ""


def test_colours_are_added_only_when_wanted_and_change_no_character():
    plain, coloured = shown([DONE]), shown([DONE], color=True)
    assert "\x1b" not in plain
    assert coloured.startswith("\x1b[1mjournal/2017/report.csv:3:16\x1b[0m: \x1b[31merror L401\x1b[0m M20: done")
    assert "\x1b[31m^^^^\x1b[0m" in coloured
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain


def test_the_item_is_named_once():
    def sentence(message: str, item: str = "M1") -> str:
        return shown([Finding(Place(""), 201, Words.same(message), item=item)]).removeprefix("error L201 ").strip()

    assert sentence("M1 stands twice") == "M1 stands twice"
    assert sentence("编号M1重复") == "编号M1重复"
    assert sentence("it is M1.") == "it is M1."
    assert sentence("M11 stands twice") == "M1: M11 stands twice"
    assert sentence("M1.2 stands twice") == "M1: M1.2 stands twice"
    assert sentence("P-M1 stands twice") == "M1: P-M1 stands twice"
    assert sentence("stands twice", "") == "stands twice"


def test_control_characters_of_files_names_and_messages_reach_no_terminal():
    text = shown([WILD], {WILD.place.path: "\x1b[2J\x9b1mred\t\u202ename,x\n"})
    assert text == (
        "a,b:c%.csv:1:1: error L104 M1: [31mred[0m ::error::100% ,:\ufffe\n"
        "    1 | [2J1mred name,x\n"
        "      | ^^^^^^^^^^^^^\n"
    )  # fmt: skip


def test_a_file_name_with_a_line_break_stays_on_its_line():
    assert shown([LOST._replace(place=Place("a\nb.yaml", 1, 1))]).startswith("a b.yaml:1:1: error L703")


def test_tabs_count_as_one_cell_so_that_carets_stay_under_the_value():
    assert marked("a:\tvalue", 4) == "value"


def test_lines_are_counted_as_editors_count_them():
    found = Finding(Place("a.yaml", 4, 1), 104, Words.same("x"))
    assert "    4 | four\n" in shown([found], {"a.yaml": "one\r\ntwo\rthree\u2028still\x85three\nfour\n"})


def test_there_is_no_excerpt_where_there_is_nothing_to_show():
    for line in (2, 3, 99, 0):
        found = Finding(Place("a.yaml", line, 1), 107, Words.same("x"))
        assert shown([found], {"a.yaml": "text\n   \n"}).count("\n") == 1
    assert shown([Finding(Place("a.csv"), 107, Words.same("x"))], {"a.csv": ""}).count("\n") == 1


def test_a_place_behind_the_end_of_a_line_is_marked_behind_its_end():
    assert shown([Finding(Place("a.yaml", 1, 99), 101, Words.same("x"))], {"a.yaml": "abc\n"}) == (
        "a.yaml:1:99: error L101 x\n    1 | abc\n      |    ^\n"
    )


def test_carets_end_where_a_cell_ends():
    line = '2017,"a, ""b""",,last cell'
    assert marked(line, 1, "a.csv") == "2017"
    assert marked(line, 6, "a.csv") == '"a, ""b"""'
    assert marked(line, 17, "a.csv") == ","
    assert marked(line, 18, "A.CSV") == "last cell"
    assert marked('x,"over two', 3, "a.csv") == '"over two'


def test_carets_end_where_a_yaml_value_ends():
    assert marked("lead: office of roads # main", 7) == "office of roads"
    assert marked("lead: a#b  ", 7) == "a#b"
    assert marked("id: M1", 1) == "id"
    assert marked("at: 12:30", 5) == "12:30"
    assert marked('goal: ">= 46 # \\" x" # y', 7) == '">= 46 # \\" x"'
    assert marked("goal: 'it''s: 4' # y", 7) == "'it''s: 4'"
    assert marked("goal: |  # kept", 7) == "|"
    assert marked("  - id: M1", 3) == "- id: M1"
    assert marked("goal: open: end", 7) == "open"


def test_carets_end_where_a_value_in_brackets_ends():
    line = '{id: M1, title: "a, b", steps: [one, two], due: 2017}  # x'
    assert marked(line, 1) == line.removesuffix("  # x")
    assert marked(line, 2) == "id"
    assert marked(line, 6) == "M1"
    assert marked(line, 17) == '"a, b"'
    assert marked(line, 32) == "[one, two]"
    assert marked(line, 33) == "one"
    assert marked(line, 49) == "2017"
    assert marked("[one, {two", 1) == "[one, {two"
    assert marked("note: [a] b, c", 7 + 4) == "b, c"


def test_a_line_of_a_million_characters_costs_no_more_than_another():
    line = "前" * 500_000 + "value" + "后" * 500_000
    found = Finding(Place("a.yaml", 1, 500_001), 104, Words.same("x"))
    _, text, carets = shown([found] * 200, {"a.yaml": line}, 60).splitlines()[-3:]
    assert text == "    1 | …" + "前" * 8 + "value" + "后" * 14 + "…"
    assert carets == "      | " + " " * 17 + "^" * 34


@given(
    line=st.text(alphabet="ab ，垃圾\t\x1b\"',:#[]{}-", max_size=120),
    column=st.integers(1, 130),
    width=st.integers(20, 90),
    path=st.sampled_from(["a.yaml", "a.csv"]),
)
def test_no_excerpt_is_wider_than_the_terminal_and_every_one_has_a_caret(line, column, width, path):
    rows = shown([Finding(Place(path, 1, column), 104, Words.same("x"))], {path: line}, width).splitlines()[1:]
    assert len(rows) == (2 if line.strip() else 0)
    for row in rows:
        assert cell_width(row) <= width
        assert "\x1b" not in row
        assert "\t" not in row
    assert all("^" in row for row in rows[1:])


def test_the_summary_counts_in_both_languages():
    assert spoken(summary({"error": 1, "warning": 2, "info": 0}), "en") == "1 error, 2 warnings, 0 infos"
    assert spoken(summary({"error": 1, "warning": 2, "info": 0}), "zh") == "1 个错误，2 个警告，0 个提示"


def test_statistics_put_the_worst_and_the_most_frequent_first():
    table = in_language(
        finding_text.statistics(
            [*FINDINGS, NUMBERS, NUMBERS, DONE, DONE._replace(severity="info")],
            {401: Words("报完成但欠指标", "done but short"), 407: Words("不一致", "do not agree")},
        ),
        "en",
    )
    assert terminal_text(table, 80) == (
        "count  rule  severity  what it says\n"
        "-----  ----  --------  --------------\n"
        "    2  L401  error     done but short\n"
        "    1  L703  error\n"
        "    1  L902  error\n"
        "    3  L407  warning   do not agree\n"
        "    1  L401  info      done but short\n"
        "    1  L805  info\n"
    )


def test_statistics_of_nothing_are_empty():
    assert terminal_text(in_language(finding_text.statistics([], {}), "zh"), 80) == ""
