"""The header of a stranger's sheet: which column is which field."""

from __future__ import annotations

import pytest

from ledger.exchange.intake.column_role import ENTRY_WORDS, ITEM_WORDS
from ledger.exchange.intake.header import find_header, find_list_header
from ledger.exchange.intake.vocabulary import Mapped, Vocabulary
from ledger.model.field import JOURNAL
from ledger.storage.plan import item_fields
from tests import paper
from tests.exchange.intake.import_paper import sheet

pytestmark = pytest.mark.quick

FIELDS = item_fields(paper.sound(paper.files([paper.item()])).settings)


def vocabulary(**mapped: Mapped) -> Vocabulary:
    return Vocabulary(FIELDS, ITEM_WORDS, mapped)


def read(*titles: str, **mapped: Mapped) -> dict[str, str]:
    """The fields of columns with these titles; empty for those left out."""
    known = vocabulary(**mapped)
    found = {}
    for number, title in enumerate(titles, 1):
        column = known.read(number, [title])
        found[title] = getattr(column, "name", "")
    return found


@pytest.mark.parametrize(
    "title, name",
    [
        ("id", "id"), ("编号", "id"), ("ID", "id"), ("title.zh", "title.zh"), ("事项", "title"), ("整改任务", "title"),
        ("牵头单位", "lead"), ("牵头部门", "lead"), ("责 任\n单 位", "responsible"), ("责任单位（区县）", "responsible"),
        ("配合单位：", "cooperating"), ("整改时限*", "due"), ("完成时限", "due"), ("deadline", "due"), ("整改措施", "steps"),
        ("整改目标", "goal"), ("备注", "remark"), ("targets.started.goal", "targets.started.goal"),
        ("目标指标.started.目标值", "targets.started.goal"), ("Targets.Started.Due", "targets.Started.due"),
        ("阶段目标.plans.时限", "milestones.plans.due"), ("problems", "problems"), ("问题", "problems"),
        ("ｔｉｔｌｅ．ｅｎ", "title.en"), ("targets.a.name.zh", "targets.a.name.zh"), ("steps.en", "steps.en"),
    ],
)  # fmt: skip
def test_names_labels_and_the_usual_words_are_known(title, name):
    assert read(title) == {title: name}


@pytest.mark.parametrize(
    "title",
    ["联系电话", "targets", "targets.started", "targets.started.colour", "targets..goal", "due.zh", "title.fr",
     "title.zh.en", "targets.a/b.goal", "milestones", "lead.x"],
)  # fmt: skip
def test_what_is_no_field_is_left_out_loudly(title):
    found = vocabulary().read(1, [title])
    assert (found.title, found.loud) == (title, True)


@pytest.mark.parametrize("title, words", [("序号", "only numbers the rows"), ("剩余天数", "worked out by the ledger")])
def test_what_a_ledger_works_out_itself_is_left_out_quietly(title, words):
    found = vocabulary().read(1, [title])
    assert not found.loud
    assert words in found.why.en


def test_derived_columns_of_an_export_are_not_even_mentioned():
    assert vocabulary().read(1, ["now.state"]) is None
    assert vocabulary().read(1, []) is None


def test_a_near_miss_is_named():
    assert "did you mean responsible?" in vocabulary().read(1, ["responsable"]).hint.en


def test_the_map_goes_before_everything_else():
    found = read("备注", "承办", "时限", 备注=Mapped(None), 承办=Mapped("lead"), 时限=Mapped("targets.a.due"))
    assert found == {"备注": "", "承办": "lead", "时限": "targets.a.due"}


def test_a_map_to_what_is_no_field_is_said():
    found = vocabulary(承办=Mapped("leed")).read(1, ["承办"])
    assert "the map says leed" in found.why.en
    assert found.hint.en == "did you mean lead?"


def test_words_of_the_map_belong_to_their_column():
    column = vocabulary(时限=Mapped("due", {"长 期": "long_term"})).read(1, ["时限"])
    assert column.words == {"长期": "long_term"}


def found(*rows, merged=(), needed=("id",)):
    header = find_header(sheet(*rows, merged=merged), vocabulary(), needed)
    return header and (header.last, [(column.number, column.name) for column in header.columns])


def test_a_header_stands_below_titles_and_remarks():
    rows = [["整改台账"], ["填报单位：甲"], [], ["序号", "编号", "事项"], ["1", "M1", "x"]]
    assert found(*rows, merged=[(1, 1, 1, 3)]) == (4, [(2, "id"), (3, "title")])


def test_a_header_of_two_rows_is_read_by_its_lowest_cells():
    rows = [["编号", "责任分工", "责任分工", "整改时限"], ["编号", "牵头单位", "责任单位", "整改时限"], ["M1"]]
    merged = [(1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4)]
    assert found(*rows, merged=merged) == (2, [(1, "id"), (2, "lead"), (3, "responsible"), (4, "due")])


def test_a_group_of_columns_above_joins_the_names_below():
    rows = [[None, "目标指标.started", "目标指标.started"], ["编号", "名称", "目标值"], ["M1"]]
    assert found(*rows, merged=[(1, 2, 1, 3)]) == (
        2, [(1, "id"), (2, "targets.started.name"), (3, "targets.started.goal")])  # fmt: skip


def test_a_sheet_without_the_needed_columns_has_no_header():
    assert found(["事项", "整改时限"], ["x", "y"]) is None
    assert found(*[["x"]] * 31, ["编号", "事项"]) is None


def test_two_columns_of_one_field_are_told():
    header = find_header(sheet(["编号", "牵头单位", "牵头部门"]), vocabulary(), ["id"])
    ((first, second),) = header.twice
    assert (first.title, second.title) == ("牵头单位", "牵头部门")


def test_columns_of_the_journal_are_known_by_their_labels():
    known = Vocabulary({field.name: field for field in JOURNAL}, ENTRY_WORDS, {})
    titles = ["日期", "编号", "事件", "对象", "值", "报送单位", "进展情况", "文号", "佐证"]
    names = [known.read(1, [title]).name for title in titles]
    assert names == ["date", "item", "event", "key", "value", "by", "text", "doc", "file"]


def test_every_field_and_column_is_known_by_its_own_name_and_labels():
    for field in FIELDS.values():
        if field.kind not in ("records", "tags"):
            assert read(field.name, field.label.zh) == {field.name: field.name, field.label.zh: field.name}


def test_a_title_merged_over_most_of_the_sheet_names_none_of_its_columns():
    names = ["序号", "反馈问题", "整改目标", "整改措施", "责任单位", "整改时限", "是否完成", "整改进展", "责任人"]
    rows = [["某市督察反馈问题整改进展情况表（截至2019年6月30日）"], names]
    guessing = Vocabulary(FIELDS, ITEM_WORDS, {}, guesses=True)
    header = find_list_header(sheet(*rows, merged=[(1, 1, 1, 8)]), guessing)
    assert header is not None
    assert header.last == 2
