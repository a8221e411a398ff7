"""Every rule has its page, and the examples on it are true."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import ledger.rule.page
from ledger.model.finding import UNREADABLE
from ledger.rule.page import pages
from ledger.rule.registry import RULES
from tests.rule.bundle import BOOKS, DEFAULT, Bundle

_HEAD = re.compile(r"# ([\w./-]+\.(?:yaml|csv|txt)(?: \(before\))?|git rev-parse .*)|# as of (\S+)|# today is (\S+)")
CODES = [rule.code for rule in RULES]
ACROSS = {207, 208}
"""Rules that speak of ledgers below only: their examples are settings, which no other ledger lies beside."""


def snippet(text: str) -> Bundle:
    """The ledger that an example shows, with the settings of the cases above its own."""
    files = {"ledger.yaml": DEFAULT, **dict.fromkeys(BOOKS, "[]\n")}
    day, today, path = date(2017, 12, 31), None, ""
    shown: dict[str, str] = {}
    for line in text.split("\n"):
        head = _HEAD.fullmatch(line)
        if head and head[1]:
            path = head[1]
            shown[path] = ""
        elif head:
            day = date.fromisoformat(head[2] or head[3])
            today = day if head[3] else today
        else:
            shown[path] += line + "\n"
    tagged = next((text.strip() for head, text in shown.items() if head.startswith("git ")), None)
    was = {path.removesuffix(" (before)"): text for path, text in shown.items() if path.endswith(" (before)")}
    now = {path: text for path, text in shown.items() if not path.endswith(" (before)") and not path.startswith("git ")}
    before = _bytes({**files, **now, **was}) if was else None
    return Bundle(_bytes({**files, **now}), [], day, today, True, before, tagged)


def _bytes(texts: dict[str, str]) -> dict[str, bytes | None]:
    own = texts["ledger.yaml"]
    return {path: text.encode() for path, text in texts.items()} | {
        "ledger.yaml": (own if own == DEFAULT else DEFAULT + own).encode()
    }


def test_every_rule_has_a_page_and_every_page_a_rule():
    assert sorted(pages()) == sorted(rule.code for rule in RULES)


def test_a_page_stands_in_the_file_of_its_code():
    folder = Path(ledger.rule.page.__file__).parent / "pages"
    assert {path.stem for path in folder.glob("*.md")} == {page.label for page in pages().values()}


@pytest.mark.parametrize("code", CODES)
def test_a_page_speaks_both_languages(code: int):
    page = pages()[code]
    for words in (page.title, page.meaning, page.mend):
        assert re.search(r"[\u4e00-\u9fff]", words.zh)
        assert re.search(r"[A-Za-z]{3}", words.en)
        assert not re.search(r"[\u4e00-\u9fff]", re.sub("[余近约基本]", "", words.en))
    assert len(page.title.zh) <= 24
    assert len(page.title.en) <= 60
    assert page.meaning.zh.endswith("。")
    assert page.meaning.en.endswith(".")
    assert page.mend.zh.endswith("。")
    assert page.mend.en.endswith(".")


@pytest.mark.parametrize("code", [code for code in CODES if code not in ACROSS])
def test_the_bad_example_of_a_page_makes_its_rule_speak(code: int, tmp_path: Path):
    assert code in {finding.code for finding in snippet(pages()[code].bad).findings(tmp_path)}


@pytest.mark.parametrize("code", CODES)
def test_the_good_example_of_a_page_keeps_its_rule_silent_and_is_read_whole(code: int, tmp_path: Path):
    codes = {finding.code for finding in snippet(pages()[code].good).findings(tmp_path)}
    assert code not in codes
    assert not codes & (UNREADABLE | {109})


@pytest.mark.parametrize("code", CODES)
def test_the_examples_of_a_page_differ(code: int):
    page = pages()[code]
    assert page.bad != page.good
    assert not page.bad.endswith("\n")
    assert not page.good.endswith("\n")
