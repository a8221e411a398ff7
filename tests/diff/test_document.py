"""Differences as people read them: whole pages, and the sentence of each kind."""

from __future__ import annotations

import pytest

from ledger.compare.difference import KINDS, Difference
from ledger.compare.phrase import change_text, titles
from ledger.diff import Versions, diff_document, diff_github
from ledger.format.document import in_language, spoken
from ledger.format.markdown import markdown
from ledger.format.terminal import terminal_text
from ledger.model.words import Words
from ledger.text.width import cell_width
from tests.compare.compare_paper import OFFICE, Edit, adds, between, edited, sheet
from tests.paper import item

pytestmark = pytest.mark.quick

EDITS: list[Edit] = [
    lambda s: s.item("M1").update(due="2018-03-31", lead="市城管委", remark="只在内部"),
    lambda s: s.item("M1")["targets"]["started"].update(goal=">= 40", firm="basic"),
    lambda s: s.item("M1")["milestones"]["plans"].update(due="2017-10-31"),
    lambda s: s.measures.remove(s.item("M4")),
    lambda s: s.measures.append(item("M5", title={"zh": "新增的事项", "en": "a new item"})),
    lambda s: s.fact("2017-06-01").update(value="46"),
    lambda s: s.facts.remove(s.fact("2017-06-02")),
    lambda s: s.settings["closing"]["steps"].pop(),
    lambda s: s.waivers.append({"code": "L801", "item": "M1", "reason": "等资金", "by": OFFICE, "until": "2018-06-30"}),
    adds("2017-08-01", "extend", "M2", until="2018-09-30", doc="渝环改〔2017〕8号"),
    adds("2017-08-02", "withdraw", "M3", key="M1"),
    adds("2017-08-03", "lookback", "P1", key="relapsed"), adds("2017-08-04", "reopen", "P1", until="2019-06-30"),
    adds("2017-06-15", "report", "M2", text="补记"), adds("2017-08-05", "done", "M2"), adds("2017-08-06", "report", "M2"),
    adds("2017-08-06", "reading", "M1", key="started", value="44"),
]  # fmt: skip
BEFORE, AFTER = sheet(), edited(*EDITS)
FOUND = between(BEFORE, AFTER)
TITLES = titles(BEFORE.read().items, AFTER.read().items)
VERSIONS = Versions(Words("小台账", "small ledger"), Words.same("2018-01-04 0123456789 第一周 · 科员"),
                    Words("工作区（尚未提交）", "the working tree"))  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_a_week(golden, lang: str):
    golden(f"diff.{lang}.txt", terminal_text(in_language(diff_document(FOUND, VERSIONS, TITLES), lang), 80))


def test_the_comment_on_a_merge_request(golden):
    golden("diff.zh.md", markdown(in_language(diff_document(FOUND, VERSIONS, TITLES, places=True), "zh")))


def test_the_annotations_of_a_merge_request(golden):
    fails = lambda one: one.kind in ("removed", "withdrawn") and not one.explained
    golden("diff.github.txt", diff_github(FOUND, fails, TITLES, "zh", "data/"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_difference_is_one_line_in_the_language(lang: str):
    for one in FOUND:
        text = spoken(change_text(one), lang)
        assert text
        assert "\n" not in text
    assert {one.kind for one in FOUND} <= set(KINDS)


def test_no_line_is_wider_than_a_terminal():
    for width in (60, 80, 120):
        lines = terminal_text(in_language(diff_document(FOUND, VERSIONS, TITLES), "zh"), width).splitlines()
        assert max(map(cell_width, lines)) <= width


def test_a_postponement_of_a_postponement_names_the_first_deadline():
    before = edited(adds("2017-08-01", "extend", until="2018-01-31"))
    after = edited(adds("2017-08-01", "extend", until="2018-01-31"), adds("2017-08-02", "extend", until="2018-03-02"))
    (one,) = between(before, after)
    assert spoken(change_text(one), "en") == "2018-01-31 → 2018-03-02 (30 days later; first 2017-12-31, +61 in all)"
    assert spoken(change_text(one), "zh") == "2018-01-31 → 2018-03-02（推后 30 天；原时限 2017-12-31，共 +61 天）"


def test_words_stand_for_codes():
    (one,) = between(sheet(), edited(lambda s: s.item("M1").update(due="long_term")))
    assert spoken(change_text(one), "en") == "2017-12-31 → long term"
    firm = Difference("weakened", "M1", "targets.started.firm", "full", "basic")
    assert spoken(change_text(firm), "en") == "started firmness: full → basic"
    assert spoken(change_text(firm), "zh") == "started 目标力度：完成 → 基本"


def test_a_tag_is_told_by_its_name():
    one = Difference("field_changed", "M1", "tags.批次", None, "第二批", "measures.yaml", 3)
    assert spoken(change_text(one), "zh").startswith("标签 批次：")


def test_a_long_text_is_cut():
    long = Difference("retitled", "M1", "title", "长" * 90, "短")
    assert cell_width(spoken(change_text(long), "zh")) < 140
    assert "…" in spoken(change_text(long), "zh")
