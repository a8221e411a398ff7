"""Both languages everywhere: a text of the program with one language missing is a failed test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT

CHINESE = re.compile(r"[\u4e00-\u9fff]")
FILLED_LATER = re.compile(r"\{[^{}]*\}")


def texts_of(source: str) -> Iterator[tuple[int, str, str]]:
    """The line, the Chinese and the English of every `Words` written out in `source`; a computed text is not one."""
    for call in re.finditer(r"\bWords\(", source):
        node = _call(source[call.start() :])
        given = dict(zip(("zh", "en"), node.args, strict=False)) | {each.arg: each.value for each in node.keywords}
        if all(isinstance(value, ast.Constant) for value in given.values()):
            both = {lang: str(value.value) for lang, value in given.items() if isinstance(value, ast.Constant)}
            yield source.count("\n", 0, call.start()) + 1, both.get("zh", ""), both.get("en", "")


def _call(source: str) -> ast.Call:
    """The call that `source` begins with: to parse whole modules takes ten times as long."""
    for bracket in re.finditer(r"\)", source):
        with suppress(SyntaxError):
            parsed = ast.parse(source[: bracket.end()], mode="eval").body
            assert isinstance(parsed, ast.Call)
            return parsed
    raise AssertionError(f"no call: {source[:40]}")


def lacking(zh: str, en: str) -> bool:
    """Whether one language says what the other does not."""
    says_words = re.search("[A-Za-z]{2}", FILLED_LATER.sub("", en))
    return bool(zh) != bool(en) or bool(says_words and not CHINESE.search(zh))


@pytest.fixture(scope="module")
def texts() -> list[tuple[Path, int, str, str]]:
    """Every text of the program with its file and line."""
    modules = sorted((ROOT / "ledger").rglob("*.py"))
    return [(path, *text) for path in modules for text in texts_of(path.read_text(encoding="utf-8"))]


def test_no_text_of_the_program_is_written_in_one_language_only(texts: list[tuple[Path, int, str, str]]):
    assert len(texts) > 1500
    assert [f"{path}:{line}: {zh!r}, {en!r}" for path, line, zh, en in texts if lacking(zh, en)] == []


def test_what_is_archived_and_what_is_sealed_have_a_word_each_in_chinese(texts: list[tuple[Path, int, str, str]]):
    assert [zh for _, _, zh, en in texts if "archived" in en and ("存档" not in zh or "封存" in zh)] == []
    assert [zh for _, _, zh, en in texts if re.search(r"\bseal", en) and "archived" not in en and "存档" in zh] == []


@pytest.mark.parametrize("source", ['Words("逾期")', 'Words("", "late")', 'Words(en="late")', 'Words("late", "late")'])
def test_a_missing_translation_is_seen(source: str):
    assert [lacking(zh, en) for _, zh, en in texts_of(source)] == [True]


@pytest.mark.parametrize(
    "source", ['Words("逾期", "late")', 'Words("{name}：", "{name}: ")', "Words()", 'Words("，", ", ")']
)
def test_a_text_in_both_languages_is_not(source: str):
    assert [lacking(zh, en) for _, zh, en in texts_of(source)] == [False]
