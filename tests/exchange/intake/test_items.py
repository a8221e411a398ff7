"""Rows of a sheet as items of a book: what they add and change, and what is turned away."""

from __future__ import annotations

import pytest

from ledger.exchange.intake.vocabulary import Mapped
from ledger.exchange.intake.write import import_changes
from ledger.exchange.sheet.sheet import Cell
from ledger.storage.ledger import read_ledger
from ledger.storage.refusal import CannotChange
from tests import paper
from tests.exchange.intake.import_paper import TODAY, after, changes, meaning, sheet, told, written

pytestmark = pytest.mark.quick

TARGET = {"name": "开工", "unit": "座", "goal": ">= 46", "due": "2017-12-31"}
FILES = paper.files(
    [
        paper.item("M1", title={"zh": "一", "en": "one"}, responsible=["万州区", "开州区"], targets={"a": TARGET}),
        paper.item("M2", steps=["起草", "印发"], origin="feedback", goal="达标"),
    ],
    problems=[paper.item("P1")],
)
LEDGER = paper.sound(FILES)


def test_an_item_that_is_not_there_is_added_with_the_day_it_entered():
    found = meaning(LEDGER, sheet(["编号", "事项", "牵头单位", "整改时限"], ["M3", "三", "甲", "2018/6/30"], ["M2"]))
    (new,) = found.reads[0].items
    assert (new.id, new.book, new.title.zh) == ("M3", "measures", "三")
    (item,) = [one for one in after(FILES, found, LEDGER).items if one.id == "M3"]
    assert (item.book, item.lead, item.due.isoformat(), item.added) == ("measures", "甲", "2018-06-30", TODAY)


def test_a_new_item_keeps_the_day_that_its_row_gives():
    found = meaning(
        LEDGER,
        sheet(["id", "title", "lead", "due", "added"], ["M3", "x", "y", "立行立改", "2017-06-01"]),
        book="measures",
    )
    (item,) = [one for one in after(FILES, found, LEDGER).items if one.id == "M3"]
    assert (item.due, str(item.added)) == ("immediate", "2017-06-01")


def test_a_new_item_names_every_field_that_it_lacks():
    found = meaning(LEDGER, sheet(["id", "title", "due"], ["M3", "x", "2018-02-30"]), book="measures")
    assert told(found) == [
        (2, 3, "there is no such day: 2018-02-30"), (2, 0, "M3 is new and needs lead (lead)")]  # fmt: skip
    assert found.is_empty


def test_a_new_item_with_targets_milestones_and_links_is_written_in_the_order_of_a_plan():
    header = [
        "milestones.p.due",
        "targets.b.goal",
        "targets.b.name",
        "problems",
        "due",
        "lead",
        "title",
        "id",
        "milestones.p.name",
    ]
    row = ["2018-01-01", "≥ 1,584", "建成", "P1", "2018-12-31", "甲", "新", "M3", "方案"]
    files = {**FILES, "measures.yaml": "- id: M1\n  title: x\n  lead: y\n  due: unstated\n"}
    ledger = paper.sound(files)
    found = meaning(ledger, sheet(header, row), book="measures")
    assert written(files, found, ledger)["measures.yaml"].removeprefix(files["measures.yaml"]) == (
        "\n- id: M3\n  title: 新\n  lead: 甲\n  added: 2018-01-08\n  due: 2018-12-31\n  problems: [P1]\n  targets:\n"
        '    b: {name: 建成, goal: ">= 1584"}\n  milestones:\n    p: {name: 方案, due: 2018-01-01}\n'
    )
    item = after(files, found, ledger).item("M3")
    assert str(item.targets[0].goal) == ">= 1584"
    assert item.linked("problems") == ("P1",)


def test_a_milestone_needs_its_deadline():
    found = meaning(
        LEDGER,
        sheet(["id", "title", "lead", "due", "milestones.p.name"], ["M3", "x", "y", "未载明", "方案"]),
        book="measures",
    )
    assert told(found) == [(2, 0, "milestones.p is new and needs milestones.p.due (deadline)")]


