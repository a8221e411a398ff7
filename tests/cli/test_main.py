"""The command line as a whole: exit codes, streams, laziness, and what happens when things go wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import __version__
from ledger.cli.main import COMMANDS, main
from tests.conftest import DATA, ROOT
from tests.paper import fact, files, item


class TestLaziness:
    """A command loads what it needs and nothing else."""

    @pytest.mark.parametrize("option", ["--version", "--help"])
    def test_version_and_help_load_neither_yaml_nor_tables(self, spawn, option: str):
        code = (
            "import sys\nfrom ledger.cli.main import _exit_code\ncode = _exit_code([sys.argv[1]])\n"
            "heavy = {'yaml', '_yaml', 'tabulate', 'csv', 'wcwidth', 'dateutil'}\n"
            "heavy |= {'ledger.storage', 'ledger.state', 'ledger.compare', 'ledger.rule', 'ledger.format'}\n"
            "print('LOADED', *sorted(heavy & set(sys.modules)))\nsys.exit(code)\n"
        )
        assert spawn(option, python=("-c", code)).out.splitlines()[-1] == "LOADED"

    def test_status_on_an_archived_ledger_loads_nothing_that_it_does_not_need(self, spawn):
        code = (
            "import sys\nfrom ledger.cli.main import _exit_code\ncode = _exit_code(sys.argv[1:])\n"
            "heavy = {'tabulate', 'dateutil', 'zoneinfo', 'jsonschema', 'hypothesis', 'ledger.edit', 'subprocess'}\n"
            "print('LOADED', *sorted(heavy & set(sys.modules)))\nsys.exit(code)\n"
        )
        assert spawn("-C", DATA, "status", python=("-c", code)).out.splitlines()[-1] == "LOADED"


def test_version_says_name_and_version(spawn):
    assert spawn("--version").out == f"ledger {__version__}\n"


@pytest.mark.parametrize("lang, word", [("zh", "命令"), ("en", "Commands")])
def test_help_lists_every_command_in_both_languages(spawn, lang: str, word: str):
    out = spawn("--help", LEDGER_LANG=lang).out
    assert word in out
    for name, words in COMMANDS.items():
        assert name in out
        assert words.pick(lang) in out


@pytest.fixture(scope="module")
def help_texts() -> dict[str, dict[str, str]]:
    """The help of every command by language, each language from one process: its words are chosen as it starts."""
    code = (
        "import contextlib, io, json\nfrom ledger.cli.main import COMMANDS, _exit_code\nsaid = {}\n"
        "for name in COMMANDS:\n    with contextlib.redirect_stdout(io.StringIO()) as out:\n"
        "        _exit_code([name, '--help'])\n    said[name] = out.getvalue()\nprint(json.dumps(said))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "NO_COLOR": "1"}
    return {
        lang: json.loads(subprocess.check_output([sys.executable, "-c", code], env={**env, "LEDGER_LANG": lang}))
        for lang in ("zh", "en")
    }


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_in_both_languages(help_texts, name: str):
    chinese, english = help_texts["zh"][name], help_texts["en"][name]
    assert chinese.startswith("用法： ledger " + name)
    assert english.startswith("Usage: ledger " + name)
    said = [line for line in chinese.splitlines() if any("\u4e00" <= char <= "\u9fff" for char in line)]
    assert len(said) >= 1 + ("-C" in chinese)
    # In English Chinese words stand only in examples, such as the name of a unit.
    plain = [line for line in english.splitlines() if any("\u4e00" <= char <= "\u9fff" for char in line)]
    assert all("ledger " in line for line in plain)
    options = [line.split()[0] for line in english.splitlines() if line.strip().startswith("-")]
    assert len(options) >= 1
    for line in english.splitlines():
        if line.strip().startswith("--") and "--help" not in line:
            assert len(line.split()) > 1, f"{name}: an option without help: {line}"


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_documented(name: str, page: str):
    assert f"ledger {name}" in (ROOT / page).read_text(encoding="utf-8")


def test_the_chinese_locale_speaks_chinese(spawn):
    env = {"LEDGER_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}
    assert "命令" in spawn("--help", **env).out
    assert "Commands" in spawn("--help", **{**env, "LANG": "de_DE.UTF-8"}).out


@pytest.mark.parametrize("name", ["status", "list", "show", "check", "due"])
def test_every_command_on_a_ledger_takes_the_shared_options(name: str):
    command = main.get_command(None, name)
    assert command is not None
    options = {option for parameter in command.params for option in parameter.opts}
    assert {"-C", "--lang", "-o", "--color", "--as-of", "--format"} <= options


class TestExitCodes:
    """0 fine, 2 could not judge."""

    def test_fine_is_zero(self, run):
        run("-C", DATA, "status", code=0)

    @pytest.mark.parametrize("arguments", [
        ("stauts",), ("status", "--nonsense"), ("status", "--by", "colour"), ("status", "--format", "xml"), ("show",),
        ("status", "--as-of", "2017-02-30"), ("status", "--as-of", "someday"), ("status", "--lang", "fr"),
        ("show", "M01", "M99"),
        ("init", "x", "--example", "beijing"), ("schema", "book"), ("completion", "cmd"),
    ], ids=" ".join)  # fmt: skip
    def test_wrong_usage_is_two_and_goes_to_stderr(self, run, arguments: tuple[str, ...]):
        result = run("-C", DATA, *arguments, code=2)
        assert result.out == ""
        assert "Traceback" not in result.err
        assert result.err

    def test_no_arguments_show_the_help(self, spawn):
        result = subprocess.run(
            [sys.executable, "-m", "ledger"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
        assert result.returncode in (0, 2)
        assert "status" in result.stdout + result.stderr

    def test_an_impossible_day_gets_a_hint(self, run):
        assert "check month and day" in run("-C", DATA, "status", "--as-of", "2017.6.31", code=2).err

    def test_ctrl_c_is_a_hundred_and_thirty(self, run, monkeypatch: pytest.MonkeyPatch):
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("ledger.cli.session.read_ledger", interrupted)
        assert run("-C", DATA, "status", code=130).out == ""

    def test_an_internal_failure_is_one_sentence_that_tells_how_to_see_more(self, run, monkeypatch: pytest.MonkeyPatch):
        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("a bug of ours")

        monkeypatch.delenv("LEDGER_TRACEBACK")
        monkeypatch.setattr("ledger.cli.session.read_ledger", broken)
        result = run("-C", DATA, "status", code=2)
        assert (result.out, result.err.count("\n")) == ("", 1)
        assert "a bug of ours" in result.err
        assert "--traceback" in result.err
        with pytest.raises(RuntimeError):
            run("--traceback", "-C", DATA, "status")


class TestFindingTheLedger:
    def test_no_ledger_says_where_it_looked(self, run, tmp_path: Path):
        here = tmp_path / "a" / "b"
        here.mkdir(parents=True)
        err = run("status", code=2, cwd=here).err
        for looked in (here, here / "data", here.parent):
            assert str(looked / "ledger.yaml") in err
        assert "ledger init" in err

    def test_a_named_folder_without_one_is_named(self, run, tmp_path: Path):
        err = run("-C", tmp_path / "nowhere", "status", code=2).err
        assert str(tmp_path / "nowhere" / "ledger.yaml") in err

    @pytest.mark.parametrize("below", ["", "deep", "deep/er"])
    def test_it_is_found_from_any_folder_below(self, run, make_ledger, below: str):
        root = make_ledger(files([item()]), name="home/data")
        here = root.parent / below
        here.mkdir(parents=True, exist_ok=True)
        assert "small ledger" in run("status", "--as-of", "2017-06-01", cwd=here).out

    def test_the_option_beats_the_environment_which_beats_the_place(
        self, run, make_ledger, monkeypatch: pytest.MonkeyPatch
    ):
        here, env, given = (make_ledger(files([item()], title=name), name=name) for name in ("here", "env", "given"))
        assert run("status", "--as-of", "2017-06-01", cwd=here).out.startswith("here\n")
        monkeypatch.setenv("LEDGER_DIR", str(env))
        assert run("status", "--as-of", "2017-06-01", cwd=here).out.startswith("env\n")
        assert run("-C", given, "status", "--as-of", "2017-06-01", cwd=here).out.startswith("given\n")
        assert run("status", "-C", given, "--as-of", "2017-06-01", cwd=here).out.startswith("given\n")


class TestTheDay:
    def test_an_archived_ledger_is_judged_on_its_day(self, run, make_ledger):
        root = make_ledger(files([item()], archived="2018-01-01"))
        assert json.loads(run("-C", root, "status", "--format", "json").out)["as_of"] == "2018-01-01"
        assert (
            json.loads(run("-C", root, "status", "--format", "json", "--as-of", "2017-12-31").out)["as_of"]
            == "2017-12-31"
        )

    def test_another_ledger_is_judged_today(self, run, make_ledger, monkeypatch: pytest.MonkeyPatch):
        from datetime import date

        monkeypatch.setattr("ledger.cli.session.today_in", lambda timezone, lang: date(2026, 11, 23))
        root = make_ledger(files([item()], timezone="Asia/Shanghai"))
        assert json.loads(run("-C", root, "status", "--format", "json").out)["as_of"] == "2026-11-23"

    def test_an_unknown_time_zone_is_said_beside_the_result(self, run, make_ledger):
        result = run("-C", make_ledger(files([item()], timezone="Asia/Chungking2")), "status", code=2)
        assert "there is no time zone Asia/Chungking2" in result.err
        assert "total" in result.out

    @pytest.mark.parametrize("name", ["status", "list", "show"])
    def test_the_day_is_printed(self, run, make_ledger, name: str):
        root = make_ledger(files([item()]))
        assert "2017-06-07" in run("-C", root, name, *(["M1"] if name == "show" else []), "--as-of", "2017-06-07").out


class TestLanguage:
    def test_the_option_beats_the_environment_which_beats_the_ledger(
        self, run, make_ledger, speak, monkeypatch: pytest.MonkeyPatch
    ):
        root = make_ledger(files([item()], language="zh"))
        arguments = ("-C", root, "status", "--as-of", "2017-06-01")
        monkeypatch.delenv("LEDGER_LANG")
        assert "整改进度统计表" in run(*arguments).out
        speak("en")
        assert "progress table" in run(*arguments).out
        assert "整改进度统计表" in run(*arguments, "--lang", "zh").out

    def test_refusals_speak_the_language_asked_for(self, run):
        assert "台账里没有 M99" in run("-C", DATA, "show", "M99", "--lang", "zh", code=2).err
        assert "no item M99" in run("-C", DATA, "show", "M99", "--lang", "en", code=2).err


class TestOutput:
    def test_a_result_goes_into_a_file_whole_and_nothing_to_stdout(self, run, tmp_path: Path):
        printed = run("-C", DATA, "list", "--format", "json").out
        result = run("-C", DATA, "list", "--format", "json", "-o", tmp_path / "out.json")
        assert result.out == ""
        assert (tmp_path / "out.json").read_text(encoding="utf-8") == printed

    def test_a_dash_is_stdout(self, run):
        assert run("-C", DATA, "list", "-o", "-").out == run("-C", DATA, "list").out

    def test_a_file_is_as_wide_as_paper_and_has_no_colours(self, run, tmp_path: Path, speak):
        speak(columns=40)
        run("-C", DATA, "status", "--color", "always", "-o", tmp_path / "out.txt")
        text = (tmp_path / "out.txt").read_text(encoding="utf-8")
        assert "\x1b" not in text
        assert max(map(len, text.splitlines())) > 40

    @pytest.mark.parametrize("where", ["nowhere/out.txt", "."])
    def test_a_file_that_cannot_be_written_is_a_sentence(self, run, tmp_path: Path, where: str):
        err = run("-C", DATA, "status", "-o", tmp_path / where, code=2).err
        assert str(tmp_path / where) in err
        assert "Traceback" not in err

    def test_colours_are_an_option_and_off_in_pipes(self, run, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.delenv("NO_COLOR")
        assert "\x1b[" not in run("-C", DATA, "status").out
        assert "\x1b[" in run("-C", DATA, "status", "--color", "always").out
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert "\x1b[" in run("-C", DATA, "status").out
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b[" not in run("-C", DATA, "status").out

    def test_a_closed_pipe_is_quiet(self, full_ledger: Path):
        process = subprocess.Popen(
            [sys.executable, "-m", "ledger", "-C", str(full_ledger), "list"], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(100)
        process.stdout.close()
        err = process.stderr.read()
        process.stderr.close()
        assert (process.wait(timeout=60), err) == (0, b"")

    @pytest.mark.parametrize(
        "arguments", [("status",), ("--help",), ("list", "--format", "json"), ("schema",)], ids=" ".join
    )
    def test_a_pipe_whose_reader_is_gone_before_the_first_word_is_quiet_too(self, arguments: tuple[str, ...]):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            [sys.executable, "-m", "ledger", *arguments], stdout=write, stderr=subprocess.PIPE, cwd=ROOT, timeout=60,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        os.close(write)
        # Not 1: that would say that something was found.
        assert (done.returncode, done.stderr) == (0, b"")

    def test_a_terminal_that_knows_no_chinese_gets_something_and_no_crash(self, spawn):
        result = spawn("-C", DATA, "status", PYTHONUTF8="0", PYTHONIOENCODING="ascii", LEDGER_LANG="zh")
        assert "17/17" in result.out


class TestControlCharacters:
    """What stands in a file must not drive somebody's terminal, in any format."""

    EVIL = "red\x1b[31m\x9b2J\x07\u202e end"

    @pytest.fixture
    def root(self, make_ledger) -> Path:
        plan = [item(title=self.EVIL, lead="unit" + self.EVIL, goal=self.EVIL, remark=self.EVIL, source=self.EVIL,
            steps=[self.EVIL],
                     targets={"a": {"name": self.EVIL, "unit": self.EVIL, "goal": 5}})]  # fmt: skip
        facts = [
            fact("2017-05-01", "report", text="red\x1b[31m", note="\x9b", by="x\x1b[0m"),
            fact("2017-05-02", "done"),
        ]
        claim = {"id": "a", "as_of": "2017-06-01", "figures": {"measures.total\x1b": 1}, "gap": "g\x1b[31m"}
        texts = {**files(plan, facts, title=self.EVIL), "claims.yaml": json.dumps({"claims": [claim]})}
        # In YAML they stand as escapes; written out they would be a fault of the file.
        plain = {path: json.dumps(json.loads(text)) + "\n" for path, text in texts.items() if path.endswith(".yaml")}
        return make_ledger({**texts, **plain})

    @pytest.mark.parametrize("arguments", [
        ("status",), ("status", "--by", "lead"), ("status", "--format", "md"),
        ("status", "--format", "json", "--by", "lead"),
        ("list",), ("list", "--format", "md"), ("list", "--format", "json"), ("list", "--format", "csv"),
        ("show", "M1"), ("show", "M1", "--format", "md"), ("show", "M1", "--format", "json"),
    ], ids=" ".join)  # fmt: skip
    def test_none_is_printed(self, run, root: Path, arguments: tuple[str, ...]):
        # Spelled as escapes they are findings, and blanks stand in their place.
        result = run("-C", root, *arguments, "--as-of", "2018-06-01", code=2)
        assert "red" in result.out
        assert not set(result.out + result.err) & {"\x1b", "\x9b", "\x07"}

    def test_none_is_printed_in_what_is_said_about_a_file(self, run, make_ledger):
        texts = files()
        texts["journal/2017/office.csv"] = "date,item,event\n2017-05-01,M\x1b[31m,st\x1b[31mart\n"
        texts["measures.yaml"] = '- {"id": "M\\u001b", "ti\\u001btle": "t", "lead": "l", "due": "\\u009b31m"}\n'
        err = run("-C", make_ledger(texts), "status", "--as-of", "2018-06-01", code=2).err
        assert not set(err) & {"\x1b", "\x9b", "\x07"}

    def test_none_is_printed_in_a_refusal(self, run):
        assert "\x1b" not in run("-C", DATA, "show", "M\x1b[31m", code=2).err
        assert "\x1b" not in run("-C", DATA, "list", "le\x1bad:x", code=2).err


