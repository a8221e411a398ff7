"""The first page of the public site: what is wrong now, how it came there, and the progress table.

The archive tells the same of every closed week: the figures of its closing day, and what changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from ledger.format.phrase import rate
from ledger.model.words import Words, some
from ledger.site.listing import (
    Dated,
    Site,
    Tally,
    changed_table,
    item_table,
    late_text,
    rank,
    rate_text,
    tallied,
    tally_cells,
    tally_columns,
    tally_note,
)
from ledger.site.page import (
    Card,
    Cards,
    Cell,
    Column,
    Heading,
    Link,
    Page,
    Part,
    Picture,
    Row,
    Sentence,
    Table,
    clipped,
    paged,
)
from ledger.site.picture import Curve
from ledger.site.public import PublicBook, PublicCount, PublicLedger, PublicWeek
from ledger.site.units import LEDGERS_PAGE
from ledger.state.figure.count import Rate
from ledger.state.figure.table import RATES

LATEST = 10
"""Changes, and overdue items, that the first page names."""

_RECENT = 8
"""Weeks of which the sentences under the curve tell what they brought."""


def overview_page(site: Site, changed: Sequence[Dated], curve: Curve | None) -> Page:
    """The first page; without a curve where there is nothing to draw."""
    public = site.public
    day = Words("截至 {day}", "As of {day}").fill(day=public.day)
    if public.update:
        day += Words("。下次更新：{day}", ". Next update: {day}").fill(day=public.update)
    parts: list[Part] = [Sentence((day,), "day")]
    if any(public.left_out):
        parts.append(Sentence((public.left_out,), "day"))
    if public.items:
        parts += [_cards(public), *_overdue(site), *_curve(public, curve)]
    else:
        parts.append(Sentence((Words("台账里还没有事项。", "There are no items yet."),)))
    parts += progress_tables(public.books, public.counts)
    if public.ledgers:
        more = Words("{n} 个下级台账各自的数", "The figures of each of {ledgers} below")
        n = len(public.ledgers) - 2
        told = more.fill(n=n, ledgers=some(n, "ledger"))
        parts.append(Sentence((Link(told, LEDGERS_PAGE),)))
    parts.append(changed_table(site, changed[:LATEST], Words("最新变化", "Latest changes")))
    parts.append(Sentence((_source(public),), "note"))
    return Page("index.html", public.title, tuple(parts))


def _cards(public: PublicLedger) -> Cards:
    own = tallied(public.items)
    soon = sum(item.is_due_soon for item in public.items)
    worst = max(public.items, key=lambda item: item.days_late)
    until = public.day + timedelta(days=public.soon)
    return Cards((
        Card(Words("逾期", "Overdue"), str(own.overdue),
             Words("最久：{late}", "at worst {late}").fill(late=late_text(worst)) if own.overdue else "",
             "overdue.html", "red" if own.overdue else ""),
        Card(Words("报完成、欠指标", "Done, short of a target"), str(own.short),
             Words("指标没有达到或没有读数", "or no figure was reported") if own.short else "",
             "short.html", "yellow" if own.short else ""),
        Card(Words("{n} 天内到期", "Due within {n} days").fill(n=public.soon), str(soon),
             Words("到 {day}", "until {day}").fill(day=until), "soon.html"),
        Card(Words("完成", "Done"), f"{own.done}/{own.items}", _known(own), "done.html"),
    ))  # fmt: skip


def _known(own: Tally) -> Words:
    """The rate, and of how many nobody knows."""
    said = [_percent(own)] if own.done or not own.unknown else []
    if own.unknown:
        said.append(Words("{n} 项进展不明", "{n} unknown").fill(n=own.unknown))
    return Words("，", ", ").join(said)


def _percent(own: Tally) -> Words:
    return Words.same(rate(Rate(own.done, own.items)).partition(" ")[2])


def _overdue(site: Site) -> list[Part]:
    """What is overdue now, by days late."""
    late = sorted((item for item in site.public.items if item.is_overdue), key=rank)
    if not late:
        return [Sentence((Words("现在没有逾期的事项。", "Nothing is overdue now."),))]
    caption = Words("现在逾期", "Overdue now")
    parts: list[Part] = [item_table(site, late[:LATEST], caption)]
    if len(late) > LATEST:
        words = Words("逾期的全部 {n} 项", "All {n} overdue items").fill(n=len(late))
        parts.append(Sentence((Link(words, "overdue.html"),)))
    return parts


def _curve(public: PublicLedger, curve: Curve | None) -> list[Part]:
    """The picture of the weeks, and what it says in words."""
    if curve is None:
        return []
    caption = Words("完成和到期", "Done and due over time")
    said: list[Part] = [Sentence((_said(public, number),)) for number, count in enumerate(public.counts) if count.items]
    weeks = Link(Words("每周的数字", "The figures of each week"), "weeks.html")
    alone = Link(Words("单独的图", "the picture alone"), "curve.svg")
    links = Sentence((weeks, Words("，", ", "), alone))
    return [Heading(caption), *said, Picture(caption, curve.inside, curve.narrow), links]


def _said(public: PublicLedger, number: int) -> Words:
    """How a book came on in the last weeks, and what the next time node asks for."""
    count = public.counts[number]
    own = Tally(count.items, count.done, count.overdue, count.short, count.unknown)
    words = Words("{book}：共 {items} 项，到期 {due} 项，完成 {done}", "{book}: {items} in all, {due} due, {done} done")
    book = public.books[number].name
    said = [words.fill(book=book, items=count.items, due=count.due, done=rate_text(own))]
    before = public.weeks[-_RECENT - 1 :]
    if len(before) > _RECENT:
        words = Words("近 {n} 周多完成 {more} 项", "{more} more than {n} weeks ago")
        said.append(words.fill(n=_RECENT, more=count.done - before[0].counts[number].done))
    ahead = [node for node in count.nodes if node.date and node.date > public.day and node.items > node.done]
    if ahead:
        coming = ahead[0]
        words = Words("到 {name}（{day}）还有 {n} 项", "{n} still to do until {name} ({day})")
        said.append(words.fill(name=coming.name, day=coming.date, n=coming.items - coming.done))
    return Words("；", "; ").join(said) + Words("。", ".")


def progress_tables(books: Sequence[PublicBook], counts: Sequence[PublicCount]) -> list[Part]:
    """The progress table: a book after the other, by time node, with its total; and what its columns mean."""
    parts: list[Part] = []
    told: list[Tally] = []
    for book, counted in zip(books, counts, strict=True):
        total = Tally(counted.items, counted.done, counted.overdue, counted.short, counted.unknown)
        rows = [
            (node.name, Tally(node.items, node.done, node.overdue, node.short, node.unknown)) for node in counted.nodes
        ]
        every = [*(tally for _, tally in rows), total]
        told += every
        caption = Words("整改进度统计表：{book}", "Progress table: {book}").fill(book=book.name)
        lines = [Row((Cell(clipped(name, 60)), *tally_cells(tally, every))) for name, tally in rows]
        lines.append(Row((Cell(Words("合计", "total")), *tally_cells(total, every)), look="bold"))
        columns = tally_columns(Words("时间节点", "time node"), every)
        parts.append(Table(caption, columns, lines, "swept tally", is_sortable=False))
        if counted.due_original:
            words = Words("{formula}：{rate}。", "{formula}: {rate}.")
            kept = rate(Rate(counted.kept, counted.due_original))
            said = words.fill(formula=RATES["kept_of_due_original"].formula, rate=kept)
            parts.append(Sentence((said,), "note"))
    return [*parts, Sentence((tally_note(told),), "note")] if parts else []


def _source(public: PublicLedger) -> Words:
    """Where the figures come from."""
    days = [item.history[0].day for item in public.items if item.history]
    words = Words("数据来源：{title}", "Source: {title}").fill(title=public.title)
    if days:
        latest = Words("，最近一次公开的进展在 {day}", ", its latest public entry of {day}").fill(day=max(days))
        words += latest
    return words + Words("。", ".")


WEEKS = Words("每周存档", "Weekly archive")


def weeks_pages(site: Site) -> list[Page]:
    """The weeks that have closed, the latest first, each with its totals."""
    done = Words("{book}：完成/全部", "{book}: done/all")
    columns = (
        Column(Words("周", "week")),
        Column(Words("截止", "closed on")),
        *(Column(done.fill(book=book.name), "end") for book in site.public.books),
    )
    rows = [
        Row((
            Cell(week.label, link=_path(week)),
            Cell(week.last.isoformat()),
            *(_cell(counted) for counted in week.counts),
        ))
        for week in reversed(site.public.weeks)
    ]  # fmt: skip
    empty = Words("还没有截止的周", "No week has closed yet.")
    return paged(Page("weeks.html", WEEKS, ()), [Table(WEEKS, columns, rows, "swept tally", empty)])


def _cell(counted: PublicCount) -> Cell:
    own = Tally(counted.items, counted.done, counted.overdue, counted.short, counted.unknown)
    return Cell(rate_text(own), order=f"{own.done / own.items:.4f}" if own.items else "")


def _path(week: PublicWeek) -> str:
    return f"week/{week.label}.html"


def week_pages(site: Site, week: PublicWeek, happened: Iterable[Dated]) -> list[Page]:
    """The page of a week: the figures of its closing day, and the items that changed in it."""
    words = Words("{first} 至 {last}，数字截至 {last}", "{first} to {last}; figures as of {last}")
    parts = (
        Sentence((words.fill(first=week.first, last=week.last),), "day"),
        *progress_tables(site.public.books, week.counts),
    )
    empty = Words("本周没有变化", "Nothing changed in this week.")
    listed = changed_table(site, happened, Words("本周变化", "Changes of the week"), empty)
    above = (Link(Words("每周存档", "Weeks"), "weeks.html"),)
    return paged(Page(_path(week), week.label, parts, "weeks.html", above), [listed])
