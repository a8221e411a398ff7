"""The table `include`: this ledger and those it includes, each with how far it is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.export.column import Row, Table, Value, day, flag, text
from ledger.model.ledger import Child, Ledger
from ledger.model.words import Words
from ledger.state.figure.rolled import known_of

INCLUDED = Table(
    "include",
    Words("本级（名称为空）和它汇总的下级台账", "this ledger, with an empty name, and those it includes"),
    (
        text("name", "名称", "its name here"),
        text("title", "标题", "its title"),
        text("way", "怎样汇总：path git bundle", "how it is included: path, git or bundle"),
        text("place", "在哪里", "where it lies"),
        text("pin", "固定的提交或哈希", "the commit, or the hash of the bundle, that it is pinned to"),
        day("as_of", "截至", "the day up to which it is known"),
        text("revision", "版本", "the commit it was read at, or that its bundle came from"),
        text("seals", "封存：none match broken stated", "how its seals stand: none match broken stated"),
        day("sealed_through", "封存到", "its last sealed day"),
        day("last_entry", "最近记载", "its last entry"),
        flag("silent", "未报：最近记载早于上一个已截止的周", "its last entry is older than its last closed week"),
        flag("exported", "事项在不在这次导出里", "its items are in this export"),
    ),
    ("name",),
)


def include_rows(ledger: Ledger, today: date, lang: str, *, exported: bool) -> Iterator[Row]:
    """A row for the ledger and for each that it includes; of one that is left out only where it lies."""
    yield ("", _said(ledger, lang), None, None, None, *_known(ledger, today, None), True)
    for include in ledger.settings.includes:
        way = "path" if include.path else "git" if include.git else "bundle"
        lies = (way, include.path or include.git or include.bundle, include.rev or include.sha256 or None)
        child = ledger.includes.get(include.id)
        if child is None:
            yield (include.id, None, *lies, *([None] * 6), False)
        else:
            yield (include.id, _said(child.own, lang), *lies, *_known(child.own, today, child), exported)


def _known(ledger: Ledger, today: date, child: Child | None) -> Row:
    known = known_of(ledger, today, child)
    return (
        known.as_of.isoformat(), known.revision or None, known.seals, _iso(known.sealed_through),
        _iso(known.last_entry), known.is_silent,
    )  # fmt: skip


def _said(ledger: Ledger, lang: str) -> str:
    return ledger.settings.title.pick(lang)


def _iso(value: date | None) -> Value:
    return None if value is None else value.isoformat()
