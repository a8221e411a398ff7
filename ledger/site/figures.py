"""Pages of figures on the public site: the overview, the units and districts, and the weekly archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.format.html import inline
from ledger.format.phrase import rate
from ledger.model.words import Words
from ledger.site.frame import Page, Site, clipped, up
from ledger.site.public import CHANGES, PublicBook, PublicCount, PublicEvent, PublicItem, PublicWeek
from ledger.site.table import Listed, cell, item_table, paged, row, table
from ledger.state.figure.count import Rate
from ledger.state.figure.table import RATES

_TALLY = (
    Words("事项", "items"),
    Words("完成", "done"),
    Words("未完成", "open"),
    Words("逾期", "overdue"),
    Words("完成率 n/N", "rate n/N"),
)
Dated = tuple[PublicItem, PublicEvent]
"""An event with the item it happened to."""

_BASE = Words(
    "完成含已销号；逾期是过了现行时限还没有完成，时限当日不算逾期；0/0 记为“–”。",
    "Done includes closed items. Overdue is past the deadline in force and not done; the day itself is in time. 0/0 "
    "is a dash.",
)


LATEST = 10
"""Changes that the first page names."""


def overview_page(site: Site, changed: Sequence[Dated], lang: str) -> Page:
    """The first page: the progress table, the curve, and what changed last."""
    public = site.public
    lines = [
        f'<p class="day">{Words("截至 {day}", "As of {day}").fill(day=public.day).pick(lang)}</p>',
        *progress_table(public.books, public.counts, lang),
        f'<p class="note">{_BASE.pick(lang)}</p>',
        *_curve(site, lang),
        *table(_changed_table(site, changed[:LATEST], lang, "index.html", Words("最新变化", "Latest changes"))),
    ]
    return Page("index.html", public.title.pick(lang), lines)


def _curve(site: Site, lang: str) -> list[str]:
    """The picture of the weeks with a link to it in full size; nothing where there is none."""
    if not site.curve.get(lang):
        return []
    name = Words("完成和到期的曲线：每周存档里有同样的数字", "Done and due over time; the weeks have the same figures")
    caption = Words("完成和到期", "Done and due over time").pick(lang)
    return [
        f'<figure><div class="table" role="region" aria-label="{caption}" tabindex="0"><a href="curve.svg">'
        f'<img src="curve.svg" alt="{inline(name.pick(lang))}"></a></div><figcaption>{caption}</figcaption></figure>'
    ]


def progress_table(books: Sequence[PublicBook], counts: Sequence[PublicCount], lang: str) -> list[str]:
    """The progress table: a book after the other, by time node, with its total."""
    titles = [words.pick(lang) for words in (Words("时间节点", "time node"), *_TALLY)]
    lines = []
    for book, counted in zip(books, counts, strict=True):
        rows = [_tally(node.name.pick(lang), (node.items, node.done, node.overdue), lang) for node in counted.nodes]
        total = Words("合计", "total").pick(lang)
        rows.append(_tally(total, (counted.items, counted.done, counted.overdue), lang, look="bold"))
        caption = Words("整改进度统计表：{book}", "Progress table: {book}").fill(book=book.name).pick(lang)
        lines += table(Listed(caption, titles, rows, "tally swept"))
        if counted.due_original:
            words = Words("{formula}：{rate}。", "{formula}: {rate}.").fill(
                formula=RATES["kept_of_due_original"].formula, rate=rate(Rate(counted.kept, counted.due_original))
            )
            lines.append(f'<p class="note">{words.pick(lang)}</p>')
    return lines


def _tally(name: str, numbers: tuple[int, int, int], lang: str, *, look: str = "", link: str = "") -> str:
    items, done, overdue = numbers
    late = "end red" if overdue else "end"
    return row([
        cell(clipped(name, 60), lang, head=True, link=link, look=f"long {look}".strip()),
        *(cell(str(number), lang, look="end") for number in (items, done, items - done)),
        cell(str(overdue), lang, look=late),
        cell(rate(Rate(done, items)), lang, look="end"),
    ])  # fmt: skip


def units_pages(site: Site, lang: str) -> list[Page]:
    """The lead units with what they have in hand, those with most first."""
    title = Words("按牵头单位", "By lead unit").pick(lang)
    members: dict[str, list[PublicItem]] = {}
    for item in site.public.items:
        members.setdefault(item.six.responsibility.lead, []).append(item)
    return _members_pages(site, lang, "units.html", title, members)


def districts_pages(site: Site, lang: str) -> list[Page]:
    """The districts with the items they lead or are responsible for, those with most first."""
    title = Words("按区县", "By district").pick(lang)
    members: dict[str, list[PublicItem]] = {district: [] for district in site.public.districts}
    for item in site.public.items:
        duty = item.six.responsibility
        for unit in dict.fromkeys((duty.lead, *duty.responsible)):
            if unit in members:
                members[unit].append(item)
    note = Words(
        "事项计入牵头和责任单位中的每个区县。",
        "An item counts for every district that leads it or is responsible for it.",
    )
    return _members_pages(site, lang, "districts.html", title, members, [f'<p class="note">{note.pick(lang)}</p>'])


def _members_pages(
    site: Site, lang: str, path: str, title: str, members: dict[str, list[PublicItem]], behind: Sequence[str] = ()
) -> list[Page]:
    titles = [words.pick(lang) for words in (Words("单位", "unit"), *_TALLY)]
    rows = []
    for unit, items in sorted(members.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0])):
        name, link = (unit, site.unit_path(unit)) if unit else (Words("（未载明）", "(unstated)").pick(lang), "")
        rows.append(_tally(name, tallied(items), lang, link=link))
    empty = Words("没有单位", "There are none.").pick(lang)
    return paged(Page(path, title, []), lang, [Listed(title, titles, rows, "tally swept", empty)], behind)


def tallied(items: Iterable[PublicItem]) -> tuple[int, int, int]:
    """How many items, how many of them done, how many overdue."""
    own = list(items)
    return len(own), sum(item.is_done for item in own), sum(item.is_overdue for item in own)


_PARTS = (
    ("lead", Words("牵头的事项", "Items it leads")),
    ("responsible", Words("负责的事项", "Items it is responsible for")),
    ("cooperating", Words("配合的事项", "Items it cooperates in")),
)


def unit_pages(site: Site, unit: str, parts: dict[str, list[PublicItem]], lang: str) -> list[Page]:
    """The page of one unit: its items by its part in them."""
    path = site.unit_path(unit)
    tables = [
        item_table(
            site,
            parts[name],
            lang,
            path,
            Words("{title}：{n}", "{title}: {n}").fill(title=title, n=len(parts[name])).pick(lang),
        )
        for name, title in _PARTS
        if parts.get(name)
    ]
    section = "districts.html" if unit in site.public.districts else "units.html"
    above = Words("区县", "Districts") if section == "districts.html" else Words("牵头单位", "Lead units")
    return paged(Page(path, unit, [], section, [(section, above.pick(lang))]), lang, tables)


def weeks_pages(site: Site, lang: str) -> list[Page]:
    """The weeks that have closed, the latest first, each with its totals."""
    books, weeks = site.public.books, site.public.weeks
    done = Words("{book}：完成/全部", "{book}: done/all")
    titles = [
        Words("周", "week").pick(lang),
        Words("截止", "closed on").pick(lang),
        *(done.fill(book=book.name).pick(lang) for book in books),
    ]
    rows = [
        row([
            cell(week.label, lang, head=True, link=week_path(week)),
            cell(week.last.isoformat(), lang),
            *(cell(rate(Rate(counted.done, counted.items)), lang, look="end") for counted in week.counts),
        ])
        for week in reversed(weeks)
    ]  # fmt: skip
    title = Words("每周存档", "Weekly archive").pick(lang)
    empty = Words("还没有截止的周", "No week has closed yet.").pick(lang)
    return paged(Page("weeks.html", title, []), lang, [Listed(title, titles, rows, "tally swept", empty)])


def week_path(week: PublicWeek) -> str:
    """The page of a week, below the folder of a language."""
    return f"week/{week.label}.html"


def week_pages(site: Site, week: PublicWeek, happened: Iterable[Dated], lang: str) -> list[Page]:
    """The page of a week: the figures of its closing day, and the items that changed in it."""
    path = week_path(week)
    words = Words("{first} 至 {last}，数字截至 {last}", "{first} to {last}; figures as of {last}")
    lines = [
        f'<p class="day">{words.fill(first=week.first, last=week.last).pick(lang)}</p>',
        *progress_table(site.public.books, week.counts, lang),
    ]
    above = [("weeks.html", Words("每周存档", "Weeks").pick(lang))]
    listed = _changed_table(site, happened, lang, path, Words("本周变化", "Changes of the week"))
    listed = listed._replace(empty=Words("本周没有变化", "Nothing changed in this week.").pick(lang))
    return paged(Page(path, week.label, lines, "weeks.html", above), lang, [listed])


_CHANGED = (Words("日期", "date"), Words("变化", "change"), Words("事项", "item"))


def _changed_table(site: Site, happened: Iterable[Dated], lang: str, path: str, caption: Words) -> Listed:
    titles = [words.pick(lang) for words in _CHANGED]
    rows = [
        row([
            cell(event.day.isoformat(), lang, head=True),
            cell(event.words.pick(lang), lang, titles[1], look="long"),
            cell(
                clipped(f"{item.id} {item.six.task.pick(lang)}", 120), lang, titles[2],
                link=up(path) + site.item_path(item.id), look="long",
            ),
        ])
        for item, event in happened
    ]  # fmt: skip
    return Listed(caption.pick(lang), titles, rows)


def changes(items: Iterable[PublicItem]) -> list[Dated]:
    """Everything that changed how an item stands, the latest first."""
    found = [(item, event) for item in items for event in item.history if event.kind in CHANGES]
    found.sort(key=lambda pair: pair[1].day, reverse=True)
    return found
