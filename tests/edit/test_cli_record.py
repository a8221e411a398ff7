"""ledger record: one line more, and nothing else."""

from __future__ import annotations

import shlex
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ledger.state.course import in_force
from ledger.state.seal import seal_of
from ledger.storage.files import Folder
from ledger.storage.ledger import read_ledger
from tests.paper import COLUMNS, fact, files, item, read

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


def test_what_happened_is_taken_and_what_it_brings_to_light_is_said(run, book: Path):
    run("-C", book, "record", "reading", "M1", "--key", "built", "--value", "2", "--date", "2017-06-01")
    done = run("-C", book, "record", "done", "M1", "--date", "2017-07-01")
    assert "L401 M1" in done.err
    assert lines(book)[-1].startswith("2017-07-01,M1,done")


def test_a_strict_run_refuses_what_would_add_an_error(run, book: Path):
    run("-C", book, "record", "reading", "M1", "--key", "built", "--value", "2", "--date", "2017-06-01")
    before = lines(book)
    done = run("-C", book, "record", "done", "M1", "--date", "2017-07-01", "--strict", code=1)
    assert "L401 M1" in done.err
    assert lines(book) == before


def test_an_act_of_the_office_that_breaks_its_own_rules_is_refused(run, book: Path):
    before = lines(book)
    closed = run("-C", book, "record", "close", "M2", "--date", "2017-07-01", code=1)
    assert "L501 M2" in closed.err
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
        (("延期", "M1"), "extend needs --until --by --doc --note"),
        (("reading", "M1", "--key", "泵站", "--value", "1"), "M1 has no 泵站\n  one of: built"),
        (("reading", "M2", "--value", "1"), "reading needs --key"),
        (("return", "M1", "--by", "x", "--key", "2017-W50"), "belongs to no item"),
        (("done",), "no item is named"),
        (("extend", "M1", "--until", "2018-06-30"), "extend needs --by --doc --note"),
        (("reading", "M1", "--key", "built", "--value", "46座"), "--value: not a number: 46座"),
        (("progress", "M1", "--value", "101"), "between 0 and 100"),
        (("expect", "M1", "--until", "2018-2-30"), "--until: there is no such day: 2018-2-30"),
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
    done = run("-C", book, "record", "done", "M1", "--date", "2017-06-30", "--strict", code=1)
    assert "L601" in done.err
    assert "L601" not in run("-C", book, "record", "done", "M1", "--date", "2017-07-01", "--strict").err


def test_a_line_in_sealed_days_is_refused_with_the_line_to_type_instead(run, make_ledger):
    texts = files([item("M1"), item("M2")], archived="2017-12-31")
    sealed = seal_of(read(texts), date(2017, 6, 30))
    seal = f"seals: [{{through: 2017-06-30, entries: {sealed.entries}, sha256: {sealed.sha256}, rule: 2}}]\n"
    book = make_ledger({**texts, "claims.yaml": seal})
    refused = run("-C", book, "record", "done", "M1", "--date", "2017-06-29", "--by", "市环保局", code=1)
    assert "L705 M1 2017-06-29" in refused.err
    instead = next(line.strip() for line in refused.err.splitlines() if line.strip().startswith("ledger record"))
    assert "--value 2017-06-29" in instead
    run("-C", book, *shlex.split(instead)[1:])
    assert lines(book)[-1].split(",")[1:5] == ["M1", "done", "", "2017-06-29"]
    run("-C", book, "check")


def test_the_name_of_a_target_is_as_good_as_its_key_and_an_only_one_needs_none(run, make_ledger):
    targets = {"started": {"name": {"zh": "开工", "en": "works begun"}, "goal": 46}}
    book = make_ledger(files([item("M1", targets=targets, milestones={"plans": {"due": "2017-09-30"}})]))
    for key in (("--key", "开工"), ("--key", "works begun"), ()):
        run("-C", book, "record", "读数", "M1", *key, "--value", len(key), "--date", "2017-06-01", "--by", str(key))
    run("-C", book, "record", "milestone", "M1", "--date", "2017-06-02", "--value", "2017-06-01")
    cells = [line.split(",")[2:4] for line in lines(book)[1:]]
    assert cells == [["reading", "started"]] * 3 + [["milestone", "plans"]]


def test_a_return_belongs_to_no_item_and_can_be_taken_back(run, book: Path):
    run("-C", book, "record", "return", "--by", "万州区", "--key", "2017-W22", "--value", "0", "--date", "2017-06-02")
    returned = ("record", "void", "--key", "2017-06-02/return", "--by", "万州区", "--note", "wrong unit")
    run("-C", book, *returned, "--date", "2017-06-03")
    assert lines(book)[-1].startswith("2017-06-03,,void,2017-06-02/return/2017-W22/0/万州区#")


def test_43_then_45_then_43_ends_at_43(run, make_ledger):
    book = make_ledger(files([item("M1", targets={"built": {"goal": 46}})]))
    said = ("record", "reading", "M1", "--by", "万州区", "--date", "2017-06-01", "--value")
    back = ("record", "void", "M1", "--by", "万州区", "--note", "slip", "--date", "2017-06-02", "--key")
    run("-C", book, *said, "43")
    run("-C", book, *back, "2017-06-01/reading")
    run("-C", book, *said, "45")
    run("-C", book, *back, "2017-06-01/reading/built/45")
    run("-C", book, *said, "43")
    ledger = read_ledger(Folder(book))
    (reading,) = in_force(ledger.journal["M1"], date.max)
    assert reading.value == "43"
    assert run("-C", book, *said, "43").out.startswith("stands there already")


def test_a_writer_may_have_a_chinese_name(run, book: Path):
    run("-C", book, "record", "report", "M1", "--date", "2017-06-01", "--writer", "万州区")
    assert (book / "journal/2017/万州区.csv").is_file()


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
    from ledger.example.new_folder import GIT_ATTRIBUTES

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


@pytest.mark.parametrize("words, key", [
    (("lookback", "M1", "relapsed"), "relapsed"), (("supervise", "M1", "挂牌督办", "--doc", "1号"), "listed"),
    (("request", "M1", "done", "--by", "甲"), "done"), (("void", "M1", "2018-01-05/start"), "2018-01-05/start"),
])  # fmt: skip
def test_a_key_written_behind_its_item_is_answered_with_the_whole_line(run, book, words, key):
    err = run("record", *words, "-d", "2018-01-09", cwd=book, code=2).err
    assert f"{words[2]} is no item, but a key of {words[0]}" in err
    assert f"write ledger record {words[0]} M1 --date 2018-01-09 --key {key}" in err


@pytest.mark.parametrize("typed, written", [("1,584", "1584"), ("３０", "30"), ("80%", "80")])
def test_an_option_takes_a_number_as_the_short_form_does(run, book: Path, typed: str, written: str):
    event = ("progress", "M2") if typed.endswith("%") else ("reading", "M1", "--key", "built")
    run("-C", book, "record", *event, "--value", typed, "--date", "2017-06-01")
    assert lines(book)[-1].split(",")[4] == written
