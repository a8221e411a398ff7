"""Long tables of the site are parted over pages, and nothing of them is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.model.words import Words
from ledger.site.page import (
    MOST_ROWS,
    ROOM,
    TALL,
    Cell,
    Column,
    Page,
    Row,
    Sentence,
    Size,
    Table,
    paged,
    parted,
    size_of,
)

sizes = st.lists(st.integers(1, ROOM // 2), max_size=12)
COLUMNS = (Column(Words.same("a")),)


def table(rows: list[Row], caption: str = "t", empty: str = "") -> Table:
    return Table(caption, COLUMNS, rows, empty=empty)


def tables(rows: list[list[int]]) -> list[Table]:
    return [table([Row((Cell(f"{n}-{i}-" + "x" * size),)) for i, size in enumerate(own)]) for n, own in enumerate(rows)]


@given(st.lists(sizes, max_size=4), st.integers(0, 2 * ROOM))
def test_every_row_is_on_one_page_in_its_order(rows: list[list[int]], taken: int):
    given_ = tables(rows)
    pages = parted(given_, Size(taken, 0))
    assert [row for page in pages for part in page for row in part.rows] == [row for t in given_ for row in t.rows]


@given(st.lists(sizes, max_size=4), st.integers(0, ROOM))
def test_a_page_holds_no_more_than_it_may_unless_one_row_is_too_large(rows: list[list[int]], taken: int):
    for number, page in enumerate(parted(tables(rows), Size(taken, 0))):
        held = [size_of(row) for part in page for row in part.rows]
        assert len(held) <= MOST_ROWS
        used = sum(size.bytes for size in held) + (0 if number else taken)
        assert len(held) <= 1 or (used <= ROOM and sum(size.tall for size in held) <= TALL)


def test_a_page_has_fifty_rows():
    pages = parted([table([Row((Cell("x"),))] * 130)])
    assert [len(part.rows) for page in pages for part in page] == [50, 50, 30]


def test_only_the_first_part_has_what_stands_above_the_table():
    listed = table([Row((Cell("x" * 900),))] * 110)
    above, behind = Sentence(("above",)), Sentence(("behind",))
    pages = paged(Page("items.html", "Items", (above,)), [listed], [behind])
    assert [page.path for page in pages][:3] == ["items.html", "items~2.html", "items~3.html"]
    assert [str(page.title if isinstance(page.title, str) else page.title.en) for page in pages][:2] == [
        "Items", f"Items (2/{len(pages)})",
    ]  # fmt: skip
    assert [above in page.parts and behind in page.parts for page in pages] == [True, *[False] * (len(pages) - 1)]


def test_a_table_that_goes_on_over_pages_is_not_sorted_on_one_of_them():
    rows = [Row((Cell("x"),))] * 60
    assert [page.is_sorted for page in paged(Page("a.html", "A", ()), [table(rows)])] == [False, False]
    assert [page.is_sorted for page in paged(Page("a.html", "A", ()), [table(rows[:40])])] == [True]


def test_a_table_without_rows_stays_on_its_page():
    (page,) = paged(Page("a.html", "A", ()), [table([], empty="Nothing.")])
    assert [part.empty for part in page.parts if isinstance(part, Table)] == ["Nothing."]
