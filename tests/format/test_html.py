"""The page: self-contained, escaped, whole, and the same every time."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.format.cell import course_cell
from ledger.format.document import Column, Document, Head, Heading, Paint, Paragraph, Samples, Table
from ledger.format.html import STYLE, bars_svg, html_page
from ledger.text.safe import one_line, xml_safe
from tests.format.html_tree import Node, parsed
from tests.format.report_sample import NASTY, ROWS, numbers_table, overdue_table, progress_table, report


@pytest.fixture(scope="module")
def page() -> str:
    return html_page(report())


@pytest.fixture(scope="module")
def tree(page: str) -> Node:
    return parsed(page)


def by_id(tree: Node, id_: str) -> Node:
    """The table whose caption or heading has that id."""
    regions = [div for div in tree.all("div") if div.attributes.get("aria-labelledby") == id_]
    return regions[0].all("table")[0]


def rows_of(table: Node) -> list[list[str]]:
    return [[cell.text for cell in row.children if isinstance(cell, Node)] for row in table.all("tbody")[0].all("tr")]


@pytest.mark.parametrize("lang, tag", [("zh", "zh-CN"), ("en", "en")])
@pytest.mark.quick
def test_the_page_says_its_language_and_title(lang: str, tag: str):
    read = parsed(html_page(report(lang, 2)))
    assert read.all("html")[0].attributes["lang"] == tag
    assert read.all("title")[0].text == read.all("h1")[0].text == report(lang, 1)[0].title


def test_nothing_is_loaded_and_no_script_runs(page: str, tree: Node):
    assert tree.all("script") == tree.all("link") == tree.all("img") == tree.all("iframe") == []
    loading = {"src", "srcset", "style", "background", "poster", "action", "formaction"}
    for element in (node for tag in set(re.findall("<([a-z0-9]+)", page)) for node in tree.all(tag)):
        assert not loading & set(element.attributes)
        assert not any(name.startswith("on") for name in element.attributes)
    assert all(link.attributes["href"].startswith("#") for link in tree.all("a"))
    assert not re.search(r"url\(|@import", STYLE)


def test_the_policy_allows_the_style_of_the_page_and_nothing_else(tree: Node):
    policy = next(meta.attributes["content"] for meta in tree.all("meta") if "http-equiv" in meta.attributes)
    digest = base64.b64encode(hashlib.sha256(tree.all("style")[0].text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert len(tree.all("style")) == 1


def test_hostile_text_is_shown_as_it_is(tree: Node):
    found = rows_of(by_id(tree, "table-nasty"))
    assert [row[0] for row in found] == [xml_safe(text) for text in NASTY]
    assert [row[2] for row in found] == [str(-n) if n else "0" for n in range(len(NASTY))]
    assert by_id(tree, "table-nasty").all("caption")[0].text == NASTY[0]


def test_every_row_of_a_long_table_is_there(tree: Node):
    found = rows_of(by_id(tree, "overdue"))
    expected = [[xml_safe(cell) for cell in row] for row in overdue_table().rows]
    assert len(found) == ROWS
    assert found == expected


def test_a_head_stands_over_each_table_and_names_its_columns(tree: Node):
    head = by_id(tree, "overdue").all("thead")[0]
    assert [cell.text for cell in head.all("th")] == [column.title for column in overdue_table().columns]
    assert {cell.attributes["scope"] for cell in head.all("th")} == {"col"}
    assert "table-header-group" in STYLE


def test_a_book_that_is_said_once_spans_its_rows(tree: Node):
    books = [cell for cell in by_id(tree, "table-progress").all("th") if "rowspan" in cell.attributes]
    assert [(cell.text, cell.attributes["rowspan"]) for cell in books] == [("整改措施", "3"), ("具体问题", "3")]


def test_tables_of_words_become_cards_on_a_telephone_and_repeat_what_was_said_once(tree: Node):
    table = by_id(tree, "overdue")
    assert "stacked" in table.attributes["class"].split()
    titles = [column.title for column in overdue_table().columns]
    for row in table.all("tbody")[0].all("tr"):
        assert [cell.attributes["data-title"] for cell in row.children if isinstance(cell, Node)] == titles
    assert "swept" in by_id(tree, "table-by_unit").attributes["class"].split()
    words = progress_table()._replace(columns=[column._replace(right=False, flexible=True) for column in
                                               progress_table().columns])  # fmt: skip
    assert [row[0] for row in rows_of(parsed(html_page([words])).all("table")[0])] == ["整改措施"] * 3 + [
        "具体问题"
    ] * 3


def test_ids_are_unique_and_every_link_leads_to_one(page: str, tree: Node):
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    links = [link.attributes["href"].removeprefix("#") for link in tree.all("a")]
    labels = re.findall(r'aria-labelledby="([^"]*)"', page)
    assert len(links) == 8
    assert set(links) | set(labels) <= set(ids)


def test_a_day_is_a_time_and_the_head_names_its_facts(tree: Node):
    facts = tree.all("dl")[0]
    assert [node.text for node in facts.all("dt")] == ["截至", "周", "版本", "时区"]
    assert [node.text for node in facts.all("dd")] == ["2017-12-28", "2017-W52", "–", "Asia/Shanghai"]
    assert facts.all("time")[0].attributes["datetime"] == "2017-12-28"


def test_the_course_of_a_figure_is_drawn_and_told(tree: Node):
    drawings = tree.all("svg")
    assert [svg.all("title")[0].text for svg in drawings] == ["0 → 76 (0 – 76)", "0 → 13.666667 (0 – 13.666667)"]
    assert [len(svg.all("rect")) for svg in drawings] == [40, 42]
    assert all(svg.attributes["role"] == "img" for svg in drawings)


def test_no_bar_leaves_its_drawing():
    table = Table([Column("n")], [[course_cell([-3, 0, None, 5, 2])], [course_cell([None])], [course_cell([0, 0])]])
    for svg in parsed(html_page([table])).all("svg"):
        wide, tall = float(svg.attributes["width"]), float(svg.attributes["height"])
        for bar in svg.all("rect"):
            left, top, width, height = (float(bar.attributes[name]) for name in ("x", "y", "width", "height"))
            assert 0 <= left <= left + width <= wide
            assert top >= 0
            assert height > 0
            assert top + height <= tall + 0.1


def test_a_course_of_years_is_no_wider_than_that_of_one():
    drawn = [bars_svg(Samples(tuple(range(weeks)))) for weeks in (52, 104, 520)]
    assert ['width="312"' in one for one in drawn] == [True] * 3


def classes_of(cell: str) -> str:
    columns = [Column("数", flexible=True), Column("说明", flexible=True)]
    return parsed(html_page([Head("h"), Table(columns, [[cell, "一句话" * 40]])])).all("table")[0].attributes["class"]


def test_words_and_paths_stay_whole_where_the_paper_has_room_for_them():
    assert "whole" in classes_of("journal/2017/report.csv:46:33").split()
    assert "whole" not in classes_of("https://example.invalid/" + "very-long-path/" * 12).split()
    assert ".whole .long { overflow-wrap: break-word; }" in STYLE


def test_an_empty_table_says_so_and_one_with_nothing_to_say_is_left_out(tree: Node):
    assert "本周没有新完成的事项。" in [p.text for p in tree.all("p")]
    assert "<table" not in html_page([Table([Column("a")], [])])


def test_a_tone_is_a_class_beside_the_word():
    read = parsed(html_page([Paragraph(Paint("逾期", "red")), Table([Column("灯")], [[Paint("红灯", "red")]])]))
    assert (read.all("p")[0].attributes["class"], read.all("p")[0].text) == ("red", "逾期")
    assert (read.all("tbody")[0].all("th")[0].attributes["class"]) == "red"


def test_paper_is_turned_from_the_first_wide_table_on(tree: Node):
    turned = [div for div in tree.all("div") if div.attributes.get("class") == "wide"]
    assert next(heading.text for heading in turned[0].all("h2")) == "三、按牵头单位"
    assert "class" not in tree.all("body")[0].attributes
    whole = parsed(html_page([Head("宽"), Heading("表"), numbers_table()]))
    assert whole.all("body")[0].attributes["class"] == "wide"


@pytest.mark.parametrize("document", [[], [Head("")], [Heading("一", 1)], [Paragraph("只有一句")]])
def test_little_is_a_page_too(document: Document):
    assert parsed(html_page(document)).all("main")


def test_the_same_document_is_the_same_page(page: str):
    assert html_page(report()) == page


_text = st.text(st.characters(), max_size=30)


@given(_text, _text, st.lists(st.lists(_text, min_size=2, max_size=2), min_size=1, max_size=3), _text)
def test_any_text_comes_back_from_the_page(title: str, sentence: str, rows: list[list[str]], note: str):
    table = Table([Column("a"), Column(title)], rows, title="表", notes=[note])
    page = html_page([Head(title), Heading(sentence), Paragraph(sentence), table])
    page.encode("utf-8")
    read = parsed(page)
    lines = lambda text: re.sub("\r\n?", "\n", text)
    assert read.all("h1")[0].text == one_line(xml_safe(title))
    assert read.all("h2")[0].text == one_line(xml_safe(sentence))
    assert read.all("p")[0].text == lines(xml_safe(sentence))
    assert read.all("p")[-1].text == lines(xml_safe(note))
    assert rows_of(read.all("table")[0]) == [[lines(xml_safe(cell)) for cell in row] for row in rows]
