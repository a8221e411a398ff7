"""The list of all items, and the search in it, which shows only where scripts run: its form and its index."""

from __future__ import annotations

import json
from collections import Counter

from ledger.format.html import inline
from ledger.model.item import STATES
from ledger.model.words import Words
from ledger.site.frame import Page, Site, clipped
from ledger.site.public import PublicItem
from ledger.site.table import ITEM_TITLES, NOBODY, deadline_text, item_table, lead_text, paged
from ledger.text.safe import xml_safe

_WORDS = {
    "found": Words("找到 {n} 项，共 {all} 项", "{n} of {all} items found"),
    "overdue": Words("{state}，逾期", "{state}, overdue"),
    "more": Words("再显示 {n} 项", "Show {n} more"),
}
"""What the script says, with gaps that it fills."""

_ALL = Words("全部", "all")
_MOST_OTHERS = 60
"""Units of one item that the search knows."""


def items_pages(site: Site, lang: str) -> list[Page]:
    """The list of all items in parts; the first part has the search."""
    title = Words("整改事项", "Items").pick(lang)
    count = Words("共 {n} 项，截至 {day}", "{n} items as of {day}").fill(n=len(site.public.items), day=site.public.day)
    lines = [f'<p class="day">{count.pick(lang)}</p>', *_form(site, lang), *_results(lang)]
    empty = Words("台账里没有事项", "There are no items.").pick(lang)
    listed = item_table(site, site.public.items, lang, "items.html", Words("全部事项", "All items").pick(lang), empty)
    return paged(Page("items.html", title, lines, scripted=True), lang, [listed])


def _form(site: Site, lang: str) -> list[str]:
    said = " ".join(f'data-{name}="{inline(words.pick(lang))}"' for name, words in _WORDS.items())
    books = [clipped(book.name.pick(lang), 60) for book in site.public.books]
    options = "".join(f'<option value="{number}">{inline(name)}</option>' for number, name in enumerate(books))
    overdue = Words("逾期", "overdue").pick(lang)
    chosen = "".join(f'<option value="{key}">{words.pick(lang)}</option>' for key, words in STATES.items())
    return [
        f'<form id="search" class="search" role="search" hidden {said}>',
        _field("q", Words("搜索", "Search"), '<input id="q" type="search" autocomplete="off" maxlength="100">', lang),
        _select("book", Words("账", "Book"), options, lang),
        _select("state", Words("状态", "State"), f'{chosen}<option value="overdue">{overdue}</option>', lang),
        _select("unit", Words("牵头单位", "Lead unit"), "", lang),
        f'<p><button type="reset">{Words("清除", "Clear").pick(lang)}</button></p>',
        "</form>",
    ]


def _field(id_: str, name: Words, control: str, lang: str) -> str:
    return f'<p><label for="{id_}">{name.pick(lang)}</label>{control}</p>'


def _select(id_: str, name: Words, options: str, lang: str) -> str:
    return _field(id_, name, f'<select id="{id_}"><option value="">{_ALL.pick(lang)}</option>{options}</select>', lang)


def _results(lang: str) -> list[str]:
    """Where the script puts what it finds."""
    heads = "".join(f'<th scope="col">{words.pick(lang)}</th>' for words in ITEM_TITLES)
    return [
        '<p id="found" role="status"></p>',
        '<div id="results" hidden>',
        f'<table class="stacked"><caption>{Words("找到的事项", "Items found").pick(lang)}</caption>',
        f"<thead><tr>{heads}</tr></thead><tbody></tbody></table>",
        '<p><button type="button" id="more" hidden></button></p>',
        "</div>",
    ]


def search_index(site: Site, lang: str) -> str:
    """The index of the search as a script: a page opened from a disk may load scripts, but nothing else.

    An item is a row: id, page (0 for the usual one), task, lead, deadline, state, book, 1 if it is overdue, and the
    other units. Texts are places in `texts`, where each stands once, as most of them come again and again.
    """
    items = site.public.items
    told = [_told(item, lang) for item in items]
    texts = [text for text, _ in Counter(text for own in told for text in own).most_common()]
    places = {text: number for number, text in enumerate(texts)}
    books = {book.id: number for number, book in enumerate(site.public.books)}
    states = list(STATES.values())
    rows = []
    for item, (task, lead, deadline, *others) in zip(items, told, strict=True):
        path = site.item_path(item.id)
        rows.append([
            item.id, 0 if path == f"item/{item.id}.html" else path, places[task], places[lead], places[deadline],
            states.index(item.six.result.state), books[item.book], int(item.is_overdue), *map(places.get, others),
        ])  # fmt: skip
    named = [[key, words.pick(lang)] for key, words in STATES.items()]
    lines = ",\n".join(map(_script, rows))
    head = f"nobody: {_script(NOBODY.pick(lang))}, states: {_script(named)}, texts: {_script(texts)}"
    return f"window.LEDGER = {{{head}, items: [\n{lines}\n]}};\n"


def _told(item: PublicItem, lang: str) -> list[str]:
    """The texts of an item: its task, lead, deadline, and the other units."""
    duty = item.six.responsibility
    others = [clipped(unit, 60) for unit in dict.fromkeys((*duty.responsible, *duty.cooperating))]
    return [
        clipped(item.six.task.pick(lang), 160), clipped(lead_text(item, lang), 60), deadline_text(item, lang),
        *others[:_MOST_OTHERS],
    ]  # fmt: skip


def _script(value: object) -> str:
    """JSON that may stand in a script, wherever that is put: nothing in it ends or opens a tag."""
    text = xml_safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
