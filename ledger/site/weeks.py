"""The weekly archive of the public site: every closed week with the figures of its closing day, and what changed."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.model.words import Words
from ledger.site.changes import Dated, changed_table
from ledger.site.listing import Site, Tally, rate_text
from ledger.site.overview import progress_tables
from ledger.site.page import Cell, Column, Link, Page, Row, Sentence, Table, paged
from ledger.site.public import PublicCount, PublicWeek

NAME = Words("每周存档", "Weekly archive")


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
    return paged(Page("weeks.html", NAME, ()), [Table(NAME, columns, rows, "swept tally", empty)])


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
