"""The pages in Chinese: each English one has its own, built alike, and no link leads nowhere or into the other language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ENGLISH = sorted(DOCS.glob("*.md"))
CHINESE = sorted(DOCS.glob("zh/*.md"))
WRITTEN = [ROOT / "README.md", ROOT / "README.zh.md", *ENGLISH, *CHINESE]
_CODE = re.compile(r"^```.*?^```\n?", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
_HEADING = re.compile(r"^#+ .*$", re.MULTILINE)
_PUNCTUATION = re.compile(r"[^\w\- ]")


def prose(page: Path) -> str:
    """The page without what stands in blocks of code."""
    return _CODE.sub("", page.read_text(encoding="utf-8"))


def headings(page: Path) -> list[str]:
    return _HEADING.findall(prose(page))


def anchors(page: Path) -> set[str]:
    """The headings as addresses within the page, as the usual forges make them."""
    return {_PUNCTUATION.sub("", one.lstrip("#").strip().lower()).replace(" ", "-") for one in headings(page)}


def links(page: Path) -> list[str]:
    """Where the page leads to within the repository."""
    found = [one or picture for one, picture in _LINK.findall(prose(page))]
    return [one for one in found if not re.match(r"[a-z]+:", one)]


def third_line(page: Path) -> str:
    return page.read_text(encoding="utf-8").split("\n")[2]


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def test_every_page_is_there_in_chinese():
    assert [page.name for page in CHINESE] == [page.name for page in ENGLISH]


@pytest.mark.parametrize("page", ENGLISH, ids=named)
def test_a_chinese_page_has_the_headings_of_the_english_one(page: Path):
    levels = [one.partition(" ")[0] for one in headings(page)]
    assert [one.partition(" ")[0] for one in headings(DOCS / "zh" / page.name)] == levels


@pytest.mark.parametrize("page", ENGLISH, ids=named)
def test_a_page_begins_with_the_way_to_the_other_language(page: Path):
    assert third_line(page).startswith(f"中文：[docs/zh/{page.name}](zh/{page.name})")
    assert third_line(DOCS / "zh" / page.name).startswith(f"English: [docs/{page.name}](../{page.name})")


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_every_link_leads_to_a_file_and_a_heading(page: Path):
    for link in links(page):
        path, _, heading = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not heading or target.suffix != ".md" or heading in anchors(target), link


@pytest.mark.parametrize("page", CHINESE, ids=named)
def test_a_chinese_page_leads_to_chinese_pages(page: Path):
    led = [(page.parent / link.partition("#")[0]).resolve() for link in links(page)]
    assert [one for one in led if one in ENGLISH] == [DOCS / page.name]
    assert ROOT / "README.md" not in led


def test_the_chinese_readme_leads_to_chinese_pages():
    assert [link for link in links(ROOT / "README.zh.md") if ROOT / link in ENGLISH] == []
