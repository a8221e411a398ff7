"""Whatever becomes of stdout: bytes of UTF-8 for programs, a sentence where it takes nothing, one JSON document."""

from __future__ import annotations

import errno
import io
import json
import re
import sys
from pathlib import Path

import pytest

from ledger.cli.main import _exit_code
from tests.conftest import DATA

ODD = "- {id: M1, title: 污水😀厂㐂½, lead: 北𬭁区, due: 2018-12-31}\n"
SETTINGS = (
    "ledger: 1\ntitle: {zh: 台账, en: odd}\nlanguage: zh\nstart: 2018-01-01\nbooks: {m: {name: m, path: m.yaml}}\n"
)
FACTS = "date,item,event,text\n2018-02-01,M1,report,已建😀\n"
MACHINE = [
    ("list", "--format", "json"), ("list", "--format", "csv"), ("list", "--format", "ics"), ("list", "--format", "md"),
    ("list", "--entries", "--format", "csv"), ("status", "--format", "json"), ("show", "M1", "--format", "json"),
    ("due", "--format", "json"), ("check", "--format", "json"), ("check", "--format", "sarif"),
    ("check", "--format", "junit"), ("check", "--format", "github"), ("chart", "gantt"),
    ("report", "supervision", "--format", "html"), ("report", "supervision", "--format", "json"),
]  # fmt: skip


@pytest.fixture
def odd(make_ledger) -> Path:
    return make_ledger({"ledger.yaml": SETTINGS, "m.yaml": ODD, "journal/2018/office.csv": FACTS})


@pytest.fixture
def stdout_is(monkeypatch: pytest.MonkeyPatch, gone):
    """Makes stdout a stream of GBK that keeps its bytes, or one whose every write fails with a code of errno."""

    def made(code: int = 0) -> io.BytesIO:
        kept = io.BytesIO()
        stream = gone(code, "gbk") if code else io.TextIOWrapper(kept, encoding="gbk", write_through=True)
        monkeypatch.setattr(sys, "stdout", stream)
        return kept

    return made


@pytest.mark.parametrize("arguments", MACHINE, ids=" ".join)
def test_what_programs_read_is_utf_8_in_every_locale(odd: Path, stdout_is, arguments: tuple[str, ...]):
    kept = stdout_is()
    _exit_code(["-C", str(odd), *arguments, "--as-of", "2018-12-01", "--lang", "zh"])
    text = kept.getvalue().decode("utf-8")
    assert re.search("[一-鿿]", text)
    assert "\\U0001f600" not in text


def test_what_people_read_is_in_the_encoding_of_their_terminal(odd: Path, stdout_is):
    kept = stdout_is()
    _exit_code(["-C", str(odd), "list", "--as-of", "2018-12-01"])
    assert "污水\\U0001f600厂" in kept.getvalue().decode("gbk")


@pytest.mark.parametrize("arguments", [("status", "--lang", "en"), ("diff", "--format", "json", "--lang", "en"), ("--help",), ("schema",), ("explain",),
                                       ("completion", "bash"), ("check", "--lang", "en"),
                                       ("list", "--format", "xlsx", "--lang", "en")], ids=" ".join)  # fmt: skip
def test_a_full_disk_is_a_sentence(stdout_is, capsys, arguments: tuple[str, ...]):
    stdout_is(errno.ENOSPC)
    assert _exit_code(["-C", str(DATA), *arguments]) == 2
    assert "cannot write to standard output: the disk is full" in capsys.readouterr().err


