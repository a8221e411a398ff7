"""The Atom feed of what changed, from the public history alone."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from uuid import NAMESPACE_URL, UUID, uuid5

from ledger.format.html import inline
from ledger.model.words import Words
from ledger.render.site_figure import Dated
from ledger.render.site_frame import TAGS, Site, clipped
from ledger.text.safe import xml_safe

MOST_ENTRIES = 200
_ROOM = 80_000
"""Bytes of entries in the feed: readers fetch it again and again."""


def atom_feed(site: Site, changed: Iterable[Dated], lang: str) -> str:
    """The latest changes as an Atom feed (RFC 4287). Its ids hold no address, so the site may move."""
    public = site.public
    space = uuid5(NAMESPACE_URL, f"rectification-ledger:{public.title.zh or public.title.en}:{lang}")
    entries: list[str] = []
    room = _ROOM
    latest = public.day
    seen: dict[str, int] = {}
    for number, (item, event) in enumerate(changed):
        name = f"{item.id}/{event.day}/{event.kind}/{event.words.zh}"
        seen[name] = seen.get(name, 0) + 1
        text = _entry(site, (item, event), uuid5(space, f"{name}/{seen[name]}"), lang)
        room -= len(text.encode())
        if number == MOST_ENTRIES or room < 0:
            break
        latest = event.day if not entries else latest
        entries.append(text)
    title = clipped(public.title.pick(lang), 200)
    return "\n".join([
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{TAGS[lang]}">',
        f"<id>{space.urn}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{latest}T00:00:00Z</updated>",
        f"<author><name>{escape(title) or 'ledger'}</name></author>",
        '<link rel="self" type="application/atom+xml" href="feed.xml"/>',
        '<link rel="alternate" type="text/html" href="index.html"/>',
        *entries,
        "</feed>",
    ]) + "\n"  # fmt: skip


def _entry(site: Site, dated: Dated, id_: UUID, lang: str) -> str:
    item, event = dated
    title = Words("{id} {task}：{what}", "{id} {task}: {what}").fill(id=item.id, task=item.six.task, what=event.words)
    said = f"<summary>{escape(xml_safe(event.text))}</summary>" if event.text else ""
    return (
        f"<entry><id>{id_.urn}</id><title>{inline(clipped(title.pick(lang), 200))}</title>"
        f"<updated>{event.day}T00:00:00Z</updated>"
        f'<link rel="alternate" type="text/html" href="{site.item_path(item.id)}"/>{said}</entry>'
    )
