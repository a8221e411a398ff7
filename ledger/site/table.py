"""Tables of the public site: cells that may be links, and long ones parted over as many pages as they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.format.document import spoken
from ledger.format.html import inline
from ledger.format.phrase import DASH, public_deadline
from ledger.model.words import Words
from ledger.site.frame import Page, Site, clipped, tongue, up
from ledger.site.public import PublicItem

ROOM = 72_000
"""Bytes of table rows on one page, so that the whole page stays under 100 kB."""

_TITLE = 120
"""Characters of a title in a list; its own page has all of it."""


class Listed(NamedTuple):
    """A table: its caption, the titles of its columns, and its rows as HTML. `kind` is its class."""

    caption: str
    titles: Sequence[str]
    rows: Sequence[str]
    kind: str = "stacked"
    empty: str = ""


def cell(text: str, lang: str, title: str = "", *, link: str = "", look: str = "", head: bool = False) -> str:
    """One cell. `title` names its column where a telephone shows a row as a card."""
    tag = "th" if head else "td"
    inner = f'<a href="{link}">{inline(text)}</a>' if link else inline(text)
    named = f' data-title="{inline(title)}"' if title else ""
    shown = f' class="{look}"' if look else ""
    scope = ' scope="row"' if head else ""
    return f"<{tag}{scope}{named}{shown}{tongue(text, lang)}>{inner}</{tag}>"


def row(cells: Iterable[str]) -> str:
    """A row of cells."""
    return f"<tr>{''.join(cells)}</tr>"


def table(listed: Listed) -> list[str]:
    """The table with its caption; what stands for it where it has no rows."""
    if not listed.rows:
        return [f"<p>{inline(listed.empty)}</p>"] if listed.empty else []
    heads = "".join(f'<th scope="col">{inline(title)}</th>' for title in listed.titles)
    caption = inline(listed.caption)
    # What is swept sideways must be reached by the keyboard; cards are not swept.
    swept = listed.kind != "stacked"
    return [
        f'<div class="table" role="region" aria-label="{caption}" tabindex="0">' if swept else "<div>",
        f'<table class="{listed.kind}">',
        f"<caption>{caption}</caption>",
        f"<thead><tr>{heads}</tr></thead>",
        "<tbody>",
        *listed.rows,
        "</tbody>",
        "</table>",
        "</div>",
    ]


def parted(tables: Sequence[Listed], taken: int = 0) -> list[list[Listed]]:
    """The tables parted by pages. On the first `taken` bytes are used already; a page has at least one row."""
    pages: list[list[Listed]] = [[]]
    room = ROOM - taken
    for listed in tables:
        part: list[str] = []
        for one in listed.rows:
            size = len(one.encode())
            if size > room and (part or pages[-1]):
                if part:
                    pages[-1].append(listed._replace(rows=part))
                pages.append([])
                part, room = [], ROOM
            part.append(one)
            room -= size
        if part or not listed.rows:
            pages[-1].append(listed._replace(rows=part))
    return pages


def paged(page: Page, lang: str, tables: Sequence[Listed], behind: Sequence[str] = ()) -> list[Page]:
    """The page with its tables, parted where they are too long; `page.lines` stand on the first part only."""
    taken = len("\n".join((*page.lines, *behind)).encode())
    parts = parted(tables, taken)
    paths = [page.path, *(page.path.replace(".html", f"~{number}.html") for number in range(2, len(parts) + 1))]
    made = []
    for number, part in enumerate(parts):
        body = [line for listed in part for line in table(listed)]
        first = number == 0
        made.append(page._replace(
            path=paths[number],
            title=page.title if first else f"{page.title} ({number + 1}/{len(parts)})",
            lines=[
                *(page.lines if first else ()), *_ways(paths, number, lang), *body,
                *_ways(paths, number, lang, again=True), *(behind if first else ()),
            ],
            section=page.section or page.path,
            scripted=page.scripted and first,
        ))  # fmt: skip
    return made


def _ways(paths: Sequence[str], here: int, lang: str, *, again: bool = False) -> list[str]:
    """The way to the other parts of a page; nothing if it has only one. Said `again`, it is no landmark any more."""
    if len(paths) == 1:
        return []
    near = [n for n in range(len(paths)) if n in (0, len(paths) - 1) or abs(n - here) <= 3]
    links = []
    for place, number in enumerate(near):
        if place and number - near[place - 1] > 1:
            links.append("<li>…</li>")
        name = paths[number].rpartition("/")[2]
        mark = ' aria-current="page"' if number == here else ""
        links.append(f'<li><a href="{name}"{mark}>{number + 1}</a></li>')
    label = Words("分页", "Parts of this list").pick(lang)
    if again:
        return [f'<div class="pages"><ul>{"".join(links)}</ul></div>']
    return [f'<nav class="pages" aria-label="{label}"><ul>{"".join(links)}</ul></nav>']


ITEM_TITLES = (
    Words("编号", "id"),
    Words("整改任务", "task"),
    Words("牵头单位", "lead"),
    Words("时限", "deadline"),
    Words("状态", "state"),
)


NOBODY = Words("未载明", "unstated")
"""In the place of a lead unit that is not stated."""


def item_table(site: Site, items: Iterable[PublicItem], lang: str, path: str, caption: str, empty: str = "") -> Listed:
    """A list of items as a table, each with the link to its page."""
    titles = [words.pick(lang) for words in ITEM_TITLES]
    rows = [row(_item_cells(site, item, lang, path, titles)) for item in items]
    return Listed(caption, titles, rows, empty=empty)


def _item_cells(site: Site, item: PublicItem, lang: str, path: str, titles: Sequence[str]) -> list[str]:
    six = item.six
    task = clipped(six.task.pick(lang) or item.id, _TITLE)
    look = "red" if item.is_overdue else "green" if item.is_done else ""
    return [
        cell(item.id, lang, head=True),
        cell(task, lang, link=up(path) + site.item_path(item.id), look="long"),
        cell(clipped(lead_text(item, lang), 60), lang, titles[2], look="long"),
        cell(deadline_text(item, lang), lang, titles[3]),
        cell(state_text(item, lang), lang, titles[4], look=look),
    ]


def lead_text(item: PublicItem, lang: str) -> str:
    """The lead unit; that none is stated if so."""
    return item.six.responsibility.lead or NOBODY.pick(lang)


def deadline_text(item: PublicItem, lang: str) -> str:
    """The deadline in force, else the word for it."""
    return spoken(public_deadline(item.six.deadline), lang) or DASH


def state_text(item: PublicItem, lang: str) -> str:
    """How far the item is, and that it is overdue."""
    state = item.six.result.state.pick(lang)
    return Words("{state}，逾期", "{state}, overdue").fill(state=state).pick(lang) if item.is_overdue else state