def test_each_field_that_differs_is_a_change():
    found = meaning(
        LEDGER, sheet(["id", "due", "责任单位", "targets.a.goal"], ["m1", "2018年6月30日", "万州区、城口县", "46"])
    )
    assert changes(found) == [
        ("M1", "due", "2017-12-31", "2018-06-30"), ("M1", "responsible", "万州区;开州区", "万州区;城口县")]  # fmt: skip
    item = after(FILES, found, LEDGER).item("M1")
    assert (str(item.due), item.responsible) == ("2018-06-30", ("万州区", "城口县"))


@pytest.mark.parametrize(
    "column, cell",
    [("targets.a.goal", "≥46"), ("targets.a.goal", "46"), ("due", "2017/12/31"), ("responsible", "万州区、开州区"),
     ("title", "one"), ("title", " 一 "), ("title.zh", "一"), ("weight", "1"), ("targets.a.due", "2017年12月31日")],
)  # fmt: skip
def test_the_same_value_written_otherwise_changes_nothing(column, cell):
    found = meaning(LEDGER, sheet(["id", column, "lead"], ["M1", cell, "市环保局"]))
    assert (changes(found), found.reads[0].known, found.is_empty) == ([], 1, True)


def test_a_title_without_a_language_changes_that_of_the_ledgers_own():
    found = meaning(LEDGER, sheet(["id", "title"], ["M1", "first"]))
    assert changes(found) == [("M1", "title.en", "one", "first")]
    assert tuple(after(FILES, found, LEDGER).item("M1").title) == ("一", "first")


def test_one_language_of_a_title_leaves_the_other():
    found = meaning(LEDGER, sheet(["id", "title.zh"], ["M1", "壹"], ["M2", "贰"]))
    ledger = after(FILES, found, LEDGER)
    assert tuple(ledger.item("M1").title) == ("壹", "one")
    assert tuple(ledger.item("M2").title) == ("贰", "title of M2")


def test_two_columns_that_contradict_each_other_are_refused():
    found = meaning(LEDGER, sheet(["id", "title", "title.zh"], ["M1", "x", "y"]))
    assert told(found) == [(2, 3, "two columns say different things")]


def test_steps_change_element_by_element():
    found = meaning(LEDGER, sheet(["id", "steps"], ["M2", "起草\n征求意见\n印发"]))
    assert changes(found) == [("M2", "steps", "起草;印发", "起草;征求意见;印发")]
    assert [words.zh for words in after(FILES, found, LEDGER).item("M2").steps] == ["起草", "征求意见", "印发"]


def test_an_empty_cell_keeps_what_the_ledger_has_and_says_so():
    found = meaning(LEDGER, sheet(["id", "goal", "origin", "lead"], ["M2", "", None, "甲"]))
    assert changes(found) == [("M2", "lead", "市环保局", "甲")]
    assert [(kept.item, kept.name, kept.value) for kept in found.reads[0].kept] == [
        ("M2", "goal", "达标"), ("M2", "origin", "feedback")]  # fmt: skip


def test_an_empty_cell_removes_a_field_only_where_that_is_asked_for():
    found = meaning(LEDGER, sheet(["id", "goal", "origin", "steps"], ["M2", "", "", ""]), clear=True)
    assert changes(found) == [
        ("M2", "goal", "达标", ""), ("M2", "origin", "feedback", ""), ("M2", "steps", "起草;印发", "")]  # fmt: skip
    item = after(FILES, found, LEDGER).item("M2")
    assert (tuple(item.goal), item.origin, item.steps) == (("", ""), "", ())


def test_a_required_field_is_never_removed():
    found = meaning(LEDGER, sheet(["id", "lead", "due"], ["M1", "", ""]), clear=True)
    assert told(found) == [(2, 2, "lead is required"), (2, 3, "due is required (deadline)")]


def test_a_target_whose_every_cell_is_empty_goes_with_its_key():
    names = [f"targets.a.{name}" for name in TARGET]
    found = meaning(LEDGER, sheet(["id", *names], ["M1", *[""] * 4]), clear=True)
    assert after(FILES, found, LEDGER).item("M1").targets == ()
    assert '"targets"' not in written(FILES, found, LEDGER)["measures.yaml"]