def test_the_shim_of_a_checkout_is_the_command():
    done = subprocess.run(
        [sys.executable, "cli.py", "--version"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == f"ledger {__version__}\n"


def test_a_word_that_is_no_command_leads_to_the_line_to_type(run):
    for word, line in {
        "done": "record done M18",
        "销号": "record close M18",
        "完成": "record done M18",
        "lint": "check",
    }.items():
        assert f"Write ledger {line}" in run(word, "M18", code=2).err


@pytest.mark.parametrize("arguments", [(), ("-C", DATA), ("--no-pager", "-C", DATA)])
def test_ledger_alone_on_a_terminal_tells_what_needs_attention(run_any, monkeypatch, arguments):
    monkeypatch.setattr("ledger.cli.main.obeys_escapes", lambda stream: True)
    monkeypatch.setenv("LEDGER_DIR", str(DATA))
    told = run_any(*arguments)
    assert told.code == 0
    assert "short 4" in told.out
    assert "ledger status" in told.out


def test_elsewhere_it_is_the_help_or_names_the_folder_without_a_ledger(run_any, monkeypatch, tmp_path):
    monkeypatch.setattr("ledger.cli.main.obeys_escapes", lambda stream: True)
    assert "Commands" in run_any().out + run_any().err or "Usage" in run_any().out
    assert str(tmp_path) in run_any("-C", tmp_path).err
