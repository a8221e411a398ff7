"""Pages as HTML: the one place where the language of a page is picked, and where its texts are escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from ledger.format.document import Text
from ledger.format.html import escaped, inline
from ledger.model.item import STATES
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.site.page import (
    Cards,
    Cell,
    Column,
    Fields,
    Heading,
    Link,
    Links,
    Page,
    Part,
    Picture,
    Row,
    Search,
    Sentence,
    Steps,
    Table,
    clipped,
)
from ledger.site.units import LEDGERS, LEDGERS_PAGE
from ledger.text.pattern import regex

LANGUAGES = ("zh", "en")
TAGS = {"zh": "zh-CN", "en": "en"}
"""The languages of the site as browsers know them."""

_NAMES = {"zh": "中文", "en": "English"}
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src {scripts}; base-uri 'none'; form-action 'none'"
)
_CHINESE = regex("[\u3400-\u9fff\uf900-\ufaff]")
_HEADING = 160
"""Letters of a heading; what is longer stands in full among the fields."""

SECTIONS = {
    "index.html": Words("总览", "Overview"),
    "items.html": Words("整改事项", "Items"),
    "wall.html": Words("挂图", "Wall chart"),
    "units.html": Words("牵头单位", "Lead units"),
    "districts.html": Words("区县", "Districts"),
    "heat.html": Words("热力图", "Heat map"),
    LEDGERS_PAGE: LEDGERS,
    "weeks.html": Words("每周存档", "Weeks"),
    "downloads.html": Words("下载和订阅", "Downloads"),
}
"""The pages that every page links to; the one of ledgers only where there are such."""

_SKIP = Words("跳到正文", "Skip to the content")
_MENU = Words("主菜单", "Main menu")
_PARTS = Words("分页", "Parts of this list")
_HERE = Words("所在位置", "Where you are")
_FOOT = Words(
    "数据来源：整改台账。只公开整改任务、目标、措施、责任、时限、结果六项及其公开的进展。",
    "Source: the rectification ledger. Six fields are published of each item (task, goal, steps, responsibility, "
    "deadline, result), and its public history.",
)
_SAID = {
    "found": Words("找到 {n} 项，共 {all} 项", "{n} of {all} items found"),
    "more": Words("再显示 {n} 项", "Show {n} more"),
}
"""What the script of the search says, with gaps that it fills."""
_ALL = Words("全部", "all")
_FIRST = Words("轻重缓急", "what matters first")
_SORTED = ("id", "task", "lead", "due")
"""What the script can sort by, in the order of the columns."""
_QUERY = '<input id="q" type="search" autocomplete="off" maxlength="100">'


class Writer:
    """Writes the pages of one language. `rules` says which rules are off, and `left_out` what is not counted, for the
    foot of every page; `several` that there is a page of ledgers."""

    def __init__(
        self, lang: str, title: Words, rules: Words, left_out: Words = NO_WORDS, *, several: bool = False
    ) -> None:
        self.lang = lang
        self.other = next(other for other in LANGUAGES if other != lang)
        self.title = title.pick(lang)
        self.rules = rules.pick(lang)
        self._rows: dict[tuple[str, str, str], str] = {}
        self._heads: dict[tuple[str, str, str, bool], tuple[str, str]] = {}
        self._sections = {path: name for path, name in SECTIONS.items() if several or path != LEDGERS_PAGE}
        foot = f"<p>{_FOOT.pick(lang)}</p>" + "".join(
            f"<p>{inline(words)}</p>" for words in (self.rules, left_out.pick(lang)) if words
        )
        # The style sheet says the day, so that a page that did not change keeps its bytes from day to day.
        self._foot = f'<footer>{foot}<p class="as-of"></p></footer>\n</body>\n</html>\n'

    def page(self, page: Page) -> str:
        """The whole page. The policy of the page forbids all that is not a file of the site."""
        up = "../" * page.path.count("/")
        title = self._pick(clipped(page.title, _HEADING))
        name, mark = told(title, self.lang)
        return "\n".join([
            *self._head(page, up, title),
            *self._trail(page, up),
            '<main id="main" tabindex="-1">',
            f"<h1{mark}>{name}</h1>",
            *self._body(page, up),
            "</main>",
            self._foot,
        ])  # fmt: skip

    def _pick(self, text: Text) -> str:
        return text if isinstance(text, str) else text.pick(self.lang)

    def _told(self, text: Text) -> tuple[str, str]:
        return told(self._pick(text), self.lang)

    def _head(self, page: Page, up: str, title: str) -> list[str]:
        """Everything above the trail. But for addresses and title it is the same on all pages of a section."""
        scripts = ("index.js", "../site.js") if page.is_searched else ("../sort.js",) if page.is_sorted else ()
        key = (up, page.section, page.path if page.path in SECTIONS else "", bool(scripts))
        if key not in self._heads:
            self._heads[key] = self._frame(page, up, bool(scripts))
        before, behind = self._heads[key]
        whole = " · ".join(dict.fromkeys(clipped(text, 80) for text in (title, self.title)))  # type: ignore[misc]
        tag = TAGS[self.other]
        return [
            before,
            f"<title>{inline(whole)}</title>",
            f'<link rel="alternate" hreflang="{tag}" href="{up}../{self.other}/{page.path}">',
            *(f'<script src="{up}{name}" defer></script>' for name in scripts),
            behind,
            f'<p class="switch"><a lang="{tag}" hreflang="{tag}" href="{up}../{self.other}/{page.path}">'
            f"{_NAMES[self.other]}</a></p>",
            "</header>",
        ]

    def _frame(self, page: Page, up: str, scripted: bool) -> tuple[str, str]:
        """What stands before the title of a page, and from there to the way into the other language."""
        site, mark = told(self.title, self.lang)
        before = [
            "<!DOCTYPE html>",
            f'<html lang="{TAGS[self.lang]}">',
            "<head>",
            '<meta charset="utf-8">',
            _policy("'self'" if scripted else "'none'"),
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f'<link rel="stylesheet" href="{up}../site.css">',
            f'<link rel="icon" type="image/svg+xml" href="{up}../icon.svg">',
            f'<link rel="alternate" type="application/atom+xml" title="{inline(_line(self.title, 80))}" '
            f'href="{up}feed.xml">',
        ]
        behind = [
            "</head>",
            "<body>",
            f'<a class="skip" href="#main">{_SKIP.pick(self.lang)}</a>',
            "<header>",
            f'<p class="site"{mark}>{site}</p>',
            self._menu(page, up),
        ]
        return "\n".join(before), "\n".join(behind)

    def _menu(self, page: Page, up: str) -> str:
        links = []
        for path, name in self._sections.items():
            mark = ' aria-current="page"' if path == page.path else ' class="here"' if path == page.section else ""
            links.append(f'<li><a href="{up}{path}"{mark}>{name.pick(self.lang)}</a></li>')
        return f'<nav class="menu" aria-label="{_MENU.pick(self.lang)}"><ul>{"".join(links)}</ul></nav>'

    def _trail(self, page: Page, up: str) -> list[str]:
        if not page.above:
            return []
        links = "".join(f"<li>{self._link(link._replace(text=clipped(link.text, 60)), up)}</li>" for link in page.above)
        return [f'<nav class="trail" aria-label="{_HERE.pick(self.lang)}"><ol>{links}</ol></nav>']

    def _body(self, page: Page, up: str) -> list[str]:
        """The parts of the page; the ways to its other parts stand before its first table and at its end."""
        ways = self._ways(page)
        lines: list[str] = []
        for part in page.parts:
            if ways and not lines.count(ways) and isinstance(part, Table):
                lines.append(ways)
            lines += self._part(part, up)
        if ways:
            # Said again it is no landmark any more.
            lines.append(ways.replace(f"<nav{self._label()}", "<div").replace("</nav>", "</div>"))
        return lines

    def _label(self) -> str:
        return f' aria-label="{_PARTS.pick(self.lang)}"'

    def _ways(self, page: Page) -> str:
        """The way to the other parts of a page; nothing if it has only one."""
        paths, here = page.ways
        if len(paths) <= 1:
            return ""
        near = [n for n in range(len(paths)) if n in (0, len(paths) - 1) or abs(n - here) <= 3]
        links = []
        for place, number in enumerate(near):
            if place and number - near[place - 1] > 1:
                links.append("<li>…</li>")
            name = paths[number].rpartition("/")[2]
            mark = ' aria-current="page"' if number == here else ""
            links.append(f'<li><a href="{name}"{mark}>{number + 1}</a></li>')
        return f'<nav{self._label()} class="pages"><ul>{"".join(links)}</ul></nav>'

    def _part(self, part: Part, up: str) -> list[str]:
        return _WRITTEN[type(part)](self, part, up)

    def _link(self, link: Link, up: str) -> str:
        text, mark = self._told(link.text)
        look = f' class="{link.look}"' if link.look else ""
        return f'<a href="{up}{link.path}"{look}{mark}><bdi>{text}</bdi></a>'

    def _sentence(self, part: Sentence, up: str) -> list[str]:
        alone = part.pieces[0] if len(part.pieces) == 1 else None
        look = f' class="{part.look}"' if part.look else ""
        if alone is not None and not isinstance(alone, Link):
            text = self._pick(alone)
            shown, mark = told_in_lines(text, self.lang)
            return [f"<p{look}{mark}>{shown}</p>"]
        pieces = [
            self._link(piece, up) if isinstance(piece, Link) else escaped(self._pick(piece)) for piece in part.pieces
        ]
        return [f"<p{look}>{''.join(pieces)}</p>"]

    def _heading(self, part: Heading, up: str) -> list[str]:
        text, mark = self._told(part.text)
        return [f"<h2{mark}>{text}</h2>"]

    def _cards(self, part: Cards, up: str) -> list[str]:
        shown = [
            f'<li><a href="{up}{card.path}"><span class="label">{card.label.pick(self.lang)}</span> '
            f"<strong{_class(card.tone)}>{card.figure}</strong> "
            f'<span class="base">{inline(self._pick(card.note))}</span></a></li>'
            for card in part.cards
        ]
        return [f'<ul class="figures">{"".join(shown)}</ul>']

    def _steps(self, part: Steps, up: str) -> list[str]:
        texts = [text for words in part.texts if (text := words.pick(self.lang))]
        return [f"<ol>{''.join(f'<li{told(text, self.lang)[1]}>{escaped(text)}</li>' for text in texts)}</ol>"]

    def _links(self, part: Links, up: str) -> list[str]:
        shown = [f"<li>{self._link(link, up)} {inline(words.pick(self.lang))}</li>" for link, words in part.links]
        return [f'<ul class="downloads">{"".join(shown)}</ul>']

    def _picture(self, part: Picture, up: str) -> list[str]:
        caption = inline(part.caption.pick(self.lang))
        # On a telephone the letters of the broad one would be too small to read.
        return [
            f'<figure><div class="broad">{part.drawing.pick(self.lang)}</div>'
            f'<div class="narrow">{part.narrow.pick(self.lang)}</div><figcaption>{caption}</figcaption></figure>'
        ]

    def _fields(self, part: Fields, up: str) -> list[str]:
        shown = "".join(
            f"<div><dt>{name.pick(self.lang)}</dt><dd>{''.join(self._inner(parts, up))}</dd></div>"
            for name, parts in part.fields
        )
        return [f'<dl class="six">{shown}</dl>']

    def _inner(self, parts: Iterable[Part], up: str) -> list[str]:
        return [line for part in parts for line in self._part(part, up)]

    def _search(self, part: Search, up: str) -> list[str]:
        """The form, and where the script puts what it finds."""
        lang = self.lang
        said = " ".join(f'data-{name}="{inline(words.pick(lang))}"' for name, words in _SAID.items())
        books = "".join(
            f'<option value="{number}">{inline(_line(name.pick(lang), 60))}</option>'
            for number, name in enumerate(part.books)
        )
        states = "".join(f'<option value="{key}">{words.pick(lang)}</option>' for key, words in STATES.items())
        states += "".join(
            f'<option value="{key}">{words.pick(lang)}</option>'
            for key, words in (("overdue", Words("逾期", "overdue")), ("short", Words("欠指标", "short of a target")))
        )
        orders = "".join(
            f'<option value="{key}">{column.title.pick(lang)}</option>'
            for key, column in zip(_SORTED, part.columns, strict=False)
        )
        return [
            f'<form id="search" class="search" role="search" hidden {said}>',
            self._control("q", Words("搜索", "Search"), _QUERY),
            self._select("book", Words("账", "Book"), books),
            self._select("state", Words("状态", "State"), states),
            self._select("unit", Words("牵头单位", "Lead unit"), ""),
            self._select("sort", Words("排序", "Sort by"), orders, _FIRST),
            f'<p><button type="reset">{Words("清除", "Clear").pick(lang)}</button></p>',
            "</form>",
            '<p id="found" role="status"></p>',
            '<div id="results" hidden>',
            f'<table class="cards"><caption>{Words("找到的事项", "Items found").pick(lang)}</caption>',
            f"{self._columns(part.columns)}<tbody></tbody></table>",
            '<p><button type="button" id="more" hidden></button></p>',
            "</div>",
        ]

    def _control(self, id_: str, name: Words, control: str) -> str:
        return f'<p><label for="{id_}">{name.pick(self.lang)}</label>{control}</p>'

    def _select(self, id_: str, name: Words, options: str, first: Words = _ALL) -> str:
        control = f'<select id="{id_}"><option value="">{first.pick(self.lang)}</option>{options}</select>'
        return self._control(id_, name, control)

    def _table(self, part: Table, up: str) -> list[str]:
        """The table with its caption; what stands for it where it has no rows."""
        if not part.rows:
            return [f"<p>{inline(self._pick(part.empty))}</p>"] if part.empty else []
        caption, mark = self._told(part.caption)
        # What is swept sideways must be reached by the keyboard; cards are not swept.
        is_swept = part.kind.startswith("swept")
        look = f"{part.kind} sortable" if part.is_sortable and len(part.rows) > 1 else part.kind
        region = f'<div class="table" role="region" aria-label="{caption}" tabindex="0">'
        named = f' id="{part.id}"' if part.id else ""
        cells = [self._opening(column, number == 0, part.kind) for number, column in enumerate(part.columns)]
        total = f"<tfoot>{self._row(part.total, part, cells, up)}</tfoot>" if part.total else ""
        return [
            region if is_swept else '<div class="list">',
            f'<table class="{look}"{named}>',
            f"<caption{mark}>{caption}</caption>",
            self._columns(part.columns),
            "<tbody>",
            *[self._row(row, part, cells, up) for row in part.rows],
            f"</tbody>{total}",
            "</table>",
            "</div>",
        ]

    def _columns(self, columns: Iterable[Column]) -> str:
        heads = "".join(
            f'<th scope="col"{_class(column.look)}>{inline(column.title.pick(self.lang))}{column.drawing}</th>'
            for column in columns
        )
        return f"<thead><tr>{heads}</tr></thead>"

    def _row(self, row: Row, table: Table, openings: Sequence[_Opening], up: str) -> str:
        key = (row.key, up, table.kind)
        if row.key and key in self._rows:
            return self._rows[key]
        say = told_in_lines if table.kind == "timeline" else told
        cells = [self._cell(cell, opening, up, say) for cell, opening in zip(row.cells, openings, strict=True)]
        text = f"<tr{_class(row.look)}>{''.join(cells)}</tr>"
        if row.key:
            self._rows[key] = text
        return text

    def _opening(self, column: Column, is_head: bool, kind: str) -> _Opening:
        # On a telephone a row is a card, and a cell without a title of its own would say nothing there.
        titled = kind.startswith("cards") and not is_head and column.look not in ("long", "how", "bars")
        title = f' data-title="{inline(column.title.pick(self.lang))}"' if titled else ""
        return _Opening("th" if is_head else "td", f' scope="row"{title}' if is_head else title, column.look)

    def _cell(self, cell: Cell, opening: _Opening, up: str, say: Callable[[str, str], tuple[str, str]]) -> str:
        tag, said, look = opening
        text, mark = say(self._pick(cell.text), self.lang)
        if cell.link:
            text = f'<a href="{up}{cell.link}">{text}</a>'
        if cell.look:
            look = f"{look} {cell.look}".strip()
        order = f' data-order="{escape(cell.order)}"' if cell.order else ""
        return f"<{tag}{said}{order}{_class(look)}{mark}>{text}{cell.drawing}</{tag}>"


class _Opening(NamedTuple):
    """What the cells of a column have in common: the tag, what it says of itself, the class."""

    tag: str
    said: str
    look: str


_WRITTEN: dict[type, Callable[[Writer, Any, str], list[str]]] = {
    Sentence: Writer._sentence,
    Heading: Writer._heading,
    Cards: Writer._cards,
    Steps: Writer._steps,
    Links: Writer._links,
    Picture: Writer._picture,
    Fields: Writer._fields,
    Search: Writer._search,
    Table: Writer._table,
}
"""How each kind of part is written."""


def _class(look: str) -> str:
    return f' class="{look}"' if look else ""


def _line(text: str, most: int) -> str:
    return str(clipped(text, most))


@lru_cache(maxsize=16384)
def told(text: str, lang: str) -> tuple[str, str]:
    """A text on one line, escaped, and the attribute that says it is Chinese where the page around it is not."""
    return inline(text), ' lang="zh-CN"' if lang != "zh" and _CHINESE.search(text) else ""


@lru_cache(maxsize=16384)
def told_in_lines(text: str, lang: str) -> tuple[str, str]:
    """As `told`, with its line ends."""
    return escaped(text), ' lang="zh-CN"' if lang != "zh" and _CHINESE.search(text) else ""


def _policy(scripts: str) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(scripts=scripts)}">'


def front_door(title: Words, lang: str) -> str:
    """The page at the top: it leads to the overview in `lang`, and offers both languages where it is not followed."""
    name, mark = told(title.pick(lang), lang)
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
        f"<title>{inline(_line(title.pick(lang), 80))}</title>",
        '<link rel="stylesheet" href="site.css">',
        '<link rel="icon" type="image/svg+xml" href="icon.svg">',
        "</head>",
        "<body>",
        '<main id="main">',
        f"<h1{mark}>{name}</h1>",
        f"<ul>{links}</ul>",
        "</main>",
        "</body>",
        "</html>",
    ]) + "\n"  # fmt: skip