def test_one_cell_of_a_target_goes_alone():
    found = meaning(LEDGER, sheet(["id", "targets.a.due", "targets.a.unit"], ["M1", "", "座"]), clear=True)
    (target,) = after(FILES, found, LEDGER).item("M1").targets
    assert (target.due, target.unit, str(target.goal)) == (None, "座", ">= 46")


def test_columns_that_are_absent_change_nothing():
    found = meaning(LEDGER, sheet(["id", "lead"], ["M1", "甲"]), clear=True)
    assert changes(found) == [("M1", "lead", "市环保局", "甲")]


def test_items_that_the_sheet_does_not_name_stay_and_are_counted():
    found = meaning(LEDGER, sheet(["id", "lead"], ["M1", "市环保局"]))
    assert found.reads[0].absent == 1
    assert found.is_empty


def test_rows_without_an_id_with_a_bad_one_or_with_one_twice_are_rejected():
    found = meaning(LEDGER, sheet(["id", "lead"], ["", "x"], ["M 1", "x"], ["M1", "甲"], ["m1", "乙"], ["合计", "2"]))
    assert told(found) == [
        (2, 1, "id is required"), (3, 1, "not an id: M 1"), (5, 1, "m1 stands in row 4 already")]  # fmt: skip


def test_empty_rows_and_headers_that_repeat_are_no_rows():
    found = meaning(
        LEDGER, sheet(["编号", "牵头单位"], ["M1", "市环保局"], [" ", ""], ["编 号", "牵头单位"], ["M2", "市环保局"])
    )
    assert (found.reads[0].known, told(found)) == (2, [])


def test_known_items_of_any_book_are_taken_but_new_ones_need_one():
    found = meaning(LEDGER, sheet(["id", "lead"], ["M1", "市环保局"], ["P1", "甲"], ["X1", "乙"]))
    assert changes(found) == [("P1", "lead", "市环保局", "甲")]
    assert told(found) == [(4, 1, "X1 is new, and no book is named")]


def test_new_items_go_where_all_others_of_the_sheet_are():
    found = meaning(LEDGER, sheet(["id", "title", "lead", "due"], ["P1", "", "", ""], ["P2", "x", "y", "未载明"]))
    assert [(new.id, new.book) for new in found.reads[0].items] == [("P2", "problems")]


def test_an_item_of_another_book_than_the_named_one_is_not_changed():
    same = meaning(LEDGER, sheet(["id", "lead"], ["P1", "市环保局"]), book="measures")
    other = meaning(LEDGER, sheet(["id", "lead"], ["P1", "甲"]), book="measures")
    assert (same.reads[0].known, told(same)) == (1, [])
    assert told(other) == [(2, 0, "P1 is in the book problems, and would be changed")]


def test_an_item_in_two_sheets_is_taken_once():
    found = meaning(LEDGER, sheet(["id", "lead"], ["M1", "甲"]), sheet(["id", "lead"], ["M1", "乙"], name="二"))
    assert told(found) == [(2, 0, "M1 stands in the sheet 台账 already")]
    assert changes(found) == [("M1", "lead", "市环保局", "甲")]


def test_errors_of_the_spreadsheet_are_rejected_where_they_stand():
    found = meaning(LEDGER, sheet(["id", "lead", "due"], ["M1", Cell("#N/A", "error"), Cell("", "error", "=B2")]))
    assert [(row, column) for row, column, _ in told(found)] == [(2, 2), (2, 3)]


def test_a_percentage_is_the_number_of_a_target_in_percent_only():
    ledger = paper.sound(
        paper.files([paper.item(targets={"a": {"unit": "%", "goal": 80}, "b": {"unit": "座", "goal": 1}})])
    )
    cell = Cell("87.5", "percent")
    found = meaning(ledger, sheet(["id", "targets.a.goal"], ["M1", cell]))
    assert changes(found) == [("M1", "targets.a.goal", ">= 80", ">= 87.5")]
    assert told(meaning(ledger, sheet(["id", "targets.b.goal"], ["M1", cell]))) == [
        (2, 2, "this is no percentage: 87.5%")
    ]


