"""What differs between two versions of a ledger: for people, for GitHub, and as JSON (schema `ledger/diff/1`).

What needs an answer comes first, what was approved stands apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ledger.compare.difference import KINDS, WORRYING, Difference
from ledger.compare.phrase import basis_text, change_text
from ledger.format.ci import MOST, plain_line, workflow_command
from ledger.format.document import Block, Column, Document, Heading, Paragraph, Table, Text, painted, spoken
from ledger.format.phrase import listed
from ledger.model.entry import EVENTS, Entry
from ledger.model.record import NamedTuple
from ledger.model.words import ENUMERATED, Words, some
from ledger.text.safe import one_line

MOST_SHOWN = 15
"""Rows of a table before the rest is only counted."""

_COUNTED = ("done", "closed", "entry_added")
"""Kinds that come by the hundred and are told in one line."""


class Versions(NamedTuple):
    """The ledger's title and both versions in words."""

    title: Words
    before: Words
    after: Words


def diff_document(
    found: Sequence[Difference], versions: Versions, titles: Mapping[str, Words], *, added: Sequence[Entry] = (),
    most: int | None = MOST_SHOWN, places: bool = False,
) -> Document:  # fmt: skip
    """All differences; of each kind at most so many rows, or all without `most`. `places` adds file and line.

    `added` are lines that were merely added, where they do not stand among those found.
    """
    document: Document = [
        Heading(Words("{title}  变化", "{title}  changes").fill(title=versions.title), 1),
        Paragraph(Words("从 {v}", "from {v}").fill(v=versions.before)),
        Paragraph(Words("到 {v}", "to   {v}").fill(v=versions.after)),
    ]
    if not found and not added:
        return [*document, Heading(Words("没有变化。", "Nothing changed."))]
    worrying = [one for one in found if one.needs_answer]
    explained = [one for one in found if one.explained]
    rest = [one for one in found if not one.needs_answer and not one.explained]
    document.append(Paragraph(_summary(worrying, explained, len(rest) + len(added))))
    for head, own in (
        (Words("需要说明", "to be answered for"), worrying),
        (Words("有批准依据", "approved"), explained),
        (Words("其他变化", "others"), [one for one in rest if one.kind not in _COUNTED]),
    ):
        if own:
            document += [Heading(head + f" ({len(own)})"), _table(own, titles, most, places)]
    document += _progress(rest, added)
    return document


def _summary(worrying: Sequence[Difference], explained: Sequence[Difference], others: int) -> Text:
    """How many differences need an answer, of which kinds, and how many do not."""
    words = Words(
        "需要说明 {a} 处，有批准依据 {b} 处，其他 {c} 处。", "{a} to be answered for, {b} approved, {c} others."
    )
    text = words.fill(a=len(worrying), b=len(explained), c=others)
    if worrying:
        counts = Counter(one.kind for one in worrying)
        named = [KINDS[kind] + f" {counts[kind]}" for kind in KINDS if counts[kind]]
        text = Words("{text}{kinds}", "{text} {kinds}").fill(text=text, kinds=ENUMERATED.join(named))
    return painted(text, "red" if worrying else "green")


def _table(found: Sequence[Difference], titles: Mapping[str, Words], most: int | None, places: bool) -> Table:
    """The worst first; of each kind at most so many rows, the rest counted below."""
    groups = {kind: [one for one in found if one.kind == kind] for kind in KINDS}
    shown = [one for own in groups.values() for one in own[:most]]
    has_items, has_basis = any(one.item for one in shown), any(map(basis_text, shown))
    columns = [
        Column(Words("种类", "kind"), flexible=True, least=8, id="kind", once=True),
        *([Column(Words("编号", "id"), id="item")] if has_items else ()),
        *([Column(Words("事项", "title"), flexible=True, least=14, id="title")] if has_items else ()),
        Column(Words("变化", "change"), flexible=True, least=24, id="change"),
        *([Column(Words("依据", "basis"), flexible=True, least=10, id="basis")] if has_basis else ()),
        *([Column(Words("位置", "place"), flexible=True, id="place")] if places else ()),
    ]
    rows = [
        [
            KINDS[one.kind],
            *([one.item, _title(one, titles)] if has_items else ()),
            change_text(one),
            *([basis_text(one)] if has_basis else ()),
            *([f"{one.path}:{one.line}"] if places else ()),
        ]
        for one in shown
    ]
    more = Words("{kind}另有 {n} 条（--all 全部列出）", "{kind}: {n} more (--all lists them)")
    left = [(kind, len(own) - most) for kind, own in groups.items() if most is not None and len(own) > most]
    return Table(columns, rows, notes=[more.fill(kind=KINDS[kind], n=n) for kind, n in left])


