"""Wrong guesses of a first hour (docs/first-hour.md), each answered with the line to type; and what a machine without
git can do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.paper import fact, files, item


@pytest.fixture
def here(make_ledger) -> Path:
    facts = [fact("2017-12-01", "trouble", "M1", by="万州区", text="缺资金")]
    built = {"name": "建成", "unit": "座", "goal": ">= 4", "due": "2018-06-30"}
    return make_ledger(files([item("M1", lead="万州区", due="2018-12-31", targets={"built": built})], facts))


@pytest.mark.parametrize("words, line", [
    (("record", "M1", "报送", "已开工"), "ledger record M1 报送=已开工"),
    (("record", "M1", "trouble", "no money"), "ledger record M1 trouble='no money'"),
    (("record", "M1", "extend=2019-06-30"), "ledger record extend M1 --by … --until 2019-06-30 --doc … --note …"),
    (("record", "extend", "M1"), "ledger record extend M1 --by … --until … --doc … --note …"),
    (("set", "M1", "标题=x"), "did you mean title?"),
    (("set", "M1", "due", "2027-06-30"), "write due=2027-06-30"),
    (("set", "M1", "牵头:South"), "write 牵头=South"),
    (("set", "M1", "--due", "2027-06-30"), "ledger set M1 due=2027-06-30"),
    (("add", "measures", "--title=x", "--lead", "South"), "ledger add measures title=x lead=South"),
    (("record", "M1", "built", "3"), "write ledger record M1 built=3"),
    (("record", "M1", "built:3"), "write built=3"),
    (("record", "M9", "done"), "ledger list has the ids"),
    (("list", "lead=万州区"), "ledger list lead:万州区"),
])  # fmt: skip
def test_the_answer_is_a_line_to_copy(run, here: Path, words, line: str):
    assert line in run(*words, code=2, cwd=here).err


@pytest.mark.parametrize("word", ["overdue", "逾期"])
def test_the_name_of_a_figure_looked_for_as_text_is_answered_with_its_condition(run, here: Path, word: str):
    assert "did you mean is:overdue?" in run("list", word, cwd=here).out


def test_what_people_say_for_done_is_done(run, here: Path):
    assert "done" in run("record", "M1", "完成", cwd=here).out


def test_the_one_bare_word_of_add_is_the_title(run, here: Path):
    run("add", "measures", "噪声治理", "lead=万州区", "due=2018-12-31", cwd=here)
    assert '"title": "噪声治理"' in (here / "measures.yaml").read_text()
    assert (
        "is no FIELD=VALUE" in run("add", "measures", "噪声", "治理", "lead=x", "due=2018-12-31", code=2, cwd=here).err
    )


def test_beside_the_folder_of_a_ledger_it_is_named(run, here: Path):
    assert "book holds one: cd book, or ledger -C book …" in run("status", code=2, cwd=here.parent).err


@pytest.fixture
def no_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))


@pytest.mark.usefixtures("no_git")
def test_without_git_a_ledger_begins_and_says_what_it_cannot_do(run, tmp_path: Path):
    assert "there is no git: changes leave no history" in run("init", "new").out
    assert "history: off" in (tmp_path / "new" / "ledger.yaml").read_text()
    assert run("-C", "new", "record", "M1", "start").err == ""


@pytest.mark.usefixtures("no_git")
def test_without_git_undo_names_the_line_that_voids_the_last_fact(run, here: Path):
    told = run("undo", code=2, cwd=here).err
    assert "git was not found" in told
    (void,) = (part for part in told.splitlines() if "record void" in part)
    words = void.partition("ledger ")[2].replace("…", "slip").split()
    assert "voided" in run(*words, cwd=here).out


@pytest.mark.usefixtures("no_git")
@pytest.mark.parametrize("line", ["undo", "history", "diff", "check --against main", "sync .", "history --begin"])
def test_without_git_each_of_these_says_how_to_get_a_history(run, here: Path, line: str):
    assert "ledger history --begin" in run(*line.split(), code=2, cwd=here).err


def test_what_can_be_new_where_there_is_no_ledger_is_a_ledger(run, here: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    assert "Write ledger init mine" in run("new", "mine", code=2, cwd=tmp_path / "empty").err
    assert "Write ledger add" in run("new", "mine", code=2, cwd=here).err
