"""The query language of `ledger list`: terms that must all hold, a field with a value, or a plain word."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest

from ledger.state.board import Board
from ledger.state.query import BadQuery
from ledger.state.query.language import MisspeltQuery, read_query
from tests.paper import fact, files, item, sound

pytestmark = pytest.mark.quick

PLAN = [
    item("M1", title={"zh": "垃圾填埋场渗滤液", "en": "Landfill leachate"}, lead="市城管委",
         responsible=["开州区", "江津区"], due="2018-06-30", origin="feedback", goal="基本全覆盖",
         steps=["制定方案", "分批开工"], weight=3, upkeep="ongoing", problems=["P1"], source="report.txt:271",
         due_basis="explicit", targets={"started": {"name": "开工", "goal": 46, "due": "2017-12-31"}}),
    item("M2", title="碧水行动", due="2017-12-31", origin="petition", cooperating=["市水利局"], added="2017-05-01",
         start="2017-06-01", remark="12:30"),
    item("M3", title="禁投清单", lead="unstated", due="long_term", targets={"new": {"goal": "<= 0"}}),
    item("M4", title="Sludge works", lead="市农委", due="immediate", milestones={"plans": {"due": "2018-12-31"}}),
]  # fmt: skip
FACTS = [
    fact("2017-10-01", "reading", "M1", key="started", value=43),
    fact("2017-10-01", "supervise", "M1", key="letter"), fact("2017-10-02", "expect", "M1", until="2018-08-31"),
    fact("2017-12-01", "extend", "M2", until="2018-03-31"), fact("2017-12-02", "progress", "M2", value=40),
    fact("2017-09-01", "reading", "M3", key="new", value=1), fact("2017-09-15", "done", "M3"),
]  # fmt: skip
# On 2018-01-10 M1 is behind (43 of 46 by 2017-12-31), M2 open until 2018-03-31, M3 done and short, M4 overdue since
# 2017-02-01.


@pytest.fixture(scope="module")
def board() -> Board:
    ledger = sound(files(PLAN, FACTS, problems=[item("P1", title="开州填埋场"), item("A.1", under="M1")]))
    return Board(ledger, date(2018, 1, 10))


@pytest.fixture(scope="module")
def ask(board: Board):
    def ids(query: str) -> str:
        found = read_query(query, board.ledger.settings, board.day).found(board.standings)
        return " ".join(sorted(standing.id for standing in found))

    return ids


EVERYTHING = "A.1 M1 M2 M3 M4 P1"


@pytest.mark.parametrize("query, found", [
    ("", EVERYTHING), ("   ", EVERYTHING),
    ("id:M1", "M1"), ("id:m1", "M1"), ("id:M*", "M1 M2 M3 M4"), ("id:M", ""), ("id:A.1", "A.1"), ("id:A?1", ""),
    ("book:problems", "A.1 P1"), ("under:M1", "A.1"), ("problems:P1", "M1"), ("weight:>2", "M1"),
    ("lead:市城管委", "M1"), ("lead:城管", "M1"), ("lead:unstated", "M3"), ("responsible:江津区", "M1"),
    ("cooperating:水利", "M2"), ("unit:江津区", "M1"), ("unit:市水利局", "M2"),
    ("title:渗滤液", "M1"), ("title:LANDFILL", "M1"), ("goal:全覆盖", "M1"), ("steps:开工", "M1"),
    ("source:report.txt", "M1"), ("remark:12", "M2"),
    ("origin:petition", "M2"), ("origin:信访", "M2"), ("upkeep:ongoing", "M1"), ("due_basis:explicit", "M1"),
    ("targets:started", "M1"), ("targets:开工", "M1"), ("milestones:plans", "M4"),
    ("state:done", "M3"), ("state:整改完成", "M3"), ("state:active", "M1 M2"),
    ("schedule:behind", "M1"), ("schedule:未达序时", "M1"), ("schedule:undated", "M3"),
    ("light:yellow", "M1 M3"), ("light:黄", "M1 M3"), ("light:黄灯", "M1 M3"), ("light:不明", ""),
    ("short:yes", "M3"), ("short:是", "M3"), ("supervised:letter", "M1"), ("supervised:督办函", "M1"),
    ("progress:<50", "M2 M3"), ("progress:40", "M2"), ("progress:>=93.4%", "M1"), ("progress:none", "A.1 M4 P1"),
    ("due:2018-03-31", "M2"), ("original_due:2017-12-31", "A.1 M2 P1"), ("due:long_term", "M3"),
    ("due:immediate", "M4"), ("due:立行立改", "M4"), ("时限:中长期", "M3"), ("时限:2018-03", "M2"),
    ("due:none", "M3"), ("done:2017-09", "M3"), ("done:none", "A.1 M1 M2 M4 P1"), ("expect:2018-08", "M1"),
    ("added:2017-05-01", "M2"), ("start:2017-06", "M2"), ("time_node:2018", "M1 M2"),
])  # fmt: skip
def test_every_kind_of_field(ask, query: str, found: str):
    assert ask(query) == found


@pytest.mark.parametrize("query, found", [
    ("due:2018", "M1 M2"), ("due:2018-06", "M1"), ("due:<2018-06", "A.1 M2 M4 P1"),
    ("due:<=2018-06", "A.1 M1 M2 M4 P1"),
    ("due:>2018-06", ""), ("due:>2018-05", "M1"), ("due:>=2018-06", "M1"), ("due:<2018-06-30", "A.1 M2 M4 P1"),
    ("due:<=2018-06-30", "A.1 M1 M2 M4 P1"), ("due:>2018-06-30", ""), ("due:>=2018", "M1 M2"),
    ("due:<2018", "A.1 M4 P1"),
    ("due:=2018-06-30", "M1"),
])  # fmt: skip
def test_dates_may_be_cut_short(ask, query: str, found: str):
    assert ask(query) == found


@pytest.mark.parametrize("query, found", [
    ("渗滤液", "M1"), ("landfill", "M1"), ("市农委", "M4"), ("sludge WORKS", "M4"), ("sludge landfill", ""),
    ('"sludge works"', "M4"), ('"works sludge"', ""), ("M2", "M2"),
])  # fmt: skip
def test_a_plain_word_is_looked_for_in_the_texts(ask, query: str, found: str):
    assert ask(query) == found


@pytest.mark.parametrize("query, found", [
    ("-light:yellow -book:problems", "M2 M4"), ("-渗滤液 book:measures", "M2 M3 M4"),
    ("-short:yes -id:M*", "A.1 P1"),
    ("short:no id:M*", "M1 M2 M4"), ("-due:2018", "A.1 M3 M4 P1"), ("-title:碧水 id:M*", "M1 M3 M4"),
])  # fmt: skip
def test_a_minus_turns_a_term_round(ask, query: str, found: str):
    assert ask(query) == found


@pytest.mark.parametrize("query, found", [
    ("id:M1,M2", "M1 M2"), ("id:M1，M2", "M1 M2"), ("state:done,planned id:M*", "M3 M4"), ("lead:农委,城管", "M1 M4"),
    ("-id:M1,M2 book:measures", "M3 M4"), ("due:2018-03,2018-06", "M1 M2"),
])  # fmt: skip
def test_commas_offer_alternatives(ask, query: str, found: str):
    assert ask(query) == found


@pytest.mark.parametrize("query, found", [
    ('title:"Sludge works"', "M4"), ('title:"Landfill leachate" lead:市城管委', "M1"),
    ('-title:"Sludge works" id:M*', "M1 M2 M3"),
    ('remark:"12:30"', "M2"), ("remark:12:30", "M2"), ('lead:"市城管委,市农委"', ""),
])  # fmt: skip
def test_quotes_hold_a_value_together(ask, query: str, found: str):
    assert ask(query) == found


def test_a_full_width_colon_is_a_colon_and_fields_have_chinese_names(ask):
    assert ask("牵头单位：市城管委") == ask("牵头:市城管委") == "M1"
    assert ask("状态：整改完成") == "M3"
    assert ask("Deadline:2017") == ask("整改时限:2017") == ask("due:2017") != ""


def test_all_terms_must_hold(ask):
    assert ask("id:M* origin:feedback light:yellow 渗滤液") == "M1"
    assert ask("id:M* origin:feedback light:green") == ""


@pytest.mark.parametrize("query, hint", [
    ("leed:市城管委", "lead"), ("lihgt:red", "light"), ("scedule:overdue", "schedule"),
    ("牵头单未:市城管委", "牵头单位"),
    ("light:rde", "red"), ("state:dnoe", "done"), ("origin:petitoin", "petition"),
])  # fmt: skip
def test_a_slip_gets_the_near_miss(ask, query: str, hint: str):
    with pytest.raises(BadQuery) as bad:
        ask(query)
    assert hint in bad.value.hint.en


@pytest.mark.parametrize(
    "query",
    [
        "due:soon",
        "due:<2018-13",
        "due:2018-02-30",
        "progress:much",
        "short:perhaps",
        "12:30",
        "light:",
        "zzzzzz:1",
        "lead:",
        "lead: 市",
        "level:x",
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_sentence(ask, query: str):
    with pytest.raises(BadQuery) as bad:
        ask(query)
    assert bad.value.message.zh
    assert bad.value.message.en


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_text_is_one_in_queries(form: str):
    plan = [item("M1", title=normalize("NFD", "Café の整備が"), lead=normalize(form, "École が")), item("M2")]
    board = Board(sound(files(plan)), date(2018, 1, 10))
    for query in ("café", "整備が", "lead:école", "-lead:が title:Café"):
        found = read_query(normalize(form, query), board.ledger.settings, board.day).found(board.standings)
        assert [standing.id for standing in found] == ([] if query.startswith("-") else ["M1"])


@pytest.mark.parametrize("query, right", [
    ("lead=市城管委", "lead:市城管委"), ("state!=done", "-state:done"), ("-state!=done", "state:done"),
    ("lead = 市城管委 light!=red", "lead:市城管委 -light:red"), ("牵头==市城管委", "牵头:市城管委"),
    ("due>=2018-06 碧水", "due:>=2018-06 碧水"), ("progress<50", "progress:<50"), ("due≤2018", "due:<=2018"),
    ("leed=市城管委", "lead:市城管委"), ("lead:=市城管委", "lead:市城管委"), ("lead:!=市城管委", "-lead:市城管委"),
    ("is=late", "is:late"),
])  # fmt: skip
def test_a_condition_in_the_form_of_set_is_answered_with_the_right_query(ask, query: str, right: str):
    with pytest.raises(MisspeltQuery) as bad:
        ask(query)
    assert bad.value.line == right
    ask(right)


@pytest.mark.parametrize("query", ["pH=7", '"lead=x"', "due:=2018-06-30", "a>b"])
def test_signs_that_are_about_no_field_are_plain_text(ask, query: str):
    ask(query)


@pytest.mark.parametrize("query, same", [
    ("due:<+14d", "due:<2018-01-24"), ("due:今年", "due:2018"), ("due:<上月底", "due:<2017-12-31"), ("due:上月", "due:2017-12"),
    ("due:2018年6月", "due:2018-06"), ("due:6-30", "due:2018-06-30"), ("expect:2018年8月31日", "expect:2018-08-31"),
    ("due:<today", "due:<2018-01-10"), ("due:last-month", "due:2017-12"), ("due:≥2018", "due:>=2018"),
])  # fmt: skip
def test_days_are_written_as_people_say_them(ask, query: str, same: str):
    assert ask(query) == ask(same)


def test_days_are_seen_from_the_day_that_is_judged_and_told(board: Board):
    told = read_query("due:<+14d due:2018-06 -due:今年", board.ledger.settings, board.day).told
    assert told == (("due:<+14d", "due:<2018-01-24"), ("due:今年", "due:2018"))


@pytest.mark.parametrize("query", ["due:2-30", "due:12-31"])
def test_impossible_and_ambiguous_days_are_refused(query: str, board: Board):
    with pytest.raises(BadQuery) as bad:
        read_query(query, board.ledger.settings, date(2018, 3, 1))
    assert "2-30" in bad.value.message.en or "2018-12-31 or 2017-12-31" in bad.value.message.en


@pytest.mark.parametrize("query, said", [
    ("lead:市农业委 id:M*", "no item meets lead:市农业委; did you mean lead:市农委?"), ("id:M1 light:red,green id:A.1", ""),
    ("book:measures id:M1 light:green", "1 item meets book:measures id:M1, and none of them light:green"),
    ("id:M1 id:Q9", "no item meets id:Q9"), ("id:M1", None), ("", None),
])  # fmt: skip
def test_an_empty_answer_names_the_condition_that_emptied_it(board: Board, query: str, said: str | None):
    asked = read_query(query, board.ledger.settings, board.day)
    emptied = asked.emptied(board.standings).en
    assert bool(emptied) == (not asked.found(board.standings))
    if said:
        assert emptied == said


SAVED = {"late": "is:open due:<today", "urgent": "@late -light:green", "round": "@other", "other": "@round",
         "odd": "leed:x"}  # fmt: skip


@pytest.fixture(scope="module")
def named() -> Board:
    levels = {"levels": {"提示": 20, "预警": 10, "逾期": 0}}
    return Board(sound(files(PLAN, FACTS, queries=SAVED, warning=levels)), date(2018, 6, 15))


@pytest.mark.parametrize("query, found", [
    ("@late", "M2 M4"), ("-@late id:M*", "M1 M3"), ("@urgent", "M2 M4"), ("@late lead:农委", "M4"), ("@late,@urgent", "M2 M4"),
    ("level:提示", "M1"), ("level:逾期", "M2 M4"), ("预警级别:提示,逾期", "M1 M2 M4"), ("level:none", "M3"), ("-level:none", "M1 M2 M4"),
])  # fmt: skip
def test_saved_queries_and_levels(named: Board, query: str, found: str):
    asked = read_query(query, named.ledger.settings, named.day)
    assert " ".join(one.id for one in asked.found(named.standings)) == found


@pytest.mark.parametrize("query, said", [
    ("@lat", "did you mean @late"), ("@zzzz", "one of: @late @urgent"), ("@round", "@round → @other → @round"),
    ("@odd", "did you mean lead?"), ("level:提醒", "one of: 提示, 预警, 逾期, none"),
])  # fmt: skip
def test_what_no_saved_query_can_be_is_refused(named: Board, query: str, said: str):
    with pytest.raises(BadQuery) as bad:
        read_query(query, named.ledger.settings, named.day)
    assert said in bad.value.hint.en


def test_a_fault_in_a_saved_query_names_its_line(named: Board):
    with pytest.raises(BadQuery, match=r"ledger\.yaml:\d+:\d+: @odd: there is no field leed"):
        read_query("@odd", named.ledger.settings, named.day)


def test_a_unit_is_found_by_its_former_names():
    paper = files([item("M1", lead="万州区"), item("M2", lead="万县"), item("M3", lead="开州区")],
                  units=[{"name": "万州区", "was": ["万县"]}, {"name": "开州区"}])  # fmt: skip
    board = Board(sound(paper), date(2018, 1, 10))
    for query in ("lead:万县", "unit:万州区"):
        found = read_query(query, board.ledger.settings, board.day).found(board.standings)
        assert [one.id for one in found] == ["M1", "M2"]


@pytest.mark.parametrize("query, found", [
    ("book:具体问题", "P1"), ("账:Problems", "P1"), ("time_node:2018年年底", "M1"), ("time_node:2018", "M1"),
])  # fmt: skip
def test_a_book_and_a_time_node_are_found_by_their_names(query: str, found: str):
    paper = files([item("M1", due="2018-06-30")], problems=[item("P1", due="2019-06-30")],
                  books={"measures": {"name": "整改措施", "path": "measures.yaml"},
                         "problems": {"name": {"zh": "具体问题", "en": "problems"}, "path": "problems.yaml"}},
                  time_nodes=[{"id": "2018", "date": "2018-12-31", "name": "2018年年底"},
                              {"id": "2019", "date": "2019-12-31"}])  # fmt: skip
    board = Board(sound(paper), date(2018, 1, 10))
    assert [one.id for one in read_query(query, board.ledger.settings, board.day).found(board.standings)] == [found]
