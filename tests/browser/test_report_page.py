"""A report as a page in a real browser, on a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ledger.format.cell import number_cell, rate_cell
from ledger.format.document import Document, Head, Table, in_language
from ledger.format.html import html_page
from ledger.model.words import Words
from ledger.report.part.head import column, columns
from ledger.state.figure.count import Rate

pytestmark = pytest.mark.browser


def progress(lang: str) -> Document:
    """The progress table at its largest: a book of 2,735 items."""
    titles = (
        column("book")._replace(once=True), *columns(("time_node", "items", "done", "open", "overdue", "short")),
        column("rate", Words("完成率 n/N", "rate n/N"), right=True),
    )  # fmt: skip
    book, node = Words("细化举措", "measures"), Words("2017年年底", "end of 2017")
    rows = [[book, node, *map(number_cell, (2735, 2342, 393, 24, 7)), rate_cell(Rate(2342, 2735))]] * 3
    return in_language([Head("报告"), Table(titles, rows, "progress", "统计表")], lang)


@pytest.mark.parametrize("wide", [390, 360])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_progress_table_is_whole_on_a_telephone(browser: Any, tmp_path: Path, lang: str, wide: int):
    path = tmp_path / "report.html"
    path.write_text(html_page(progress(lang)), encoding="utf-8")
    page = browser.new_page(viewport={"width": wide, "height": 844})
    page.goto(path.as_uri())
    assert page.evaluate("[...document.querySelectorAll('.table')].map(one => one.scrollWidth - one.clientWidth)") == [
        0
    ]
    page.close()
