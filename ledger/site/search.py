"""Lists of items: all of them with the search, those that are late, short, due soon or done; and the search's index."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date

from ledger.format.document import spoken
from ledger.model.item import STATES
from ledger.model.words import Words
from ledger.site.listing import ITEM_COLUMNS, NOBODY, Site, deadline_text, item_table, lead_text, rank, state_text, tone
from ledger.site.page import Link, Page, Search, Sentence, clipped, paged
from ledger.site.public import PublicItem
from ledger.text.safe import xml_safe

_MOST_OTHERS = 60
"""Units of one item that the search knows."""

_TONES = ("", "red", "yellow", "grey", "green")
"""The colours of states by their numbers in the index."""


def items_pages(site: Site) -> Iterator[Page]:
    """The list of all items, what matters first, with the search on its first part; and the lists of some of them."""
    public = site.public
    title = Words("整改事项", "Items")
    late = sorted((item for item in public.items if item.is_overdue), key=rank)
    short = sorted((item for item in public.items if item.is_short), key=rank)
    soon = sorted((item for item in public.items if item.is_due_soon), key=rank)
    done = sorted((item for item in public.items if item.is_done), key=_latest)
    within = Words("{n} 天内到期", "due within {n} days").fill(n=public.soon)
    lists = (
        ("overdue.html", Words("逾期", "overdue"), late, Words("现在没有逾期的事项", "Nothing is overdue.")),
        ("short.html", Words("报完成、欠指标", "done, short of a target"), short,
         Words("没有报完成而欠指标的事项", "Nothing that is done is short of a target.")),
        ("soon.html", within, soon, Words("近期没有到期的事项", "Nothing is due soon.")),
        ("done.html", Words("完成", "done"), done, Words("还没有完成的事项", "Nothing is done yet.")),
    )  # fmt: skip
    count = Words("共 {n} 项，截至 {day}：", "{n} items as of {day}: ").fill(n=len(public.items), day=public.day)
    pieces: list[Words | Link] = [count]
    for number, (path, name, items, _) in enumerate(lists):
        link = Link(Words("{name} {n}", "{name} {n}").fill(name=name, n=len(items)), path)
        pieces += [Words("，", ", "), link] if number else [link]
    search = Search(tuple(book.name for book in public.books), ITEM_COLUMNS)
    all_items = item_table(
        site, sorted(public.items, key=rank), Words("全部事项", "All items"),
        Words("台账里没有事项", "There are no items."), "items",
    )  # fmt: skip
    yield from paged(Page("items.html", title, (Sentence(tuple(pieces), "day"), search)), [all_items])
    for path, name, items, empty in lists:
        heading = Words("{name}的事项", "Items: {name}").fill(name=name)
        told = Words("{n} 项，截至 {day}", "{n} as of {day}").fill(n=len(items), day=public.day)
        above = (Link(title, "items.html"),)
        page = Page(path, heading, (Sentence((told,), "day"),), "items.html", above)
        yield from paged(page, [item_table(site, items, heading, empty)])


def _latest(item: PublicItem) -> tuple[int, str]:
    return -(item.done_on or date.min).toordinal(), item.id


def search_index(site: Site, lang: str) -> str:
    """The index of the search as a script: a page opened from a disk may load scripts, but nothing else.

    An item is a row: id, page (0 for the usual one), task, lead, deadline, state, book, how it stands in words, the
    colour of that, what it is sorted by there, and the other units. Texts are places in `texts`, where each stands
    once, as most of them come again and again.
    """
    items = site.public.items
    told = [_told(item, lang) for item in items]
    texts = [text for text, _ in Counter(text for own in told for text in own).most_common()]
    places = {text: number for number, text in enumerate(texts)}
    books = {book.id: number for number, book in enumerate(site.public.books)}
    states = list(STATES.values())
    rows = []
    for item, (task, lead, deadline, said, *others) in zip(items, told, strict=True):
        path = site.item_path(item.id)
        rows.append([
            item.id, 0 if path == f"item/{item.id}.html" else path, places[task], places[lead], places[deadline],
            states.index(item.six.result.state), books[item.book], places[said], _TONES.index(tone(item)),
            rank(item)[0] * 100000 - item.days_late, *map(places.get, others),
        ])  # fmt: skip
    lines = ",\n".join(map(_script, rows))
    named = {"nobody": NOBODY.pick(lang), "states": list(STATES), "tones": _TONES, "texts": texts}
    head = ", ".join(f"{name}: {_script(value)}" for name, value in named.items())
    return f"window.LEDGER = {{{head}, items: [\n{lines}\n]}};\n"


def _told(item: PublicItem, lang: str) -> list[str]:
    """The texts of an item: its task, lead, deadline, how it stands, and the other units."""
    duty = item.six.responsibility
    others = [str(clipped(unit, 60)) for unit in dict.fromkeys((*duty.responsible, *duty.cooperating))]
    return [
        *(str(spoken(text, lang)) for text in (
            clipped(item.six.task, 160), clipped(lead_text(item), 60), deadline_text(item), state_text(item),
        )),
        *others[:_MOST_OTHERS],
    ]  # fmt: skip


def _script(value: object) -> str:
    """JSON that may stand in a script, wherever that is put: nothing in it ends or opens a tag."""
    text = xml_safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
