"""The public site as files: every page in both languages, the downloads, the feed and what pages share."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ledger.chart.drawing import PALETTE
from ledger.format.html import STYLE
from ledger.model.record import NamedTuple
from ledger.site.download import atom_feed, deadlines_ics, downloads_page, items_csv, items_json
from ledger.site.item import item_pages
from ledger.site.listing import Dated, Site, changes, items_pages, search_index
from ledger.site.overview import overview_page, week_pages, weeks_pages
from ledger.site.page import Page
from ledger.site.picture import Curve, wall_pages
from ledger.site.public import PublicItem, PublicLedger
from ledger.site.units import districts_pages, heat_pages, ledgers_pages, unit_pages, units_pages
from ledger.site.writer import LANGUAGES, Writer, front_door
from ledger.text.pattern import regex


class SiteFile(NamedTuple):
    """One file of the site by its path below the site's folder."""

    path: str
    data: bytes


def site_of(public: PublicLedger) -> Site:
    """What the pages draw on."""
    by_id = {item.id: item for item in reversed(public.items)}
    units = web_names(sorted({*_units(public.items), *public.districts}))
    return Site(public, by_id, web_names(by_id), units, _linked(by_id), {})


def _linked(by_id: dict[str, PublicItem]) -> dict[str, list[str]]:
    """The items that each one names or that name it, in plan order: measures and problems find each other."""
    found: dict[str, set[str]] = {}
    for item in by_id.values():
        for other in item.links:
            if other in by_id and other != item.id:
                found.setdefault(item.id, set()).add(other)
                found.setdefault(other, set()).add(item.id)
    order = {id_: number for number, id_ in enumerate(reversed(by_id))}
    return {id_: sorted(own, key=order.__getitem__) for id_, own in found.items()}


def _units(items: Iterable[PublicItem]) -> set[str]:
    duties = [item.six.responsibility for item in items]
    return {unit for duty in duties for unit in (duty.lead, *duty.responsible, *duty.cooperating) if unit}


ASSETS = ("site.css", "site.js", "sort.js", "icon.svg")
"""The site's own style, scripts and sign: files that come with the program."""


_USUAL = ("items.html", "index.js", "curve.svg", "items.csv", "deadlines.ics", "feed.xml")
USUAL = ("index.html", *ASSETS, "items.json", *(f"{lang}/{name}" for lang in LANGUAGES for name in _USUAL))
"""Paths that every site has, one of each kind."""


def site_files(site: Site, curve: Curve | None, front: str, assets: Mapping[str, str]) -> Iterator[SiteFile]:
    """Every file of the site, one after the other: equal ledgers, equal bytes.

    `front` is the language that the front door leads to; `assets` are the texts of `ASSETS`.
    """
    public = site.public
    yield _file("index.html", front_door(public.title, front))
    for name in ASSETS:
        yield _file(name, _style(assets[name], public.day) if name == "site.css" else assets[name])
    yield _file("items.json", items_json(public))
    several = bool(public.ledgers)
    writers = [Writer(lang, public.title, public.rules, public.left_out, several=several) for lang in LANGUAGES]
    changed = changes(public.items)
    for page in _pages(site, changed, curve):
        for writer in writers:
            yield _file(f"{writer.lang}/{page.path}", writer.page(page))
    for lang in LANGUAGES:
        if curve is not None:
            yield _file(f"{lang}/curve.svg", curve.file.pick(lang))
        yield _file(f"{lang}/index.js", search_index(site, lang))
        yield _file(f"{lang}/items.csv", items_csv(public, lang))
        yield _file(f"{lang}/deadlines.ics", deadlines_ics(public, lang))
        yield _file(f"{lang}/feed.xml", atom_feed(site, changed, lang))


def _style(own: str, day: date) -> str:
    """The style sheet: that of all pages of the program, our own, the colours of drawings, and the day of the figures.

    The day stands here and not in the pages: on the screen at the foot of each, on paper at the foot of every sheet.
    """
    light = "".join(_colors(name, color.light) for name, color in PALETTE.items())
    dark = "".join(_colors(name, color.dark) for name, color in PALETTE.items())
    said = {"zh": f"截至 {day}", "en": f"as of {day}"}
    days = "\n".join(
        f'html:lang({lang}) {{ page: {lang}; }}\n.as-of:lang({lang})::before {{ content: "{text}"; }}\n'
        f'@page {lang} {{ @bottom-left {{ content: "{text}"; }} }}'
        for lang, text in said.items()
    )
    return f"{STYLE}\n{own}{light}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}\n{days}\n"


def _colors(name: str, color: str) -> str:
    return f".f-{name}{{fill:{color}}}.s-{name}{{stroke:{color}}}"


def file_count(site: Site) -> int:
    """About how many files there will be: long pages are parted, which nobody knows before."""
    items = len(site.by_id)
    return len(LANGUAGES) * (items + items // 15 + len(site.unit_names) + len(site.public.weeks) + 10)


def _file(path: str, text: str) -> SiteFile:
    return SiteFile(path, text.encode("utf-8"))


def _pages(site: Site, changed: list[Dated], curve: Curve | None) -> Iterator[Page]:
    yield overview_page(site, changed, curve)
    yield from items_pages(site)
    yield from wall_pages(site)
    yield from units_pages(site)
    yield from districts_pages(site)
    yield from heat_pages(site)
    yield from ledgers_pages(site)
    yield from weeks_pages(site)
    yield downloads_page()
    below = _below(site)
    for item in site.by_id.values():
        yield from item_pages(site, item, below.get(item.id, ()))
    parts = _parts(site.public.items)
    for unit in site.unit_names:
        yield from unit_pages(site, unit, parts.get(unit, {}))
    by_week = _by_week(site, changed)
    for week in site.public.weeks:
        yield from week_pages(site, week, by_week.get(week.last, ()))


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


_PLAIN = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?", re.ASCII)
_STRANGE = regex(r"[^A-Za-z0-9_-]+", re.ASCII)
_RESERVED = regex(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def web_names(texts: Iterable[str]) -> dict[str, str]:
    """A file name without ending for each text: Latin letters, digits, `.`, `_` and `-` only, no two the same.

    A text that is such a name is kept. Of any other, and of those that differ only in case, the name holds a part of
    the text's hash: it stays the same whatever else is named.
    """
    wanted = list(dict.fromkeys(texts))
    counts = Counter(text.casefold() for text in wanted)
    return {text: text if _is_plain(text) and counts[text.casefold()] == 1 else _hashed(text) for text in wanted}


def _is_plain(text: str) -> bool:
    # `x--` and hexadecimal digits behind it is what `_hashed` makes: no text may bear the name of another.
    return bool(_PLAIN.fullmatch(text)) and not _RESERVED.fullmatch(text) and "--" not in text


def _hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    kept = _STRANGE.sub("-", text)[:40].strip("-_")
    kept = re.sub("--+", "-", kept)
    return f"{kept or 'x'}--{digest}"
