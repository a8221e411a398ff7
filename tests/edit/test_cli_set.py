"""ledger set: one value of the plan, and only its own line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.history import git
from tests.paper import fact, files, item

PLAN = """\
# the plan
- id: M1
  title: {zh: 渗滤液, en: Leachate}   # both
  lead: 市城管委
  responsible: [开州区, 江津区]

  # counted from here
  due: 2017-12-31
  goal: 基本全覆盖
  steps: [方案, 开工]
  targets:
    started: {name: 开工, goal: ">= 46", due: 2017-12-31}
  milestones: {plans: {name: 方案, due: 2017-09-30}}

- {id: M2, title: 考核, lead: 市环保局, due: 2018-12-31}
"""
SHEET = "id,title,lead,due,responsible\r\nP1,污水,开州区,2017-12-31,\r\n"
SETTINGS = {
    "books": {"measures": {"path": "measures.yaml"}, "problems": {"path": "problems.csv"}},
    "time_nodes": [{"id": "2020", "date": "2020-12-31"}],
}


@pytest.fixture
def book(make_ledger) -> Path:
    texts = files([item()], [fact("2017-05-01", "reading", "M1", key="started", value="43")], **SETTINGS)
    return make_ledger({**texts, "measures.yaml": PLAN, "problems.csv": SHEET.encode("gb18030")})


def changed(book: Path, path: str = "measures.yaml", before: str = PLAN) -> tuple[list[str], list[str]]:
    """The lines that are gone and those that are new."""
    old, new = before.splitlines(), (book / path).read_text(encoding="utf-8").splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.quick
def test_one_value_changes_one_line(run, book: Path):
    out = run("-C", book, "set", "M1", "lead=市水利局").out
    assert changed(book) == (["  lead: 市城管委"], ["  lead: 市水利局"])
    assert "M1 lead: 市城管委 → 市水利局" in out
    assert "measures.yaml:4" in out
    assert out.rstrip().endswith(f"Next: ledger -C {book} check")


@pytest.mark.parametrize("argument, gone, new", [
    ("title.en=Landfill leachate", "  title: {zh: 渗滤液, en: Leachate}   # both",
     "  title: {zh: 渗滤液, en: Landfill leachate}   # both"),
    ("targets.started.goal=>= 40", '    started: {name: 开工, goal: ">= 46", due: 2017-12-31}',
     '    started: {name: 开工, goal: ">= 40", due: 2017-12-31}'),
    ("targets.started.unit=座, 处", '    started: {name: 开工, goal: ">= 46", due: 2017-12-31}',
     '    started: {name: 开工, unit: "座, 处", goal: ">= 46", due: 2017-12-31}'),
    ("responsible+=万州区", "  responsible: [开州区, 江津区]", "  responsible: [开州区, 江津区, 万州区]"),
    ("responsible-=开州区", "  responsible: [开州区, 江津区]", "  responsible: [江津区]"),
    ("steps=方案;验收", "  steps: [方案, 开工]", "  steps: [方案, 验收]"),
    ("remark=see: 3", None, '  remark: "see: 3"'),
    ("weight=2", None, "  weight: 2"),
    ("goal=", "  goal: 基本全覆盖", None),
    ("牵头单位=市水利局", "  lead: 市城管委", "  lead: 市水利局"),
    ("牵头=市水利局", "  lead: 市城管委", "  lead: 市水利局"),
    ("Responsible=开州区", "  responsible: [开州区, 江津区]", "  responsible: [开州区]"),
    ("事项.en=Landfill leachate", "  title: {zh: 渗滤液, en: Leachate}   # both",
     "  title: {zh: 渗滤液, en: Landfill leachate}   # both"),
    ("目标指标.开工.计量单位=座", '    started: {name: 开工, goal: ">= 46", due: 2017-12-31}',
     '    started: {name: 开工, unit: 座, goal: ">= 46", due: 2017-12-31}'),
    ("milestones.plans=", "  milestones: {plans: {name: 方案, due: 2017-09-30}}", None),
])  # fmt: skip
def test_a_field_is_written_where_and_how_its_neighbours_are(run, book: Path, argument, gone, new):
    run("-C", book, "set", "M1", argument)
    assert changed(book) == ([gone] if gone else [], [new] if new else [])


def test_several_fields_are_one_edit(run, book: Path):
    out = run("-C", book, "set", "m2", "lead=市水利局", "due=2019-12-31", "origin=feedback").out
    assert changed(book)[1] == [
        "- {id: M2, title: 考核, lead: 市水利局, origin: feedback, due: 2019-12-31}",
    ]
    assert "lead: 市环保局 → 市水利局; due: 2018-12-31 → 2019-12-31; origin: (empty) → feedback" in out


def test_a_new_milestone_comes_with_its_name(run, book: Path):
    run("-C", book, "set", "M1", "milestones.works.due=2017-11-30", "milestones.works.name=works")
    assert (
        "  milestones: {plans: {name: 方案, due: 2017-09-30}, works: {name: works, due: 2017-11-30}}"
        in changed(book)[1]
    )


def test_a_csv_book_stays_in_its_encoding_and_only_the_row_changes(run, book: Path):
    run("-C", book, "set", "P1", "responsible=万州区;开州区", "due=2018-06-30")
    wanted = SHEET.replace("2017-12-31,\r", "2018-06-30,万州区;开州区\r")
    assert (book / "problems.csv").read_bytes() == wanted.encode("gb18030")


def test_a_field_that_the_table_has_no_column_for_makes_one(run, book: Path):
    run("-C", book, "set", "P1", "remark=x")
    wanted = "id,title,lead,due,responsible,remark\r\nP1,污水,开州区,2017-12-31,,x\r\n"
    assert (book / "problems.csv").read_bytes().decode("gb18030") == wanted


def test_what_is_there_already_is_said_and_not_written(run, book: Path):
    stamp = (book / "measures.yaml").stat().st_mtime_ns
    assert "reads so already" in run("-C", book, "set", "M1", "lead=市城管委", "weight=1", "remark=").out
    assert (book / "measures.yaml").stat().st_mtime_ns == stamp


def test_a_dry_run_shows_the_diff_and_writes_nothing(run, book: Path):
    done = run("-C", book, "set", "M1", "due=2018-12-31", "-n")
    assert [line for line in done.out.splitlines() if line[0] in "+-"][2:] == [
        "-  due: 2017-12-31",
        "+  due: 2018-12-31",
    ]
    assert (book / "measures.yaml").read_text(encoding="utf-8") == PLAN


@pytest.mark.parametrize("arguments, said", [
    (("M11", "lead=x"), "no item M11\n  did you mean M1?"),
    (("M1", "leed=x"), "no field leed\n  did you mean lead?"),
    (("M1", "完成时限=2018-01-01"), "did you mean due?"),
    (("M1", "owner=x"), "did you mean lead?"),
    (("M1", "status=done"), "use ledger record"),
    (("M1", "due=2018/13/2"), "there is no such day: 2018/13/2"),
    (("M1", "due=2018-02-30"), "there is no such day"),
    (("M1", "due=soon"), "immediate, long_term, unstated"),
    (("M1", "weight=many"), "weight: not a number"),
    (("M1", "origin=feedbak"), "origin cannot be feedbak\n  did you mean feedback?"),
    (("M1", "targets.started.goal=about 46"), "targets.started.goal: not a goal"),
    (("M1", "targets.stared.goal=40"), "no targets.stared\n  did you mean started?"),
    (("M1", "milestones.new.due=2017-01-01"), "needs milestones.new.name=… as well"),
    (("M1", "targets=3"), "targets is a group"),
    (("M1", "targets.started=3"), "write one of: targets.started.name"),
    (("M1", "targets.started.gaol=3"), "did you mean goal?"),
    (("M1", "targets.a/b.goal=3"), "holds no . and no /"),
    (("M1", "title=x"), "write title.zh=… or title.en=…"),
    (("M1", "title.fr=x"), "only zh or en may follow"),
    (("M2", "title.en=x"), "write title=x"),
    (("M1", "lead.zh=x"), "no field lead.zh"),
    (("M1", "lead="), "lead (lead) is required"),
    (("M1", "milestones.plans.due="), "to remove all of it write milestones.plans="),
    (("M1", "remark=  "), "to remove the field write remark="),
    (("M1", "lead+=x"), "lead is no list"),
    (("M1", "responsible-=开州"), "did you mean 开州区?"),
    (("M1", "responsible+="), "nothing stands behind responsible+="),
    (("M1", "lead＝x"), "use the half-width ="),
    (("M1", "lead"), "such as due=2018-12-31"),
    (("M1", "due=2018-01-01", "due=2018-02-01"), "due is given twice"),
    (("M1", "remark=\udcff"), "broken character"),
    (("P1", "title="), "title (title) is required"),
], ids=str)  # fmt: skip
def test_a_slip_is_named_with_what_to_write(run, book: Path, arguments, said: str):
    err = run("-C", book, "set", *arguments, code=2).err
    assert said in err
    assert (book / "measures.yaml").read_text(encoding="utf-8") == PLAN


def test_an_edit_that_would_add_an_error_is_refused_unless_forced(run, book: Path):
    assert "L203 M1" in run("-C", book, "set", "M1", "problems=P9", code=1).err
    assert (book / "measures.yaml").read_text(encoding="utf-8") == PLAN
    run("-C", book, "set", "M1", "problems=P9", "--force")
    assert changed(book)[1] == ["  problems: [P9]"]


def test_a_fault_of_the_item_can_be_mended(run, book: Path):
    (book / "measures.yaml").write_text(PLAN.replace("  due: 2017-12-31", "  due: 2017-02-30"), encoding="utf-8")
    run("-C", book, "set", "M1", "due=2017-12-31")
    assert (book / "measures.yaml").read_text(encoding="utf-8") == PLAN


@pytest.mark.parametrize("text, said", [
    (PLAN.replace("goal: 基本", "goal: &a 基本"), "measures.yaml:9:9 anchors, aliases and tags are not used here: a; mend that before editing"),
    (PLAN + "- id: M3\n  title: [\n", "mend that before editing"),
    (PLAN.replace("  lead: 市城管委\n", "  lead: 市城管委\n  lead: 市水利局\n"), "measures.yaml:5:3 lead stands twice"),
    (PLAN.replace("id: M2", "id: M1"), "M1 stands 2 times: measures.yaml:2:7, measures.yaml:15:8"),
])  # fmt: skip
def test_a_file_that_cannot_be_edited_safely_is_refused_with_the_place(run, book: Path, text: str, said: str):
    (book / "measures.yaml").write_text(text, encoding="utf-8")
    assert said in run("-C", book, "set", "M1", "lead=x", code=2).err
    assert (book / "measures.yaml").read_text(encoding="utf-8") == text


def test_the_sentences_are_chinese_where_the_user_is(run, book: Path, speak):
    speak("zh")
    assert "M1 lead：市城管委 → 甲" in run("-C", book, "set", "M1", "lead=甲").out
    assert "是否想写 lead？" in run("-C", book, "set", "M1", "owner=甲", code=2).err


@pytest.fixture
def approved(book: Path) -> Path:
    settings = (book / "ledger.yaml").read_text()
    baseline = '"baseline": {"tag": "plan-approved"}, "approvers": ["领导小组"],'
    (book / "ledger.yaml").write_text(settings.replace("{", "{" + baseline, 1))
    return book


@pytest.mark.parametrize("argument, command", [
    ("due=2018-06-30", "ledger record extend M1 --until 2018-06-30 --by 领导小组 --doc … --note …"),
    ("lead=a b", "ledger record amend M1 --key lead --value 'a b' --by 领导小组 --doc … --note …"),
    ("targets.started.goal=>= 40", "ledger record amend M1 --key targets.started.goal --value '>= 40' --by"),
    ("targets.started=", "ledger record amend M1 --key targets.started.goal --value … --by"),
    ("milestones.plans.due=2017-10-31", "ledger record amend M1 --key milestones.plans.due --value 2017-10-31 --by"),
    ("responsible+=万州区", "ledger record amend M1 --key responsible --value '开州区;江津区;万州区' --by"),
    ("responsible-=江津区", "ledger record amend M1 --key responsible --value 开州区 --by"),
    ("goal.en=x", "ledger record amend M1 --key goal --value x --by"), ("weight=2", "--key weight --value 2"),
    ("upkeep=lasting", "--key upkeep --value lasting"), ("due=long_term", "approve a dated extension"),
    ("targets.started.name=x", "ledger record amend M1 --key targets.started.name --value x --by"),
    ("milestones.plans.name=x", "ledger record amend M1 --key milestones.plans.name --value x --by"),
])  # fmt: skip
def test_what_the_baseline_protects_is_recorded_instead(run, approved: Path, argument: str, command: str):
    text = PLAN.replace("goal: 基本全覆盖", "goal: {zh: 基本, en: mostly}")
    (approved / "measures.yaml").write_text(text, encoding="utf-8")
    err = run("-C", approved, "set", "M1", argument, "source=report.txt:1", code=2).err
    assert command in err
    assert "source" not in err
    assert (approved / "measures.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("argument", [
    "title.zh=x", "source=x", "remark=x", "steps=x", "cooperating=x", "origin=feedback", "due_basis=explicit", "added=2017-02-01",
    "targets.new.name=x", "problems=P1",
])  # fmt: skip
def test_what_the_baseline_does_not_speak_of_stays_free(run, approved: Path, argument: str):
    run("-C", approved, "set", "M1", argument)
    assert len(changed(approved)[1]) == 1


def test_what_the_baseline_protects_is_written_if_forced_and_said(run, approved: Path):
    out = run("-C", approved, "set", "M1", "due=2018-06-30", "--force").out
    assert "forced, though the baseline protects due" in out
    assert changed(approved)[1] == ["  due: 2018-06-30"]


def test_an_amendment_as_offered_is_taken_by_record(run, approved: Path):
    run("-C", approved, "record", "amend", "M1", "--key", "responsible", "--value", "开州区;江津区;万州区", "--by",
        "领导小组", "--doc", "1号", "--note", "增列", "--date", "2017-06-01")  # fmt: skip
    assert "万州区" in run("-C", approved, "show", "M1", "--as-of", "2017-07-01").out


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\r", "\x85", "\u2028"], ids=repr)
def test_what_separates_lines_becomes_a_blank(run, book, mark):
    run("-C", book, "set", "M1", f"remark=3{mark}5")
    assert "3 5" in (book / "measures.yaml").read_text()


def test_a_control_character_is_refused(run, book):
    assert "holds the control character U+0007" in run("-C", book, "set", "M1", "remark=a\x07b", code=2).err


def test_an_item_that_came_after_the_approved_plan_is_not_protected_by_it(run, book: Path):
    git(book, "init", "--quiet", "-b", "main")
    git(book, "add", "-A")
    git(book, "commit", "--quiet", "-m", "plan")
    commit = git(book, "rev-parse", "HEAD")
    settings = (book / "ledger.yaml").read_text()
    (book / "ledger.yaml").write_text(settings.replace("{", f'{{"baseline": {{"commit": "{commit}"}},', 1))
    run("-C", book, "add", "measures", "title=new", "lead=市环保局", "due=2018-12-31", "id=M77")
    run("-C", book, "set", "M77", "due=2019-06-30")
    err = run("-C", book, "set", "M1", "due=2019-06-30", code=2).err
    assert "record extend M1" in err