def test_stdout_that_is_closed_is_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", None)
    assert _exit_code(["-C", str(DATA), "status", "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "ledger: cannot write to standard output: it is closed\n  write elsewhere with -o\n"
    )


def test_a_pipe_that_nobody_reads_leaves_the_exit_code_true(odd: Path, stdout_is, capsys):
    stdout_is(errno.EPIPE)
    assert _exit_code(["-C", str(odd), "due", "--as-of", "2019-01-02"]) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("code, exits", [(errno.EPIPE, 0), (errno.ENOSPC, 2)])
def test_what_was_written_is_said_on_stderr_where_stdout_takes_nothing(
    odd: Path, stdout_is, capsys, code: int, exits: int
):
    stdout_is(code)
    record = ["-C", str(odd), "record", "report", "M1", "--text", "x", "--date", "2018-03-01", "--lang", "en"]
    assert _exit_code(record) == exits
    assert "recorded M1" in capsys.readouterr().err
    assert "2018-03-01,M1,report" in "".join(path.read_text() for path in odd.rglob("*.csv"))


def test_an_import_whose_listing_nobody_reads_is_carried_out(odd: Path, stdout_is, capsys, tmp_path: Path):
    (tmp_path / "new.csv").write_text("id,title,lead,due\nM2,b,c,2018-12-31\n")
    stdout_is(errno.EPIPE)
    assert _exit_code(["-C", str(odd), "import", str(tmp_path / "new.csv"), "--book", "m", "--lang", "en"]) == 0
    assert "M2" in (odd / "m.yaml").read_text()
    assert "1 added" in capsys.readouterr().err


@pytest.mark.parametrize("arguments, message", [
    (("show", "M9", "--format", "json"), "the ledger has no item M9"),
    (("list", "titel:x", "--format=json"), "there is no field titel"),
    (("check", "--format", "json", "--as-of", "12"), "not a date"),
    (("check", "--format", "json", "--agianst", "x"), "No such option"),
    (("report", "weekly", "--format", "json"), "time_nodes"),
    (("diff", "--format", "json"), ""),
], ids=lambda one: " ".join(one) if isinstance(one, tuple) else "")  # fmt: skip
def test_a_refusal_is_one_json_document_too(run, odd: Path, arguments: tuple[str, ...], message: str):
    found = json.loads(run("-C", odd, *arguments, code=2).out)
    assert (found["schema"], found["exit_code"]) == ("ledger/refused/1", 2)
    assert message in found["message"]


def test_no_ledger_is_one_json_document_with_the_hint_apart(run, tmp_path: Path):
    found = json.loads(run("-C", tmp_path / "none", "status", "--format", "json", code=2).out)
    assert found["hint"] == "name its folder with -C, or start one with ledger init"


def test_a_ledger_that_cannot_be_read_is_one_json_document_with_the_reasons(run, odd: Path):
    (odd / "ledger.yaml").write_text("ledger: 1\n<<<<<<< HEAD\ntitle: a\n")
    for command in ("status", "list", "check"):
        found = json.loads(run("-C", odd, command, "--format", "json", code=2).out)
        assert [(one["code"], one["path"], one["line"]) for one in found["findings"]] == [("L110", "ledger.yaml", 2)]


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
def test_a_ledger_that_cannot_be_read_is_told_to_ci_where_it_looks(run, odd: Path, form: str):
    (odd / "ledger.yaml").write_text("ledger: 1\n<<<<<<< HEAD\ntitle: a\n")
    result = run("-C", odd, "check", "--format", form, code=2)
    assert "a mark is left in line 2" in result.out
    assert f"{odd.name}/ledger.yaml" in result.out
    assert "the result is without it" not in result.err


@pytest.mark.parametrize("arguments", [
    ("import", "new.csv", "--book", "m"), ("import", "new.csv", "--book", "m", "--dry-run"),
    ("import", "none.csv", "--book", "m"), ("collect", "new.csv"), ("collect", "none.csv"), ("explain",),
    ("explain", "L401"), ("explain", "L999"), ("report", "weekly", "--week", "2018-W10", "--publish", "--dry-run"),
    ("report", "weekly", "--week", "2018-W10", "--publish"),
], ids=" ".join)  # fmt: skip
def test_what_else_is_said_stands_beside_the_one_json_document(run_any, odd: Path, arguments: tuple[str, ...]):
    (odd / "new.csv").write_text("id,title,lead,due\nM2,b,c,2018-12-31\n")
    (odd / "ledger.yaml").write_text(SETTINGS + "time_nodes: [{id: a, date: 2018-12-31}]\n")
    result = run_any(*arguments, "--format", "json", cwd=odd)
    assert isinstance(json.loads(result.out), dict)
    assert "+++ b/" not in result.out
    assert ("+++ b/" in result.err) == ("--dry-run" in arguments)


def test_a_refusal_stands_in_no_file(run, odd: Path, tmp_path: Path):
    assert run("-C", odd, "show", "M9", "--format", "json", "-o", tmp_path / "x.json", code=2).out == ""
    assert not (tmp_path / "x.json").exists()


def test_a_status_that_was_not_read_whole_is_still_one_document(run, odd: Path):
    (odd / "journal/2018/b.csv").write_text("date,item,event\nx,M1,done\n")
    assert json.loads(run("-C", odd, "status", "--format", "json", code=2).out)["schema"] == "ledger/status/1"


MARKED = '- {id: M1, title: "a\u202eb", lead: "n\u200fo", due: 2018-12-31}\n'


@pytest.mark.parametrize("arguments", [("list",), ("show", "M1"), ("due",), ("status", "--by", "lead"), ("check",),
                                       ("list", "--entries")], ids=" ".join)  # fmt: skip
def test_marks_that_turn_the_reading_direction_are_escaped_in_json(run_any, make_ledger, arguments: tuple[str, ...]):
    texts = {
        "ledger.yaml": SETTINGS,
        "m.yaml": MARKED,
        "journal/a.csv": "date,item,event,text\n2018-02-01,M1,report,x\u2066\n",
    }
    out = run_any("-C", make_ledger(texts), *arguments, "--format", "json", "--as-of", "2019-01-02").out
    assert not set(out) & set("\u202e\u200f\u2066")
    assert json.loads(out)
