"""The frame of every page of the public site: its head, its way around, the way to the other language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.format.html import inline
from ledger.model.words import Words
from ledger.site.public import PublicItem, PublicLedger
from ledger.text.safe import one_line, xml_safe

LANGUAGES = ("zh", "en")
TAGS = {"zh": "zh-CN", "en": "en"}
"""The languages of the site as browsers know them."""

_NAMES = {"zh": "中文", "en": "English"}
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src {scripts}; base-uri 'none'; form-action 'none'"
)
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")

SECTIONS = {
    "index.html": Words("总览", "Overview"),
    "items.html": Words("整改事项", "Items"),
    "units.html": Words("牵头单位", "Lead units"),
    "districts.html": Words("区县", "Districts"),
    "weeks.html": Words("每周存档", "Weeks"),
    "downloads.html": Words("下载和订阅", "Downloads"),
}
"""The pages that every page links to."""


class Site(NamedTuple):
    """What every page draws on: what is public, and under which file names items and units are found.

    `curve` is the picture of each language as SVG; empty where there is none.
    """

    public: PublicLedger
    by_id: Mapping[str, PublicItem]
    item_names: Mapping[str, str]
    unit_names: Mapping[str, str]
    curve: Mapping[str, str]

    def item_path(self, id_: str) -> str:
        """The page of an item, below the folder of a language."""
        return f"item/{self.item_names[id_]}.html"

    def unit_path(self, unit: str) -> str:
        """The page of a unit, below the folder of a language."""
        return f"unit/{self.unit_names[unit]}.html"


class Page(NamedTuple):
    """One page: where it is below the folder of a language, what is over it, and the lines of its main part.

    `section` is the page of the menu it belongs to. `also` has the pages that it is a part of, by path with their
    names. A `scripted` page loads the search.
    """

    path: str
    title: str
    lines: Sequence[str]
    section: str = ""
    also: Sequence[tuple[str, str]] = ()
    scripted: bool = False


def up(path: str) -> str:
    """The way from a page to the folder of its language."""
    return "../" * path.count("/")


def clipped(text: str, most: int) -> str:
    """The text on one line, cut after so many characters, with `…` where something is missing."""
    line = one_line(xml_safe(text))
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def tongue(text: str, lang: str) -> str:
    """The attribute that says a text is Chinese, where the page around it is not."""
    return ' lang="zh-CN"' if lang != "zh" and _CHINESE.search(text) else ""


def page_text(page: Page, site: Site, lang: str) -> str:
    """The whole page. Every text is escaped; the policy of the page forbids all that is not a file of the site."""
    title = site.public.title.pick(lang)
    lines = [
        *_head(page, title, lang),
        "<body>",
        f'<a class="skip" href="#main">{Words("跳到正文", "Skip to the content").pick(lang)}</a>',
        "<header>",
        f'<p class="site"{tongue(title, lang)}>{inline(title)}</p>',
        _menu(page, lang),
        _switch(page, lang),
        "</header>",
        *_trail(page, lang),
        '<main id="main" tabindex="-1">',
        f"<h1{tongue(page.title, lang)}>{inline(page.title)}</h1>",
        *page.lines,
        "</main>",
        f"<footer><p>{_FOOT.pick(lang)}</p>{_tuned(site, lang)}</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _tuned(site: Site, lang: str) -> str:
    """Which rules are off, where any is."""
    said = site.public.rules.pick(lang)
    return f"<p>{inline(said)}</p>" if said else ""


_FOOT = Words(
    "本页由整改台账生成，只公开整改任务、目标、措施、责任、时限、结果六项及其公开的进展。",
    "Made from the rectification ledger. Six fields are published of each item (task, goal, steps, responsibility, "
    "deadline, result), and its public history.",
)


def _head(page: Page, title: str, lang: str) -> list[str]:
    top, other = up(page.path), _other(lang)
    whole = " · ".join(dict.fromkeys(clipped(text, 80) for text in (page.title, title)))
    return [
        "<!DOCTYPE html>",
        f'<html lang="{TAGS[lang]}">',
        "<head>",
        '<meta charset="utf-8">',
        _policy("'self'" if page.scripted else "'none'"),
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{inline(whole)}</title>",
        f'<link rel="stylesheet" href="{top}../site.css">',
        f'<link rel="icon" type="image/svg+xml" href="{top}../icon.svg">',
        f'<link rel="alternate" hreflang="{TAGS[other]}" href="{top}../{other}/{page.path}">',
        f'<link rel="alternate" type="application/atom+xml" title="{inline(clipped(title, 80))}" href="{top}feed.xml">',
        *(f'<script src="{name}" defer></script>' for name in ("index.js", "../site.js") if page.scripted),
        "</head>",
    ]  # fmt: skip


def _policy(scripts: str) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(scripts=scripts)}">'


def _menu(page: Page, lang: str) -> str:
    links = []
    for path, name in SECTIONS.items():
        mark = ' aria-current="page"' if path == page.path else ' class="here"' if path == page.section else ""
        links.append(f'<li><a href="{up(page.path)}{path}"{mark}>{name.pick(lang)}</a></li>')
    return f'<nav class="menu" aria-label="{Words("主菜单", "Main menu").pick(lang)}"><ul>{"".join(links)}</ul></nav>'


def _switch(page: Page, lang: str) -> str:
    other = _other(lang)
    link = f'<a lang="{TAGS[other]}" hreflang="{TAGS[other]}" href="{up(page.path)}../{other}/{page.path}">'
    return f'<p class="switch">{link}{_NAMES[other]}</a></p>'


def _trail(page: Page, lang: str) -> list[str]:
    links = "".join(
        f'<li><a href="{up(page.path)}{path}"{tongue(name, lang)}>{inline(clipped(name, 60))}</a></li>'
        for path, name in page.also
    )
    name = Words("所在位置", "Where you are").pick(lang)
    return [f'<nav class="trail" aria-label="{name}"><ol>{links}</ol></nav>'] if links else []


def _other(lang: str) -> str:
    return next(other for other in LANGUAGES if other != lang)


def front_door(public: PublicLedger, lang: str) -> str:
    """The page at the top: it leads to the overview in `lang`, and offers both languages where it is not followed."""
    title = public.title.pick(lang)
    links = "".join(
        f'<li><a lang="{TAGS[one]}" hreflang="{TAGS[one]}" href="{one}/index.html">{_NAMES[one]}</a></li>'
        for one in LANGUAGES
    )
    return "\n".join([
        "<!DOCTYPE html>",
        f'<html lang="{TAGS[lang]}">',
        "<head>",
        '<meta charset="utf-8">',
        _policy("'none'"),
        f'<meta http-equiv="refresh" content="0; url={lang}/index.html">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{inline(clipped(title, 80))}</title>",
        '<link rel="stylesheet" href="site.css">',
        '<link rel="icon" type="image/svg+xml" href="icon.svg">',
        "</head>",
        "<body>",
        '<main id="main">',
        f"<h1{tongue(title, lang)}>{inline(title)}</h1>",
        f"<ul>{links}</ul>",
        "</main>",
        "</body>",
        "</html>",
    ]) + "\n"  # fmt: skip
