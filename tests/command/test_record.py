"""ledger record: one line more, and nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ledger.source.files import Folder
from ledger.source.ledger_folder import read_ledger
from tests.paper import COLUMNS, fact, files, item

pytestmark = pytest.mark.quick

OFFICE = "journal/2017/office.csv"
HEADER = ",".join(COLUMNS)


@pytest.fixture
def book(make_ledger) -> Path:
    measures = [item("M1", targets={"built": {"goal": 3}}), item("M2"), item("M10")]
    return make_ledger(files(measures, [fact("2017-05-01", "report", "M1", text="开工")], archived="2017-12-31"))


def lines(book: Path, path: str = OFFICE) -> list[str]:
    return (book / path).read_text().splitlines()


def test_a_fact_is_one_line_at_the_end(run, book: Path):
    before = lines(book)
    out = run("-C", book, "record", "reading", "M1", "--key", "built", "--value", "2", "--date", "2017-06-01").out
    assert lines(book) == [*before, "2017-06-01,M1,reading,built,2" + "," * 14]
    assert "reading built = 2 on 2017-06-01" in out
    assert f"{OFFICE}:3" in out
    assert out.rstrip().endswith(f"Next: ledger -C {book} show M1")


def test_one_fact_of_several_items_is_a_line_each(run, book: Path):
    run("-C", book, "record", "report", "M1", "M2", "M2", "--date", "2017-06-01", "--by", "市环保局")
    assert [line.split(",")[1] for line in lines(book)[2:]] == ["M1", "M2"]


def test_an_id_may_be_typed_in_any_case_and_is_written_as_the_plan_has_it(run, book: Path):
    run("-C", book, "record", "report", "m10", "--date", "2017-06-01")
    assert ",M10," in lines(book)[-1]


def test_the_same_fact_is_not_written_twice(run, book: Path):
    arguments = ("-C", book, "record", "report", "M1", "--date", "2017-05-01", "--text", "开工")
    assert "already" in run(*arguments).out
    assert len(lines(book)) == 2


def test_a_dry_run_shows_the_line_and_writes_nothing(run, book: Path):
    before = (book / OFFICE).read_bytes()
    done = run("-C", book, "record", "done", "M2", "--date", "2017-06-01", "-n")
    assert f"+2017-06-01,M2,done{',' * 16}" in done.out.splitlines()
    assert (book / OFFICE).read_bytes() == before


def test_what_would_add_an_error_is_refused_with_it(run, book: Path):
    run("-C", book, "record", "reading", "M1", "--key", "built", "--value", "2", "--date", "2017-06-01")
    before = lines(book)
    done = run("-C", book, "record", "done", "M1", "--date", "2017-07-01", code=1)
    assert "L401 M1" in done.err
    assert lines(book) == before


def test_what_would_add_an_error_is_written_if_forced_and_said(run, book: Path):
    done = run("-C", book, "record", "done", "M1", "--date", "2018-01-01", "--force")
    assert "L302 M1" in done.err
    assert lines(book, "journal/2018/office.csv")[1].startswith("2018-01-01,M1,done")


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("done", "M11", "--date", "2017-06-01"), "no item M11\n  did you mean M1"),
        (("finished", "M1"), "no event finished"),
        (("延期", "M1"), "did you mean extend"),
        (("extend", "M1", "--until", "2018-06-30"), "extend needs --by --doc --note"),
        (("reading", "M1", "--key", "built", "--value", "46座"), "--value: not a number: 46座"),
        (("progress", "M1", "--value", "101"), "between 0 and 100"),
        (("expect", "M1", "--until", "2018-2-3"), "--until: not a date: 2018-2-3\n  2018-02-03"),
        (("lookback", "M1", "--key", "hold"), "did you mean held"),
        (("report", "M1", "--writer", "../etc"), "../etc cannot be a writer"),
        (("reading", "M1", "--key", "built", "--value", "1", "--approx", "余"), "one of: yu, jin, yue"),
    ],
)
def test_a_slip_is_one_sentence_that_helps(run, book: Path, arguments: tuple[str, ...], said: str):
    before = lines(book)
    assert said in run("-C", book, "record", *arguments, code=2).err
    assert lines(book) == before


def test_a_void_may_name_the_beginning_of_what_it_takes_back(run, book: Path):
    run("-C", book, "record", "done", "M2", "--date", "2017-06-01", "--by", "市环保局")
    void = ("--by", "office", "--note", "wrong item", "--date", "2017-06-02")
    run("-C", book, "record", "void", "M2", "--key", "2017-06-01/done", *void)
    assert "2017-06-01/done///市环保局" in lines(book)[-1]
    assert "planned" in run("-C", book, "list", "id:M2", "--format", "csv").out


def test_a_void_that_names_nothing_is_told_what_there_is(run, book: Path):
    done = run("-C", book, "record", "void", "M1", "--key", "2017-05-02", "--by", "x", "--note", "y", code=2)
    assert "2017-05-01/report" in done.err


def test_evidence_is_kept_with_its_hash(run, book: Path):
    (book / "evidence").mkdir()
    (book / "evidence" / "M2.txt").write_text("验收意见")
    run("-C", book, "record", "done", "M2", "--date", "2017-06-01", "--file", book / "evidence" / "M2.txt")
    run("-C", book, "check", "--select", "L505")
    (book / "evidence" / "M2.txt").write_text("改过")
    assert "L505" in run("-C", book, "check", "--select", "L505", code=1).out


def test_evidence_outside_the_ledger_is_refused(run, book: Path, tmp_path: Path):
    (tmp_path / "M2.txt").write_text("x")
    assert "not in the ledger's folder" in run(
        "-C", book, "record", "done", "M2", "--file", tmp_path / "M2.txt", code=2).err  # fmt: skip


def test_the_writer_may_stand_in_the_environment(run, book: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LEDGER_WRITER", "wanzhou-hb")
    run("-C", book, "record", "report", "M1", "--date", "2017-06-01")
    assert lines(book, "journal/2017/wanzhou-hb.csv")[0] == HEADER


def test_a_fact_dated_before_a_published_figure_is_weighed_against_it(run, make_ledger):
    claims = "claims: [{id: c, as_of: 2017-06-30, figures: {measures.done: 0}}]\n"
    book = make_ledger({**files([item("M1"), item("M2")]), "claims.yaml": claims})
    done = run("-C", book, "record", "done", "M1", "--date", "2017-06-30", code=1)
    assert "L601" in done.err
    run("-C", book, "record", "done", "M1", "--date", "2017-07-01")


def test_a_fact_of_today_is_dated_today(run, make_ledger):
    book = make_ledger(files([item("M1")], timezone="Asia/Shanghai"))
    run("-C", book, "record", "report", "M1")
    (path,) = [path for path in book.glob("journal/*/office.csv") if path.parent.name != "2017"]
    assert path.read_text().splitlines()[1].startswith(path.parent.name)


def git(folder: Path, *arguments: str) -> None:
    env = {"GIT_CONFIG_GLOBAL": "/dev/null", "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    for who in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{who}_NAME": "clerk", f"GIT_{who}_EMAIL": "clerk@example.org"}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=env)


@pytest.mark.parametrize("writers", [("wanzhou", "fuling"), ("office", "office")])
def test_two_branches_that_record_for_the_same_items_merge_into_the_union(run, book: Path, writers: tuple[str, str]):
    from ledger.change.start import GIT_ATTRIBUTES

    (book / ".gitattributes").write_text(GIT_ATTRIBUTES)
    git(book, "init", "-q", "-b", "main")
    git(book, "add", "-A")
    git(book, "commit", "-qm", "start")
    for number, writer in enumerate(writers):
        git(book, "checkout", "-qb", f"branch{number}", "main")
        for id_ in ("M1", "M2"):
            run("-C", book, "record", "report", id_, "--date", f"2017-06-0{number + 1}", "--text", f"第{number}支",
                "--writer", writer)  # fmt: skip
        git(book, "add", "-A")
        git(book, "commit", "-qm", writer)
    git(book, "merge", "-q", "branch0", "-m", "merge")
    ledger = read_ledger(Folder(book))
    assert not ledger.findings
    assert [[entry.text for entry in ledger.journal[id_]] for id_ in ("M1", "M2")] == [
        ["开工", "第0支", "第1支"],
        ["第0支", "第1支"],
    ]


def test_an_item_is_withdrawn_without_going_into_another_one(run, book: Path):
    run("-C", book, "record", "withdraw", "M2", "--by", "甲", "--doc", "1号", "--note", "并入", "--date", "2017-06-01")
    assert lines(book)[-1].startswith("2017-06-01,M2,withdraw,,")
