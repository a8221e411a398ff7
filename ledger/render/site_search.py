"""The list of all items, and the form of the search in it, which shows only where scripts run."""

from __future__ import annotations

from ledger.model.state import STATES
from ledger.model.words import Words
from ledger.render.html_table import inline
from ledger.render.site_frame import Page, Site, clipped
from ledger.render.site_table import ITEM_TITLES, item_table, paged

_WORDS = {
    "found": Words("找到 {n} 项，共 {all} 项", "{n} of {all} items found"),
    "overdue": Words("{state}，逾期", "{state}, overdue"),
    "more": Words("再显示 {n} 项", "Show {n} more"),
}
"""What the script says, with gaps that it fills."""

_ALL = Words("全部", "all")


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
    states = [*(words.pick(lang) for words in STATES.values())]
    books = [clipped(book.name.pick(lang), 60) for book in site.public.books]
    options = "".join(f'<option value="{number}">{inline(name)}</option>' for number, name in enumerate(books))
    overdue = Words("逾期", "overdue").pick(lang)
    chosen = "".join(f"<option>{inline(state)}</option>" for state in states)
    return [
        f'<form id="search" class="search" role="search" hidden {said}>',
        _field("q", Words("搜索", "Search"), '<input id="q" type="search" autocomplete="off" maxlength="100">', lang),
        _select("book", Words("账", "Book"), options, lang),
        _select("state", Words("状态", "State"), f'{chosen}<option value="!">{overdue}</option>', lang),
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
