"""An office's own list: its numbers, groups of rows, states and totals, and what a second reading of it finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ledger.exchange.intake.result import Import
from ledger.exchange.intake.row import Terms
from ledger.exchange.intake.tables import Request, imported
from ledger.exchange.list.new_ledger import language_of, ledger_from
from ledger.exchange.sheet.sheet import Cell, Sheets
from ledger.storage.refusal import CannotChange
from tests import paper
from tests.exchange.intake.import_paper import after, changes, sheet, told, written

TODAY = date(2026, 11, 30)
JUNE = date(2019, 6, 30)
HEAD = ["序号", "反馈问题", "整改措施", "牵头单位", "整改时限"]
STATES = [*HEAD, "进展情况", "是否完成", "验收销号"]
EMPTY = paper.files(books={"problems": {"name": "具体问题", "path": "problems.yaml"},
                           "measures": {"name": "整改措施", "path": "measures.yaml"}}, start="2018-01-01",
                    time_nodes=[{"id": "2025", "date": "2025-12-31"}])  # fmt: skip
EMPTY |= {"problems.yaml": "[]\n", "measures.yaml": "[]\n"}


def row(number: object, *more: object, title: str = "") -> list[object]:
    """A row of a list with a title, a measure, a lead and a deadline."""
    first = [number, title or f"问题{number}", "1.制定方案；\n2.组织实施。", "市环保局", "2018年底前"]
    return [*first, *more]


def read(ledger, *sheets, book="problems", children="", as_of=None, added=None) -> Import:
    terms = Terms(False, False, added or TODAY, as_of, children, "list.xlsx", added is not None)
    return imported(Sheets(Path("list.xlsx"), list(sheets), {}), ledger, Request(book, False, {}, terms))


def ledger_of(*rows, files=EMPTY, **options):
    """The ledger after a list of these rows came in."""
    before = paper.read(files)
    found = read(before, sheet(*rows), **options)
    assert told(found) == []
    return after(files, found, before)


def entries(found: Import) -> list[dict[str, str]]:
    return [
        {name: cell for name, cell in one.row.items() if name != "source"} for r in found.reads for one in r.entries
    ]


@pytest.mark.parametrize(
    "numbers, ids",
    [([1, 2, 3], ["P01", "P02", "P03"]), (["001", "002"], ["P001", "P002"]), (["（一）", "（二）"], ["P01", "P02"]),
     (["第1项", "第2项"], ["P01", "P02"]), (["①", "②"], ["P01", "P02"]), (["1、", "12、"], ["P01", "P12"]),
     (["1-1", "1-2"], ["P01-1", "P01-2"]), ([99, 100], ["P099", "P100"])],
)  # fmt: skip
def test_numbers_make_ids_with_the_letter_of_the_book(numbers, ids):
    assert [item.id for item in ledger_of(HEAD, *map(row, numbers)).items] == ids


@pytest.mark.parametrize("written", [["Q1", "Q2"], ["2018-001", "2018-002"], ["A-1", "B.7"], ["Q1", "合计"]])
def test_ids_in_the_column_of_numbers_are_ids(written):
    ledger = ledger_of(HEAD, *(row(one) for one in written))
    assert [one.id for one in ledger.items] == [one for one in written if one != "合计"]


@pytest.mark.parametrize("written, said", [
    ([1, ""], ["1 row without a number"]), ([1, "第二批"], ["1 row with a number that is none, such as 第二批"]),
    (["2018-03-01", "2018-03-02"], ["2 rows with a number that is none, such as 2018-03-01"]),
])  # fmt: skip
def test_rows_without_a_number_say_what_stands_there(written, said):
    found = read(paper.read(EMPTY), sheet(HEAD, *(row(one, title=f"问题 {n}") for n, one in enumerate(written))))
    assert [one.message.en for r in found.reads for one in r.rejected] == said


def test_a_number_that_excel_made_a_day_is_rejected():
    found = read(paper.read(EMPTY), sheet(HEAD, row(Cell("2018-01-01", "date"), title="x"), row(2)))
    ((number, column, reason),) = told(found)
    assert (number, column) == (2, 1)
    assert "the id has become a day" in reason


def test_the_same_list_finds_its_items_also_when_it_has_grown_past_its_digits():
    files = {**EMPTY, "problems.yaml": paper.yaml([paper.item(f"P{n:02}", title=f"问题{n}") for n in (1, 99)])}
    found = read(paper.read(files), sheet(HEAD, row("一"), row("99"), row("100")))
    assert ([one.id for one in found.reads[0].items], {one.id for one in found.reads[0].changed}) == (
        ["P100"],
        {"P01", "P99"},
    )


def test_a_list_without_numbers_is_numbered_in_order_and_found_again_by_its_titles():
    rows = [HEAD[1:], *(row(n)[1:] for n in (1, 2))]
    ledger = ledger_of(*rows)
    assert [item.id for item in ledger.items] == ["P01", "P02"]
    grown = read(ledger, sheet(*rows, row(3)[1:]))
    assert [one.id for one in grown.reads[0].items] == ["P03"]
    assert any("numbered in order" in words.en for _, words in grown.reads[0].notes)


def test_steps_lose_their_numbers_and_end_marks():
    assert [step.zh for step in ledger_of(HEAD, row(1)).items[0].steps] == ["制定方案", "组织实施"]


def test_a_phrase_with_two_parts_sets_two_things():
    phrase = "2018年6月底前完成方案，2020年底前完成整改"
    item = ledger_of(HEAD, [1, "x", "y", "甲", phrase], [2, "z", "y", "甲", "立行立改，长期坚持"]).items
    assert (str(item[0].due), item[0].due_basis) == ("2020-12-31", "in_text")
    assert [(stage.name.zh, str(stage.due)) for stage in item[0].milestones] == [("完成方案", "2018-06-30")]
    assert (item[1].due, item[1].upkeep) == ("immediate", "lasting")


def test_an_extension_nobody_granted_is_a_request_of_the_lead():
    ledger = paper.read(EMPTY)
    found = read(ledger, sheet(HEAD, [1, "x", "y", "甲", "2018年12月31日（已延期至2019年6月30日）"]), as_of=JUNE)
    assert entries(found) == [
        {"date": "2019-06-30", "item": "P01", "event": "request", "key": "extend", "until": "2019-06-30", "by": "甲"}]  # fmt: skip
    assert str(after(EMPTY, found, ledger).items[0].due) == "2018-12-31"


def test_phrases_that_must_be_asked_are_one_rejection_each_with_the_number_of_rows():
    rows = [[n, "x", "y", "甲", "2018年汛期前"] for n in (1, 2, 3)]
    found = read(paper.read(EMPTY), sheet(HEAD, *rows, [4, "x", "y", "甲", "尽快"], row(5)))
    assert told(found) == [(2, 5, "“2018年汛期前” × 3 rows: names no day"), (5, 5, "“尽快” × 1 row: names no day")]
    assert found.reads[0].bad_rows == 4


# States


@pytest.mark.parametrize(
    "state, closed, lines",
    [
        ("是", "", [("done", {"approx": "before"})]),
        ("基本完成", "", [("done", {"firm": "basic", "approx": "before"})]),
        ("阶段性完成", "", [("close", {"key": "stage", "value": ""})]),
        ("达到序时", "", [("report", {"text": "达到序时"})]),
        ("否", "未销号", []),
        ("已完成（2019年3月5日）", "", [("done", {"date": "2019-03-05"})]),
        ("已完成", "已销号", [("done", {"approx": "before"}), ("close", {})]),
        ("", "是", [("done", {"approx": "before"}), ("close", {})]),
    ],
)  # fmt: skip
def test_state_columns_become_facts_of_one_day(state, closed, lines):
    found = read(paper.read(EMPTY), sheet(STATES, row(1, "", state, closed)), as_of=JUNE)
    expected = [{"date": "2019-06-30", "item": "P01", "event": event, **more} for event, more in lines]
    assert entries(found) == expected


def test_progress_in_words_is_a_report_and_words_that_say_nothing_are_none():
    found = read(paper.read(EMPTY), sheet(STATES, row(1, "已开工", "正在整改"), row(2, "暂无", "否")), as_of=JUNE)
    assert [(one["event"], one["text"]) for one in entries(found)] == [("report", "正在整改；已开工")]


def test_the_day_in_the_column_is_that_of_the_line():
    head = [*HEAD, "整改完成日期", "销号情况"]
    found = read(paper.read(EMPTY), sheet(head, row(1, Cell("2019-03-01", "date"), "已销号"), row(2)), as_of=JUNE)
    assert [(one["event"], one["date"], one.get("approx")) for one in entries(found)] == [
        ("done", "2019-03-01", None), ("close", "2019-06-30", None)]  # fmt: skip


def test_the_day_of_a_list_stands_in_its_title_and_else_is_asked_for():
    rows = [STATES, row(1, "", "是")]
    found = read(paper.read(EMPTY), sheet(["整改清单（截至2019年6月30日）"], *rows))
    assert entries(found)[0]["date"] == "2019-06-30"
    with pytest.raises(CannotChange) as refused:
        read(paper.read(EMPTY), sheet(*rows))
    assert "--as-of" in refused.value.hint.en


def test_a_rolled_list_brings_what_is_new_keeps_first_dates_and_tells_what_went_back():
    ledger = paper.read(EMPTY)
    june = read(ledger, sheet(STATES, row(1, "", "是"), row(2, "开工", "否"), row(3, "", "是")), as_of=JUNE)
    files = EMPTY | written(EMPTY, june, ledger)
    july = read(paper.read(files), sheet(STATES, row(1, "", "是"), row(2, "开工", "已完成"), row(3, "", "未完成")),
                as_of=date(2019, 7, 31))  # fmt: skip
    assert [(one["item"], one["event"], one["date"]) for one in entries(july)] == [("P02", "done", "2019-07-31")]
    assert [(item, words.en) for _, item, words in july.reads[0].went_back] == [
        ("P03", "done in the ledger, not done here")
    ]


def test_progress_that_falls_is_told_and_a_bare_fraction_is_asked_about():
    head = [*HEAD, "整改进度"]
    files = {**EMPTY, "problems.yaml": paper.yaml([paper.item("P01", title="问题1")]),
             "journal/2019/a.csv": paper.journal([paper.fact("2019-05-31", "progress", item="P01", value="64")])}  # fmt: skip
    found = read(paper.read(files), sheet(head, row(1, "40%"), row(2, Cell("0.75", "number"))), as_of=JUNE)
    assert [words.en for _, _, words in found.reads[0].went_back] == ["progress fell from 64% to 40%"]
    assert told(found)[-1][2] == "0.75: 0.75%, or 75%"


# Groups


def group(measure: str, unit: str, due: str) -> list[str]:
    return ["", "", measure, unit, due]


MERGED = [HEAD, [1, "甲问题", "措施一", "甲局", "2018年底前"], group("措施二", "乙局", "2019年6月底"), row(2)]


@pytest.mark.parametrize("merged", [[(2, 1, 3, 1), (2, 2, 3, 2)], []])
def test_rows_of_one_number_are_a_problem_with_a_measure_each(merged):
    ledger = paper.read(EMPTY)
    found = read(ledger, sheet(*MERGED, merged=merged), children="measures")
    assert told(found) == []
    items = after(EMPTY, found, ledger).items
    assert [(one.id, one.book, one.lead, str(one.due), one.under) for one in items] == [
        ("P01", "problems", "甲局", "2019-06-30", ""), ("P02", "problems", "市环保局", "2018-12-31", ""),
        ("P01-1", "measures", "甲局", "2018-12-31", "P01"), ("P01-2", "measures", "乙局", "2019-06-30", "P01")]  # fmt: skip
    assert [one.title.zh for one in items[2:]] == ["措施一", "措施二"]


def test_without_the_option_the_refusal_proposes_it():
    found = read(paper.read(EMPTY), sheet(*MERGED))
    (one,) = found.rejected
    assert (one.message.en, one.rows) == ("1 numbers have several rows with a measure each", (2, 3))
    assert "--children" in one.hint.en


def test_a_problem_all_of_whose_measures_are_done_is_done():
    head = [*HEAD, "是否完成"]
    rows = [[1, "甲问题", "措施一", "甲局", "2018年底前", "是"], [*group("措施二", "乙局", ""), "基本完成"]]
    found = read(paper.read(EMPTY), sheet(head, *rows), children="measures", as_of=JUNE)
    assert [(one["item"], one.get("firm", "")) for one in entries(found)] == [
        ("P01", "basic"), ("P01-1", ""), ("P01-2", "basic")]  # fmt: skip


# Rows that are no items


def test_totals_are_compared_and_headers_notes_and_headings_are_no_items():
    rows = [["清单"], HEAD, ["一、大气"], row(1), row(2), HEAD, row(3), ["合计", "4项"], ["注：由整改办汇总"]]
    found = read(paper.read(EMPTY), sheet(*rows))
    assert len(found.reads[0].items) == 3
    notes = [words.en for _, words in found.reads[0].notes]
    assert "the row “合计” is no item" in notes
    assert "the total says 4, the list has 3" in notes
    assert [words.en for _, words in found.reads[0].passed] == [
        "no item, not read: 一、大气",
        "no item, not read: 注：由整改办汇总",
    ]


def test_a_sum_in_a_row_of_totals_is_that_of_its_column():
    head = [*HEAD, "数量（座）"]
    good = sheet(head, row(1, "3"), row(2, "4"), ["合计", "", "", "", "", "7"])
    bad = sheet(head, row(1, "3"), row(2, "4"), ["合计", "", "", "", "", "8"])
    assert "its numbers agree" in read(paper.read(EMPTY), good).reads[0].notes[-1][1].en
    assert read(paper.read(EMPTY), bad).reads[0].notes[-1][1].en == "the total says 8, the list has 7"


def test_columns_nobody_knows_are_tags_and_telephones_stay_outside():
    head = [*HEAD, "类别", "责任人", "联系电话"]
    found = read(paper.read(EMPTY), sheet(head, row(1, "水", "张三", "139")))
    values = found.reads[0].items[0].values
    assert (values["tags", "类别"], values["tags", "责任人"]) == (("水",), ("张三",))
    assert "139" not in str(values)


@pytest.mark.parametrize(
    "titles, names",
    [
        (["序号", "问题清单", "整治措施", "责任部门", "完成时限"], ["number", "title", "steps", "responsible", "due"]),
        (["项次", "存在问题", "整改举措", "主办单位", "协办单位", "要求完成时间"],
         ["number", "title", "steps", "lead", "cooperating", "due"]),
        (["编号", "督察反馈意见具体问题", "整改目标", "整改单位", "办结时限", "办理情况", "是否办结", "备注说明"],
         ["id", "title", "goal", "responsible", "due", "report", "state", "remark"]),
        (["序号", "隐患内容", "整改建议", "责任主体", "整改期限", "实际完成时间", "复核结果"],
         ["number", "title", "steps", "responsible", "due", "done_date", "closed"]),
        (["序号", "任务", "牵头部门", "计划完成时间", "预计完成时间", "完成比例", "存在困难"],
         ["number", "title", "lead", "due", "expect", "progress", "trouble"]),
    ],
)  # fmt: skip
def test_headers_in_other_words_are_understood(titles, names):
    found = read(paper.read(EMPTY), sheet(titles, *[["1", *"xxxxxxx"[: len(titles) - 1]]] * 1), as_of=JUNE)
    assert [one.name for one in found.reads[0].understood] == names


def test_a_header_of_two_rows_needs_no_merged_cells():
    head = [["序号", "反馈问题", "整改责任单位", "", "整改时限"], ["", "", "建设", "施工", ""]]
    item = ledger_of(*head, [1, "x", "甲公司", "乙公司", "2018年底前"]).items[0]
    assert (item.lead, item.responsible) == ("甲公司", ("甲公司", "乙公司"))


def test_a_unit_is_spelled_in_one_way():
    rows = [
        [n, "x", "y", unit, "2018年底前"] for n, unit in enumerate(["甲区（新区）", "甲区(新区)", "甲 区（新区）"], 1)
    ]
    found = read(paper.read(EMPTY), sheet(HEAD, *rows))
    assert {str(one.values["lead",]) for one in found.reads[0].items} == {"甲区（新区）"}
    assert found.spellings == {"甲区（新区）": ["甲区(新区)"]}


def test_new_items_enter_at_the_start_where_their_deadlines_have_passed_and_it_is_said():
    ledger = ledger_of(HEAD, row(1), [2, "x", "y", "甲", "2027年底前"], files=EMPTY)
    assert [str(item.added) for item in ledger.items] == ["2018-01-01", "2026-11-30"]
    found = read(paper.read(EMPTY), sheet(HEAD, row(1)))
    assert "entered the ledger on 2018-01-01: 1 item" in [words.en for _, words in found.reads[0].notes]
    assert str(ledger_of(HEAD, row(1), added=date(2018, 5, 1)).items[0].added) == "2018-05-01"


def test_reading_a_list_again_changes_nothing():
    files = dict(EMPTY)
    rows = [*MERGED[:3], [2, "乙问题", "措施", "甲局牵头，乙局配合", "2018年12月31日（延期至2019年6月30日）"]]
    ledger = paper.read(files)
    found = read(ledger, sheet(*rows), children="measures", as_of=JUNE)
    later = after(files, found, ledger)
    again = read(later, sheet(*rows), children="measures", as_of=JUNE)
    assert (again.is_empty, changes(again), told(again)) == (True, [], [])


def test_a_line_that_was_voided_is_not_brought_back_by_the_same_list():
    rows = [STATES, row(1, "", "已完成", "")]
    before = paper.read(EMPTY)
    files = {**EMPTY, **written(EMPTY, read(before, sheet(*rows), as_of=JUNE), before)}
    (done,) = paper.read(files).journal["P01"]
    void = paper.fact("2019-06-30", "void", "P01", key=f"2019-06-30/done#{done.fingerprint}")
    found = read(paper.read({**files, "journal/void.csv": paper.journal([void])}), sheet(*rows), as_of=JUNE)
    assert entries(found) == []
    assert [words.en for _, _, words in found.reads[0].went_back] == ["2019-06-30/done was voided in the ledger"]


# A ledger of its own


def started(*sheets, **options):
    terms = Terms(False, False, TODAY, options.pop("as_of", None), options.pop("children", ""), "list.xlsx", False)
    request = Request(options.pop("book", ""), False, {}, terms)
    return ledger_from(Sheets(Path("list.xlsx"), list(sheets), {}), request, start=options.pop("start", None), lang="zh",
                       writer="office")  # fmt: skip


def test_a_list_becomes_a_ledger_with_title_units_nodes_and_facts():
    made = started(
        sheet(["附件1"], ["某市整改清单（截至2019年6月30日）"], STATES, row(1, "", "是"), row(2, "开工", "否"))
    )
    settings = made.ledger.settings
    assert not made.ledger.findings
    assert settings.title.zh == "某市整改清单（截至2019年6月30日）"
    assert (str(settings.start), [str(node.date) for node in settings.time_nodes]) == ("2018-01-01", ["2018-12-31"])
    assert [book.id for book in settings.books] == ["problems"]
    assert [unit.name for unit in settings.units] == ["市环保局"]
    assert [(one.event, str(one.date)) for one in made.ledger.journal["P01"]] == [("done", "2019-06-30")]
    assert made.ledger.items[0].source == "list.xlsx 台账 行4"


def test_a_ledger_speaks_the_language_of_its_list():
    def spoken(*head: str) -> str:
        rows = sheet(head, ["x"] * len(head))
        return language_of(Sheets(Path("list.xlsx"), [rows], {}), Request("", False, {}, Terms(False, False, TODAY)))

    assert (spoken(*HEAD), spoken("Finding", "Action", "Deadline")) == ("zh", "en")


def test_two_sheets_that_count_alike_are_two_books_and_one_that_counts_on_is_the_same():
    made = started(sheet(HEAD, row(1), row(2)), sheet(HEAD, row(3), name="续"), sheet(HEAD, row(1), name="二"))
    assert [(item.book, item.id) for item in made.ledger.items] == [
        ("problems", "P01"), ("problems", "P02"), ("problems", "P03"), ("problems2", "R01")]  # fmt: skip


def test_many_deadlines_are_counted_at_the_ends_of_their_years():
    rows = [[n, "x", "y", "甲", f"2019年{n}月"] for n in range(1, 9)]
    assert [str(node.date) for node in started(sheet(HEAD, *rows)).ledger.settings.time_nodes] == ["2019-12-31"]


def test_nothing_is_written_of_a_list_with_a_row_that_cannot_be_taken():
    made = started(sheet(HEAD, row(1), [2, "x", "y", "甲", "尽快"]))
    assert len(made.found.rejected) == 1
    assert made.ledger.items == ()


def test_in_a_list_with_its_own_ids_a_ledger_may_begin_without_a_lead():
    head = ["编号", "具体问题", "整改举措", "承办部门", "办结期限", "完成情况"]
    terms = Terms(False, False, TODAY, JUNE, "", "list.xlsx", False, starting=True)
    rows = sheet(head, ["WT-001", "x", "y", "市环保局", "2019年6月底前", "已完成"])
    made = ledger_from(Sheets(Path("list.xlsx"), [rows], {}), Request("", False, {}, terms), start=None, lang="zh",
                       writer="office")  # fmt: skip
    assert [(item.book, item.id, item.lead) for item in made.ledger.items] == [("problems", "WT-001", "市环保局")]


def test_where_no_header_is_known_the_map_is_proposed_by_what_stands_in_the_cells():
    rows = [["甲", "乙", "丙"], ["堆放垃圾的问题没有解决", "某某局", "2019年底"], ["扬尘", "某某县", "立行立改"]]
    terms = Terms(False, False, TODAY)
    request = Request("problems", False, {}, terms, proposing=True)
    found = imported(Sheets(Path("list.xlsx"), [sheet(*rows)], {}), paper.read(EMPTY), request)
    assert [(one.title, one.name) for one in found.reads[0].understood] == [
        ("甲", "title"), ("乙", "responsible"), ("丙", "due")]  # fmt: skip
    with pytest.raises(CannotChange) as refused:
        read(paper.read(EMPTY), sheet(*rows))
    assert "--propose" in refused.value.hint.en


def test_a_list_in_english_is_understood_too():
    head = ["Finding", "Corrective action", "Responsible department", "Deadline", "Status"]
    found = read(paper.read(EMPTY), sheet(head, ["Leak", "repair", "Works dept", "2019-12-31", "Done"]), as_of=JUNE)
    assert [one.name for one in found.reads[0].understood] == ["title", "steps", "responsible", "due", "state"]
    assert entries(found)[0]["event"] == "done"


def test_an_extension_told_by_a_deadline_asks_for_its_day_by_the_name_of_that_column():
    moved = [*row(1)[:4], "2018年12月31日（已延期至2019年6月30日）"]
    with pytest.raises(CannotChange) as refused:
        read(paper.read(EMPTY), sheet(HEAD, moved))
    assert refused.value.message.en == "台账: as of which day do 整改时限 hold?"