def _title(one: Difference, titles: Mapping[str, Words]) -> Text:
    return titles[one.item].each(one_line) if one.item in titles else ""


def _progress(rest: Sequence[Difference], added: Sequence[Entry]) -> Iterator[Block]:
    """What was done and reported, counted."""
    lines = []
    for kind in ("done", "closed"):
        ids = [one.item for one in rest if one.kind == kind]
        if ids:
            lines.append(KINDS[kind] + f" ({len(ids)})  {listed(list(dict.fromkeys(ids)), 12)}")
    entries = [*(one.entry for one in rest if one.kind == "entry_added" and one.entry is not None), *added]
    if entries:
        counts = Counter(entry.event for entry in entries)
        named = [EVENTS[event].label + f" {n}" for event, n in counts.most_common()]
        lines.append(KINDS["entry_added"] + f" ({len(entries)})  " + ENUMERATED.join(named))
    if lines:
        yield Heading(Words("进展", "progress"))
        yield from map(Paragraph, lines)


_LEVELS = ("error", "warning", "notice")


def diff_github(
    found: Sequence[Difference],
    fails: Callable[[Difference], bool],
    titles: Mapping[str, Words],
    lang: str,
    prefix: str,
) -> str:
    """One command a line, at most ten of each level; all other differences as plain lines behind.

    The paths get `prefix`. A difference that `fails` is an error.
    """
    groups: dict[str, list[Difference]] = {level: [] for level in _LEVELS}
    for one in found:
        if fails(one):
            groups["error"].append(one)
        elif one.needs_answer:
            groups["warning"].append(one)
        elif one.explained and one.kind in WORRYING:
            groups["notice"].append(one)
    shown = [(level, one) for level, own in groups.items() for one in own[:MOST]]
    lines = [_command(level, one, titles, lang, prefix) for level, one in shown]
    known = {id(one) for _, one in shown}
    rest = [one for one in found if id(one) not in known]
    if rest:
        more = Words("另有 {n} 处变化：", "and {changes}:").fill(n=len(rest), changes=some(len(rest), "more change"))
        lines.append(more.pick(lang))
        lines += [plain_line(_plain(one, titles, lang, prefix)) for one in rest]
    return "".join(line + "\n" for line in lines)


def _command(level: str, one: Difference, titles: Mapping[str, Words], lang: str, prefix: str) -> str:
    place = {"file": prefix + one.path, "line": str(max(one.line, 1))} if one.path else {}
    return workflow_command(level, {**place, "title": f"ledger {one.kind}"}, _said(one, titles, lang))


def _plain(one: Difference, titles: Mapping[str, Words], lang: str, prefix: str) -> str:
    place = f"{prefix}{one.path}:{max(one.line, 1)}: " if one.path else ""
    return place + _said(one, titles, lang)


def _said(one: Difference, titles: Mapping[str, Words], lang: str) -> str:
    title = titles[one.item].pick(lang) if one.item in titles else ""
    about = " ".join(filter(None, [one.item, one_line(title)]))
    basis = f" [{basis_text(one)}]" if basis_text(one) else ""
    named = "：" if lang == "zh" else ": "
    change = spoken(change_text(one), lang)
    return f"{KINDS[one.kind].pick(lang)}{named}{f'{about}{named}' if about else ''}{change}{basis}"


def diff_json(found: Sequence[Difference], before: str, after: str | None) -> dict[str, Any]:
    """All differences between two commits; `after` is None for the working tree."""
    return {"schema": "ledger/diff/1", "from": before, "to": after, "changes": changes_json(found)}


def changes_json(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """The differences themselves."""
    return [
        {
            "kind": one.kind, "item": one.item or None, "field": one.field or None, "before": one.before,
            "after": one.after, "path": one.path, "line": one.line, "explained": one.explained,
        }
        for one in found
    ]  # fmt: skip
