"""What differs between two versions of a ledger, as a document: what needs an answer first, what was approved apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.figure.difference import KINDS, WORRYING, Difference
from ledger.model.entry import EVENTS
from ledger.model.words import Words
from ledger.render.diff_phrase import basis_text, change_text
from ledger.render.document import Block, Column, Document, Heading, Paint, Paragraph, Table
from ledger.render.phrase import listed
from ledger.text.safe import one_line
from ledger.text.width import clip

MOST = 15
"""Rows of a table before the rest is only counted."""

_COUNTED = ("done", "closed", "entry_added")
"""Kinds that come by the hundred and are told in one line."""


class Versions(NamedTuple):
    """The ledger's title and both versions in words."""

    title: Words
    before: Words
    after: Words


def diff_document(
    found: Sequence[Difference], versions: Versions, titles: Mapping[str, Words], lang: str, *, most: int | None = MOST
) -> Document:
    """All differences; of each kind at most so many rows, or all of them without `most`."""
    document: Document = [
        Heading(Words("{title}  变化", "{title}  changes").fill(title=versions.title).pick(lang), 1),
        Paragraph(Words("从 {v}", "from {v}").fill(v=versions.before).pick(lang)),
        Paragraph(Words("到 {v}", "to   {v}").fill(v=versions.after).pick(lang)),
    ]
    if not found:
        return [*document, Heading(Words("没有变化。", "Nothing changed.").pick(lang))]
    worrying = [one for one in found if one.kind in WORRYING and not one.explained]
    explained = [one for one in found if one.explained]
    rest = [one for one in found if one.kind not in WORRYING and not one.explained]
    document.append(Paragraph(_summary(worrying, explained, rest, lang)))
    document += _by_kind(worrying, titles, lang, most)
    if explained:
        head = Words("有批准依据的 ({n})", "approved ({n})").fill(n=len(explained)).pick(lang)
        document += [Heading(head), *_table(explained, titles, lang, most, approved=True)]
    document += _by_kind([one for one in rest if one.kind not in _COUNTED], titles, lang, most)
    document += _progress(rest, lang)
    return document


def _summary(
    worrying: Sequence[Difference], explained: Sequence[Difference], rest: Sequence[Difference], lang: str
) -> str:
    """How many differences need an answer, and how many do not."""
    words = Words(
        "需要说明 {a} 处，有批准依据 {b} 处，其他 {c} 处。", "{a} to be answered for, {b} approved, {c} others."
    )
    text = words.fill(a=len(worrying), b=len(explained), c=len(rest)).pick(lang)
    return Paint(text, "red" if worrying else "green")


def _by_kind(found: Sequence[Difference], titles: Mapping[str, Words], lang: str, most: int | None) -> Iterator[Block]:
    """A table for each kind, the worst first."""
    for kind, name in KINDS.items():
        own = [one for one in found if one.kind == kind]
        if own:
            yield Heading(f"{name.pick(lang)} ({len(own)})", id=kind)
            yield from _table(own, titles, lang, most)


def _table(
    found: Sequence[Difference], titles: Mapping[str, Words], lang: str, most: int | None, *, approved: bool = False
) -> Iterator[Block]:
    shown = found[:most]
    has_items = any(one.item for one in shown)
    columns = [
        *([Column(Words("编号", "id").pick(lang))] if has_items else ()),
        *([Column(Words("种类", "kind").pick(lang), flexible=True, least=8)] if approved else ()),
        *([Column(Words("事项", "title").pick(lang), flexible=True, least=16)] if has_items else ()),
        Column(Words("变化", "change").pick(lang), flexible=True, least=24),
        *([Column(Words("依据", "basis").pick(lang), flexible=True, least=10)] if approved else ()),
    ]
    rows = [
        [
            *([one.item] if has_items else ()),
            *([KINDS[one.kind].pick(lang)] if approved else ()),
            *([clip(one_line(titles[one.item].pick(lang)) if one.item in titles else "", 30)] if has_items else ()),
            change_text(one, lang),
            *([basis_text(one)] if approved else ()),
        ]
        for one in shown
    ]  # fmt: skip
    yield Table(columns, rows)
    if len(shown) < len(found):
        more = Words("……另有 {n} 条（--all 全部列出）", "… and {n} more (--all lists them)")
        yield Paragraph(more.fill(n=len(found) - len(shown)).pick(lang))


def _progress(rest: Sequence[Difference], lang: str) -> Iterator[Block]:
    """What was done and reported, counted."""
    lines = []
    for kind in ("done", "closed"):
        ids = [one.item for one in rest if one.kind == kind]
        if ids:
            lines.append(f"{KINDS[kind].pick(lang)} ({len(ids)})  {listed(list(dict.fromkeys(ids)), 12)}")
    entries = [one.entry for one in rest if one.kind == "entry_added" and one.entry is not None]
    if entries:
        counts = Counter(entry.event for entry in entries)
        named = [f"{EVENTS[event].label.pick(lang)} {n}" for event, n in counts.most_common()]
        lines.append(
            f"{KINDS['entry_added'].pick(lang)} ({len(entries)})  " + ("、" if lang == "zh" else ", ").join(named)
        )
    if lines:
        yield Heading(Words("进展", "progress").pick(lang))
        yield from map(Paragraph, lines)