def test_a_map_tells_columns_and_their_words():
    mapped = {
        "承办": Mapped("lead"),
        "何时": Mapped("due", {"长期": "long_term"}),
        "别的": Mapped(None),
        "没有": Mapped("goal"),
    }
    found = meaning(LEDGER, sheet(["编号", "承办", "何时", "别的"], ["M1", "甲", "长 期", "x"]), mapped=mapped)
    assert changes(found) == [("M1", "lead", "市环保局", "甲"), ("M1", "due", "2017-12-31", "long_term")]
    assert list(found.unused) == ["没有"]
    assert [(one.title, one.loud) for one in found.reads[0].left_out] == [("别的", False)]


def test_hidden_sheets_and_sheets_without_a_header_are_passed_over_and_said():
    found = meaning(
        LEDGER, sheet(["说明"], ["请填写"], name="说明"), sheet(["id", "lead"], ["M1", "甲"], name="藏", hidden=True),
        sheet(["list"], name="_lists", hidden=True), sheet(["id", "lead"], ["M1", "乙"]),
    )  # fmt: skip
    assert [(name, why.en) for name, why in found.passed] == [
        ("说明", "no column names found, not read"), ("藏", "a hidden sheet, not read")]  # fmt: skip
    assert changes(found) == [("M1", "lead", "市环保局", "乙")]


@pytest.mark.parametrize(
    "rows, settings, words",
    [
        ([["x", "y"]], {}, "no row of column names found: it needs title, lead, due"),
        ([["x", "y"]], {"journal": True}, "it needs date, item, event"),
        ([], {}, "the sheet holds nothing"),
        ([["id", "x"], ["M1", "2"]], {}, "beside the id no column of 台账 is known"),
        ([["id", "牵头单位", "牵头部门"], ["M1"]], {}, "two columns of 台账 are lead: B 牵头单位, C 牵头部门"),
        ([["id", "lead"], ["M1"]], {"book": "measure"}, "there is no book measure"),
    ],
)
def test_a_sheet_of_which_nothing_can_be_understood_is_refused(rows, settings, words):
    with pytest.raises(CannotChange) as refused:
        meaning(LEDGER, sheet(*rows), **settings)
    assert words in refused.value.message.en


def test_only_the_lines_of_the_changed_fields_change():
    text = (
        "# measures\n- id: M1   # first\n  title: {zh: 一, en: one} # t\n  lead: '甲'\n  due: 2017-12-31\n\n"
        '- {id: M2, title: "二", lead: 乙, due: immediate}\n# end\n'
    )
    files = {**FILES, "measures.yaml": text, "problems.yaml": "[]\n"}
    ledger = paper.sound(files)
    found = meaning(
        ledger, sheet(["id", "title.zh", "lead", "due"], ["M1", "壹", "丙", "中长期"], ["M2", "", "", "2018-01-01"])
    )
    assert written(files, found, ledger) == {
        "measures.yaml": text.replace("zh: 一", "zh: 壹").replace("'甲'", "'丙'").replace("2017-12-31", "long_term")
        .replace("due: immediate", "due: 2018-01-01")
    }  # fmt: skip


def test_a_csv_book_is_edited_in_its_cells():
    table = 'id,title,lead,due\nM1,一,甲,2017-12-31\nM2,"二,2",乙,immediate\n'
    files = {**FILES, "measures.csv": table}
    files["ledger.yaml"] = files["ledger.yaml"].replace("measures.yaml", "measures.csv")
    ledger = paper.sound(files)
    rows = [["id", "lead", "goal", "title", "due"], ["M2", "丙", "=1+1", "", ""], ["M3", "丁", "", "三", "立行立改"]]
    found = meaning(ledger, sheet(*rows))
    text = written(files, found, ledger)["measures.csv"]
    assert text == (
        'id,title,lead,due,goal,added\nM1,一,甲,2017-12-31\nM2,"二,2",丙,immediate,\'=1+1\n'
        "M3,三,丁,immediate,,2018-01-08\n"
    )
    assert after(files, found, ledger).item("M2").goal.zh == "=1+1"


