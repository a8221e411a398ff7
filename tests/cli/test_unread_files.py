"""A file or folder of the ledger that cannot be read: `check` ends with 1, whatever counts, publishes or writes with 2."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.example.new_folder import chongqing_ledger
from tests.conftest import ROOT
from tests.paper import fact, files, item

COUNTING = [
    "status", "list", "list --entries", "show M1", "due", "report weekly --week 2017-W20", "report monthly --month 2017-05",
    "report trend --week 2017-W20", "report disclosure", "report supervision", "report submissions --week 2017-W20",
    "chart burnup -o OUT.svg", "chart gantt -o OUT.svg", "chart heatmap -o OUT.svg", "chart units -o OUT.svg",
    "form --all --week 2017-W20 --format csv -o FORMS",
]  # fmt: skip
PUBLISHING = ["site -o OUT", "report disclosure -o OUT.md", "report weekly --week 2017-W20 --publish -o OUT.md",
              "report monthly --month 2017-05 --publish -n"]  # fmt: skip
WRITING = ["record start M1 --date 2017-05-01", "set M1 title=X", "add measures title=T lead=u due=2018-01-01",
           "import OUT.csv", "collect RETURNED --week 2017-W20", "record start M1 --date 2017-05-01 --force"]  # fmt: skip


@pytest.fixture
def book(make_ledger, tmp_path: Path) -> Path:
    nodes = [{"id": "2017", "date": "2017-12-31"}]
    root = make_ledger(
        files([item("M1")], [fact("2017-03-01", "start", "M1")], time_nodes=nodes, archived="2017-12-31")
    )
    (tmp_path / "OUT.csv").write_text("id,title\nM1,Z\n")
    (tmp_path / "RETURNED").mkdir()
    (tmp_path / "RETURNED" / "a.csv").write_text("x\n")
    return root


def _state(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("line", COUNTING)
def test_what_counts_says_what_is_missing_and_ends_with_2(book: Path, run, line: str):
    os.mkfifo(book / "journal" / "2017" / "x.csv")
    result = run("-C", book, *line.split(), code=2)
    assert "journal/2017/x.csv:1:1: L101 this is a pipe, not a file" in result.err


@pytest.mark.parametrize("line", PUBLISHING + WRITING)
@pytest.mark.parametrize("path", ["journal/2017/x.csv", "waivers.yaml"])
def test_what_publishes_or_writes_does_neither_and_ends_with_2(book: Path, run, tmp_path: Path, path: str, line: str):
    os.mkfifo(book / path)
    before = _state(tmp_path)
    result = run("-C", book, *line.split(), code=2)
    assert f"{path}:1:1" in result.err
    assert "this is a pipe, not a file" in result.err
    assert _state(tmp_path) == before


def test_check_names_it_and_ends_with_1(book: Path, run):
    os.mkfifo(book / "journal" / "2017" / "x.csv")
    assert "journal/2017/x.csv:1:1: error L101 this is a pipe" in run("-C", book, "check", code=1).out


@pytest.mark.skipif(not shutil.which("setpriv"), reason="no setpriv here")
def test_a_folder_that_may_not_be_listed_is_said_by_the_real_system(book: Path):
    (book / "journal" / "2017").chmod(0)
    rights = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    try:
        done = subprocess.run(
            [*rights, sys.executable, "-m", "ledger", "-C", str(book), "status"], cwd=ROOT, capture_output=True,
            env={**os.environ, "PYTHONUTF8": "1"}, check=False, timeout=60,
        )  # fmt: skip
    finally:
        (book / "journal" / "2017").chmod(0o755)
    if b"setpriv:" in done.stderr:
        pytest.skip("rights cannot be dropped here")
    assert done.returncode == 2
    assert b"journal/2017:1:1: L101 cannot be read: permission denied" in done.stderr


CONFLICT = "<<<<<<< HEAD\n{0}=======\n{0}>>>>>>> works\n"


@pytest.mark.parametrize("line", [*WRITING, "report weekly --week 2017-W20 --publish"])
@pytest.mark.parametrize("path", ["ledger.yaml", "measures.yaml", "claims.yaml", "waivers.yaml", "journal/2017/b.csv"])
def test_an_unresolved_merge_conflict_in_any_file_is_the_sentence_of_every_writer(
    book: Path, run, tmp_path: Path, path: str, line: str
):
    there = (book / path).read_text() if (book / path).exists() else ""
    (book / path).write_text(there + CONFLICT.format("# x\n"))
    before = _state(tmp_path)
    result = run("-C", book, *line.split(), code=2)
    assert f"{path}:{there.count(chr(10)) + 1}:1: L110 an unresolved merge conflict" in result.err
    assert _state(tmp_path) == before


def test_half_of_the_settings_let_nothing_through(book: Path, run):
    (book / "ledger.yaml").write_text((book / "ledger.yaml").read_text() + "\nbaseline: {tag: x\n")
    before = _state(book)
    assert "ledger.yaml" in run("-C", book, "set", "M1", "title=X", code=2).err
    assert _state(book) == before


class TestFilesOfOthers:
    def test_evidence_that_is_a_pipe_is_not_waited_for(self, book: Path, run):
        os.mkfifo(book / "proof.pdf")
        result = run("-C", book, "record", "start", "M1", "--date", "2017-05-01", "--file", book / "proof.pdf", code=2)
        assert "it is not a regular file" in result.err

    def test_a_sheet_or_map_that_is_a_pipe_is_not_waited_for(self, book: Path, run, tmp_path: Path):
        os.mkfifo(tmp_path / "p.csv")
        assert "this is a pipe" in run("-C", book, "import", tmp_path / "p.csv", code=2).err
        result = run("-C", book, "import", tmp_path / "OUT.csv", "--map", tmp_path / "p.csv", code=2)
        assert "this is a pipe" in result.err

    def test_a_form_that_is_a_pipe_is_not_written_over(self, book: Path, run, tmp_path: Path):
        call = [
            "-C",
            book,
            "form",
            "--all",
            "--week",
            "2017-W20",
            "--format",
            "csv",
            "-o",
            tmp_path / "forms",
            "--force",
        ]
        run(*call)
        (form,) = (tmp_path / "forms").iterdir()
        form.unlink()
        os.mkfifo(form)
        assert "it is not a regular file" in run(*call, code=2).err

    @pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/etc/hostname")])
    def test_a_returned_form_that_is_no_file_is_held_and_not_passed_over(self, book: Path, run, tmp_path: Path, make):
        (tmp_path / "RETURNED" / "a.csv").unlink()
        run("-C", book, "form", "--all", "--week", "2017-W20", "--format", "csv", "-o", tmp_path / "RETURNED")
        (form,) = (tmp_path / "RETURNED").iterdir()
        form.unlink()
        make(form)
        assert form.name in run("-C", book, "collect", tmp_path / "RETURNED", "--week", "2017-W20", code=1).out

    def test_a_locked_folder_among_the_returned_forms_is_said(self, book: Path, run, tmp_path: Path, monkeypatch):
        locked, scandir = tmp_path / "RETURNED" / "wanzhou", os.scandir
        locked.mkdir()

        def refuse(path):
            if Path(path) == locked:
                raise PermissionError(13, "Permission denied", str(path))
            return scandir(path)

        monkeypatch.setattr("ledger.exchange.form.collect.os.scandir", refuse)
        result = run("-C", book, "collect", tmp_path / "RETURNED", "--week", "2017-W20", code=2)
        assert f"cannot read {locked}: permission denied" in result.err

    def test_a_manifest_of_a_site_that_is_a_pipe_is_not_waited_for(self, book: Path, run, tmp_path: Path):
        (tmp_path / "site").mkdir()
        os.mkfifo(tmp_path / "site" / "site-files.json")
        assert "it is not a regular file" in run("-C", book, "site", "-o", tmp_path / "site", code=2).err


class TestBeforeARecord:
    @pytest.mark.parametrize("rest", ['2017-04-01,M1,report,"open\n', "date,item,event,text\n2017-04-01,M1,report,x\n"])
    def test_nothing_is_appended_where_nobody_would_read_it(self, book: Path, run, rest: str):
        journal = book / "journal" / "2017" / "office.csv"
        journal.write_text("date,item,event\n2017-03-01,M1,start\n" + rest)
        before = journal.read_bytes()
        result = run("-C", book, "record", "start", "M1", "--date", "2017-05-01", code=2)
        assert "journal/2017/office.csv:3" in result.err
        assert "mend that before recording" in result.err
        assert journal.read_bytes() == before


class TestInit:
    @pytest.mark.parametrize("items", [39, 1_000_001, 10**9])
    def test_a_size_that_could_not_be_read_again_is_refused_before_it_is_made(self, run, tmp_path: Path, items: int):
        result = run("init", tmp_path / "big", "--example", "full", "--items", items, code=2)
        assert "a full example has 40 to 1000000 items" in result.err
        assert not (tmp_path / "big").exists()

    def test_a_book_over_the_limit_of_a_file_is_refused(self, run, tmp_path: Path, monkeypatch):
        monkeypatch.setattr("ledger.example.full.text.MAX_BYTES", 1000)
        result = run("init", tmp_path / "big", "--example", "full", "--items", 40, code=2)
        assert "could not be read" in result.err
        assert not (tmp_path / "big").exists()

    def test_attributes_in_another_encoding_are_kept_byte_for_byte(self, run, tmp_path: Path):
        (tmp_path / ".gitattributes").write_bytes("# 台账\n*.csv text".encode("gb18030"))
        run("init", tmp_path)
        written = (tmp_path / ".gitattributes").read_bytes()
        assert written == "# 台账\n*.csv text\n".encode("gb18030") + b"journal/**/*.csv merge=union\n"


def test_schemas_are_written_together_or_not_at_all(book: Path, run):
    (book / ".schema").write_text("in the way")
    assert "cannot write" in run("schema", "--write", "-C", book, code=2).err
    assert (book / ".schema").read_text() == "in the way"


def test_the_ledger_that_comes_with_the_program_has_no_marks_of_a_merge():
    assert all("<<<<<<<" not in text for text in chongqing_ledger().values())
