"""The writer picks the language of a page, escapes its texts, and leads to its other parts."""

from __future__ import annotations

from ledger.model.words import Words
from ledger.site.page import Cell, Column, Page, Row, Sentence, Table, Ways
from ledger.site.writer import Writer
from tests.format.html_tree import parsed


def written(page: Page, lang: str = "en") -> str:
    return Writer(lang, Words("台账", "Ledger"), Words()).page(page)


def test_a_text_is_escaped_and_told_in_the_language_of_the_page():
    page = Page("index.html", Words("总览", "Overview"), (Sentence((Words("甲<乙", "a<b"),)),))
    assert "<p>a&lt;b</p>" in written(page)
    assert "<p>甲&lt;乙</p>" in written(page, "zh")


def test_many_parts_are_named_from_both_ends_and_around_the_one_shown():
    paths = ("items.html", *(f"items~{number}.html" for number in range(2, 21)))
    table = Table("t", (Column(Words.same("a")),), [Row((Cell("x"),))])
    text = written(Page(paths[9], "Items", (table,), "items.html", ways=Ways(paths, 9)))
    way = next(nav for nav in parsed(text).all("nav") if nav.attributes.get("class") == "pages")
    assert [link.text for link in way.all("a")] == ["1", "7", "8", "9", "10", "11", "12", "13", "20"]
    assert '<a href="items~10.html" aria-current="page">10</a>' in text


def test_what_stands_for_a_table_without_rows_is_a_sentence():
    page = Page("a.html", "A", (Table("t", (Column(Words.same("a")),), [], empty=Words("没有", "Nothing.")),))
    assert "<p>Nothing.</p>" in written(page)
    assert "<table" not in written(page)


def test_a_chinese_text_is_marked_as_such_on_an_english_page_only():
    page = Page("a.html", "标题", (Sentence(("河道",)),))
    assert '<h1 lang="zh-CN">标题</h1>' in written(page)
    assert '<p lang="zh-CN">河道</p>' in written(page)
    assert "<p>河道</p>" in written(page, "zh")