def test_new_items_of_a_book_without_a_file_start_one():
    files = {path: text for path, text in FILES.items() if path != "actions.yaml"}
    ledger = paper.read(files)
    rows = [["id", "title", "lead", "due"], ["A1", "一", "甲", "未载明"], ["A2", "二", "甲", "未载明"]]
    found = meaning(ledger, sheet(*rows), book="actions")
    assert [item.id for item in after(files, found, ledger).book("actions")] == ["A1", "A2"]


def test_a_text_that_is_one_of_two_languages_changes_nothing_whatever_blanks_are_around_it():
    ledger = paper.sound(
        paper.files(
            [paper.item(title={"zh": "一", "en": " one "}, steps=[{"zh": "甲", "en": "a "}, {"zh": "乙", "en": "b"}])]
        )
    )
    assert meaning(ledger, sheet(["id", "title", "steps"], ["M1", "one", "a;b"])).is_empty


def test_a_new_milestone_of_a_known_item_needs_its_deadline_too():
    rows = [["id", "milestones.p.name", "milestones.p.due"], ["M1", "方案", ""], ["M2", "方案", "2017/6/30"]]
    found = meaning(LEDGER, sheet(*rows))
    assert told(found) == [(2, 3, "milestones.p is new and needs milestones.p.due (deadline)")]
    assert str(after(FILES, found, LEDGER).item("M2").milestones[0].due) == "2017-06-30"


def test_a_book_that_cannot_be_edited_safely_is_refused_with_its_place():
    files = {**FILES, "measures.yaml": "- id: M1\n  title: &x y\n  lead: 甲\n  due: unstated\n"}
    ledger = paper.read(files)
    found = meaning(ledger, sheet(["id", "lead"], ["M1", "乙"]))
    with pytest.raises(CannotChange) as refused:
        written(files, found, ledger)
    assert refused.value.message.en.startswith("measures.yaml:2:")


def test_new_items_of_a_book_of_many_files_go_into_the_last_one_and_need_one():
    many = {"name": "actions", "path": "actions/**/*.yaml"}
    books = paper.SETTINGS["books"]
    files = paper.files([paper.item("M1")], books={**books, "actions": many})
    rows = [["id", "title", "lead", "due"], ["A9", "一", "甲", "未载明"]]

    class Globbing(paper.Memory):
        def matching(self, pattern):
            return (
                [path for path in self.texts if path.startswith("actions/")]
                if "*" in pattern and "actions" in pattern
                else super().matching(pattern)
            )

    files["actions/a.yaml"], files["actions/b.yaml"] = paper.yaml([paper.item("A1")]), paper.yaml([paper.item("A2")])
    ledger = read_ledger(Globbing(files))
    found = meaning(ledger, sheet(*rows), book="actions")
    assert [change.path for change in import_changes(Globbing(files), ledger, found, "office")] == ["actions/b.yaml"]
    bare = {path: text for path, text in files.items() if not path.startswith("actions/")}
    empty = read_ledger(Globbing(bare))
    with pytest.raises(CannotChange, match="has no file yet"):
        import_changes(Globbing(bare), empty, meaning(empty, sheet(*rows), book="actions"), "office")


def test_new_items_start_a_csv_book_whose_file_is_missing():
    files = {path: text for path, text in FILES.items() if path != "actions.yaml"}
    files["ledger.yaml"] = files["ledger.yaml"].replace("actions.yaml", "actions.csv")
    ledger = paper.read(files)
    rows = [["id", "title", "lead", "due", "goal"], ["A1", "一", "甲", "未载明", ""], ["A2", "二", "甲", "未载明", "x"]]
    found = meaning(ledger, sheet(*rows), book="actions")
    assert written(files, found, ledger)["actions.csv"] == (
        "id,title,lead,added,due,goal\nA1,一,甲,2018-01-08,unstated,\nA2,二,甲,2018-01-08,unstated,x\n"
    )


def test_an_id_that_stands_twice_in_the_ledger_is_not_touched():
    ledger = paper.read(paper.files([paper.item("M1")], problems=[paper.item("m1")]))
    assert told(meaning(ledger, sheet(["id", "lead"], ["M1", "甲"]))) == [(2, 1, "M1 stands 2 times in the ledger")]


