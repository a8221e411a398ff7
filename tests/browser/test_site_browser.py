"""The public site as people use it: in Chromium, from the disk, without any network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Window, installed
from tests.site_paper import LONG

pytestmark = pytest.mark.browser

KINDS = (
    "zh/index.html", "en/items.html", "zh/item/M1.html", "en/districts.html", "en/week/2017-W51.html",
    "zh/downloads.html", "zh/wall.html", "en/heat.html", "en/item/M2.html", "zh/overdue.html",
)  # fmt: skip
"""One page of each kind."""

phone = pytest.mark.parametrize("window", [{"viewport": PHONE}], indirect=True)
without_scripts = pytest.mark.parametrize("window", [{"java_script_enabled": False}], indirect=True)


def ids(page: Any) -> list[str]:
    """The items of the lists that are shown."""
    shown: list[str] = page.locator("main tbody th").evaluate_all(
        "cells => cells.filter(cell => cell.checkVisibility()).map(cell => cell.textContent)"
    )
    return shown


def lists(page: Any, expected: list[str]) -> None:
    """Sure that the page comes to show these items: what a click starts may end a moment after it."""
    for _ in range(100):
        if ids(page) == expected:
            return
        page.wait_for_timeout(50)
    assert ids(page) == expected


def test_a_search_finds_words_in_any_order(window: Window):
    page = window.open("plain/zh/items.html")
    lists(page, ["M10", "M2", "A1", "M1"])
    page.get_by_label("搜索").fill("码头 关")
    lists(page, ["M1"])
    assert page.get_by_role("status").inner_text() == "找到 1 项，共 4 项"
    page.get_by_role("link", name="关闭码头").click()
    assert page.get_by_role("heading", level=1).inner_text() == "M1 关闭码头"


def test_a_unit_that_only_takes_part_is_found_as_well(window: Window):
    page = window.open("plain/en/items.html")
    page.get_by_label("Search").fill("市公安局")
    lists(page, ["M1"])


def test_filters_work_together_and_are_cleared_at_once(window: Window):
    page = window.open("plain/en/items.html")
    page.get_by_label("State").select_option("overdue")
    lists(page, ["M10"])
    page.get_by_label("Lead unit").select_option("市环保局")
    lists(page, [])
    assert page.get_by_role("status").inner_text() == "0 of 4 items found"
    page.get_by_role("button", name="Clear").click()
    lists(page, ["M10", "M2", "A1", "M1"])
    page.get_by_label("Book").select_option("actions")
    lists(page, ["A1"])


def test_a_long_result_is_shown_by_and_by(window: Window):
    page = window.open("many/zh/items.html")
    page.get_by_label("牵头单位").select_option("市水利局")
    assert len(ids(page)) == 50
    page.get_by_role("button", name="再显示 50 项").click()
    page.get_by_role("button", name="再显示 25 项").click()
    assert len(ids(page)) == 125
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 101
    assert not page.locator("#more").is_visible()


def test_what_was_searched_can_be_sent_on(window: Window):
    page = window.open("plain/zh/items.html#q=M10")
    lists(page, ["M10"])
    page.get_by_label("搜索").fill("市环保局")
    page.get_by_role("link", name="English").click()
    lists(page, ["M2"])
    assert page.get_by_label("Search").input_value() == "市环保局"


def test_the_other_language_keeps_every_filter(window: Window):
    page = window.open("plain/zh/items.html")
    page.get_by_label("账").select_option("措施")
    page.get_by_label("状态").select_option("逾期")
    page.get_by_label("牵头单位").select_option("市水利局")
    page.get_by_role("link", name="English").click()
    lists(page, ["M10"])
    for name, chosen in (("Book", "measures"), ("State", "overdue"), ("Lead unit", "市水利局")):
        assert page.get_by_label(name).locator("option:checked").inner_text() == chosen


@pytest.mark.parametrize("asked, found", [("逾期", ["M10"]), ("2017-06-30", ["M10"]), ("整改完成 码头", ["M1", "A1"])])
def test_the_search_knows_state_and_deadline(window: Window, asked: str, found: list[str]):
    page = window.open("plain/zh/items.html")
    page.get_by_label("搜索").fill(asked)
    lists(page, found)


def test_the_language_is_switched_on_the_same_page(window: Window):
    page = window.open("plain/index.html")
    page.wait_for_url("**/zh/index.html")
    page.get_by_role("link", name="整改事项").click()
    page.get_by_role("link", name="关闭码头").click()
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/item/M1.html")
    assert page.get_by_role("heading", level=1).inner_text() == "M1 Close the wharves"
    page.get_by_role("link", name="中文").click()
    assert page.url.endswith("/zh/item/M1.html")


@without_scripts
def test_without_scripts_the_whole_list_is_there_and_no_search(window: Window):
    page = window.open("many/en/items.html")
    assert not page.locator("form").is_visible()
    listed = ids(page)
    while page.locator("nav.pages [aria-current] >> xpath=../following-sibling::li[1]/a").count():
        page.locator("nav.pages [aria-current] >> xpath=../following-sibling::li[1]/a").click()
        listed += ids(page)
    assert len(listed) == len(set(listed)) == 250


def test_everything_is_done_with_the_keyboard(window: Window):
    page = window.open("plain/en/items.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(5):
        # Past the links to the lists of what is late, short, due soon, and done.
        page.keyboard.press("Tab")
    page.keyboard.type("wharf")
    lists(page, ["A1"])
    for _ in range(6):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Wharf one"
    page.keyboard.press("Enter")
    page.wait_for_url("**/item/A1.html")


def test_the_keyboard_reaches_everything_and_is_caught_nowhere(window: Window):
    page = window.open("plain/zh/item/M1.html")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        what = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if what.startswith("<body"):
            break
        seen.append(what)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    reachable = page.locator("a[href], [tabindex='0']").count()
    assert len(seen) == len(set(seen)) == reachable


@phone
@pytest.mark.parametrize("site", ["plain", "hostile"])
def test_no_page_is_wider_than_a_telephone(window: Window, site: str, sites: Path):
    units = sorted((sites / site / "en/unit").iterdir())[:2]
    for path in (*KINDS, *(unit.relative_to(sites / site).as_posix() for unit in units)):
        page = window.open(f"{site}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


@pytest.mark.parametrize("window", [{"viewport": {"width": 360, "height": 800}}], indirect=True)
def test_no_page_is_higher_than_a_telephone_reader_endures(window: Window, sites: Path):
    listed = [path for name in ("many", "plain") for path in (sites / name / "zh").glob("*.html")]
    for path in [*listed, *(sites / "many/zh/unit").iterdir(), *(sites / "plain/en/item").iterdir()]:
        page = window.open(path.relative_to(sites).as_posix())
        assert page.evaluate("document.documentElement.scrollHeight") <= 20_000, path


def test_a_table_is_sorted_by_the_title_of_a_column(window: Window):
    page = window.open("plain/en/units.html")
    assert ids(page)[0] == "市水利局"
    page.get_by_role("button", name="rate").click()
    assert page.locator("[aria-sort]").get_attribute("aria-sort") == "descending"
    assert ids(page)[-1] == "市环保局"
    page.get_by_role("button", name="rate").click()
    assert ids(page)[0] in ("市水利局", "市环保局")


def test_all_items_are_sorted_whatever_page_they_stand_on(window: Window):
    page = window.open("many/en/items.html")
    page.get_by_label("Sort by").select_option("id:down")
    assert ids(page)[:2] == ["M250", "M249"]
    page.get_by_label("Sort by").select_option("due")
    assert ids(page)[:2] == ["M3", "M6"]


def test_a_target_that_is_not_met_is_told_in_words_and_in_colour(window: Window):
    page = window.open("short/zh/item/M1.html")
    mark = page.get_by_role("cell", name="未达标，差 3 座")
    plain_color = page.get_by_role("cell", name="≥ 46 座").evaluate("cell => getComputedStyle(cell).color")
    assert mark.evaluate("cell => getComputedStyle(cell).color") != plain_color
    assert page.get_by_role("link", name="P1").count() == 0
    page.get_by_role("link", name="渗滤液问题").click()
    assert page.get_by_role("heading", level=1).inner_text() == "P1 渗滤液问题"
    assert page.get_by_role("link", name="关闭码头").count() == 1


@pytest.mark.parametrize("wide", [390, 360])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_of_numbers_are_whole_on_a_telephone(window: Window, lang: str, wide: int):
    window.page.set_viewport_size({"width": wide, "height": 844})
    for path in ("index", "units", "districts", "weeks", "week/2017-W51"):
        page = window.open(f"many/{lang}/{path}.html")
        over = page.locator(".tally").evaluate_all(
            "tables => tables.map(({parentElement: one}) => one.scrollWidth - one.clientWidth)"
        )
        assert over == [0] * len(over), path
        assert path == "districts" or over
    assert page.locator(".tally td").first.evaluate("cell => parseFloat(getComputedStyle(cell).fontSize)") > 11


@phone
def test_a_telephone_shows_the_narrow_curve_whole_and_in_letters_to_read(window: Window):
    page = window.open("plain/zh/index.html")
    assert not page.locator("figure .broad").is_visible()
    drawing = page.locator("figure .narrow svg")
    assert drawing.is_visible()
    assert drawing.evaluate("one => one.parentElement.scrollWidth - one.parentElement.clientWidth") <= 0
    letters = drawing.locator("text").first.evaluate("one => one.getBoundingClientRect().height")
    assert letters > 9


def test_it_prints_on_paper_without_what_only_a_screen_needs(window: Window):
    page = window.open("plain/zh/item/M1.html")
    assert page.pdf(format="A4").startswith(b"%PDF-")
    page.emulate_media(media="print")
    for name in (".skip", ".menu", ".switch"):
        assert not page.locator(name).is_visible()
    assert page.locator(".six").is_visible()


def test_a_hostile_ledger_runs_nothing_and_hides_nothing(window: Window):
    for path in ("index", "items", "item/M1", "item/M4", "units", "downloads"):
        page = window.open(f"hostile/en/{path}.html")
        assert page.locator("script").count() == (2 if path == "items" else page.locator("table.sortable").count() > 0)
        assert page.locator("img").count() == 0
        assert page.locator("main h1").is_visible()
        assert page.locator("footer").is_visible()


def test_hostile_texts_are_found_and_shown_as_they_are(window: Window):
    page = window.open("hostile/en/items.html")
    page.get_by_label("Search").fill("<script>")
    lists(page, ["M1"])
    assert page.locator("#results td a").inner_text() == "<script>alert('x')</script>"
    page.get_by_label("Search").fill("很长的名称")
    page.locator("#results td a").first.click()
    assert LONG in page.locator("dd").first.inner_text()


@pytest.mark.parametrize(
    "window,paths",
    [({"viewport": DESKTOP}, KINDS), ({"viewport": PHONE, "color_scheme": "dark"}, KINDS[1:3])],
    indirect=["window"],
    ids=["desktop", "phone in the dark"],
)
def test_axe_finds_no_violation(window: Window, paths: tuple[str, ...]):
    axe = installed("axe_playwright_python.sync_playwright").Axe()
    for path in paths:
        page = window.open(f"plain/{path}")
        if path.endswith("items.html"):
            page.get_by_label("Search").fill("M1")
        # It may fetch nothing, not even the style it would like to read: the policy of the page forbids it.
        found = axe.run(page, options={"preload": False, "resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
