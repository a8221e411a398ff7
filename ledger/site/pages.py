"""The public site as files: every page in both languages, the downloads, the feed and what pages share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ledger.format.html_style import STYLE
from ledger.site.download import atom_feed, deadlines_ics, downloads_page, items_csv, items_json
from ledger.site.figures import (
    Dated,
    changes,
    districts_pages,
    overview_page,
    unit_pages,
    units_pages,
    week_pages,
    weeks_pages,
)
from ledger.site.frame import LANGUAGES, Page, Site, front_door, page_text
from ledger.site.item import item_pages
from ledger.site.public import PublicItem, PublicLedger
from ledger.site.search import items_pages, search_index
from ledger.text.web_name import web_names


class SiteFile(NamedTuple):
    """One file of the site by its path below the site's folder."""

    path: str
    data: bytes


def site_of(public: PublicLedger, curve: Mapping[str, str]) -> Site:
    """What the pages draw on. `curve` is the picture of each language as SVG, if there is one."""
    by_id = {item.id: item for item in reversed(public.items)}
    return Site(public, by_id, web_names(by_id), web_names(sorted({*_units(public.items), *public.districts})), curve)


def _units(items: Iterable[PublicItem]) -> set[str]:
    duties = [item.six.responsibility for item in items]
    return {unit for duty in duties for unit in (duty.lead, *duty.responsible, *duty.cooperating) if unit}


ASSETS = ("site.css", "site.js", "icon.svg")
"""The site's own style, script and sign: files that come with the program."""


_USUAL = ("items.html", "index.js", "curve.svg", "items.csv", "deadlines.ics", "feed.xml")
USUAL = ("index.html", *ASSETS, "items.json", *(f"{lang}/{name}" for lang in LANGUAGES for name in _USUAL))
"""Paths that every site has, one of each kind."""


def site_files(site: Site, front: str, assets: Mapping[str, str]) -> Iterator[SiteFile]:
    """Every file of the site, one after the other: equal ledgers, equal bytes.

    `front` is the language that the front door leads to; `assets` are the texts of `ASSETS`.
    """
    yield _file("index.html", front_door(site.public, front))
    for name in ASSETS:
        yield _file(name, f"{STYLE}\n{assets[name]}" if name == "site.css" else assets[name])
    yield _file("items.json", items_json(site.public))
    changed = changes(site.public.items)
    below = _below(site)
    for lang in LANGUAGES:
        for page in _pages(site, changed, below, lang):
            yield _file(f"{lang}/{page.path}", page_text(page, site, lang))
        if site.curve.get(lang):
            yield _file(f"{lang}/curve.svg", site.curve[lang])
        yield _file(f"{lang}/index.js", search_index(site, lang))
        yield _file(f"{lang}/items.csv", items_csv(site.public, lang))
        yield _file(f"{lang}/deadlines.ics", deadlines_ics(site.public, lang))
        yield _file(f"{lang}/feed.xml", atom_feed(site, changed, lang))


def file_count(site: Site) -> int:
    """About how many files there will be: long pages are parted, which nobody knows before."""
    return len(LANGUAGES) * (len(site.by_id) + len(site.unit_names) + len(site.public.weeks) + 10)


def _file(path: str, text: str) -> SiteFile:
    return SiteFile(path, text.encode("utf-8"))


def _pages(site: Site, changed: list[Dated], below: Mapping[str, list[PublicItem]], lang: str) -> Iterator[Page]:
    yield overview_page(site, changed, lang)
    yield from items_pages(site, lang)
    yield from units_pages(site, lang)
    yield from districts_pages(site, lang)
    yield from weeks_pages(site, lang)
    yield downloads_page(lang)
    for item in site.by_id.values():
        yield from item_pages(site, item, below.get(item.id, ()), lang)
    parts = _parts(site.public.items)
    for unit in site.unit_names:
        yield from unit_pages(site, unit, parts.get(unit, {}), lang)
    by_week = _by_week(site, changed)
    for week in site.public.weeks:
        yield from week_pages(site, week, by_week.get(week.last, ()), lang)


def _by_week(site: Site, changed: Iterable[Dated]) -> dict[date, list[Dated]]:
    """The changes by the closing day of their week."""
    closing = [week.last for week in site.public.weeks]
    found: dict[date, list[Dated]] = {}
    for dated in changed:
        number = bisect_left(closing, dated[1].day)
        if number < len(closing) and site.public.weeks[number].first <= dated[1].day:
            found.setdefault(closing[number], []).append(dated)
    return found


def _below(site: Site) -> dict[str, list[PublicItem]]:
    """The items that are published under another, by its id."""
    below: dict[str, list[PublicItem]] = {}
    for item in site.by_id.values():
        if item.under and item.under != item.id:
            below.setdefault(item.under, []).append(item)
    return {id_: own[::-1] for id_, own in below.items()}


def _parts(items: Iterable[PublicItem]) -> dict[str, dict[str, list[PublicItem]]]:
    """The items of each unit by its part in them; a unit that leads an item has no other part in it."""
    parts: dict[str, dict[str, list[PublicItem]]] = {}
    for item in items:
        duty = item.six.responsibility
        seen: set[str] = set()
        for name, units in (
            ("lead", (duty.lead,)),
            ("responsible", duty.responsible),
            ("cooperating", duty.cooperating),
        ):
            for unit in units:
                if unit and unit not in seen:
                    seen.add(unit)
                    parts.setdefault(unit, {}).setdefault(name, []).append(item)
    return parts