def test_a_listed_unit_with_a_comma_in_its_name_stays_whole_and_others_are_parted_and_said():
    units = [{"name": name} for name in ("水利、农业局", "万州区", "开州区", "市环保局")]
    ledger = paper.sound(paper.files([paper.item()], units=units))
    found = meaning(ledger, sheet(["id", "responsible"], ["M1", "水利、农业局;万州区，开州区"]))
    assert changes(found) == [("M1", "responsible", "", "水利、农业局;万州区;开州区")]
    assert [(spot.column, words.en) for spot, words in found.reads[0].notes] == [
        (2, "1 cell: parted at commas or line breaks")]  # fmt: skip


def test_a_cell_of_blanks_is_an_empty_cell():
    found = meaning(LEDGER, sheet(["id", "goal"], ["M2", " \n "]))
    assert [kept.name for kept in found.reads[0].kept] == ["goal"]


def test_a_new_target_may_be_given_in_percent():
    cell = Cell("87.5", "percent")
    rows = [["id", "title", "lead", "due", "targets.a.goal"], ["M3", "x", "y", "未载明", cell]]
    assert told(meaning(LEDGER, sheet(*rows), book="measures")) == []
    assert told(meaning(LEDGER, sheet(["id", "weight"], ["M1", cell]))) == [(2, 2, "this is no percentage: 87.5%")]


def test_a_book_that_is_not_there_is_told_with_those_that_are():
    for name, hint in (("measure", "did you mean measures?"), ("x", "there are: measures, problems, actions")):
        with pytest.raises(CannotChange) as refused:
            meaning(LEDGER, sheet(["id", "lead"], ["M1", "x"]), book=name)
        assert refused.value.hint.en == hint


def test_a_book_may_be_named_by_its_name():
    found = meaning(LEDGER, sheet(["id", "title", "lead", "due"], ["M3", "x", "y", "未载明"]), book="措施")
    assert [(new.id, new.book) for new in found.reads[0].items] == [("M3", "measures")]


def test_removing_the_last_of_several_targets_leaves_the_others():
    ledger = paper.sound(paper.files([paper.item(targets={"a": {"goal": 1}, "b": {"goal": 2}})]))
    files = paper.files([paper.item(targets={"a": {"goal": 1}, "b": {"goal": 2}})])
    found = meaning(ledger, sheet(["id", "targets.a.goal", "targets.b.goal"], ["M1", "", "2"]), clear=True)
    assert [target.key for target in after(files, found, ledger).item("M1").targets] == ["b"]


def test_an_id_is_what_people_see_of_it():
    header = ["id", "title", "lead", "due"]
    rest = ["x", "y", "未载明"]
    rows = [[Cell("1", "number", "", "001"), *rest], [Cell("1", "number", "", "M1"), "", "", ""]]
    found = meaning(LEDGER, sheet(header, *rows), book="measures")
    assert ([one.id for one in found.reads[0].items], found.reads[0].known) == (["001"], 1)


@pytest.mark.parametrize(
    "cell, reason",
    [
        (Cell("2018-03-01", "date"), "the id has become a day: 2018-03-01"),
        (Cell("true", "flag"), "the id has become TRUE"),
        (Cell("20180101000001000", "number"), "more than 15 digits, which a spreadsheet does not keep"),
    ],
)
def test_an_id_that_a_spreadsheet_has_changed_is_rejected(cell, reason):
    ((row, column, told_reason),) = told(
        meaning(LEDGER, sheet(["id", "title", "lead", "due"], [cell, "x", "y", "未载明"]))
    )
    assert (row, column, told_reason.startswith(reason)) == (2, 1, True)


def test_a_picture_is_held_back_with_a_sentence():
    cell = Cell("", "error", '=DISPIMG("ID_1",1)')
    assert told(meaning(LEDGER, sheet(["id", "goal"], ["M2", cell]))) == [
        (2, 2, "the cell holds a picture, which is no text")]  # fmt: skip
