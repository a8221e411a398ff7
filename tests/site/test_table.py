"""Long tables of the site are parted over pages, and nothing of them is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.site.frame import Page
from ledger.site.table import ROOM, Listed, paged, parted

sizes = st.lists(st.integers(1, ROOM + 1000), max_size=12)


def tables(rows: list[list[int]]) -> list[Listed]:
    return [
        Listed(f"t{n}", ["a"], [f"{n}-{i}-" + "x" * size for i, size in enumerate(own)]) for n, own in enumerate(rows)
    ]


@given(st.lists(sizes, max_size=4), st.integers(0, 2 * ROOM))
def test_every_row_is_on_one_page_in_its_order(rows: list[list[int]], taken: int):
    given_ = tables(rows)
    pages = parted(given_, taken)
    assert [row for page in pages for part in page for row in part.rows] == [row for t in given_ for row in t.rows]


@given(st.lists(sizes, max_size=4), st.integers(0, ROOM))
def test_a_page_holds_no_more_than_it_may_unless_one_row_is_too_long(rows: list[list[int]], taken: int):
    for number, page in enumerate(parted(tables(rows), taken)):
        held = [len(row) for part in page for row in part.rows]
        assert len(held) <= 1 or sum(held) + (0 if number else taken) <= ROOM


def test_only_the_first_part_has_what_stands_above_the_table_and_the_script():
    listed = Listed("all", ["a"], ["<tr><td>" + "x" * 900 + "</td></tr>"] * 200)
    pages = paged(Page("items.html", "Items", ["<p>above</p>"], scripted=True), "en", [listed], ["<p>behind</p>"])
    assert [page.path for page in pages] == ["items.html", "items~2.html", "items~3.html"]
    assert [page.title for page in pages] == ["Items", "Items (2/3)", "Items (3/3)"]
    assert [page.scripted for page in pages] == [True, False, False]
    assert ["<p>above</p>" in page.lines and "<p>behind</p>" in page.lines for page in pages] == [True, False, False]


def test_many_parts_are_named_from_both_ends_and_around_the_one_shown():
    listed = Listed("all", ["a"], ["x" * ROOM] * 20)
    middle = paged(Page("items.html", "Items", []), "en", [listed])[9]
    way = next(line for line in middle.lines if line.startswith("<nav"))
    assert [number for number in range(1, 21) if f">{number}</a>" in way] == [1, 7, 8, 9, 10, 11, 12, 13, 20]
    assert '<a href="items~10.html" aria-current="page">10</a>' in way


def test_a_table_without_rows_says_so_or_is_left_out():
    assert paged(Page("a.html", "A", []), "en", [Listed("c", ["a"], [], empty="Nothing.")])[0].lines == [
        "<p>Nothing.</p>"
    ]
    assert paged(Page("a.html", "A", []), "en", [Listed("c", ["a"], [])])[0].lines == []
