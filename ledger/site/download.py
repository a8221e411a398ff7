"""What the public site offers to programs: a table, a document, a calendar, and an Atom feed of what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from ledger.format.csv import spreadsheet_csv
from ledger.format.document import spoken
from ledger.format.html import inline
from ledger.format.ical import CalendarEvent, calendar_text
from ledger.model.words import Words
from ledger.report.disclosure import met_text
from ledger.site.item import FIELDS, reading_value
from ledger.site.listing import Dated, Site, deadline_text, lead_text, state_text
from ledger.site.page import Link, Links, Page, clipped
from ledger.site.public import PublicItem, PublicLedger
from ledger.site.writer import TAGS
from ledger.state.disclosure import PublicReading, PublicTarget
from ledger.text.safe import xml_safe

SCHEMA = "ledger/site/1"


def items_csv(public: PublicLedger, lang: str) -> str:
    """The six fields as a table for spreadsheets, an item a row."""
    names = [Words("编号", "id").pick(lang), *(words.pick(lang) for words in FIELDS.values())]
    return spreadsheet_csv(names, (dict(zip(names, _cells(item, lang), strict=True)) for item in public.items))


def _cells(item: PublicItem, lang: str) -> list[str]:
    six = item.six
    duty = six.responsibility
    comma = Words("、", ", ").pick(lang)
    parts = (
        (Words("牵头", "lead"), [duty.lead] if duty.lead else []),
        (Words("责任", "responsible"), duty.responsible),
        (Words("配合", "cooperating"), duty.cooperating),
    )
    units = [f"{name.pick(lang)}: {comma.join(own)}" for name, own in parts if own]
    result = [state_text(item).pick(lang), six.result.upkeep.pick(lang), six.result.text]
    result += [_figure(reading).pick(lang) for reading in six.result.readings]
    nothing = Words("{name}：没有读数", "{name}: nothing reported")
    result += [nothing.fill(name=target.name).pick(lang) for target in six.result.unread]
    cells = [
        item.id,
        six.task.pick(lang),
        six.goal.pick(lang),
        "\n".join(f"{number}. {step.pick(lang)}" for number, step in enumerate(six.steps, 1)),
        "; ".join(units),
        spoken(deadline_text(item), lang),
        "; ".join(filter(None, result)),
    ]
    return [xml_safe(text) for text in cells]


def _figure(reading: PublicReading) -> Words:
    """A figure with its value, and whether it is met."""
    words = Words("{name}：{value}", "{name}: {value}").fill(name=reading.name, value=reading_value(reading))
    if not reading.goal:
        return words
    return Words("{words}（{met}）", "{words} ({met})").fill(words=words, met=met_text(reading)[0])


def items_json(public: PublicLedger) -> str:
    """Everything public of every item, in both languages, an item a line."""
    head: dict[str, Any] = {"schema": SCHEMA, "title": public.title._asdict(), "as_of": public.day.isoformat()}
    if public.without:
        head["without"] = list(public.without)
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(_dumped(_item_json(item)) for item in public.items)
    return xml_safe(f'{opening}, "items": [\n{lines}\n]}}\n')


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _item_json(item: PublicItem) -> dict[str, Any]:
    six = item.six
    duty, deadline, result = six.responsibility, six.deadline, six.result
    return {
        "id": item.id,
        "book": item.book,
        "under": item.under or None,
        "task": six.task._asdict(),
        "goal": six.goal._asdict(),
        "steps": [step._asdict() for step in six.steps],
        "responsibility": duty._asdict(),
        "deadline": {
            "date": _day(deadline.day),
            "original": _day(deadline.original),
            "words": deadline.words._asdict(),
        },
        "result": {
            "state": result.state._asdict(),
            "overdue": item.is_overdue,
            "days_late": item.days_late,
            "short": item.is_short,
            "unknown": item.is_unknown,
            "upkeep": result.upkeep._asdict(),
            "text": result.text,
            "date": _day(result.text_day),
            "readings": [_reading_json(reading) for reading in result.readings],
            "unread": [_target_json(target) for target in result.unread],
        },
        "links": list(item.links),
        "milestones": [
            {
                "name": one.name._asdict(),
                "date": _day(one.due),
                "met": _day(one.met_on),
                "missed": one.is_missed,
                "short": one.is_short,
            }
            for one in item.stages
        ],
        "history": [
            {"date": event.day.isoformat(), "event": event.kind, "words": event.words._asdict(), "text": event.text}
            for event in item.history
        ],
    }


def _reading_json(reading: PublicReading) -> dict[str, Any]:
    return {
        "name": reading.name._asdict(),
        "value": reading.value,
        "approx": reading.approx._asdict(),
        "unit": reading.unit,
        "goal": reading.goal,
        "exempt": reading.exempt,
        "date": reading.day.isoformat(),
        "whole": reading.is_whole,
        "met": reading.is_met,
        "gap": reading.gap,
        "pace": reading.pace._asdict() if reading.pace else None,
    }


def _target_json(target: PublicTarget) -> dict[str, Any]:
    return {"name": target.name._asdict(), "unit": target.unit, "goal": target.goal}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def deadlines_ics(public: PublicLedger, lang: str) -> str:
    """The deadlines in force as all-day events. An item without a date has none."""
    mark = sha256((public.title.zh or public.title.en).encode("utf-8", "replace")).hexdigest()[:12]
    names = {book.id: book.name.pick(lang) for book in public.books}
    events = []
    for item in public.items:
        day = item.six.deadline.day
        if day is None:
            continue
        words = Words("{over}整改时限：{id} {task}（{lead}）", "{over}deadline: {id} {task} ({lead})")
        over = Words("〔已完成〕", "[done] ") if item.is_done else ""
        summary = words.fill(over=over, id=item.id, task=clipped(item.six.task, 200), lead=lead_text(item))
        moves = [event for event in item.history if event.kind in ("extend", "reopen")]
        changed = item.history[0].day if item.history else min(day, public.day)
        events.append(CalendarEvent(
            f"{item.id}@{mark}.public.rectification-ledger", day, summary.pick(lang), item.six.result.state.pick(lang),
            [names[item.book]], changed, len(moves),
        ))  # fmt: skip
    events.sort(key=lambda event: (event.day, event.uid))
    return calendar_text(public.title.pick(lang), lang, events, public.left_out.pick(lang))


DOWNLOADS = (
    ("items.csv", Words("六公开，表格（CSV，Excel 可直接打开）", "the six fields as a table (CSV, opens in Excel)")),
    (
        "../items.json",
        Words(
            "六公开和公开的进展，供程序使用（JSON，中英文）",
            "the same and the history for programs (JSON, both languages)",
        ),
    ),
    ("deadlines.ics", Words("整改时限日历（iCalendar）", "the deadlines as a calendar (iCalendar)")),
    ("feed.xml", Words("变化订阅（Atom）", "changes to subscribe to (Atom)")),
)


def downloads_page() -> Page:
    """The page that names every download."""
    links = tuple((Link(path.rpartition("/")[2], path), words) for path, words in DOWNLOADS)
    return Page("downloads.html", Words("下载和订阅", "Downloads and feed"), (Links(links),))


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
    title = str(clipped(public.title.pick(lang), 200))
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
        f"<entry><id>{id_.urn}</id><title>{inline(str(clipped(title.pick(lang), 200)))}</title>"
        f"<updated>{event.day}T00:00:00Z</updated>"
        f'<link rel="alternate" type="text/html" href="{site.item_path(item.id)}"/>{said}</entry>'
    )
