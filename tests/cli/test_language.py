"""The whole program speaks the language asked for, click's own words too."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import click
import pytest

from ledger.cli.language import OF_CLICK
from tests.paper import files, item

# What only programmers see, or what our commands never do.
UNSEEN = (
    "Editing failed", "Windows error", "DeprecationWarning", "deprecated", "iterable", "declaration", "No options defined",
    "(dynamic)", "defined twice", "Takes ", "Boolean option", "continue?", "Confirm", "version %", "unknown error",
    "Invalid start", "Argument {name", "Bash", "Press any key", "Repeat", "two entered", "Unknown color",
    "invalid input", "Choice(", "match the format", "values are required", "UUID", "executable", "standard stream",
)  # fmt: skip


def strings_of_click() -> set[str]:
    """Every text that click would look up in a catalogue of gettext."""
    found = set()
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                found |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return {text for text in found if isinstance(text, str) and len(text) > 1}


def test_every_word_of_click_that_a_user_meets_is_translated():
    missing = strings_of_click() - OF_CLICK.keys()
    assert [text for text in sorted(missing) if not any(part in text for part in UNSEEN)] == []


@pytest.mark.parametrize("text, translated", sorted(OF_CLICK.items()))
def test_a_translation_fills_no_place_that_click_does_not_fill(text: str, translated: str):
    def places(of: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(of) if name}

    plural = {"possibility": {"possibilities"}, "choice": {"choices", "value"}}
    allowed = places(text) | {more for name in places(text) for more in plural.get(name, ())}
    assert places(translated) <= allowed


def test_help_and_errors_are_in_chinese_where_chinese_is_spoken(spawn):
    shown = spawn("due", "--help", LEDGER_LANG="zh").out
    assert "用法：" in shown
    assert "显示这份帮助" in shown
    assert "没有选项" in spawn("due", "--bla", LEDGER_LANG="zh", code=2).err


def test_help_and_errors_are_in_english_elsewhere(spawn):
    assert "Usage:" in spawn("due", "--help", LEDGER_LANG="en").out
    assert "No such option" in spawn("due", "--bla", LEDGER_LANG="en", code=2).err


@pytest.mark.parametrize("line", [("--help", "--lang", "zh"), ("--lang", "zh", "--help"), ("--help", "--lang=zh")])
def test_the_help_of_all_commands_speaks_the_language_that_is_asked_for(run, line):
    out = run(*line).out
    assert out.startswith("用法")
    assert "整改台账：方案是" in out
    assert "  看:" in out
    assert "环境变量:" in out


@pytest.mark.parametrize("line", [("status", "--help", "--lang", "zh"), ("report", "--lang", "zh", "--help")])
def test_the_help_of_a_command_speaks_it_wherever_it_is_asked_for(spawn, line):
    out = spawn(*line, LEDGER_LANG="en").out
    assert out.startswith("用法")
    assert "选项" in out


def test_a_usage_error_speaks_it_too(run):
    assert "没有命令 frob" in run("frob", "--lang", "zh", code=2).err


def test_the_language_of_one_run_is_not_that_of_the_next(run):
    run("--lang", "zh", "--help")
    assert run("--help").out.startswith("Usage")


@pytest.mark.parametrize("line", [
    ("list", "--as-of", "2018-13-01"), ("show", "M9"), ("list", "--bla"), ("list", "--as-of", "2018/1/2"), ("shwo", "M1"),
    ("record", "reading", "M1", "--key", "x"), ("undo", "-n"), ("explain", "L999"), ("set", "M1", "--lead", "x"),
])  # fmt: skip
def test_what_is_said_before_the_ledger_is_read_is_in_its_language(run_any, make_ledger, monkeypatch, line):
    monkeypatch.delenv("LEDGER_LANG")
    for language, speaks in (("zh", True), ("en", False)):
        book = make_ledger(files([item("M1", targets={"built": {"goal": 3}})], language=language), name=language)
        err = run_any("-C", book, *line).err
        assert any("一" <= sign <= "龥" for sign in err) is speaks, err
